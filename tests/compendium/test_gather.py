"""A compendium is made from whole paragraphs of papers in force, in one language each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wgsearch.compendium.gather import gather
from wgsearch.index.build import build
from wgsearch.search import LocalEngine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from wgsearch.embedding import Encoder
    from wgsearch.index.build import PaperReader
    from wgsearch.papers.paper import Paper

SERIES = "DEMO/COP/WG.4"


def test_agendas_and_replaced_papers_are_left_out(tiny_engine: LocalEngine) -> None:
    """What is on no topic, and what a revision replaced, is in no compendium."""
    symbols = {each.symbol for each in gather(tiny_engine).places}
    assert f"{SERIES}/2024/1" not in symbols
    assert f"{SERIES}/2023/3" not in symbols
    assert f"{SERIES}/2023/3/Rev.1" in symbols


def test_of_language_versions_one_is_read(tiny_engine: LocalEngine) -> None:
    """A paper in two languages is counted once, in English; the other version is remembered."""
    found = gather(tiny_engine)
    languages = {each.language for each in found.places if each.symbol == f"{SERIES}/2024/2"}
    assert languages == {"en"}
    assert found.twins == {"fr": (f"{SERIES}/2024/2",)}


def test_a_long_paragraph_is_one(
    tmp_path: Path,
    encoder: Encoder,
    make_paper: Callable[..., Paper],
    memory_reader: Callable[[Sequence[Paper]], PaperReader],
) -> None:
    """A paragraph that is embedded in pieces is one paragraph, whole, with one vector."""
    text = " ".join(f"Agency number {number} charges fees to workers." for number in range(80))
    paper = make_paper(texts=[text, "Courts void such debts in the end."])
    build(tmp_path / "corpus", tmp_path / "index", encoder, reader=memory_reader([paper]))
    engine = LocalEngine(tmp_path / "index", encoder)
    assert len(engine.passages(f"{SERIES}/2022/2")) > 2
    found = gather(engine)
    assert found.texts == (text, "Courts void such debts in the end.")
    assert np.allclose(np.linalg.norm(found.vectors, axis=1), 1)
    assert [each.citation for each in found.places] == [
        f"{SERIES}/2022/2, para. {number}" for number in (1, 2)
    ]

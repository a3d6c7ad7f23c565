"""A generation holds the terms that its papers are asked by."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from wgsearch.errors import IndexDamagedError
from wgsearch.glossary.load import read_own
from wgsearch.index.build import build
from wgsearch.index.snapshot import GLOSSARY, open_current, open_folder
from wgsearch.search import LocalEngine, Query

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from wgsearch.embedding import Encoder
    from wgsearch.index.build import BuildReport, PaperReader
    from wgsearch.papers.paper import Paper

LIST = "id,en,synonyms,fr\nbond,debt bondage,bonded labour,servitude pour dettes\n"


@pytest.fixture
def rebuild(
    tmp_path: Path,
    encoder: Encoder,
    tiny_papers: Sequence[Paper],
    memory_reader: Callable[[Sequence[Paper]], PaperReader],
) -> Callable[[str], BuildReport]:
    """`rebuild(text)`: builds the nine papers into `index` with this glossary.csv alone."""

    def start(text: str) -> BuildReport:
        (tmp_path / "glossary.csv").write_text(text, encoding="utf-8")
        reader = replace(memory_reader(tiny_papers), glossary=read_own)
        return build(tmp_path, tmp_path / "index", encoder, reader=reader)

    return start


def test_an_edit_makes_a_new_generation_and_encodes_nothing(
    rebuild: Callable[[str], BuildReport],
) -> None:
    """A term added costs no reading and no encoding; nothing changed publishes nothing."""
    first = rebuild(LIST)
    assert first.published
    assert not rebuild(LIST).published
    second = rebuild(f"{LIST}organ,removal of organs,,\n")
    assert second.published
    assert (second.read, second.embedded) == (0, 0)


def test_another_language_and_lay_words_find_the_paragraph(
    rebuild: Callable[[str], BuildReport], tmp_path: Path, encoder: Encoder
) -> None:
    """Asked in French, or by a name that papers do not use; the answer says what was added."""
    rebuild(LIST)
    engine = LocalEngine(tmp_path / "index", encoder)
    for text in ("la servitude pour dettes des employés", "what is bonded labour"):
        found = engine.search(Query(text=text, mode="lexical", k=3))
        best = found.hits[0]
        assert (best.passage.symbol, best.passage.paragraph) == ("DEMO/COP/WG.4/2022/2", "2")
        marked = [best.passage.text[start:end] for start, end in best.match.spans]
        assert marked[:2] == ["Debt", "bondage"]
        assert "also searched for: debt bondage" in found.notes


def test_a_search_reads_no_list(
    rebuild: Callable[[str], BuildReport], tmp_path: Path, encoder: Encoder
) -> None:
    """A list that is edited or broken after the build changes no answer before the next one."""
    rebuild(LIST)
    query = Query(text="what is bonded labour", mode="lexical", k=3)
    before = LocalEngine(tmp_path / "index", encoder).search(query)
    (tmp_path / "glossary.csv").write_text("no list", encoding="utf-8")
    after = LocalEngine(tmp_path / "index", encoder).search(query)
    assert (before.hits, before.notes) == (after.hits, after.notes)


@pytest.mark.parametrize("text", ["", "[]", '{"columns": [], "entries": []}'])
def test_a_damaged_glossary_does_not_open(
    rebuild: Callable[[str], BuildReport], tmp_path: Path, text: str
) -> None:
    """Terms that cannot be read are said, with what to do."""
    name = rebuild(LIST).generation
    snapshot = open_current(tmp_path / "index", None)
    folder = tmp_path / "index" / "generations" / name
    (folder / GLOSSARY).write_text(text, encoding="utf-8")
    with pytest.raises(IndexDamagedError, match="wgsearch build --full"):
        open_folder(folder, snapshot.manifest)

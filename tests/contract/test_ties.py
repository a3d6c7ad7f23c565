"""Passages that are equally near stand in one order, everywhere and always."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wgsearch.index.build import build
from wgsearch.search import Query

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from conftest import Place
    from wgsearch.embedding import Encoder
    from wgsearch.index.build import PaperReader
    from wgsearch.papers.paper import Paper


def test_equals_stand_in_the_order_of_rows(
    place: Place,
    tmp_path: Path,
    encoder: Encoder,
    memory_reader: Callable[[Sequence[Paper]], PaperReader],
    make_paper: Callable[..., Paper],
) -> None:
    """Of forty passages with the same words, the ten of the lowest rows come first, in order."""
    papers = [
        make_paper(f"DEMO/COP/WG.4/2020/{number}", ["Mines are inspected."], title="Mines")
        for number in range(40)
    ]
    build(tmp_path, tmp_path, encoder, reader=memory_reader(papers))
    place.publish(tmp_path)
    leg, own = place.leg(tmp_path)
    vector = own.vectors.stored(range(1))[0]
    assert np.ptp(leg.top(vector, 40).scores) < 1e-6
    engine = place.engine(tmp_path)
    for _ in range(3):
        hits = engine.search(Query(text="mines inspected", fold=False)).hits
        numbers = own.store.numbers_of([hit.passage.symbol for hit in hits])
        asked = [own.store.numbers_of([hit.passage.symbol])[0] for hit in hits]
        assert asked == sorted(numbers)
        assert asked == list(range(10))

"""Figures beside other libraries: medians, and ratios to a peer that reads all of the text."""

from __future__ import annotations

import pytest
from figures import Measured, percentile, ratio, reference, rows


def contender(
    name: str,
    *,
    ingests: tuple[float, ...] = (10.0,),
    cold: tuple[float, ...] = (5.0,),
    warm_ms: tuple[float, ...] = (8.0,),
    read_share: float = 1.0,
    ours: bool = False,
) -> Measured:
    """A contender that took so long in each round."""
    return Measured(
        name=name,
        title=name,
        ours=ours,
        ingests=[
            {
                "seconds": each,
                "parts": {"imports": 1.0, "reading": 2.0, "encoding": 3.0, "indexing": 0.5},
                "processor_s": 2 * each,
                "papers": 4,
                "chunks": 40,
                "read_share": read_share,
                "tree_mb": None,
                "peak_mb": 800.0,
                "store_bytes": 2_000_000,
            }
            for each in ingests
        ],
        answers=[
            {"cold_s": each, "warm_ms": list(warm_ms), "found": 0.9, "peak_mb": 600.0}
            for each in cold
        ],
        install_mb=1200.0,
        versions={"lib": "1.0"},
    )


def test_a_percentile_is_a_value_that_was_measured() -> None:
    """Of a hundred answers the 99th slowest is p99, the 50th p50; of one, that one is both."""
    assert percentile(list(range(100, 0, -1)), 0.99) == 99
    assert percentile(list(range(1, 101)), 0.5) == 50
    assert percentile([7.0], 0.5) == percentile([7.0], 0.99) == 7.0


def test_no_values_have_no_percentile() -> None:
    """Nothing measured is an error, never a nought."""
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


def test_who_drops_text_sets_no_pace() -> None:
    """
    A peer whose chunks lose half of the text may be quickest; it is not what others are held to.
    One that loses a sixth is, but it is marked like the other.
    """
    measured = [
        contender("ours", ingests=(2.0,), ours=True),
        contender("cutting", ingests=(5.0,), read_share=0.6),
        contender("nearly", ingests=(12.0,), read_share=0.83),
        contender("slow", ingests=(30.0,)),
    ]
    fastest = reference(measured, "ingest_s")
    assert fastest is not None
    assert fastest.name == "nearly"
    shown = {row["contender"]: row for row in rows(measured, papers=4)}
    assert [row["ingest_s_ratio"] for row in shown.values()] == [6.0, 2.4, 1.0, 0.4]
    assert list(shown) == ["ours", "cutting", "nearly", "slow"]
    assert [row["all_text"] for row in shown.values()] == [True, False, False, True]


def test_ratios_pair_what_ran_in_the_same_round() -> None:
    """
    The machine is twice as slow in the second round: each round says 4, so the ratio is 4,
    whatever the medians of either would say.
    """
    ours = contender("ours", cold=(1.0, 2.0, 1.0), ours=True)
    peer = contender("peer", cold=(4.0, 8.0, 4.0))
    assert ratio(peer, ours, "cold_s") == 4.0
    uneven = contender("peer", cold=(4.0, 8.0, 5.0))
    assert ratio(uneven, ours, "cold_s") == 4.0


def test_a_row_holds_medians_with_their_units() -> None:
    """4 papers in 8 s (median of 6, 8, 20) are half a paper a second; indexing is shown apart."""
    (row,) = rows([contender("peer", ingests=(6.0, 20.0, 8.0))], papers=4)
    assert row["ingest_s"] == 8.0
    assert row["papers_per_s"] == 0.5
    assert row["encoding_indexing_s"] == 3.5
    assert row["indexing_s"] == 0.5
    assert row["store_mb"] == 2.0
    assert row["ingest_mb"] == 800.0
    assert row["versions"] == "lib 1.0"


def test_without_a_peer_there_is_no_ratio() -> None:
    """Ours alone is compared with nothing, and one that failed half-way has no row."""
    half = Measured(name="half", title="half", ours=False)
    (row,) = rows([contender("ours", ours=True), half], papers=4)
    assert row["contender"] == "ours"
    assert row["ingest_s_ratio"] is None

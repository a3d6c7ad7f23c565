"""Constants of plans, computed again from measured rows."""

from __future__ import annotations

from typing import Any

import pytest
from plan import constants, predicted

from wgsearch.planning import footprint, measured

MIB = 2**20


def row(passages: int) -> dict[str, Any]:
    """A row that is as formulas say."""
    alone = footprint.memory_bytes(passages, measured.GENERATED, 1) - measured.HTTP_OWN.value
    own = measured.OWN_FIXED.value + passages * measured.OWN.value
    coded, words = measured.CODED_MS.value, measured.WORDS_MS.value
    return {
        "passages": passages,
        "papers": passages / 106,
        "index_mb": footprint.disk_bytes(passages, measured.GENERATED) / 1e6,
        "cpu_ms": footprint.answer_processor_ms(passages),
        "memory_mb": {"served": {"rss": alone / MIB, "anonymous": own / MIB}},
        "build": {
            "peak_mb": footprint.build_memory_bytes(passages) / MIB,
            "seconds": passages * measured.WRITING_MS.value / 1000,
        },
        "stages_thread_ms": {
            "meaning": {"p50": 1 + passages * coded},
            "words": {"p50": 1 + passages * words},
        },
    }


def test_rows_as_predicted_give_the_constants_back() -> None:
    """Whatever formula was changed without its constant, or the other way round, is seen here."""
    rows = [row(1_000_000), row(100_000)]
    for name, (found, stated) in constants(rows).items():
        assert found == pytest.approx(stated, rel=1e-6), name
    for each in rows:
        for name, (seen, said) in predicted(each).items():
            assert seen == pytest.approx(said), name

"""How near a generation comes to questions that its papers do not answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wgsearch.index.calibration import METHOD, PROBES, Scale, calibrate
from wgsearch.index.snapshot import open_current
from wgsearch.search import LocalEngine, Query

if TYPE_CHECKING:
    from pathlib import Path

    from wgsearch.embedding import Encoder


def test_probes_are_different_questions() -> None:
    """None counts twice."""
    assert len({probe.casefold() for probe in PROBES}) == len(PROBES) >= 50


def test_a_score_is_told_in_deviations() -> None:
    """0.3 is two spreads of 0.1 above 0.1."""
    assert Scale(centre=0.1, spread=0.1).of(0.3) == pytest.approx(2.0)


def test_the_manifest_keeps_scales_and_operating_points(tiny_index: Path, encoder: Encoder) -> None:
    """What verdicts were measured by can be read, and is what measuring again gives."""
    snapshot = open_current(tiny_index, encoder.identity)
    kept = snapshot.manifest.calibration
    assert kept == calibrate(encoder, snapshot.vectors, snapshot.tokens)
    assert kept is not None
    assert (kept.method, kept.probes) == (METHOD, len(PROBES))
    assert kept.late is not None
    assert kept.not_covered_below < kept.covered_from


def test_what_nobody_wrote_on_is_not_covered(tiny_index: Path, encoder: Encoder) -> None:
    """A question none of whose words a paper has is told so; one in a paper's own words is not."""
    engine = LocalEngine(tiny_index, encoder)
    assert engine.search(Query(text="volcanoes glaciers zeppelins")).verdict == "not_covered"
    own = engine.search(Query(text="debt bondage")).hits[0].passage.text
    assert engine.search(Query(text=own)).verdict == "covered"


@pytest.mark.parametrize("mode", ["lexical", "dense", "late"])
def test_one_leg_alone_is_not_judged(tiny_index: Path, encoder: Encoder, mode: str) -> None:
    """The operating points are those of all legs together."""
    assert LocalEngine(tiny_index, encoder).search(Query(text="debt", mode=mode)).verdict is None


def test_common_words_alone_are_not_judged(tiny_index: Path, encoder: Encoder) -> None:
    """Nobody can say whether papers answer "of the and"."""
    assert LocalEngine(tiny_index, encoder).search(Query(text="of the and")).verdict is None

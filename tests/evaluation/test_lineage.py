"""Recommendations that judges call the same are joined over the years, and no others are."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from wgsearch.cli.app import sample_corpus
from wgsearch.cli.terminal import encoder_of
from wgsearch.index.build import build
from wgsearch.register.lineage import Thresholds
from wgsearch.search import LocalEngine
from wgsearch.settings import Settings

_FILE = Path(__file__).parents[2] / "bench" / "lineage.py"
_spec = importlib.util.spec_from_file_location("bench_lineage", _FILE)
assert _spec
assert _spec.loader
lineages = importlib.util.module_from_spec(_spec)
sys.modules["bench_lineage"] = lineages
_spec.loader.exec_module(lineages)

JUDGED = lineages.judgements(Path(__file__).with_name("lineage.jsonl"))


def test_judgements_name_what_is_there() -> None:
    """Of the invented reports, each recommendation that is followed is in an earlier one."""
    made = {each.id: each for each in JUDGED["made"]}
    followed = [each for each in made.values() if each.follows]
    assert len(followed) >= 16
    for each in followed:
        assert each.follows in made
        assert each.follows.split("/")[3] < each.id.split("/")[3]
    assert {each.mark for each in made.values()} == {"new", "repeated", "strengthened", "weakened"}


@pytest.mark.model
@pytest.mark.parametrize(("name", "least"), [("made", 14), ("sample", 6)])
def test_lineages_are_found_and_none_is_made_up(name: str, least: int, tmp_path: Path) -> None:
    """So many judged links are found, none besides, and nine marks in ten are the judges'."""
    encoder = encoder_of(Settings())
    if name == "made":
        engine = lineages.engine_of(lineages.reports(JUDGED[name]), encoder, tmp_path)
    else:
        build(sample_corpus(), tmp_path / "index", encoder)
        engine = LocalEngine(tmp_path / "index", encoder)
    measured = lineages.measure(engine, JUDGED[name], Thresholds())
    assert measured.right >= least
    assert measured.found == measured.right
    assert measured.marked >= 0.9 * measured.marks

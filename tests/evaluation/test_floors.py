"""
No change may bring a judged set below its floor: floors.json names sets, legs and measures.

`python tests/evaluation/floors.py` raises floors to what is measured, and lowers one only by a
flag and with a reason.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from wgsearch.answers import Mode

# tests/ is no package: its modules are loaded by their place.
_spec = importlib.util.spec_from_file_location("floors", Path(__file__).with_name("floors.py"))
assert _spec
assert _spec.loader
floors = importlib.util.module_from_spec(_spec)
sys.modules["floors"] = floors
_spec.loader.exec_module(floors)

HELD = floors.read_floors()


@pytest.mark.model
@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "mode"), [(name, mode) for name, modes in HELD.floors.items() for mode in modes]
)
def test_measured_quality_is_not_below_its_floor(
    name: str, mode: Mode, tmp_path: Path, cache: pytest.Cache
) -> None:
    """What is measured through the code that serves is at least what floors.json states."""
    if why := floors.missing(name):
        pytest.skip(why)
    # Vectors by encoder and text outlast a run; the index itself is always made by this code.
    kept = cache.mkdir("embeddings") / "embeddings.sqlite"
    (tmp_path / kept.name).symlink_to(kept.resolve())
    measured = floors.measure(name, mode, tmp_path)
    below = {
        measure: f"{measured.get(measure)} against {floor}"
        for measure, floor in HELD.floors[name][mode].items()
        if measure not in measured or not floors.fulfils(measure, measured[measure], floor)
    }
    assert below == {}


def test_floors_go_up_and_never_down_in_silence() -> None:
    """What rose is raised to a little below; what fell stays, unless a reason is given."""
    first = floors.moved(floors.Floors(floors={}, lowered=()), "s", "dense", {"ndcg@10": 0.5})
    assert first.floors == {"s": {"dense": {"ndcg@10": 0.495}}}
    up = floors.moved(first, "s", "dense", {"ndcg@10": 0.6, "recall@100": 0.9})
    assert up.floors["s"]["dense"] == {"ndcg@10": 0.595, "recall@100": 0.895}
    same = floors.moved(up, "s", "dense", {"ndcg@10": 0.55})
    assert same == up
    down = floors.moved(up, "s", "dense", {"ndcg@10": 0.55, "recall@100": 0.9}, "another set")
    assert down.floors["s"]["dense"] == {"ndcg@10": 0.545, "recall@100": 0.895}
    (lowered,) = down.lowered
    assert (lowered.measure, lowered.before, lowered.after) == ("ndcg@10", 0.595, 0.545)
    assert lowered.because == "another set"


def test_of_wrong_refusals_fewer_are_better() -> None:
    """How often an answerable question is refused has a ceiling, which goes down."""
    name = "answerable_not_covered"
    first = floors.moved(floors.Floors(floors={}, lowered=()), "s", "hybrid", {name: 0.04})
    assert first.floors["s"]["hybrid"][name] == 0.05
    assert floors.moved(first, "s", "hybrid", {name: 0.03}).floors["s"]["hybrid"][name] == 0.04
    assert floors.moved(first, "s", "hybrid", {name: 0.06}) == first
    assert floors.fulfils(name, 0.04, 0.045)
    assert not floors.fulfils(name, 0.05, 0.045)


def test_floors_changed_by_hand_are_noticed(tmp_path: Path) -> None:
    """Editing the file breaks its seal, and the message names the program that writes it."""
    path = tmp_path / "floors.json"
    held = floors.moved(HELD, "s", "dense", {"ndcg@10": 0.5})
    held.write(path)
    assert floors.read_floors(path) == held
    found = json.loads(path.read_text())
    found["floors"]["s"]["dense"]["ndcg@10"] = 0.1
    path.write_text(json.dumps(found))
    with pytest.raises(floors.BrokenSealError, match=r"changed by hand; raise floors by"):
        floors.read_floors(path)

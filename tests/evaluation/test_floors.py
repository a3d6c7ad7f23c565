"""Quality does not fall unseen: judged sets beside a checkout, against floors kept in a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from wgsearch.embedding import SentenceTransformerEncoder
from wgsearch.evaluation import evaluate

SETS = Path(__file__).parents[3] / "shared" / "ir"
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))


@pytest.mark.model
@pytest.mark.shared
@pytest.mark.parametrize("name", sorted(FLOORS))
def test_no_set_falls_below_its_floor(name: str) -> None:
    """Lowering a floor needs a reason in the commit that does it."""
    folder = SETS / name
    if not folder.is_dir():
        pytest.skip(f"the judged set {name} does not stand beside this checkout")
    for mode, floors in FLOORS[name].items():
        measured = evaluate(folder, SentenceTransformerEncoder(), mode=mode).to_json()
        for measure, floor in floors.items():
            assert measured[measure] >= floor, (name, mode, measured)

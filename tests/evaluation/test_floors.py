"""No change may bring a judged set below its floor: floors.json names sets, legs and measures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from wgsearch.embedding import SentenceTransformerEncoder
from wgsearch.evaluation import evaluate

SETS = Path(__file__).parents[3] / "shared" / "ir"
FLOORS = json.loads(Path(__file__).with_name("floors.json").read_text(encoding="utf-8"))

pytestmark = [pytest.mark.model, pytest.mark.shared]


@pytest.mark.parametrize(
    ("name", "mode"), [(name, mode) for name, modes in FLOORS.items() for mode in modes]
)
def test_measured_quality_is_not_below_its_floor(
    name: str, mode: str, tmp_path: Path, cache: pytest.Cache
) -> None:
    """What is measured through the code that serves is at least what floors.json states."""
    if not (SETS / name).is_dir():
        pytest.skip(f"no folder ../shared/ir/{name} beside the checkout")
    # Vectors by encoder and text outlast a run; the index itself is always made by this code.
    kept = cache.mkdir("embeddings") / "embeddings.sqlite"
    (tmp_path / kept.name).symlink_to(kept.resolve())
    measured = evaluate(
        SETS / name, SentenceTransformerEncoder(), mode=mode, index=tmp_path
    ).to_json()
    below = {
        measure: f"{measured[measure]} < {floor}"
        for measure, floor in FLOORS[name][mode].items()
        if measured[measure] < floor
    }
    assert below == {}

"""bench/retrieval.py prints every set of a folder, and names what it cannot."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).parents[2] / "bench" / "retrieval.py"


def test_every_set_is_printed_or_named(judged: Path) -> None:
    """A good set has its row and its notes; a broken one is named, and the status says so."""
    (judged.parent / "broken").mkdir()
    done = subprocess.run(
        [sys.executable, BENCH, judged.parent, "--modes", "lexical", "--json"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"HF_HUB_OFFLINE": "1"},
    )
    found = json.loads(done.stdout)
    (row,) = found["rows"]
    assert (row["name"], row["way"], row["languages"]) == ("little", "lexical", ["en"])
    assert round(row["ndcg_at_10"], 4) == 0.6667
    assert row["p95_ms"] >= row["p50_ms"] > 0
    assert "neither title nor text" in found["notes"][0]
    assert "'corpus.jsonl' is missing" in found["left_out"][0]
    assert "left out: broken" in done.stderr
    assert done.returncode == 1

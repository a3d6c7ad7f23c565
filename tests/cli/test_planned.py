"""The command that plans, as a person calls it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from wgsearch.planning.measured import CONSTANTS

if TYPE_CHECKING:
    from pathlib import Path


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """A command."""
    return subprocess.run(
        [sys.executable, "-m", "wgsearch.cli", "plan", *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_json_is_one_object_with_formulas_and_sources() -> None:
    """Programs get figures with formulas, constants with sources, and sizes up to 10⁹."""
    found = json.loads(run("--papers", "100", "--passages-per-paper", "20", "--json").stdout)
    assert (found["papers"], found["passages"]) == (100, 2000)
    assert [each["name"] for each in found["ways"]] == ["one machine", "milvus"]
    assert all(figure["formula"] for way in found["ways"] for figure in way["figures"])
    assert all(way["full_first"] for way in found["ways"])
    assert [each["passages"] for each in found["growth"]] == [10**6, 10**7, 10**8, 10**9]
    assert {each["name"] for each in found["constants"]} == {each.name for each in CONSTANTS}
    assert found["profile"]["passages_per_paper"] == 20


def test_people_read_formulas_and_constants() -> None:
    """What is printed says by which formula, and who measured."""
    done = run("--papers", "1000")
    assert not done.returncode
    assert "is full first, at" in done.stdout
    assert "disk where it is built = generations·disk + P·cache" in done.stdout
    assert all(each.source in done.stdout for each in CONSTANTS)
    assert "cost" not in done.stdout


def test_bad_input_is_told(tmp_path: Path) -> None:
    """No papers, no index, a machine too small: each is told, and nothing is printed as a plan."""
    for words, code, said in (
        (("--papers", "0"), 2, "papers"),
        (("--papers", "9", "--index", str(tmp_path / "none")), 1, "wgsearch build"),
        (("--papers", "9", "--memory-gb", "0.3"), 2, "'memory' is used up"),
    ):
        done = run(*words)
        assert done.returncode == code
        assert said in done.stderr
        assert not done.stdout

"""The command that plans, as a person calls it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from wgsearch.cli.app import app
from wgsearch.errors import IndexMissingError, PlanImpossibleError, WgsearchError
from wgsearch.planning.measured import CONSTANTS

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


def run(*words: str) -> Result:
    """A command."""
    return CliRunner().invoke(app, ["plan", *words])


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
    assert not done.exit_code
    assert "is full first, at" in done.stdout
    assert "disk where it is built = generations·disk + P·cache" in done.stdout
    assert all(each.source in done.stdout for each in CONSTANTS)
    assert "cost" not in done.stdout


@pytest.mark.parametrize("words", [("--papers", "0"), ("--papers", "9", "--price-gb-month", "nan")])
def test_what_is_no_number_is_told(words: tuple[str, ...]) -> None:
    """The option is named, and nothing is printed as a plan."""
    done = run(*words)
    assert done.exit_code == 2
    assert words[-2] in done.stderr
    assert not done.stdout


def test_what_cannot_be_planned_is_told(tmp_path: Path) -> None:
    """No index, a machine too small: what to do is said, and nothing is printed as a plan."""
    tried: tuple[tuple[tuple[str, str], type[WgsearchError], str], ...] = (
        (("--index", str(tmp_path / "none")), IndexMissingError, "wgsearch build"),
        (("--memory-gb", "0.3"), PlanImpossibleError, "'memory' is used up"),
    )
    for words, kind, said in tried:
        done = run("--papers", "9", *words)
        assert isinstance(done.exception, kind)
        assert said in str(done.exception)
        assert not done.stdout

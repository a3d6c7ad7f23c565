"""`wgsearch recommendations` lists what was recommended, and follows one over the years."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from wgsearch.cli import register
from wgsearch.cli.app import app
from wgsearch.errors import UnknownRecommendationError

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

    from wgsearch.search import LocalEngine

SERIES = "DEMO/COP/WG.4"


@pytest.fixture
def run(report_engine: LocalEngine, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs the command over the reports of three sessions."""
    monkeypatch.setattr(register, "engine_of", lambda _: report_engine)
    return lambda *words: CliRunner().invoke(app, ["recommendations", *words])


def test_the_list_names_where_whom_and_how_strongly(run: Callable[..., Result]) -> None:
    """Each with its citation, its classes and its words; the count stands at the end."""
    found = run("--not-agreed")
    assert found.exit_code == 0
    words = " ".join(found.stdout.split())
    assert f"{SERIES}/2024/5, para. 3 states · shall, requested, urged · NOT AGREED" in words
    assert words.endswith("1 recommendation")


def test_filters_and_json(run: Callable[..., Result]) -> None:
    """`--json` prints what the API gives, all of it in one object."""
    filters = ["--addressee", "unodc", "--addressee", "secretariat", "--strength", "should"]
    found = json.loads(run(*filters, "--from", "2022", "--to", "2023", "--json").stdout)
    assert found["count"] == len(found["recommendations"]) == 2
    assert {each["addressed"][0] for each in found["recommendations"]} == {"unodc", "secretariat"}


def test_a_lineage_shows_words_in_brackets(run: Callable[..., Result]) -> None:
    """Added and removed words are told without colours."""
    words = " ".join(run("--lineage", f"{SERIES}/2023/5:1").stdout.split())
    assert "strengthened: ‘should’, after ‘may wish to’" in words
    assert "[+should inspect+]" in words
    assert "[-may wish to consider inspecting-]" in words
    steps = json.loads(run("--lineage", f"{SERIES}/2023/5:1", "--json").stdout)["steps"]
    assert [each["mark"] for each in steps] == ["new", "strengthened", "weakened"]


@pytest.mark.parametrize(
    "words",
    [
        ("--addressee", "nobody"),
        ("--strength", "sternly"),
        ("--lineage", f"{SERIES}/2023/5:1", "--agreed"),
        ("fees", "--lineage", f"{SERIES}/2023/5:1"),
    ],
)
def test_wrong_usage_is_refused(run: Callable[..., Result], words: tuple[str, ...]) -> None:
    """What cannot be meant ends with the status of wrong usage."""
    assert run(*words).exit_code == 2


def test_an_unknown_recommendation(run: Callable[..., Result]) -> None:
    """The error names near ones."""
    found = run("--lineage", f"{SERIES}/2023/5:8")
    assert isinstance(found.exception, UnknownRecommendationError)
    assert f"{SERIES}/2023/5:1" in found.exception.near

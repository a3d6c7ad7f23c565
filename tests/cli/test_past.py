"""`wgsearch history` and `wgsearch agenda --for`: the past of a topic, the item of a question."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from wgsearch.cli import app as commands
from wgsearch.cli import past
from wgsearch.cli.app import app
from wgsearch.errors import (
    EmptyQuestionError,
    InvalidFilterError,
    NotAnAgendaError,
    PaperUnreadableError,
    UnknownSymbolError,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    from wgsearch.search import LocalEngine

SERIES = "DEMO/COP/WG.4"


@pytest.fixture
def run(tiny_engine: LocalEngine, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs commands over the nine papers."""
    monkeypatch.setattr(past, "engine_of", lambda _: tiny_engine)
    monkeypatch.setattr(commands, "engine_of", lambda _: tiny_engine)
    return lambda *words: CliRunner().invoke(app, [*words])


def test_a_topic_before_a_session(run: Callable[..., Result]) -> None:
    """Verdict, confidence, citation and words; a piece of an agenda's symbol is enough."""
    found = run("history", "debt bondage", "--before", "2024/1")
    assert found.exit_code == 0
    words = " ".join(found.stdout.split())
    assert "Yes, under an item of its own (high confidence)" in words
    assert f"{SERIES}/2022/2, para. 2 Debt bondage keeps workers" in words
    assert f"{SERIES}/2024/1" not in words


def test_an_item_of_an_agenda(run: Callable[..., Result]) -> None:
    """The object that the API gives, with the agenda and the number."""
    found = json.loads(run("history", "--agenda", "2024/1", "--item", "2", "--json").stdout)
    assert found["topic"] == "Recruitment fees and debt bondage"
    assert (found["agenda"]["symbol"], found["item"]) == (f"{SERIES}/2024/1", "2")
    assert found["verdict"] == "not_found"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["history"], "give either a topic"),
        (["history", "debt", "--agenda", "2024/1", "--item", "2"], "give either a topic"),
        (["history", "--agenda", "2024/1"], "go together"),
        (["history", "--item", "2"], "go together"),
        (["history", "--agenda", "2024/1", "--item", "2", "--before", "2020"], "goes with a topic"),
        (["agenda"], "name an agenda"),
        (["agenda", "2024/1", "--for", "fees", "--item", "2"], "leave out --item"),
    ],
)
def test_arguments_that_do_not_go_together(
    run: Callable[..., Result], arguments: list[str], words: str
) -> None:
    """Usage, with what to give."""
    done = run(*arguments)
    assert done.exit_code == 2
    assert words in " ".join(done.stderr.replace("│", " ").split())


def test_a_wrong_date_is_told(run: Callable[..., Result]) -> None:
    """What is neither a date nor a paper is no limit that is silently left out."""
    done = run("history", "debt", "--before", "soon")
    assert isinstance(done.exception, InvalidFilterError)


def test_a_question_finds_its_item(run: Callable[..., Result], tmp_path: Path) -> None:
    """On one agenda, on all, and on one that is in a file only."""
    question = "fees that turn into debt"
    words = " ".join(run("agenda", "2024/1", "--for", question).stdout.split())
    assert words.startswith("2. Recruitment fees and debt bondage The Working Group will consider")
    assert f"best passage: {SERIES}/2022/2, para. 1" in words
    everywhere = " ".join(run("agenda", "--for", question).stdout.split())
    assert everywhere.startswith(f"{SERIES}/2024/1, item 2. Recruitment fees")
    file = tmp_path / "agenda.txt"
    file.write_text(
        "Provisional agenda\n\n1. Opening of the session.\n2. Shelters for men.\n"
        "3. Fees and debt.\n4. Adoption of the report.\n"
    )
    found = json.loads(run("agenda", str(file), "--for", question, "--json").stdout)
    assert [each["number"] for each in found["items"]] == ["3", "2"]
    assert {each["url"] for each in found["items"]} == {None}


def test_an_agenda_may_be_pasted(tiny_engine: LocalEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """`-` reads it from standard input."""
    monkeypatch.setattr(commands, "engine_of", lambda _: tiny_engine)
    text = "Provisional agenda\n\n1. Opening.\n2. Shelters for men.\n3. Fees and debt.\n"
    done = CliRunner().invoke(app, ["agenda", "-", "--for", "fees", "--json"], input=text)
    assert [each["number"] for each in json.loads(done.stdout)["items"]] == ["3", "2"]


@pytest.mark.parametrize(
    ("source", "words"),
    [("no-such.docx", "there is no such file"), (".", "it is a folder")],
)
def test_a_file_that_is_not_there_is_told_so(
    run: Callable[..., Result], source: str, words: str
) -> None:
    """Whoever mistypes a file is not told that a symbol is unknown."""
    for command in (("agenda", source), ("history", "--agenda", source, "--item", "2")):
        done = run(*command)
        assert isinstance(done.exception, PaperUnreadableError)
        assert words in str(done.exception)
    assert isinstance(run("agenda", "2099/7").exception, UnknownSymbolError)


def test_what_has_no_items_is_told(run: Callable[..., Result]) -> None:
    """A paper that is no agenda, and a question without words."""
    done = run("agenda", "2022/2", "--for", "fees")
    assert isinstance(done.exception, NotAnAgendaError)
    assert isinstance(run("agenda", "2024/1", "--for", "?").exception, EmptyQuestionError)

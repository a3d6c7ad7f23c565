"""`wgsearch questions`, and what a build does with saved questions."""

from __future__ import annotations

import json
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from wgsearch.cli import questions as command
from wgsearch.cli.app import app, sample_corpus
from wgsearch.cli.watching import _ask_saved
from wgsearch.embedding import open_encoder
from wgsearch.errors import UnknownQuestionError, WebhookRefusedError
from wgsearch.index.build import build
from wgsearch.saved.keeping import Questions
from wgsearch.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.model
ASKED = "recruitment fees charged to workers"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a corpus of one paper and its index, as the environment names them."""
    for name in ("corpus", "index", "questions"):
        monkeypatch.setenv(f"WGSEARCH_{name.upper()}", str(tmp_path / name))
    (tmp_path / "corpus").mkdir()
    put(tmp_path, "2022_3.en.pdf")
    asked("build")
    return tmp_path


def put(place: Path, name: str) -> None:
    """A paper of the sample comes."""
    paper = sample_corpus() / f"DEMO_COP_WG.4_{name}"
    (place / "corpus" / paper.name).write_bytes(paper.read_bytes())


def asked(*arguments: str, code: int = 0) -> Any:  # noqa: ANN401 - JSON
    """What a command prints for programs."""
    done = CliRunner().invoke(app, [*arguments, "--json"])
    assert done.exit_code == code, (done.output, done.exception)
    return json.loads(done.stdout)


def test_a_build_tells_what_is_new(place: Path) -> None:
    """Saved once, listed without its secret; a build finds what is new, and fails for no hook."""
    hook = "https://hooks.invalid/new?token=abc"
    saved = asked("questions", "add", ASKED, "--language", "en", "--webhook", hook)
    assert saved["id"] == "recruitment-fees-charged-to-workers"
    assert len(saved["secret"]) == 64
    assert saved["webhook"] == {"address": "https://hooks.invalid/***", "secret": "***"}
    quiet = asked("build")
    assert quiet["questions"] == []
    put(place, "2026_2.en.pdf")
    built = asked("build")
    (found,) = built["questions"]
    assert found["found"] > 0
    assert (found["delivered"], found["due"]) == (0, 1)
    assert "no such name" in found["reason"]
    (listed,) = asked("questions", "list")["questions"]
    assert (listed["answers"], listed["due"]) == (found["found"], 1)
    shown = CliRunner().invoke(app, ["questions", "list"]).output
    for text in (shown, json.dumps(listed), json.dumps(built)):
        assert saved["secret"] not in text
        assert "token=abc" not in text
    assert "1 to be posted" in shown
    again = asked("questions", "check", "--tries", "1", code=1)
    assert again["questions"][0]["found"] == 0
    done = CliRunner().invoke(app, ["questions", "remove", saved["id"]])
    assert done.exit_code == 0
    assert asked("questions", "list") == {"questions": []}


def test_what_is_wrong_is_said(place: Path) -> None:
    """An id that is none, an address that is none, a folder that is broken: in words."""
    done = CliRunner().invoke(app, ["questions", "remove", "none"])
    assert isinstance(done.exception, UnknownQuestionError)
    done = CliRunner().invoke(app, ["questions", "add", ASKED, "--webhook", "http://x.example/"])
    assert isinstance(done.exception, WebhookRefusedError)
    assert asked("questions", "list") == {"questions": []}
    asked("questions", "add", ASKED)
    (place / "questions" / "broken.question.json").write_text("no")
    put(place, "2026_2.en.pdf")
    done = CliRunner().invoke(app, ["build", "--json"])
    assert done.exit_code == 0, "the build is published, whatever becomes of questions"
    assert json.loads(done.stdout)["questions"] == []
    assert "saved questions were not asked" in done.stderr


@pytest.mark.usefixtures("place")
def test_a_fault_of_ours_never_fails_a_build(caplog: pytest.LogCaptureFixture) -> None:
    """Whatever is wrong with what searches, the index is in use: it is told and logged."""
    asked("questions", "add", ASKED)

    def broken() -> Any:  # noqa: ANN401 - never returns
        raise RuntimeError("a mistake")

    assert command.answer_saved(Settings(), broken) == ()
    assert "could not be asked" in caplog.text


def test_a_question_may_be_saved_before_there_is_an_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the first index holds counts as known, and nothing is told of it."""
    for name in ("corpus", "index", "questions"):
        monkeypatch.setenv(f"WGSEARCH_{name.upper()}", str(tmp_path / name))
    (tmp_path / "corpus").mkdir()
    asked("questions", "add", ASKED)
    put(tmp_path, "2026_2.en.pdf")
    assert [each["found"] for each in asked("build")["questions"]] == [0]


def test_watching_asks_beside_builds(place: Path) -> None:
    """While a folder is watched, what a build published is asked about without its waiting."""
    saved = asked("questions", "add", ASKED)
    put(place, "2026_2.en.pdf")
    settings, encoder, published = Settings(), open_encoder(), threading.Event()
    build(settings.corpus, settings.index, encoder)
    asking = threading.Thread(target=_ask_saved, args=(settings, encoder, published), daemon=True)
    asking.start()
    published.set()
    kept_in, ends = Questions(settings.questions), time.monotonic() + 30
    while not kept_in.kept(saved["id"]).entries and time.monotonic() < ends:
        time.sleep(0.02)
    assert kept_in.kept(saved["id"]).entries
    assert asking.is_alive()

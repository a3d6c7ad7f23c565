"""What a person sees while a build goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wgsearch.cli.progress import shown

if TYPE_CHECKING:
    import pytest


def test_lines_say_when_a_stage_is_done(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a terminal: papers with their pages, and passages, each once when all are done."""
    with shown() as tell:
        for paper in (1, 2):
            tell("pages", 30 * paper, 0)
            tell("read", paper, 2)
        for passages in (50, 90, 90):
            tell("embed", passages, 90)
    assert capsys.readouterr().err.splitlines() == [
        "Reading papers: 2 of 2, 60 pages",
        "Encoding passages: 90 of 90",
    ]


def test_lines_say_how_long_it_takes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Now and then on the way, with the time that is left at this pace."""
    now = iter([0.0, 0.0, 5.0, 30.0, 300.0])
    monkeypatch.setattr("wgsearch.cli.progress.time.monotonic", lambda: next(now))
    with shown() as tell:
        for done in (0, 1, 300, 900):
            tell("embed", done, 1000)
    assert capsys.readouterr().err.splitlines() == [
        "Encoding passages: 300 of 1000; 1 min left",
        "Encoding passages: 900 of 1000; 33 s left",
    ]


def test_bars_count_pages_beside_papers(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal: a bar a stage."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    with shown() as tell:
        tell("pages", 1200, 0)
        tell("read", 1, 2)
        tell("embed", 0, 90)
    said = capsys.readouterr().err
    assert "Reading papers" in said
    assert "1 of 2, 1,200 pages" in said

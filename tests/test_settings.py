"""What an operator sets, and what holds where nothing is set."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from wgsearch.settings import Settings


def test_nothing_set_serves_this_machine_only() -> None:
    """By default the service listens on this machine and answers to its names."""
    settings = Settings()
    assert settings.host == "127.0.0.1"
    assert set(settings.served_hosts) == {"127.0.0.1", "localhost", "::1"}


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """`WGSEARCH_*` sets each of them; host names are separated by commas."""
    monkeypatch.setenv("WGSEARCH_CORPUS", "/papers")
    monkeypatch.setenv("WGSEARCH_PORT", "9000")
    monkeypatch.setenv("WGSEARCH_HOSTS", "papers.example.org, localhost")
    monkeypatch.setenv("WGSEARCH_HOST", "0.0.0.0")  # noqa: S104 - nothing is bound here
    settings = Settings()
    assert settings.corpus == Path("/papers")
    assert settings.port == 9000
    assert settings.served_hosts == ("papers.example.org", "localhost")


def test_a_port_that_cannot_be_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A malformed setting stops the start, and is named."""
    monkeypatch.setenv("WGSEARCH_PORT", "99999")
    with pytest.raises(ValidationError, match="port"):
        Settings()


def test_prompts_keep_their_spaces(monkeypatch: pytest.MonkeyPatch) -> None:
    """The space after a prompt counts; an empty prompt is a prompt, an unset one is none."""
    monkeypatch.setenv("WGSEARCH_QUESTION_PROMPT", "query: ")
    monkeypatch.setenv("WGSEARCH_PASSAGE_PROMPT", "")
    settings = Settings()
    assert (settings.question_prompt, settings.passage_prompt) == ("query: ", "")
    assert settings.reranker is None

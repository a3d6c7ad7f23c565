"""What an operator sets, and what holds where nothing is set."""

from __future__ import annotations

import re
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


def test_limits_do_not_disturb_one_person(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing set: any number of requests of one client, no proxy believed, nothing logged."""
    settings = Settings()
    assert settings.rate_per_s == 0
    assert settings.proxies == ()
    assert settings.log_format == "text"
    assert not settings.log_unanswered
    monkeypatch.setenv("WGSEARCH_PROXIES", "10.0.0.1, 10.1.0.0/16")
    assert Settings().proxies == ("10.0.0.1", "10.1.0.0/16")


@pytest.mark.parametrize("proxies", ["proxy.example", "*", "10.0.0.1/8"])
def test_a_proxy_that_is_no_address_is_refused(
    monkeypatch: pytest.MonkeyPatch, proxies: str
) -> None:
    """A name, which would be compared with addresses in vain, or anybody, stops the start."""
    monkeypatch.setenv("WGSEARCH_PROXIES", proxies)
    with pytest.raises(ValidationError, match="proxies"):
        Settings()


def test_what_is_set_is_shown_without_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings are shown under the names they are set by; keys and passwords are masked."""
    assert "WGSEARCH_PORT" not in Settings().shown()
    assert Settings().shown(every=True)["WGSEARCH_PORT"] == "8000"
    monkeypatch.setenv("WGSEARCH_HOSTS", "a.example,b.example")
    address = "https://somebody:hidden@documents.example/{symbol}"
    monkeypatch.setenv("WGSEARCH_FETCH_ADDRESS", address)
    shown = Settings().shown()
    assert shown["WGSEARCH_HOSTS"] == "a.example,b.example"
    assert shown["WGSEARCH_FETCH_ADDRESS"] == "https://***@documents.example/{symbol}"

    class WithKey(Settings):
        """Settings with secrets, as others may be added."""

        api_key: str = ""
        keys: tuple[str, ...] = ()
        monkey: str = ""

    shown = WithKey(api_key="hidden", keys=("hidden",), monkey="seen").shown()
    assert shown["WGSEARCH_API_KEY"] == shown["WGSEARCH_KEYS"] == "***"
    assert shown["WGSEARCH_MONKEY"] == "seen"
    assert "hidden" not in str(shown)


def test_what_is_written_about_settings_is_true() -> None:
    """Each setting stands in the README, and none stands in the guides that there is not."""
    root = Path(__file__).parents[1]
    names = {f"WGSEARCH_{name.upper()}" for name in Settings.model_fields}
    for place in ("README.md", "docs/operating.md", "docs/security.md", "Containerfile"):
        written = set(re.findall(r"WGSEARCH_[A-Z_]+", (root / place).read_text(encoding="utf-8")))
        assert written <= names, place
        if place == "README.md":
            assert written == names


def test_the_image_copies_what_is_there() -> None:
    """Everything that the Containerfile copies from the sources exists."""
    root = Path(__file__).parents[1]
    lines = (root / "Containerfile").read_text(encoding="utf-8").splitlines()
    copied = [
        path
        for line in lines
        if line.startswith("COPY ") and "--from" not in line
        for path in line.split()[1:-1]
    ]
    assert copied
    assert all((root / each).exists() for each in copied)

"""What a question about the past is about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wgsearch.history.topics import topic_of


@pytest.mark.parametrize(
    ("asked", "topic"),
    [
        ("Has the Working Group ever discussed debt bondage before?", "debt bondage"),
        ("Was debt bondage discussed already?", "debt bondage"),
        ("Were supply chains ever on the agenda?", "supply chains"),
        ("Have we looked at begging?", "begging"),
        ("¿Se ha tratado ya la servidumbre por deudas?", "la servidumbre por deudas"),
        ("debt bondage", "debt bondage"),
        ("Who was punished before the reform?", "Who was punished before the reform?"),
    ],
)
def test_words_that_ask_are_taken_off(asked: str, topic: str) -> None:
    """How one asks whether something was discussed says nothing of what it is."""
    assert topic_of(asked) == topic


@given(st.text(min_size=1, max_size=80).filter(lambda text: text.strip()))
def test_something_is_left(text: str) -> None:
    """No question is emptied."""
    assert topic_of(text)

"""Quotes and minus are read as meant, everything else as words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wgsearch.question import TYPED_CHARACTERS, parse_question


@pytest.mark.parametrize(
    ("text", "words", "phrases", "excluded"),
    [
        ("fees and debt", "fees and debt", (), ()),
        ('"forced labour" of men', "forced labour of men", ("forced labour",), ()),
        ("“debt bondage” fees", "debt bondage fees", ("debt bondage",), ()),
        ("« traite des personnes »", "traite des personnes", ("traite des personnes",), ()),
        ("debt -organ", "debt", (), ("organ",)),
        ('debt -"organ removal"', "debt", (), ("organ removal",)),
        ("non-punishment", "non-punishment", (), ()),
        ("law - practice", "law - practice", (), ()),
        ("-debt", "-debt", (), ()),
        ('debt "', "debt", (), ()),
        ('"?!" debt', "debt", (), ()),
        ("fees\n-debt\n-work", "fees -debt -work", (), ()),
    ],
)
def test_operators(
    text: str, words: str, phrases: tuple[str, ...], excluded: tuple[str, ...]
) -> None:
    """What is quoted must appear, what follows a minus must not; hyphens and dashes are words."""
    question = parse_question(text)
    demanded = tuple(phrase.text for phrase in question.phrases)
    forbidden = tuple(phrase.text for phrase in question.excluded)
    assert (question.words, demanded, forbidden) == (words, phrases, excluded)


def test_pasted_text_is_taken_as_written() -> None:
    """An agenda item of a page, pasted with its quotation marks, is not narrowed by them."""
    text = 'The item on "forced criminality" -was adopted. ' * (TYPED_CHARACTERS // 20)
    question = parse_question(text)
    assert question.words == text
    assert not question.phrases
    assert not question.excluded


@given(st.text(max_size=200))
def test_any_text_asks_something(text: str) -> None:
    """No combination of signs makes an error or an empty question of one that has words."""
    question = parse_question(text)
    assert question.parts
    if any(char.isalnum() for char in text):
        assert any(char.isalnum() for char in question.words)

"""Quotes and minus are read as meant, everything else as words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wgsearch.index.lexical import Phrase
from wgsearch.question import MOST_APART, TYPED_CHARACTERS, parse_question, printed


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


@pytest.mark.parametrize(
    ("text", "words", "phrases"),
    [
        ('"debt bondage"~3 fees', "debt bondage fees", (Phrase("debt bondage", 3),)),
        ('"debt bondage"~99', "debt bondage", (Phrase("debt bondage", MOST_APART),)),
        ("+debt fees", "debt fees", (Phrase("debt"),)),
        ('+"debt bondage" fees', "debt bondage fees", (Phrase("debt bondage"),)),
        ("C++ 1+1 fees", "C++ 1+1 fees", ()),
        ("debt debt +debt +debt", "debt debt debt debt", (Phrase("debt"),)),
        ("below -5 degrees", "below -5 degrees", ()),
    ],
)
def test_demanded_words(text: str, words: str, phrases: tuple[Phrase, ...]) -> None:
    """A plus demands a word, a number after a tilde lets words stand between those quoted."""
    question = parse_question(text)
    assert (question.words, question.phrases, question.excluded) == (words, phrases, ())


@pytest.mark.parametrize(
    ("text", "words", "prefixes"),
    [
        ("exploit* of men", "exploit of men", ("exploit",)),
        ("+exploit* men", "exploit men", ("exploit",)),
        ("торгов*", "торгов", ("торгов",)),
        ("DEMO/2024/2*", "DEMO/2024/2*", ()),
        ("a* 20*", "a* 20*", ()),
        ("**bold** text", "**bold** text", ()),
    ],
)
def test_beginnings_of_words(text: str, words: str, prefixes: tuple[str, ...]) -> None:
    """A star after a beginning demands a word that begins so; stars of symbols are none."""
    question = parse_question(text)
    assert (question.words, question.prefixes) == (words, prefixes)


def test_a_sentence_that_quotes_demands_nothing() -> None:
    """In a sentence a quoted word is one among many, unless a plus stands before it."""
    question = parse_question('how do papers understand what is called "debt bondage" of men?')
    assert not question.phrases
    assert question.loose == ("debt bondage",)
    assert "debt bondage" in question.words
    demanded = parse_question('how do papers understand what is called +"debt bondage" of men?')
    assert demanded.phrases == (Phrase("debt bondage"),)
    chinese = parse_question("工作组文件怎样理解“债役”的定义")
    assert (chinese.phrases, chinese.loose) == ((), ("债役",))


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("de\0bt", "debt"),
        ("debt\u200b", "debt"),
        ("debt \ud800 fees", "debt   fees"),
        ("a\tb", "a\tb"),
    ],
)
def test_what_prints_nothing_is_dropped(raw: str, clean: str) -> None:
    """Control characters and halves of characters are no part of a question."""
    assert printed(raw) == clean


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

"""What is shown of a long paragraph is a run of its words, around what answers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wgsearch.excerpts import EXCERPT_WORDS, excerpt
from wgsearch.passages import count_words

SENTENCE = "States parties should keep the victims of trafficking informed of proceedings. "


def test_short_texts_are_shown_whole() -> None:
    """Up to about 80 words, the whole paragraph is shown."""
    text = SENTENCE * 5
    assert excerpt(text, ((0, 6),)) == (0, len(text))


def test_long_texts_are_cut_around_the_matches() -> None:
    """Of a long paragraph, the sentence with most matches is shown within its neighbours."""
    text = SENTENCE * 15 + "Fees turn into debt. " + SENTENCE * 15
    at = text.index("Fees")
    start, end = excerpt(text, ((at, at + 4), (at + 15, at + 19)))
    assert start < at < end
    assert count_words(text[start:end]) <= EXCERPT_WORDS
    assert text[start:end].startswith("States parties") or text[start:end].startswith("Fees")


def test_long_texts_are_not_cut_at_abbreviations() -> None:
    """An excerpt ends where a sentence ends: never after `para.`"""
    text = "See para. 5 of the report on victims and their rights. " * 30
    start, end = excerpt(text, (), "en")
    assert text[start:end].startswith("See para. 5")
    assert text[start:end].endswith("rights.")


def test_long_texts_without_matches_are_shown_from_their_beginning() -> None:
    """A paragraph found by meaning alone begins where it begins."""
    assert excerpt(SENTENCE * 30, ())[0] == 0


@given(st.text(alphabet="ab. \n;", max_size=900))
def test_an_excerpt_is_a_part_of_the_text(text: str) -> None:
    """Whatever the text, its excerpt lies within it."""
    start, end = excerpt(text, ())
    assert 0 <= start <= end <= len(text)

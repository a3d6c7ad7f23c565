"""What is shown as an answer, word by word, is what the tokens say, worked out by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest

from wgsearch.correspondence import Correspondence, Corresponding, words_at
from wgsearch.embedding import TokenSpans
from wgsearch.index.tokens import AskedTokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CONTEXT = "On debt:\n"
TEXT = "Fees are charged. Debt keeps workers from leaving; agencies deny it."


def _spans(text: str, pattern: str = r"\w+|[^\w\s]") -> TokenSpans:
    """Words and signs as tokens."""
    spans = np.array([match.span() for match in re.finditer(pattern, text)], dtype=np.int32)
    return TokenSpans(ids=np.arange(len(spans), dtype=np.int32), spans=spans.reshape(-1, 2))


def _corresponding(
    words: Sequence[str],
    weights: Sequence[float],
    near: Mapping[tuple[str, int], float],
    *,
    text: str = TEXT,
    context: str = CONTEXT,
    pattern: str = r"\w+|[^\w\s]",
) -> Corresponding:
    """What corresponds where the n-th token asked is so near to a piece of the text, else 0."""
    whole = context + text
    read = _spans(whole, pattern)
    pieces = [whole[start:end] for start, end in read.spans.tolist()]
    values = np.zeros((len(pieces), len(words)), dtype=np.float32)
    for (piece, asked), value in near.items():
        places = [at for at, each in enumerate(pieces) if each == piece]
        assert places
        values[places, asked] = value
    asked = AskedTokens(
        words=tuple(words),
        ids=np.arange(len(words), dtype=np.int32),
        vectors=np.ones((len(words), 1), dtype=np.float32),
        weights=np.ones(len(words)),
    )
    return Correspondence(asked, np.array(weights, dtype=np.float64)).of(
        values, read.spans[:, 0], text=text, before=len(context), language="en"
    )


def _shown(found: Corresponding, text: str = TEXT) -> list[tuple[str, str, float]]:
    """Word asked, word found, likeness."""
    return [
        (each.asked, text[each.start : each.end], pytest.approx(each.likeness))
        for each in found.words
    ]


def test_near_words_answer() -> None:
    """`liability` is answered by `Debt`, `staff` by `workers`, in the order of the text."""
    found = _corresponding(
        ["staff", "liability"],
        [2, 2],
        {("workers", 0): 0.6, ("Debt", 1): 0.7, ("agencies", 0): 0.5},
    )
    assert _shown(found) == [("liability", "Debt", 0.7), ("staff", "workers", 0.6)]


def test_words_that_tell_little_answer_nothing() -> None:
    """Less than a quarter of the most telling word is too little; a quarter is enough."""
    near = {("Debt", 0): 0.7, ("from", 1): 0.8}
    assert _shown(_corresponding(["liability", "of"], [2, 0.49], near)) == [
        ("liability", "Debt", 0.7)
    ]
    assert len(_corresponding(["liability", "of"], [2, 0.5], near).words) == 2


def test_distant_words_answer_nothing() -> None:
    """What is near by chance is not shown as an answer."""
    assert _corresponding(["liability"], [1], {("Debt", 0): 0.39}).words == ()
    assert len(_corresponding(["liability"], [1], {("Debt", 0): 0.41}).words) == 1


def test_context_is_never_shown() -> None:
    """Title and heading are encoded before the text; offsets are those of the text alone."""
    found = _corresponding(["liability"], [1], {("debt", 0): 0.9, ("Debt", 0): 0.5})
    assert _shown(found) == [("liability", "Debt", 0.5)]


def test_pieces_of_words_are_one_word() -> None:
    """
    Of a word asked in two pieces that weigh 1 and 3, (0.8 + 3 * 0.6) / 4 = 0.65 is near; what
    is near is a piece of `workers`, and the whole word is shown.
    """
    found = _corresponding(
        ["labourers", "labourers"],
        [1, 3],
        {("ers", 0): 0.8, ("ers", 1): 0.6},
        pattern=r"work|ers|\w+|[^\w\s]",
    )
    assert _shown(found) == [("labourers", "workers", 0.65)]


def test_signs_ask_and_answer_nothing() -> None:
    """A question mark asks for no word, and a full stop is none."""
    assert _corresponding(["", "liability"], [1, 1], {("Debt", 0): 0.9}).words == ()
    assert _corresponding(["liability"], [1], {(";", 0): 0.9}).words == ()


def test_a_word_answers_the_nearer_of_two() -> None:
    """No word of the text is shown twice."""
    near = {("Debt", 0): 0.6, ("Debt", 1): 0.7}
    assert _shown(_corresponding(["owing", "liability"], [1, 1], near)) == [
        ("liability", "Debt", 0.7)
    ]


def test_at_most_eight_words_answer() -> None:
    """The nearest eight, and still in the order of the text."""
    text = "a b c d e f g h i j"
    letters = text.split()
    near = {(each, at): 0.5 + at / 100 for at, each in enumerate(letters)}
    asked = [each.upper() for each in letters]
    found = _corresponding(asked, [1] * 10, near, text=text, context="")
    assert [text[each.start] for each in found.words] == letters[2:]


def test_the_sentence_whose_words_answer_most() -> None:
    """
    `Debt keeps workers from leaving;` has 0.6 of one word and 0.5 of the other, the last one
    0.9 of one; of equals the first is taken.
    """
    near = {("Debt", 0): 0.6, ("leaving", 1): 0.5, ("deny", 0): 0.9}
    found = _corresponding(["liability", "quitting"], [1, 1], near)
    assert found.sentence is not None
    assert TEXT[slice(*found.sentence)] == "Debt keeps workers from leaving;"
    weighed = _corresponding(["liability", "quitting"], [3, 1], near)
    assert weighed.sentence is not None
    assert TEXT[slice(*weighed.sentence)] == "agencies deny it."
    equal = _corresponding(["liability"], [1], {("deny", 0): 0.5, ("charged", 0): 0.5})
    assert equal.sentence is not None
    assert TEXT[slice(*equal.sentence)] == "Fees are charged."


def test_a_text_that_was_not_read_shows_nothing() -> None:
    """When the context alone fills what the encoder reads, nothing is known of the text."""
    asked = AskedTokens(
        words=("debt",),
        ids=np.zeros(1, dtype=np.int32),
        vectors=np.ones((1, 1), dtype=np.float32),
        weights=np.ones(1),
    )
    found = Correspondence(asked, np.ones(1)).of(
        np.ones((2, 1), dtype=np.float32),
        np.array([0, 3], dtype=np.int32),
        text=TEXT,
        before=len(CONTEXT),
        language="en",
    )
    assert found == Corresponding((), None)


def test_each_token_is_a_piece_of_a_word() -> None:
    """Pieces name their word, signs none; each ideograph is a word."""
    text = "Debt bondage, 债务"
    read = _spans(text, r"\w{1,4}|,")
    assert words_at(text, read.spans) == ("Debt", "bondage", "bondage", "", "债")
    assert words_at("债务", np.array([[0, 1], [1, 2]], dtype=np.int32)) == ("债", "务")

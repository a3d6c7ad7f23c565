"""
words of a question, text -> which words of the text are theirs.

Why beside the index: what is marked in a passage follows the stems by which it was found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wgsearch.index.terms import fields_of, matching_words, telling
from wgsearch.papers import languages
from wgsearch.sentences import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Sought(NamedTuple):
    """
    What is looked for in the texts of an answer.

    Attributes:
        field: A name of `fields_of`.
        terms: Terms in that field.
        known: Words seen in texts so far, and their terms where these are looked for.
    """

    field: str
    terms: frozenset[str]
    known: dict[str, str | None]


class Word(NamedTuple):
    """
    A word of a question in a text.

    Attributes:
        field: Field that it is looked up in, a name of `fields_of`.
        stem: Its stem there.
        start: Offset of its first character.
        end: Offset of the character after its last.
    """

    field: str
    stem: str
    start: int
    end: int


def sought(question: str, language: str) -> tuple[Sought, ...]:
    """
    What is marked in texts of a language: the question's terms, stop words left out.

    Args:
        question: The question.
        language: Language of the texts.
    """
    spoken = languages.detect(question)
    return tuple(
        Sought(field, frozenset(telling(question, field, spoken)), {})
        for field in fields_of(language)
    )


def matched_spans(sought: Sequence[Sought], text: str) -> tuple[Span, ...]:
    """Where a text has what is sought: spans in order, none touching another."""
    return _merged(Span(each.start, each.end) for each in matched_words(sought, text))


def matched_words(sought: Sequence[Sought], text: str) -> tuple[Word, ...]:
    """The words that are sought in a text, each as often as it stands there."""
    return tuple(
        Word(field, term, span.start, span.end)
        for field, wanted, known in sought
        for term, span in matching_words(text, field, wanted, known)
    )


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order, touching ones as one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)

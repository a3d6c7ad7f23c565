"""
text and index -> Question: what was typed, with what the papers know of it.

Why apart from the operators: which symbol a piece means, and which words are misspelt, only
the papers tell.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from wgsearch.expansion import expand
from wgsearch.index.terms import is_stop_word, words
from wgsearch.lookup import cited_within
from wgsearch.papers import languages
from wgsearch.phrases import said
from wgsearch.question import TYPED_CHARACTERS, Part, parse_question
from wgsearch.spelling import correct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.index.lexical import Phrase
    from wgsearch.index.snapshot import Snapshot
    from wgsearch.question import Question
    from wgsearch.spelling import Correction

# Forms of a word looked for where its beginning was typed.
_FORMS = 10
# Swept on six sets with seeded misspellings: docs/decisions/0010-words.md.
_CORRECTED_WEIGHT = 0.5


class Understood(NamedTuple):
    """A question taken apart, and what may have been misspelt in it."""

    question: Question
    correction: Correction | None


def understand(snapshot: Snapshot, text: str) -> Understood:
    """
    A question as typed, with symbols for pieces of them, forms for beginnings of words, and near
    words beside those that no paper has.
    """
    question = parse_question(text)
    question = expand(replace(question, cited=cited_within(snapshot, text)), snapshot.lexicon)
    added = [Part(text=form) for each in question.prefixes for form in _forms(snapshot, each)]
    # Words of a language that no paper is in are not misspelt.
    spoken = question.parts[0].language
    is_foreign = spoken is not None and spoken not in snapshot.lexical.languages
    is_typed = len(text) <= TYPED_CHARACTERS
    leave = (*question.prefixes, *(phrase.text for phrase in question.excluded))
    correction = None
    if is_typed and not is_foreign:
        correction = correct(snapshot.lexical, text, leave=leave)
    if correction:
        near = " ".join(correction.replaced.values())
        added.append(Part(text=near, weight=_CORRECTED_WEIGHT))
    return Understood(replace(question, added=(*question.added, *added)), correction)


def reading_notes(question: Question, correction: Correction | None) -> tuple[str, ...]:
    """How a question was read, in words, where that is not plain."""
    notes: list[str] = []
    if question.phrases:
        words_of = _phrases(question.phrases)
        notes.append(said("only passages with the words {words}", words=words_of))
    if question.excluded:
        words_of = _phrases(question.excluded)
        notes.append(said("no passages with the words {words}", words=words_of))
    if question.prefixes:
        words_of = _listed(question.prefixes)
        notes.append(said("only passages with a word that begins with {words}", words=words_of))
    if question.loose:
        notes.append(
            said(
                "passages without the words {words} are shown too, since they are quoted in a"
                " sentence; put + before them to demand them",
                words=_listed(question.loose),
            )
        )
    if question.also:
        notes.append(said("also searched for: {words}", words=", ".join(question.also)))
    if question.cited:
        notes.append(said("passages of {cited} come first", cited=", ".join(question.cited)))
    if is_common(question):
        notes.append(said("every word is a common one; add a word that says what it is about"))
    for typed, near in correction.replaced.items() if correction else ():
        notes.append(
            said('no paper has "{typed}": searched for "{near}" too', typed=typed, near=near)
        )
    return tuple(notes)


def is_common(question: Question) -> bool:
    """Whether every word of a question is a common one, which says nothing of what it is about."""
    asked = words("\n".join(part.text for part in question.parts))
    spoken = languages.detect(" ".join(asked))
    return bool(asked) and all(is_stop_word(word, spoken) for word in asked)


def _forms(snapshot: Snapshot, prefix: str) -> Sequence[str]:
    """The commonest words that begin so; the first is among the words asked for as typed."""
    return [each for each in snapshot.lexical.beginning(prefix, _FORMS) if each != prefix]


def _phrases(phrases: Sequence[Phrase]) -> str:
    """Phrases in quotation marks, with the gaps that they may have."""
    told = [
        said('"{words}" with at most {slop} words between them', words=words, slop=slop)
        if slop
        else f'"{words}"'
        for words, slop in phrases
    ]
    found = told[0]
    for each in told[1:]:
        found = said("{before}, {each}", before=found, each=each)
    return found


def _listed(texts: Sequence[str]) -> str:
    """Words in quotation marks, with commas."""
    return ", ".join(f'"{each}"' for each in texts)

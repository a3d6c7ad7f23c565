"""
Question -> Question: the same in other words, and in the languages of the papers.

Why added and never put in place: what a person typed counts as typed; what a list says counts
less where it is a guess (docs/decisions/0011-glossary.md has the weights and their sweeps).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from wgsearch.glossary.entries import LANGUAGES
from wgsearch.glossary.render import gloss, render
from wgsearch.glossary.tongue import tongue
from wgsearch.question import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wgsearch.glossary.lexicon import Lexicon
    from wgsearch.glossary.render import Rendered
    from wgsearch.question import Question

# The language of encoders that read one only.
READ = "en"
# A note is read in passing.
_SHOWN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """
    How much what is added counts against typed words: swept in docs/decisions/0011-glossary.md.

    Attributes:
        synonym: Words of other forms of a term that is named.
        term: A term in another language.
        cognate: A word of the papers that is spelt alike.
        name: Names and numbers, in papers of another language: the same thing there, while a
            term is one of several.
        form: Words of further forms of a term in another language.
        synonyms: So many other forms of a term at most.
        forms: So many further forms of a translated term at most.
    """

    synonym: float = 0.2
    term: float = 1.0
    cognate: float = 1.0
    name: float = 2.0
    form: float = 0.2
    synonyms: int = 4
    forms: int = 2


MEASURED = Weights()


class _Shown(NamedTuple):
    """A form that is looked for, and how long the words are that it stands for."""

    length: int
    form: str


class _Synonym(NamedTuple):
    """Words to look for, and the form that they are of."""

    part: Part
    shown: _Shown


def expand(question: Question, lexicon: Lexicon, weights: Weights = MEASURED) -> Question:
    """
    A question with what the glossary adds to it.

    Typed words of a question in a known language are looked for in papers of that language;
    papers of others are asked by terms, words spelt alike, names and numbers. A question whose
    language is unknown is looked for everywhere, as typed.

    Args:
        question: The question.
        lexicon: What the index knows.
        weights: How much it counts.
    """
    source = tongue(question.words, lexicon.glossary)
    if source not in LANGUAGES or not lexicon.glossary.entries:
        return question
    said = set(lexicon.stems(question.words, source))
    added: list[Part] = []
    shown: list[_Shown] = []
    glossed: list[Part] = []
    # The gloss is made even where no paper is in English: the encoder reads nothing else.
    targets = [each for each in dict.fromkeys((*lexicon.languages, READ)) if each != source]
    for part in question.parts:
        if source in lexicon.languages:
            for one in _synonyms(part, source, said, lexicon, weights):
                shown.append(one.shown)
                added.append(one.part)
        for target in targets:
            found = render(part.text, source, target, lexicon.glossary, lexicon.cognates)
            if target == READ and (text := gloss(found).text):
                glossed.append(Part(text=text, weight=part.weight, language=READ))
            if target in lexicon.languages:
                weighed = replace(part, weight=part.weight * lexicon.languages[target])
                added += _translated(weighed, found, target, weights)
                if target == READ or READ not in lexicon.languages:
                    shown += _terms(found)
    shown.sort(key=lambda each: -each.length)
    return replace(
        question,
        parts=tuple(replace(part, language=source) for part in question.parts),
        added=(*question.added, *added),
        also=tuple(dict.fromkeys(each.form for each in shown))[:_SHOWN],
        glossed=tuple(glossed),
    )


def _synonyms(
    part: Part, source: str, said: set[str], lexicon: Lexicon, weights: Weights
) -> Iterator[_Synonym]:
    """Words of other forms of the terms that are named; those typed count already."""
    for match in lexicon.glossary.matches(part.text, [source]):
        typed = part.text[match.start : match.end].casefold()
        for entry in match.entries:
            forms = [form for form in (*entry.of(source), *entry.abbr) if form.casefold() != typed]
            for form in forms[: weights.synonyms]:
                new = [word for word in form.split() if not said >= {*lexicon.stems(word, source)}]
                if new:
                    yield _Synonym(
                        Part(
                            text=" ".join(dict.fromkeys(new)),
                            weight=part.weight * weights.synonym,
                            language=source,
                        ),
                        _Shown(match.end - match.start, form),
                    )


def _translated(part: Part, found: Rendered, target: str, weights: Weights) -> Iterator[Part]:
    """What to look for in papers of another language."""
    kinds = {"term": weights.term, "cognate": weights.cognate, "name": weights.name}
    for kind, weight in kinds.items():
        if words := [piece.text for piece in found.pieces if piece.kind == kind]:
            yield Part(text="\n".join(words), weight=part.weight * weight, language=target)
    others = [form for piece in found.pieces for form in piece.others[: weights.forms]]
    if others and weights.form:
        yield Part(text="\n".join(others), weight=part.weight * weights.form, language=target)


def _terms(found: Rendered) -> Iterator[_Shown]:
    """Terms that a text names."""
    for piece in found.pieces:
        if piece.kind == "term":
            yield _Shown(piece.end - piece.start, piece.text)

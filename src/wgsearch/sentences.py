"""
text -> its sentences, and the one that answers best.

Why one home: a paragraph that is cut, an excerpt and the sentence set off in a result end
where sentences end, and papers are full of full stops that end nothing (`para. 5`).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Where a text too long to embed may be cut: at sentences and at the clauses of a long one.
CLAUSE_END = re.compile(r"(?<=[.!?;:\u061f])\s+|(?<=[\u3002\uff01\uff1f\uff1b])")

# Closing marks belong to the sentence; a semicolon ends an entry of a list.
_END = re.compile(
    r"[.!?;\u061f\u061b\u2026]+[\"'”’»)\]]*\s+|[\u3002\uff01\uff1f\uff1b]+[”’」』）]*\s*|\n+"
)
# Abbreviations that do not end a sentence even before a capital, in small letters; what may end
# one (`etc.`, `a.m.`, `г.`) is left to the letter after it.
_ABBREVIATIONS = {
    "en": "cf dr e.g gen hon i.e messrs mr mrs ms mt prof rev sr jr st viz vs",
    "fr": "av cf dr ex m mm p.ex par.ex pr st",
    "es": "cf dr dra ee ej lic p.ej sr sra sres srta",
    "ru": "акад им напр нап проф см ср тов долл ул",
    "ar": "أ د",
}
# Likewise, before a number: `para. 5`, `No. 3`, `п. 7`.
_NUMBERED = {
    "en": "annex app approx art arts ch chap chaps fig figs n no nos p para paras pp pt res sect"
    " sects sess suppl vol vols",
    "fr": "al ann art arts chap fig n no nos p par pp rés sect suppl vol",
    "es": "anex art arts cap caps fig núm núms p pág págs párr párrs pp res secc supl vol",
    "ru": "абз гл п пп пункт разд рез рис с ст стр т тт ч",
    "ar": "ص ف",
}
_NUMBER = re.compile(r"\d|[IVXLC]+\b")
_LAST_WORD = re.compile(r"[^\s(\[\"'“‘«]+\Z")
# Neither an abbreviation nor a label is as long as this: a long sentence is not searched whole.
_LOOKED_BACK = 32
# What opens a line counts it: `12. The Working Group`, `II. Findings`.
_LABEL = re.compile(r"\d{1,3}|[IVXLC]{1,6}|[A-Za-z]")


class Span(NamedTuple):
    """A part of a text: offsets of its first character and of the one after its last."""

    start: int
    end: int


class Evidence(NamedTuple):
    """
    A part of a text that answers a word of the question.

    Attributes:
        asked: The word of the question, in any form that tells it from its others.
        start: Offset of the part's first character.
        end: Offset of the character after its last.
        weight: How much it tells, above 0: rare words tell more.
    """

    asked: str
    start: int
    end: int
    weight: float


def sentences(text: str, language: str) -> tuple[Span, ...]:
    """
    The sentences of a text, without the space between them.

    Lines are sentences of their own, so that sub-paragraphs are; so are the parts that
    semicolons divide.

    Args:
        text: The text.
        language: Its language, ISO 639-1; of a bilingual text (`en+fr`) both.
    """
    known, numbered = _stops(language)
    found: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        if not _goes_on(text, start, match, known, numbered):
            found.append(_trimmed(text, start, match.end()))
            start = match.end()
    found.append(_trimmed(text, start, len(text)))
    return tuple(span for span in found if span.start < span.end)


def best_sentence(text: str, language: str, evidence: Iterable[Evidence]) -> Span | None:
    """
    The sentence that answers a question best: whose words weigh most.

    Args:
        text: The text.
        language: Its language.
        evidence: Its words that answer words of the question, wherever they come from: stems
            in common, or vectors of words near each other. A word of the question counts once
            a sentence, by the heaviest of what answers it.

    Returns:
        The first of equals; None where nothing in the text answers.
    """
    known = tuple(evidence)
    best: Span | None = None
    most = 0.0
    for span in sentences(text, language) if known else ():
        answered: dict[str, float] = {}
        for each in known:
            if span.start <= each.start < span.end:
                answered[each.asked] = max(answered.get(each.asked, 0.0), each.weight)
        if (weight := sum(answered.values())) > most:
            best, most = span, weight
    return best


@cache
def _stops(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Words of a language after which a full stop ends no sentence; those before numbers."""
    spoken = (*language.split("+"), "en")  # symbols and names keep their English forms
    return _words(_ABBREVIATIONS, spoken), _words(_NUMBERED, spoken)


def _words(lists: Mapping[str, str], languages: Iterable[str]) -> frozenset[str]:
    """The words of several lists."""
    return frozenset(word for each in languages for word in lists.get(each, "").split())


def _goes_on(
    text: str, start: int, match: re.Match[str], known: frozenset[str], numbered: frozenset[str]
) -> bool:
    """Whether a full stop ends no sentence: after an abbreviation, an initial, a label."""
    if not match[0].startswith(".") or "\n" in match[0] or match.end() == len(text):
        return False
    before = text[max(start, match.start() - _LOOKED_BACK) : match.start()]
    is_label = len(before) < _LOOKED_BACK and _LABEL.fullmatch(before.strip())
    if text[match.end()].islower() or is_label:
        return True
    last = _LAST_WORD.search(before)
    if last is None:
        return False
    word = last[0].casefold()
    initial = len(word) == 1 and last[0].isupper() and word != "i"
    number = word in numbered and _NUMBER.match(text, match.end())
    return initial or word in known or bool(number)


def _trimmed(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends."""
    inner = text[start:end]
    left = len(inner) - len(inner.lstrip())
    return Span(start + left, max(start + left, start + len(inner.rstrip())))

"""
the paragraphs of a topic -> the sub-questions it treats: headings and questions, verbatim.

Why headings: who wrote a paper said there what each part of it is about, in fewer words than
anything made from its text.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from wgsearch.compendium.records import Sentence
from wgsearch.compendium.standing import leans, length
from wgsearch.papers.paper import ParagraphKind
from wgsearch.papers.recommendations import is_place
from wgsearch.register.topics import topic_of
from wgsearch.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wgsearch.compendium.gather import Paragraphs
    from wgsearch.compendium.grouping import Cluster
    from wgsearch.passages import Passage

# Of a topic so many are shown; a heading that more of its paragraphs stand under comes first.
MOST = 8
_QUESTIONS = 3
# A question of fewer words leans on what stands around it.
_LEAST_WORDS = 6
# Headings that any paper has say nothing of what is under them.
_GENERAL = re.compile(
    r"(?:(?:general )?(?:introduction|background|overview|summary|conclusions?|concluding remarks"
    r"|general (?:remarks|observations|matters)|executive summary|preamble|definitions?|scope"
    r"|purpose|methodology|mandate|context|annex\w*|references|notes|foreword"
    r"|(?:list of )?(?:abbreviations|acronyms)(?: and (?:abbreviations|acronyms))?"
    r"|wording proposed|proposals?|amendments?(?: proposed)?|comments? (?:in support|received|made)"
    r"|deliberations?|discussion|outcome|follow-up|next steps|way forward|findings|observations"
    r"|(?:issues|points|questions|matters) (?:for|that|to|on|which)\b.{0,80}"
    r"|(?:summary|record) of (?:the )?(?:deliberations|discussions?)"
    r"|opening .{0,60}|closure .{0,60}|attendance|documentation|organization of .{0,60}"
    r"|(?:any )?other (?:matters|business|issues|questions)|matters common to .{0,60}"
    r"|organizational matters|adoption of .{0,80}|election .{0,60}|statements?|what is known"
    r"|introduction|contexte|généralités|résumé|conclusions?|annexe\w*|historique"
    r"|introducción|antecedentes|resumen|conclusiones|contexto|anexo\w*"
    r"|введение|общие сведения|справочная информация|выводы|заключение|приложени\w+"
    r"|导言|背景|结论|附件|مقدمة|خلاصة|معلومات أساسية)"
    r"(?: and (?:recommendations|background|conclusions|overview|scope|purpose|mandate))?)[.:]?",
    re.IGNORECASE,
)
_ASKS = re.compile(r"[?？؟][”\"»’)\]]*$")
# A question within quotation marks is somebody's in a story; one to `you` is an interviewer's.
_TO_SOMEBODY = re.compile(r"[“”„«»\"]|\byour?\b", re.IGNORECASE)
# A heading is a topic's where its paragraphs are so much of what stands under it: n of m paragraphs
# count n * n / m.
_LEAST_UNDER = 0.5
_OPENS = re.compile(r"[^\W\d_a-zà-ÿа-яё]")


class _Heading(NamedTuple):
    """A heading of a paper, without its label."""

    symbol: str
    language: str
    words: str


class Headings:
    """
    What stands under each heading.

    Args:
        paragraphs: All paragraphs.
    """

    def __init__(self, paragraphs: Paragraphs) -> None:
        self._of = [_heading(each) for each in paragraphs.passages]
        self._counts = Counter(each for each in self._of if each)

    def over(self, rows: Iterable[int]) -> Iterator[tuple[str, list[int]]]:
        """Headings over some paragraphs, with these: the one that is most over them first."""
        under: dict[_Heading, list[int]] = {}
        for row in sorted(rows):
            if (heading := self._of[row]) is not None:
                under.setdefault(heading, []).append(row)
        scores = {each: len(some) ** 2 / self._counts[each] for each, some in under.items()}
        for each in sorted(under, key=lambda each: (-scores[each], each)):
            if scores[each] >= _LEAST_UNDER:
                yield each.words, under[each]


def questions(
    paragraphs: Paragraphs, headings: Headings, cluster: Cluster, names: Iterable[str] = ()
) -> tuple[Sentence, ...]:
    """
    Sub-questions that a topic treats, in the order of their papers.

    Args:
        paragraphs: All paragraphs.
        headings: What stands under each heading.
        cluster: The topic.
        names: What topics are called: a heading that names another one is no question of this.

    Returns:
        Headings that hold much of what they stand over in it, without labels, each with the first
        of its paragraphs; and questions that its paragraphs ask.
    """
    asked = _once(_asked(paragraphs, cluster.rows))[:_QUESTIONS]
    over = (
        Sentence(text=words, place=paragraphs.places[rows[0]])
        for words, rows in headings.over(cluster.rows)
    )
    known = {_bare(cluster.name), *map(_bare, names), *(_bare(each.text) for each in asked)}
    shown = [*_once(over, known)[: MOST - len(asked)], *asked]
    return tuple(
        sorted(shown, key=lambda e: (e.place.date or "9999", e.place.symbol, e.place.index))
    )


def is_general(heading: str) -> bool:
    """Whether a heading is one that any paper has, whatever it is about."""
    return is_place(heading) or _GENERAL.fullmatch(heading.strip()) is not None


def _is_telling(heading: str) -> bool:
    """Whether a heading says what is under it: most single words (`Records`) do so only there."""
    return length(heading) > 1 and not is_general(heading)


def _heading(passage: Passage) -> _Heading | None:
    """The heading right over a paragraph, where it says what is under it."""
    words = topic_of(passage.heading_path[-1:])
    if not words or not _is_telling(words):
        return None
    return _Heading(passage.symbol, passage.language, words)


def _asked(paragraphs: Paragraphs, rows: Sequence[int]) -> Iterator[Sentence]:
    """Questions that its paragraphs ask, nearest first."""
    for row in rows:
        passage, text = paragraphs.passages[row], paragraphs.texts[row]
        if passage.paragraph_kind is ParagraphKind.TABLE_ROW:
            continue
        before: list[str] = []
        for span in sentences(text, passage.lang or passage.language):
            sentence = text[span.start : span.end]
            if (
                _ASKS.search(sentence)
                and _OPENS.match(sentence)
                and not _TO_SOMEBODY.search(sentence)
                and length(sentence) >= _LEAST_WORDS
                and not leans(sentence, before)
            ):
                yield Sentence(text=sentence, place=paragraphs.places[row])
            before.append(sentence)


def _once(found: Iterable[Sentence], known: Iterable[str] = ()) -> list[Sentence]:
    """Each wording once."""
    seen = set(known)
    kept: list[Sentence] = []
    for each in found:
        if (bare := _bare(each.text)) not in seen:
            seen.add(bare)
            kept.append(each)
    return kept


def _bare(text: str) -> str:
    """Words for comparing."""
    return " ".join(re.findall(r"\w+", text.casefold()))

"""
the paragraphs of a topic -> the sub-questions it treats: headings and questions, verbatim.

Why headings: who wrote a paper said there what each part of it is about, in fewer words than
anything made from its text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

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

# Of a topic so many are shown; a heading that more of its paragraphs stand under comes first.
MOST = 8
_QUESTIONS = 3
# A question of fewer words leans on what stands around it.
_LEAST_WORDS = 6
# Headings that any paper has say nothing of what is under them.
_GENERAL = re.compile(
    r"(?:(?:general )?(?:introduction|background|overview|summary|conclusions?|concluding remarks"
    r"|general (?:remarks|observations|matters)|executive summary|preamble|definitions?|scope"
    r"|purpose|methodology|mandate|context|annex\w*|references|notes|abbreviations|foreword"
    r"|deliberations?|discussion|outcome|follow-up|next steps|way forward|findings|observations"
    r"|(?:issues|points|questions|matters) (?:for|that|to|on|which)\b.{0,80}"
    r"|(?:summary|record) of (?:the )?(?:deliberations|discussions?)"
    r"|opening .{0,60}|closure .{0,60}|attendance|documentation|organization of .{0,60}"
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
_OPENS = re.compile(r"[^\W\d_a-zà-ÿа-яё]")


def questions(paragraphs: Paragraphs, cluster: Cluster) -> tuple[Sentence, ...]:
    """
    Sub-questions that a topic treats, in the order of their papers.

    Args:
        paragraphs: All paragraphs.
        cluster: The topic.

    Returns:
        Headings that its paragraphs stand under, without labels, each with the first of these
        paragraphs; and questions that its paragraphs ask.
    """
    asked = _once(_asked(paragraphs, cluster.rows))[:_QUESTIONS]
    headings = _once(_headings(paragraphs, cluster), {_bare(each.text) for each in asked})
    shown = [*headings[: MOST - len(asked)], *asked]
    return tuple(
        sorted(shown, key=lambda e: (e.place.date or "9999", e.place.symbol, e.place.index))
    )


def is_general(heading: str) -> bool:
    """Whether a heading is one that any paper has, whatever it is about."""
    return is_place(heading) or _GENERAL.fullmatch(heading.strip()) is not None


def _is_telling(heading: str) -> bool:
    """Whether a heading says what is under it: most single words (`Records`) do so only there."""
    return length(heading) > 1 and not is_general(heading)


def _headings(paragraphs: Paragraphs, cluster: Cluster) -> Iterator[Sentence]:
    """Headings over its paragraphs, the one over most of them first."""
    under: dict[tuple[str, str, str], list[int]] = {}
    for row in sorted(cluster.rows):
        passage = paragraphs.passages[row]
        heading = topic_of(passage.heading_path[-1:])
        if heading and _is_telling(heading) and _bare(heading) != _bare(cluster.name):
            under.setdefault((passage.symbol, passage.language, heading), []).append(row)
    for (_, _, heading), rows in sorted(under.items(), key=lambda each: (-len(each[1]), each[0])):
        yield Sentence(text=heading, place=paragraphs.places[rows[0]])


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

"""
Engine -> paragraphs with their vectors: what a compendium is made of.

Why whole paragraphs: a delegate cites paragraphs, and pieces of a long one would be counted as
several; what only says how a session went is left out, since it is on no topic.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wgsearch.agenda.procedure import is_procedural
from wgsearch.announcements import is_announcement
from wgsearch.answers import Filters
from wgsearch.compendium.likening import unit
from wgsearch.compendium.records import Place
from wgsearch.compendium.standing import is_business
from wgsearch.papers.paper import PaperKind
from wgsearch.passages import citation
from wgsearch.register.topics import topic_of
from wgsearch.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from wgsearch.answers import Engine
    from wgsearch.passages import Passage

# Editors set such a line over a table, a figure or a box: it announces, as a heading does.
_CAPTION = re.compile(
    r"(?:table|figure|box|tableau|encadré|cuadro|gráfico|recuadro|таблица|рисунок|вставка|表|图|الجدول|الشكل)"
    r"\s+(?:\d{1,3}|[IVX]{1,6})\b",
    re.IGNORECASE,
)
_LONGEST_CAPTION = 200
# Papers that record a session: what was opened, considered, adopted, beside what was said.
_RECORDS = (PaperKind.REPORT,)
_NO_SUBJECT = (PaperKind.AGENDA, PaperKind.CORRIGENDUM)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Paragraphs:
    """
    Paragraphs of the papers in force, one language version of each paper.

    Attributes:
        passages: The first piece of each.
        texts: Each whole, verbatim.
        places: Where each stands.
        vectors: Of unit length. *Shape:* (n, dimension), float32.
        twins: Language versions that were left out: language -> symbols.
    """

    passages: tuple[Passage, ...]
    texts: tuple[str, ...]
    places: tuple[Place, ...]
    vectors: NDArray[np.float32]
    twins: Mapping[str, tuple[str, ...]]


def gather(engine: Engine) -> Paragraphs:
    """Paragraphs of all papers in force, by symbol, language and order."""
    embedded = engine.embedded(Filters())
    pieces: dict[tuple[str, str, int], list[int]] = {}
    for row, each in enumerate(embedded.passages):
        if each.kind not in _NO_SUBJECT and not _only_of_procedure(each):
            pieces.setdefault((each.symbol, each.language, each.index), []).append(row)
    chosen: dict[str, str] = {}
    for symbol, language, _ in pieces:
        known = chosen.setdefault(symbol, language)
        chosen[symbol] = min(known, language, key=lambda each: (each != "en", each))
    twins: dict[str, set[str]] = {}
    for symbol, language, _ in pieces:
        if chosen[symbol] != language:
            twins.setdefault(language, set()).add(symbol)
    kept = sorted(key for key in pieces if chosen[key[0]] == key[1])
    rows = [sorted(pieces[key], key=lambda row: embedded.passages[row].piece) for key in kept]
    firsts = [embedded.passages[some[0]] for some in rows]
    means = np.array([embedded.vectors[some].mean(axis=0) for some in rows], dtype=np.float32)
    if not len(means):
        means = embedded.vectors[:0]
    return Paragraphs(
        passages=tuple(firsts),
        texts=tuple(
            "".join(embedded.passages[row].joint + embedded.passages[row].text for row in some)
            for some in rows
        ),
        places=tuple(map(place_of, firsts)),
        vectors=unit(means),
        twins={each: tuple(sorted(some)) for each, some in sorted(twins.items())},
    )


def _only_of_procedure(passage: Passage) -> bool:
    """Whether a paragraph tells how a session went or what its paper is, and nothing on a topic."""
    is_line = passage.paragraph is None and len(passage.text) < _LONGEST_CAPTION
    if is_line and _CAPTION.match(passage.text):
        return True
    if passage.kind in _RECORDS and passage.recommendation is None:
        said = sentences(passage.text, passage.lang or passage.language)
        if all(is_business(passage.text[each.start : each.end]) for each in said):
            return True
    return is_announcement(passage.text) or any(
        is_procedural(topic_of([each]) or "") for each in passage.heading_path
    )


def place_of(passage: Passage) -> Place:
    """Where a paragraph stands."""
    return Place(
        symbol=passage.symbol,
        language=passage.language,
        part=passage.part,
        paragraph=passage.paragraph,
        index=passage.index,
        citation=citation(passage),
        date=passage.date,
    )

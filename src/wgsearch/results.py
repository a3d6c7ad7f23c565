"""
ranked rows -> what an answer shows of them: which, why, where else, and of which papers.

Why after ranking: folding and a limit of passages a paper choose among ranked rows and never
change their order, so that what is measured of the ranking holds for what is shown.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wgsearch.answers import AlsoIn, Hit, Match, PaperScore
from wgsearch.correspondence import Correspondence, Corresponding
from wgsearch.duplicates import Group, fold_rows
from wgsearch.index.matched import matched_spans, matched_words, sought
from wgsearch.papers import symbols
from wgsearch.passages import citation, embedded_text
from wgsearch.sentences import Evidence, best_sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from wgsearch.answers import Query
    from wgsearch.duplicates import Also
    from wgsearch.index.matched import Sought
    from wgsearch.index.snapshot import Snapshot
    from wgsearch.passages import Passage
    from wgsearch.question import Question
    from wgsearch.ranking import Ranked
    from wgsearch.sentences import Span

# So many of the best rows are compared with one another, twice as many as are asked for if
# that is more: what stands further down is seldom near enough to be asked about.
CANDIDATES = 100
# How often more rows are ranked when too few are left; each time twice as many.
_WIDER = 3


class Chosen(NamedTuple):
    """
    What may be shown, best first.

    Attributes:
        found: The ranking.
        groups: Positions in `found.answer`, each with the passages folded under it; at least
            as many as the query asks for, where there are.
    """

    found: Ranked
    groups: tuple[Group, ...]


def chosen(snapshot: Snapshot, query: Query, ranked: Callable[[int], Ranked]) -> Chosen:
    """
    Choose what to show, ranking more rows where folding leaves too few.

    Args:
        snapshot: What is searched.
        query: How many passages, how many of one paper, folded or not.
        ranked: Ranks at least so many rows, where there are.
    """
    wanted = query.k
    for _ in range(_WIDER):
        found = ranked(wanted)
        rows = found.answer.rows.tolist()
        groups = _groups(snapshot, query, rows[: max(CANDIDATES, 2 * query.k)])
        if len(groups) < query.k:
            groups = _groups(snapshot, query, rows)
        if len(groups) >= query.k or len(rows) < wanted:
            break
        wanted = 2 * len(rows)
    return Chosen(found, groups)


def _groups(snapshot: Snapshot, query: Query, rows: Sequence[int]) -> tuple[Group, ...]:
    """The rows as the query wants them: folded, and so many of a paper."""
    if not query.fold and query.per_paper is None:
        return tuple(Group(position) for position in range(len(rows)))
    store = snapshot.store
    groups = (
        fold_rows(rows, snapshot.sayings, store.said)
        if query.fold
        else tuple(map(Group, range(len(rows))))
    )
    if query.per_paper is None:
        return groups
    taken: Counter[str] = Counter()
    kept: list[Group] = []
    for group in groups:
        paper = symbols.key(store.entries[store.paper_of[rows[group.position]]].symbol)
        taken[paper] += 1
        if taken[paper] <= query.per_paper:
            kept.append(group)
    return tuple(kept)


def hits(
    snapshot: Snapshot,
    question: Question,
    found: Ranked,
    groups: Sequence[Group],
    *,
    explain: bool,
) -> tuple[Hit, ...]:
    """
    Hits for positions of the ranking, with why they match and where else they stand.

    Args:
        snapshot: What was searched.
        question: The question.
        found: The ranking.
        groups: Positions to show.
        explain: Say which words and sentences answer.
    """
    store = snapshot.store
    rows = [int(found.answer.rows[group.position]) for group in groups]
    others = [int(found.answer.rows[each.position]) for group in groups for each in group.also]
    entries = [store.entries[store.paper_of[row]] for row in rows]
    passages = dict(zip((*rows, *others), store.passages([*rows, *others]), strict=True))
    lexical = {row: rank for rank, row in enumerate(found.lexical.rows.tolist(), start=1)}
    dense = {row: rank for rank, row in enumerate(found.dense.rows.tolist(), start=1)}
    late = {row: rank for rank, row in enumerate(found.late.rows.tolist(), start=1)}
    explained = {row: passages[row] for row in rows if explain and row in late}
    near = _corresponding(snapshot, found, explained)
    marks: dict[str, tuple[Sought, ...]] = {}
    return tuple(
        Hit(
            rank=place,
            score=float(found.answer.scores[group.position]),
            passage=passages[row],
            match=Match(
                lexical_rank=lexical.get(row),
                dense_rank=dense.get(row),
                spans=_spans(question, passages[row], marks),
                late_rank=late.get(row),
                answering=near[row].words if row in near else (),
            ),
            superseded_by=entry.superseded_by,
            corrigenda=entry.corrigenda,
            warning_codes=entry.warning_codes,
            also_in=_also_in(
                (passages[int(found.answer.rows[each.position])], each) for each in group.also
            ),
            best_sentence=near[row].sentence
            if row in near
            else answering(snapshot, question, passages[row], marks)
            if explain
            else None,
        )
        for place, (group, row, entry) in enumerate(zip(groups, rows, entries, strict=True), 1)
    )


def _corresponding(
    snapshot: Snapshot, found: Ranked, passages: Mapping[int, Passage]
) -> dict[int, Corresponding]:
    """Which words and which sentence of each passage answer, by row, by its tokens."""
    if snapshot.tokens is None or found.compared is None or not found.asked or not passages:
        return {}
    rows = np.array(list(passages), dtype=np.int64)
    found_near = snapshot.tokens.likenesses(found.compared, rows)
    question = Correspondence(found.asked, found.compared.weights)
    near: dict[int, Corresponding] = {}
    for (row, passage), likenesses in zip(passages.items(), found_near, strict=True):
        near[row] = question.of(
            likenesses.values,
            likenesses.starts,
            text=passage.text,
            before=len(embedded_text(passage)) - len(passage.text),
            language=passage.lang or passage.language,
        )
    return near


def answering(
    snapshot: Snapshot,
    question: Question,
    passage: Passage,
    known: dict[str, tuple[Sought, ...]] | None = None,
) -> tuple[int, int] | None:
    """The sentence of a passage that has the most telling words of the question."""
    language = passage.lang or passage.language
    words = matched_words(_sought(question, language, {} if known is None else known), passage.text)
    weights = {
        (field, stem): snapshot.lexical.idf(field, stem)
        for field, stem in {(each.field, each.stem) for each in words}
    }
    evidence = (
        Evidence(each.stem, each.start, each.end, weights[each.field, each.stem]) for each in words
    )
    return best_sentence(passage.text, language, evidence)


def _spans(
    question: Question, passage: Passage, known: dict[str, tuple[Sought, ...]]
) -> tuple[Span, ...]:
    """Where a passage has words of the question."""
    return matched_spans(_sought(question, passage.lang or passage.language, known), passage.text)


def _sought(
    question: Question, language: str, known: dict[str, tuple[Sought, ...]]
) -> tuple[Sought, ...]:
    """What is sought in texts of a language, found once a question: an annotation is long."""
    if language not in known:
        known[language] = sought(question.words_in(language), language)
    return known[language]


def _also_in(folded: Iterable[tuple[Passage, Also]]) -> tuple[AlsoIn, ...]:
    """Passages folded under a hit; of a paragraph in several pieces, one."""
    found: dict[tuple[str, int], AlsoIn] = {}
    for passage, also in folded:
        found.setdefault(
            (passage.file, passage.index),
            AlsoIn(
                symbol=passage.symbol,
                paragraph=passage.paragraph,
                part=passage.part,
                language=passage.language,
                citation=citation(passage),
                file=passage.file,
                index=passage.index,
                likeness=also.likeness,
            ),
        )
    return tuple(found.values())


def papers_of(found: Sequence[Hit]) -> tuple[PaperScore, ...]:
    """
    The papers of hits, best first.

    A paper's score is that of its best passage: how many passages it is cut into says nothing.
    """
    ranks: dict[str, list[Hit]] = {}
    for hit in found:
        ranks.setdefault(hit.passage.file, []).append(hit)
    return tuple(
        PaperScore(
            symbol=best.passage.symbol,
            language=best.passage.language,
            title=best.passage.title,
            score=best.score,
            best_rank=best.rank,
            ranks=tuple(each.rank for each in own),
        )
        for best, own in ((each[0], each) for each in ranks.values())
    )

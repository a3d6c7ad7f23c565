"""
Paragraphs -> Grouped: themes and topics, found or as a taxonomy wants them.

Why what a taxonomy does not cover is grouped as if there were none: the user sees what is missing
from it, with names to add.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wgsearch.compendium.assigning import LEAST, likeness
from wgsearch.compendium.clustering import LEAST as LEAST_OF_TOPIC
from wgsearch.compendium.grouping import Cluster, Group, Grouped
from wgsearch.compendium.identity import mark_of
from wgsearch.compendium.keeping import kept
from wgsearch.compendium.likening import likened
from wgsearch.compendium.naming import Namer, of_theme
from wgsearch.compendium.weighing import words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from wgsearch.compendium.gather import Paragraphs
    from wgsearch.compendium.records import Compendium
    from wgsearch.compendium.taxonomy import Taxonomy

    Rows = NDArray[np.float32]

UNCOVERED = "Not in the taxonomy"


def grouped(
    paragraphs: Paragraphs,
    encode: Callable[[Sequence[str]], Rows],
    *,
    taxonomy: Taxonomy | None = None,
    before: Compendium | None = None,
    standard: Iterable[str] = (),
    progress: Callable[[str], None] | None = None,
) -> Grouped:
    """
    Themes and topics of paragraphs; equal ones for equal paragraphs, in whatever order files came.

    Args:
        paragraphs: All of them, in a fixed order.
        encode: Texts -> unit vectors, comparable with those of the paragraphs.
        taxonomy: Themes and topics to follow; what they do not cover is grouped apart.
        before: The edition before: what was together in it stays together; None to find all anew.
        standard: Standard terms of the field, preferred as names.
        progress: Told what is being done.
    """
    if not paragraphs.passages:
        return Grouped(groups=(), notes=("no paragraph is on a topic",))
    finder = _Finder(paragraphs, encode, standard, progress, before)
    every = np.arange(len(paragraphs.passages))
    if taxonomy is None:
        groups, unplaced = finder.found(every)
        return Grouped(groups=groups, unplaced=unplaced, notes=_notes(paragraphs))
    wanted, notes, left = finder.wanted(taxonomy)
    groups, unplaced = finder.found(left) if len(left) else ((), ())
    clusters = tuple(each for group in groups for each in group.clusters)
    beside = (Group(key="uncovered", name=UNCOVERED, clusters=clusters),) if clusters else ()
    return Grouped(
        groups=(*wanted, *beside),
        unplaced=unplaced,
        notes=(*_notes(paragraphs), *notes),
        uncovered=tuple(each.name for each in clusters),
    )


class _Finder:
    """What is asked of the same paragraphs several times."""

    def __init__(
        self,
        paragraphs: Paragraphs,
        encode: Callable[[Sequence[str]], Rows],
        standard: Iterable[str],
        progress: Callable[[str], None] | None,
        before: Compendium | None,
    ) -> None:
        self._paragraphs, self._encode, self._progress = paragraphs, encode, progress
        self._topic_of, self._theme_of = _former(paragraphs, before)
        self._words = [
            words_of(text, passage.lang or passage.language)
            for text, passage in zip(paragraphs.texts, paragraphs.passages, strict=True)
        ]
        self._namer = Namer(paragraphs, self._words, encode, standard)

    def found(self, rows: NDArray[np.int64]) -> tuple[tuple[Group, ...], tuple[int, ...]]:
        """Groups of some paragraphs, and those that belong nowhere."""
        self._tell(f"grouping {len(rows):,} paragraphs")
        likened_rows = likened(
            self._paragraphs.vectors[rows],
            [self._paragraphs.passages[row].symbol for row in rows],
            [self._words[row] for row in rows],
            [self._paragraphs.passages[row].recommendation is not None for row in rows],
        )
        labels = kept(
            likened_rows,
            [self._topic_of[row] for row in rows],
            self._theme_of,
            progress=self._progress,
        )
        count = len(labels.group_of)
        members = [rows[labels.cluster_of == each] for each in range(count)]
        ordered = [self._nearest_first(some) for some in members]
        self._tell(f"naming {count:,} topics")
        names = self._namer.names([list(some) for some, _ in ordered])
        clusters = [
            Cluster(
                key=f"topic-{at}",
                name=name.name,
                named_by=name.named_by,
                terms=name.terms,
                rows=tuple(some),
                closeness=tuple(near),
            )
            for at, (name, (some, near)) in enumerate(zip(names, ordered, strict=True))
        ]
        groups = self._themes(clusters, labels.group_of.tolist())
        unplaced = rows[labels.cluster_of < 0].tolist()
        return groups, tuple(unplaced)

    def wanted(
        self, taxonomy: Taxonomy
    ) -> tuple[tuple[Group, ...], tuple[str, ...], NDArray[np.int64]]:
        """Groups that a taxonomy wants, what is said of it, and rows that it does not cover."""
        topics = [topic for theme in taxonomy.themes for topic in theme.topics]
        self._tell(f"placing paragraphs on {len(topics):,} topics of the taxonomy")
        forms = [
            (at, form) for at, topic in enumerate(topics) for form in (topic.name, *topic.synonyms)
        ]
        language = self._paragraphs.passages[0].language
        like = likeness(
            self._paragraphs.vectors,
            self._words,
            self._encode([form for _, form in forms]),
            [words_of(form, language) for _, form in forms],
        )
        by_topic = np.full((len(self._words), len(topics)), -np.inf, dtype=np.float32)
        for column, (at, _) in enumerate(forms):
            by_topic[:, at] = np.maximum(by_topic[:, at], like[:, column])
        best = by_topic.argmax(axis=1)
        covered = by_topic[np.arange(len(best)), best] >= LEAST
        groups, notes, at = [], [], 0
        for number, theme in enumerate(taxonomy.themes):
            clusters = []
            for topic in theme.topics:
                rows = np.flatnonzero(covered & (best == at))
                at += 1
                if not len(rows):
                    notes.append(f"taxonomy: no paragraph is on {topic.name!r}")
                    continue
                some, near = self._nearest_first(rows)
                clusters.append(
                    Cluster(
                        key=f"wanted-{at}",
                        name=topic.name,
                        named_by="taxonomy",
                        terms=self._namer.terms(some),
                        rows=tuple(some),
                        closeness=tuple(near),
                    )
                )
            if clusters:
                groups.append(
                    Group(key=f"theme-{number}", name=theme.name, clusters=tuple(clusters))
                )
        return tuple(groups), tuple(notes), np.flatnonzero(~covered)

    def _themes(self, clusters: Sequence[Cluster], group_of: Sequence[int]) -> tuple[Group, ...]:
        """Groups with names: the largest first, each with its largest topic first."""
        numbers = sorted(set(group_of))
        of_group = [
            sorted(
                (each for each, at in zip(clusters, group_of, strict=True) if at == number),
                key=lambda each: (-len(each.rows), each.name),
            )
            for number in numbers
        ]
        rows = [[row for each in some for row in each.rows] for some in of_group]
        names = self._namer.names(rows, titles=True)
        groups = [
            Group(
                key=f"theme-{number}",
                name=of_theme([(each.name, len(each.rows)) for each in some], name),
                clusters=tuple(some),
            )
            for number, some, name in zip(numbers, of_group, names, strict=True)
        ]
        return tuple(
            sorted(groups, key=lambda e: (-sum(len(each.rows) for each in e.clusters), e.name))
        )

    def _nearest_first(self, rows: NDArray[np.int64]) -> tuple[list[int], list[float]]:
        """Rows by cosine to their middle, and these cosines."""
        vectors = self._paragraphs.vectors[rows]
        middle = vectors.mean(axis=0)
        near = vectors @ (middle / (np.linalg.norm(middle) or 1.0))
        order = sorted(range(len(rows)), key=lambda at: (-round(float(near[at]), 6), int(rows[at])))
        return [int(rows[at]) for at in order], [round(float(near[at]), 6) for at in order]

    def _tell(self, what: str) -> None:
        if self._progress:
            self._progress(what)


def _former(paragraphs: Paragraphs, before: Compendium | None) -> tuple[list[int], list[int]]:
    """Topic of each paragraph in the edition before, -1 for none; and theme of each topic."""
    if before is None:
        return [-1] * len(paragraphs.places), []
    shown = [(number, each) for number, theme in enumerate(before.themes) for each in theme.topics]
    theme_of_mark = {mark_of(p): number for number, each in shown for p in each.places}
    found = {each.id: each.places for each in before.found}
    # What an editor merged or hid stands in no theme, and is a topic still.
    topics = {each.id: each.places for _, each in shown} | found
    marks = {name: tuple(map(mark_of, places)) for name, places in sorted(topics.items())}
    theme_of = [
        next((theme_of_mark[mark] for mark in some if mark in theme_of_mark), 0)
        for some in marks.values()
    ]
    known = {mark: at for at, some in enumerate(marks.values()) for mark in some}
    return [known.get(mark_of(each), -1) for each in paragraphs.places], theme_of


def _notes(paragraphs: Paragraphs) -> tuple[str, ...]:
    """What the reader of the compendium should know of how it was grouped."""
    notes = []
    papers = {each.symbol for each in paragraphs.passages}
    if len(papers) == 1:
        notes.append("one paper: its topics are parts of that paper")
    if len(paragraphs.passages) <= 2 * LEAST_OF_TOPIC:
        notes.append(f"{len(paragraphs.passages)} paragraphs are too few to tell topics apart")
    languages = sorted({each.language for each in paragraphs.passages})
    if len(languages) > 1:
        notes.append(
            f"papers in {len(languages)} languages ({', '.join(languages)}): with an encoder of "
            "one language, those of another stand in topics of their own"
        )
    if len(set(paragraphs.texts)) < len(paragraphs.texts) / 2:
        notes.append("more than half of the paragraphs repeat others word for word")
    return tuple(notes)

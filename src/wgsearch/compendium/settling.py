"""
Grouped -> the same with ids, names of before and what an editor decided.

Why identity first and the editor after it: the file names ids, and a topic that is merged or hidden
must be known again at the next build, or the merge would name something that is no more. So topics
are recognised as they are found, and what they were found as is kept beside what is shown.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import fuzz, process

from wgsearch.compendium.grouping import Cluster, Group, Grouped
from wgsearch.compendium.identity import Former, Now, identified, mark_of
from wgsearch.compendium.records import Found

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from wgsearch.compendium.edits import Edit, Edits
    from wgsearch.compendium.identity import Identity
    from wgsearch.compendium.records import Compendium, Place

# Of 100: a mistyped id is about 80, another one about 50.
_NEAR_ENOUGH = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """
    What is to be described.

    Attributes:
        grouped: Groups and clusters whose keys are the ids of themes and topics.
        found: Topics as they were found, where an editor changed them.
        retired: Ids of topics that ended, of all editions.
        retired_themes: Ids of themes, likewise.
        notes: What the editor's file names and nothing is.
    """

    grouped: Grouped
    found: tuple[Found, ...] = ()
    retired: tuple[str, ...] = ()
    retired_themes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def settled(
    grouped: Grouped,
    places: Sequence[Place],
    vectors: npt.NDArray[np.float32],
    *,
    before: Compendium | None = None,
    edits: Edits | None = None,
) -> Settled:
    """
    Clusters as topics: with ids, names and the editor's decisions.

    Args:
        grouped: Clusters of this run, by rows.
        places: Where each row stands.
        vectors: A unit vector a row. *Shape:* (rows, dimension).
        before: The edition before.
        edits: What an editor decided.
    """
    topics = _topics(grouped, places, before)
    themes = _themes(grouped, places, before)
    edited = _Edited(topics, themes, places)
    if edits is not None:
        edited.apply(edits)
    groups = []
    for at in range(len(grouped.groups)):
        clusters = tuple(
            _cluster(topic, vectors)
            for topic in topics
            if topic.group == at and topic.rows and not topic.is_hidden and not topic.into
        )
        if clusters:
            groups.append(Group(key=themes[at].id, name=edited.theme_names[at], clusters=clusters))
    # What an editor hides belongs to its topic still.
    placed = {row for each in topics for row in each.rows}
    return Settled(
        grouped=replace(
            grouped,
            groups=tuple(groups),
            unplaced=tuple(row for row in grouped.unplaced if row not in placed),
        ),
        found=tuple(_found(each, places) for each in topics if each.is_edited),
        retired=_retired_topics(before, topics),
        retired_themes=_retired_themes(before, themes),
        notes=tuple(edited.notes),
    )


class _Topic:
    """A cluster on its way to a topic."""

    def __init__(self, cluster: Cluster, identity: Identity, group: int, named_by: str) -> None:
        self.cluster, self.id, self.group = cluster, identity.id, group
        self.call(identity.name, named_by)
        self.terms = cluster.terms
        self.rows = list(cluster.rows)
        self.into = ""
        self.is_hidden = False

    def call(self, name: str, named_by: str) -> None:
        """Give it the name that it has unless an editor gives another one."""
        self.own_name, self.own_named_by = name, named_by
        self.name, self.named_by = name, named_by

    @property
    def is_edited(self) -> bool:
        """An editor changed what is shown of it."""
        return (
            self.is_hidden
            or bool(self.into)
            or self.name != self.own_name
            or self.named_by != self.own_named_by
            or self.rows != [*self.cluster.rows]
        )


class _Edited:
    """Topics and themes that an editor's decisions are put on."""

    def __init__(
        self,
        topics: Sequence[_Topic],
        themes: Sequence[Identity],
        places: Sequence[Place],
    ) -> None:
        self._topics = {each.id: each for each in topics}
        self._themes = {each.id: at for at, each in enumerate(themes)}
        self._places = places
        self.theme_names = [each.name for each in themes]
        self.notes: list[str] = []

    def apply(self, edits: Edits) -> None:
        """Pins, then merges, so that what is pinned to a topic goes with it; names last."""
        for each in edits.pins:
            self._pin(each)
        # A topic that others go to may itself go to another one.
        for each in _outermost_last(edits.merges):
            self._merge(each)
        for each in edits.hidden:
            if topic := self._topic(each.subject, each.line):
                topic.is_hidden = True
        for each in edits.names:
            self._name(each)

    def _topic(self, name: str, line: int | None) -> _Topic | None:
        """The topic of an id; what is none is noted."""
        if name not in self._topics:
            self._strange(f"no topic has the id {name!r}{_near(name, self._topics)}", line)
        return self._topics.get(name)

    def _strange(self, what: str, line: int | None) -> None:
        where = "" if line is None else f", line {line}"
        self.notes.append(f"Editor's file{where}: {what}; the decision waits for it.")

    def _pin(self, edit: Edit) -> None:
        into = self._topic(edit.value, edit.line)
        wanted = _spelt(edit.subject)
        rows = [row for row, each in enumerate(self._places) if _spelt(each.citation) == wanted]
        if not rows:
            known = [each.citation for each in self._places]
            what = f"no paragraph is cited as {edit.subject!r}{_near(edit.subject, known)}"
            self._strange(what, edit.line)
        if into is None:
            return
        for row in rows:
            for each in self._topics.values():
                if row in each.rows:
                    each.rows.remove(row)
            into.rows.append(row)

    def _merge(self, edit: Edit) -> None:
        topic, into = (self._topic(each, edit.line) for each in (edit.subject, edit.value))
        if topic is None or into is None:
            return
        into.rows += topic.rows
        into.terms = tuple(dict.fromkeys((*into.terms, *topic.terms)))
        topic.rows, topic.into = [], into.id

    def _name(self, edit: Edit) -> None:
        if edit.subject in self._themes:
            self.theme_names[self._themes[edit.subject]] = edit.value
            if edit.subject not in self._topics:
                return
        known = [*self._topics, *self._themes]
        if edit.subject not in self._topics:
            what = f"no topic or theme has the id {edit.subject!r}{_near(edit.subject, known)}"
            self._strange(what, edit.line)
            return
        topic = self._topics[edit.subject]
        topic.name, topic.named_by = edit.value, "editor"


def _topics(
    grouped: Grouped, places: Sequence[Place], before: Compendium | None
) -> tuple[_Topic, ...]:
    """Clusters with the ids and names of before."""
    listed = [(at, each) for at, group in enumerate(grouped.groups) for each in group.clusters]
    former, named_by = _former_topics(before)
    found = identified(
        [_now(each.name, each.named_by, each.rows, places) for _, each in listed],
        former,
        before.retired if before else (),
    )
    topics = []
    for (at, cluster), identity in zip(listed, found, strict=True):
        was = None if identity.former is None else named_by[identity.id]
        # A name that a taxonomy gave goes with the taxonomy.
        is_own = was is None or "taxonomy" in {cluster.named_by, was}
        topics.append(
            _Topic(
                cluster,
                replace(identity, name=cluster.name) if is_own else identity,
                at,
                cluster.named_by if was is None or is_own else was,
            )
        )
    _tell_apart(topics)
    return tuple(topics)


def _tell_apart(topics: Sequence[_Topic]) -> None:
    """Of two topics called alike, the one whose name is of before is called as it was found now."""
    taken = Counter(each.own_name.casefold() for each in topics)
    for each in topics:
        now = each.cluster.name
        if taken[each.own_name.casefold()] > 1 and not taken[now.casefold()]:
            taken[each.own_name.casefold()] -= 1
            taken[now.casefold()] += 1
            each.call(now, each.cluster.named_by)


def _themes(
    grouped: Grouped, places: Sequence[Place], before: Compendium | None
) -> tuple[Identity, ...]:
    """Groups with the ids and names of before; another name where a taxonomy came or went."""
    is_other = before is not None and _follows(
        topic.named_by for theme in before.themes for topic in theme.topics
    ) != _follows(each.named_by for group in grouped.groups for each in group.clusters)
    former = [
        Former(
            id=each.id,
            name=each.name,
            marks=tuple(mark_of(p) for topic in each.topics for p in topic.places),
        )
        for each in (before.themes if before else ())
    ]
    return identified(
        [
            _now(
                group.name,
                "taxonomy" if is_other else group.clusters[0].named_by,
                [row for each in group.clusters for row in each.rows],
                places,
            )
            for group in grouped.groups
        ],
        former,
        before.retired_themes if before else (),
    )


def _follows(named_by: Iterable[str]) -> bool:
    """Whether topics were named by a taxonomy."""
    return "taxonomy" in named_by


def _now(name: str, named_by: str, rows: Iterable[int], places: Sequence[Place]) -> Now:
    return Now(
        name=name,
        is_given=named_by == "taxonomy",
        marks=tuple(mark_of(places[row]) for row in rows),
    )


def _former_topics(before: Compendium | None) -> tuple[list[Former], dict[str, str]]:
    """Topics of the edition before as they were found, and what named each."""
    if before is None:
        return [], {}
    kept: dict[str, Found] = {
        topic.id: Found(id=topic.id, name=topic.name, named_by=topic.named_by, places=topic.places)
        for theme in before.themes
        for topic in theme.topics
    } | {each.id: each for each in before.found}
    former = [
        Former(id=each.id, name=each.name, marks=tuple(mark_of(p) for p in each.places))
        for each in kept.values()
    ]
    return former, {each.id: each.named_by for each in kept.values()}


def _cluster(topic: _Topic, vectors: npt.NDArray[np.float32]) -> Cluster:
    """What is shown of a topic; its order anew where its paragraphs are others."""
    rows, closeness = topic.cluster.rows, topic.cluster.closeness
    if topic.rows != [*rows]:
        ordered = np.array(sorted(topic.rows))
        centre = vectors[ordered].mean(axis=0)
        near = vectors[ordered] @ (centre / (np.linalg.norm(centre) or 1.0))
        best = np.lexsort((ordered, -near))
        rows = tuple(int(each) for each in ordered[best])
        closeness = tuple(float(each) for each in near[best])
    return replace(
        topic.cluster,
        key=topic.id,
        name=topic.name,
        named_by=topic.named_by,
        terms=topic.terms,
        rows=rows,
        closeness=closeness,
    )


def _found(topic: _Topic, places: Sequence[Place]) -> Found:
    return Found(
        id=topic.id,
        name=topic.own_name,
        named_by=topic.own_named_by,
        places=tuple(places[row] for row in topic.cluster.rows),
    )


def _retired_topics(before: Compendium | None, topics: Sequence[_Topic]) -> tuple[str, ...]:
    """Ids that were in use and are no more."""
    if before is None:
        return ()
    former, _ = _former_topics(before)
    return tuple(
        sorted({*before.retired, *(each.id for each in former)} - {each.id for each in topics})
    )


def _retired_themes(before: Compendium | None, themes: Sequence[Identity]) -> tuple[str, ...]:
    if before is None:
        return ()
    was = {*before.retired_themes, *(each.id for each in before.themes)}
    return tuple(sorted(was - {each.id for each in themes}))


def _outermost_last(merges: Sequence[Edit]) -> list[Edit]:
    """Merges in an order in which a topic has received all that goes to it before it goes."""
    into = {each.subject: each.value for each in merges}

    def depth(edit: Edit) -> int:
        at, steps = edit.value, 0
        while at in into:
            at, steps = into[at], steps + 1
        return steps

    return sorted(merges, key=lambda each: (-depth(each), each.subject))


def _spelt(citation: str) -> str:
    """A citation without differences of case and space."""
    return " ".join(citation.casefold().split())


def _near(name: str, known: Iterable[str]) -> str:
    """A hint at the nearest of some names; empty where none is near."""
    best = process.extractOne(name, [*known], scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH)
    return f" (did you mean {best[0]!r}?)" if best else ""

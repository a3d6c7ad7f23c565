"""
Engine, id -> Lineage: the same recommendation over the years.

Why each follows one only: a reader wants to know what became of a recommendation from one
session to the next, so each is put beside the latest one that it can be said to continue.

Two of different papers are the same one when each is the likest of its paper to the other, and
they share most of their telling words, or fewer and are near in meaning. Thresholds and the sets
that they were swept on: docs/decisions/0020-register.md.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import process

from wgsearch.answers import Filters, Query
from wgsearch.errors import UnknownRecommendationError
from wgsearch.papers.paper import PaperKind
from wgsearch.register.gather import ADOPTED, recommended
from wgsearch.register.likeness import Wordings
from wgsearch.register.marks import marked
from wgsearch.register.records import Lineage, Step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.answers import Engine
    from wgsearch.register.records import Basis, Recommended

# A long recommendation is found by any of its pieces.
_PIECES = 8
# Ids that an unknown one may stand for.
_NEAR = 3
# What would be read as an operator: quotation marks, signs before and after words.
_OPERATORS = re.compile(r"[\"“”„«»*]|(?<!\S)-(?=\w)")
_MOST_CHARACTERS = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """
    When two recommendations are the same one.

    Attributes:
        wording: From this share of telling words on, whatever they mean.
        least: Below this share never.
        near: Between the two, only when they are so near in meaning: what is asked of a body
            that is asked little is mostly in the same words, whatever it is about.
        both: And when the share and the nearness add up to this.
    """

    wording: float = 0.8
    least: float = 0.3
    near: float = 0.65
    both: float = 1.08


DEFAULT = Thresholds()


class _Link(NamedTuple):
    """The recommendation that another one follows, and how that was found."""

    earlier: Recommended
    basis: Basis
    likeness: float


def lineage(engine: Engine, name: str) -> Lineage:
    """
    A recommendation over the years, among what bodies adopt.

    A recommendation of another kind of paper is followed among papers of that kind, too.

    Args:
        engine: What knows the papers.
        name: Its id in the register.

    Raises:
        UnknownRecommendationError: The register has none of that id.
    """
    every = recommended(engine, Filters(kinds=tuple(map(str, PaperKind))))
    asked = next((each for each in every if each.id == name), None)
    if asked is None:
        near = process.extract(name, [each.id for each in every], limit=_NEAR)
        raise UnknownRecommendationError(name, tuple(each for each, *_ in near))
    kinds = {*ADOPTED, asked.passage.kind}
    lines = Lines(engine, [each for each in every if each.passage.kind in kinds])
    return Lineage(id=name, steps=lines.line(name), generation=engine.state().generation)


class Lines:
    """
    All recommendations that are followed over the years.

    Args:
        engine: What knows the papers.
        records: The recommendations.
        thresholds: When two are the same one.
        known: Nearness of pairs that was asked for before, by their ids; more are added.
    """

    def __init__(
        self,
        engine: Engine,
        records: Sequence[Recommended],
        thresholds: Thresholds = DEFAULT,
        known: dict[tuple[str, str], float] | None = None,
    ) -> None:
        self._engine = engine
        self._records = {each.id: each for each in records}
        self._papers: dict[str, list[Recommended]] = {}
        for each in records:
            self._papers.setdefault(each.passage.file, []).append(each)
        self._wordings = Wordings(records)
        self._thresholds = thresholds
        self._followed: dict[str, _Link | None] = {}
        self._near = {} if known is None else known

    def followed(self, later: Recommended) -> _Link | None:
        """The recommendation that one follows: the same one in the latest earlier paper."""
        if later.id not in self._followed:
            self._followed[later.id] = self._find(later)
        return self._followed[later.id]

    def line(self, name: str) -> tuple[Step, ...]:
        """All that a recommendation comes from, and all that comes from these, oldest first."""
        first = self._records[name]
        while link := self.followed(first):
            first = link.earlier
        steps = [_first(first)]
        waiting = deque([first])
        while waiting:
            earlier = waiting.popleft()
            for later in self._alike(earlier):
                link = self.followed(later) if _date(later) > _date(earlier) else None
                if link and link.earlier.id == earlier.id:
                    steps.append(_step(later, link))
                    waiting.append(later)
        return tuple(sorted(steps, key=lambda each: (_date(each.recommended), each.recommended.id)))

    def _find(self, later: Recommended) -> _Link | None:
        """As `followed`."""
        before = [each for each in self._alike(later) if _date(each) < _date(later)]
        before.sort(key=lambda each: (_date(each), self._likeness(each, later)), reverse=True)
        links = (self._link(each, later) for each in before)
        return next((link for link in links if link), None)

    def _alike(self, one: Recommended) -> list[Recommended]:
        """Of each other paper the likest one, where it is not too unlike and likes none better."""
        found: list[Recommended] = []
        papers: set[str] = set()
        near = self._wordings.near(one.id)
        for other in sorted(near, key=lambda each: (-self._likeness(one, each), each.id)):
            file = other.passage.file
            if self._likeness(one, other) < self._thresholds.least:
                break
            if file in papers or file == one.passage.file:
                continue
            papers.add(file)
            rivals = self._papers[one.passage.file]
            if all(self._likeness(each, other) <= self._likeness(one, other) for each in rivals):
                found.append(other)
        return found

    def _link(self, earlier: Recommended, later: Recommended) -> _Link | None:
        """How two are the same one; None where they are not."""
        likeness = self._likeness(earlier, later)
        if likeness >= self._thresholds.wording:
            return _Link(earlier, "wording", likeness)
        near = self._nearness(earlier, later)
        if near >= self._thresholds.near and likeness + near >= self._thresholds.both:
            return _Link(earlier, "meaning", likeness)
        return None

    def _likeness(self, one: Recommended, other: Recommended) -> float:
        return self._wordings.likeness(one.id, other.id)

    def _nearness(self, one: Recommended, other: Recommended) -> float:
        """How near two are in meaning, in shares of how near each is to itself; 1 is as near."""
        pair = (one.id, other.id)
        if pair not in self._near:
            self._near[pair] = (self._seen_from(one, other) + self._seen_from(other, one)) / 2
        return self._near[pair]

    def _seen_from(self, one: Recommended, other: Recommended) -> float:
        """
        How near another one is to one, asked as a question.

        Passages are embedded with the headings above them: only a share of the nearness of the
        one to itself can be compared.
        """
        symbols = (one.passage.symbol, other.passage.symbol)
        filters = Filters(symbols=symbols, recommendations=True)
        many = sum(len(self._papers[each.passage.file]) for each in (one, other))
        query = Query(
            text=_OPERATORS.sub(" ", one.text[:_MOST_CHARACTERS]),
            k=_PIECES * many,
            filters=filters,
            mode="dense",
            fold=False,
            explain=False,
        )
        near: dict[tuple[str, int], float] = {}
        for hit in self._engine.search(query).hits:
            near.setdefault((hit.passage.file, hit.passage.index), hit.score)
        own = near.get(_place(one), 0.0)
        return near.get(_place(other), 0.0) / own if own > 0 else 0.0


def _first(record: Recommended) -> Step:
    """The beginning of a line."""
    return Step(
        recommended=record,
        mark="new",
        follows=None,
        basis=None,
        likeness=None,
        reasons=("in no earlier paper",),
        difference=None,
    )


def _step(later: Recommended, link: _Link) -> Step:
    """What follows an earlier recommendation."""
    found = marked(link.earlier, later)
    return Step(
        recommended=later,
        mark=found.mark,
        follows=link.earlier.id,
        basis=link.basis,
        likeness=link.likeness,
        reasons=found.reasons,
        difference=found.difference,
    )


def _date(record: Recommended) -> str:
    """Date of issue of its paper; without one it comes before all others."""
    return record.passage.date or ""


def _place(record: Recommended) -> tuple[str, int]:
    return record.passage.file, record.passage.index

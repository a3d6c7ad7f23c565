"""
numbers in the order of a paper -> the run that counts on longest.

Why a search: a number may go on with several earlier ones, and which it does shows only in
what follows. For each number the best run that ends with it is kept, so each is looked at
once (dynamic programming over the last number of a run).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from wgsearch.papers.parts import Opening

# After lost numbers the count goes on with the next one printed, at most this far ahead.
MAX_LOST = 12
# What a gap costs, and each number lost in it, against what a number is worth (about 1): after
# one lost number a run goes on by itself, after more only where more numbers follow.
GAP_COST, LOST_COST = 0.4, 0.3
# A run that begins at another number than 1 must be worth it: parts of a longer report do.
LATE_COST = 1.5
# The same number twice is an error of the paper; lists repeat numbers too.
REPEAT_COST = 0.9
# Beginning again at 1 within the body: under a rule or a draft resolution, under a chapter.
SHORT_COST, CHAPTER_COST = 0.5, 2.5


class Key(NamedTuple):
    """A number as it counts: 7, 115.3 and `3 bis` are ("", 7, 0), ("115", 3, 0), ("", 3, 1)."""

    chapter: str
    number: int
    bis: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A block that begins with a number."""

    at: int
    key: Key
    number: str
    text: str
    edge: float | None
    worth: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """
    The best run that ends with a candidate.

    Attributes:
        score: What the run is worth.
        before: The candidate before it, None for the first.
        restart: The place of the heading under which numbers began again with it.
        outer: The last candidate before numbers began again: the count may go on from there.
        resumes: It is the one with which that count goes on.
        repeats: It bears the number of the one before it.
    """

    score: float
    before: int | None = None
    restart: int | None = None
    outer: int | None = None
    resumes: bool = False
    repeats: bool = False


class _Restart(NamedTuple):
    """A heading under which numbers may begin again, after the best run until there."""

    place: int
    before: int
    score: float


def best_runs(candidates: Sequence[Candidate], openings: Mapping[int, Opening]) -> list[Step]:
    """
    For each number the best run that ends with it.

    Args:
        candidates: Numbers in the order of the paper.
        openings: Headings under which they may begin again, by their place.
    """
    runs = _Runs(candidates=candidates)
    marks = sorted(openings, reverse=True)
    for at, candidate in enumerate(candidates):
        restart: _Restart | None = None
        while marks and marks[-1] < candidate.at:
            place = marks.pop()
            if runs.top is not None:
                cost = SHORT_COST if openings[place].short else CHAPTER_COST
                restart = _Restart(place, runs.top, runs.steps[runs.top].score - cost)
        # Numbers begin again with the first one under a heading, or not at all.
        step = runs.resumed(candidate, runs.begun(candidate, runs.continued(candidate), restart))
        runs.keep(at, replace(step, score=step.score + candidate.worth))
    return runs.steps


@dataclass(slots=True)
class _Runs:
    """
    The best runs so far.

    Attributes:
        candidates: All numbers.
        steps: The best run that ends with each number.
        best: By number, the last one of the best run that ends with it.
        last: Likewise by plain number, with it or one under it.
        dotted: The last one of the best run that ends within a chapter.
        top: The last one of the best run of all.
    """

    candidates: Sequence[Candidate]
    steps: list[Step] = field(default_factory=list)
    best: dict[Key, int] = field(default_factory=dict)
    last: dict[int, int] = field(default_factory=dict)
    dotted: int | None = None
    top: int | None = None

    def continued(self, candidate: Candidate) -> Step:
        """The best run that a number goes on with, or one that begins with it."""
        key = candidate.key
        step = Step(score=0.0 if key.number == 1 and not key.bis else -LATE_COST)
        for before, cost in self._ways(candidate):
            score = self.steps[before].score - cost
            repeats = self.candidates[before].key == key
            if score > step.score and not (repeats and self.steps[before].repeats):
                outer = _outer(self.steps[before])
                step = Step(score=score, before=before, outer=outer, repeats=repeats)
        return step

    def begun(self, candidate: Candidate, step: Step, restart: _Restart | None) -> Step:
        """A step, or the one that begins again under a heading where that is better."""
        key = candidate.key
        if restart is None or key.bis or key.number != 1 or restart.score <= step.score:
            return step
        outer = _outer(self.steps[restart.before])
        return Step(
            score=restart.score,
            before=restart.before,
            restart=restart.place,
            outer=restart.before if outer is None else outer,
        )

    def resumed(self, candidate: Candidate, step: Step) -> Step:
        """A step, or the one that goes back to the count outside a part where that is better."""
        outer = None if self.top is None else _outer(self.steps[self.top])
        if self.top is None or outer is None or candidate.key.chapter:
            return step
        lost = candidate.key.number - self.candidates[outer].key.number - 1
        score = self.steps[self.top].score - GAP_COST - _gap_cost(lost)
        if not 0 <= lost <= MAX_LOST or score <= step.score:
            return step
        return Step(score=score, before=self.top, outer=outer, resumes=True)

    def keep(self, at: int, step: Step) -> None:
        """Remember the best run that ends with a number."""
        self.steps.append(step)
        key = self.candidates[at].key
        if self._is_better(step, self.best.get(key)):
            self.best[key] = at
        if self._is_better(step, self.last.get(trunk(key))):
            self.last[trunk(key)] = at
        if key.chapter and self._is_better(step, self.dotted):
            self.dotted = at
        if self.top is None or self.steps[self.top].score < step.score:
            self.top = at

    def _is_better(self, step: Step, known: int | None) -> bool:
        """A run is worth as much as the known one: the later one counts."""
        return known is None or self.steps[known].score <= step.score

    def _ways(self, candidate: Candidate) -> Iterator[tuple[int, float]]:
        """Runs that a number goes on with, and what each way costs."""
        key = candidate.key
        if key.bis:
            if (before := self.best.get(Key("", key.number, key.bis - 1))) is not None:
                yield before, 0.0
            return
        for lost in range(MAX_LOST + 1):
            number = key.number - 1 - lost
            known = self.best.get(Key(key.chapter, number, 0))
            before = known if key.chapter else self.last.get(number)
            if before is not None:
                yield before, _gap_cost(lost)
        if key.chapter:
            under = Key("", int(key.chapter), 0) if key.chapter.isdigit() else None
            for before in (
                self.best.get(under) if under else None,
                self.dotted if key.number == 1 else None,
            ):
                if before is not None:
                    yield before, _gap_cost(key.number - 1)
        # A misprint repeats the number just before it; a list may repeat any.
        latest = len(self.steps) - 1
        if candidate.worth > 1 and key.number > 1 and self.best.get(key) == latest:
            yield latest, REPEAT_COST


def trunk(key: Key) -> int:
    """The plain number that a number stands under: 115 for 115.3, 7 for 7."""
    return int(key.chapter.partition(".")[0]) if key.chapter else key.number


def _outer(step: Step) -> int | None:
    """The count that can be gone back to after a step."""
    return None if step.resumes else step.outer


def _gap_cost(lost: int) -> float:
    """What a gap of lost numbers costs."""
    return GAP_COST + LOST_COST * lost if lost else 0.0

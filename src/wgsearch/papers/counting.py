"""
blocks -> paragraph numbers: the run of numbers that counts on longest.

Why the whole paper at once: `1.` may open a paragraph, a heading, an agenda item or a list,
and which it is shows only in what follows. Of all runs of numbers that count on (7, 8, 9;
115.1, 115.2; 3, 3 bis, 4) the one with most, and most paragraph-like, members is taken;
a number outside it is a heading or stays text.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from wgsearch.papers.blocks import SIZE_STEP

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from wgsearch.papers.blocks import Block
    from wgsearch.papers.parts import Opening

# Headings are short; longer blocks in bold are emphasised paragraphs.
MAX_HEADING_WORDS = 40
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
# Numbers at the edge where most numbers stand are worth this much more.
ALIGNED_WORTH = 0.4

# Numbers that stand before the first chapter, and begin again with it, are no paragraphs.
FIRST_CHAPTERS = frozenset(["chapter I", "chapitre I", "capítulo I", "глава I"])

_NUMBER = re.compile(
    r"(?P<number>(?P<count>\d{1,4})(?:\s?(?P<bis>bis|ter|quater))?)"
    # `1.Text` opens too; `1.5`, `1.a` and `3.pdf` do not.
    r"(?:\.(?:\s+|$|(?=[^\W\d_a-zà-ÿ]|[“\"«(\[‘„]))|[．。、]\s*|\s?[-–]\s+(?=[\u0600-\u06ff]))"
    r"(?P<text>.*)",
    re.DOTALL,
)
_DOTTED = re.compile(
    # `115.3`, `3.2.1`, and `27.II.4` of a chapter with lettered or Roman parts.
    r"(?P<number>(?P<chapter>\d{1,3}(?:\.(?:[IVXL]{1,5}|[A-Z]|\d{1,3})){0,2})\.(?P<count>\d{1,3}))"
    r"\.?\s+(?P<text>\S.*)",
    re.DOTALL,
)
_BIS = {None: 0, "bis": 1, "ter": 2, "quater": 3}


class _Key(NamedTuple):
    """A number as it counts: 7, 115.3 and `3 bis` are ("", 7, 0), ("115", 3, 0), ("", 3, 1)."""

    chapter: str
    count: int
    bis: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """
    A block that opens a numbered paragraph.

    Attributes:
        number: As printed.
        text: The words after it.
        lost: Numbers that are missing before it.
        repeats: The number before it is the same.
    """

    number: str
    text: str
    lost: int = 0
    repeats: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """
    The numbers of a paper.

    Attributes:
        numbers: Blocks that open a numbered paragraph, by their place.
        parts: Names of the parts that begin at a block, by its place.
    """

    numbers: dict[int, Numbered]
    parts: dict[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A block that begins with a number."""

    at: int
    key: _Key
    number: str
    text: str
    edge: float | None
    worth: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
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


def starts_numbered(text: str) -> re.Match[str] | None:
    """The number that a text begins with, and its words."""
    if not text[:1].isdigit():
        return None
    return _DOTTED.match(text) or _NUMBER.match(text)


def looks_like_heading(text: str) -> bool:
    """Short display type that ends no sentence."""
    return len(text.split()) <= MAX_HEADING_WORDS and not text.endswith((".", ";", ":"))


def count_paragraphs(
    blocks: Sequence[Block],
    openings: Mapping[int, Opening],
    *,
    body_size: float,
    skipped: frozenset[int] = frozenset(),
    is_agenda: bool = False,
) -> Counted:
    """
    The blocks that open a numbered paragraph, and the parts they count in.

    Args:
        blocks: The paper's blocks.
        openings: Headings of parts, by their place.
        body_size: Size of body text in points, 0 where unknown.
        skipped: Places of blocks that open none: lists of agendas, boxes.
        is_agenda: Annotations repeat the items of the list as headings, numbers included.
    """
    numbers: dict[int, Numbered] = {}
    parts: dict[int, str] = {}
    hard = [at for at, opening in openings.items() if opening.always]
    edges = [0, *hard, len(blocks)]
    for first, last in zip(edges, edges[1:], strict=False):
        part = "body"
        if first in openings and openings[first].always:
            part = parts[first] = openings[first].name
        least = body_size - SIZE_STEP if part == "body" else 0.0
        candidates = [
            candidate
            for at in range(first, last)
            if at not in skipped
            and (candidate := _candidate(blocks[at], at, least, is_agenda=is_agenda))
        ]
        soft = {at: each for at, each in openings.items() if first < at < last}
        found = _run(_weighed(candidates), soft, part)
        numbers |= found.numbers
        parts |= found.parts
    return Counted(numbers=numbers, parts=parts)


def _candidate(block: Block, at: int, least: float, *, is_agenda: bool) -> _Candidate | None:
    """A block that may open a numbered paragraph."""
    text = block.text
    if not text[:1].isdigit() or block.cells is not None or 0 < block.size < least:
        return None
    match = starts_numbered(text)
    if match is None:
        return None
    words = match["text"].strip()
    heading = bool(words) and looks_like_heading(words)
    if heading and (block.bold or block.italic or is_agenda):
        return None
    groups = match.groupdict()
    if "chapter" in groups:
        key = _Key(match["chapter"], int(match["count"]), 0)
    else:
        key = _Key("", int(match["count"]), _BIS[match["bis"]])
    worth = 1.0
    if words[:1].islower():
        worth = 0.2  # `12. per cent` goes on with a sentence
    elif heading:
        worth = 0.5
    elif text.endswith((";", ",")) or (block.gap == 0 and len(words) < 40):
        worth = 0.6  # an item of a list
    edge = block.lines[0].indent
    return _Candidate(at=at, key=key, number=match["number"], text=words, edge=edge, worth=worth)


def _weighed(candidates: list[_Candidate]) -> list[_Candidate]:
    """Candidates that stand where most of them do are worth more."""
    edges = Counter(round(each.edge / 4) for each in candidates if each.edge is not None)
    most = edges.most_common(1)[0][0] if edges else None
    return [
        each
        if most is None or each.edge is None or abs(round(each.edge / 4) - most) > 1
        else _Candidate(
            at=each.at,
            key=each.key,
            number=each.number,
            text=each.text,
            edge=each.edge,
            worth=each.worth + ALIGNED_WORTH,
        )
        for each in candidates
    ]


def _run(candidates: Sequence[_Candidate], soft: Mapping[int, Opening], part: str) -> Counted:
    """The best run of a part, with the parts within it where numbers begin again."""
    steps = _steps(candidates, soft)
    last = max(range(len(steps)), key=lambda at: steps[at].score, default=None)
    if last is None or steps[last].score <= 0:
        return Counted(numbers={}, parts={})
    path: list[int] = []
    while last is not None:
        path.append(last)
        last = steps[last].before
    numbers: dict[int, Numbered] = {}
    parts: dict[int, str] = {}
    before: _Candidate | None = None
    for at in reversed(path):
        candidate, step = candidates[at], steps[at]
        if step.restart is not None:
            parts[step.restart] = soft[step.restart].name
        elif step.resumes:
            parts[candidate.at] = part
            before = candidates[step.outer] if step.outer is not None else None
        begins = before is None or step.restart is not None
        numbers[candidate.at] = Numbered(
            number=candidate.number,
            text=candidate.text,
            lost=0 if begins or before is None else _lost(before.key, candidate.key),
            repeats=not begins and before is not None and before.key == candidate.key,
        )
        before = candidate
    numbers = _one_scheme(numbers, {candidates[at].at: candidates[at].key for at in path})
    begun = [at for at in reversed(path) if steps[at].restart is not None]
    first = steps[begun[0]].restart if begun else None
    if first is not None and soft[first].name in FIRST_CHAPTERS:
        # What is numbered before the first chapter (abbreviations, decisions) is front matter.
        del parts[first]
        numbers = {at: each for at, each in numbers.items() if at > first}
        begun = begun[1:]
    kinds = Counter(_kind(soft, steps[at].restart) for at in begun)
    alike = {
        at: each.name
        for at, each in soft.items()
        if kinds[_kind(soft, at)] >= (1 if each.short else 2)
    }
    return Counted(numbers=numbers, parts=dict(sorted((alike | parts).items())))


def _one_scheme(numbers: dict[int, Numbered], keys: Mapping[int, _Key]) -> dict[int, Numbered]:
    """
    Numbers of one scheme: plain ones with those under them, or those within chapters.

    A fascicle whose paragraphs are numbered 16.1, 16.2 has no paragraphs 1, 2: such numbers
    stand in its tables and figures.
    """
    plain = {key.count for key in keys.values() if not key.chapter}
    alien = {at for at, key in keys.items() if key.chapter and _trunk(key) not in plain}
    if not plain or not alien:
        return numbers
    own = {at for at, key in keys.items() if not key.chapter}
    drop = own if len(alien) > len(own) else alien
    return {at: each for at, each in numbers.items() if at not in drop}


def _kind(soft: Mapping[int, Opening], at: int | None) -> str:
    """The kind of a part: `rule`, `chapter`."""
    return soft[at].name.rpartition(" ")[0] if at is not None else ""


def _lost(before: _Key, key: _Key) -> int:
    """How many numbers are missing between two of a run."""
    if key.chapter != before.chapter:
        return key.count - 1 if key.chapter else max(0, key.count - _trunk(before) - 1)
    return max(0, key.count - before.count - 1)


def _trunk(key: _Key) -> int:
    """The plain number that a number stands under: 115 for 115.3, 7 for 7."""
    return int(key.chapter.partition(".")[0]) if key.chapter else key.count


def _steps(candidates: Sequence[_Candidate], soft: Mapping[int, Opening]) -> list[_Step]:
    """For each candidate the best run that ends with it."""
    steps: list[_Step] = []
    best: dict[_Key, int] = {}  # the best run that ends with a number
    last: dict[int, int] = {}  # likewise, with a plain number or one under it
    dotted: int | None = None  # the best run that ends with a number of a chapter
    top: int | None = None
    marks = sorted(soft, reverse=True)
    opened: tuple[int, int, float] | None = None
    for at, candidate in enumerate(candidates):
        while marks and marks[-1] < candidate.at:
            place = marks.pop()
            if top is not None:
                cost = SHORT_COST if soft[place].short else CHAPTER_COST
                opened = (place, top, steps[top].score - cost)
        key = candidate.key
        step = _Step(score=_start(key))
        for before, cost in _ways(candidate, best, last, dotted):
            score = steps[before].score - cost
            repeats = candidates[before].key == key
            if score > step.score and not (repeats and steps[before].repeats):
                outer = _outer(steps[before])
                step = _Step(score=score, before=before, outer=outer, repeats=repeats)
        if opened and key.bis == 0 and key.count == 1 and opened[2] > step.score:
            outer = _outer(steps[opened[1]])
            outer = opened[1] if outer is None else outer
            step = _Step(score=opened[2], before=opened[1], restart=opened[0], outer=outer)
        if top is not None and (outer := _outer(steps[top])) is not None:
            lost = key.count - candidates[outer].key.count - 1
            score = steps[top].score - GAP_COST - _gap_cost(lost)
            if 0 <= lost <= MAX_LOST and not key.chapter and score > step.score:
                step = _Step(score=score, before=top, outer=outer, resumes=True)
        opened = None  # numbers begin again with the first one under a heading, or not at all
        step = replace(step, score=step.score + candidate.worth)
        steps.append(step)
        if key not in best or steps[best[key]].score <= step.score:
            best[key] = at
        trunk = _trunk(key)
        if trunk not in last or steps[last[trunk]].score <= step.score:
            last[trunk] = at
        if key.chapter and (dotted is None or steps[dotted].score <= step.score):
            dotted = at
        if top is None or steps[top].score < step.score:
            top = at
    return steps


def _outer(step: _Step) -> int | None:
    """The count that can be gone back to after a step."""
    return None if step.resumes else step.outer


def _start(key: _Key) -> float:
    """What a run that begins with a number is worth before it."""
    return 0.0 if key.count == 1 and not key.bis else -LATE_COST


def _ways(
    candidate: _Candidate,
    best: Mapping[_Key, int],
    last: Mapping[int, int],
    dotted: int | None,
) -> Iterable[tuple[int, float]]:
    """Runs that a number goes on with, and what each way costs."""
    key = candidate.key
    if key.bis:
        if (before := best.get(_Key("", key.count, key.bis - 1))) is not None:
            yield before, 0.0
        return
    for lost in range(MAX_LOST + 1):
        number = key.count - 1 - lost
        before = best.get(_Key(key.chapter, number, 0)) if key.chapter else last.get(number)
        if before is not None:
            yield before, _gap_cost(lost)
    if key.chapter:
        under = best.get(_Key("", int(key.chapter), 0)) if key.chapter.isdigit() else None
        for before in (under, dotted if key.count == 1 else None):
            if before is not None:
                yield before, _gap_cost(key.count - 1)
    if candidate.worth > 1 and key.count > 1 and (before := best.get(key)) is not None:
        yield before, REPEAT_COST


def _gap_cost(lost: int) -> float:
    """What a gap of lost numbers costs."""
    return GAP_COST + LOST_COST * lost if lost else 0.0

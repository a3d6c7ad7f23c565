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
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from wgsearch.papers.blocks import SIZE_STEP
from wgsearch.papers.runs import Candidate, Key, best_runs, trunk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wgsearch.papers.blocks import Block
    from wgsearch.papers.parts import Opening

# Headings are short; longer blocks in bold are emphasised paragraphs.
MAX_HEADING_WORDS = 40
MAX_DISPLAY_WORDS = 25
# Annexes may be set smaller than the body, but not as small as tables and figures are (points).
ANNEX_STEP = 1.4
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
    for first, last in pairwise(edges):
        part = "body"
        if first in openings and openings[first].always:
            part = parts[first] = openings[first].name
        least = body_size - (SIZE_STEP if part == "body" else ANNEX_STEP)
        candidates = [
            candidate
            for at in range(first, last)
            if at not in skipped
            and (candidate := _candidate(blocks[at], at, least, is_agenda=is_agenda))
        ]
        soft = {at: each for at, each in openings.items() if first <= at < last and not each.always}
        found = _run(_weighed(candidates), soft, part)
        numbers |= found.numbers
        parts |= found.parts
    return Counted(numbers=numbers, parts=parts)


def _candidate(block: Block, at: int, least: float, *, is_agenda: bool) -> Candidate | None:
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
        # Paragraphs set bold throughout, and cut by a page end, are longer than headings are.
        if is_agenda or len(words.split()) <= MAX_DISPLAY_WORDS:
            return None
        heading = False
    groups = match.groupdict()
    if "chapter" in groups:
        key = Key(match["chapter"], int(match["count"]), 0)
    else:
        key = Key("", int(match["count"]), _BIS[match["bis"]])
    worth = 1.0
    if words[:1].islower():
        worth = 0.2  # `12. per cent` goes on with a sentence
    elif heading:
        worth = 0.5
    elif text.endswith((";", ",")) or (block.gap == 0 and len(words) < 40):
        worth = 0.6  # an item of a list
    edge = block.lines[0].indent
    return Candidate(at=at, key=key, number=match["number"], text=words, edge=edge, worth=worth)


def _weighed(candidates: list[Candidate]) -> list[Candidate]:
    """Candidates that stand where most of them do are worth more."""
    edges = Counter(round(each.edge / 4) for each in candidates if each.edge is not None)
    most = edges.most_common(1)[0][0] if edges else None
    return [
        each
        if most is None or each.edge is None or abs(round(each.edge / 4) - most) > 1
        else Candidate(
            at=each.at,
            key=each.key,
            number=each.number,
            text=each.text,
            edge=each.edge,
            worth=each.worth + ALIGNED_WORTH,
        )
        for each in candidates
    ]


def _run(candidates: Sequence[Candidate], soft: Mapping[int, Opening], part: str) -> Counted:
    """The best run of a part, with the parts within it where numbers begin again."""
    steps = best_runs(candidates, soft)
    last = max(range(len(steps)), key=lambda at: steps[at].score, default=None)
    if last is None or steps[last].score <= 0:
        return Counted(numbers={}, parts={})
    path: list[int] = []
    while last is not None:
        path.append(last)
        last = steps[last].before
    numbers: dict[int, Numbered] = {}
    parts: dict[int, str] = {}
    before: Candidate | None = None
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


def _one_scheme(numbers: dict[int, Numbered], keys: Mapping[int, Key]) -> dict[int, Numbered]:
    """
    Numbers of one scheme: plain ones with those under them, or those within chapters.

    A fascicle whose paragraphs are numbered 16.1, 16.2 has no paragraphs 1, 2: such numbers
    stand in its tables and figures.
    """
    own = {at for at, key in keys.items() if not key.chapter}
    alien: set[int] = set()
    under: dict[str, bool] = {}
    above: int | None = None
    for at, key in sorted(keys.items()):
        if key.chapter and not under.setdefault(key.chapter, trunk(key) == above):
            alien.add(at)
        above = trunk(key)
    if not own or not alien:
        return numbers
    drop = own if len(alien) > len(own) else alien
    return {at: each for at, each in numbers.items() if at not in drop}


def _kind(soft: Mapping[int, Opening], at: int | None) -> str:
    """The kind of a part: `rule`, `chapter`."""
    return soft[at].name.rpartition(" ")[0] if at is not None else ""


def _lost(before: Key, key: Key) -> int:
    """How many numbers are missing between two of a run."""
    if key.chapter != before.chapter:
        return key.number - 1 if key.chapter else max(0, key.number - trunk(before) - 1)
    return max(0, key.number - before.number - 1)

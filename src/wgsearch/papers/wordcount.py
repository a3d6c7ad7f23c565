"""
Word's numbering -> the label that a paragraph prints: `7.`, `(b)`, `II.`, a bullet.

Why counted here: most Word papers hold no numbers, only the rules by which Word counts them
(ECMA-376, part 1, section 17.9): lists share the counts of their abstract list, a level
begins again after a higher one, and an override begins it anew.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BULLET = "•"

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    """One level of a list: its shape (`decimal`), pattern (`%1.%2`), start, and when it restarts."""

    shape: str
    pattern: str
    start: int
    restarts: int | None
    legal: bool
    style: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    """A list: the abstract list whose counts it shares, its levels, and starts of its own."""

    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int]


@dataclass(slots=True)
class WordCount:
    """The lists of a Word document, and how far each has counted."""

    lists: dict[str, _List] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, root: Any | None) -> WordCount:  # noqa: ANN401 - lxml elements have no public type
        """The lists of a document's numbering part; none without one."""
        if root is None:
            return cls()
        abstracts = {each.get(f"{W}abstractNumId"): each for each in root.findall(f"{W}abstractNum")}
        # A list may borrow its levels from the abstract list of a style.
        named = {
            link.get(f"{W}val"): each
            for each in abstracts.values()
            if (link := each.find(f"{W}styleLink")) is not None
        }
        lists: dict[str, _List] = {}
        for number in root.findall(f"{W}num"):
            name = _value(number, "abstractNumId") or ""
            abstract = abstracts.get(name)
            if abstract is None:
                continue
            borrowed = _value(abstract, "numStyleLink")
            levels = _levels(named.get(borrowed, abstract) if borrowed else abstract)
            starts: dict[int, int] = {}
            for override in number.findall(f"{W}lvlOverride"):
                depth = int(override.get(f"{W}ilvl") or 0)
                start = _value(override, "startOverride")
                levels |= _levels(override)
                if start is not None:
                    starts[depth] = int(start)
            lists[number.get(f"{W}numId") or ""] = _List(
                abstract=name, levels=levels, starts=starts
            )
        return cls(lists=lists)

    def label(self, name: str, depth: int | None, style: str | None = None) -> str | None:
        """
        The label that Word prints before a paragraph; counts on.

        Args:
            name: Number of the paragraph's list.
            depth: Its level, None where only its style says so.
            style: Its style's name in the file.
        """
        known = self.lists.get(name)
        if known is None:
            return None
        if depth is None:
            depth = next((at for at, each in known.levels.items() if each.style == style), 0)
        level = known.levels.get(depth)
        if level is None:
            return None
        self._count(name, known, depth)
        counts = self.counts[known.abstract]
        if level.shape in ("bullet", "none"):
            return BULLET if level.shape == "bullet" and level.pattern else None
        label = level.pattern
        for at in range(depth + 1):
            other = known.levels.get(at)
            if other is None:
                continue
            shape = "decimal" if level.legal else other.shape
            label = label.replace(f"%{at + 1}", _shaped(counts.get(at, other.start), shape))
        return label.strip() or None

    def _count(self, name: str, known: _List, depth: int) -> None:
        """Count one paragraph of a level, and let lower levels begin again."""
        counts = self.counts.setdefault(known.abstract, {})
        if name not in self.begun:
            # The starts of a list hold from its first paragraph on, once.
            self.begun.add(name)
            for at, start in known.starts.items():
                counts[at] = start - 1
        start = known.levels[depth].start
        counts[depth] = counts.get(depth, start - 1) + 1
        for deeper in [at for at in counts if at > depth]:
            level = known.levels.get(deeper)
            limit = None if level is None else level.restarts
            if limit is None or (limit > 0 and depth < limit):
                del counts[deeper]


def _levels(element: Any) -> dict[int, _Level]:  # noqa: ANN401 - lxml elements have no public type
    """The levels that an element of a numbering part defines."""
    levels: dict[int, _Level] = {}
    for level in element.findall(f"{W}lvl"):
        restarts = _value(level, "lvlRestart")
        levels[int(level.get(f"{W}ilvl") or 0)] = _Level(
            shape=_value(level, "numFmt") or "decimal",
            pattern=_value(level, "lvlText") or "",
            start=int(_value(level, "start") or 1),
            restarts=None if restarts is None else int(restarts),
            legal=level.find(f"{W}isLgl") is not None,
            style=_value(level, "pStyle"),
        )
    return levels


def _value(element: Any, tag: str) -> str | None:  # noqa: ANN401 - lxml elements have no public type
    """The `w:val` of a child."""
    child = element.find(f"{W}{tag}")
    if child is None:
        return None
    value: str | None = child.get(f"{W}val")
    return value


def _shaped(number: int, shape: str) -> str:
    """A count as Word prints it."""
    if shape in ("lowerLetter", "upperLetter"):
        # After z come aa, bb, cc.
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if shape == "lowerLetter" else letter.upper()
    if shape in ("lowerRoman", "upperRoman"):
        text, rest = "", number
        for value, sign in _ROMAN:
            while rest >= value:
                text, rest = text + sign, rest - value
        return text if shape == "lowerRoman" else text.upper()
    return f"{number:02d}" if shape == "decimalZero" else str(number)

"""
numbers -> SVG: bars that lie, lines on plain or logarithmic axes; the standard library only.

Why so plain: a plot beside a table needs no library, and must be read in light and dark and
by who sees no pictures. Colours follow the reader's scheme, the description holds all values.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH = 720
_ROW, _BAR = 28, 16
_TOP, _FOOT = 44, 12
# Labels of bars stand left of them, at most so wide; a letter of 13 px takes up to 7.4.
_LABELS, _LETTER = 300, 7.4
_ENDS = 70
_LEFT, _RIGHT, _HEIGHT = 64, 48, 360
# From so many powers of ten on, a power is cut into so many ticks.
_TICKS = ((5, 1), (2, 2), (-math.inf, 5))
# Seven colours that the colour-blind tell apart: Okabe and Ito, Color universal design (2008),
# without black, and the two palest darkened so that lines show on white.
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b8860b", "#3a9bd6", "#7f7f7f")
_STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #1f2328; }
  .title { font-weight: 600; font-size: 15px; }
  .axis { stroke: #8c959f; fill: none; }
  .grid { stroke: #8c959f; stroke-opacity: .3; fill: none; }
  .bar { fill: #8c959f; }
  .own { fill: #0072b2; }
  .ownlabel { font-weight: 600; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .own { fill: #4aa8e0; }
  }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: its label, its value (0 or more), and whether it is drawn as our own."""

    label: str
    value: float
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One line: its name and its points (x, y)."""

    name: str
    points: tuple[tuple[float, float], ...]


def number(value: float) -> str:
    """Three figures that count, thousands separated: 0.0123, 4.57, 81.3, 1,207."""
    if value == 0:
        return "0"
    decimals = max(0, 2 - math.floor(math.log10(abs(value))))
    text = f"{value:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def bars(title: str, given: Sequence[Bar]) -> str:
    """
    Bars that lie, in the order given, all from 0.

    Raises:
        ValueError: There are none.
    """
    if not given:
        raise ValueError(f"{title!r} has no bars to draw")
    left = min(_LABELS, 16 + _LETTER * max(len(each.label) for each in given))
    room = WIDTH - left - _ENDS
    most = max(each.value for each in given) or 1.0
    drawn = []
    for row, each in enumerate(given):
        y = _TOP + row * _ROW
        width = room * each.value / most
        middle = y + _BAR - 3
        kind, own = ("own", ' class="ownlabel"') if each.own else ("bar", "")
        drawn += [
            (
                f'<text x="{left - 8:.1f}" y="{middle}" text-anchor="end"{own}>'
                f"{escape(_short(each.label))}</text>"
            ),
            (
                f'<rect class="{kind}" x="{left:.1f}" y="{y}" width="{max(width, 1):.1f}"'
                f' height="{_BAR}" rx="2"/>'
            ),
            f'<text x="{left + width + 6:.1f}" y="{middle}">{number(each.value)}</text>',
        ]
    told = "; ".join(f"{each.label}: {number(each.value)}" for each in given)
    return _whole(title, told, _TOP + len(given) * _ROW + _FOOT, drawn)


def lines(
    title: str, given: Sequence[Series], *, x_title: str, y_title: str, log: bool = False
) -> str:
    """
    Lines through points, with a legend.

    Args:
        title: What it shows.
        given: The lines.
        x_title: What runs to the right, with its unit.
        y_title: What runs upwards, with its unit.
        log: Both axes are logarithmic.

    Raises:
        ValueError: There is no point, or one at 0 or below on a logarithmic axis.
    """
    points = [point for each in given for point in each.points]
    if not points:
        raise ValueError(f"{title!r} has no points to draw")
    if log and min(min(point) for point in points) <= 0:
        raise ValueError(f"{title!r} has a value that no logarithm has: it must be above 0")
    bottom = _TOP + _HEIGHT
    across = _Axis([x for x, _ in points], _LEFT, WIDTH - _RIGHT, log=log)
    upwards = _Axis([y for _, y in points], bottom, _TOP + 16, log=log)
    drawn = [f'<path class="axis" d="M{_LEFT} {_TOP}V{bottom}H{WIDTH - _RIGHT}"/>']
    for tick in across.ticks:
        x = across.at(tick)
        drawn.append(
            f'<text x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">{number(tick)}</text>'
        )
    for tick in upwards.ticks:
        y = upwards.at(tick)
        drawn += [
            f'<path class="grid" d="M{_LEFT} {y:.1f}H{WIDTH - _RIGHT}"/>',
            f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{number(tick)}</text>',
        ]
    drawn += [
        f'<text x="{WIDTH - _RIGHT}" y="{bottom + 38}" text-anchor="end">{escape(x_title)}</text>',
        f'<text x="8" y="{_TOP}">{escape(y_title)}</text>',
    ]
    for place, each in enumerate(given):
        colour = _COLOURS[place % len(_COLOURS)]
        spots = [(across.at(x), upwards.at(y)) for x, y in sorted(each.points)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
        drawn.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        drawn += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in spots]
        y = bottom + 60 + 20 * place
        drawn += [
            f'<rect x="{_LEFT}" y="{y - 10}" width="12" height="12" rx="2" fill="{colour}"/>',
            f'<text x="{_LEFT + 18}" y="{y}">{escape(each.name)}</text>',
        ]
    return _whole(title, _told(given, x_title), bottom + 60 + 20 * len(given), drawn)


class _Axis:
    """Values to places between two ends; ticks at round values."""

    def __init__(self, values: Sequence[float], start: float, end: float, *, log: bool) -> None:
        self._log = log
        self._start, self._end = start, end
        low, high = min(values), max(values)
        if log:
            self._low, self._high = math.floor(math.log10(low)), math.ceil(math.log10(high))
            # One value that is a power of ten would make an axis without a length.
            self._high = max(self._high, self._low + 1)
            self.ticks = [10.0**each for each in range(self._low, self._high + 1)]
        else:
            # Between four and ten ticks.
            power = 10 ** math.floor(math.log10(max(high, abs(low)) or 1))
            step = power / next(parts for least, parts in _TICKS if high / power >= least)
            self._low, self._high = min(0.0, low), math.ceil(high / step) * step or step
            self.ticks = [step * each for each in range(round(self._high / step) + 1)]

    def at(self, value: float) -> float:
        """The place of a value."""
        scaled = math.log10(value) if self._log else value
        share = (scaled - self._low) / (self._high - self._low)
        return self._start + share * (self._end - self._start)


def _short(label: str) -> str:
    """A label cut to the room that it has; the description has it whole."""
    most = int((_LABELS - 16) / _LETTER)
    return label if len(label) <= most else f"{label[: most - 1]}…"


def _told(given: Sequence[Series], x_title: str) -> str:
    """All points in words."""
    return "; ".join(
        f"{each.name}: "
        + ", ".join(f"{number(y)} at {number(x)}" for x, y in sorted(each.points))
        + f" {x_title}"
        for each in given
    )


def _whole(title: str, told: str, height: float, drawn: Sequence[str]) -> str:
    """The picture with its title and description, which readers of screens speak."""
    inside = "\n  ".join(drawn)
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}"
  width="{WIDTH}" height="{height:.0f}" role="img" aria-labelledby="title told">
  <title id="title">{escape(title)}</title>
  <desc id="told">{escape(told)}</desc>
  <style>{_STYLE}</style>
  <text class="title" x="8" y="22">{escape(title)}</text>
  {inside}
</svg>
"""

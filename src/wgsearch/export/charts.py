"""
Compendium -> plots as SVG: each theme over the years, and a map of its topics.

Why drawn in `currentColor` and by attributes: they take the colours of the page that they stand
in, light or dark, and need neither a style nor a script.
"""

from __future__ import annotations

import base64
import hashlib
import math
from collections import Counter
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from wgsearch.compendium.looking import entries, papers_of
from wgsearch.export.layout import sheet
from wgsearch.export.spans import spans_over
from wgsearch.export.wording import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wgsearch.compendium.looking import Entry
    from wgsearch.compendium.records import Compendium, Theme
    from wgsearch.export.spans import Span

# Of a plot of years: in its own units, which a page scales.
_WIDE, _HIGH, _FOOT = 320, 96, 18
# A bar is seen beside nine neighbours; more columns are told in longer spans.
_COLUMNS = 16
# The map: as many topics as this have room on a sheet of this side.
_SIDE, _ROOM = 480.0, 40
# Share of the sheet that all circles cover together, and the least radius that holds a number.
_COVERED, _LEAST = 0.18, 13.0

# The sheet that both plots stand on, in its own units: two plots of years beside one another.
_BETWEEN, _EDGE, _LINE, _FIGURES = 24, 32, 18, 84
_SHEET_WIDE = 2 * _WIDE + _BETWEEN
_SHEET_STYLE = (
    "svg{color:#111}.sheet{fill:#fff}"
    "@media (prefers-color-scheme:dark){svg{color:#e9e9e9}.sheet{fill:#16181c}}"
)
# What the sheet may load where it is opened by itself: nothing but its style.
SHEET_POLICY = (
    "default-src 'none'; style-src"
    f" 'sha256-{base64.b64encode(hashlib.sha256(_SHEET_STYLE.encode()).digest()).decode()}'"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemePlot:
    """
    A theme over the years.

    Attributes:
        theme: The theme.
        number: Its number, from 1.
        svg: The plot.
        counts: The same figures: paragraphs in each span, as they are drawn.
    """

    theme: Theme
    number: int
    svg: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemePlots:
    """
    All themes over the years.

    Attributes:
        spans: Columns of all of them.
        plots: One a theme, all to one scale.
    """

    spans: tuple[Span, ...]
    plots: tuple[ThemePlot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """
    A topic on the map.

    Attributes:
        entry: The topic.
        x: From the left, in hundredths of the map.
        y: From above, likewise.
        papers: How many papers it has.
        near: The topics to which a line is drawn, nearest first.
    """

    entry: Entry
    x: int
    y: int
    papers: int
    near: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicMap:
    """The map of topics as SVG, and what is drawn on it."""

    svg: str
    dots: tuple[Dot, ...]


def theme_plots(compendium: Compendium) -> ThemePlots:
    """Bars of each theme: how many of its paragraphs are of papers of which years."""
    by_theme = [_years(theme) for theme in compendium.themes]
    spans = spans_over(by_theme, _COLUMNS)
    counts = [tuple(span.count(years) for span in spans) for years in by_theme]
    most = max((number for each in counts for number in each), default=0)
    return ThemePlots(
        spans=spans,
        plots=tuple(
            ThemePlot(
                theme=theme, number=number, counts=each, svg=_bars(number, theme, spans, each, most)
            )
            for number, (theme, each) in enumerate(
                zip(compendium.themes, counts, strict=True), start=1
            )
        ),
    )


def topic_map(compendium: Compendium) -> TopicMap:
    """A map on which topics lie near that share papers or are related; numbers name them."""
    every = tuple(entries(compendium))
    if not every:
        return TopicMap(svg="", dots=())
    side = _SIDE * max(1.0, math.sqrt(len(every) / _ROOM))
    sizes = np.sqrt([max(1, len(each.topic.places)) for each in every])
    radii = np.maximum(sizes * side * math.sqrt(_COVERED / math.pi) / np.linalg.norm(sizes), _LEAST)
    radii = np.minimum(radii, side / 6)  # few topics leave room around them
    places = sheet(_likeness(every), radii + 1.0, side)  # with its line
    by_id = {each.topic.id: at for at, each in enumerate(every)}
    near = [
        [by_id[other.topic] for other in each.topic.related if other.topic in by_id]
        for each in every
    ]
    dots = tuple(
        Dot(
            entry=each,
            x=round(float(places[at][0]) / side * 100),
            y=round(float(places[at][1]) / side * 100),
            papers=len(papers_of(each.topic)),
            near=tuple(every[other] for other in near[at]),
        )
        for at, each in enumerate(every)
    )
    return TopicMap(svg=_map(every, places, radii, near, side), dots=dots)


def plots_sheet(compendium: Compendium) -> str:
    """
    Both kinds of plots on one sheet that stands alone, with the tables of what they show.

    It is dark where its reader's screen is: an image does not take the colours of a page.
    """
    years, topics = theme_plots(compendium), topic_map(compendium)
    drawn = _Sheet()
    drawn.line(f"Thematic compendium, edition {compendium.edition}", size=24, below=14)
    drawn.line("Themes over the years: paragraphs by year of their paper", size=17, below=8)
    for at in range(0, len(years.plots), 2):
        row = years.plots[at : at + 2]
        drawn.lines([f"{each.number} {each.theme.name}" for each in row])
        drawn.put([each.svg for each in row if each.svg], (_WIDE, _HIGH))
    if years.plots and years.spans:
        drawn.table(
            ("Theme", *(span.label for span in years.spans)),
            [
                (f"{each.number} {each.theme.name}", *(str(n or "–") for n in each.counts))
                for each in years.plots
            ],
        )
    if topics.svg:
        drawn.line("Map of topics", size=17, below=8)
        drawn.put([topics.svg], (_SHEET_WIDE, _SHEET_WIDE))
        drawn.table(
            ("Topic", "Paragraphs", "Papers"),
            [
                (
                    f"{each.entry.number} {each.entry.topic.name}",
                    str(len(each.entry.topic.places)),
                    str(each.papers),
                )
                for each in topics.dots
            ],
        )
    return drawn.svg()


class _Sheet:
    """Things under one another."""

    def __init__(self) -> None:
        self._drawn: list[str] = []
        self._y = 0.0

    def line(self, text: str, *, size: int = 13, below: int = 4) -> None:
        """A line of text."""
        self._y += size
        self._text(0, text, size)
        self._y += below

    def lines(self, texts: list[str]) -> None:
        """Texts beside one another, above what is put next."""
        self._y += 22
        for at, text in enumerate(texts):
            self._text(at * (_WIDE + _BETWEEN), _cut(text, _WIDE), 13)
        self._y += 4

    def put(self, plots: list[str], size: tuple[float, float]) -> None:
        """Plots beside one another."""
        for at, plot in enumerate(plots):
            place = f'x="{at * (_WIDE + _BETWEEN):.0f}" y="{self._y:.0f}"'
            drawn = plot.replace(
                "<svg ", f'<svg {place} width="{size[0]:.0f}" height="{size[1]:.0f}" ', 1
            )
            self._drawn.append(drawn)
        self._y += size[1] + 8

    def table(self, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
        """A table: the first column takes what the others leave."""
        step = min(_FIGURES, _SHEET_WIDE * 0.6 / max(1, len(head) - 1))
        room = _SHEET_WIDE - step * (len(head) - 1)
        for at, row in enumerate((head, *rows)):
            self._y += _LINE
            weight = ' font-weight="bold"' if at == 0 else ""
            self._text(0, _cut(row[0], room), 12, weight)
            for column, cell in enumerate(row[1:], start=1):
                x = room + step * column
                self._text(x, cell, 12, f'{weight} text-anchor="end"')
        self._y += _LINE * 1.5

    def svg(self) -> str:
        """The sheet."""
        wide, high = _SHEET_WIDE + 2 * _EDGE, self._y + 2 * _EDGE
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} {high:.0f}"'
            f' width="{wide:.0f}" height="{high:.0f}" color="#111" font-family="Arial, sans-serif">'
            f"<style>{_SHEET_STYLE}</style>"
            f'<rect class="sheet" fill="#fff" width="100%" height="100%"/>'
            f'<g transform="translate({_EDGE} {_EDGE})">{"".join(self._drawn)}</g></svg>\n'
        )

    def _text(self, x: float, text: str, size: int, more: str = "") -> None:
        self._drawn.append(
            f'<text x="{x:.1f}" y="{self._y:.1f}" font-size="{size}" fill="currentColor"{more}>'
            f"{escape(text)}</text>"
        )


def _cut(text: str, room: float) -> str:
    """As much of a text as has room; a letter takes about half of its height."""
    letters = int(room / 6.2)
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


def _years(theme: Theme) -> Counter[int]:
    found: Counter[int] = Counter()
    for topic in theme.topics:
        found.update(topic.years)
    return found


def _likeness(every: tuple[Entry, ...]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """
    How near topics are: the share of papers that they have in common, or how related they are,
    whichever is more.
    """
    papers = [papers_of(each.topic) for each in every]
    found = np.eye(len(every))
    by_id = {each.topic.id: at for at, each in enumerate(every)}
    for first, mine in enumerate(papers):
        for second in range(first):
            both = len(mine | papers[second])
            share = len(mine & papers[second]) / both if both else 0.0
            found[first, second] = found[second, first] = share
    for first, each in enumerate(every):
        for other in each.topic.related:
            if (second := by_id.get(other.topic, first)) != first:
                score = max(found[first, second], min(1.0, max(0.0, other.score)))
                found[first, second] = found[second, first] = score
    return found


def _bars(
    number: int, theme: Theme, spans: tuple[Span, ...], counts: tuple[int, ...], most: int
) -> str:
    """The bars of a theme; all themes to the scale of the largest bar of them all."""
    if not spans:
        return ""
    step = _WIDE / len(spans)
    room = _HIGH - _FOOT - 16
    drawn = []
    for at, count in enumerate(counts):
        tall = room * count / most if most else 0.0
        left, top = at * step, _HIGH - _FOOT - tall
        if count:
            drawn.append(
                f'<rect x="{left + step * 0.1:.1f}" y="{top:.1f}" width="{step * 0.8:.1f}"'
                f' height="{tall:.1f}" fill="currentColor" fill-opacity="0.75"/>'
                f'<text x="{left + step / 2:.1f}" y="{top - 3:.1f}" text-anchor="middle"'
                f' font-size="11" fill="currentColor">{count}</text>'
            )
    first, last = spans[0].label, spans[-1].label
    drawn.append(
        f'<path d="M0 {_HIGH - _FOOT}H{_WIDE}" stroke="currentColor" stroke-width="1"/>'
        f'<text x="0" y="{_HIGH - 4}" font-size="12" fill="currentColor">{first}</text>'
    )
    if first != last:
        drawn.append(
            f'<text x="{_WIDE}" y="{_HIGH - 4}" text-anchor="end" font-size="12"'
            f' fill="currentColor">{last}</text>'
        )
    told = ", ".join(
        f"{span.label}: {count}" for span, count in zip(spans, counts, strict=True) if count
    )
    return _svg(
        f"theme-plot-{number}",
        (_WIDE, _HIGH),
        f"{theme.name} over the years",
        f"Paragraphs by year of their paper. {told or 'None is dated'}.",
        "".join(drawn),
    )


def _map(
    every: tuple[Entry, ...],
    places: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    radii: np.ndarray[tuple[int], np.dtype[np.float64]],
    near: list[list[int]],
    side: float,
) -> str:
    lines = sorted(
        {(min(one, two), max(one, two)) for one, all_ in enumerate(near) for two in all_}
    )
    drawn = [
        f'<path d="M{places[one][0]:.1f} {places[one][1]:.1f}L{places[two][0]:.1f}'
        f' {places[two][1]:.1f}" stroke="currentColor" stroke-opacity="0.45"/>'
        for one, two in lines
        if one != two
    ]
    for each, (x, y), radius in zip(every, places, radii, strict=True):
        # Twice: what lies under a circle does not shine through it.
        circle = f'cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"'
        drawn.append(
            f"<g><title>{escape(each.number)} {escape(each.topic.name)}</title>"
            f'<circle class="sheet" fill="Canvas" {circle}/>'
            f'<circle {circle} fill="currentColor" fill-opacity="0.08" stroke="currentColor"/>'
            f'<text x="{x:.1f}" y="{y + 4.5:.1f}" text-anchor="middle" font-size="13"'
            f' fill="currentColor">{escape(each.number)}</text></g>'
        )
    return _svg(
        "topic-map",
        (round(side), round(side)),
        "Map of topics",
        f"{counted(len(every), 'topic')}: circles as large as they have paragraphs; what shares"
        " papers or is near in meaning lies near, lines join related topics. The table names them.",
        "".join(drawn),
    )


def _svg(ident: str, size: tuple[int, int], title: str, told: str, drawn: str) -> str:
    wide, high = size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" role="img"'
        f' aria-labelledby="{ident}-title {ident}-desc">'
        f'<title id="{ident}-title">{escape(title)}</title>'
        f'<desc id="{ident}-desc">{escape(told)}</desc>{drawn}</svg>'
    )


def shade(count: int, most: int) -> int:
    """How dark a cell of a map of years is: 0 for nothing, up to 4 for the most."""
    return math.ceil(4 * count / most) if most else 0


def most_of(every: tuple[Mapping[int, int], ...], spans: tuple[Span, ...]) -> int:
    """The largest figure of a table of topics by spans."""
    return max((span.count(years) for years in every for span in spans), default=0)

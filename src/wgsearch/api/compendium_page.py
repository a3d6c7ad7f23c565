"""Compendium -> what its pages show: contents with plots, a topic, gaps, changes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup

from wgsearch.api import problems
from wgsearch.api.addresses import paper_url, place_url, recommendation_url, topic_url
from wgsearch.compendium.looking import by_symbol, entries
from wgsearch.export.charts import most_of, shade, theme_plots, topic_map
from wgsearch.export.compendium import GAPS, REPEATS, theme_facts, told
from wgsearch.export.spans import spans_over
from wgsearch.export.topic import WHY, facts_of, span_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wgsearch.compendium.finding import Found
    from wgsearch.compendium.looking import Entry
    from wgsearch.compendium.records import Compendium, Gap, Place, Theme
    from wgsearch.compendium.redline import Listed, Redline
    from wgsearch.errors import WgsearchError
    from wgsearch.export.spans import Span

# As many columns of figures as a wide screen holds beside names; a narrow one scrolls them.
_COLUMNS = 16
# Paragraphs of a topic that are named at once; the others are a click away.
PLACES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """
    A page.

    Attributes:
        template: Its template, without `.html`.
        values: What the template shows.
        status: HTTP status code.
    """

    template: str
    values: dict[str, object]
    status: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedTheme:
    """
    A theme in the contents.

    Attributes:
        theme: The theme.
        number: From 1.
        facts: How much there is on it.
        entries: Its topics.
    """

    theme: Theme
    number: str
    facts: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """
    A row of the map of topics by years.

    Attributes:
        entry: The topic.
        cells: For each span how many paragraphs, and how dark: 0 to 4.
        last: Year in which it was last addressed.
    """

    entry: Entry
    cells: tuple[tuple[int, int], ...]
    last: int | None


def front(
    edition: Compendium,
    asked: Mapping[str, str],
    found: Found | None,
    error: WgsearchError | None,
) -> Shown:
    """Contents, plots and index; above them what was looked up."""
    problem = problems.of_error(error) if error else None
    drawn = topic_map(edition)
    plots = theme_plots(edition)
    return Shown(
        template="compendium",
        values={
            **_ways(),
            "asked": asked,
            "found": found,
            "error": problem.detail if problem else None,
            "themes": _contents(edition),
            "plots": [(each, Markup(each.svg)) for each in plots.plots],  # noqa: S704 - made by charts.py, which escapes
            "spans": plots.spans,
            "map": Markup(drawn.svg),  # noqa: S704 - likewise
            "dots": drawn.dots,
            "papers": by_symbol(edition),
        },
        status=problem.kind.status if problem else 200,
    )


def topic(edition: Compendium, entry: Entry) -> Shown:
    """A topic, its neighbours in the order of reading."""
    every = tuple(entries(edition))
    at = next(number for number, each in enumerate(every) if each.topic.id == entry.topic.id)
    known = {each.topic.id: each for each in every}
    spans = spans_over([entry.topic.years], _COLUMNS)
    return Shown(
        template="topic",
        values={
            **_ways(),
            "entry": entry,
            "facts": facts_of(entry.topic),
            "related": [
                (known[each.topic], WHY[each.why])
                for each in entry.topic.related
                if each.topic in known
            ],
            "years": [(span.label, span.count(entry.topic.years)) for span in spans],
            "shown": PLACES,
            "before": every[at - 1] if at else None,
            "after": every[at + 1] if at + 1 < len(every) else None,
        },
    )


def gaps(edition: Compendium) -> Shown:
    """Topics by years, what is missing, what is said more than once."""
    every = tuple(entries(edition))
    spans = spans_over((each.topic.years for each in every), _COLUMNS)
    known = {each.topic.id: each for each in every}
    return Shown(
        template="compendium_gaps",
        values={
            **_ways(),
            "spans": spans,
            "rows": _rows(every, spans),
            "kinds": [
                (words, [_gap(each, known) for each in edition.gaps if each.kind == kind])
                for kind, words in GAPS.items()
                if any(each.kind == kind for each in edition.gaps)
            ],
            "repeats": [
                (words, [each.places for each in edition.repeats if each.kind == kind])
                for kind, words in REPEATS.items()
                if any(each.kind == kind for each in edition.repeats)
            ],
            "unplaced": _by_paper(edition.unplaced),
        },
    )


def changes(edition: Compendium, redline: Redline, editions: tuple[Listed, ...]) -> Shown:
    """What became of topics from one edition to the newest, and which editions there are."""
    known = {each.topic.id: each for each in entries(edition)}
    return Shown(
        template="compendium_changes",
        values={
            **_ways(),
            "known": known,
            "redline": redline,
            "editions": editions,
        },
    )


def _ways() -> dict[str, object]:
    """Where things are read."""
    return {
        "place_url": place_url,
        "topic_url": topic_url,
        "lineage_url": recommendation_url,
        "span_of": span_of,
        "symbol_url": paper_url,
    }


def _contents(edition: Compendium) -> tuple[ListedTheme, ...]:
    found = []
    every = tuple(entries(edition))
    for number, theme in enumerate(edition.themes, start=1):
        under = tuple(each for each in every if each.theme is theme)
        found.append(
            ListedTheme(theme=theme, number=str(number), facts=theme_facts(theme), entries=under)
        )
    return tuple(found)


def _rows(every: tuple[Entry, ...], spans: tuple[Span, ...]) -> tuple[Row, ...]:
    most = most_of(tuple(each.topic.years for each in every), spans)
    return tuple(
        Row(
            entry=each,
            cells=tuple(
                (count, shade(count, most))
                for count in (span.count(each.topic.years) for span in spans)
            ),
            last=max(each.topic.years, default=None),
        )
        for each in every
    )


def _gap(gap: Gap, known: Mapping[str, Entry]) -> tuple[str, str | None, str]:
    """The name of what is missing something, where it is read, and what it is."""
    if gap.subject in known:
        entry = known[gap.subject]
        return f"{entry.number} {entry.topic.name}", topic_url(gap.subject), gap.words
    if gap.kind == "paper without recommendation":
        return gap.subject, paper_url(gap.subject), gap.words
    return "", None, told(gap)


def _by_paper(places: tuple[Place, ...]) -> list[tuple[str, tuple[Place, ...]]]:
    ordered = sorted(places, key=lambda each: (each.symbol, each.index))
    return [
        (symbol, tuple(group)) for symbol, group in groupby(ordered, key=lambda each: each.symbol)
    ]

"""Plots of a compendium: true to the figures, safe, readable in light and dark."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hand_made import compendium_of
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from wgsearch.export.charts import SHEET_POLICY, plots_sheet, shade, theme_plots, topic_map
from wgsearch.export.layout import sheet
from wgsearch.export.spans import spans_over

if TYPE_CHECKING:
    from wgsearch.compendium.records import Compendium
    from wgsearch.papers.paper import Paper

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def edition(tiny_papers: tuple[Paper, ...]) -> Compendium:
    """A compendium of two themes and three topics."""
    return compendium_of(tiny_papers[1:5], "g000001-aaaaaaaa", "0" * 64)


def test_bars_are_as_tall_as_their_figures(edition: Compendium) -> None:
    """The figures beside the plot are those drawn, and bars are in proportion to them."""
    plots = theme_plots(edition)
    drawn: list[tuple[int, float]] = []
    for plot in plots.plots:
        root = etree.fromstring(plot.svg)
        numbers = [
            int(each.text) for each in root.iter(f"{SVG}text") if each.get("font-size") == "11"
        ]
        talls = [float(each.get("height")) for each in root.iter(f"{SVG}rect")]
        assert numbers == [count for count in plot.counts if count]
        drawn += zip(numbers, talls, strict=True)
    most = max(number for number, _ in drawn)
    tallest = max(tall for _, tall in drawn)
    for number, tall in drawn:
        assert tall == pytest.approx(tallest * number / most, abs=0.1)


def test_plots_need_no_style_and_no_script(edition: Compendium) -> None:
    """Each plot has a title and a description, takes the colour of its page, and runs nothing."""
    hostile = replace(edition.themes[0], name='<script>alert(1)</script>" onload="x')
    plots = theme_plots(replace(edition, themes=(hostile, *edition.themes[1:])))
    for svg in (*(each.svg for each in plots.plots), topic_map(edition).svg):
        root = etree.fromstring(svg)
        assert root.find(f"{SVG}title").text
        assert root.find(f"{SVG}desc").text
        for each in root.iter():
            assert etree.QName(each).localname not in {"script", "style"}
            assert not any(name == "style" or name.startswith("on") for name in each.attrib)
        assert "#" not in re.sub(r"&#\d+;", "", svg)  # no colour of its own


def test_the_map_shows_each_topic_once(edition: Compendium) -> None:
    """A circle with its number a topic, and the table beside has the same."""
    drawn = topic_map(edition)
    root = etree.fromstring(drawn.svg)
    assert [each.text for each in root.iter(f"{SVG}text")] == ["1.1", "1.2", "2.1"]
    assert [each.entry.number for each in drawn.dots] == ["1.1", "1.2", "2.1"]
    assert len(list(root.iter(f"{SVG}path"))) == 1  # fees and consent name each other: one line
    assert topic_map(edition) == drawn
    assert topic_map(replace(edition, themes=())).dots == ()


def test_what_is_alike_lies_near() -> None:
    """Of three things, the two that are alike lie nearer to one another than to the third."""
    likeness = np.array([[1, 0.9, 0.1], [0.9, 1, 0.1], [0.1, 0.1, 1]])
    places = sheet(likeness, np.full(3, 5.0), 200.0)
    near, far = (np.linalg.norm(places[0] - places[at]) for at in (1, 2))
    assert near < far


@given(st.integers(1, 40), st.sampled_from([0.0, 1.0]))
def test_nothing_lies_on_another_or_off_the_sheet(count: int, alike: float) -> None:
    """Even where all are alike, or none is: circles are whole, and beside one another."""
    likeness = np.maximum(np.eye(count), alike)
    radii = np.full(count, 14.0)
    places = sheet(likeness, radii, 480.0)
    assert places.min() >= 13.99
    assert places.max() <= 466.01
    gaps = np.linalg.norm(places[:, None] - places[None], axis=2) + np.eye(count) * 100
    assert gaps.min() >= 27.0


@given(st.dictionaries(st.integers(1950, 2050), st.integers(1, 9), min_size=1), st.integers(1, 20))
def test_spans_hold_every_year_once(years: dict[int, int], columns: int) -> None:
    """However many years, the columns are few, follow one another and lose nothing."""
    spans = spans_over([years], columns)
    assert 1 <= len(spans) <= columns
    assert sum(span.count(years) for span in spans) == sum(years.values())
    for one, two in pairwise(spans):
        assert two.first == one.last + 1


def test_spans_are_named_as_people_write_them() -> None:
    """`2010`, `2010–14`, `1996–2005`; nothing dated, no columns."""
    assert [each.label for each in spans_over([{2010: 1, 2012: 1}])] == ["2010", "2011", "2012"]
    assert [each.label for each in spans_over([{2010: 1, 2024: 1}], 3)] == [
        *("2010–14", "2015–19", "2020–24")
    ]
    assert spans_over([{}, {2011: 0}]) == ()


def test_shades_go_from_none_to_most() -> None:
    """Nothing is blank, a little is seen, the most is darkest."""
    assert [shade(count, 8) for count in (0, 1, 2, 3, 8)] == [0, 1, 1, 2, 4]
    assert shade(0, 0) == 0


def test_the_sheet_of_plots_stands_alone(edition: Compendium) -> None:
    """One image with both plots and the tables of what they show, in light and dark."""
    root = etree.fromstring(plots_sheet(edition))
    words = [each.text or "" for each in root.iter(f"{SVG}text")]
    for theme in theme_plots(edition).plots:
        row = words.index(f"{theme.number} {theme.theme.name}", words.index("Theme"))
        assert words[row + 1 : row + 1 + len(theme.counts)] == [
            str(count or "–") for count in theme.counts
        ]
    for dot in topic_map(edition).dots:
        row = words.index(f"{dot.entry.number} {dot.entry.topic.name}", words.index("Topic"))
        assert words[row + 1 : row + 3] == [str(len(dot.entry.topic.places)), str(dot.papers)]
    style = next(root.iter(f"{SVG}style")).text or ""
    assert "prefers-color-scheme:dark" in style
    assert hashlib.sha256(style.encode()).digest() == base64.b64decode(
        SHEET_POLICY.partition("sha256-")[2].rstrip("'")
    )
    # Where the style is not permitted it is dark on white, as on paper.
    assert root.get("color") == "#111"
    assert next(root.iter(f"{SVG}rect")).get("fill") == "#fff"


def test_nothing_on_the_sheet_lies_on_another(edition: Compendium) -> None:
    """Texts of one column stand under one another, and all of them on the sheet."""
    root = etree.fromstring(plots_sheet(edition))
    _, _, wide, high = map(float, (root.get("viewBox") or "").split())
    group = next(root.iter(f"{SVG}g"))
    lines = [
        (float(each.get("x")), float(each.get("y"))) for each in group if each.tag == f"{SVG}text"
    ]
    assert len(set(lines)) == len(lines)
    assert all(0 <= x <= wide and 0 <= y <= high for x, y in lines)
    bottom = [
        float(each.get("y")) + float(each.get("height"))
        for each in group
        if each.tag == f"{SVG}svg"
    ]
    assert all(each <= high for each in bottom)

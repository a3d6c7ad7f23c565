"""Plots: well-formed, true to their numbers, readable without seeing them."""

from __future__ import annotations

import xml.etree.ElementTree as ET  # our own pictures, no foreign input

import pytest
from svg import Bar, Series, bars, lines, number

SVG = "{http://www.w3.org/2000/svg}"


def test_bars_are_as_long_as_their_values() -> None:
    """Half the value is half the bar, and each bar ends in its value."""
    root = ET.fromstring(bars("A & B", [Bar(label="a<b", value=4.0), Bar(label="c", value=2.0)]))  # noqa: S314 - made here
    first, second = (float(each.attrib["width"]) for each in root.iter(f"{SVG}rect"))
    assert first == pytest.approx(2 * second, abs=0.1)
    texts = [each.text for each in root.iter(f"{SVG}text")]
    assert texts == ["A & B", "a<b", "4", "c", "2"]


def test_ours_looks_different_also_without_colour() -> None:
    """Our bar has a class of its own, and its label is bold."""
    picture = bars("t", [Bar(label="ours", value=1, own=True), Bar(label="other", value=2)])
    root = ET.fromstring(picture)  # noqa: S314 - made here
    assert [each.attrib["class"] for each in root.iter(f"{SVG}rect")] == ["own", "bar"]
    assert picture.count('class="ownlabel"') == 1


def test_pictures_are_told_in_words() -> None:
    """Who cannot see a plot hears its title and every value of it."""
    picture = lines(
        "Growth",
        [Series(name="p50", points=((1000, 1.5), (10, 0.5)))],
        x_title="passages",
        y_title="ms",
        log=True,
    )
    root = ET.fromstring(picture)  # noqa: S314 - made here
    assert root.attrib["role"] == "img"
    told = {each.attrib["id"]: each.text for each in root if "id" in each.attrib}
    assert told == {"title": "Growth", "told": "p50: 0.5 at 10, 1.5 at 1,000 passages"}
    assert root.attrib["aria-labelledby"].split() == list(told)
    assert "prefers-color-scheme: dark" in picture


@pytest.mark.parametrize("log", [False, True])
def test_points_lie_where_their_values_are(*, log: bool) -> None:
    """More to the right is more, higher is more; a power of ten is as far as the next one."""
    series = Series(name="s", points=((1, 1), (10, 10), (100, 100)))
    root = ET.fromstring(lines("t", [series], x_title="x", y_title="y", log=log))  # noqa: S314 - made here
    spots = [
        (float(each.attrib["cx"]), float(each.attrib["cy"])) for each in root.iter(f"{SVG}circle")
    ]
    (ax, ay), (bx, by), (cx, cy) = spots
    assert ax < bx < cx
    assert ay > by > cy
    steps = (cx - bx) / (bx - ax), (by - cy) / (ay - by)
    assert steps == pytest.approx((1, 1) if log else (10, 10), rel=0.02)


def test_one_point_and_noughts_are_drawn() -> None:
    """One size only, or a value of 0 on a plain axis, is no reason to fail."""
    lines("t", [Series(name="s", points=((1000, 1),))], x_title="x", y_title="y", log=True)
    lines("t", [Series(name="s", points=((0, 0),))], x_title="x", y_title="y")
    bars("t", [Bar(label="a", value=0)])


def test_what_cannot_be_drawn_is_said() -> None:
    """No values, or a nought on a logarithmic axis, are errors that name the plot."""
    with pytest.raises(ValueError, match="'t' has no bars"):
        bars("t", [])
    with pytest.raises(ValueError, match="'t' has no points"):
        lines("t", [], x_title="x", y_title="y")
    with pytest.raises(ValueError, match="above 0"):
        lines("t", [Series(name="s", points=((0, 1),))], x_title="x", y_title="y", log=True)


def test_small_and_large_numbers_are_short() -> None:
    """Three figures that count; thousands are separated."""
    assert [number(each) for each in (0.00123, 1.0, 12.34, 999.96, 1e6)] == [
        "0.00123",
        "1",
        "12.3",
        "1,000",
        "1,000,000",
    ]

"""Dates and times of mastheads and timetables, in six languages."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typesetting.wording import printed_date

from wgsearch.papers.dates import find_dates, find_day, find_times, parse_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("25 April 2022", "2022-04-25"),
        ("1er avril 2024", "2024-04-01"),
        ("22 de abril de 2024", "2024-04-22"),
        ("29 января 2010", "2010-01-29"),
        ("2024年7月1日", "2024-07-01"),
        ("12 August, 2024.", "2024-08-12"),
    ],
)
def test_the_date_of_issue_is_read_in_the_language_of_the_edition(text: str, expected: str) -> None:
    """The line says nothing but the date."""
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    "text",
    ["31 June 2024", "Vienna, 25 April 2022", "April 2022", "25.4.2022", "", "2022年13月1日"],
)
def test_what_is_no_whole_date_stays_unread(text: str) -> None:
    """Days that no calendar has, and lines with more words, are not guessed at."""
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Vienna, 12 and 13 October 2021", "2021-10-12", "2021-10-13"),
        ("Vienna, 27-29 January 2010", "2010-01-27", "2010-01-29"),
        ("Vienna, 15\N{EN DASH}19 October 2018", "2018-10-15", "2018-10-19"),
        ("held in Vienna from 27 to 29 January 2010", "2010-01-27", "2010-01-29"),
        ("Vienna, 31 August\N{EN DASH}4 September 2020", "2020-08-31", "2020-09-04"),
        ("Vienne, 1er et 2 juillet 2024", "2024-07-01", "2024-07-02"),
        ("Vienne, du 6 au 8 septembre 2017", "2017-09-06", "2017-09-08"),
        ("Viena, 27 a 29 de enero de 2010", "2010-01-27", "2010-01-29"),
        ("celebrada del 6 al 8 de septiembre de 2017", "2017-09-06", "2017-09-08"),
        ("Viena, 1 y 2 de julio de 2024", "2024-07-01", "2024-07-02"),
        ("Вена, 27\N{EN DASH}29 января 2010 года", "2010-01-27", "2010-01-29"),
        ("2002年7月1日至26日,纽约", "2002-07-01", "2002-07-26"),
        ("2002年7月30日至8月2日", "2002-07-30", "2002-08-02"),
        ("Tuesday, 12 October 2021, at 11 a.m.", "2021-10-12", "2021-10-12"),
        ("14 18 May 2018", "2018-05-14", "2018-05-18"),
    ],
)
def test_dates_of_a_meeting_are_read(text: str, first: str, last: str) -> None:
    """Ranges with dashes or words, over two months, and with a lost dash."""
    assert find_dates(text) == (first, last)


@pytest.mark.parametrize("text", ["", "12 workers", "resolution 55/25", "29-27 Janvember 2010"])
def test_no_dates_are_made_up(text: str) -> None:
    """Numbers are no dates."""
    assert find_dates(text) is None


def test_a_row_of_a_timetable_takes_the_year_of_the_meeting() -> None:
    """Rows name the weekday, the day and the month."""
    assert find_day("Tuesday, 28 June", year=2022) == "2022-06-28"
    assert find_day("Mardi 2 juillet", year=2024) == "2024-07-02"
    assert find_day("Tuesday, 28 June", year=None) is None
    assert find_day("Tuesday, 29 February", year=2023) is None
    assert find_day("Opening of the session", year=2023) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11 a.m.\N{EN DASH}1 p.m.", ("11:00", "13:00")),
        ("10 a.m.-1 p.m.", ("10:00", "13:00")),
        ("3\N{EN DASH}6 p.m.", ("15:00", "18:00")),
        ("10.30 a.m.-12.45 p.m.", ("10:30", "12:45")),
        ("9:30-11 a.m.", ("09:30", "11:00")),
        ("10 h 30-13 h", ("10:30", "13:00")),
        ("15 h-18 h", ("15:00", "18:00")),
        ("10.00-13.00", ("10:00", "13:00")),
        ("11\N{EN DASH}1 p.m.", ("11:00", "13:00")),
        ("12 noon", None),
        ("25-27", None),
        ("", None),
    ],
)
def test_hours_of_a_meeting_are_read(text: str, expected: tuple[str, str] | None) -> None:
    """An hour without a.m. or p.m. takes that of the other, unless it would not be earlier."""
    assert find_times(text) == expected


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(["en", "fr", "es"]))
def test_every_day_can_be_printed_and_read(day: dt.date, language: str) -> None:
    """A printed date is read back, whatever the day."""
    assert parse_date(printed_date(day, language=language)) == day.isoformat()


@pytest.mark.parametrize("text", ["12 and " * 15_000, " " * 100_000, "1-" * 50_000, "de " * 33_000])
def test_long_text_is_read_in_one_go(text: str) -> None:
    """No text makes the search run without end."""
    assert parse_date(text) is None
    assert find_dates(text) is None
    assert find_day(text, year=2024) is None
    assert find_times(text) is None or "-" in text

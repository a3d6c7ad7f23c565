"""Dates, languages and numbers are called the same in pages and packs."""

from __future__ import annotations

import pytest

from wgsearch.export.wording import counted, day, direction, joined, language_name


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        ("2022-04-25", "25 April 2022"),
        ("2022-04", "April 2022"),
        ("2022", "2022"),
        (None, "undated"),
    ],
)
def test_dates_for_people(date: str | None, shown: str) -> None:
    """A date is shown as precisely as it is printed."""
    assert day(date) == shown


def test_languages_have_names_and_directions() -> None:
    """Arabic runs from right to left; a bilingual paper names both languages."""
    assert direction("ar") == "rtl"
    assert direction("zh") == "ltr"
    assert language_name("en+fr") == "English and French"
    assert language_name("tlh") == "tlh"


def test_numbers_and_lists_read_as_sentences() -> None:
    """One paper, two papers; a, b and c."""
    assert counted(1, "paper") == "1 paper"
    assert counted(1024, "paper") == "1,024 papers"
    assert joined(["a"]) == "a"
    assert joined(["a", "b", "c"]) == "a, b and c"

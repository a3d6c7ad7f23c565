"""A line of contents gives its words: dots and page numbers go, and nothing else does."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wgsearch.agenda.units import _without_leaders

# What it does, said as a pattern; as one it is too slow for long runs of dots.
_SAID = re.compile(r"(?:\s*\.){4,}[\s.]*(?:\d{1,3})?\s*$|\s?…+\s*\d{1,3}\s*$")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Opening of the session ........ 3", "Opening of the session"),
        ("Opening of the session . . . . 12 ", "Opening of the session"),
        ("Opening of the session ….. 3", "Opening of the session ….. 3"),
        ("Opening of the session …… 3", "Opening of the session"),
        ("Opening of the session ... 3", "Opening of the session ... 3"),
        ("Opening of the session ........ 2024", "Opening of the session ........ 2024"),
        ("And so on....", "And so on"),
    ],
)
def test_dots_and_page_numbers_go(line: str, words: str) -> None:
    """Four dots or an ellipsis lead to a page; fewer dots and years belong to the words."""
    assert _without_leaders(line) == words


@given(st.text(alphabet=" ..…1a\n", max_size=14))
def test_it_is_what_the_pattern_says(line: str) -> None:
    """The same as the pattern for every line."""
    expected = _SAID.sub("", line) if _SAID.search(line) else line
    assert _without_leaders(line).strip() == expected.strip()


def test_a_long_run_of_dots_takes_no_time() -> None:
    """A million dots that lead nowhere, with and without spaces, are read in a moment."""
    began = time.process_time()
    for line in ("." * 1_000_000 + "x", ". " * 500_000, ". " * 500_000 + "x"):
        _without_leaders(line)
    assert time.process_time() - began < 2

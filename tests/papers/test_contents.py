"""Lists of contents are no text of a paper, and say which headings it has."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from wgsearch.papers.contents import differing, without_contents
from wgsearch.papers.paper import Heading

if TYPE_CHECKING:
    from collections.abc import Callable

    from wgsearch.papers.paper import Line

ENTRIES = [
    "Contents",
    "I. Introduction ............ 3",
    "II. Shelters for men who were ............",
    "trafficked for work in the fields ............ 5",
]


def _heading(text: str) -> Heading:
    return Heading(level=1, label=None, text=text, page=2, before=0)


def test_contents_are_taken_off(make_line: Callable[..., Line]) -> None:
    """Entries go, and so does the list of annexes below them; the text stays."""
    texts = [*ENTRIES, "Annexes", "1. Questionnaire", "2. Replies received"]
    lines = [*(make_line(text) for text in texts), make_line("The text.", page=2)]
    found = without_contents(lines)
    assert [line.text for line in found.body] == ["The text."]
    assert len(found.contents) == len(texts)


def test_a_heading_on_the_page_of_the_contents_ends_them(make_line: Callable[..., Line]) -> None:
    """In short papers the text begins under the list."""
    texts = [*ENTRIES, "Annexes", "1. Questionnaire"]
    lines = [make_line(text) for text in texts]
    lines += [make_line("I. Introduction", bold=True), make_line("1. The text.")]
    assert [line.text for line in without_contents(lines).body] == [
        "I. Introduction",
        "1. The text.",
    ]


TYPED = [
    "Contents",
    "Paragraphs",
    "I. Shelters for men {}",
    "A. Who asks for a bed {}",
    "Annex Questionnaire {}",
]
TEXT = [
    "I. Shelters for men",
    "1. Men ask for shelter later than women, as set out in article 9",
    "A. Who asks for a bed",
    "2. Most are sent by a nurse.",
    "Annex",
    "Questionnaire",
]


@pytest.mark.parametrize("place", ["1–3", "12", "iv", "4-5 11", "30 – 31"])
def test_typed_contents_are_taken_off(make_line: Callable[..., Line], place: str) -> None:
    """In Word an entry may be typed: a heading's words, then its page or its paragraphs."""
    typed = [each.format(place) for each in TYPED]
    lines = [replace(make_line(text), style="Normal", box=None) for text in (*typed, *TEXT)]
    found = without_contents(lines)
    assert [line.text for line in found.contents] == typed
    assert [line.text for line in found.body] == TEXT
    assert differing(found.contents, [_heading("Shelters for men"), _heading("Nurses")]) != []
    read = ["Shelters for men", "Who asks for a bed"]
    assert differing(found.contents, [_heading(text) for text in read]) == []


def test_a_heading_with_a_number_is_no_entry(make_line: Callable[..., Line]) -> None:
    """Text that begins right below the contents is kept, although a heading ends with a number."""
    below = ["Introduction", "The rules follow.", "Rule 1", "Beds are free.", "Box 2", "A night."]
    texts = ["Contents", "Introduction 2", *below]
    lines = [replace(make_line(text), style="Normal", box=None) for text in texts]
    assert [line.text for line in without_contents(lines).body] == below


def test_an_entry_without_its_heading_is_named(make_line: Callable[..., Line]) -> None:
    """Words count, labels and case do not; tables and annexes are no headings."""
    lines = [make_line(text) for text in [*ENTRIES, "Table 1. Shelters by district ....... 9"]]
    read = [
        _heading("INTRODUCTION"),
        _heading("Shelters for men trafficked for work in the fields"),
    ]
    assert differing(lines, read) == []
    (warning,) = differing(lines, [_heading("Introduction"), _heading("Closing of the meeting")])
    assert warning.code == "contents_differ"
    assert "Shelters for men" in warning.message
    assert differing([], read) == []


def test_label_and_title_may_be_two_headings(make_line: Callable[..., Line]) -> None:
    """`Programme 5` above `Shelters` is the entry `Programme 5. Shelters`."""
    lines = [make_line("Contents"), make_line("Programme 5. Shelters ........ 9")]
    assert differing(lines, [_heading("Programme 5"), _heading("Shelters")]) == []

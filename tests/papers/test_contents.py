"""Lists of contents are no text of a paper, and say which headings it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

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

"""What is printed on every page goes; notes are kept apart; the text stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wgsearch.papers.furniture import body_size, sort_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from wgsearch.papers.paper import Line

HEIGHT = 842.0
SERIES = "DEMO/COP/WG.4"
WORDS = "A sentence of the body that is long enough to show in which size the paper is set."


def _page(make_line: Callable[..., Line], number: int, *more: Line) -> list[Line]:
    """A page with a running head, four lines of text and a foot; other lines before the foot."""
    body = [make_line(WORDS, page=number, y=100 + 14 * row) for row in range(4)]
    head = make_line(f"{SERIES}/2024/2", page=number, y=40, size=9)
    foot = make_line(f"{number}/9 V.24-00012", page=number, y=790, size=8)
    return [head, *body, *more, foot]


def _texts(lines: tuple[Line, ...]) -> list[str]:
    return [line.text for line in lines if line.text != WORDS]


def test_running_heads_and_feet_are_taken_off(make_line: Callable[..., Line]) -> None:
    """Head, page number and job number are no text; the head's symbol and the job are kept."""
    pages = [_page(make_line, number) for number in (1, 2, 3)]
    found = sort_lines(pages, [HEIGHT] * 3)
    assert _texts(found.lines) == [f"{SERIES}/2024/2"]  # of page 1: that is the masthead
    assert found.heads == (f"{SERIES}/2024/2",)
    assert found.size == 11.0
    assert found.footnotes == ()


@pytest.mark.parametrize(
    "foot",
    [
        "V.24-00012 (E) 220424 230424",
        "24-00012 (E) 220424 *2400012*",
        "V.24-00012",
        "*2400012*",
        "2/17",
        "Page 3",
        "- 3 -",
        "iv",
    ],
)
def test_every_form_of_foot_is_taken_off(make_line: Callable[..., Line], foot: str) -> None:
    """Job numbers of all stations, barcodes and page numbers stand in the foot margin."""
    pages = [[make_line(WORDS), make_line(foot, y=790, size=8)]]
    assert _texts(sort_lines(pages, [HEIGHT]).lines) == []


def test_a_number_within_the_text_is_never_cut(make_line: Callable[..., Line]) -> None:
    """`resolution 7/1` and a line that is a fraction stay where they stand in the text."""
    pages = [[make_line(WORDS), make_line("7/1", y=320), make_line("in its resolution 7/1", y=334)]]
    assert _texts(sort_lines(pages, [HEIGHT]).lines) == ["7/1", "in its resolution 7/1"]


def test_the_old_running_head_of_three_lines_is_taken_off(make_line: Callable[..., Line]) -> None:
    """Old papers print the symbol, the edition and the page one under the other."""
    heads = [
        make_line(text, page=2, y=30 + 11 * row, size=9)
        for row, text in enumerate((f"{SERIES}/2024/2", "English", "Page 2"))
    ]
    pages = [[make_line(WORDS)], [*heads, make_line(WORDS, page=2)]]
    assert _texts(sort_lines(pages, [HEIGHT] * 2).lines) == []


def test_words_on_every_page_are_furniture(make_line: Callable[..., Line]) -> None:
    """A notice in the margin of most pages is no text, whatever its words and its page number."""
    pages = [
        [
            make_line(f"Advance copy for delegates {page}", page=page, y=40),
            make_line(WORDS, page=page),
        ]
        for page in (1, 2, 3)
    ]
    assert _texts(sort_lines(pages, [HEIGHT] * 3).lines) == ["Advance copy for delegates 1"]


def test_notes_at_the_foot_are_kept_apart(make_line: Callable[..., Line]) -> None:
    """A raised number in smaller type opens a note; its next line belongs to it."""
    pages = [
        _page(
            make_line,
            1,
            make_line("* DEMO/COP/WG.4/2024/1.", y=700, size=9),
            make_line("1 See the Protocol, articles", y=712, size=9, marks=["1"]),
            make_line("9 and 10, on preven-", y=722, size=9),
            make_line("tion.", y=732, size=9),
            make_line("2 Ibid.", y=744, size=9, marks=["2"]),
        )
    ]
    found = sort_lines(pages, [HEIGHT])
    assert [(note.mark, note.text) for note in found.footnotes] == [
        ("*", "DEMO/COP/WG.4/2024/1."),
        ("1", "See the Protocol, articles 9 and 10, on prevention."),
        ("2", "Ibid."),
    ]
    assert len(found.lines) == 5


def test_hyphens_in_notes_are_mended_as_in_text(make_line: Callable[..., Line]) -> None:
    """A title cut at a line's end is whole in its note; a compound keeps its hyphen."""
    pages = [
        _page(
            make_line,
            1,
            make_line("1 Protocol on the chil-", y=702, size=9, marks=["1"]),
            make_line("dren of workers, resolu-", y=712, size=9),
            make_line("tion 55/25; see the long-", y=722, size=9),
            make_line("term plan for children and its long history.", y=732, size=9),
        )
    ]
    (note,) = sort_lines(pages, [HEIGHT]).footnotes
    assert note.text == (
        "Protocol on the children of workers, resolution 55/25; see the long-term plan for"
        " children and its long history."
    )


def test_a_note_goes_on_after_a_number_that_is_not_due(make_line: Callable[..., Line]) -> None:
    """`paras. 7,` / `14 and 15.` is one note: notes are numbered through, and 14 is not next."""
    pages = [
        _page(
            make_line,
            1,
            make_line("1 On first contact, see paras. 7,", y=712, size=9, marks=["1"]),
            make_line("14 and 15.", y=722, size=9),
        )
    ]
    (note,) = sort_lines(pages, [HEIGHT]).footnotes
    assert note.text == "On first contact, see paras. 7, 14 and 15."


def test_rules_and_unraised_marks_of_plain_text_make_notes(make_line: Callable[..., Line]) -> None:
    """Below a rule the next number opens a note although nothing is raised."""
    pages = [
        _page(
            make_line,
            1,
            make_line("__________", y=690, size=9),
            make_line("1 General Assembly resolution 55/25.", y=712, size=9),
        )
    ]
    found = sort_lines(pages, [HEIGHT])
    assert [(note.mark, note.text) for note in found.footnotes] == [
        ("1", "General Assembly resolution 55/25.")
    ]


def test_rows_of_a_table_are_no_notes(make_line: Callable[..., Line]) -> None:
    """Small type and a number in the first cell are not enough."""
    rows = [
        make_line(f"{n} cases", y=500 + 12 * n, size=9, cells=[(str(n), 113), ("cases", 250)])
        for n in (1, 2, 3)
    ]
    assert sort_lines([_page(make_line, 1, *rows)], [HEIGHT]).footnotes == ()


def test_gaps_are_measured_against_solid_lines(make_line: Callable[..., Line]) -> None:
    """A paragraph set apart by half a line shows; the first line of a page has no gap."""
    pages = [[make_line(WORDS, y=100 + 13.2 * row) for row in range(4)]]
    pages[0].append(make_line("Next.", y=100 + 13.2 * 4 + 5.5))
    gaps = [line.gap for line in sort_lines(pages, [HEIGHT]).lines]
    assert gaps == [None, 0.0, 0.0, 0.0, 0.5]


def test_specks_of_scans_are_no_text(make_line: Callable[..., Line]) -> None:
    """What is set smaller than anybody can read is left out."""
    pages = [[make_line(WORDS), make_line("speck", y=400, size=1.0)]]
    assert _texts(sort_lines(pages, [HEIGHT]).lines) == []


def test_the_body_size_is_that_of_most_characters(make_line: Callable[..., Line]) -> None:
    """Headings and notes are fewer."""
    assert body_size([make_line(WORDS), make_line("I", size=14), make_line("note", size=9)]) == 11.0
    assert body_size([]) is None


def test_heads_of_left_and_right_pages_are_taken_off(make_line: Callable[..., Line]) -> None:
    """The title of the part on the left, that of the chapter on the right, and they change."""
    titles = ["Part II Shelters", "Chapter 4 Fields", "Part II Shelters", "Chapter 4 Fields"]
    titles += ["Part II Shelters", "Chapter 5 Roads", "Part II Shelters", "Chapter 5 Roads"]
    pages = [
        [make_line(title, page=at, y=52, size=9), make_line(WORDS, page=at)]
        for at, title in enumerate(titles, start=2)
    ]
    pages.insert(0, [make_line(WORDS)])
    assert _texts(sort_lines(pages, [HEIGHT] * len(pages)).lines) == []


def test_words_at_another_height_are_no_head(make_line: Callable[..., Line]) -> None:
    """Two pages may begin with the same words by chance."""
    pages = [
        [make_line(WORDS, page=1)],
        [make_line("Shelters", page=2, y=52), make_line(WORDS, page=2)],
        [make_line("Shelters", page=3, y=70), make_line(WORDS, page=3)],
        [make_line(WORDS, page=4)],
        [make_line(WORDS, page=5)],
    ]
    assert _texts(sort_lines(pages, [HEIGHT] * 5).lines) == ["Shelters", "Shelters"]


def test_words_set_downwards_are_taken_off(make_line: Callable[..., Line]) -> None:
    """Covers print the symbol at their edge, a character a line."""
    downwards = [make_line(char, y=200 + 9 * at, x=40) for at, char in enumerate("DEMO/1")]
    pages = [[make_line(WORDS), *downwards, make_line(WORDS, y=500)]]
    assert _texts(sort_lines(pages, [HEIGHT]).lines) == []


def test_a_page_number_above_the_foot_margin_is_taken_off(make_line: Callable[..., Line]) -> None:
    """It stands alone, well under the last line; a figure in a column does not."""
    pages = [[make_line(WORDS, y=690), make_line("12", y=735)]]
    assert _texts(sort_lines(pages, [HEIGHT]).lines) == []
    pages = [[make_line(WORDS, y=721), make_line("12", y=733)]]
    assert _texts(sort_lines(pages, [HEIGHT]).lines) == ["12"]


def test_a_note_as_large_as_the_text_is_whole(make_line: Callable[..., Line]) -> None:
    """Its second line is no part of the sentence that the page cuts."""
    pages = [
        [
            make_line(WORDS),
            make_line("* A note in the size of the text that", y=700),
            make_line("goes on here.", y=712),
        ],
        [make_line(WORDS, page=2)],
    ]
    found = sort_lines(pages, [HEIGHT] * 2)
    assert [note.text for note in found.footnotes] == [
        "A note in the size of the text that goes on here."
    ]
    assert _texts(found.lines) == []

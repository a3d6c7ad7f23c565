"""Rows of tables: whole cells, whole rows, and no paragraph among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wgsearch.papers.tables import find_rows, row_cells

if TYPE_CHECKING:
    from collections.abc import Callable

    from wgsearch.papers.paper import Line


def _rows(*lines: Line) -> list[list[str]]:
    """Rows as lists of cells."""
    return [
        [" ".join(cell) for cell in row_cells([lines[at] for at in row])]
        for row in find_rows(lines)
    ]


def _row(make_line: Callable[..., Line], gap: float, *cells: tuple[str, float]) -> Line:
    text = " ".join(words for words, _ in cells)
    return make_line(text, x=cells[0][1], size=9, gap=gap, cells=cells)


def test_cells_of_several_lines_are_whole(make_line: Callable[..., Line]) -> None:
    """Rows are set apart; the lines of a cell, also of the first one, are set solid."""
    assert _rows(
        _row(make_line, 0.7, ("Question", 113), ("Answer", 225), ("Source", 361)),
        _row(make_line, 0.15, ("Must an organ", 113), ("No; the purpose", 225), ("Protocol", 361)),
        _row(make_line, -0.08, ("be removed?", 113), ("is enough", 225)),
        _row(make_line, -0.08, ("for a charge", 225)),
        _row(make_line, 0.14, ("Age", 113), ("Irrelevant", 225), ("Protocol,", 361)),
        _row(make_line, -0.08, ("article 3", 361)),
        make_line("5. Nothing in article 3 requires", gap=1.3),
        make_line("that a border be crossed.", x=113),
    ) == [
        ["Question", "Answer", "Source"],
        ["Must an organ be removed?", "No; the purpose is enough for a charge", "Protocol"],
        ["Age", "Irrelevant", "Protocol, article 3"],
    ]


def test_a_head_of_two_lines_is_one_row(make_line: Callable[..., Line]) -> None:
    """Heads are aligned at the foot, so that their first line may hold one cell only."""
    assert _rows(
        _row(make_line, 0.7, ("Trafficking for removal", 225)),
        _row(make_line, -0.1, ("Question", 113), ("of organs", 225), ("Of organs alone", 361)),
        _row(make_line, 0.16, ("Treaty", 113), ("Protocol", 225), ("Convention", 361)),
        _row(make_line, -0.08, ("of 2000", 225)),
    ) == [
        ["Question", "Trafficking for removal of organs", "Of organs alone"],
        ["Treaty", "Protocol of 2000", "Convention"],
    ]


def test_rows_of_a_timetable_may_have_an_empty_first_cell(make_line: Callable[..., Line]) -> None:
    """An item under the same hour is a row of its own; a date fills the first cell alone."""
    assert _rows(
        _row(make_line, 0.7, ("Date and time", 113), ("Item", 198), ("Title", 274)),
        _row(make_line, 0.6, ("Monday, 1 July", 113)),
        _row(make_line, 0.13, ("10 a.m.", 113), ("1 (a)", 198), ("Opening of the session", 274)),
        _row(make_line, 0.13, ("1 (b)", 198), ("Adoption of the agenda", 274)),
        _row(make_line, -0.08, ("and organization of work", 274)),
        _row(make_line, 0.14, ("2", 198), ("Child victims", 274)),
    ) == [
        ["Date and time", "Item", "Title"],
        ["Monday, 1 July"],
        ["10 a.m.", "1 (a)", "Opening of the session"],
        ["1 (b)", "Adoption of the agenda and organization of work"],
        ["2", "Child victims"],
    ]


def test_rows_set_solid_begin_with_their_first_cell(make_line: Callable[..., Line]) -> None:
    """Where no space parts the rows, an empty first cell goes on with the row above."""
    assert _rows(
        _row(make_line, 0.0, ("France", 113), ("ratified in", 225)),
        _row(make_line, 0.0, ("the year 2002", 225)),
        _row(make_line, 0.0, ("Kenya", 113), ("acceded", 225)),
    ) == [["France", "ratified in the year 2002"], ["Kenya", "acceded"]]


def test_a_number_and_its_text_are_no_table(make_line: Callable[..., Line]) -> None:
    """Numbered paragraphs with a hanging number stand in two cells and are prose."""
    assert (
        _rows(
            *(
                make_line(f"{n}. A paragraph.", cells=[(f"{n}.", 113), ("A paragraph.", 142)])
                for n in (1, 2, 3)
            )
        )
        == []
    )
    assert (
        _rows(make_line("one line with a gap", cells=[("one line", 113), ("with a gap", 300)]))
        == []
    )

"""Agendas written by hand, behind an ordinary masthead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wgsearch.agenda import read_agenda
from wgsearch.papers.paper import Box, Cell, Line
from wgsearch.papers.reader import read_file

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from wgsearch.agenda import Agenda

HEAD = """United Nations DEMO
/COP/WG.4/2024/1

Distr.: General
15 April 2024

Original: English

Demonstration Working Group on Trafficking in Persons
Third session
Vienna, 1 and 2 July 2024

{title}

"""


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Agenda | None]:
    """`written(text, title=...)`: the agenda that a text with an ordinary masthead holds."""

    def read(text: str, *, title: str = "Annotated provisional agenda") -> Agenda | None:
        path = tmp_path / "agenda.txt"
        path.write_text(HEAD.format(title=title) + text, encoding="utf-8")
        return read_agenda(read_file(path))

    return read


def _line(
    text: str,
    *,
    page: int = 1,
    x: float = 113.0,
    gap: float | None = 0.0,
    bold: bool = False,
    marks: Sequence[str] = (),
) -> Line:
    """A printed line of 10 points; each of *marks* is raised where it stands last."""
    right = x + 5.0 * len(text)
    return Line(
        text=text,
        page=page,
        box=Box(page=page, x0=x, y0=300.0, x1=right, y1=310.0),
        size=10.0,
        bold=bold,
        indent=x,
        marks=tuple((text.rindex(mark), text.rindex(mark) + len(mark)) for mark in marks),
        cells=(Cell(text=text, x0=x, x1=right, size=10.0, bold=bold),),
        gap=gap,
    )


@pytest.fixture(scope="session")
def make_line() -> Callable[..., Line]:
    """`make_line(text, *, page, x, gap, bold, marks)`: a line as the reader of PDFs gives it."""
    return _line

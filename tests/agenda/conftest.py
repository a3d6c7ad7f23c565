"""Agendas written by hand, behind an ordinary masthead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wgsearch.agenda import read_agenda
from wgsearch.papers.reader import read_file

if TYPE_CHECKING:
    from collections.abc import Callable
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

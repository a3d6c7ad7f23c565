"""Agendas: items, sub-items, annotations, documentation and timetable."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wgsearch.agenda import Agenda, ListedDocument, Slot, read_agenda
from wgsearch.papers.reader import read_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

ROOT = Path(__file__).parents[2]
SERIES = "DEMO/COP/WG.4"
HEAD = """United Nations DEMO
/COP/WG.4/2024/1

Distr.: General
15 April 2024

Original: English

Demonstration Working Group on Trafficking in Persons
Third session
Vienna, 1 and 2 July 2024

Annotated provisional agenda

"""


@pytest.fixture
def agenda(tmp_path: Path) -> Callable[[str], Agenda | None]:
    """`agenda(text)`: the agenda that a text with an ordinary masthead holds."""

    def read(text: str) -> Agenda | None:
        path = tmp_path / "agenda.txt"
        path.write_text(HEAD + text)
        return read_agenda(read_file(path))

    return read


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The reading of the sample's sources, which is no part of the installed package."""
    monkeypatch.syspath_prepend(str(ROOT / "corpus"))
    return importlib.import_module("typesetting.source")


LIST = """Provisional agenda

1. Organizational matters:

(a) Opening of the session;

(b) Adoption of the agenda.

2. Application of article 3, paragraph 4 (c), to child victims.

3. Adoption of the report.

Annotations

1. Organizational matters

(a) Opening of the session

The session will be opened on 1 July 2024 at 10 a.m.

2. Application of article 3, paragraph 4 (c), to child victims

"""


def _items(found: Agenda | None) -> dict[str, str]:
    assert found is not None
    return {item.number: item.title for item in found.items}


def test_the_list_gives_items_and_sub_items(agenda: Callable[[str], Agenda | None]) -> None:
    """Titles without their final mark; `(c)` within a title opens no sub-item."""
    found = agenda(LIST)
    assert found is not None
    assert (found.symbol, found.title) == (f"{SERIES}/2024/1", "Annotated provisional agenda")
    assert _items(found) == {
        "1": "Organizational matters",
        "2": "Application of article 3, paragraph 4 (c), to child victims",
        "3": "Adoption of the report",
    }
    assert [(each.number, each.title) for each in found.items[0].sub_items] == [
        ("1 (a)", "Opening of the session"),
        ("1 (b)", "Adoption of the agenda"),
    ]
    assert found.items[0].annotation == "The session will be opened on 1 July 2024 at 10 a.m."
    assert found.items[2].annotation is None


def test_documentation_lists_papers_and_prose_only_mentions_them(
    agenda: Callable[[str], Agenda | None],
) -> None:
    """A symbol in a sentence is a mention; the entries under the word are the papers."""
    found = agenda(
        LIST
        + f"""The Working Group had before it a report ({SERIES}/2023/4, para. 23) on the matter.

Documentation

Background paper prepared by the Secretariat on child victims ({SERIES}/2024/3)

Note on costs ({SERIES}/2024/6 and {SERIES}/2024/6/Add.1)

Oral report of the Chair

3. Adoption of the report

The Working Group is expected to adopt a report.

Documentation: None
"""
    )
    assert found is not None
    assert found.items[1].documents == (
        ListedDocument(
            symbol=f"{SERIES}/2024/3",
            title="Background paper prepared by the Secretariat on child victims",
        ),
        ListedDocument(symbol=f"{SERIES}/2024/6", title="Note on costs"),
        ListedDocument(symbol=f"{SERIES}/2024/6/Add.1", title="Note on costs"),
        ListedDocument(symbol=None, title="Oral report of the Chair"),
    )
    assert found.items[2].documents == ()
    assert "para. 23" in (found.items[1].annotation or "")


def test_the_timetable_gives_items_for_each_meeting(
    agenda: Callable[[str], Agenda | None],
) -> None:
    """A row without an hour belongs to the meeting above; the year is that of the session."""
    found = agenda(
        LIST
        + """Text.

Annex

Proposed organization of work

Date and time\tAgenda item\tTitle or description
Monday, 1 July
10 a.m.-1 p.m.\t1 (a)-(b)\tOrganizational matters
\t2\tChild victims
3-6 p.m.\t2\tChild victims (continued)
Tuesday, 2 July
10 a.m.-1 p.m.\t2 and 3\tChild victims; report
"""
    )
    assert found is not None
    assert found.timetable == (
        Slot(date="2024-07-01", start="10:00", end="13:00", items=("1 (a)", "1 (b)", "2")),
        Slot(date="2024-07-01", start="15:00", end="18:00", items=("2",)),
        Slot(date="2024-07-02", start="10:00", end="13:00", items=("2", "3")),
    )


def test_a_paper_that_is_no_agenda_has_none(tmp_path: Path) -> None:
    """A report with numbered headings is not mistaken for one."""
    path = tmp_path / "report.txt"
    path.write_text(
        HEAD.replace("Annotated provisional agenda", "Report of the Secretariat") + LIST
    )
    assert read_agenda(read_file(path)) is None


@pytest.mark.parametrize("year", ["2022", "2024", "2026"])
def test_the_agendas_of_the_sample_are_read_as_their_sources_say(
    source: ModuleType, year: str
) -> None:
    """Items, sub-items, documentation and timetable, item by item."""
    stem = f"DEMO_COP_WG.4_{year}_1.en"
    blocks = source.read_source(ROOT / f"corpus/sources/{stem}.md").blocks
    found = read_agenda(read_file(ROOT / f"corpus/papers/{stem}.pdf"))
    assert found is not None
    listed: dict[str, str] = {}
    for block in blocks:
        if isinstance(block, source.Paragraph) and block.label:
            parent = next(reversed(listed), "").partition(" ")[0]
            label = (
                block.label.removesuffix(".")
                if block.label[0].isdigit()
                else f"{parent} {block.label}"
            )
            listed[label] = source.plain(block.runs).rstrip(".;:")
    read = {}
    for item in found.items:
        read[item.number] = item.title
        read |= {each.number: each.title for each in item.sub_items}
    assert read == listed
    documents: dict[str, list[str]] = {}
    number, documentation = "", False
    for block in blocks:
        if isinstance(block, source.Heading):
            number = (block.label or number).removesuffix(".") if block.level == 2 else number
            documentation = False
        elif isinstance(block, source.Paragraph) and block.label is None:
            text = source.plain(block.runs)
            if documentation and "(DEMO/" in text:
                documents.setdefault(number, []).append(text.rpartition("(")[2].rstrip(")."))
            documentation = documentation or text == "Documentation"
    assert {
        item.number: [each.symbol for each in item.documents]
        for item in found.items
        if item.documents
    } == documents
    (table,) = [block for block in blocks if isinstance(block, source.Table)]
    hours = [cells for row in table.rows if (cells := [source.plain(cell) for cell in row])[1]]
    taken: list[list[str]] = []
    for hour, item_number, _ in hours:
        if hour:
            taken.append([])
        taken[-1].append(item_number)
    assert [list(slot.items) for slot in found.timetable] == taken
    assert {(slot.date or "")[:4] for slot in found.timetable} == {year}
    assert {slot.start for slot in found.timetable} == {"10:00", "15:00"}


def test_documentation_may_stand_within_the_list(tmp_path: Path) -> None:
    """An agenda without annotations names the papers of an item right under it."""
    file = tmp_path / "agenda.txt"
    file.write_text(
        "DEMO/COP/WG.4/2031/1\n\nDistr.: General\n\n3 March 2031\n\nSixth session\n\n"
        "Provisional agenda\n\n"
        "1. Adoption of the agenda.\n\n2. Shelters and their staff.\n\nDocumentation\n\n"
        "Note by the Secretariat on shelters (DEMO/COP/WG.4/2031/2)\n\n"
        "Report of the drafting group on staff (DEMO/COP/WG.4/2031/3)\n\n"
        "3. Adoption of the report.\n",
        encoding="utf-8",
    )
    agenda = read_agenda(read_file(file))
    assert agenda is not None
    assert [each.number for each in agenda.items] == ["1", "2", "3"]
    listed = {each.number: [one.symbol for one in each.documents] for each in agenda.items}
    assert listed == {
        "1": [],
        "2": ["DEMO/COP/WG.4/2031/2", "DEMO/COP/WG.4/2031/3"],
        "3": [],
    }


def test_words_cut_at_line_ends_are_mended(agenda: Callable[[str], Agenda | None]) -> None:
    """
    An annotation reads as it would be set in one line, and so is found by its words.

    The hyphen of a compound, which the agenda prints elsewhere, stays.
    """
    found = agenda(
        "1. Opening of the session\n2. Shelters\n3. Other matters\n\nAnnotations\n\n"
        "1. Opening of the session\n\nThe session will be opened by the Chair.\n\n"
        "2. Shelters\n\nThe Working Group may wish to consider criminal proceed-\n"
        "ings against owners of shelters, and their long-\nterm costs.\n\n"
        "Shelters have long-term tenants, and their rules are set by proceedings in council.\n\n"
        "3. Other matters\n\nNone has been raised.\n"
    )
    assert found is not None
    annotation = found.items[1].annotation or ""
    assert "criminal proceedings against" in annotation
    assert "their long-term costs" in annotation

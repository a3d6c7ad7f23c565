"""The organization of work, as tables and lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wgsearch.agenda import Slot
from wgsearch.agenda.timetable import cell_items

if TYPE_CHECKING:
    from collections.abc import Callable

    from wgsearch.agenda import Agenda

    Written = Callable[..., Agenda | None]

LIST = """1. Opening of the session.

2. Shelters:

(a) Beds;

(b) Meals;

(c) Pay.

3. Staff.

4. Adoption of the report.

Annex

"""


def _slots(found: Agenda | None) -> list[tuple[str | None, str | None, str | None, str]]:
    assert found is not None
    return [(each.date, each.start, each.end, ", ".join(each.items)) for each in found.timetable]


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("2", ["2"]),
        ("1 (a)", ["1 (a)"]),
        ("1 a)", ["1 (a)"]),
        ("2 (a)-(c)", ["2 (a)", "2 (b)", "2 (c)"]),
        ("2 (a), (b) and (c)", ["2 (a)", "2 (b)", "2 (c)"]),
        ("3 and 4", ["3", "4"]),
        ("Items 2, 3 and 4", ["2", "3", "4"]),
        ("3–5", ["3", "4", "5"]),
        ("2 (continued)", ["2"]),
        ("Item 2: Shelters", ["2"]),
        ("Point 2 a) et b)", ["2 (a)", "2 (b)"]),
        ("3 minutes for each speaker", []),
        ("Shelters", []),
    ],
)
def test_a_cell_names_items(cell: str, items: list[str]) -> None:
    """Numbers, letters, ranges and lists of both; a number in a sentence is none."""
    assert cell_items(cell) == items


@pytest.mark.parametrize(
    ("hours", "start", "end"),
    [
        ("10 a.m.–1 p.m.", "10:00", "13:00"),
        ("3–6 p.m.", "15:00", "18:00"),
        ("10 a.m.–noon", "10:00", "12:00"),
        ("10 a.m. to 12.30 p.m.", "10:00", "12:30"),
        ("10.00-13.00", "10:00", "13:00"),
        ("10:00 – 13:00", "10:00", "13:00"),
        ("10 h - 13 h", "10:00", "13:00"),
        ("10 h 30-13 h", "10:30", "13:00"),
        ("15 heures à 18 heures", "15:00", "18:00"),
        ("15.00 a 18.00 horas", "15:00", "18:00"),
        ("10 ч. 00 м. – 13 ч. 00 м.", "10:00", "13:00"),
    ],
)
def test_hours_as_printed(written: Written, hours: str, start: str, end: str) -> None:
    """Half-days, noon, full stops, colons, and the signs of three further languages."""
    found = written(
        f"{LIST}Proposed organization of work\n\nDate and time\tItem\tTitle\nMonday, 1 July\n"
        f"{hours}\t2\tShelters\n\t3\tStaff\n"
    )
    assert _slots(found) == [("2024-07-01", start, end, "2, 3")]


def test_hours_may_head_the_columns(written: Written) -> None:
    """In a grid each cell below is a meeting of its day."""
    found = written(
        f"{LIST}Timetable\n\n\tMorning 10 a.m.–1 p.m.\tAfternoon 3–6 p.m.\n"
        "Monday, 1 July\tItem 1 Opening; Item 2 Shelters\tItem 2 Shelters (continued)\n"
        "Tuesday, 2 July\tItem 3\tItem 4: Adoption\n"
    )
    assert _slots(found) == [
        ("2024-07-01", "10:00", "13:00", "1, 2"),
        ("2024-07-01", "15:00", "18:00", "2"),
        ("2024-07-02", "10:00", "13:00", "3"),
        ("2024-07-02", "15:00", "18:00", "4"),
    ]


def test_a_timetable_may_be_a_list(written: Written) -> None:
    """Days and hours on lines of their own; a title without a number names its item."""
    found = written(
        f"{LIST}Tentative timetable\n\nMonday, 1 July 2024\n\n10 a.m.–noon\n\n"
        "Item 1. Opening of the session\n\nItem 2. Shelters\n\n3 p.m. to 6 p.m.\n\nStaff\n\n"
        "Tuesday, 2 July 2024\n\n10 a.m. - 1 p.m.\tAdoption of the report\n"
    )
    assert _slots(found) == [
        ("2024-07-01", "10:00", "12:00", "1, 2"),
        ("2024-07-01", "15:00", "18:00", "3"),
        ("2024-07-02", "10:00", "13:00", "4"),
    ]
    assert found is not None
    assert all(item.annotation is None for item in found.items)


def test_a_day_and_its_hours_may_be_set_over_two_lines(written: Written) -> None:
    """`Monday,` above `1 July`, and `10 a.m.–` above `1 p.m.`, are one day and one meeting."""
    found = written(
        f"{LIST}Tentative workplan\n\nDay\tTime\tItem\tSubject\n"
        "Monday,\t10 a.m.–\t1\tOPENING\n1 July\t1 p.m.\t\tWelcome\n\t\t2\tSHELTERS\n"
        "\t3 – 6:00 p.m.\t3\tSTAFF\n"
    )
    assert found is not None
    assert found.timetable == (
        Slot(date="2024-07-01", start="10:00", end="13:00", items=("1", "2")),
        Slot(date="2024-07-01", start="15:00", end="18:00", items=("3",)),
    )


def test_an_agenda_without_hours_has_no_timetable(written: Written) -> None:
    """The words `organization of work` in a title or a sentence begin none."""
    found = written(
        "1. Adoption of the agenda and organization of work.\n\n2. Shelters.\n\nAnnotations\n\n"
        "1. Adoption of the agenda and organization of work\n\n"
        "The organization of work will be agreed upon.\n\n2. Shelters\n\nText.\n"
    )
    assert _slots(found) == []

"""References to agenda items in six languages give numbers, letters, list and marks."""

from __future__ import annotations

import pytest

from wgsearch.papers.items import parse_item_line


@pytest.mark.parametrize(
    ("line", "items", "where", "marks"),
    [
        ("Item 2 (b) of the provisional agenda*", "2 b", "provisional agenda", 1),
        ("Item 2 (c) and (f) of the provisional agenda", "2 c f", "provisional agenda", 0),
        ("Items 3 and 4 of the provisional agenda*", "3; 4", "provisional agenda", 1),
        ("Items 3 to 5 of the agenda", "3; 4; 5", "agenda", 0),
        ("Item 2 (a)–(d) of the provisional agenda", "2 a b c d", "provisional agenda", 0),
        ("Item 4(b)(ii) of the provisional agenda", "4 b ii", "provisional agenda", 0),
        ("Agenda item 124", "124", "agenda", 0),
        ("Agenda items 62, 67, 80 and 110", "62; 67; 80; 110", "agenda", 0),
        ("Item 109 of the preliminary list* *", "109", "preliminary list", 2),
        ("Provisional agenda item 16.2", "16.2", "provisional agenda", 0),
        ("ftem 108 of the provisional agenda*", "108", "provisional agenda", 1),
        (
            "Пункт 2 (a), (c) и (f) предварительной повестки дня *",
            "2 a c f",
            "provisional agenda",
            1,
        ),
        ("Tema 4 a) del programa provisional *", "4 a", "provisional agenda", 1),
        ("Point 3 de l’ordre du jour provisoire*", "3", "provisional agenda", 1),
        ("临时议程* 项目14(g)", "14 g", "provisional agenda", 1),
        ("议程项目3", "3", "agenda", 0),
        ("البند 4 (أ) من جدول الأعمال المؤقت", "4 أ", "provisional agenda", 0),
    ],
)
def test_a_reference_is_taken_apart(line: str, items: str, where: str, marks: int) -> None:
    """Ranges are written out, each letter stays with its number, stars are counted."""
    found = parse_item_line(line)
    assert found is not None
    assert "; ".join(" ".join([each.number, *each.letters]) for each in found.items) == items
    assert (found.list, found.marks) == (where, marks)


@pytest.mark.parametrize(
    "line",
    [
        "Item",
        "Items for discussion and decision",
        "Points of order",
        "Item 2 was adopted without a vote",
        "2 (b)",
        "Item 1, " * 30,
    ],
)
def test_other_lines_refer_to_no_item(line: str) -> None:
    """A sentence about an item is no reference, nor is a line too long to be one."""
    assert parse_item_line(line) is None

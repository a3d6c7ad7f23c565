"""Marks of experts become cases: by majority, each disagreement named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wgsearch.errors import JudgementsError
from wgsearch.evaluation import evaluate_cases, merge, read_cases, read_marks, write_cases

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from wgsearch.evaluation import Mark
    from wgsearch.search import LocalEngine

SERIES = "DEMO/COP/WG.4"
QUESTION = "fees charged to workers turn into debt"
YES: dict[str, object] = {
    "question": QUESTION,
    "symbol": f"{SERIES}/2022/2",
    "paragraph": "1",
    "answers": True,
}


@pytest.fixture
def marked(tmp_path: Path, write_lines: Callable[..., Path]) -> Callable[..., tuple[Mark, ...]]:
    """`marked(*changes)`: marks that differ from a plain yes."""

    def made(*changes: dict[str, object]) -> tuple[Mark, ...]:
        return read_marks(write_lines(tmp_path / "marks.jsonl", [YES | each for each in changes]))

    return made


def test_most_people_decide(marked: Callable[..., tuple[Mark, ...]]) -> None:
    """Two yes and a no answer; one of each leaves it open; both are named."""
    found = merge(
        marked(
            {"by": "A"},
            {"by": "B", "symbol": f"{SERIES}/2022/2*", "question": f" {QUESTION.upper()}"},
            {"by": "C", "answers": False},
            {"by": "A", "paragraph": "2"},
            {"by": "B", "paragraph": "2", "answers": False},
        )
    )
    (case,) = found.cases
    assert case.question == QUESTION
    assert case.kind == "marked"
    assert [each.paragraph for each in case.expected] == ["1"]
    assert [(each.paragraph, each.yes, each.no, each.taken_as) for each in found.disagreements] == [
        ("1", 2, 1, "answers"),
        ("2", 1, 1, "undecided"),
    ]


def test_a_person_has_one_voice(marked: Callable[..., tuple[Mark, ...]]) -> None:
    """Who marks again has changed their mind: the latest counts. Marks without a name all do."""
    later, earlier = {"at": "2031-02-01T09:00"}, {"at": "2031-01-01T09:00"}
    changed = merge(
        marked({"by": "A"} | later, {"by": "A", "answers": False} | earlier, {"by": "B"} | earlier)
    )
    assert changed.disagreements == ()
    assert len(changed.cases) == 1
    in_order = merge(marked({"by": "A"}, {"by": "A", "answers": False}))
    assert in_order.cases == ()
    nameless = merge(marked({}, {}, {"answers": False}))
    assert [(each.yes, each.no) for each in nameless.disagreements] == [(2, 1)]


def test_what_makes_no_case_is_said(marked: Callable[..., tuple[Mark, ...]]) -> None:
    """A mark on nothing that can be named, and a question that nothing is marked to answer."""
    found = merge(marked({"paragraph": None}, {"question": "gravity", "answers": False}))
    assert found.cases == ()
    assert "1 marks name neither a paragraph's number" in found.notes[0]
    assert "whether nothing answers it is for a person to say" in found.notes[-1]


def test_marks_come_round(
    tmp_path: Path,
    marked: Callable[..., tuple[Mark, ...]],
    tiny_engine: LocalEngine,
) -> None:
    """Marks are made into cases, written, read again and asked: what was marked comes first."""
    found = merge(
        marked(
            {"part": "body", "language": "en"},
            {
                "question": "shelters",
                "symbol": "notes/drafter.txt",
                "paragraph": None,
                "begins": "Shelters for men",
            },
        )
    )
    write_cases(tmp_path / "cases.jsonl", found.cases)
    read = read_cases(tmp_path / "cases.jsonl")
    assert read.cases == found.cases
    asked = evaluate_cases(read, tiny_engine, mode="lexical")
    assert [each.rank for each in asked.answered] == [1, 1]
    assert asked.notes == ()


def test_ids_stay_when_marks_are_added(marked: Callable[..., tuple[Mark, ...]]) -> None:
    """A later export keeps the ids of its questions, so that reports can be read side by side."""
    few = merge(marked({}))
    more = merge(marked({"question": "another"}, {}, {"by": "B"}))
    assert few.cases[0].id == more.cases[1].id


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"answers": "yes"}, "'answers' is neither true nor false"),
        ({"symbol": None}, "'symbol' is missing, expected a text"),
        ({"paragraph": 3}, "'paragraph' is 3, expected a text"),
    ],
)
def test_a_wrong_mark_is_named(
    marked: Callable[..., tuple[Mark, ...]], change: dict[str, object], message: str
) -> None:
    """Line and file, and what is expected."""
    with pytest.raises(JudgementsError, match=f"line 2 of 'marks.jsonl': {message}"):
        marked({}, change)

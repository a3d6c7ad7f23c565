"""Relevance cases: a wrong line is named with its fix; a right one is asked and told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from wgsearch.answers import Hit
from wgsearch.errors import JudgementsError
from wgsearch.evaluation import evaluate_cases, read_cases, write_cases
from wgsearch.evaluation.answered import AnsweredCase, verdicts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from wgsearch.answers import Answer, Query
    from wgsearch.passages import Passage
    from wgsearch.search import LocalEngine

SERIES = "DEMO/COP/WG.4"
GOOD: dict[str, object] = {
    "id": "a",
    "question": "Who pays recruitment fees?",
    "expected": [{"symbol": f"{SERIES}/2022/2", "paragraph": "1"}],
    "kind": "direct",
}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": None}, "'id' is missing, expected a text"),
        ({"question": "  "}, "'question' is \"  \", expected a text"),
        ({"kind": "hard"}, "no kind 'hard'; kinds are paraphrase, direct"),
        ({"expected": "2022/2"}, r"'expected' is no list; write \[\] when nothing answers"),
        ({"expected": []}, "kind 'direct' with 0 expected"),
        ({"kind": "negative"}, "kind 'negative' with 1 expected"),
        ({"expected": ["2022/2"]}, "an entry of 'expected' is no"),
        ({"expected": [{"symbol": "A/1"}]}, "'paragraph' is missing; write its number"),
        ({"expected": [{"symbol": "A/1", "paragraph": 3}]}, "'paragraph' is 3, expected a text"),
        ({"expected": [{"symbol": "A/1", "paragraph": "3", "parts": "x"}]}, "no field 'parts'"),
        ({"expcted": []}, "no field 'expcted'; fields are id, question"),
        ({"answers": True}, "this is a mark; make cases of marks by `wgsearch cases`"),
    ],
)
def test_a_wrong_line_is_named_with_its_fix(
    tmp_path: Path,
    write_lines: Callable[..., Path],
    change: dict[str, object],
    message: str,
) -> None:
    """Line and file, what is wrong, and what to write."""
    path = write_lines(tmp_path / "cases.jsonl", [GOOD, GOOD | {"id": "b"} | change])
    with pytest.raises(JudgementsError, match=f"line 2 of 'cases.jsonl': {message}"):
        read_cases(path)


def test_ids_are_told_apart_and_files_hold_something(
    tmp_path: Path, write_lines: Callable[..., Path]
) -> None:
    """One id for two cases, an empty file, no file: each is said."""
    with pytest.raises(JudgementsError, match=r"line 2.*the id 'a' stands above already"):
        read_cases(write_lines(tmp_path / "twice.jsonl", [GOOD, GOOD]))
    with pytest.raises(JudgementsError, match="holds no case"):
        read_cases(write_lines(tmp_path / "empty.jsonl", []))
    with pytest.raises(JudgementsError, match="there is no file"):
        read_cases(tmp_path / "none.jsonl")


def test_cases_are_written_as_they_are_read(
    tmp_path: Path, write_lines: Callable[..., Path]
) -> None:
    """What is written is read again, word for word."""
    full = GOOD | {
        "id": "b",
        "language": "en",
        "split": "dev",
        "note": "why",
        "expected": [
            {"symbol": "A/1", "paragraph": None, "begins": "Row"},
            {"symbol": "A/1", "paragraph": "3", "part": "annex I", "language": "fr"},
        ],
    }
    read = read_cases(write_lines(tmp_path / "cases.jsonl", [GOOD, full]))
    write_cases(tmp_path / "again.jsonl", read.cases)
    again = read_cases(tmp_path / "again.jsonl")
    assert again.cases == read.cases
    assert again.digest == read.digest
    assert [each.to_json() for each in again.cases] == [GOOD, full]


@pytest.fixture
def cases(tmp_path: Path, write_lines: Callable[..., Path]) -> Path:
    """Five cases over the nine papers."""
    return write_lines(
        tmp_path / "cases.jsonl",
        [
            GOOD | {"question": "fees charged to workers turn into debt", "split": "dev"},
            GOOD
            | {
                "id": "fr",
                "question": "organes prélevés personnes endettées",
                "kind": "cross_language",
                "expected": [{"symbol": f"{SERIES}/2024/2*", "paragraph": "1", "part": "BODY"}],
                "split": "test",
            },
            GOOD
            | {
                "id": "unnumbered",
                "question": "shelters for men",
                "expected": [
                    {"symbol": "notes/drafter.txt", "paragraph": None, "begins": "Shelters"}
                ],
            },
            GOOD
            | {
                "id": "gone",
                "question": "consent of the victim",
                "expected": [
                    {"symbol": f"{SERIES}/1999/9", "paragraph": "1"},
                    {"symbol": f"{SERIES}/2022/3", "paragraph": "77", "part": "annex"},
                ],
            },
            GOOD | {"id": "no", "question": "gravity", "expected": [], "kind": "negative"},
        ],
    )


def test_cases_are_asked_and_told(cases: Path, tiny_engine: LocalEngine) -> None:
    """
    The first three are answered first: by number, in another language, by the words that a
    paragraph without a number begins with. The fourth expects what is not there, and is said.
    """
    found = evaluate_cases(read_cases(cases), tiny_engine, mode="lexical")
    shown = found.to_json(per_query=True)
    assert shown["cases"] == 5
    assert (shown["answerable"], shown["negatives"]) == (4, 1)
    assert shown["success@1"] == shown["success@5"] == shown["mrr@10"] == 0.75
    assert shown["by_kind"]["cross_language"] == {
        "cases": 1,
        "mrr@10": 1,
        "success@1": 1,
        "success@5": 1,
        "success@10": 1,
    }
    assert shown["by_split"]["dev"]["success@1"] == 1
    assert shown["by_split"]["dev"]["negatives"] == 0
    assert [each["rank"] for each in shown["per_query"]] == [1, 1, 1, None, None]
    assert shown["per_query"][1]["first"]["language"] == "fr"
    assert shown["per_query"][3]["first"]["symbol"] == f"{SERIES}/2023/3/Rev.1"
    assert "success@1" not in shown["per_query"][4]
    assert shown["notes"] == [
        f"'gone' expects {SERIES}/1999/9, which is not in the index",
        f"'gone' expects a paragraph 77 of annex, which {SERIES}/2022/3 does not have",
    ]


def test_a_part_that_is_named_must_be_that_part(
    tmp_path: Path, tiny_engine: LocalEngine, write_lines: Callable[..., Path]
) -> None:
    """Paragraph 1 of an annex is not paragraph 1 of the body."""
    place = {"symbol": f"{SERIES}/2022/2", "paragraph": "1", "part": "annex I"}
    path = write_lines(tmp_path / "cases.jsonl", [GOOD | {"expected": [place]}])
    found = evaluate_cases(read_cases(path), tiny_engine, mode="lexical")
    assert found.answered[0].rank is None


def test_what_is_folded_into_a_hit_counts(cases: Path, tiny_engine: LocalEngine) -> None:
    """A right paragraph that a hit names as "also in" is shown to the reader: it is found."""
    french = tiny_engine.passages(f"{SERIES}/2024/2", "fr")[0]

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Folded(Hit):
        """A hit that names what is folded into it."""

        also_in: tuple[Passage, ...] = ()

    class Folding:
        """The engine, whose first hit holds a paragraph in French, and which finds no other."""

        papers, passages, state = tiny_engine.papers, tiny_engine.passages, tiny_engine.state

        def search(self, query: Query) -> Answer:
            """One hit."""
            answer = tiny_engine.search(replace(query, text="consent"))
            first = answer.hits[0]
            hit = Folded(
                rank=1, score=1.0, passage=first.passage, match=first.match, also_in=(french,)
            )
            return replace(answer, hits=(hit,))

    found = evaluate_cases(read_cases(cases), Folding(), mode="lexical")
    assert {each.case.id: each.rank for each in found.answered}["fr"] == 1
    assert {each.case.id: each.rank for each in found.answered}["unnumbered"] is None


def test_without_verdicts_there_is_no_figure(cases: Path, tiny_engine: LocalEngine) -> None:
    """An engine that does not judge gets null, never a share."""

    class Silent:
        """The engine, its verdicts taken off."""

        papers, passages, state = (
            tiny_engine.papers,
            tiny_engine.passages,
            tiny_engine.state,
        )

        def search(self, query: Query) -> Answer:
            """Without a verdict."""
            return replace(tiny_engine.search(query), verdict=None)

    shown = evaluate_cases(read_cases(cases), Silent(), mode="lexical").to_json()
    assert shown["verdicts"] == {
        "negatives_judged": 0,
        "negatives_not_covered": None,
        "answerable_judged": 0,
        "answerable_not_covered": None,
    }


def test_verdicts_are_counted_where_there_are_some(cases: Path) -> None:
    """Two of three verdicts say `not_covered`; an answer without one is not counted."""
    case = read_cases(cases).cases[0]
    answered = [
        AnsweredCase(case=case, rank=1, first=None, verdict=verdict, took_ms=1.0)
        for verdict in ("covered", "not_covered", "not_covered", None)
    ]
    assert verdicts(answered).judged == 3
    assert verdicts(answered).not_covered == pytest.approx(2 / 3)
    assert [each.values.get("verdict") for each in answered] == [1, 0, 0, None]


def test_a_case_that_asks_nothing_is_said(
    tmp_path: Path, tiny_engine: LocalEngine, write_lines: Callable[..., Path]
) -> None:
    """A question of punctuation finds nothing, and the report says why."""
    path = write_lines(tmp_path / "cases.jsonl", [GOOD | {"question": "?!"}])
    found = evaluate_cases(read_cases(path), tiny_engine, mode="lexical")
    assert found.answered[0].rank is None
    assert "'a' finds nothing: the question holds no letter" in found.notes[0]

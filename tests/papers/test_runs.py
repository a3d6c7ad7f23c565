"""Of all runs of numbers that count on, the longest and most paragraph-like is the paper's."""

from __future__ import annotations

from wgsearch.papers.parts import Opening
from wgsearch.papers.runs import Candidate, Key, Step, best_runs

CHAPTER = Opening(name="chapter II", always=False, short=False)
RULE = Opening(name="rule 2", always=False, short=True)


def _numbers(*numbers: int | tuple[str, int], worth: float = 1.0) -> list[Candidate]:
    return [
        Candidate(
            at=at * 10,
            key=Key(*number, 0) if isinstance(number, tuple) else Key("", number, 0),
            number=str(number),
            text="",
            edge=None,
            worth=worth,
        )
        for at, number in enumerate(numbers)
    ]


def _path(steps: list[Step]) -> list[int]:
    at: int | None = max(range(len(steps)), key=lambda place: steps[place].score)
    path = []
    while at is not None:
        path.append(at)
        at = steps[at].before
    return path[::-1]


def test_a_list_within_a_paragraph_is_passed_over() -> None:
    """1, 2, 3, then a list of 1 and 2, then 4 and 5."""
    assert _path(best_runs(_numbers(1, 2, 3, 1, 2, 4, 5), {})) == [0, 1, 2, 5, 6]


def test_lost_numbers_cost_less_than_the_numbers_after_them() -> None:
    """1, 2, 5, 6 is one run; a 9 at the end of 1, 2 is no part of it."""
    assert _path(best_runs(_numbers(1, 2, 5, 6), {})) == [0, 1, 2, 3]
    assert _path(best_runs(_numbers(1, 2, 9), {})) == [0, 1]


def test_numbers_under_a_number_and_after_it() -> None:
    """115, 115.1, 115.2, 116; and chapters 1 and 2 with numbers of their own."""
    assert _path(best_runs(_numbers(1, 2, ("2", 1), ("2", 2), 3), {})) == [0, 1, 2, 3, 4]
    assert _path(best_runs(_numbers(("1", 1), ("1", 2), ("2", 1)), {})) == [0, 1, 2]


def test_numbers_begin_again_under_a_rule_and_go_on_after_it() -> None:
    """5, 6; under a heading 1, 2; then 7: the count outside is taken up again."""
    steps = best_runs(_numbers(1, 2, 1, 2, 3), {15: RULE})
    assert _path(steps) == [0, 1, 2, 3, 4]
    assert steps[2].restart == 15
    assert steps[4].resumes or steps[4].before == 3


def test_numbers_begin_again_only_right_under_a_heading() -> None:
    """A list further down in a chapter is a list."""
    numbers = _numbers(1, 2, 3, 1, 2, 3, 4, 5, worth=1.4)
    under = best_runs(numbers, {25: CHAPTER})
    assert under[3].restart == 25
    further = best_runs(numbers, {15: CHAPTER})
    assert all(step.restart is None for step in further)


def test_a_number_printed_twice_counts_once_more_only() -> None:
    """1, 2, 2, 3 is a misprint; 2, 2, 2 is not a run of three."""
    steps = best_runs(_numbers(1, 2, 2, 3, worth=1.4), {})
    assert _path(steps) == [0, 1, 2, 3]
    assert steps[2].repeats
    thrice = best_runs(_numbers(1, 2, 2, 2, worth=1.4), {})
    assert len(_path(thrice)) == 3


def test_an_inserted_number_follows_its_own() -> None:
    """3, 3 bis, 4."""
    three, four = _numbers(3, 4)
    bis = Candidate(at=5, key=Key("", 3, 1), number="3 bis", text="", edge=None, worth=1.0)
    assert _path(best_runs([three, bis, four], {})) == [0, 1, 2]

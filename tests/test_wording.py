"""Runs of words that two texts have: what a copy changes does not hide it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wgsearch.wording import places, runs, words

_SAID = "Recruitment fees that are charged to workers turn into a long-term debt."


def _forms(text: str) -> list[str]:
    return [word.form for word in words(text)]


@pytest.mark.parametrize(
    "copy",
    [
        "RECRUITMENT FEES THAT ARE CHARGED TO WORKERS TURN INTO A LONG-TERM DEBT",
        "Recruitment fees, that are charged to workers, turn into a “long-term” debt.12",
        "Recruitment fees that are charged to workers³ turn into a long-term debt [4].",
        "Recruit-\nment fees that are charged to workers turn into a long-\nterm debt",
    ],
)
def test_a_copy_has_the_same_words(copy: str) -> None:
    """Capitals, marks, notes and words cut at line ends make no difference."""
    assert _forms(copy) == _forms(_SAID)


@pytest.mark.parametrize("other", ["30 days", "1,000 men", "article 3 (a)", "WG.4/2022/2"])
def test_figures_are_words(other: str) -> None:
    """A changed figure is seen: only marks of notes are passed over."""
    assert any(form[0].isdigit() for form in _forms(other))


def test_the_longest_run_is_found_from_left_to_right() -> None:
    """By hand: words 2 to 7 of the one are words 0 to 5 of the other."""
    first, second = words("x y a b c d e f z"), words("a b c d e f g")
    (run,) = runs(first, second, places(second))
    assert (run.first, run.second, run.length) == (2, 0, 6)


def test_turns_of_phrase_are_no_runs() -> None:
    """Four words in common are not called a run."""
    second = words("in the light of that")
    assert runs(words("seen in the light of day"), second, places(second)) == ()


@given(st.text(max_size=200), st.text(max_size=200))
def test_runs_stand_in_both_texts(one: str, other: str) -> None:
    """Whatever the texts, a run's words are equal, and offsets point at them."""
    first, second = words(one), words(other)
    for run in runs(first, second, places(second, 2)):
        ours = first[run.first : run.first + run.length]
        theirs = second[run.second : run.second + run.length]
        assert [each.form for each in ours] == [each.form for each in theirs]
    for word in first:
        assert one[word.start : word.end].strip()

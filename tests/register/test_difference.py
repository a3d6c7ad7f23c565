"""What changed between two wordings, in whole words and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wgsearch.register.difference import difference


def _cut(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


def test_words_added_and_taken_out() -> None:
    """Side by side they are one span; case is no change."""
    earlier = "States parties may wish to consider training judges."
    later = "States Parties should consider training judges and clerks every year."
    found = difference(earlier, later)
    assert _cut(earlier, found.removed) == ["may wish to"]
    assert _cut(later, found.added) == ["should", "and clerks every year"]


def test_same_words_differ_in_nothing() -> None:
    """A repetition shows no mark at all, whatever its line breaks."""
    found = difference("Train\njudges.", "train judges.")
    assert (found.added, found.removed) == ((), ())


_TEXT = st.lists(st.sampled_from(["a", "bb", "c-c", ",", "贩运", "d.", "\n"]), max_size=12)


@given(_TEXT, _TEXT)
def test_what_is_left_is_the_same(one: list[str], other: list[str]) -> None:
    """Taking all marked words out of both texts leaves the same words in the same order."""
    earlier, later = " ".join(one), " ".join(other)
    found = difference(earlier, later)

    def rest(text: str, spans: tuple[tuple[int, int], ...]) -> str:
        kept = [
            text[end:start]
            for (_, end), (start, _) in zip(((0, 0), *spans), (*spans, (len(text), 0)), strict=True)
        ]
        return "".join("".join(kept).split())

    assert rest(earlier, found.removed) == rest(later, found.added)

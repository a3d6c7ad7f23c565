"""What is said twice is shown once, and what says something else is never hidden."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wgsearch.duplicates import Also, Group, fold, fold_rows
from wgsearch.index.sayings import Sayings, sayings, write_sayings
from wgsearch.index.store import Said

if TYPE_CHECKING:
    from collections.abc import Sequence

LONG = (
    "States parties should ensure that victims of trafficking are informed of their rights in a"
    " language that they understand, that they are given time to recover, and that they have"
    " access to legal advice before any proceedings begin in which they may be heard"
)


def _said(text: str, symbol: str = "DEMO/COP/WG.4/2022/2", **fields: str | None) -> Said:
    given: dict[str, str | None] = {"language": "en", "part": "body", "paragraph": "1"}
    return Said(symbol=symbol, text=text, **(given | fields))  # type: ignore[arg-type] # by name


def _folded(better: str, worse: str) -> bool:
    return len(fold([_said(better), _said(worse, "DEMO/COP/WG.4/2024/5")])) == 1


def test_a_repeated_paragraph_is_shown_once() -> None:
    """The best-ranked one stands for the others, whatever their case and signs."""
    found = fold([_said("Fees are debts."), _said("Other words."), _said("“Fees are debts”;")])
    assert found == (Group(0, (Also(2, 1.0),)), Group(1))


def test_a_word_left_out_of_a_long_paragraph_folds_it() -> None:
    """Nine in ten runs of three words are the same, and the shorter one has no word of its own."""
    (group,) = fold([_said(f"{LONG} again."), _said(f"{LONG}.")])
    assert group.also[0].position == 1
    assert 0.9 <= (group.also[0].likeness or 0) < 1


def test_a_word_of_its_own_is_never_hidden() -> None:
    """The longer of the two stays when it ranks below; so does one that replaces a word."""
    assert not _folded(f"{LONG}.", f"{LONG} again.")
    assert not _folded(LONG, LONG.replace("advice", "counsel"))


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (LONG.replace("may be", "may not be"), LONG),
        (LONG.replace("time", "30 days"), LONG.replace("time", "days")),
        (f"{LONG} 2 2", f"{LONG} 2"),
        ("Ratify the Protocol on the Rights of the Child", "Ratify the Protocol on the Child"),
    ],
)
def test_what_says_something_else_is_kept_apart(better: str, worse: str) -> None:
    """A `not`, a figure, or a few words of a short recommendation make another statement."""
    assert not _folded(better, worse)


def test_a_short_passage_within_a_longer_one_stays() -> None:
    """`Also in` means that the other paper says the same, not a part of it."""
    assert not _folded(f"Collect data. {LONG}.", "Collect data.")


def test_language_versions_of_a_paragraph_are_one() -> None:
    """Same paper, same number, same annex, other language: whatever the annex is called there."""
    one = _said("Fees are debts.", part="annex II")
    french = _said("Les frais sont des dettes.", part="annexe II", language="fr")
    assert fold([one, french]) == (Group(0, (Also(1, None),)),)
    for other in (
        french._replace(paragraph="2"),
        french._replace(part="body"),
        french._replace(symbol="DEMO/COP/WG.4/2022/3"),
        french._replace(language="en"),
    ):
        assert len(fold([one, other])) == 2
    assert len(fold([one._replace(paragraph=None), french._replace(paragraph=None)])) == 2


def test_chinese_is_compared_by_character() -> None:
    """Words are not spaced there; one character more or less in a long text is seen."""
    text = "各国应当确保人口贩运的被害人以其理解的语言获知自己的权利并获得法律咨询"
    assert _zh(text + "再", text)
    assert not _zh(text.replace("获得", "未获得"), text)


def _zh(better: str, worse: str) -> bool:
    first = _said(better, language="zh")
    return len(fold([first, _said(worse, "DEMO/COP/WG.4/2024/5", language="zh")])) == 1


@given(
    st.lists(st.sampled_from(["a b c", "a b", "b a", "", "a b c a b c", "not a", "1"]), max_size=8)
)
def test_every_passage_is_in_one_group(texts: list[str]) -> None:
    """Nothing is lost or doubled, and groups come in the order of their best."""
    groups = fold([_said(text, f"DEMO/{at}") for at, text in enumerate(texts)])
    places = [group.position for group in groups]
    assert places == sorted(places)
    every = [*places, *(each.position for group in groups for each in group.also)]
    assert sorted(every) == list(range(len(texts)))
    assert all(each.position > group.position for group in groups for each in group.also)


TEXTS = ["a b c", "a b", "b a", "", "a b c a b c", "not a", "1", LONG, f"{LONG} again", "the same"]


@given(
    st.lists(
        st.builds(
            lambda text, symbol, language, paragraph: _said(
                text, f"DEMO/{symbol}", language=language, paragraph=paragraph
            ),
            st.sampled_from(TEXTS),
            st.integers(1, 2),
            st.sampled_from(["en", "fr", "zh"]),
            st.sampled_from(["1", "2", None]),
        ),
        max_size=12,
    )
)
def test_only_what_may_say_the_same_is_read(passages: list[Said]) -> None:
    """Reading a few of the passages folds what reading all of them does."""
    asked: list[int] = []

    def said(rows: Sequence[int]) -> list[Said]:
        asked.extend(rows)
        return [passages[row] for row in rows]

    with TemporaryDirectory() as folder:
        path = Path(folder) / "sayings.npy"
        write_sayings(path, len(passages), [sayings(passages)])
        found = fold_rows(range(len(passages)), Sayings(path), said)
    assert found == fold(passages)
    folded = {each.position for group in found for each in group.also}
    assert folded | {group.position for group in found if group.also} <= set(asked)


def test_passages_that_differ_are_not_read(tmp_path: Path) -> None:
    """An answer of different passages is folded without asking for a text."""
    passages = [_said(f"{LONG} {word}", f"DEMO/{word}") for word in ("one", "two", "three")]
    write_sayings(tmp_path / "sayings.npy", 3, [sayings(passages[:1]), sayings(passages[1:])])

    def said(_: Sequence[int]) -> list[Said]:
        raise AssertionError("a text was asked for")

    assert fold_rows(range(3), Sayings(tmp_path / "sayings.npy"), said) == (
        Group(0),
        Group(1),
        Group(2),
    )

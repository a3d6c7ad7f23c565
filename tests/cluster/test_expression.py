"""Filters as a server is told them: typed, quoted, nothing else."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from wgsearch.answers import Filters
from wgsearch.cluster.expression import (
    Between,
    Both,
    Either,
    HasAny,
    Holds,
    Not,
    OneOf,
    expression_of,
    plain,
    text_of,
    under,
)
from wgsearch.index.dense import Wanted


def test_nothing_asked_is_no_condition() -> None:
    """Without filters, no row is left out by the server."""
    assert expression_of(Wanted(Filters(), in_force=False), ()) is None
    assert text_of(None) == ""


def test_each_part_stands_in_its_own_brackets() -> None:
    """What is joined by or never swallows what it is joined with by and."""
    found = text_of(
        Both((Either((Not(Holds("replaced")), HasAny("own", ("a/1",)))), Between("year", 2001, 9)))
    )
    assert found == (
        '((not (replaced == true)) or (array_contains_any(own, ["a/1"]))) '
        "and ((year >= 2001 and year <= 9))"
    )


def test_no_value_is_no_row() -> None:
    """A filter that nothing can pass is not one that everything passes."""
    assert text_of(OneOf("kind", ())) == text_of(HasAny("own", ())) == "row < 0"


def test_words_of_a_body_become_names_of_bodies() -> None:
    """A word is looked for in names on this machine; the server gets whole names."""
    bodies = ("conference of the parties", "working group on trafficking", "working party")
    found = expression_of(Wanted(Filters(bodies=("WORKING",)), in_force=False), bodies)
    assert found == Both((OneOf("body", ("working group on trafficking", "working party")),))


def test_only_what_is_in_force() -> None:
    """Papers that a revision replaces are left out, but for those that are named."""
    named = Wanted(Filters(symbols=("DEMO/COP/WG.4/2023/3",)), in_force=True)
    keys = ("demo/cop/wg.4/2023/3",)
    assert text_of(expression_of(named, ())) == text_of(
        Both((HasAny("under", keys), Either((Not(Holds("replaced")), HasAny("own", keys)))))
    )


def test_a_paper_is_under_each_of_its_beginnings() -> None:
    """A symbol is found by its beginning up to any of its slashes, and by the whole."""
    assert under({"demo/cop/3"}) == ("demo", "demo/cop", "demo/cop/3")


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_values_come_back_as_they_were(values: list[str]) -> None:
    """Whatever a value holds, what stands between the brackets are these values and no more."""
    text = text_of(OneOf("kind", tuple(values)))
    assert text.startswith("kind in [")
    assert json.loads(text.removeprefix("kind in ")) == [plain(each) for each in values]
    assert not any(sign < " " for sign in text)

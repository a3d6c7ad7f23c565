"""What tells a paraphrase from its subject: features worked out by hand, and probabilities."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from wgsearch.answers import Covered, Filters, Neighbours
from wgsearch.compare.likeness import CLASSES, features, figures, probabilities
from wgsearch.wording import words

if TYPE_CHECKING:
    from wgsearch.search import LocalEngine


def test_figures_are_compared_however_they_are_spelt() -> None:
    """`three` is 3, `1,000` is 1000; ones that a paper lacks are news."""
    assert figures(words("Three of 1,000 men, a third in 2011")) == {"3", "1000", "third", "2011"}


def test_features_are_shares_by_weight(tiny_engine: LocalEngine) -> None:
    """By hand: two words, of weight 3 and 1; the second is not in the passage."""
    text = "Debt bondage keeps workers from leaving an employer for 30 days."
    (near,) = tiny_engine.nearest([text], k=1, filters=Filters())
    first = near.near[0]
    told = replace(
        first,
        coverage=0.5,
        cosine=0.25,
        words=(
            Covered(start=0, end=4, weight=3.0, likeness=0.7, alike=True),
            Covered(start=5, end=12, weight=1.0, likeness=0.2, alike=False),
        ),
    )
    found = features(words(text), told, Neighbours(near=(told,)))
    assert found is not None
    assert (found.alike, found.near, found.figures) == (0.75, 0.2, 1.0)
    assert (found.coverage, found.cosine, found.stands_out) == (0.5, 0.25, 0.0)
    assert found.wording == pytest.approx(8 / 11)
    likely = probabilities(found)
    assert tuple(likely) == CLASSES
    assert sum(likely.values()) == pytest.approx(1)


def test_nothing_is_made_up_where_nothing_was_compared(tiny_engine: LocalEngine) -> None:
    """By words alone there are no features."""
    (found,) = tiny_engine.nearest(["debt"], k=1, filters=Filters(), mode="lexical")
    assert features(words("debt"), found.near[0], found) is None

"""Many texts at once: the passages near to each, by words and by meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wgsearch.answers import Filters
from wgsearch.errors import InvalidFilterError

if TYPE_CHECKING:
    from wgsearch.search import LocalEngine

_TEXTS = (
    "Debt bondage keeps workers from leaving an employer.",
    "Prosecutors may drop charges against victims.",
)


def test_each_text_finds_its_passage(tiny_engine: LocalEngine) -> None:
    """Asked together or alone, the same is found."""
    together = tiny_engine.nearest(_TEXTS, k=3, filters=Filters())
    alone = [tiny_engine.nearest([each], k=3, filters=Filters())[0] for each in _TEXTS]
    assert [each.near[0].hit.passage.paragraph for each in together] == ["2", "2"]
    assert [[n.hit.passage for n in each.near] for each in together] == [
        [n.hit.passage for n in each.near] for each in alone
    ]


def test_words_of_the_nearest_are_told(tiny_engine: LocalEngine) -> None:
    """Of the nearest passages it is said which telling words they have; offsets are true."""
    (found,) = tiny_engine.nearest([_TEXTS[1]], k=5, filters=Filters())
    told = {_TEXTS[1][each.start : each.end]: each for each in found.near[0].words}
    assert told["Prosecutors"].alike
    assert told["Prosecutors"].likeness > 0.5
    assert found.near[0].coverage is not None


def test_words_alone_encode_nothing(tiny_engine: LocalEngine) -> None:
    """By words alone no likeness in meaning is stated."""
    (found,) = tiny_engine.nearest([_TEXTS[0]], k=3, filters=Filters(), mode="lexical")
    assert found.near[0].hit.passage.paragraph == "2"
    assert found.near[0].cosine is None
    assert found.near[0].words == ()


def test_replaced_papers_take_part(tiny_engine: LocalEngine) -> None:
    """What a revision dropped is found, and says what replaces it."""
    text = "Consent of the victim is irrelevant where means were used."
    (found,) = tiny_engine.nearest([text], k=2, filters=Filters())
    assert found.near[0].hit.superseded_by == "DEMO/COP/WG.4/2023/3/Rev.1"


def test_filters_hold(tiny_engine: LocalEngine) -> None:
    """A paper that is left out is not found; where none is left nothing is; nonsense is told."""
    own = Filters(not_symbols=("DEMO/COP/WG.4/2022/2",))
    (found,) = tiny_engine.nearest([_TEXTS[0]], k=9, filters=own)
    assert "DEMO/COP/WG.4/2022/2" not in {each.hit.passage.symbol for each in found.near}
    (nothing,) = tiny_engine.nearest([_TEXTS[0]], k=9, filters=Filters(languages=("ru",)))
    assert nothing.near == ()
    with pytest.raises(InvalidFilterError, match="exchange them"):
        tiny_engine.nearest([""], k=1, filters=Filters(year_from=2025, year_to=2020))

"""A question in another language, word by word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wgsearch.glossary.render import gloss, render

if TYPE_CHECKING:
    from collections.abc import Callable

    from wgsearch.glossary.lexicon import Lexicon


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("commerce du miel à Genève en 2024", "fr", "trade in honey Geneve 2024"),
        ("la resolución sobre las colmenas", "es", "resolution beehive"),
        ("торговля мёдом в 2024 году", "ru", "trade in honey 2024"),
        ("تجارة العسل ١٢", "ar", "trade in honey 12"),
        ("2024年Basel蜂蜜贸易", "zh", "2024 Basel trade in honey"),
    ],
)
def test_a_gloss_keeps_the_order(
    make_lexicon: Callable[..., Lexicon], text: str, source: str, expected: str
) -> None:
    """Terms, words spelt alike, names, years and numbers of any script, in order."""
    lexicon = make_lexicon("en", words="resolution")
    found = render(text, source, "en", lexicon.glossary, lexicon.cognates)
    assert gloss(found).text == expected


def test_a_word_of_a_term_is_said_once(make_lexicon: Callable[..., Lexicon]) -> None:
    """The term is read once; the search still looks for its words as they were typed."""
    lexicon = make_lexicon("en", words="commerce")
    found = render("commerce du miel", "fr", "en", lexicon.glossary, lexicon.cognates)
    assert gloss(found).text == "trade in honey"
    assert [each.text for each in found.pieces if each.is_within] == ["commerce", "miel"]

"""Terms in a text: by any form, inflected, the longest first; abbreviations as written."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from wgsearch.glossary.entries import Entry
from wgsearch.glossary.match import Glossary, all_stems
from wgsearch.index.terms import telling_tokens

if TYPE_CHECKING:
    from wgsearch.glossary.match import Match


def _found(text: str, matches: tuple[Match, ...]) -> list[tuple[str, list[str]]]:
    """The words that match, and ids."""
    return [(text[m.start : m.end], [each.id for each in m.entries]) for m in matches]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Who repairs the beehives?", "en", [("beehives", ["beehive"])]),
        ("two homes of bees", "en", [("homes of bees", ["beehive"])]),
        ("les ruches du village", "fr", [("ruches", ["beehive"])]),
        ("las colmenas", "es", [("colmenas", ["beehive"])]),
        ("о торговле мёдом", "ru", [("торговле мёдом", ["honey-trade"])]),
        ("عن تجارة العسل", "ar", [("تجارة العسل", ["honey-trade"])]),
        ("关于蜂蜜贸易的问题", "zh", [("蜂蜜贸易", ["honey-trade"])]),
    ],
)
def test_any_form_in_any_language(
    glossary: Glossary, text: str, language: str, expected: list[tuple[str, list[str]]]
) -> None:
    """Plurals and cases are forgiven; Chinese words need no spaces."""
    assert _found(text, glossary.matches(text, [language])) == expected


def test_the_longest_term_is_meant(glossary: Glossary) -> None:
    """Trade in honey is one term, and not also honey."""
    text = "honey and the trade in honey"
    assert _found(text, glossary.matches(text, ["en"])) == [
        ("honey", ["honey"]),
        ("trade in honey", ["honey-trade"]),
    ]


def test_a_term_does_not_run_over_the_end_of_a_sentence(glossary: Glossary) -> None:
    """Two sentences side by side make no term."""
    text = "We spoke of trade. Honey came later."
    assert _found(text, glossary.matches(text, ["en"])) == [("Honey", ["honey"])]


def test_an_abbreviation_is_meant_as_it_is_written(glossary: Glossary) -> None:
    """WHO is an office, who is not; in whatever language it is written."""
    assert _found("WHO asks who", glossary.matches("WHO asks who", ["en"])) == [
        ("WHO", ["keepers"])
    ]
    assert _found("что делает WHO", glossary.matches("что делает WHO", ["ru"])) == [
        ("WHO", ["keepers"])
    ]
    assert _found("selon l'OMH", glossary.matches("selon l'OMH", ["fr"])) == [("OMH", ["keepers"])]


def test_a_form_of_two_terms_names_both() -> None:
    """Nobody but the reader can tell which is meant."""
    both = Glossary(
        (Entry(id="a", en=("bank",)), Entry(id="b", en=("shore", "bank"))), telling_tokens
    )
    assert _found("the bank", both.matches("the bank", ["en"])) == [("bank", ["a", "b"])]


def test_a_long_question_against_long_lists_is_quick() -> None:
    """Eight thousand characters against three thousand terms take milliseconds, not seconds."""
    entries = tuple(
        Entry(
            id=f"e{n}",
            en=tuple(f"word{n} thing{n % 50} form{each}" for each in range(4)),
            fr=(f"mot{n} chose{n}",),
        )
        for n in range(3000)
    )
    glossary = Glossary(entries, telling_tokens)
    text = " ".join(f"word{n} thing{n % 50} form1" for n in range(330))[:8000]
    glossary.matches("word", ["en"])  # prepares the language, once
    started = time.process_time()
    found = glossary.matches(text, ["en"])
    took = time.process_time() - started
    assert len(found) > 300
    assert took < 0.1


def test_stems_that_were_kept_find_what_stems_cut_now_find(glossary: Glossary) -> None:
    """A search over a generation, whose stems are stored, finds the terms that the list has."""
    kept = Glossary(glossary.entries, telling_tokens, all_stems(glossary.entries, telling_tokens))
    text = "; ".join(form for entry in glossary.entries for form in (*entry.en, *entry.fr))
    assert glossary.matches(text, ("en", "fr"))
    assert kept.matches(text, ("en", "fr")) == glossary.matches(text, ("en", "fr"))

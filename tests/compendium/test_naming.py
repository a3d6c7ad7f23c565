"""Topics are called what a person would call them."""

from __future__ import annotations

import pytest

from wgsearch.compendium.naming import Name, of_theme
from wgsearch.compendium.phrases import names_nothing, phrases, standing, told


def test_phrases_are_runs_of_telling_words() -> None:
    """Names go over small words, but neither begin nor end with one, nor cross a comma."""
    found = phrases("The abuse of a position of vulnerability, by agents", "en")
    assert "abuse of a position of vulnerability" in found
    assert "position of vulnerability" in found
    assert "agents" in found
    assert not any(each.startswith(("of ", "the ")) or each.endswith(" a") for each in found)
    assert not any("vulnerability by" in each for each in found)


def test_phrases_are_given_as_printed() -> None:
    """A name keeps the capitals of the paper."""
    assert phrases("the Council of Europe", "en")["council of europe"] == "Council of Europe"


def test_other_languages_have_phrases() -> None:
    """Small words of French are no names."""
    found = phrases("La traite des personnes et la protection des victimes", "fr")
    assert {"traite des personnes", "protection des victimes"} <= found.keys()
    assert "la traite" not in found


def test_a_part_of_a_name_is_no_name() -> None:
    """`Nations Office` is no phrase of its own where it stands in a longer one only."""
    counts = {"united nations office": 9, "nations office": 9, "office": 20}
    assert standing(counts) == ["united nations office", "office"]


def test_telling_words_are_counted() -> None:
    """Small words, and words for the parts of a paper, tell nothing."""
    assert told("abuse of a position of vulnerability", "en") == 3
    assert told("table of the annex", "en") == 0


@pytest.mark.parametrize(
    "phrase",
    [
        "Working Group",
        "the Secretariat",
        "Demonstration Conference of the Parties",
        "States parties",
    ],
)
def test_who_speaks_is_no_topic(phrase: str) -> None:
    """Bodies and addressees stand in every report; a topic is not called by them."""
    assert names_nothing(phrase)


@pytest.mark.parametrize("phrase", ["Reports of crimes to the police", "Consent", "Debt bondage"])
def test_what_is_spoken_of_is_a_topic(phrase: str) -> None:
    """Words that are near to those of procedure still name a topic."""
    assert not names_nothing(phrase)


def test_a_theme_is_called_by_its_largest_topics() -> None:
    """Where nothing covers a theme, its largest topics say what it is."""
    some = Name("Worker", "phrases", (), 0.9)
    assert of_theme([("Debt", 5), ("Fees", 40), ("UNODC", 30)], some) == "Fees; UNODC"
    assert of_theme([("Consent", 9), ("Trial", 1)], some) == "Consent"
    assert of_theme([("Fees", 9), ("Contract clauses", 5)], some) == "Fees; contract clauses"


def test_a_theme_is_called_by_what_covers_it() -> None:
    """Words that most of its paragraphs stand under name the theme."""
    covering = Name("Supply chains and procurement", "heading", (), 0.7)
    assert of_theme([("Clauses", 5), ("Audits", 4)], covering) == "Supply chains and procurement"

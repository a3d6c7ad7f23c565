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
    assert phrases("the Council of Europe", "en")["council of europe"].words == "Council of Europe"


def test_a_number_parts_phrases() -> None:
    """`Vienna on 27 and 28 June` is no phrase `Vienna on and June`, which nobody printed."""
    found = phrases("The session held in Vienna on 27 and 28 June, after at least 30 days", "en")
    assert "vienna" in found
    assert not any("vienna on" in each or "least" in each for each in found)


def test_verbs_of_advice_and_ties_are_no_part_of_a_name() -> None:
    """`States may wish` and `show a message without fear` end where the words that tie begin."""
    found = phrases("The court may wish to show a message without fear of punishment", "en")
    assert {"show a message", "fear of punishment", "court"} <= found.keys()
    assert not any("may" in each.split() or "without" in each.split() for each in found)


def test_a_name_goes_on_to_its_last_word() -> None:
    """`Victims of sexual` is the beginning of two phrases, and none itself."""
    found = phrases("Victims of sexual offences and victims of sexual exploitation", "en")
    assert not found["victims of sexual"].is_whole
    assert found["victims of sexual offences"].is_whole
    assert phrases("Labour camps are closed; they exact labour", "en")["labour"].is_whole


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
        "request the Working Group to consider",
        "exchange views on the following questions",
        "Consider a case",
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

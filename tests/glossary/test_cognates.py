"""Words of other languages that papers have in another spelling."""

from __future__ import annotations

import pytest

from wgsearch.glossary.cognates import Cognates, sounds
from wgsearch.index.terms import stems

PAPERS = (
    "resolution commission mechanism economic state system effective university "
    "responsibility program method philosophy Syria structure"
)


@pytest.mark.parametrize(
    ("word", "source", "meant"),
    [
        ("résolutions", "fr", "resolution"),
        ("comisión", "es", "commission"),
        ("механизм", "ru", "mechanism"),
        ("экономическ", "ru", "economic"),
        ("estados", "es", "state"),
        ("système", "fr", "system"),
        ("efectivo", "es", "effective"),
        ("universidades", "es", "university"),
        ("responsabilidad", "es", "responsibility"),
        ("программ", "ru", "program"),
        ("método", "es", "method"),
        ("filosofía", "es", "philosophy"),
        ("estructura", "es", "structure"),
    ],
)
def test_a_word_spelt_alike_is_found(word: str, source: str, meant: str) -> None:
    """Endings, doubled letters and other letters for one sound are forgiven."""
    cognates = Cognates(lambda: stems(PAPERS, "en"), "en", stems)
    found = cognates.find(word, source)
    assert found is not None
    assert stems(found.text, "en") == stems(meant, "en")


@pytest.mark.parametrize("word", ["maison", "yes", "et", ""])
def test_a_word_spelt_otherwise_is_not(word: str) -> None:
    """What no paper has is not made up, and short words meet by accident."""
    assert Cognates(lambda: stems(PAPERS, "en"), "en", stems).find(word, "fr") is None


def test_other_writings_are_left_alone() -> None:
    """Arabic and Chinese words are spelt like none."""
    assert Cognates(lambda: stems(PAPERS, "en"), "en", stems).find("نظام", "ar") is None


def test_sounds_of_spellings() -> None:
    """One sound, one key."""
    assert sounds("commissio") == sounds("komisio")
    assert sounds("philosophy") == sounds("filosofia")

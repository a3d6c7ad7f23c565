"""What an index knows about words."""

from __future__ import annotations

import pytest

from wgsearch.glossary.lexicon import shares


def test_a_language_of_few_passages_does_not_drown_the_others() -> None:
    """
    Words of a tenth of 999 passages count log(100) / log(1000) of a typed word; a language of
    one page that was misread counts nothing.
    """
    found = shares({"en": 896, "fr": 99, "ar": 4})
    assert found["fr"] == pytest.approx(2 / 3)
    assert found["en"] == pytest.approx(0.984, abs=0.001)
    assert "ar" not in found


def test_papers_of_one_language_count_whole() -> None:
    """Nothing is taken off where there is one language."""
    assert shares({"en": 12}) == {"en": 1.0}
    assert shares({}) == {}

"""Paragraphs that only announce what their paper is."""

from __future__ import annotations

import pytest

from wgsearch.announcements import is_announcement


@pytest.mark.parametrize(
    "text",
    [
        "The present background paper was prepared by the Secretariat to inform the discussion.",
        "The present report contains the recommendations adopted by the Working Group.",
        "Le présent document a été établi par le Secrétariat.",
        "El presente documento fue preparado por la Secretaría.",
        "Настоящий документ был подготовлен Секретариатом.",
    ],
)
def test_announcements(text: str) -> None:
    """The opening of a paper is not shown as an answer in any of these languages."""
    assert is_announcement(text)


@pytest.mark.parametrize(
    "text",
    [
        "Debt bondage is present in every sector.",
        "The present danger is that fees are charged twice.",
        "Reports of victims were prepared with care, and read in court.",
    ],
)
def test_statements(text: str) -> None:
    """A paragraph that says something is kept, whatever words it begins with."""
    assert not is_announcement(text)

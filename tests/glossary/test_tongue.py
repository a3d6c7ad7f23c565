"""The language of a question, from few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wgsearch.glossary.tongue import tongue

if TYPE_CHECKING:
    from wgsearch.glossary.match import Glossary


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Who pays for the hives?", "en"),
        ("What does a keeper do", "en"),
        ("Qui paie les ruches ?", "fr"),
        ("l'avenir du miel", "fr"),
        ("¿Quién paga?", "es"),
        ("precio de la colmena", "es"),
        ("comercio de miel", "es"),
        ("commerce du miel", "fr"),
        ("Кто платит за WHO?", "ru"),
        ("من يدفع؟", "ar"),
        ("谁支付 beehive", "zh"),
        ("Wer bezahlt die Imker und wann", "de"),
        ("miel", None),
        ("12/2024", None),
        ("", None),
    ],
)
def test_language_of_a_question(glossary: Glossary, text: str, expected: str | None) -> None:
    """Script, function words and terms tell; what could be two languages is neither."""
    assert tongue(text, glossary) == expected


def test_names_in_latin_letters_do_not_hide_the_language(glossary: Glossary) -> None:
    """A short Russian question about an organ with a long English name is Russian."""
    assert tongue("что решил World Habitat Office", glossary) == "ru"
    assert tongue("The word улей is used by few of the keepers that we asked", glossary) == "en"

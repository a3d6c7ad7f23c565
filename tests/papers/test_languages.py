"""The language of a text, and the languages that a masthead names."""

from __future__ import annotations

import pytest

from wgsearch.papers.languages import detect, named, spoken


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The consent of the victim to the intended exploitation is irrelevant.", "en"),
        ("Le consentement de la victime est indifférent lorsque les moyens sont utilisés.", "fr"),
        ("El consentimiento de la víctima no se tendrá en cuenta cuando se haya recurrido", "es"),
        ("Согласие жертвы торговли людьми не принимается во внимание.", "ru"),
        ("لا تكون موافقة ضحية الاتجار بالأشخاص محل اعتبار", "ar"),
        ("人口贩运活动被害人的同意与此无关", "zh"),
        (
            "Die Einwilligung des Opfers ist nicht von Belang und wird auf das Gesetz gestützt.",
            "de",
        ),
        ("1. 2. 3.", None),
        ("", None),
        ("Kigali Nairobi", None),
    ],
)
def test_the_language_is_that_of_the_common_words(text: str, code: str | None) -> None:
    """A sentence is enough; names and numbers alone say nothing."""
    assert detect(text) == code


def test_foreign_names_do_not_change_the_language() -> None:
    """A title in another language, or a word in another script, is quoted in English papers."""
    text = (
        "The study, Les droits des victimes, was cited by the Court as a source of the rule (人)."
    )
    assert detect(text) == "en"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("English only", ("en",)),
        ("Original: anglais", ("en",)),
        ("inglés", ("en",)),
        ("English, French and Spanish only", ("en", "fr", "es")),
        ("Arabic/English", ("ar", "en")),
        ("Язык: английский", ("en",)),
        ("General", ()),
    ],
)
def test_a_masthead_names_languages_in_its_own(text: str, codes: tuple[str, ...]) -> None:
    """The words for a language are known in the six languages."""
    assert named(text) == codes


def test_a_bilingual_page_has_both_languages() -> None:
    """Each language that a good part of the text is written in, in order; a quoted line is none."""
    english = "The parties agreed that the shelters of the third region are to be kept."
    french = "Les parties sont convenues que les refuges de la région seraient maintenus."
    assert spoken([english, french]) == ("en", "fr")
    assert spoken([french, english]) == ("fr", "en")
    assert spoken([english] * 5 + [french]) == ("en",)
    assert spoken(["12", "Annex"]) == ()


def test_french_in_capitals_is_no_spanish() -> None:
    """Words that two languages share tell nothing."""
    assert detect("RAPPORT DE LA COMMISSION DE LA PAIX SUR LA SITUATION DU MONDE") == "fr"

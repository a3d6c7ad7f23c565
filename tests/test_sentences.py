"""Sentences end where a reader ends them, in six languages, and the one that answers is found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wgsearch.sentences import Evidence, Span, best_sentence, sentences


def _read(text: str, language: str = "en") -> list[str]:
    return [text[span.start : span.end] for span in sentences(text, language)]


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("en", "See para. 5, No. 3 and art. 6, e.g. in annex I.", "Mr. J. Doe agreed."),
        ("en", "The share rose to 3.5 per cent (see sect. II).", "It fell later."),
        ("en", "He said “no fees.”", "The agency charged them."),
        ("en", "Is consent relevant?", "The answer is no."),
        ("en", "The answer was no.", "Agencies denied it, etc."),
        ("en", "Doors open at 10 a.m.", "Delegates register first."),
        ("fr", "Voir le par. 12, p. ex. l'art. 3.", "M. Dupont a répondu."),
        ("es", "Véase el párr. 4 y el núm. 7 en EE. UU.", "El Sr. Gil respondió."),
        ("ru", "См. п. 5 и ст. 3, т. е. в 2022 г.", "Рабочая группа согласилась."),
        ("ar", "هل الموافقة مهمة؟", "انظر ص. 5 من التقرير."),
        ("zh", "同意无关紧要。", "各国应当收集数据。"),
        ("en+fr", "See para. 2.", "Voir art. 3 aussi."),
    ],
)
def test_a_full_stop_need_not_end_a_sentence(language: str, first: str, second: str) -> None:
    """Abbreviations, initials and decimals end nothing; a capital after a full stop does."""
    between = "" if language == "zh" else " "
    assert _read(f"{first}{between}{second}", language) == [first, second]


def test_numbers_that_open_a_line_belong_to_it() -> None:
    """`12.` and `II.` are labels, not sentences; lines and entries of lists stand alone."""
    text = "12. Agencies should:\n(a) Be licensed; be inspected;\n(b) Charge no fees."
    assert _read(text) == [
        "12. Agencies should:",
        "(a) Be licensed;",
        "be inspected;",
        "(b) Charge no fees.",
    ]
    assert _read("II. Findings are few.") == ["II. Findings are few."]


@given(st.text(alphabet="aB1 .!?;\n()“”。", max_size=80))
def test_no_letter_is_lost(text: str) -> None:
    """Sentences follow each other, and what lies between them is white space."""
    done = 0
    for span in sentences(text, "en"):
        assert not text[done : span.start].strip()
        assert span.start < span.end
        done = span.end
    assert not text[done:].strip()


def test_the_best_sentence_has_the_telling_words() -> None:
    """One rare word tells more than a common one said twice."""
    text = "States met, and States spoke. Debt keeps workers from leaving. States agreed."
    evidence = [
        *(Evidence("states", at, at + 6, 0.5) for at in (0, 16, 63)),
        Evidence("debt", 30, 34, 0.9),
    ]
    assert best_sentence(text, "en", evidence) == Span(30, 62)


def test_of_equals_the_first_is_best_and_nothing_answers_nothing() -> None:
    """Words said again later add nothing; without a word in common no sentence is chosen."""
    text = "Debt grows. Debt stays."
    evidence = [Evidence("debt", 0, 4, 1.0), Evidence("debt", 12, 16, 1.0)]
    assert best_sentence(text, "en", evidence) == Span(0, 11)
    assert best_sentence(text, "en", []) is None


def test_an_abbreviation_ends_no_sentence_however_long_that_is() -> None:
    """What goes before is not looked through, and a long last word is no abbreviation."""
    long = "word " * 50
    assert _read(f"{long}in para. 5 above. Then more.") == [
        f"{long}in para. 5 above.",
        "Then more.",
    ]
    assert _read(f"{'x' * 40}para. 5 is next.") == [f"{'x' * 40}para.", "5 is next."]

"""One word is one word, however it is written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wgsearch.index.terms import (
    LONGEST,
    fields_of,
    folded,
    forms,
    matching_words,
    plain_words,
    telling,
    terms,
)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "trafficking", "traffickers'"),
        ("en", "organisation", "organizations"),
        ("en", "labour", "labor"),
        ("en", "analyse", "analyze"),
        ("en", "decision-making", "decision making"),
        ("en", "State’s", "States"),
        ("en", "of１２ﬁnes", "of12fines"),
        ("en", "co\u00adoperation", "cooperation"),
        ("fr", "prélèvement", "prelevement"),
        ("fr", "l’État", "état"),
        ("es", "víctimas", "victima"),
        ("ru", "ребёнок", "ребенок"),
        ("ru", "ЖЕРТВА", "жертвы"),
        ("ar", "الاتِّجار", "الاتجار"),
        ("ar", "الأطفال", "والاطفال"),
        ("ar", "الحماية", "حمايه"),
        ("ar", "حمـــاية", "حماية"),
        ("sw", "Watu", "watu"),
    ],
)
def test_spellings_of_one_word(language: str, one: str, other: str) -> None:
    """A keyboard without accents, another spelling or a joined article finds the word."""
    field = fields_of(language)[0]
    assert set(telling(one, field, language)) == set(telling(other, field, language))


def test_different_words_stay_apart() -> None:
    """Short words and letters that only resemble each other are not one."""
    assert terms("four", "en") != terms("for", "en")
    assert folded("й") != folded("и")


def test_stop_words_are_left_out() -> None:
    """Words of every question do not count, in the question's language nor in English."""
    assert set(telling("what are the victims' rights?", "en")) == {"victim", "right"}
    assert set(telling("les droits de la victime", "en", "fr")) == {"droit", "victim"}
    assert "la" in telling("les droits de la victime", "en")
    assert set(telling("ما هي حماية الضحايا", "ar")) == set(telling("حماية الضحايا", "ar"))


def test_only_stop_words_are_asked_for() -> None:
    """A question of nothing but stop words asks for them."""
    assert set(telling("what is the", "en")) == {"what", "is", "the"}
    assert set(telling("的", "zh")) == {"的"}


def test_chinese_is_looked_up_by_pairs() -> None:
    """A pair of characters counts more than one alone; particles count nothing."""
    told = telling("贩运的人口", "zh")
    assert told["贩运"] == told["人口"] == 1
    assert 0 < told["贩"] < 1
    assert "的" not in told


def test_symbol_is_found_by_its_pieces() -> None:
    """Segments and numbers of a symbol are words."""
    assert plain_words("DEMO/COP/WG.4/2024/2") == ["demo", "cop", "wg", "4", "2024", "2"]


def test_forms_keep_accents() -> None:
    """Misspelt words are compared with words as they are spelled."""
    assert forms("Prélèvement d’organes, 2024; WG4") == ["prélèvement", "organes"]


@pytest.mark.parametrize("length", [LONGEST, LONGEST + 1])
def test_very_long_words_are_no_words(length: int) -> None:
    """A run of letters longer than any word is left out."""
    assert bool(terms("a" * length, "en")) is (length == LONGEST)


def test_marks_stand_on_the_text_as_written() -> None:
    """Vowel signs and soft hyphens lie within the mark of their word."""
    text = "عن الاتِّجار بهم"
    ((_, span),) = matching_words(text, "ar", set(telling("الاتجار", "ar")))
    assert text[span.start : span.end] == "الاتِّجار"


@given(st.text(max_size=80), st.sampled_from(["ar", "en", "es", "fr", "other", "ru", "zh"]))
def test_text_and_question_agree(text: str, language: str) -> None:
    """What is asked for in a text's own words is among its terms, and no term holds a space."""
    own = terms(text, language)
    assert set(telling(text, language)) <= set(own)
    assert not [term for term in own if not term or term.split() != [term]]


@given(
    st.lists(st.sampled_from(["debt", "debts", "in", "2", "-", " ", "é", "DEBT", "."]), max_size=12)
)
def test_a_word_is_found_only_where_it_stands_by_itself(pieces: list[str]) -> None:
    """Each place of a word is found once, in order, whether the text has other letters or none."""
    text = "".join(pieces)
    wanted = set(telling("debt", "en"))
    words = re.finditer(r"[^\W_]+", text)
    expected = [m.span() for m in words if wanted & set(terms(m[0], "en"))]
    assert [tuple(span) for _, span in matching_words(text, "en", wanted)] == expected

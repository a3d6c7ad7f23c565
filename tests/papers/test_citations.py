"""Citations: a symbol with the paragraphs it points to, as printed and as typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wgsearch.papers.citations import Citation, parse_citation, parse_typed

SERIES = "DEMO/COP/WG.4"
KNOWN = (
    f"{SERIES}/2022/2",
    f"{SERIES}/2022/5",
    f"{SERIES}/2023/3",
    f"{SERIES}/2026/CRP.1",
)


def _cited(symbol: str, first: str | None, last: str | None, sub: str | None = None) -> Citation:
    return Citation(symbol=f"{SERIES}/{symbol}", first=first, last=last, sub=sub)


@pytest.mark.parametrize(
    ("text", "first", "last", "sub"),
    [
        (", para. 4", "4", "4", None),
        (", paras. 9\N{EN DASH}12)", "9", "12", None),
        (", paras. 9-12)", "9", "12", None),
        (", paras. 9 to 12", "9", "12", None),
        (", paras. 9 and 10", "9", "10", None),
        (", paragraph 7 (b)", "7", "7", "b"),
        (", para. 7 (b) (ii), and", "7", "7", "b (ii)"),
        (", para. 115.2", "115.2", "115.2", None),
        (", para.\N{NO-BREAK SPACE}4", "4", "4", None),
        (", par. 4 à 7", "4", "7", None),
        (", paragraphes 4 et 5", "4", "5", None),
        (", párrs. 3 a 5", "3", "5", None),
        (", párrafo 3", "3", "3", None),
        (", пункт 4", "4", "4", None),
        (", пп. 4\N{EN DASH}7", "4", "7", None),
        ("第4段", "4", "4", None),
        ("، الفقرة 4"[1:], "4", "4", None),
    ],
)
def test_paragraphs_are_read_in_six_languages(
    text: str, first: str, last: str, sub: str | None
) -> None:
    """The word for paragraph, its short forms and ranges lead to the same place."""
    assert parse_citation(f"See {SERIES}/2022/2{text}") == (_cited("2022/2", first, last, sub),)


def test_each_symbol_of_a_sentence_has_its_own_paragraph() -> None:
    """A symbol without a paragraph cites the whole paper."""
    text = f"see {SERIES}/2022/2, para. 7 (b), {SERIES}/2022/5 and {SERIES}/2023/3, paras. 2-4."
    assert parse_citation(text) == (
        _cited("2022/2", "7", "7", "b"),
        _cited("2022/5", None, None),
        _cited("2023/3", "2", "4"),
    )


def test_a_paragraph_of_an_annex_is_not_one_of_the_body() -> None:
    """Numbers restart in annexes, so the annex is part of the place."""
    (found,) = parse_citation(f"({SERIES}/2022/5, annex II, para. 3)")
    assert (found.part, found.first) == ("annex II", "3")


@pytest.mark.parametrize(
    "text",
    [
        f"{SERIES}/2022/2, and in 12 paragraphs of it",
        f"{SERIES}/2022/2, page 4",
        f"{SERIES}/2022/2, article 4",
    ],
)
def test_other_numbers_after_a_symbol_are_no_paragraphs(text: str) -> None:
    """Pages and articles are not cited by paragraph."""
    assert parse_citation(text) == (_cited("2022/2", None, None),)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2022/2 para 7", _cited("2022/2", "7", "7")),
        ("2022/2, paras. 7-9", _cited("2022/2", "7", "9")),
        ("wg4 2022 5", _cited("2022/5", None, None)),
        ("WG.4/2022/5 par. 4 à 7", _cited("2022/5", "4", "7")),
        ("2022/5 párr. 4", _cited("2022/5", "4", "4")),
        ("2023/3 paragraph 2 (b)", _cited("2023/3", "2", "2", "b")),
        ("(demo/cop/wg.4/2022/2, para. 3)", _cited("2022/2", "3", "3")),
        ("DEMO/COP/WG.4/2026/CRP.1", _cited("2026/CRP.1", None, None)),
        ("2022/2#p7", _cited("2022/2", "7", "7")),
        ("2022/2 ¶7", _cited("2022/2", "7", "7")),
    ],
)
def test_a_typed_piece_leads_to_its_paragraph(typed: str, expected: Citation) -> None:
    """A delegate types the end of the symbol and the paragraph, in any language."""
    assert parse_typed(typed, KNOWN) == (expected,)


@pytest.mark.parametrize(
    "question",
    [
        "debt bondage of domestic workers",
        "what was said on article 3",
        "recommendations of 2022",
        "2022",
        "hotline 24/7 for victims",
        "compensation 2022/2 in court",
        "and/or",
        "",
        "para 7",
        "2021/9 para 7",
    ],
)
def test_an_ordinary_question_is_no_citation(question: str) -> None:
    """Words around a number make it a question, and an unknown paper leads nowhere."""
    assert parse_typed(question, KNOWN) == ()


@given(st.text(max_size=60))
def test_any_text_can_be_typed(text: str) -> None:
    """Whatever is typed, only papers that exist are named."""
    assert all(each.symbol in KNOWN for each in parse_typed(text, KNOWN))


@pytest.mark.parametrize("text", [" " * 100_000, "1" * 100_000, "2022/2 " * 15_000, "(a)" * 33_000])
def test_long_text_is_read_in_one_go(text: str) -> None:
    """No text makes the search run without end."""
    assert parse_typed(text, KNOWN) == ()
    assert parse_citation(f"{SERIES}/2022/2{text}x") is not None

"""Language versions of one paper have equal paragraph numbers, or it is said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from wgsearch.papers.editions import Place, alignment, place

if TYPE_CHECKING:
    from collections.abc import Callable

    from wgsearch.papers.paper import Paper

SYMBOL = "DEMO/COP/WG.4/2022/3"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("body",), "body"),
        (("annex", "annexe", "anexo", "приложение"), "annex"),
        (("annex II", "annexe II", "Anexo ii"), "annex II"),
    ],
)
def test_one_annex_in_all_languages(parts: tuple[str, ...], expected: str) -> None:
    """An annex is the same one whatever a language calls it."""
    assert {place(part, "4") for part in parts} == {Place(expected, "4")}


def test_equal_editions_are_not_warned_of(make_paper: Callable[..., Paper]) -> None:
    """Editions with the same numbers, papers without a symbol and single papers are well."""
    papers = [
        make_paper(SYMBOL, ["One.", "Two."], language="en"),
        make_paper(SYMBOL, ["Un.", "Deux."], language="fr"),
        make_paper("AB/2", ["Three."]),
        make_paper(None, ["One."], file="a.txt"),
        make_paper(None, ["One.", "Two."], file="b.txt"),
    ]
    assert alignment(papers) == {}


def test_a_lost_paragraph_is_named_in_every_edition(make_paper: Callable[..., Paper]) -> None:
    """All editions are warned with all counts; the one that lacks a number names it."""
    english = make_paper(SYMBOL, ["One.", "Two.", "Three."], language="en")
    french = make_paper(SYMBOL, ["Un.", "Deux.", "Trois."], language="fr")
    french = replace(french, paragraphs=(french.paragraphs[0], french.paragraphs[2]))
    found = alignment([english, french])
    ((of_english,), (of_french,)) = found[english.file], found[french.file]
    assert {of_english.code, of_french.code} == {"editions_differ"}
    assert "(en 3, fr 2)" in of_english.message
    assert "not here" not in of_english.message
    assert of_french.message.endswith("; not here: 2")


def test_numbers_decide_and_not_only_their_count(make_paper: Callable[..., Paper]) -> None:
    """As many paragraphs with other numbers are other paragraphs."""
    english = make_paper(SYMBOL, ["One.", "Two."], language="en")
    french = make_paper(SYMBOL, ["Un.", "Deux."], language="fr")
    moved = replace(french.paragraphs[1], number="3")
    found = alignment([english, replace(french, paragraphs=(french.paragraphs[0], moved))])
    assert found[english.file][0].message.endswith("; not here: 3")


def test_a_long_list_of_numbers_is_cut(make_paper: Callable[..., Paper]) -> None:
    """Ten numbers are named, the others counted."""
    english = make_paper(SYMBOL, [f"No. {n}." for n in range(1, 31)], language="en")
    french = make_paper(SYMBOL, ["Un."], language="fr")
    message = alignment([english, french])[french.file][0].message
    assert message.endswith("not here: 2; 3; 4; 5; 6; 7; 8; 9; 10; 11 and 19 more")

"""Which symbols are asked for, and under which names papers are kept."""

from __future__ import annotations

from pathlib import PurePath

import pytest

from wgsearch.errors import UnfetchableSymbolError
from wgsearch.fetching.records import wanted
from wgsearch.fetching.service import Source
from wgsearch.papers import symbols

SYMBOLS = (
    "DEMO/COP/WG.4/2022/2",
    "DEMO/COP/WG.4/2025/2/Rev.1",
    "A/RES/77/1",
    "S/RES/2728(2024)",
    "E/CN.15/2024/CRP.3",
)


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_a_file_is_named_so_that_its_symbol_is_read_from_it(symbol: str) -> None:
    """The next run finds the paper by its name."""
    stem = wanted(symbol, "fr").stem
    assert symbols.of_file_name(f"{stem}.pdf") == symbol
    assert PurePath(stem).name == stem


def test_stars_and_spaces_of_a_typed_symbol_do_not_count() -> None:
    """A symbol copied from a list is understood."""
    assert wanted(" A/RES/77/1* ").symbol == "A/RES/77/1"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "A/AC.1/../../etc/passwd",
        "../A/RES/77/1",
        "A/RES/77/1/../x",
        "A/RES/77/1 A/RES/77/2",
        "A/RES/77/1\nHost: evil.example",
        "E/2025/_",
        "/A/RES/77/1",
        "https://documents.un.org/A/RES/77/1",
        "A/RES/77/1&l=fr",
        "A/RES/77/1?x",
        "A\\RES\\77\\1",
        "a/res/77/1",
    ],
)
def test_what_is_no_symbol_is_refused_before_anything_is_asked(text: str) -> None:
    """A symbol never becomes a path or a piece of an address."""
    with pytest.raises(UnfetchableSymbolError, match="is no symbol of a paper"):
        wanted(text)


def test_other_languages_than_the_official_ones_are_refused() -> None:
    """No paper would come."""
    with pytest.raises(UnfetchableSymbolError, match="name one of ar, zh, en, fr, ru, es"):
        wanted("A/RES/77/1", "de")


def test_an_address_is_made_of_symbol_and_language() -> None:
    """By query or by path, as the service has it."""
    asked = wanted("S/RES/2728(2024)", "es")
    assert Source().of(asked) == (
        "https://documents.un.org/api/symbol/access?s=S/RES/2728(2024)&l=es&t=pdf"
    )
    by_path = Source(address="https://undocs.org/{language}/{symbol}")
    assert by_path.of(asked) == "https://undocs.org/es/S/RES/2728(2024)"

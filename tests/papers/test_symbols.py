"""Document symbols: found wherever they stand, told from what only looks like one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wgsearch.papers.symbols import Suffix, find, join_split, key, locate, parse, resolve

SERIES = "DEMO/COP/WG.4"
KNOWN = (
    f"{SERIES}/2022/2",
    f"{SERIES}/2022/5",
    f"{SERIES}/2023/3",
    f"{SERIES}/2023/3/Rev.1",
    f"{SERIES}/2023/12",
    "DEMO/COP/2023/3",
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"({SERIES}/2024/2)", [f"{SERIES}/2024/2"]),
        (f"conference room paper ({SERIES}/2026/CRP.1) to", [f"{SERIES}/2026/CRP.1"]),
        (
            f"see {SERIES}/2024/L.1/Add.2 and {SERIES}/2024/NGO/3.",
            [f"{SERIES}/2024/L.1/Add.2", f"{SERIES}/2024/NGO/3"],
        ),
        (f"{SERIES}/2024/INF/1 Demonstration Conference", [f"{SERIES}/2024/INF/1"]),
        ("(DEMO/OzL.Pro.27/2, para. 4)", ["DEMO/OzL.Pro.27/2"]),
        ("E/CN.4/Sub.2/AC.2/1987/WP.4/Add.1 signifies", ["E/CN.4/Sub.2/AC.2/1987/WP.4/Add.1"]),
        ("A/RES/ES-11/1 and A/S-32/1", ["A/RES/ES-11/1", "A/S-32/1"]),
        ("ST/CS/SER.A/44/Rev.1*", ["ST/CS/SER.A/44/Rev.1"]),
        ("A/C.3/80/L.4", ["A/C.3/80/L.4"]),
        ("resolution A/RES/2758(XXVI)", ["A/RES/2758(XXVI)"]),
        ("WHA78.1 and EB156.R3", ["WHA78.1", "EB156.R3"]),
    ],
)
def test_symbols_of_every_shape_are_found_in_prose(text: str, expected: list[str]) -> None:
    """Any body's symbol is found, without a list of bodies, and without what follows it."""
    assert list(find(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "resolution 7/1 and decision 4/4",
        "page 2/17",
        "and/or; N/A; his/her",
        "open 24/7",
        "on 12/05/2024",
        "V.21-06003 (E)",
        "13-41682",
        "UNODC/ILO",
        "https://example.org/DEMO/COP",
        "a path such as home/DEMO/COP/1",
    ],
)
def test_what_only_looks_like_a_symbol_is_none(text: str) -> None:
    """Resolutions, page numbers, dates, job numbers, abbreviations and paths are no symbols."""
    assert find(text) == ()


@pytest.mark.parametrize(
    ("text", "expected", "stars"),
    [
        ("A/76/100*", "A/76/100", "*"),
        (f"{SERIES}/2024/2 **", f"{SERIES}/2024/2", "**"),
        (f"{SERIES}/2024/2* *", f"{SERIES}/2024/2", "**"),
        (f"{SERIES}/2024/2 text", f"{SERIES}/2024/2", ""),
    ],
)
def test_stars_of_a_reissue_are_no_part_of_the_symbol(text: str, expected: str, stars: str) -> None:
    """A star says "reissued"; the paper keeps its symbol."""
    (found,) = locate(text)
    assert (found.text, found.stars) == (expected, stars)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A/80/604\N{MINUS SIGN}E/2026/9", ["A/80/604", "E/2026/9"]),
        ("A/80/604-S/2026/90", ["A/80/604", "S/2026/90"]),
        ("A/80/604*\N{EN DASH}E/2026/9*", ["A/80/604", "E/2026/9"]),
        ("E/2024/30-E/CN.15/2024/7", ["E/2024/30", "E/CN.15/2024/7"]),
    ],
)
def test_both_symbols_of_a_joint_paper_are_found(text: str, expected: list[str]) -> None:
    """A paper of two bodies has two symbols, joined by a dash or a minus sign."""
    assert list(find(text)) == expected


def test_a_placeholder_stands_for_a_number_not_yet_given() -> None:
    """An agenda announces papers whose number is not known (`E/2026/_`)."""
    assert find("report (E/2026/_) and A/80/_\N{MINUS SIGN}E/2026/_") == ("E/2026/_", "A/80/_")


def test_a_symbol_split_by_the_masthead_is_one() -> None:
    """The first letters are set larger than the rest, and come out on a line of their own."""
    split = "Demonstration paper DEMO\n\n/COP/WG.4/2024/1\n\nDistr.: General"
    assert find(split) == (f"{SERIES}/2024/1",)
    assert join_split("United Nations A\n/76/100") == "United Nations A/76/100"


def test_a_space_after_a_slash_is_closed() -> None:
    """Some extractions leave a space before CRP, L, Add and the like."""
    assert find(f"sous la cote {SERIES}/2026/ CRP.2. Il est") == (f"{SERIES}/2026/CRP.2",)
    assert find(f"{SERIES}/2026/ the next") == ()


@pytest.mark.parametrize(
    "symbol",
    [
        "S/RES/2331 (2016)",
        "S/RES/2388(2017)",
        "A/81/6 (Sect. 16)",
        "A/81/6 (Part II)",
        "A/81/6 (Part II/Add.1)",
        "S/PV.3745 (Resumption 1)",
    ],
)
def test_parentheses_belong_to_the_symbol(symbol: str) -> None:
    """Years, parts, sections and resumptions are part of a symbol; other brackets are not."""
    assert find(f"see {symbol} and (later)") == (symbol,)


def test_a_symbol_is_taken_apart() -> None:
    """Kind, suffixes, family and year are what the segments say."""
    symbol = parse(f"{SERIES}/2024/L.1/Add.2")
    assert (symbol.kind, symbol.suffixes, symbol.base, symbol.year) == (
        "limited",
        (Suffix("Add", 2),),
        f"{SERIES}/2024/L.1",
        2024,
    )
    stacked = parse("ST/AI/189/Add.9/Rev.2")
    assert (stacked.base, stacked.year) == ("ST/AI/189", None)
    assert parse(f"{SERIES}/2026/CRP.1").kind == "conference room paper"
    assert parse("S/RES/2331 (2016)").year == 2016
    assert parse("A/RES/80/228").kind == "resolution"


def test_spellings_of_one_symbol_have_one_key() -> None:
    """Case, stars, spaces, coded slashes and the kind of dash do not count."""
    wanted = key("A/80/604-E/2026/9")
    for spelling in (
        "a/80/604-e/2026/9",
        "A/80/604\N{MINUS SIGN}E/2026/9",
        "A%2F80/604* -E/2026/9",
    ):
        assert key(spelling) == wanted
    assert key("S/RES/2331 (2016)") == key("S/RES/2331(2016)")
    inside, outside = f"{SERIES}/2025/4 (Part I/Add.1)", f"{SERIES}/2025/4 (Part I)/Add.1"
    assert key(inside) == key(outside) != key(f"{SERIES}/2025/4 (Part I)")
    assert parse(inside).suffixes == parse(outside).suffixes == (Suffix("Add", 1),)
    assert parse(inside).base == parse(outside).base == f"{SERIES}/2025/4 (Part I)"


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        (f"{SERIES}/2022/2", [f"{SERIES}/2022/2"]),
        ("demo/cop/wg.4/2022/2*", [f"{SERIES}/2022/2"]),
        ("WG.4/2022/5", [f"{SERIES}/2022/5"]),
        ("wg4 2022 5", [f"{SERIES}/2022/5"]),
        ("2022/2", [f"{SERIES}/2022/2"]),
        ("2023/3", [f"{SERIES}/2023/3", "DEMO/COP/2023/3"]),
        ("2023/3/Rev.1", [f"{SERIES}/2023/3/Rev.1"]),
        ("wg.4/2022", [f"{SERIES}/2022/2", f"{SERIES}/2022/5"]),
        ("DEMO_COP_WG.4_2022_2", [f"{SERIES}/2022/2"]),
        ("2023/1", []),
        ("2022", []),
        ("wg.4", []),
        ("", []),
        ("debt bondage", []),
    ],
)
def test_a_piece_of_a_symbol_finds_its_paper(piece: str, expected: list[str]) -> None:
    """People type the last segments, with spaces for slashes; one segment alone names nothing."""
    assert list(resolve(piece, KNOWN)) == expected


SEGMENT = st.one_of(
    st.integers(1, 99_999).map(str),
    st.sampled_from(["WG.4", "CN.15", "C.3", "Sub.2", "CRP.1", "L.7", "NGO/3", "COP", "SER.A"]),
)
SYMBOL = st.builds(
    lambda body, segments, last, suffix: "/".join([body, *segments, str(last)]) + suffix,
    st.sampled_from(["A", "E", "ST", "DEMO", "UNODC"]),
    st.lists(SEGMENT, max_size=4),
    st.integers(1, 99_999),
    st.sampled_from(["", "/Add.1", "/Corr.2", "/Rev.1", "/Add.3/Rev.2"]),
)


@given(SYMBOL)
def test_every_symbol_of_the_grammar_is_found_in_a_sentence(symbol: str) -> None:
    """Whatever body and segments: the symbol comes out whole."""
    assert find(f"As stated in {symbol}, the matter rests ({symbol}).") == (symbol,)


@given(SYMBOL, st.sampled_from(["", "*", "**"]))
def test_parsing_twice_changes_nothing(symbol: str, stars: str) -> None:
    """A parsed symbol is canonical, and its key is that of any spelling."""
    parsed = parse(symbol + stars)
    assert parse(parsed.text) == parsed
    assert key(parsed.text.lower().replace("/", " / ")) == parsed.key


@given(st.text(alphabet="AESTDMOCP/.0123456789 *()-_abdr\n", max_size=80))
def test_nothing_is_found_that_is_not_there(text: str) -> None:
    """Only the mended space and the mended split differ from what is printed."""
    printed = re.sub(r"\s+", "", text)
    assert all(re.sub(r"\s+", "", symbol) in printed for symbol in find(text))


NASTY = (
    "A/" * 50_000,
    "A/\n" * 33_000,
    "A/1" * 30_000,
    "A" * 100_000,
    "(" * 100_000,
    " " * 100_000,
    "1, " * 33_000,
    "a (a) " * 16_000,
    "12 and 13 " * 10_000,
    "Vienna, " * 12_500,
    "*" * 100_000,
    "DEMO\n/" * 16_000,
    "\N{EN DASH}" * 100_000,
)


@pytest.mark.parametrize("text", NASTY, ids=lambda text: repr(text[:6]))
def test_no_text_makes_the_search_run_without_end(text: str) -> None:
    """100 kB of one sign, or of half a symbol, is searched in one go."""
    assert len(locate(join_split(text))) <= len(text)
    assert find(text) == find(text + " ")
    assert resolve(text, KNOWN) == ()
    assert parse(text).key == key(text)

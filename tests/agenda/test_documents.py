"""Entries of documentation, and papers that a sentence puts before a body."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wgsearch.agenda.documents import locate, lone_entry, put_before, read_entries, read_row

SERIES = "DEMO/COP/WG.4/2031"


def _read(text: str) -> list[tuple[str | None, str | None]]:
    return [(each.symbol, each.title) for each in read_entries(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Note on beds ({SERIES}/2)", [(f"{SERIES}/2", "Note on beds")]),
        (f"Note on beds [{SERIES}/2].", [(f"{SERIES}/2", "Note on beds")]),
        (f"Note on beds, {SERIES}/2;", [(f"{SERIES}/2", "Note on beds")]),
        (f"(a) Note on beds ({SERIES}/2)", [(f"{SERIES}/2", "Note on beds")]),
        (f"• Note on beds ({SERIES}/2*)", [(f"{SERIES}/2", "Note on beds")]),
        (f"{SERIES}/2 Note on beds", [(f"{SERIES}/2", "Note on beds")]),
        (f"{SERIES}/2 – Note on beds", [(f"{SERIES}/2", "Note on beds")]),
        (f"{SERIES}/2, Note on beds", [(f"{SERIES}/2", "Note on beds")]),
        (f"({SERIES}/2)", [(f"{SERIES}/2", None)]),
        ("Oral report of the Chair", [(None, "Oral report of the Chair")]),
        ("Note on beds [to be issued]", [(None, "Note on beds")]),
        (f"{SERIES}/2 (to be issued)", [(f"{SERIES}/2", None)]),
    ],
)
def test_an_entry_names_its_paper_in_any_order(
    text: str, expected: list[tuple[str | None, str | None]]
) -> None:
    """Title and symbol, symbol and title, a symbol alone, or a paper without a symbol."""
    assert _read(text) == expected


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        (f"({SERIES}/2 and Add.1)", ["2", "2/Add.1"]),
        (f"({SERIES}/2 and Add.1-3)", ["2", "2/Add.1", "2/Add.2", "2/Add.3"]),
        (f"({SERIES}/2, Add.1 and Add.3)", ["2", "2/Add.1", "2/Add.3"]),
        (f"({SERIES}/2 and Corr.1)", ["2", "2/Corr.1"]),
        (f"({SERIES}/2/Rev.1 and Add.1)", ["2/Rev.1", "2/Rev.1/Add.1"]),
        (f"({SERIES}/2/Add.1 and Add.2)", ["2/Add.1", "2/Add.2"]),
        (f"({SERIES}/2 et Add.1 à 2)", ["2", "2/Add.1", "2/Add.2"]),
        (f"({SERIES}/2 y Add.1)", ["2", "2/Add.1"]),
        (f"({SERIES}/2 и Add.1)", ["2", "2/Add.1"]),
        (f"({SERIES}/2 and addenda)", ["2"]),
        (f"({SERIES}/2, 3 and 5)", ["2", "3", "5"]),
        (f"({SERIES}/L.2 and L.3)", ["L.2", "L.3"]),
        (f"{SERIES}/2-4", ["2", "3", "4"]),
    ],
)
def test_additions_count_where_they_are_numbered(text: str, symbols: list[str]) -> None:
    """`and Add.1-3` are three papers; `and addenda` says that there are some, not which."""
    assert [each.symbol for each in read_entries(text)] == [f"{SERIES}/{each}" for each in symbols]


def test_a_joint_symbol_is_one_paper() -> None:
    """Two bodies print one paper under two symbols with a dash between."""
    assert _read("Report on beds (A/99/7-E/2031/4)") == [("A/99/7-E/2031/4", "Report on beds")]
    assert _read("Report on beds (A/99/_–E/2031/_)") == [("A/99/_-E/2031/_", "Report on beds")]


@pytest.mark.parametrize("sign", ["_", "...", "…", "--", "xx", "[…]"])
def test_a_symbol_not_yet_assigned_is_a_placeholder(sign: str) -> None:
    """Whatever stands for the number that is to come is kept as one sign."""
    assert _read(f"Report on beds (E/2031/{sign})") == [("E/2031/_", "Report on beds")]


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("Review (DP/DEMO/2031/4) (Part II)", "DP/DEMO/2031/4 (Part II)"),
        ("Review (DP/DEMO/2031/4 (Part I)/Add.1)", "DP/DEMO/2031/4 (Part I)/Add.1"),
        ("Review (DP/20 31/L.2)", "DP/2031/L.2"),
        ("Review (DEMO/COP/ 2031/L.2)", "DEMO/COP/2031/L.2"),
    ],
)
def test_what_typists_do_to_symbols_is_undone(text: str, symbol: str) -> None:
    """A bracket closed too early and a space within a symbol do not cut it."""
    assert _read(text) == [(symbol, "Review")]


def test_entries_may_run_on() -> None:
    """In running text the next entry begins after the bracket of the one before."""
    found = _read(f"Note on beds ({SERIES}/2) Report on meals ({SERIES}/3); Oral report")
    assert found[:2] == [(f"{SERIES}/2", "Note on beds"), (f"{SERIES}/3", "Report on meals")]
    assert _read(f"{SERIES}/2 Beds {SERIES}/3 Meals") == [
        (f"{SERIES}/2", "Beds"),
        (f"{SERIES}/3", "Meals"),
    ]


def test_a_source_within_an_entry_is_no_paper_of_it() -> None:
    """Only the symbols of the entry's own bracket are its papers."""
    assert _read(f"Report on resolution A/RES/98/1 ({SERIES}/2)") == [
        (f"{SERIES}/2", "Report on resolution A/RES/98/1")
    ]
    assert _read(f"Beds (see {SERIES}/2)") == [(None, f"Beds (see {SERIES}/2)")]


@pytest.mark.parametrize(
    "text", ["None", "None.", "No documentation is expected", "Néant", "Ninguna", "Отсутствует"]
)
def test_no_documentation_is_no_entry(text: str) -> None:
    """The word for nothing is not the title of a paper."""
    assert _read(text) == []


BEFORE = [
    ("The Committee will have before it a note on beds ({}).", "note on beds"),
    ("The Committee has before it a note on beds ({}).", "note on beds"),
    ("The Committee will consider the report on beds ({}).", "report on beds"),
    ("The Committee may wish to take note of the report on beds ({}).", "report on beds"),
    ("A note on beds ({}) will be before the Committee.", None),
    ("A note on beds ({}) is submitted to the Committee for its consideration.", None),
    ("Le Comité sera saisi d’une note sur les lits ({}).", None),
    ("Le Comité examinera le rapport sur les lits ({}).", "rapport sur les lits"),
    ("El Comité tendrá ante sí una nota sobre camas ({}).", "nota sobre camas"),
    ("El Comité examinará el informe sobre camas ({}).", "informe sobre camas"),
    ("Комитет будет располагать запиской о койках ({}).", "запиской о койках"),
    ("Комитет рассмотрит доклад о койках ({}).", "доклад о койках"),
]


@pytest.mark.parametrize(("text", "title"), BEFORE)
def test_a_sentence_can_put_a_paper_before_the_body(text: str, title: str | None) -> None:
    """Having a paper before it, and considering it, are said by a verb in each language."""
    (found,) = put_before(text.format(f"{SERIES}/2"))
    assert found.symbol == f"{SERIES}/2"
    if title:
        assert found.title == title


@pytest.mark.parametrize(
    "text",
    [
        "The Committee had before it a note on beds ({}).",
        "Beds are described in document {}.",
        "The Committee will consider beds, see {}.",
        "The Committee will consider the report on beds ({}, para. 4).",
        "A note on beds ({}) is available on the website.",
        "Le Comité étudiera les lits, voir {}.",
    ],
)
def test_a_sentence_mostly_cites(text: str) -> None:
    """Earlier papers, sources and places in a paper are mentions."""
    assert put_before(text.format(f"{SERIES}/2")) == []


def test_a_resolution_is_no_paper_before_the_body() -> None:
    """A mandate is cited in the very sentence that names the paper."""
    found = put_before(
        f"In accordance with resolution A/RES/98/1, the Committee will have before it a note "
        f"({SERIES}/2) and a plan ({SERIES}/3 and Corr.1)."
    )
    assert [each.symbol for each in found] == [
        f"{SERIES}/2",
        f"{SERIES}/3",
        f"{SERIES}/3/Corr.1",
    ]


def test_a_line_that_only_names_a_paper_is_an_entry() -> None:
    """Without the word Documentation too; a sentence is none."""
    assert lone_entry(f"Note on beds ({SERIES}/2)")
    assert lone_entry(f"{SERIES}/2 Note on beds")
    assert not lone_entry(f"The note on beds was issued last year ({SERIES}/2)")
    assert not lone_entry(f"Note on beds ({SERIES}/2, para. 4)")
    assert not lone_entry("Note on beds")


def test_a_row_names_a_paper_by_a_cell_of_symbols() -> None:
    """The longest of the other cells is its title."""
    (found,) = read_row(["2", f"{SERIES}/2", "Note on beds"])
    assert (found.symbol, found.title) == (f"{SERIES}/2", "Note on beds")
    assert read_row(["2", f"see {SERIES}/2 of last year", "Note on beds"]) == []


def test_papers_of_world_health_bodies_have_no_slash_before_the_session() -> None:
    """`A78/4 Add.1` and `EB156/2` are symbols."""
    assert [each.symbol for each in locate("Documents A78/4 Add.1 and EB156/2")] == [
        "A78/4 Add.1",
        "EB156/2",
    ]


@given(
    numbers=st.lists(st.integers(1, 99), min_size=1, max_size=6, unique=True),
    words=st.lists(st.sampled_from(["Note", "Report", "Plan"]), min_size=6, max_size=6),
)
def test_every_entry_of_a_block_is_found_once(numbers: list[int], words: list[str]) -> None:
    """As many papers as entries, in their order, each with its own title."""
    lines = [
        f"{word} {at} ({SERIES}/{number})"
        for at, (number, word) in enumerate(zip(numbers, words, strict=False))
    ]
    expected = [
        (f"{SERIES}/{number}", f"{word} {at}")
        for at, (number, word) in enumerate(zip(numbers, words, strict=False))
    ]
    assert _read("\n".join(lines)) == expected
    assert _read(" ".join(lines)) == expected


@given(st.text(max_size=200))
def test_any_text_can_be_asked_for_papers(text: str) -> None:
    """Nothing that a page can hold stops the reading; every symbol found has a digit or a sign."""
    for each in [*read_entries(text), *put_before(text)]:
        assert each.symbol is None or any(char.isdigit() or char == "_" for char in each.symbol)

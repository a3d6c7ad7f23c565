"""Labels, counters and lists as they are set on pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wgsearch.agenda.labels import find_label, find_letter, follows
from wgsearch.agenda.listing import read_chain, read_chains
from wgsearch.agenda.titles import alike, plain, split_papers
from wgsearch.agenda.units import is_wrapped, units_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wgsearch.agenda.listing import Chain
    from wgsearch.papers.paper import Line

    MakeLine = Callable[..., Line]


@pytest.mark.parametrize(
    ("text", "numbers", "letter", "rest"),
    [
        ("2. Shelters", ("2",), None, "Shelters"),
        ("2 Shelters", ("2",), None, "Shelters"),
        ("Item 2. Shelters", ("2",), None, "Shelters"),
        ("Item 2", ("2",), None, ""),
        ("Agenda item 2: Shelters", ("2",), None, "Shelters"),
        ("Item 2 (b) – Beds", ("2",), "b", "Beds"),
        ("Item 2 (a) and (b): Beds", ("2",), None, "Beds"),
        ("Items 3 and 4. Staff", ("3", "4"), None, "Staff"),
        ("Item 2 of the provisional agenda: Shelters", ("2",), None, "Shelters"),
        ("Point 2 de l’ordre du jour : Foyers", ("2",), None, "Foyers"),
        ("Tema 2 del programa provisional. Albergues", ("2",), None, "Albergues"),
        ("Пункт 2 повестки дня. Приюты", ("2",), None, "Приюты"),
        ("项目2 庇护所", ("2",), None, "庇护所"),
        ("6. Shelters (item 7)", ("7",), None, "Shelters"),
        ("A. Shelters (item 2 of the provisional agenda)", ("2",), None, "Shelters"),
        ("2. (a) Beds", ("2",), "a", "Beds"),
        ("٢- المآوي", ("2",), None, "المآوي"),
    ],
)
def test_an_item_may_be_labelled_in_many_ways(
    text: str, numbers: tuple[str, ...], letter: str | None, rest: str
) -> None:
    """Figures, the word for item in six languages, or a bracket after the title, which wins."""
    found = find_label(text)
    assert found is not None
    assert (found.numbers, found.letter, found.rest) == (numbers, letter, rest)


@pytest.mark.parametrize("text", ["Item 2 will be considered first", "Shelters", "(a) Beds"])
def test_other_lines_open_no_item(text: str) -> None:
    """A sentence about an item is none."""
    assert find_label(text) is None


def test_letters_look_alike_in_two_alphabets() -> None:
    """A Cyrillic `с)` and a Latin `c)` are one letter."""
    cyrillic, latin = find_letter("с) приюты"), find_letter("(c) shelters")
    assert cyrillic is not None
    assert latin is not None
    assert cyrillic.letter == latin.letter == "c"


@given(st.integers(0, 51))
def test_letters_follow_one_another(at: int) -> None:
    """From `a` to `z`, then `aa`, `bb` and so on; each follows the one before and no other."""
    letters = [chr(97 + n) for n in range(26)] + [chr(97 + n) * 2 for n in range(26)]
    assert follows(letters[at], letters[at - 1] if at else None)
    assert not follows(letters[at], letters[at])


def test_titles_lose_marks_and_former_numbers() -> None:
    """The final mark, stars and the number in an earlier list are no part of a title."""
    assert plain("Shelters: beds;") == "Shelters: beds"
    assert plain("Shelters (P.12).") == "Shelters"
    assert plain("Shelters.*") == "Shelters"


def test_a_bracket_of_symbols_after_a_title_names_its_papers() -> None:
    """Any other bracket is part of the title."""
    title, papers = split_papers("Adoption of the agenda (DEMO/COP/2031/1 and Add.1).")
    assert title == "Adoption of the agenda"
    assert [each.symbol for each in papers] == ["DEMO/COP/2031/1", "DEMO/COP/2031/1/Add.1"]
    assert split_papers("Shelters (resolution 98/1).") == ("Shelters (resolution 98/1)", [])


def test_a_heading_is_alike_though_shorter() -> None:
    """Annotations cut titles short; another item of the same subject is not alike."""
    whole = "Shelters and their staff, including pay"
    assert alike("Shelters and their staff", whole)
    assert alike("SHELTERS AND THEIR STAFF, INCLUDING PAY", whole)
    assert not alike("Rivers and their banks", whole)
    assert not alike("", whole)


def _chain(lines: Sequence[Line]) -> Chain:
    units = units_of(lines, wrapped=is_wrapped(lines))
    chain = read_chain(units, 0)
    assert chain is not None
    return chain


def test_titles_set_over_several_lines_are_whole(make_line: MakeLine) -> None:
    """A letter that begins a line by chance, and a year, open nothing."""
    chain = _chain(
        [
            make_line("1. Opening.", gap=0.6),
            make_line("2. Follow-up to the plan of", gap=0.6),
            make_line("2030 and to article 3, paragraph 4", x=137.0),
            make_line("(a), of the convention:", x=137.0),
            make_line("(a) Beds;", x=137.0, gap=0.6),
            make_line("(b) Meals, including for persons who stay for", x=137.0, gap=0.6),
            make_line("less than a day.", x=161.0),
            make_line("3. Closure.", gap=0.6),
        ]
    )
    assert [draft.title for draft in chain.drafts.values()] == [
        "Opening",
        "Follow-up to the plan of 2030 and to article 3, paragraph 4 (a), of the convention",
        "Closure",
    ]
    assert [each.title for each in chain.drafts["2"].sub_items] == [
        "Beds",
        "Meals, including for persons who stay for less than a day",
    ]


def test_a_page_may_end_within_a_title(make_line: MakeLine) -> None:
    """The rest of the title begins the next page in small letters."""
    chain = _chain(
        [
            make_line("1. Opening.", gap=0.6),
            make_line("2. Shelters for persons who have left", gap=0.6),
            make_line("their homes.", x=137.0, page=2, gap=None),
            make_line("3. Closure.", page=2, gap=0.6),
        ]
    )
    assert chain.drafts["2"].title == "Shelters for persons who have left their homes"


def test_marks_of_notes_are_no_part_of_titles(make_line: MakeLine) -> None:
    """A raised figure calls a note."""
    chain = _chain([make_line("1. Opening.1", marks=["1"], gap=0.6), make_line("2. Closure.")])
    assert chain.drafts["1"].title == "Opening"


def test_a_lost_number_does_not_end_a_list(make_line: MakeLine) -> None:
    """The list goes on with the next number printed."""
    lines = [make_line(f"{n}. Question {n}.", gap=0.6) for n in (1, 2, 4, 5, 6)]
    assert list(_chain(lines).drafts) == ["1", "2", "4", "5", "6"]


def test_lines_of_contents_lead_to_pages(make_line: MakeLine) -> None:
    """Dots and the page's number are no part of the title."""
    lines = [
        make_line("2 Shelters ........................ 3", gap=0.6),
        make_line("3 Meals ........................... 4", gap=0.6),
    ]
    (chain,) = read_chains(units_of(lines, wrapped=True))
    assert {draft.number: draft.title for draft in chain.drafts.values()} == {
        "2": "Shelters",
        "3": "Meals",
    }


@given(
    titles=st.lists(st.sampled_from(["Shelters", "Meals", "Beds and rivers"]), min_size=1),
    letters=st.integers(0, 30),
)
def test_every_item_of_a_list_is_found_in_order(
    make_line: MakeLine, titles: list[str], letters: int
) -> None:
    """However many items and sub-items a list has."""
    lines = [make_line(f"{n}. {title}.", gap=0.6) for n, title in enumerate(titles, start=1)]
    names = [chr(97 + n) if n < 26 else chr(71 + n) * 2 for n in range(letters)]
    lines += [make_line(f"({name}) Part {name};", x=137.0, gap=0.6) for name in names]
    chain = _chain(lines)
    assert [draft.title for draft in chain.drafts.values()] == titles
    last = chain.drafts[str(len(titles))]
    assert [each.letter for each in last.sub_items] == names

"""Mastheads of every make: each field is found by its form, and the title is what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wgsearch.papers.furniture import sort_lines
from wgsearch.papers.kinds import kind_of
from wgsearch.papers.masthead import Masthead, read_masthead
from wgsearch.papers.paper import PaperKind
from wgsearch.papers.plain import read_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wgsearch.papers.paper import Line

SERIES = "DEMO/COP/WG.4"
Row = tuple[str, dict[str, object]]


@pytest.fixture
def masthead(make_line: Callable[..., Line]) -> Callable[..., Masthead]:
    """`masthead(rows, heads=())`: rows are texts, or texts with how they are set."""

    def read(rows: Sequence[str | Row], heads: Sequence[str] = ()) -> Masthead:
        lines = []
        y = 40.0
        for row in rows:
            text, how = (row, {}) if isinstance(row, str) else row
            y += 13.0 + 30.0 * bool(how.get("apart"))
            set_as = {key: value for key, value in how.items() if key != "apart"}
            lines.append(make_line(text, **{"x": 57.0, "y": y, **set_as}))
        return read_masthead(lines, heads=heads, size=11.0)

    return read


ORDINARY: list[str | Row] = [
    (
        "United Nations DEMO/COP/WG.4/2024/2",
        {"cells": [("United Nations", 57), (f"{SERIES}/2024/2", 368)]},
    ),
    (
        "Demonstration Conference of Distr.: General",
        {
            "cells": [("Demonstration Conference of", 57), ("Distr.: General", 380)],
            "size": 17,
            "bold": True,
        },
    ),
    ("22 April 2024", {"x": 380}),
    ("the Parties", {"size": 17, "bold": True}),
    ("Original: English", {"x": 380}),
    ("Demonstration Working Group on Trafficking", {"bold": True, "apart": True}),
    ("in Persons", {"bold": True}),
    ("Third session", {"bold": True}),
    "Vienna, 1 and 2 July 2024",
    "Item 2 (b) of the provisional agenda*",
    ("Removal of organs", {"bold": True}),
    (
        "Trafficking in persons for the removal of organs:",
        {"bold": True, "size": 15, "apart": True},
    ),
    ("prevention, detection and care", {"bold": True, "size": 15}),
    ("Background paper prepared by the Secretariat", {"bold": True, "apart": True, "size": 12}),
    ("I. Introduction", {"bold": True, "apart": True, "size": 14}),
    ("1. The present background paper was prepared.", {"x": 113}),
]  # fmt: skip


def test_an_ordinary_masthead_gives_all_fields(masthead: Callable[..., Masthead]) -> None:
    """Two columns that interleave: each field goes where it belongs."""
    found = masthead(ORDINARY)
    assert found.symbols == (f"{SERIES}/2024/2",)
    assert (found.date, found.distribution, found.original) == ("2024-04-22", "General", ("en",))
    assert found.body == (
        "Demonstration Conference of the Parties, "
        "Demonstration Working Group on Trafficking in Persons"
    )
    assert (found.session, found.meeting) == ("Third session", "Vienna, 1 and 2 July 2024")
    assert found.item is not None
    assert (found.item.number, found.item.title) == ("2 (b)", "Removal of organs")
    assert found.title == (
        "Trafficking in persons for the removal of organs: prevention, detection and care"
    )
    assert found.kind is PaperKind.BACKGROUND_PAPER
    assert found.subtitle_lines == ("Background paper prepared by the Secretariat",)
    assert found.start == 14


def test_a_symbol_in_two_type_sizes_is_one(masthead: Callable[..., Masthead]) -> None:
    """The first letters are set larger, and come out as a cell of their own."""
    cells = [("United Nations", 57), ("DEMO", 368), ("/COP/WG.4/2024/2", 400)]
    split = ("United Nations DEMO /COP/WG.4/2024/2", {"cells": cells})
    assert masthead([split, *ORDINARY[1:]]).symbols == (f"{SERIES}/2024/2",)


def test_an_old_masthead_names_the_distribution_on_its_own_line(
    masthead: Callable[..., Masthead],
) -> None:
    """`Distr.` stands above `GENERAL`, and `ORIGINAL: ENGLISH` is in capitals."""
    found = masthead(
        [
            ("Distr.", {"x": 380}),
            ("GENERAL", {"x": 380}),
            (f"{SERIES}/1998/6", {"x": 380}),
            ("3 June 1998", {"x": 380}),
            ("ORIGINAL: ENGLISH", {"x": 380}),
            ("DEMONSTRATION CONFERENCE OF THE PARTIES", {"apart": True}),
            "First session",
            "Vienna, 5-9 October 1998",
            "Item 4 of the provisional agenda",
            ("REPORT ON NATIONAL LEGISLATION", {"apart": True, "x": 200}),
            ("1. The Conference met.", {"apart": True}),
        ]
    )
    assert found.symbols == (f"{SERIES}/1998/6",)
    assert (found.distribution, found.date, found.original) == ("General", "1998-06-03", ("en",))
    assert (found.session, found.title) == ("First session", "REPORT ON NATIONAL LEGISLATION")
    assert found.kind is PaperKind.REPORT


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [
                (f"{SERIES}/2024/2", {"x": 368}),
                ("Distr. générale", {"x": 380}),
                ("1er avril 2024", {"x": 380}),
                ("Français", {"x": 380}),
                ("Original : anglais", {"x": 380}),
                ("Groupe de travail sur la traite des personnes", {"bold": True, "apart": True}),
                ("Troisième session", {"bold": True}),
                "Vienne, 1er et 2 juillet 2024",
                "Point 2 de l’ordre du jour provisoire*",
                ("Prélèvement d’organes", {"bold": True}),
                ("Traite des personnes", {"bold": True, "size": 15, "apart": True}),
                ("Document d’information établi par le Secrétariat", {"bold": True, "apart": True}),
                ("I. Introduction", {"bold": True, "apart": True, "size": 14}),
            ],
            ("2024-04-01", ("fr",), "générale", "Troisième session", "2", "Traite des personnes"),
        ),
        (
            [
                (f"{SERIES}/2024/2", {"x": 368}),
                ("Distr. general", {"x": 380}),
                ("22 de abril de 2024", {"x": 380}),
                ("Español", {"x": 380}),
                ("Original: inglés", {"x": 380}),
                ("Grupo de Trabajo sobre la Trata de Personas", {"bold": True, "apart": True}),
                ("Tercer período de sesiones", {"bold": True}),
                "Viena, 1 y 2 de julio de 2024",
                "Tema 4 a) del programa provisional*",
                ("Extracción de órganos", {"bold": True}),
                ("Trata de personas", {"bold": True, "size": 15, "apart": True}),
                ("Documento de antecedentes", {"bold": True, "apart": True}),
                ("I. Introducción", {"bold": True, "apart": True, "size": 14}),
            ],
            (
                "2024-04-22",
                ("es",),
                "general",
                "Tercer período de sesiones",
                "4 a)",
                "Trata de personas",
            ),
        ),
    ],
)
def test_editions_are_read_in_their_language(
    masthead: Callable[..., Masthead], rows: list[str | Row], expected: tuple[object, ...]
) -> None:
    """A French and a Spanish masthead give the same fields as an English one."""
    found = masthead(rows)
    assert found.item is not None
    assert expected == (
        found.date,
        found.edition,
        found.distribution,
        found.session,
        found.item.number,
        found.title,
    )
    assert found.original == ("en",)
    assert found.kind is PaperKind.BACKGROUND_PAPER


def test_a_conference_room_paper_prints_no_distribution(masthead: Callable[..., Masthead]) -> None:
    """It names its only language instead."""
    found = masthead(
        [
            (f"{SERIES}/2026/CRP.1", {"x": 368}),
            ("22 June 2026", {"x": 380}),
            ("English only", {"x": 380}),
            ("Demonstration Working Group", {"bold": True, "apart": True}),
            ("Fifth session", {"bold": True}),
            "Vienna, 29 and 30 June 2026",
            ("Compensation for victims", {"bold": True, "size": 15, "apart": True}),
            ("I. Introduction", {"bold": True, "apart": True, "size": 14}),
        ]
    )
    assert (found.distribution, found.edition, found.kind) == (
        None,
        ("en",),
        PaperKind.CONFERENCE_ROOM_PAPER,
    )
    assert found.title == "Compensation for victims"


@pytest.mark.parametrize(
    "printed",
    ["A/80/604\N{MINUS SIGN}E/2026/9", "A/80/604-E/2026/9*", "A/80/604\N{EN DASH}E/2026/9"],
)
def test_a_joint_paper_has_both_symbols(masthead: Callable[..., Masthead], printed: str) -> None:
    """Two bodies, two symbols, whatever the dash."""
    found = masthead([(printed, {"x": 368}), *ORDINARY[2:]])
    assert found.symbols == ("A/80/604", "E/2026/9")


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Item 2 (c) and (f) of the provisional agenda", "2 (c) and (f)"),
        ("Items 3 and 4 of the provisional agenda*", "3 and 4"),
        ("Agenda item 124", "124"),
        ("Item 109 of the preliminary list* *", "109"),
        ("Пункт 2 (a), (c) и (f) предварительной повестки дня *", "2 (a), (c) и (f)"),
        ("Tema 4 a) del programa provisional *", "4 a)"),
        ("Provisional agenda item 16.2", "16.2"),
    ],
)
def test_the_item_keeps_its_letters(
    masthead: Callable[..., Masthead], line: str, number: str | None
) -> None:
    """Item references in words of several languages give number and letters as printed."""
    item = masthead([*ORDINARY[:9], line, *ORDINARY[10:]]).item
    assert (item.number if item else None) == number


def test_title_and_item_may_have_the_same_words(masthead: Callable[..., Masthead]) -> None:
    """The item's heading is not taken for the title because it is repeated."""
    rows = list(ORDINARY)
    rows[10] = ("Child victims", {"bold": True})
    rows[11:13] = [("Child victims", {"bold": True, "size": 15, "apart": True})]
    found = masthead(rows)
    assert found.item is not None
    assert (found.item.title, found.title) == ("Child victims", "Child victims")


def test_the_kind_line_is_no_part_of_the_title_but_a_subtitle_is(
    masthead: Callable[..., Masthead],
) -> None:
    """`Background paper prepared by ...` says what a paper is; other lines go on with the title."""
    rows = list(ORDINARY)
    rows[13] = ("A handbook for inspectors", {"bold": True, "apart": True, "size": 12})
    assert (masthead(rows).title or "").endswith("detection and care: A handbook for inspectors")


def test_what_a_corrigendum_corrects_is_no_title(masthead: Callable[..., Masthead]) -> None:
    """Under the word Corrigendum begins the text."""
    rows = [
        (f"{SERIES}/2023/3/Corr.1", {"x": 368}),
        *ORDINARY[2:11],
        ("The irrelevance of consent", {"bold": True, "size": 15, "apart": True}),
        ("Corrigendum", {"bold": True, "size": 15, "apart": True}),
        ("Paragraph 17, fourth sentence", {"bold": True, "size": 14, "apart": True}),
        ("For article 3 read article 4", {"apart": True}),
    ]
    found = masthead(rows)
    assert found.title == "The irrelevance of consent: Corrigendum"
    assert (found.kind, found.start) == (PaperKind.CORRIGENDUM, 12)


def test_the_running_head_helps_where_no_symbol_is_printed(
    masthead: Callable[..., Masthead],
) -> None:
    """A copy without the first line still has its symbol on later pages."""
    assert masthead(ORDINARY[2:], heads=(f"{SERIES}/2024/2",)).symbols == (f"{SERIES}/2024/2",)


def test_a_text_without_masthead_is_all_text(masthead: Callable[..., Masthead]) -> None:
    """Nothing is taken for a field that is not there."""
    found = masthead(["Notes of a drafter", "Shelters for men are few and far between."])
    assert (found.symbols, found.date, found.start) == ((), None, 0)


@pytest.mark.parametrize(
    ("symbol", "title", "subtitle", "kind"),
    [
        ("2024/1", "Annotated provisional agenda", "", "agenda"),
        ("2024/5", "Report on the third session", "", "report"),
        ("2024/L.1", "Draft report", "", "draft report"),
        (
            "2024/2",
            "Removal of organs",
            "Background paper prepared by the Secretariat",
            "background paper",
        ),
        ("2024/2", "Removal of organs", "Note by the Secretariat", "note"),
        ("2026/CRP.1", "Report on compensation", "", "conference room paper"),
        ("2023/3/Corr.1", "Report on consent", "", "corrigendum"),
        ("2024/NGO/3", "Written views", "", "statement"),
        ("2024/9", "Letter dated 3 June 2024 from the Chair", "", "letter"),
        ("2024/L.2", "Draft resolution", "", "draft resolution"),
        ("2024/8", "Child victims", "", "other"),
        ("2024/8", "Provisional agenda, annotations and list of documents", "", "agenda"),
        ("2024/8", "Ordre du jour provisoire annoté", "", "agenda"),
        ("2024/8", "Implementation of the 2030 Agenda", "Note by the Secretariat", "note"),
        ("2024/8", "Report of the Working Group", "Note by the Secretary-General", "report"),
        ("2024/8", "Reports of the regional meetings", "Note by the Secretariat", "note"),
        ("2024/8", "Reports submitted by States", "Note by the Secretary-General", "report"),
        ("2024/8", "Letter dated 3 June 2024 on the draft resolution", "", "letter"),
        ("2024/8", "Chapters not covered by other agenda items", "Report of the Chair", "report"),
        ("2024/8", "Proposed programme budget for 2037", "", "report"),
        ("2024/8", "Сводный доклад", "", "report"),
    ],
)
def test_the_kind_is_what_symbol_title_or_subtitle_say(
    symbol: str, title: str, subtitle: str, kind: str
) -> None:
    """The symbol decides where it can, then the title, then the line below it."""
    lines = [each for each in (title, subtitle) if each]
    assert kind_of([f"{SERIES}/{symbol}"], title, lines[1:], lines) == kind


PLAIN = {
    "blank lines between all": """\
United Nations DEMO

/COP/WG.4/2024/2

Demonstration Conference of the Parties

Distr.: General
22 April 2024

Original: English

Demonstration Working Group

Third session

Vienna, 1 and 2 July 2024

Item 2 (b) of the provisional agenda*

Removal of organs

Trafficking in persons for the removal of organs

Note by the Secretariat

1. The present note was prepared.
""",
    "none at all": """\
United Nations
DEMO/COP/WG.4/2024/2
Demonstration Conference of the Parties
Distr.: General
22 April 2024
Original: English
Demonstration Working Group
Third session
Vienna, 1 and 2 July 2024
Item 2 (b) of the provisional agenda*
Removal of organs
Trafficking in persons for the removal of organs
Note by the Secretariat
1. The present note was prepared.
""",
    "columns that interleave": """\
United Nations DEMO/COP/WG.4/2024/2

Demonstration Conference of the Distr.: General 22 April 2024 Parties Original: English

Demonstration Working Group

Third session Vienna, 1 and 2 July 2024

Item 2 (b) of the provisional agenda*

Removal of organs

Trafficking in persons for the removal of organs

Note by the Secretariat

1. The present note was prepared.
""",
}


@pytest.mark.parametrize("text", PLAIN.values(), ids=PLAIN)
def test_plain_text_gives_the_same_fields_however_it_was_extracted(text: str) -> None:
    """Row by row, without blank lines, or with the columns of the letterhead mixed."""
    pages = read_plain(text.encode(), file="paper.txt")
    furnished = sort_lines(pages, [0.0] * len(pages))
    found = read_masthead(furnished.lines, heads=furnished.heads, size=furnished.size)
    assert (found.symbols, found.date, found.original) == (
        (f"{SERIES}/2024/2",),
        "2024-04-22",
        ("en",),
    )
    assert found.body == "Demonstration Conference of the Parties, Demonstration Working Group"
    assert (found.session, found.meeting) == ("Third session", "Vienna, 1 and 2 July 2024")
    assert found.item is not None
    assert (found.item.number, found.item.title) == ("2 (b)", "Removal of organs")
    assert found.title == "Trafficking in persons for the removal of organs"
    assert found.kind is PaperKind.NOTE


@pytest.mark.parametrize(
    "text", ["Vienna, " * 12_000, "Item 1, " * 12_000, "1" * 100_000, "* " * 50_000, "a " * 50_000]
)
def test_long_lines_are_read_in_one_go(masthead: Callable[..., Masthead], text: str) -> None:
    """No first line makes the reading run without end."""
    assert masthead([*ORDINARY[:5], text]).symbols == (f"{SERIES}/2024/2",)

"""Counters decide: what a number, a letter or a heading is depends on what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wgsearch.papers.paper import Line, ParagraphKind
from wgsearch.papers.paragraphs import Structure, read_structure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wgsearch.papers.paper import Paragraph

WORDS = "States parties reported on the measures that they had taken since the last session."


@pytest.fixture
def structure(make_line: Callable[..., Line]) -> Callable[..., Structure]:
    """`structure(lines, is_agenda=False)`: texts are paragraphs, texts with `#` are headings."""

    def read(lines: Sequence[str | Line], *, is_agenda: bool = False) -> Structure:
        made = []
        for at, line in enumerate(lines):
            if not isinstance(line, str):
                made.append(line)
            else:
                words = line.lstrip("# ")
                heading = line.startswith("#")
                made.append(make_line(words, bold=heading, gap=0.5 if at else None))
        return read_structure(made, body_size=11.0, is_agenda=is_agenda)

    return read


def _numbers(found: Structure) -> list[str | None]:
    return [paragraph.number for paragraph in found.paragraphs]


def _only(found: Structure) -> Paragraph:
    (paragraph,) = found.paragraphs
    return paragraph


def test_a_number_out_of_turn_stays_text(structure: Callable[..., Structure]) -> None:
    """`7.` after `3.` opens no paragraph; the count goes on with 4."""
    found = structure([f"{n}. {WORDS}" for n in (1, 2, 3)] + ["7. Not next.", f"4. {WORDS}"])
    assert _numbers(found) == ["1", "2", "3", None, "4"]
    assert found.warnings == ()


def test_a_list_of_numbers_within_a_paragraph_does_not_count(
    structure: Callable[..., Structure],
) -> None:
    """`1.` and `2.` of a list after paragraph 5 are no paragraphs 1 and 2."""
    lines = [f"{n}. {WORDS}" for n in range(1, 6)]
    found = structure([*lines, "1. Fees;", "2. Debts;", f"6. {WORDS}"])
    assert [number for number in _numbers(found) if number] == ["1", "2", "3", "4", "5", "6"]


def test_lost_numbers_are_told(structure: Callable[..., Structure]) -> None:
    """After a number that could not be read the count goes on, with a warning."""
    found = structure([f"1. {WORDS}", f"2. {WORDS}", f"4. {WORDS}"])
    assert _numbers(found) == ["1", "2", "4"]
    assert [warning.code for warning in found.warnings] == ["number_gap"]
    assert "2 is followed by 4" in found.warnings[0].message


def test_a_numbered_heading_is_no_paragraph(structure: Callable[..., Structure]) -> None:
    """`1. General recommendations` above paragraph 3 is a heading of the third level."""
    found = structure(
        [
            "# I. Introduction",
            f"1. {WORDS}",
            f"2. {WORDS}",
            "# II. Recommendations",
            "# A. Implementation of the Protocol",
            "# 1. General recommendations",
            f"3. {WORDS}",
            "# 2. Victims of trafficking",
            f"4. {WORDS}",
        ]
    )
    assert [(each.level, each.label, each.text, each.before) for each in found.headings] == [
        (1, "I", "Introduction", 0),
        (1, "II", "Recommendations", 2),
        (2, "A", "Implementation of the Protocol", 2),
        (3, "1", "General recommendations", 2),
        (3, "2", "Victims of trafficking", 3),
    ]
    assert _numbers(found) == ["1", "2", "3", "4"]
    assert found.paragraphs[3].heading_path == (
        "II. Recommendations",
        "A. Implementation of the Protocol",
        "2. Victims of trafficking",
    )


def test_the_letter_after_h_is_no_chapter(structure: Callable[..., Structure]) -> None:
    """`I.` after section `H.` is the section I; after chapter IV stands chapter V."""
    letters = [f"# {letter}. Views of delegations" for letter in "ABCDEFGHIJ"]
    found = structure(["# I. Introduction", *letters, "# II. Closing", f"1. {WORDS}"])
    assert [each.level for each in found.headings] == [1] + [2] * 10 + [1]


def test_a_sentence_over_a_page_end_is_one_paragraph(
    structure: Callable[..., Structure], make_line: Callable[..., Line]
) -> None:
    """Foot, note and running head are gone; the sentence is whole and has both pages."""
    paragraph = _only(
        structure(
            [
                make_line("1. Victims are often led to", gap=None, x1=482.0),
                make_line("commit offences themselves.1", page=2, gap=None, marks=["1"]),
            ]
        )
    )
    assert paragraph.text == "Victims are often led to commit offences themselves."
    assert (paragraph.page_first, paragraph.page_last) == (1, 2)
    assert paragraph.footnotes == ("1",)
    assert [box.page for box in paragraph.boxes] == [1, 2]


def test_a_sentence_goes_on_after_a_table_or_box(
    structure: Callable[..., Structure], make_line: Callable[..., Line]
) -> None:
    """Boxes and tables are set where there is room, also within a sentence."""
    found = structure(
        [
            "1. Victims are often led to",
            make_line("Box 1", gap=1.0, size=9.5, x=123),
            make_line("The cousin", bold=True, size=9.5, x=123),
            make_line("Consider a case.", size=9.5, x=123),
            make_line("commit offences themselves.", gap=1.0),
            "2. They should not be punished.",
        ]
    )
    assert [(each.number, each.kind, each.text) for each in found.paragraphs] == [
        ("1", "paragraph", "Victims are often led to commit offences themselves."),
        (None, "box", "Box 1 The cousin\nConsider a case."),
        ("2", "paragraph", "They should not be punished."),
    ]


def test_sub_paragraphs_belong_to_their_paragraph(structure: Callable[..., Structure]) -> None:
    """Each begins on a line of its own within the paragraph."""
    found = structure(
        [
            "1. States parties should:",
            "(a) Train inspectors;",
            "(b) License agencies:",
            "(i) At home;",
            "(ii) Abroad.",
            f"2. {WORDS}",
        ]
    )
    assert found.paragraphs[0].text.split("\n") == [
        "States parties should:",
        "(a) Train inspectors;",
        "(b) License agencies:",
        "(i) At home;",
        "(ii) Abroad.",
    ]
    assert _numbers(found) == ["1", "2"]


def test_numbers_restart_in_each_annex(structure: Callable[..., Structure]) -> None:
    """Annexes are parts of their own, and so are their numbers."""
    found = structure(
        [f"1. {WORDS}", f"2. {WORDS}", "# Annex I", f"1. {WORDS}", "# Annex II", f"1. {WORDS}"]
    )
    assert [(each.part, each.number) for each in found.paragraphs] == [
        ("body", "1"),
        ("body", "2"),
        ("annex I", "1"),
        ("annex II", "1"),
    ]
    assert [each.text for each in found.headings] == ["Annex I", "Annex II"]


def test_dotted_numbers_count_within_their_paragraph(structure: Callable[..., Structure]) -> None:
    """`115.1` follows 115; a number such as `3.5` in a sentence opens nothing."""
    found = structure(
        [
            f"1. {WORDS}",
            f"1.1 {WORDS}",
            f"1.2 {WORDS}",
            f"2. {WORDS}",
            f"2.1. {WORDS}",
            "3.5 per cent of cases.",
        ]
    )
    assert [number for number in _numbers(found) if number] == ["1", "1.1", "1.2", "2", "2.1"]


def test_a_paper_may_begin_at_a_later_number(structure: Callable[..., Structure]) -> None:
    """Parts of a longer report are numbered through."""
    assert _numbers(structure([f"{n}. {WORDS}" for n in (41, 42, 43)])) == ["41", "42", "43"]


def test_a_number_alone_on_its_line_opens_a_paragraph(
    structure: Callable[..., Structure], make_line: Callable[..., Line]
) -> None:
    """Some typesetters set the number apart from its text."""
    assert _numbers(structure([make_line("1.", gap=None), make_line(WORDS), f"2. {WORDS}"])) == [
        "1",
        "2",
    ]


@pytest.mark.parametrize(
    ("heading", "text", "kind"),
    [
        ("# II. Recommendations", "States parties should train inspectors.", "recommendation"),
        ("# II. Recommendations", "The Secretariat is requested to report.", "recommendation"),
        ("# II. Recommendations", "UNODC may wish to publish it.", "recommendation"),
        ("# II. Recommendations", "The meeting was opened at 10 a.m.", "paragraph"),
        ("# II. Summary of deliberations", "States parties should train inspectors.", "paragraph"),
    ],
)
def test_recommendations_stand_under_a_heading_that_says_so(
    structure: Callable[..., Structure], heading: str, text: str, kind: str
) -> None:
    """What a speaker said States should do is no recommendation of the Working Group."""
    assert _only(structure([heading, f"1. {text}"])).kind == kind


def test_a_box_is_one_unit_and_keeps_its_numbers(
    structure: Callable[..., Structure], make_line: Callable[..., Line]
) -> None:
    """Paragraphs and numbers within a box are the box's, and what follows it is not."""
    found = structure(
        [
            f"1. {WORDS}",
            make_line("Box 1", gap=1.8, size=10, x=123),
            make_line("Two growers", bold=True, size=10, x=123),
            make_line("Consider a case in which two growers:", size=10, x=123),
            make_line("2. Pay by the hour;", gap=0.4, size=10, x=123),
            make_line("Nobody leaves.", gap=0.4, size=10, x=123),
            make_line("An unnumbered paragraph follows the box.", gap=1.8),
            f"2. {WORDS}",
        ]
    )
    kinds = [(each.number, each.kind) for each in found.paragraphs]
    assert kinds == [("1", "paragraph"), (None, "box"), (None, "paragraph"), ("2", "paragraph")]
    assert found.paragraphs[1].text == (
        "Box 1 Two growers\nConsider a case in which two growers:\n"
        "2. Pay by the hour;\nNobody leaves."
    )
    assert found.paragraphs[0].text == WORDS


def test_rows_of_a_table_swallow_no_paragraph(
    structure: Callable[..., Structure], make_line: Callable[..., Line]
) -> None:
    """Label and title, rows, and then the next paragraph, each by itself."""
    found = structure(
        [
            f"1. {WORDS}",
            make_line("Table 1", gap=1.0),
            make_line("Two offences", bold=True),
            make_line("Offence Act", gap=0.7, size=9, cells=[("Offence", 113), ("Act", 225)]),
            make_line("Persons Means", gap=0.2, size=9, cells=[("Persons", 113), ("Means", 225)]),
            f"2. {WORDS}",
        ]
    )
    assert [(each.number, each.kind, each.text) for each in found.paragraphs] == [
        ("1", "paragraph", WORDS),
        (None, "paragraph", "Table 1 Two offences"),
        (None, "table row", "Offence\tAct"),
        (None, "table row", "Persons\tMeans"),
        ("2", "paragraph", WORDS),
    ]
    assert found.headings == ()


def test_items_of_an_agenda_are_no_paragraphs(structure: Callable[..., Structure]) -> None:
    """The list is a list, and the annotations repeat its items as headings."""
    found = structure(
        [
            "# Provisional agenda",
            "1. Organizational matters:",
            "(a) Opening of the session;",
            "2. Child victims.",
            "# Annotations",
            "# 1. Organizational matters",
            WORDS,
            "# 2. Child victims",
            WORDS,
        ],
        is_agenda=True,
    )
    assert found.paragraphs[0].text == "1. Organizational matters:\n(a) Opening of the session;"
    kinds = [each.kind for each in found.paragraphs]
    assert kinds == [ParagraphKind.LIST] * 2 + [ParagraphKind.PARAGRAPH] * 2
    assert _numbers(found) == [None] * 4
    assert [(each.label, each.text) for each in found.headings] == [
        (None, "Provisional agenda"),
        (None, "Annotations"),
        ("1", "Organizational matters"),
        ("2", "Child victims"),
    ]


@pytest.mark.parametrize(
    "text", ["1" * 100_000, "1. " * 33_000, "(a) " * 25_000, "I. " * 33_000, "The A" * 20_000]
)
def test_long_lines_are_read_in_one_go(structure: Callable[..., Structure], text: str) -> None:
    """No line makes the reading run without end."""
    assert len(structure(["# II. Recommendations", text]).paragraphs) == 1


def test_a_numbered_paragraph_goes_on_after_a_full_line(
    structure: Callable[..., Structure], make_line: Callable[..., Line]
) -> None:
    """A sentence may end with the page; the next one has no number, so it goes on."""
    found = structure(
        [
            "1. States parties should open shelters for men in all districts, as they were asked.",
            make_line("2. They should also train those who inspect the fields.", x1=482.0),
            make_line(
                "Inspectors should speak the language of those who work there.", page=2, gap=None
            ),
            make_line("3. Reports are due.", page=2, gap=0.5),
        ]
    )
    assert _numbers(found) == ["1", "2", "3"]
    assert found.paragraphs[1].text.endswith("who work there.")
    assert (found.paragraphs[1].page_first, found.paragraphs[1].page_last) == (1, 2)


def test_a_heading_on_a_new_page_is_not_glued_to_a_full_line(
    structure: Callable[..., Structure], make_line: Callable[..., Line]
) -> None:
    """A short line without a stop is no rest of a paragraph."""
    found = structure(
        [
            make_line("1. They should train those who inspect.", gap=None, x1=482.0),
            make_line(WORDS, x1=482.0),
            make_line("Shelters", page=2, gap=None, italic=True),
            make_line("2. Reports are due.", page=2, gap=0.5),
        ]
    )
    assert [heading.text for heading in found.headings] == ["Shelters"]
    assert _numbers(found) == ["1", "2"]


def test_numbers_of_a_fascicle_count_within_its_parts(structure: Callable[..., Structure]) -> None:
    """`27.I.2` follows `27.I.1`; a list of 1 and 2 in such a paper opens nothing."""
    numbers = ["27.I.1", "27.I.2", "27.II.1"]
    lines = [f"{number} {WORDS}" for number in numbers]
    assert _numbers(structure([*lines, f"1. {WORDS}", f"2. {WORDS}"]))[:3] == numbers
    assert _numbers(structure([*lines, f"1. {WORDS}", f"2. {WORDS}"]))[3:] == [None, None]


def test_rules_number_their_own_paragraphs(structure: Callable[..., Structure]) -> None:
    """`Rule 2, para. 1` is another paragraph than `Rule 1, para. 1`."""
    lines = []
    for rule in (1, 2, 3):
        lines += [f"# Rule {rule}", f"1. {WORDS}", f"2. {WORDS}"]
    found = structure(lines)
    assert [(each.part, each.number) for each in found.paragraphs] == [
        (f"rule {rule}", number) for rule in (1, 2, 3) for number in ("1", "2")
    ]
    assert found.warnings == ()


def test_a_number_printed_twice_is_told(structure: Callable[..., Structure]) -> None:
    """Both paragraphs are kept under the number that they bear."""
    found = structure([f"{n}. {WORDS}" for n in (1, 2, 2, 3, 4)])
    assert _numbers(found) == ["1", "2", "2", "3", "4"]
    assert [warning.code for warning in found.warnings] == ["number_repeat"]


def test_an_inserted_paragraph_bears_its_number(structure: Callable[..., Structure]) -> None:
    """`3 bis` stands between 3 and 4."""
    found = structure([f"{n}. {WORDS}" for n in ("1", "2", "3", "3 bis", "4")])
    assert _numbers(found) == ["1", "2", "3", "3 bis", "4"]
    assert found.warnings == ()


def test_a_resolution_has_a_preamble_and_operative_paragraphs(
    structure: Callable[..., Structure],
) -> None:
    """The organ is named, reasons end with commas, and numbered paragraphs act."""
    found = structure(
        [
            "The Conference of the Parties,",
            "Recalling its decision on shelters for men in the fields,",
            "Deeply concerned that places in them are few,",
            "1. Urges States parties to open shelters;",
            "2. Requests the Secretariat to report.",
        ]
    )
    assert [each.kind for each in found.paragraphs] == [
        ParagraphKind.PARAGRAPH,
        ParagraphKind.PREAMBULAR,
        ParagraphKind.PREAMBULAR,
        ParagraphKind.OPERATIVE,
        ParagraphKind.OPERATIVE,
    ]
    asked = [each.recommendation for each in found.paragraphs[3:]]
    assert [each and each.addressee for each in asked] == ["States parties", "the Secretariat"]


def test_one_operative_paragraph_has_no_number(structure: Callable[..., Structure]) -> None:
    """It begins with a verb, and is told from the preamble by it."""
    found = structure(
        ["The Working Group,", "Noting the report before it,", "Decides to meet again in May."]
    )
    assert [each.kind for each in found.paragraphs[1:]] == [
        ParagraphKind.PREAMBULAR,
        ParagraphKind.OPERATIVE,
    ]


def test_an_indented_block_in_quotation_marks_is_a_quotation(
    structure: Callable[..., Structure], make_line: Callable[..., Line]
) -> None:
    """Whose words they are matters to who cites them."""
    lines = [make_line(WORDS, gap=0.5) for _ in range(3)]
    found = structure([*lines, make_line("“Shelters were full.”", x=160.0, gap=0.5)])
    assert found.paragraphs[-1].kind is ParagraphKind.QUOTATION


def test_text_without_line_breaks_is_cut_at_expected_numbers() -> None:
    """Copies run paragraphs together: only the next number, before a capital, opens one."""
    text = "1. Shelters opened. 2. Inspectors saw 4 fields. 7. Not next. 3. Reports are due."
    line = Line(text=text, page=1, gap=1.0)
    found = read_structure([line], body_size=None, is_agenda=False)
    assert [(each.number, each.text) for each in found.paragraphs] == [
        ("1", "Shelters opened."),
        ("2", "Inspectors saw 4 fields. 7. Not next."),
        ("3", "Reports are due."),
    ]


def test_front_matter_before_the_first_chapter_is_not_numbered(
    structure: Callable[..., Structure],
) -> None:
    """A numbered list of abbreviations is a list; paragraph 1 stands in chapter I."""
    found = structure(
        [
            "# List of abbreviations",
            f"1. {WORDS}",
            f"2. {WORDS}",
            "# I. Introduction",
            *[f"{n}. {WORDS}" for n in range(1, 7)],
        ]
    )
    numbered = [(each.part, each.number) for each in found.paragraphs if each.number]
    assert numbered == [("body", str(n)) for n in range(1, 7)]

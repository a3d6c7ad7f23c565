"""What a paper cites: symbols with paragraphs, in text and notes, one record a place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wgsearch.papers.paper import Footnote, Paragraph, ParagraphKind
from wgsearch.papers.references import references

OWN = "DEMO/COP/WG.4/2022/3"


def _paragraph(text: str) -> Paragraph:
    return Paragraph(
        number=None,
        part="body",
        kind=ParagraphKind.PARAGRAPH,
        heading_path=(),
        page_first=1,
        page_last=1,
        text=text,
    )


def _found(text: str) -> list[tuple[str, str | None, str | None]]:
    return [
        (each.symbol, each.first, each.last) for each in references([OWN], [_paragraph(text)], ())
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See DEMO/COP/2021/4.", [("DEMO/COP/2021/4", None, None)]),
        ("See DEMO/COP/2021/4, para. 7 (b).", [("DEMO/COP/2021/4", "7", "7")]),
        ("(DEMO/COP/2021/4, paras. 4-7)", [("DEMO/COP/2021/4", "4", "7")]),
        (
            "See DEMO/COP/2021/4, paras. 4, 7 and 12-14, and DEMO/COP/2021/5.",
            [
                ("DEMO/COP/2021/4", "4", "4"),
                ("DEMO/COP/2021/4", "7", "7"),
                ("DEMO/COP/2021/4", "12", "14"),
                ("DEMO/COP/2021/5", None, None),
            ],
        ),
        (
            "See DEMO/COP/2021/4, paras. 3 and 5-7.",
            [("DEMO/COP/2021/4", "3", "3"), ("DEMO/COP/2021/4", "5", "7")],
        ),
        (
            "paragraphs 3, 5 and 7–9 of DEMO/COP/2021/4",
            [("DEMO/COP/2021/4", a, b) for a, b in (("3", "3"), ("5", "5"), ("7", "9"))],
        ),
        (
            "DEMO/COP/2021/4, par. 3 et 5 à 7, le disent",
            [("DEMO/COP/2021/4", "3", "3"), ("DEMO/COP/2021/4", "5", "7")],
        ),
        (
            "Paras. of DEMO/COP/2021/4, paras. 3 and 5 show it",
            [("DEMO/COP/2021/4", "3", "3"), ("DEMO/COP/2021/4", "5", "5")],
        ),
        ("In DEMO/COP/2021/4, para. 4, 12 of the experts said.", [("DEMO/COP/2021/4", "4", "4")]),
        ("In DEMO/COP/2021/4, para. 4, 12 experts said.", [("DEMO/COP/2021/4", "4", "4")]),
        ("Au paragraphe 9 du document DEMO/COP/2021/4,", [("DEMO/COP/2021/4", "9", "9")]),
        ("paragraph 4 of DEMO/COP/2021/4", [("DEMO/COP/2021/4", "4", "4")]),
        ("DEMO/COP/2021/4, párrs. 4 a 7", [("DEMO/COP/2021/4", "4", "7")]),
        ("в документе DEMO/COP/2021/4, пункты 4-7", [("DEMO/COP/2021/4", "4", "7")]),
        ("见DEMO/COP/2021/4号文件,第4段", []),  # no space tells where a word ends
        ("见 DEMO/COP/2021/4号文件,第4段", [("DEMO/COP/2021/4", "4", "4")]),
        (
            "DEMO/COP/2021/4 and Add.1 and 2",
            [
                ("DEMO/COP/2021/4", None, None),
                ("DEMO/COP/2021/4/Add.1", None, None),
                ("DEMO/COP/2021/4/Add.2", None, None),
            ],
        ),
        (
            "DEMO/COP/2021/4/Add.1 and Add.2-4",
            [(f"DEMO/COP/2021/4/Add.{n}", None, None) for n in (1, 2, 3, 4)],
        ),
        (
            "DEMO/COP/2021/4 and 12 others",
            [("DEMO/COP/2021/4", None, None)],
        ),
        (f"As said in {OWN}, para. 2, and {OWN}*.", []),
        ("A symbol to be issued: DEMO/COP/2021/_.", []),
        ("States and/or Governments, 24/7, in 2/3 of cases.", []),
        ("Resolution WHA66.10 of the Assembly.", [("WHA66.10", None, None)]),
    ],
)
def test_what_a_text_cites(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    """Paragraphs follow a symbol or stand before it; endings said after it are papers too."""
    assert _found(text) == expected


def test_one_record_a_place() -> None:
    """Cited twice at one place is cited once; a paper named and cited by paragraph likewise."""
    text = "See DEMO/COP/2021/4 and, again, DEMO/COP/2021/4, para. 7, or DEMO/COP/2021/4, para. 7."
    assert _found(text) == [("DEMO/COP/2021/4", "7", "7")]


def test_notes_stand_with_the_paragraph_that_calls_them() -> None:
    """In the order of the text; notes of the masthead come last and stand in no paragraph."""
    notes = (
        Footnote(mark="*", text="DEMO/COP/WG.4/2022/1.", page=1),
        Footnote(mark="1", text="DEMO/COP/2021/5, para. 3.", page=1, paragraph=0),
    )
    paragraphs = [_paragraph("As decided."), _paragraph("See DEMO/COP/2021/4.")]
    found = references([OWN], paragraphs, notes)
    assert [(each.symbol, each.paragraph, each.note) for each in found] == [
        ("DEMO/COP/2021/5", 0, "1"),
        ("DEMO/COP/2021/4", 1, None),
        ("DEMO/COP/WG.4/2022/1", None, "*"),
    ]


@given(st.text(alphabet="DEMOCP/.1234567 ,()-paras&*\n", max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    """Whatever a text holds, its references are places of symbols, each once."""
    found = references([OWN], [_paragraph(text)], ())
    assert len(set(found)) == len(found)
    assert all(each.symbol and each.paragraph == 0 for each in found)

"""What the typesetter set as one piece is one block; lists of contents are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wgsearch.papers.blocks import blocks_of
from wgsearch.papers.paper import Footnote

if TYPE_CHECKING:
    from collections.abc import Callable

    from wgsearch.papers.blocks import Block
    from wgsearch.papers.paper import Line

FULL = 482.0


def _blocks(*lines: Line, notes: tuple[Footnote, ...] = ()) -> list[Block]:
    return blocks_of(lines, body_size=11.0, notes=notes).blocks


def _texts(*lines: Line, notes: tuple[Footnote, ...] = ()) -> list[str]:
    return [block.text for block in _blocks(*lines, notes=notes)]


def test_solid_lines_are_one_block(make_line: Callable[..., Line]) -> None:
    """Space above a line, not its look, begins a paragraph."""
    assert _texts(
        make_line("The Working Group met in", gap=None, x1=FULL),
        make_line("2003. It met again later."),
        make_line("Another paragraph.", gap=0.5),
    ) == ["The Working Group met in 2003. It met again later.", "Another paragraph."]


def test_a_page_end_does_not_end_a_sentence(make_line: Callable[..., Line]) -> None:
    """The first line of a page goes on with the last of the page before."""
    (text,) = _texts(
        make_line("Victims are often led to", gap=None, x1=FULL),
        make_line("commit offences themselves.", page=2, gap=None),
    )
    assert text == "Victims are often led to commit offences themselves."


def test_a_page_end_after_a_full_stop_ends_a_paragraph(make_line: Callable[..., Line]) -> None:
    """What ends with a full stop is not glued to what follows on the next page."""
    assert (
        len(
            _texts(
                make_line("The matter rests.", gap=None),
                make_line("States parties reported.", page=2, gap=None),
            )
        )
        == 2
    )


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("the prose-", "cutor decides", "the prosecutor decides"),
        ("the establish-", "ment of shelters", "the establishment of shelters"),
        ("it was inter-", "preted by", "it was interpreted by"),
        ("a long-", "term plan", "a long-term plan"),
        ("a pre-", "sentence report", "a pre-sentence report"),
        ("a well-", "founded fear", "a well-founded fear"),
        ("the Geneva-", "Based office", "the Geneva-Based office"),
        ("articles 3-", "5 apply", "articles 3-5 apply"),
    ],
)
def test_line_end_hyphens_are_mended_only_where_certain(
    make_line: Callable[..., Line], first: str, second: str, expected: str
) -> None:
    """A hyphen of the typesetter goes; one that belongs to a compound stays."""
    known = make_line(
        "The interpreter read it at present for a long time, to the establish", gap=None
    )
    texts = _texts(known, make_line(first, gap=0.5), make_line(second))
    assert texts[1] == expected


def test_a_symbol_broken_after_a_slash_is_whole(make_line: Callable[..., Line]) -> None:
    """Symbols and addresses are broken after a slash, which has no space beside it."""
    assert _texts(
        make_line("agenda (DEMO/", gap=None, x1=FULL),
        make_line("COP/WG.4/2024/1), see https://example.org/"),
        make_line("papers, and/"),
        make_line("or the annex."),
    ) == ["agenda (DEMO/COP/WG.4/2024/1), see https://example.org/papers, and/or the annex."]


def test_raised_marks_are_called_and_removed(make_line: Callable[..., Line]) -> None:
    """A raised number is a note; a raised letter within a word, or at the start, is text."""
    (block,) = _blocks(
        make_line("The offence,1 once proved.2", gap=None, marks=["1", "2"]),
    )
    assert (block.text, block.marks) == ("The offence, once proved.", ("1", "2"))
    (ordinal,) = _blocks(make_line("in the 1st case", gap=None, marks=["st"]))
    assert (ordinal.text, ordinal.marks) == ("in the 1st case", ())


def test_unraised_marks_go_only_when_the_page_has_the_note(make_line: Callable[..., Line]) -> None:
    """`Crime1` is a mark when note 1 stands on the page; `paragraph 5` never is."""
    notes = (Footnote(mark="1", text="Ibid.", page=1), Footnote(mark="5", text="Ibid.", page=2))
    line = make_line("Organized Crime1 and paragraph 5 of Act2", gap=None)
    (block,) = _blocks(line, notes=notes)
    assert block.text == "Organized Crime and paragraph 5 of Act2"
    assert block.marks == ("1",)
    (year,) = _blocks(make_line("under paragraph 16.1 of 2020.1 Later", gap=None), notes=notes)
    assert year.text == "under paragraph 16.1 of 2020. Later"


def test_superscript_digits_of_word_and_plain_text_are_marks(
    make_line: Callable[..., Line],
) -> None:
    """Where nothing can be raised, marks are superscript digits."""
    (block,) = _blocks(make_line("on the web page of the meeting.¹²", gap=None))
    assert (block.text, block.marks) == ("on the web page of the meeting.", ("12",))


def test_a_list_of_contents_is_left_out(make_line: Callable[..., Line]) -> None:
    """Its entries repeat the headings: leaders, wrapped entries and column heads go."""
    assert _texts(
        make_line("Contents", gap=None, bold=True),
        make_line("Paragraphs Page", cells=[("Paragraphs", 350), ("Page", 450)]),
        make_line("I. Introduction .......... 1-3 2"),
        make_line("II. A heading that is longer than"),
        make_line("one line .......... 4-9 3"),
        make_line("I. Introduction", gap=1.0, bold=True, size=14),
        make_line("1. The present paper", gap=0.5),
    ) == ["I. Introduction", "1. The present paper"]


def test_a_label_under_a_finished_sentence_opens_a_block(make_line: Callable[..., Line]) -> None:
    """`(b)` set solid under `(a) ...;` is a sub-paragraph; `(b)` within a sentence is not."""
    assert _texts(
        make_line("(a) Opening of the session;", gap=None),
        make_line("(b) Adoption of the agenda."),
    ) == ["(a) Opening of the session;", "(b) Adoption of the agenda."]
    assert (
        len(_texts(make_line("under article 3", gap=None), make_line("(b) of the Protocol"))) == 1
    )


def test_the_label_of_a_box_is_not_glued_to_its_text(make_line: Callable[..., Line]) -> None:
    """Label and bold title are one piece; what they name is another."""
    assert _texts(
        make_line("Box 1", gap=None, size=10),
        make_line("The cousin", size=10, bold=True),
        make_line("Consider a case in which a man is", size=10),
        make_line("presented as a cousin.", size=10),
    ) == ["Box 1 The cousin", "Consider a case in which a man is presented as a cousin."]

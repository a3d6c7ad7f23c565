"""Passages are verbatim, short enough to embed whole, and cited as delegates cite."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wgsearch.papers.paper import (
    Footnote,
    Heading,
    Paper,
    PaperKind,
    Paragraph,
    ParagraphKind,
    Recommendation,
)
from wgsearch.passages import citation, count_words, embedded_text, passages_of, split_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from wgsearch.passages import Passage


@pytest.fixture
def passage_at(make_paper: Callable[..., Paper]) -> Callable[..., Passage]:
    """A passage of one paragraph that stands where a test says."""

    def make(
        number: str | None = None, *, part: str = "body", path: tuple[str, ...] = ()
    ) -> Passage:
        paper = make_paper("DEMO/COP/WG.4/2022/2", [])
        paragraph = Paragraph(
            number=number,
            part=part,
            kind=ParagraphKind.PARAGRAPH,
            heading_path=path,
            page_first=3,
            page_last=3,
            text="Three plain words.",
        )
        return passages_of(replace(paper, paragraphs=(paragraph,)))[0]

    return make


def _of_one(text: str, recommendation: Recommendation | None = None) -> Paper:
    """A paper of one paragraph."""
    paragraph = Paragraph(
        number="1",
        part="body",
        kind=ParagraphKind.PARAGRAPH,
        heading_path=(),
        page_first=1,
        page_last=1,
        text=text,
        recommendation=recommendation,
    )
    return Paper(
        file="one.txt",
        digest="0" * 64,
        symbol=None,
        symbols=(),
        title=None,
        kind=PaperKind.OTHER,
        body=None,
        session=None,
        meeting=None,
        date=None,
        language="en",
        languages=("en",),
        original=(),
        distribution=None,
        agenda_item=None,
        pages=None,
        headings=(),
        paragraphs=(paragraph,),
        footnotes=(),
        warnings=(),
    )


def test_one_numbered_paragraph_is_one_passage(make_paper: Callable[..., Paper]) -> None:
    """A paragraph with its sub-paragraphs is found, shown and cited as one."""
    paper = make_paper(texts=["Agencies should:\n(a) Be licensed;\n(b) Charge no fees.", "Next."])
    passages = passages_of(paper)
    assert [p.text for p in passages] == [p.text for p in paper.paragraphs]
    assert [(p.paragraph, p.piece, p.pieces) for p in passages] == [("1", 0, 1), ("2", 0, 1)]


def test_long_paragraph_is_cut_at_sub_paragraphs(make_paper: Callable[..., Paper]) -> None:
    """
    A long list is cut between its letters; later pieces keep the number, and tell the encoder
    the opening words that they do not show.
    """
    text = "States should:\n(a) One two three;\n(b) Four five six."
    passages = passages_of(make_paper(texts=[text]), max_words=6)
    assert [p.text for p in passages] == [
        "States should:\n(a) One two three;",
        "(b) Four five six.",
    ]
    assert {p.paragraph for p in passages} == {"1"}
    assert [p.opening for p in passages] == [None, "States should:"]
    assert "States should:\n(b)" in embedded_text(passages[1])


@given(st.text(alphabet="ab .;\n贩", max_size=80), st.integers(1, 9))
def test_joined_pieces_are_the_paragraph(text: str, max_words: int) -> None:
    """A long paragraph can be shown whole from its passages, down to the last line break."""
    pieces = passages_of(_of_one(f"x{text}y"), max_words=max_words)
    assert "".join(each.joint + each.text for each in pieces) == f"x{text}y"


def test_every_piece_knows_what_its_paragraph_recommends() -> None:
    """Whichever piece of a long recommendation is found, it is known as one."""
    asked = Recommendation(addressee="States", verb="should", agreed=False)
    pieces = passages_of(
        _of_one("States should:\n(a) One two;\n(b) Three four.", asked), max_words=5
    )
    assert [each.recommendation for each in pieces] == [asked, asked]


def test_long_sentence_run_is_cut_between_sentences() -> None:
    """Prose without sub-paragraphs is cut where a sentence ends."""
    assert split_text("One two. Three four. Five six.", 4) == ("One two. Three four.", "Five six.")


def test_endless_sentence_is_cut_between_words() -> None:
    """Even one sentence longer than the encoder can read is embedded whole."""
    assert split_text("one two three four five", 2) == ("one two", "three four", "five")


def test_chinese_is_counted_by_character() -> None:
    """A language without spaces is cut as well."""
    assert count_words("贩运人口 act") == 5
    assert split_text("贩运人口。贩运人口。", 4) == ("贩运人口。", "贩运人口。")


@given(st.text(alphabet="ab .;\n贩", max_size=80), st.integers(1, 9))
def test_pieces_are_the_text(text: str, max_words: int) -> None:
    """Nothing is lost, added or changed by cutting, but for space between pieces."""
    pieces = split_text(text, max_words)
    rest = text
    for piece in pieces:
        before, found, rest = rest.partition(piece)
        assert found
        assert not before.strip()
        assert count_words(piece) <= max_words
    assert not rest.strip()


def test_unnumbered_fragment_is_no_passage(make_paper: Callable[..., Paper]) -> None:
    """A stray cell of one or two words is never offered as a hit; a numbered one is."""
    assert passages_of(make_paper(texts=["Total 12"], numbered=False)) == ()
    assert len(passages_of(make_paper(texts=["Total 12"], numbered=True))) == 1


def test_context_is_embedded_not_shown(make_paper: Callable[..., Paper]) -> None:
    """Title and headings help to find a paragraph, and never mix with its words."""
    passage = passages_of(make_paper(texts=["Debt grows."], title="Fees", heading="I. Law"))[0]
    assert embedded_text(passage) == "Fees. I. Law\nDebt grows."
    assert passage.text == "Debt grows."


def test_title_is_not_embedded_twice(make_paper: Callable[..., Paper]) -> None:
    """A text that opens with its title says it once."""
    passage = passages_of(make_paper(texts=["Fees and debt."], title="fees", heading="I. Law"))[0]
    assert embedded_text(passage) == "I. Law\nFees and debt."


@pytest.mark.parametrize(
    ("number", "part", "path", "expected"),
    [
        ("7", "body", ("II. Issues",), "DEMO/COP/WG.4/2022/2, para. 7"),
        ("3", "annex II", (), "DEMO/COP/WG.4/2022/2, annex II, para. 3"),
        (None, "body", ("II. Issues", "A. Law"), "DEMO/COP/WG.4/2022/2, sect. II.A"),
        (None, "body", ("II. Issues",), "DEMO/COP/WG.4/2022/2, chap. II"),
        (None, "body", ("II. Issues", "Asia"), "DEMO/COP/WG.4/2022/2, chap. II"),
        (None, "body", ("A. Law",), "DEMO/COP/WG.4/2022/2, sect. A"),
        (None, "annex", (), "DEMO/COP/WG.4/2022/2, annex"),
        (None, "body", ("Summary",), "DEMO/COP/WG.4/2022/2"),
    ],
)
def test_citation(
    passage_at: Callable[..., Passage],
    number: str | None,
    part: str,
    path: tuple[str, ...],
    expected: str,
) -> None:
    """A citation names the paragraph, else the section, and never a page."""
    assert citation(passage_at(number, part=part, path=path)) == expected


def test_an_entry_that_a_heading_repeats_is_no_passage(make_paper: Callable[..., Paper]) -> None:
    """
    Of the list of an agenda only what the annotations do not repeat is found: the entry of
    an item would crowd out the paragraphs on it.
    """
    heading = Heading(level=3, label="2", text="Recruitment fees", page=1, before=2)
    entries = [
        Paragraph(
            number=None,
            part="body",
            kind=ParagraphKind.LIST,
            heading_path=("Provisional agenda",),
            page_first=1,
            page_last=1,
            text=text,
        )
        for text in ("2. Recruitment fees.", "3. Items that nobody annotated.")
    ]
    blank = make_paper("DEMO/COP/WG.4/2026/1", [])
    paper = replace(blank, headings=(heading,), paragraphs=tuple(entries))
    assert [each.text for each in passages_of(paper)] == ["3. Items that nobody annotated."]


def test_documentation_of_an_agenda_is_no_passage(make_paper: Callable[..., Paper]) -> None:
    """The entry that names a background paper does not outrank the paper; elsewhere it stays."""
    entry = Paragraph(
        number=None,
        part="body",
        kind=ParagraphKind.PARAGRAPH,
        heading_path=("2. Recruitment fees", "Documentation"),
        page_first=1,
        page_last=1,
        text="Background paper on recruitment fees (DEMO/COP/WG.4/2026/2)",
    )
    blank = make_paper("DEMO/COP/WG.4/2026/1", [])
    agenda = replace(blank, kind=PaperKind.AGENDA, paragraphs=(entry,))
    report = replace(blank, kind=PaperKind.REPORT, paragraphs=(entry,))
    assert passages_of(agenda) == ()
    assert [each.text for each in passages_of(report)] == [entry.text]


def test_rows_of_a_table_are_found_with_what_their_cells_are_about(
    make_paper: Callable[..., Paper],
) -> None:
    """
    The first row says what the columns hold: it is embedded with every row and found by
    itself nowhere; rows of figures are left out.
    """
    texts = (
        "Act\tWhere the evidence is often found",
        "Recruitment\tMessages and call records, advertisements, draft contracts",
        "2024\t45 per cent",
    )
    rows = tuple(
        Paragraph(
            number=None,
            part="body",
            kind=ParagraphKind.TABLE_ROW,
            heading_path=(),
            page_first=1,
            page_last=1,
            text=text,
        )
        for text in texts
    )
    found = passages_of(replace(make_paper("DEMO/COP/WG.4/2022/2", []), paragraphs=rows))
    assert [each.text for each in found] == [texts[1]]
    assert texts[0] in embedded_text(found[0])


def test_a_passage_knows_its_notes(make_paper: Callable[..., Paper]) -> None:
    """What a paragraph's own notes say leads to it, and is neither embedded nor its words."""
    paper = make_paper(texts=["Fees are charged.", "Fees are forbidden."])
    first, second = paper.paragraphs
    notes = tuple(
        Footnote(mark="1", text=f"Ledger of {at}.", page=1, paragraph=at) for at in (0, 1)
    )
    noted = replace(paper, paragraphs=(first, replace(second, footnotes=("1",))), footnotes=notes)
    passages = passages_of(noted)
    assert [each.notes for each in passages] == [(), ("Ledger of 1.",)]
    assert "Ledger" not in passages[1].text + embedded_text(passages[1])

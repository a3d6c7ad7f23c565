"""Files become papers: the sample corpus, paper by paper, is read as its sources say."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from typesetting import source

from wgsearch.errors import PaperUnreadableError
from wgsearch.papers.paper import ParagraphKind
from wgsearch.papers.reader import read_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from wgsearch.papers.paper import Paper

CORPUS = Path(__file__).parents[2] / "corpus"
SOURCES = {
    path.stem.removeprefix("DEMO_COP_WG.4_"): path
    for path in sorted((CORPUS / "sources").glob("*.md"))
}
every_paper = pytest.mark.parametrize("stem", SOURCES)
every_pdf = pytest.mark.parametrize(
    "stem", [stem for stem in SOURCES if (CORPUS / f"papers/DEMO_COP_WG.4_{stem}.pdf").exists()]
)


@cache
def _source(stem: str) -> source.Paper:
    return source.read_source(SOURCES[stem])


def _same(text: str | None) -> str | None:
    """Words and signs, without what typesetting may change: spaces and line-end hyphens."""
    return None if text is None else re.sub(r"[\s-]+", "", text)


def _spaced(text: str) -> str:
    return re.sub(r"[ \N{NO-BREAK SPACE}]+", " ", text)


def _numbered(paper: source.Paper) -> dict[tuple[str, str], str]:
    """Part and number of each numbered paragraph, and its text with its sub-paragraphs."""
    found: dict[tuple[str, str], str] = {}
    part, at = "body", None
    for block in paper.blocks:
        if isinstance(block, source.Heading):
            part = source.plain(block.runs).casefold() if block.opens_annex else part
            at = None
        elif isinstance(block, source.Paragraph):
            text = source.plain(block.runs)
            if block.kind is source.ParagraphKind.NUMBERED:
                at = (part, (block.label or "").removesuffix("."))
                found[at] = text
            elif at and block.label:
                found[at] += f"\n{block.label} {text}"
    return found


@every_paper
def test_the_masthead_is_read(sample: Callable[[str], Paper], stem: str) -> None:
    """Symbol, title, date, language, kind, session, meeting and item are those of the source."""
    front, paper = _source(stem).front, sample(stem)
    item = re.search(r"\d+(?: ?\(?[a-z]\))*", front.item) if front.item else None
    assert {
        "symbol": paper.symbol,
        "date": paper.date,
        "language": paper.language,
        "kind": paper.kind,
        "session": paper.session,
        "meeting": paper.meeting,
        "body": paper.body,
        "item": paper.agenda_item.number if paper.agenda_item else None,
        "heading": _same(paper.agenda_item.title) if paper.agenda_item else None,
        "title": _same(paper.title),
    } == {
        "symbol": front.symbol,
        "date": front.date.isoformat(),
        "language": front.language,
        "kind": str(front.kind),
        "session": front.session,
        "meeting": front.place_dates,
        "body": f"{front.body}, {front.group}",
        "item": item[0] if item else None,
        "heading": _same(front.item_title),
        "title": _same(front.title),  # the line that says what kind of paper it is is no title
    }
    assert paper.warnings == ()


@every_paper
def test_every_numbered_paragraph_is_read_whole(sample: Callable[[str], Paper], stem: str) -> None:
    """Numbers and words are those of the source: nothing is lost, glued on or taken twice."""
    expected = _numbered(_source(stem))
    found = {(each.part, each.number): each.text for each in sample(stem).paragraphs if each.number}
    assert list(found) == list(expected)
    for place, text in expected.items():
        assert _same(found[place]) == _same(text), place


@every_paper
def test_words_are_hardly_ever_left_broken(sample: Callable[[str], Paper], stem: str) -> None:
    """A line-end hyphen is left where mending would be a guess: in two words a paper at most."""
    expected = _numbered(_source(stem))
    words = Counter(_spaced("\n".join(expected.values())).split())
    found = "\n".join(each.text for each in sample(stem).paragraphs if each.number)
    assert sum((Counter(found.split()) - words).values()) <= 2


@every_paper
def test_headings_are_read_with_label_and_level(sample: Callable[[str], Paper], stem: str) -> None:
    """All headings of the source, in order; others only where the source has italic ones."""
    expected = [
        ((block.label or "").strip(".()"), _same(source.plain(block.runs)))
        for block in _source(stem).blocks
        if isinstance(block, source.Heading)
    ]
    found = [
        (each.label or "", _same(each.text))
        for each in sample(stem).headings
        if (each.label, each.text) != (None, "Documentation")
    ]
    assert found == expected
    levels = {
        each.level for each in sample(stem).headings if re.fullmatch(r"[IVX]+", each.label or "")
    }
    assert levels <= {1}


@every_paper
def test_every_footnote_is_kept_and_called_once(sample: Callable[[str], Paper], stem: str) -> None:
    """Notes have the words of the source, and each is called by one paragraph."""
    paper = sample(stem)
    notes = {int(note.mark): _same(note.text) for note in paper.footnotes if note.mark.isdigit()}
    assert notes == {
        number: _same(source.plain(runs)) for number, runs in _source(stem).notes.items()
    }
    called = [mark for each in paper.paragraphs for mark in each.footnotes if mark.isdigit()]
    assert sorted(map(int, called)) == sorted(notes)
    front = _source(stem).front
    stars = [note.text for note in paper.footnotes if note.mark == "*"]
    assert stars == ([front.asterisk] if front.asterisk else [])


@every_paper
def test_boxes_and_tables_are_kept_apart(sample: Callable[[str], Paper], stem: str) -> None:
    """A box is one unit, a row of a table is one row, and neither is glued to a paragraph."""
    blocks, paragraphs = _source(stem).blocks, sample(stem).paragraphs
    boxes = [
        _same(
            f"{block.caption or ''}{source.plain(block.title)}"
            + "".join(source.plain(runs) for runs in block.paragraphs)
        )
        for block in blocks
        if isinstance(block, source.Box)
    ]
    rows = [
        _same("".join(source.plain(cell) for cell in row))
        for block in blocks
        if isinstance(block, source.Table)
        for row in (block.head, *block.rows)
    ]
    found = [each for each in paragraphs if each.kind is ParagraphKind.TABLE_ROW]
    assert [_same(each.text) for each in paragraphs if each.kind is ParagraphKind.BOX] == boxes
    assert "\n".join(_same(each.text) or "" for each in found) == "\n".join(map(str, rows)), (
        "\n".join(
            difflib.unified_diff(list(map(str, rows)), [_same(each.text) or "" for each in found])
        )
    )


@every_pdf
def test_every_paragraph_can_be_shown_on_its_page(
    sample: Callable[[str], Paper], stem: str
) -> None:
    """Boxes lie within the page, on each page that the paragraph touches, from top to bottom."""
    document = pypdfium2.PdfDocument(CORPUS / f"papers/DEMO_COP_WG.4_{stem}.pdf")
    sizes = [page.get_size() for page in document]
    document.close()
    paper = sample(stem)
    assert paper.pages == len(sizes)
    for paragraph in paper.paragraphs:
        pages = [box.page for box in paragraph.boxes]
        assert (min(pages), max(pages)) == (paragraph.page_first, paragraph.page_last)
        assert pages == sorted(pages)
        for box in paragraph.boxes:
            width, height = sizes[box.page - 1]
            assert 0 <= box.x0 < box.x1 <= width
            assert 0 <= box.y0 < box.y1 <= height


def test_editions_have_the_same_paragraphs(sample: Callable[[str], Paper]) -> None:
    """What is paragraph 9 in English is paragraph 9 in French and Spanish."""
    editions = [sample(f"2024_2.{language}") for language in ("en", "fr", "es")]
    numbers = {tuple((p.part, p.number) for p in each.paragraphs if p.number) for each in editions}
    assert len(numbers) == 1
    assert {each.symbol for each in editions} == {"DEMO/COP/WG.4/2024/2"}
    assert [each.language for each in editions] == ["en", "fr", "es"]
    marks = {tuple(sorted(m for p in each.paragraphs for m in p.footnotes)) for each in editions}
    assert len(marks) == 1


def test_recommendations_of_a_report_are_told_from_its_account(
    sample: Callable[[str], Paper],
) -> None:
    """A report lists what was recommended, and recounts what was said."""
    paper = sample("2022_5.en")
    kinds = {each.number: each.kind for each in paper.paragraphs}
    by_heading = {each.heading_path[0]: each.kind for each in paper.paragraphs}
    assert ParagraphKind.RECOMMENDATION in kinds.values()
    assert all(
        any("ecommend" in heading for heading in each.heading_path)
        for each in paper.paragraphs
        if each.kind is ParagraphKind.RECOMMENDATION
    )
    assert by_heading["I. Introduction"] is ParagraphKind.PARAGRAPH


def test_a_word_paper_is_read_as_a_pdf_is(sample: Callable[[str], Paper]) -> None:
    """Word files have no pages and no boxes; all else is the same."""
    paper = sample("2022_4.en")
    assert paper.pages is None
    assert not any(each.boxes for each in paper.paragraphs)
    assert {each.page_first for each in paper.paragraphs} == {1}


def test_the_name_in_the_corpus_is_kept(tmp_path: Path) -> None:
    """A paper in a sub-folder is called by its path, and told by its bytes."""
    path = tmp_path / "copy.pdf"
    path.write_bytes((CORPUS / "papers/DEMO_COP_WG.4_2023_3_Corr.1.en.pdf").read_bytes())
    paper = read_file(path, file="old/copy.pdf")
    assert (paper.file, paper.symbol) == ("old/copy.pdf", "DEMO/COP/WG.4/2023/3/Corr.1")
    assert paper.digest == read_file(path).digest
    assert len(paper.digest) == 64


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.pdf", b"", "empty"),
        ("a.pdf", b"no PDF at all", "not_a_pdf"),
        ("a.pdf", b"%PDF-1.7\n" + b"\x00" * 400, "damaged"),
        ("a.docx", b"no Word document", "not_a_docx"),
        ("a.pdf", b"PK\x03\x04 half an archive", "not_a_docx"),
        ("a.txt", b"\x00\x01\x02", "not_text"),
        ("a.txt", b"1234 5678\n", "no_text"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    tmp_path: Path, name: str, data: bytes, code: str
) -> None:
    """The reason has a code for programs and words for people."""
    (tmp_path / name).write_bytes(data)
    with pytest.raises(PaperUnreadableError, match=re.escape(f"[{code}]")) as caught:
        read_file(tmp_path / name)
    assert (caught.value.file, caught.value.code) == (name, code)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """The message says which file, and what to do."""
    with pytest.raises(PaperUnreadableError, match=r"gone\.pdf: the file is gone"):
        read_file(tmp_path / "gone.pdf")


def test_a_text_without_masthead_is_read_with_warnings(tmp_path: Path) -> None:
    """What is not printed is said to be missing, and never made up."""
    path = tmp_path / "DEMO_COP_WG.4_2024_9.en.txt"
    path.write_text("The shelters for men are few, and the places in them are taken.\n")
    paper = read_file(path)
    assert (paper.symbol, paper.date, paper.key) == (None, None, path.name)
    codes = {warning.code: warning.message for warning in paper.warnings}
    assert {"no_symbol", "no_date"} <= set(codes)
    assert "DEMO/COP/WG.4/2024/9" in codes["no_symbol"]


def test_pages_that_are_pictures_are_told(tmp_path: Path, make_pdf: Callable[..., bytes]) -> None:
    """Hardly a letter a page: most of the paper is not there to be read."""
    path = tmp_path / "scan.pdf"
    path.write_bytes(make_pdf([[(57, 40, 11, "DEMO/COP/WG.4/2024/9")], [], [], []]))
    assert "little_text" in {warning.code for warning in read_file(path).warnings}
    path.write_bytes(make_pdf([[], []]))
    with pytest.raises(PaperUnreadableError, match="run OCR"):
        read_file(path)


@pytest.mark.parametrize(
    ("fields", "foot", "code"),
    [
        ("Original: English", "V.24-01234 (F) 220424", "job_language_differs"),
        ("French only", "V.24-01234 (E) 220424", "language_differs"),
        ("Original: English", "V (E) * *", "lost_digits"),
        ("Original: English", "V.24-01234 (E) 220424", None),
    ],
)
def test_a_text_that_differs_from_what_the_page_says_is_warned_of(
    tmp_path: Path, fields: str, foot: str, code: str | None
) -> None:
    """Edition line and job number name a language; a job number without digits a poor copy."""
    path = tmp_path / "DEMO_COP_WG.4_2024_2.en.txt"
    path.write_text(
        f"DEMO/COP/WG.4/2024/2\nDistr.: General\n22 April 2024\n{fields}\n\nShelters\n\n"
        "1. The shelters of the third region are kept by the parties and by the cities.\n\n"
        f"2. The parties agreed that this is to be the rule for all of them.\n\n{foot}\n",
        encoding="utf-8",
    )
    paper = read_file(path)
    assert paper.language == "en"
    assert [warning.code for warning in paper.warnings] == ([code] if code else [])


def test_each_paragraph_of_a_bilingual_paper_names_its_language(tmp_path: Path) -> None:
    """The paper is in both languages, each paragraph in one."""
    path = tmp_path / "paper.txt"
    path.write_text(
        "DEMO/CN.4/1948/9\nUNRESTRICTED\n3 June 1948\n\nShelters\n\n"
        "1. The shelters of the third region are kept by the parties and by the cities.\n\n"
        "2. Les refuges de la région sont tenus par les parties et par les villes du pays.\n",
        encoding="utf-8",
    )
    paper = read_file(path)
    assert (paper.language, paper.languages) == ("en+fr", ("en", "fr"))
    assert [each.lang for each in paper.paragraphs] == ["en", "fr"]

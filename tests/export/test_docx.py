"""A pack in Word has real styles, notes and contents, and is the same file each time."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from typing import TYPE_CHECKING

import docx
import pytest
from lxml import etree

from wgsearch.export.document import Call, Document, Paragraph, Quotation, Text
from wgsearch.export.docx import to_docx
from wgsearch.papers.docx import read_docx

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@pytest.fixture(scope="module")
def parts(document: Document) -> dict[str, etree._Element]:
    """The parts of the file, parsed: none is malformed."""
    with zipfile.ZipFile(io.BytesIO(to_docx(document))) as archive:
        return {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}


def _words(element: etree._Element) -> str:
    return "".join(each.text or "" for each in element.iter(f"{_W}t"))


def _verbatim(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Quotation):
            for line in block.lines:
                for each in line.content:
                    if isinstance(each, Text) and each.is_verbatim:
                        yield each.text


def test_the_same_pack_is_the_same_file(document: Document) -> None:
    """Made twice, byte for byte the same: no clock and no chance is in it."""
    assert to_docx(document) == to_docx(document)
    with zipfile.ZipFile(io.BytesIO(to_docx(document))) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_it_opens_with_its_styles(document: Document) -> None:
    """Every style that is used is defined; headings are headings, quotations are quotations."""
    opened = docx.Document(io.BytesIO(to_docx(document)))
    used = {each.style.name for each in opened.paragraphs}
    assert {"Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Quote"} <= used
    assert {"List Bullet", "Caption", "TOC Heading", "toc 1", "toc 2"} <= used
    defined = {each.name for each in opened.styles}
    # python-docx calls the two of head and foot by the names that its users know.
    assert {"footnote text", "footnote reference", "Hyperlink", "Header", "Footer"} <= defined
    assert [each.text for each in opened.paragraphs if each.style.name == "Heading 1"] == [
        "1. Organizational matters",
        "2. Recruitment fees <and> debt",
        "3. Other questions",
        "Papers cited",
    ]


def test_every_style_named_is_defined(parts: dict[str, etree._Element]) -> None:
    """No part names a style that the file does not define."""
    defined = {each.get(f"{_W}styleId") for each in parts["word/styles.xml"].iter(f"{_W}style")}
    for name, part in parts.items():
        for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next"):
            for each in part.iter(f"{_W}{tag}"):
                assert each.get(f"{_W}val") in defined, name


def test_notes_match_their_calls(parts: dict[str, etree._Element]) -> None:
    """Each call has its note and each note its call, in order; none is empty."""
    called = [
        each.get(f"{_W}id") for each in parts["word/document.xml"].iter(f"{_W}footnoteReference")
    ]
    notes = {
        each.get(f"{_W}id"): _words(each).strip()
        for each in parts["word/footnotes.xml"].iter(f"{_W}footnote")
        if each.get(f"{_W}type") is None
    }
    assert called == [str(number) for number in range(1, len(called) + 1)]
    assert list(notes) == called
    assert all(notes.values())
    assert len(called) == 15


def test_links_and_bookmarks_resolve(parts: dict[str, etree._Element]) -> None:
    """A link leads to an address that its part lists, or to a bookmark that there is once."""
    bookmarks = [
        each.get(f"{_W}name") for each in parts["word/document.xml"].iter(f"{_W}bookmarkStart")
    ]
    assert len(bookmarks) == len(set(bookmarks))
    for name in ("document", "footnotes"):
        listed = {each.get("Id") for each in parts[f"word/_rels/{name}.xml.rels"]}
        for link in parts[f"word/{name}.xml"].iter(f"{_W}hyperlink"):
            anchor = link.get(f"{_W}anchor")
            assert anchor in bookmarks if anchor else link.get(f"{_R}id") in listed


def test_contents_show_without_being_updated(parts: dict[str, etree._Element]) -> None:
    """The list of contents is a field whose entries are there, each with its field for the page."""
    fields = [each.text or "" for each in parts["word/document.xml"].iter(f"{_W}instrText")]
    assert fields[0] == ' TOC \\o "1-2" \\h \\z \\u '
    entries = [
        _words(each)
        for each in parts["word/document.xml"].iter(f"{_W}p")
        if (style := each.find(f"{_W}pPr/{_W}pStyle")) is not None
        and str(style.get(f"{_W}val")).startswith("TOC")
    ]
    assert [each.strip() for each in entries[:3]] == [
        "Contents",
        "1. Organizational matters",
        "Annotation",
    ]
    assert sum("PAGEREF" in each for each in fields) == len(entries) - 1
    kinds = [
        each.get(f"{_W}fldCharType") for each in parts["word/document.xml"].iter(f"{_W}fldChar")
    ]
    assert kinds.count("begin") == kinds.count("end") == kinds.count("separate")


def test_quotations_are_verbatim_in_the_file(
    document: Document, parts: dict[str, etree._Element]
) -> None:
    """Each quoted run stands in the file, character by character, save what XML cannot hold."""
    runs = {each.text for each in parts["word/document.xml"].iter(f"{_W}t")}
    quoted = [each.replace("\x0b", "\ufffd") for each in _verbatim(document)]
    assert len(quoted) > 15
    assert [each for each in quoted if each not in runs] == []


def test_words_that_run_from_right_to_left_say_so(parts: dict[str, etree._Element]) -> None:
    """Arabic is marked as such, in its runs and in its paragraph."""
    arabic = [
        each for each in parts["word/document.xml"].iter(f"{_W}p") if "العمال" in _words(each)
    ]
    assert len(arabic) == 1
    assert arabic[0].find(f"{_W}pPr/{_W}bidi") is not None
    run = next(each for each in arabic[0].iter(f"{_W}r") if "العمال" in _words(each))
    assert run.find(f"{_W}rPr/{_W}rtl") is not None
    assert run.find(f"{_W}rPr/{_W}lang").get(f"{_W}bidi") == "ar-SA"


def test_it_says_what_it_is(document: Document) -> None:
    """Title, subject, language and date are in the properties; the page is at the foot."""
    opened = docx.Document(io.BytesIO(to_docx(document)))
    core = opened.core_properties
    assert core.title == "Briefing pack: Annotated provisional agenda"
    assert core.subject == "Briefing pack for DEMO/COP/WG.4/2026/1"
    assert core.language == "en-GB"
    assert core.created.isoformat().startswith("2026-04-14")
    footer = etree.tostring(opened.sections[0].footer._element).decode()
    assert "Prepared 14 April 2026" in footer
    assert re.search("instrText[^>]*> PAGE <", footer)


def test_it_is_read_as_a_paper(document: Document) -> None:
    """What reads papers reads a pack, with its notes: the file is sound."""
    read = read_docx(to_docx(document), file="pack.docx")
    assert any("Fees <b>&amp;</b> *debt*" in each.text for each in read.lines)
    assert len(read.footnotes) == 15


def test_a_document_of_another_kind_is_written_too() -> None:
    """Whatever has headings, quotations and notes may be written: not packs alone."""
    note = Call(note=(Text(text="A/1, para. 2."),))
    small = Document(
        title="Compendium",
        subtitle=None,
        language="fr",
        date="2026-01-02",
        subject="Thèmes",
        keywords=(),
        head="",
        foot="",
        blocks=(Paragraph(content=(Text(text="Voir"), note)),),
    )
    opened = docx.Document(io.BytesIO(to_docx(small)))
    assert [each.text for each in opened.paragraphs] == ["Compendium", "Voir"]


def test_libreoffice_prints_it(document: Document, tmp_path: Path) -> None:
    """A word processor opens the file and makes pages of it."""
    office, reader = shutil.which("soffice"), shutil.which("pdftotext")
    if office is None or reader is None:
        pytest.skip("soffice or pdftotext is not installed: the pages are not looked at")
    (tmp_path / "pack.docx").write_bytes(to_docx(document))
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "pack.docx")], check=True, capture_output=True)
    printed = subprocess.run(
        [reader, "-layout", str(tmp_path / "pack.pdf"), "-"], check=True, capture_output=True
    ).stdout.decode()
    pages = printed.split("\f")
    assert len(pages) > 5
    assert "What is missing" in pages[0]
    assert "DEMO/COP/WG.4/2024/5, para. 33, p. 3." in printed
    assert f"Page 2 of {len(pages) - 1}" in pages[1]

"""
one file -> Paper: lines by its kind of file, then masthead, furniture, paragraphs.

Why one order for all: whatever the file, the same rules decide what a paper says. The
reading itself runs in child processes (children.py), since files come from anywhere.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wgsearch.errors import PaperUnreadableError
from wgsearch.papers import languages, symbols
from wgsearch.papers.docx import read_docx
from wgsearch.papers.furniture import Furnished, sort_lines
from wgsearch.papers.masthead import Masthead, read_masthead
from wgsearch.papers.paper import Paper, PaperKind, Reader, ReadingWarning
from wgsearch.papers.paragraphs import Structure, read_structure
from wgsearch.papers.pdf import read_pdf
from wgsearch.papers.plain import read_plain

if TYPE_CHECKING:
    from pathlib import Path

# Part of what makes a stored paper reusable: raised whenever reading, or cutting a paper
# into passages, changes.
READER_VERSION = 3
# Fewer letters a page than this, and pages are pictures.
LETTERS_A_PAGE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """What a file gives before anything is understood."""

    furnished: Furnished
    pages: int | None
    reader: Reader


def read_file(path: Path, *, file: str | None = None) -> Paper:
    """
    The paper that a file holds.

    Args:
        path: The file.
        file: Its name in the corpus; its own name by default.

    Raises:
        PaperUnreadableError: With the code and the reason.
    """
    name = file or path.name
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        reason = "the file is gone, or its name is no UTF-8; give it another name"
        raise PaperUnreadableError(name, "unreadable", reason) from error
    except OSError as error:
        reason = f"it cannot be opened ({error.strerror}); allow wgsearch to read it"
        raise PaperUnreadableError(name, "unreadable", reason) from error
    if not data:
        raise PaperUnreadableError(name, "empty", "the file is empty")
    source = _source(data, name)
    lines = source.furnished.lines
    if not any(char.isalpha() for line in lines for char in line.text):
        reason = "no text: the pages are pictures; run OCR on the file and add it again"
        raise PaperUnreadableError(name, "no_text", reason)
    masthead = read_masthead(lines, heads=source.furnished.heads, size=source.furnished.size)
    body = lines[masthead.start :]
    structure = read_structure(
        body,
        body_size=source.furnished.size,
        is_agenda=masthead.kind is PaperKind.AGENDA,
        notes=source.furnished.footnotes,
    )
    return _paper(name, hashlib.sha256(data).hexdigest(), source, masthead, structure)


def _source(data: bytes, file: str) -> _Source:
    """Lines of a file by its kind; what the bytes are counts, not what the name says."""
    if data[:4] == b"PK\x03\x04":
        word = read_docx(data, file=file)
        furnished = Furnished(
            lines=word.lines, footnotes=word.footnotes, heads=(), job=None, size=word.size
        )
        return _Source(furnished=furnished, pages=None, reader="docx")
    if file.lower().endswith(".txt"):
        pages = read_plain(data, file=file)
        return _Source(furnished=sort_lines(pages, [0.0] * len(pages)), pages=None, reader="text")
    if file.lower().endswith(".docx"):
        raise PaperUnreadableError(file, "not_a_docx", "the file is no Word document")
    pdf = read_pdf(data, file=file)
    return _Source(
        furnished=sort_lines(pdf.lines, pdf.heights),
        pages=len(pdf.lines),
        reader="pypdf" if pdf.second else "pdfium",
    )


def _paper(
    file: str, digest: str, source: _Source, masthead: Masthead, structure: Structure
) -> Paper:
    """The record, with the language of the text and what should be warned of."""
    lines = source.furnished.lines
    text = "\n".join(paragraph.text for paragraph in structure.paragraphs)
    detected = languages.detect(text) or languages.detect(" ".join(line.text for line in lines))
    spoken = _languages(detected, masthead)
    symbol = _joint(masthead.symbols)
    warnings = [*_warnings(file, source, masthead, detected), *structure.warnings]
    return Paper(
        file=file,
        digest=digest,
        symbol=symbol,
        symbols=masthead.symbols,
        title=masthead.title,
        kind=masthead.kind,
        body=masthead.body,
        session=masthead.session,
        meeting=masthead.meeting,
        date=masthead.date,
        language="+".join(spoken),
        languages=spoken,
        original=masthead.original,
        distribution=masthead.distribution,
        agenda_item=masthead.item,
        pages=source.pages,
        headings=structure.headings,
        paragraphs=structure.paragraphs,
        footnotes=source.furnished.footnotes,
        warnings=tuple(warnings),
        reader=source.reader,
        edition=masthead.edition,
        job=source.furnished.job,
        lines=lines[masthead.start :],
    )


def _languages(detected: str | None, masthead: Masthead) -> tuple[str, ...]:
    """The language of the text; what the masthead says where there is too little text."""
    if detected:
        return (detected,)
    return masthead.edition[:1] or masthead.original[:1] or ("en",)


def _joint(own: tuple[str, ...]) -> str | None:
    """The paper's symbol; two symbols of a joint paper are joined as mastheads join them."""
    return "-".join(own) if own else None


def _warnings(
    file: str, source: _Source, masthead: Masthead, detected: str | None
) -> list[ReadingWarning]:
    """What a reader of this paper should know."""
    found: list[ReadingWarning] = []

    def warn(code: str, message: str) -> None:
        found.append(ReadingWarning(code=code, message=message))

    heads = {symbols.parse(each).base.casefold() for each in source.furnished.heads[:1]}
    own = {symbols.parse(each).base.casefold() for each in masthead.symbols}
    if not masthead.symbols:
        named = re.sub(r"_", "/", re.sub(r"\.[a-z]{2}\.\w+$", "", file))
        hint = f"; the file name suggests {named}" if symbols.find(named) else ""
        warn("no_symbol", f"no symbol is printed{hint}")
    elif heads and not heads & own:
        warn("symbol_conflict", f"masthead {sorted(own)} and running head {sorted(heads)} differ")
    if masthead.title is None:
        warn("no_title", "no title was found")
    if masthead.date is None:
        warn("no_date", "no date of issue is printed")
    if detected and masthead.edition and detected not in masthead.edition:
        warn("language_differs", f"the masthead names {masthead.edition}, the text is {detected}")
    if source.reader == "pypdf":
        warn("second_reader", "read by the second reader: no boxes, weaker structure")
    letters = sum(sum(map(str.isalpha, line.text)) for line in source.furnished.lines)
    if source.pages and letters < LETTERS_A_PAGE * source.pages:
        warn("little_text", f"{letters} letters on {source.pages} pages: most pages are pictures")
    return found

"""
one file -> Paper: lines by its kind of file, then masthead, furniture, paragraphs.

Why one order for all: whatever the file, the same rules decide what a paper says. The
reading itself runs in child processes (children.py), since files come from anywhere.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wgsearch.errors import PaperUnreadableError
from wgsearch.papers import languages, series
from wgsearch.papers.callers import link_notes
from wgsearch.papers.furniture import Furnished, sort_lines
from wgsearch.papers.jobs import Job, has_lost_digits, parse_job
from wgsearch.papers.masthead import Masthead, read_masthead
from wgsearch.papers.pages import FEW_LETTERS, has_letters, letters_of, read_pages
from wgsearch.papers.paper import Paper, PaperKind, Paragraph, Reader, ReadingWarning
from wgsearch.papers.paragraphs import Structure, read_structure
from wgsearch.papers.plain import read_plain
from wgsearch.papers.references import references

if TYPE_CHECKING:
    from pathlib import Path

    from wgsearch.papers.ocr import Recogniser

# Part of what makes a stored paper reusable: raised whenever reading, or cutting a paper
# into passages, changes.
READER_VERSION = 9
# More characters than this are no paper: the longest reports of an organization have a few million.
MAX_CHARACTERS = 50_000_000
# Kinds of papers whose headings stand within the text that they adopt.
RESOLUTIONS = frozenset(
    [
        PaperKind.RESOLUTION,
        PaperKind.DRAFT_RESOLUTION,
        PaperKind.DECISION,
        PaperKind.DRAFT_DECISION,
    ]
)
# Pages named in one warning.
SHOWN_PAGES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """What a file gives before anything is understood."""

    furnished: Furnished
    pages: int | None
    reader: Reader
    warnings: tuple[ReadingWarning, ...] = ()


def read_file(
    path: Path, *, file: str | None = None, recogniser: Recogniser | None = None
) -> Paper:
    """
    The paper that a file holds.

    Args:
        path: The file.
        file: Its name in the corpus; its own name by default.
        recogniser: What reads pages that are pictures; None to leave them.

    Raises:
        PaperUnreadableError: With the code and the reason.
    """
    name = file or path.name
    data = _bytes(path, name)
    source = _source(data, name, recogniser)
    lines = source.furnished.lines
    _refuse_what_has_no_text(source, name)
    masthead = read_masthead(
        lines, heads=source.furnished.heads, size=source.furnished.size, file=name
    )
    body = lines[masthead.start :]
    structure = read_structure(
        body,
        body_size=source.furnished.size,
        is_agenda=masthead.kind is PaperKind.AGENDA,
        is_resolution=masthead.kind in RESOLUTIONS,
        notes=source.furnished.footnotes,
    )
    return _paper(name, hashlib.sha256(data).hexdigest(), source, masthead, structure)


def _bytes(path: Path, file: str) -> bytes:
    """A file's bytes."""
    try:
        # Reading from a pipe or a device would never end.
        if path.exists() and not path.is_file():
            raise PaperUnreadableError(file, "unreadable", "it is no file; take it away")
        data = path.read_bytes()
    except FileNotFoundError as error:
        reason = "the file is gone, or its name is no UTF-8; give it another name"
        raise PaperUnreadableError(file, "unreadable", reason) from error
    except OSError as error:
        reason = f"it cannot be opened ({error.strerror}); allow wgsearch to read it"
        raise PaperUnreadableError(file, "unreadable", reason) from error
    if not data:
        raise PaperUnreadableError(file, "empty", "the file is empty; fetch it again")
    return data


def _refuse_what_has_no_text(source: _Source, file: str) -> None:
    """
    There is something to read, and it is no flood.

    Raises:
        PaperUnreadableError: `no_text`, `too_large`.
    """
    lines = source.furnished.lines
    if sum(len(line.text) for line in lines) > MAX_CHARACTERS:
        reason = f"more than {MAX_CHARACTERS:,} characters; divide the file"
        raise PaperUnreadableError(file, "too_large", reason)
    if has_letters(lines):
        return
    reason = "no text: there is not one letter in it"
    if any(each.code == "picture_pages" for each in source.warnings):
        reason = (
            "no text: the pages are pictures; install tesseract with its languages and run"
            " `wgsearch build --full`, or run OCR on the file and add it again"
        )
    elif source.pages is not None:
        reason += "; if a viewer shows text, run OCR on the file and add it again"
    raise PaperUnreadableError(file, "no_text", reason)


def _source(data: bytes, file: str, recogniser: Recogniser | None) -> _Source:
    """Lines of a file by its kind; what the bytes are counts, not what the name says."""
    if data[:4] == b"PK\x03\x04":
        from wgsearch.papers.docx import read_docx  # noqa: PLC0415 - loaded with the first such file

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
    pdf = read_pages(data, file=file, recogniser=recogniser)
    return _Source(
        furnished=sort_lines(pdf.lines, pdf.heights),
        pages=len(pdf.lines),
        reader=pdf.reader,
        warnings=pdf.warnings,
    )


def _paper(
    file: str, digest: str, source: _Source, masthead: Masthead, structure: Structure
) -> Paper:
    """The record, with the language of the text and what should be warned of."""
    lines = source.furnished.lines
    detected = languages.spoken(paragraph.text for paragraph in structure.paragraphs)
    if len(detected) != 1:  # paragraphs of a bilingual page may hold a line of each
        detected = languages.spoken(line.text for line in lines) or detected
    spoken = detected or masthead.edition[:1] or masthead.original[:1] or ("en",)
    symbol = _joint(masthead.symbols)
    job = parse_job(source.furnished.job or "")
    notes = link_notes(
        source.furnished.footnotes,
        structure.paragraphs,
        called=structure.called,
        has_pages=source.pages is not None,
    )
    warnings = [
        *masthead.warnings,
        *_warnings(source, masthead, detected, job),
        *structure.warnings,
        *notes.warnings,
    ]
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
        paragraphs=_with_languages(structure.paragraphs, spoken),
        footnotes=notes.footnotes,
        warnings=tuple(warnings),
        reader=source.reader,
        edition=masthead.edition,
        job=job.text if job else source.furnished.job,
        references=references(masthead.symbols, structure.paragraphs, notes.footnotes),
        stars=series.stars(
            masthead.symbols, "\n".join(line.text for line in lines[: masthead.start])
        ),
        lines=lines[masthead.start :],
    )


def _with_languages(
    paragraphs: tuple[Paragraph, ...], spoken: tuple[str, ...]
) -> tuple[Paragraph, ...]:
    """Each paragraph of a paper in several languages with its own."""
    if len(spoken) < 2:  # languages
        return paragraphs
    return tuple(
        replace(each, lang=each.lang or languages.detect(each.text)) for each in paragraphs
    )


def _empty_pages(source: _Source) -> list[int]:
    """Pages from which neither text nor notes were read; the last one may be blank."""
    if source.pages is None:
        return []
    furnished = source.furnished
    read = {line.page for line in furnished.lines} | {note.page for note in furnished.footnotes}
    return [page for page in range(1, source.pages) if page not in read]


def _joint(own: tuple[str, ...]) -> str | None:
    """The paper's symbol; two symbols of a joint paper are joined as mastheads join them."""
    return "-".join(own) if own else None


def _warnings(
    source: _Source, masthead: Masthead, detected: tuple[str, ...], job: Job | None
) -> list[ReadingWarning]:
    """What a reader of this paper should know."""
    found = list(source.warnings)

    def warn(code: str, message: str) -> None:
        found.append(ReadingWarning(code=code, message=message))

    text = "+".join(detected)
    if detected and masthead.edition and not set(detected) & set(masthead.edition):
        named = "+".join(masthead.edition)
        warn("language_differs", f"the masthead names {named}, the text is {text}")
    if detected and job and job.language and job.language not in detected:
        warn("job_language_differs", f"the job number {job.text} is {job.language}, not {text}")
    if any(has_lost_digits(line.text) for line in source.furnished.lines):
        warn("lost_digits", "the copy lost digits: numbers and dates in it may be incomplete")
    if empty := _empty_pages(source):
        shown = ", ".join(str(page) for page in empty[:SHOWN_PAGES])
        more = f" and {len(empty) - SHOWN_PAGES} more" if len(empty) > SHOWN_PAGES else ""
        warn("pages_without_text", f"nothing was read from page {shown}{more}")
    pictures = any(each.code == "picture_pages" for each in found)
    least = FEW_LETTERS * (source.pages or 0)
    if not pictures and not has_letters(source.furnished.lines, least):
        letters = letters_of(source.furnished.lines)
        warn("little_text", f"{letters} letters on {source.pages} pages: most pages are pictures")
    return found

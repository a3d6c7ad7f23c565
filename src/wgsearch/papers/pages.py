"""
PDF bytes -> lines of its pages, by whichever reader finds them.

Why not one reader: a paper that one library refuses, or of which it loses a page, is often
whole to the other, and a page that is a picture is read by neither. What was read otherwise
than by the glyphs of pdfium is said.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wgsearch.errors import PaperUnreadableError
from wgsearch.papers.ocr import language_of
from wgsearch.papers.paper import ReadingWarning
from wgsearch.papers.pdf import read_pdf
from wgsearch.papers.scans import Scans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from wgsearch.papers.ocr import Recogniser
    from wgsearch.papers.paper import Line, Reader
    from wgsearch.papers.second import SecondReader

# Fewer letters than this, and a page is blank, a picture, or lost on the reader: a running head
# and a job number have about ten, the shortest page of text a line of sixty.
FEW_LETTERS = 40
# A page is a picture where pictures cover most of it: photographs in a text cover a third.
PICTURE = 0.5
# The second reader is taken where it finds this many times the letters, and not by a few.
BETTER, BETTER_BY = 1.5, 20
# Pages in a row that the second reader is asked for in vain before it is believed that all the
# others have no text either: it takes some 20 ms a page.
PATIENCE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfPages:
    """
    Pages of a PDF, and how they were read.

    Attributes:
        lines: Lines of each page in reading order.
        heights: Height of each page in points.
        reader: What most of the pages that have text were read by.
        warnings: What was not read by the first reader, and what was not read.
    """

    lines: tuple[tuple[Line, ...], ...]
    heights: tuple[float, ...]
    reader: Reader
    warnings: tuple[ReadingWarning, ...]


@dataclass(slots=True, kw_only=True)
class _Reading:
    """The pages while readers are at work on them; pages are counted from 1."""

    lines: list[tuple[Line, ...]]
    heights: list[float]
    readers: dict[int, Reader] = field(default_factory=dict)
    pictures: list[int] = field(default_factory=list)
    layers: list[int] = field(default_factory=list)

    def letters(self, page: int) -> int:
        """Letters read on a page so far."""
        return letters_of(self.lines[page - 1])

    def take(self, page: int, lines: tuple[Line, ...], reader: Reader) -> None:
        """Take the lines that a reader found on a page."""
        self.lines[page - 1] = lines
        self.readers[page] = reader


def letters_of(lines: Iterable[Line]) -> int:
    """Number of letters in lines."""
    return sum(sum(map(str.isalpha, line.text)) for line in lines)


def has_letters(lines: Iterable[Line], least: int = 1) -> bool:
    """Lines have so many letters; most pages tell with their first lines."""
    count = 0
    if count >= least:
        return True
    for line in lines:
        count += sum(map(str.isalpha, line.text))
        if count >= least:
            return True
    return False


def read_pages(data: bytes, *, file: str, recogniser: Recogniser | None = None) -> PdfPages:
    """
    Lines of a PDF.

    Args:
        data: The file's bytes.
        file: Its name, for messages.
        recogniser: What reads pages that are pictures; None to leave them.

    Raises:
        PaperUnreadableError: `not_a_pdf`, `encrypted`, `damaged`, `too_large`.
    """
    try:
        first = read_pdf(data, file=file)
    except PaperUnreadableError as error:
        if error.code != "damaged":
            raise
        return _read_by_second(data, file=file, cause=error.reason)
    reading = _Reading(lines=list(first.lines), heights=list(first.heights))
    every = range(1, len(first.lines) + 1)
    poor = [page for page in every if not has_letters(reading.lines[page - 1], FEW_LETTERS)]
    lost = list(first.refused)
    with Scans(data) as scans:
        for page in poor:
            if page in first.refused:
                continue
            look = scans.look(page)
            if look.covered >= PICTURE:
                reading.pictures.append(page)
            else:
                lost.append(page)
        readable = [page for page in every if page not in poor]
        if any(scans.look(page).hidden for page in _sample(readable)):
            reading.layers += [page for page in readable if scans.look(page).hidden]
        if lost:
            _ask_second(reading, data, sorted(lost), file=file)
        if recogniser and reading.pictures:
            _recognise(reading, scans, recogniser)
    return PdfPages(
        lines=tuple(reading.lines),
        heights=tuple(reading.heights),
        reader=_most(reading),
        warnings=tuple(_warnings(reading, first.refused)),
    )


def _second(data: bytes, *, file: str) -> SecondReader:
    """The second reader of a PDF; its library takes longer to load than most papers to read."""
    from wgsearch.papers.second import SecondReader  # noqa: PLC0415 - most files never ask for it

    return SecondReader(data, file=file)


def _read_by_second(data: bytes, *, file: str, cause: str) -> PdfPages:
    """A PDF that pdfium refuses, by the second reader alone."""
    try:
        second = _second(data, file=file)
        pages = [second.page(number) for number in range(1, second.count + 1)]
    except PaperUnreadableError as error:
        if error.code != "damaged":
            raise
        reason = f"neither reader can open it ({cause}; {error.reason}); save it again as PDF"
        raise PaperUnreadableError(file, "damaged", reason) from error
    warning = ReadingWarning(
        code="second_reader",
        message=f"read by the second reader ({cause}): no boxes, weaker structure",
    )
    return PdfPages(
        lines=tuple(page.lines for page in pages),
        heights=tuple(page.height for page in pages),
        reader="pypdf",
        warnings=(warning,),
    )


def _sample(pages: Sequence[int]) -> tuple[int, ...]:
    """Pages that stand for all: papers are scanned as a whole, or have a scan behind them."""
    return tuple(sorted({pages[len(pages) // 2], pages[-1]})) if pages else ()


def _ask_second(reading: _Reading, data: bytes, pages: Sequence[int], *, file: str) -> None:
    """Take the second reader's words where the first one found none, or hardly any."""
    in_vain = 0
    try:
        second = _second(data, file=file)
        for page in pages:
            if page > second.count or in_vain >= PATIENCE:
                return
            found = second.page(page)
            had = reading.letters(page)
            if letters_of(found.lines) >= max(BETTER * had, had + BETTER_BY):
                reading.take(page, found.lines, "pypdf")
                reading.heights[page - 1] = reading.heights[page - 1] or found.height
                in_vain = 0
            else:
                in_vain += 1
    except PaperUnreadableError:
        return  # the first reader's pages stand as they are


def _recognise(reading: _Reading, scans: Scans, recogniser: Recogniser) -> None:
    """Take what is recognised on pages that are pictures."""
    read = [line for page in reading.lines for line in page]
    for page in tuple(reading.pictures[: recogniser.pages]):
        picture = scans.picture(page)
        if picture is None:
            continue
        lines = recogniser.read(picture, page=page, language=language_of(read))
        if letters_of(lines) > reading.letters(page):
            reading.take(page, lines, "ocr")
            reading.pictures.remove(page)
            read.extend(lines)


def _most(reading: _Reading) -> Reader:
    """What most of the pages that have text were read by."""
    count: Counter[Reader] = Counter(
        reading.readers.get(page, "pdfium")
        for page in range(1, len(reading.lines) + 1)
        if has_letters(reading.lines[page - 1])
    )
    return count.most_common(1)[0][0] if count else "pdfium"


def _warnings(reading: _Reading, refused: Sequence[int]) -> list[ReadingWarning]:
    """What a reader of the paper should know of how it was read."""
    found: list[ReadingWarning] = []

    def warn(code: str, pages: Sequence[int], message: Callable[[str], str]) -> None:
        if pages:
            found.append(ReadingWarning(code=code, message=message(_listed(pages))))

    by = {
        reader: [page for page, each in reading.readers.items() if each == reader]
        for reader in ("pypdf", "ocr")
    }
    warn(
        "second_reader",
        by["pypdf"],
        lambda pages: f"{pages} read by the second reader: no boxes, weaker structure",
    )
    warn(
        "lost_pages",
        [page for page in refused if page not in reading.readers],
        lambda pages: f"{pages} cannot be read: the file is damaged there",
    )
    warn(
        "ocr",
        by["ocr"],
        lambda pages: f"{pages} recognised from pictures: words and signs may be wrong",
    )
    warn(
        "ocr_layer",
        reading.layers,
        lambda pages: f"{pages} scanned: the text is a layer of recognised words, may be wrong",
    )
    warn(
        "picture_pages",
        reading.pictures,
        lambda pages: f"{pages} not read: a picture without text",
    )
    return found


def _listed(pages: Sequence[int]) -> str:
    """`page 3`, or `pages 1, 4-6`."""
    runs: list[list[int]] = []
    for page in sorted(pages):
        if runs and runs[-1][-1] == page - 1:
            runs[-1][1:] = [page]
        else:
            runs.append([page])
    named = ", ".join("-".join(map(str, run)) for run in runs)
    return f"page {named}" if len(pages) == 1 else f"pages {named}"

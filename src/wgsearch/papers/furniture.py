"""
pages of lines -> body lines, footnotes, running heads: what is printed on every page goes.

Why first: a running head, a page number or a footnote in the middle of a sentence
breaks paragraphs, citations and passages alike. Conventions: parsing of job numbers,
feet (`2/24 13-41682`) and running heads of the United Nations Editorial Manual.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from wgsearch.papers import symbols
from wgsearch.papers.paper import Footnote, Line
from wgsearch.papers.words import TAIL, Words, is_broken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# Heads stand in the upper, feet in the lower tenth of a page.
HEAD_ZONE = 0.105
FOOT_ZONE = 0.895
# A symbol at the top of a page may stand a little below the head margin.
SYMBOL_ZONE = 0.16
# Page and job numbers may stand a little above the foot margin.
NUMBER_ZONE = 0.85
# So many characters one under the other are words set downwards.
DOWNWARDS = 4
# Notes are set at least this much smaller than the body.
NOTE_SIZE = 0.93
# The head of one page stands as high as that of another, to this many points.
SAME_HEIGHT = 2.5
# Small type of the foot margin: page and job numbers are set in 7 points.
FOOT_SIZE = 0.8

# Lines of one note stand at most this many letter heights apart.
SOLID = 1.35

# After a lost note the count goes on with the next one printed, at most this far ahead.
MAX_LOST = 3
# Nothing that is meant to be read is set smaller than this, in points.
MIN_SIZE = 3.0

_JOB = re.compile(
    r"(?:(?P<station>[A-Z]{1,3})\.)?(?P<year>\d{2})-(?P<number>\d{5})X?"
    r"(?:\s*\((?P<language>[ACEFRSO])\))?(?P<dates>(?:\s+\d{6}){0,3})(?:\s+(?P<barcode>\*\d+\*))?"
)
_PAGE = re.compile(
    r"(?:page\s+)?-?\s*(\d{1,4}|[ivxlc]{1,6})\s*-?(?:\s*[/|]\s*(\d{1,4}))?", re.IGNORECASE
)
_EDITION = re.compile(
    r"(?:english|french|spanish|russian|arabic|chinese|français|español|русский)", re.IGNORECASE
)
_NO_LETTERS = re.compile(r"[\d\W]+")
_RULE = re.compile(r"[_\u2014\u2015]{4,}")
_MORE = re.compile(r"/\s?\.\.\.|\.\.\.\s?/|\(continued\)")
_NOTE = re.compile(r"(\*{1,4}|\d{1,3}|[a-z])(?=[\s\u2002-\u200a]|[A-Z(“\"]|https?:)\s*(\S.*)")
_STARS = re.compile(r"(\*{1,4})\s?(\S.*)")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SUPERSCRIPT_NOTE = re.compile(r"([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})\s*(\S.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Furnished:
    """
    A paper's lines sorted by what they are.

    Attributes:
        lines: Body lines (masthead included) in reading order, with the gaps above them.
        footnotes: Notes in order.
        heads: Symbols of the running heads, most frequent first.
        job: Job number line, None where none is printed.
        size: Size of body text in points, None where unknown.
    """

    lines: tuple[Line, ...]
    footnotes: tuple[Footnote, ...]
    heads: tuple[str, ...]
    job: str | None
    size: float | None


def sort_lines(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> Furnished:
    """
    Body, notes and furniture of a paper.

    Args:
        pages: Lines of each page from its top.
        heights: Height of each page in points.
    """
    # Characters turned on their side and specks of scans come out in no readable size.
    pages = [[line for line in page if (line.size or MIN_SIZE) >= MIN_SIZE] for page in pages]
    size = body_size(line for page in pages for line in page)
    repeated = _repeated(pages, heights)
    tops = _tops(pages)
    heads: Counter[str] = Counter()
    notes: list[Footnote] = []
    words = Words([line for page in pages for line in page])
    kept: list[list[Line]] = []
    job = None
    for page, height in zip(pages, heights, strict=True):
        page = _with_lone_marks(page)  # noqa: PLW2901 - the same page, marks beside their notes
        body, heads_here, job_here = _strip_margins(page, height, size, repeated, tops)
        heads.update(heads_here)
        job = job or job_here
        body = _take_notes(body, height, size, notes, words)
        kept.append(body)
    return Furnished(
        lines=tuple(_with_gaps(kept)),
        footnotes=tuple(notes),
        heads=tuple(symbol for symbol, _ in heads.most_common()),
        job=job,
        size=size,
    )


def body_size(lines: Iterable[Line]) -> float | None:
    """The type size that most characters are set in."""
    sizes: Counter[float] = Counter()
    for line in lines:
        if line.size:
            sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else None


def _repeated(
    pages: Sequence[Sequence[Line]], heights: Sequence[float]
) -> frozenset[tuple[int, str, int]]:
    """
    Words that stand in the same margin of most pages, or of pages that follow one another.

    Numbers do not count. Heads of left and right pages differ (the title of the part, that of
    the section), and heads change with the chapter: so the page before, or the one before that,
    must print the same words at the same height.
    """
    seen: Counter[tuple[int, str]] = Counter()
    near: set[tuple[int, str, int]] = set()
    before: list[dict[tuple[int, str], tuple[int, float]]] = [{}, {}]
    for at, (page, height) in enumerate(zip(pages, heights, strict=True)):
        here: dict[tuple[int, str], tuple[int, float]] = {}
        for line in _margin_lines(page, height):
            zone = _zone(line, height)
            words = _numberless(line)
            if len(words) < 2 or line.box is None or _opens_raised(line):
                continue  # notes that cite papers of one series differ in numbers only
            here[zone, words] = (at, line.box.y0)
            for known in before:
                other = known.get((zone, words))
                if other and abs(other[1] - line.box.y0) < SAME_HEIGHT:
                    near.update({(zone, words, at), (zone, words, other[0])})
        seen.update(here.keys())
        before = [before[1], here]
    least = max(2, (len(pages) + 1) // 2)
    most = {key for key, count in seen.items() if count >= least}
    every = {(*key, at) for key in most for at in range(len(pages))}
    return frozenset(near | every)


def _opens_raised(line: Line) -> bool:
    """A line begins with a raised mark: a note."""
    return bool(line.marks) and line.marks[0][0] == 0


def _margin_lines(page: Sequence[Line], height: float) -> Iterator[Line]:
    """Lines of a page's head and foot margins: from its top and from its end."""
    for lines in (page, reversed(page)):
        for line in lines:
            if not _zone(line, height):
                break
            yield line


def _numberless(line: Line) -> str:
    """A line's words without its numbers, for comparing margins of different pages."""
    return _NO_LETTERS.sub(" ", line.text).strip().casefold()


def _zone(line: Line, height: float) -> int:
    """-1 in the head margin, 1 in the foot margin, 0 between them or where nothing is known."""
    if line.box is None:
        return 0
    if line.box.y1 < HEAD_ZONE * height:
        return -1
    return 1 if line.box.y0 > FOOT_ZONE * height else 0


def _strip_margins(
    page: Sequence[Line],
    height: float,
    size: float | None,
    repeated: frozenset[tuple[int, str, int]],
    tops: frozenset[str],
) -> tuple[list[Line], list[str], str | None]:
    """A page without head and foot; the symbols of its head, its job number line."""
    lines = list(page)
    heads: list[str] = []
    job = None
    first = bool(lines) and lines[0].page == 1
    while lines and not first and _is_head(lines[0], height, repeated, tops):
        heads.extend(found.text for found in symbols.locate(lines.pop(0).text))
    lines = _without_runs(lines)
    while lines and (_is_foot(lines[-1], height, size, repeated) or _is_page_number(lines, height)):
        text = lines.pop().text
        job = text if _JOB.match(text) else job
    body = []
    for line in lines:
        if _JOB.fullmatch(line.text) and not _sentence(line.text):
            job = job or line.text
        elif not (_is_more(line, height) or (_RULE.fullmatch(line.text) and line.box is None)):
            body.append(line)
    return body, heads, job


def _without_runs(lines: list[Line]) -> list[Line]:
    """Lines without words that are set downwards, a character a line, on covers and in margins."""
    if not any(len(line.text) == 1 for line in lines):
        return lines
    kept: list[Line] = []
    run: list[Line] = []
    for line in [*lines, None]:
        if line is not None and len(line.text) == 1 and line.box is not None:
            run.append(line)
            continue
        if len(run) < DOWNWARDS:
            kept.extend(run)
        run = []
        if line is not None:
            kept.append(line)
    return kept


def _is_page_number(lines: Sequence[Line], height: float) -> bool:
    """A page number under the text, with or without the job number, above the foot margin."""
    line = lines[-1]
    if line.box is None or line.box.y0 < NUMBER_ZONE * height:
        return False
    bare = _JOB.sub("", line.text).strip(" -/.|*")
    if bare and not bare.isdigit():
        return False
    above = lines[-2].box if len(lines) > 1 else None
    return above is None or line.box.y0 - above.y1 > (line.size or 0.0)


def _is_more(line: Line, height: float) -> bool:
    """`/...` and `(continued)` in a margin lead from page to page; in a table they are text."""
    return bool(_MORE.fullmatch(line.text)) and (
        line.box is None or line.text[0] != "(" or _zone(line, height) != 0
    )


def _sentence(text: str) -> bool:
    """A line has words, not only numbers and capitals."""
    return bool(re.search(r"[a-z]{3}", text))


def _tops(pages: Sequence[Sequence[Line]]) -> frozenset[str]:
    """Symbols that the first page prints, or that open several pages: those of heads."""
    opening = Counter(
        found.text for page in pages[1:] if page for found in symbols.locate(page[0].text)
    )
    own = {
        found.text for line in (pages[0] if pages else ()) for found in symbols.locate(line.text)
    }
    return frozenset({text for text, count in opening.items() if count > 1 or text in own})


def _with_lone_marks(page: Sequence[Line]) -> Sequence[Line]:
    """A page on which a mark that was set as a line of its own stands before its note again."""
    if not any(line.text.isdigit() for line in page):
        return page
    lines: list[Line] = []
    for line in page:
        above = lines[-1] if lines else None
        if above and _is_mark_of(above, line):
            text = f"{above.text} {line.text}"
            lines[-1] = replace(line, text=text, marks=((0, len(above.text)),))
        else:
            lines.append(line)
    return lines


def _is_mark_of(mark: Line, line: Line) -> bool:
    """A raised number to the left of a line that it reaches down into."""
    if not mark.text.isdigit() or mark.box is None or line.box is None:
        return False
    smaller = (mark.size or 0.0) < (line.size or 0.0)
    beside = mark.box.x1 <= line.box.x0 + 1.0 and line.box.x0 - mark.box.x1 < 2 * (line.size or 0.0)
    return smaller and beside and line.box.y0 < mark.box.y1 < line.box.y1 and not line.marks


def _is_head(
    line: Line, height: float, repeated: frozenset[tuple[int, str, int]], tops: frozenset[str]
) -> bool:
    """A line of a running head: symbols, an edition, a page number, or words on every page."""
    if line.box is not None and _zone(line, height) != -1:
        named = [found.text for found in symbols.locate(line.text)]
        low = line.box.y1 < SYMBOL_ZONE * height
        if not (low and named and tops.issuperset(named)):
            return False
    text = line.text.strip()
    bare = text
    for found in symbols.locate(text):
        bare = bare.replace(found.text, "")
    bare = re.sub(r"[*\s|–—\-]+", " ", bare).strip()
    if bare != text and (not bare or _PAGE.fullmatch(bare)):
        return True
    if _PAGE.fullmatch(text) or _EDITION.fullmatch(text):
        return True
    return line.box is not None and (-1, _numberless(line), line.page - 1) in repeated


def _is_foot(
    line: Line, height: float, size: float | None, repeated: frozenset[tuple[int, str, int]]
) -> bool:
    """A line of the foot: page number, job number, barcode, or small words on every page."""
    text = line.text.strip()
    if line.box is None:
        return bool(_JOB.fullmatch(text)) or bool(re.fullmatch(r"\d{1,3}/\d{1,3}", text))
    if _zone(line, height) != 1 or _opens_raised(line):
        return False
    bare = _JOB.sub("", text).strip(" /.|*")
    if not bare or _PAGE.fullmatch(bare) or re.fullmatch(r"\*\d+\*", text):
        return True
    small = size is not None and line.size is not None and line.size < FOOT_SIZE * size
    return small or (1, _numberless(line), line.page - 1) in repeated


def _take_notes(
    lines: list[Line], height: float, size: float | None, notes: list[Footnote], words: Words
) -> list[Line]:
    """The page's lines without its notes, which are added to `notes`."""
    body: list[Line] = []
    in_notes = ruled = False
    for at, line in enumerate(lines):
        if _RULE.fullmatch(line.text.replace(" ", "")):
            # The rule above the notes; a rule before any body line closes the paper instead.
            ruled, in_notes = True, bool(lines[at + 1 :]) and _smaller(lines[at + 1], size)
            continue
        small = _smaller(line, size)
        due = _due(notes)
        mark = _note_mark(
            line, small=small, ruled=ruled or in_notes, low=_low(line, height), due=due
        )
        if mark:
            in_notes = True
            notes.append(Footnote(mark=mark[0], text=mark[1], page=line.page))
        elif in_notes and notes and (small or _goes_on(lines[at - 1], line)):
            last = notes[-1]
            notes[-1] = replace(last, text=_join(last.text, line.text, words))
        else:
            in_notes = in_notes and small
            body.append(line)
    return body


def _goes_on(above: Line, line: Line) -> bool:
    """A line goes on with a note above it: set solid and in one size, even as large as text."""
    if line.box is None or above.box is None:
        return line.gap == 0
    step = line.box.y0 - above.box.y0
    return above.size == line.size and 0 < step < SOLID * (line.size or 0.0)


def _smaller(line: Line, size: float | None) -> bool:
    """A line is set smaller than the body."""
    return size is not None and line.size is not None and line.size < NOTE_SIZE * size


def _low(line: Line, height: float) -> bool:
    """A line stands in the lower part of its page, where notes are; unknown counts as no."""
    return line.box is not None and line.box.y0 > 0.35 * height


def _due(notes: Sequence[Footnote]) -> int:
    """The number that the next numbered note bears."""
    return next((int(note.mark) + 1 for note in reversed(notes) if note.mark.isdigit()), 1)


def _note_mark(
    line: Line, *, small: bool, ruled: bool, low: bool, due: int
) -> tuple[str, str] | None:
    """The mark and the words of a line that begins a note, None for any other line."""
    if match := _SUPERSCRIPT_NOTE.fullmatch(line.text):
        return match[1].translate(_SUPERSCRIPTS), match[2]
    raised = _opens_raised(line)
    if raised and (low or small):
        start, end = line.marks[0]
        return line.text[start:end].strip(), line.text[end:].strip()
    if (match := _STARS.fullmatch(line.text)) and (small or ruled or low):
        return match[1], match[2]
    if small and (match := _NOTE.fullmatch(line.text)):
        # Rows of tables begin with numbers too, but have cells.
        counted = match[1] == str(due) and low and len(line.cells) < 2  # one cell is prose
        # Notes are numbered through: any other number begins the second line of a note
        # ("paras. 7," / "14 and 15.").
        next_one = not match[1].isdigit() or due <= int(match[1]) <= due + MAX_LOST
        return (match[1], match[2]) if (ruled and next_one) or counted else None
    return None


def _join(above: str, below: str, words: Words) -> str:
    """Two lines of running text as one; a hyphen at the line's end is mended as in body text."""
    if is_broken(above[-TAIL:], below, words):
        return above[:-1] + below
    if re.search(r"(?:https?:\S*|\w)[-/_]$", above) and below[:1].isalnum():
        return above + below
    return f"{above} {below}"


def _with_gaps(pages: Sequence[Sequence[Line]]) -> list[Line]:
    """All lines with the gap above each, measured against the usual distance of lines."""
    steps: Counter[float] = Counter()
    for page in pages:
        for above, below in pairwise(page):
            if above.box and below.box and above.size == below.size and below.box.y0 > above.box.y0:
                steps[round((below.box.y0 - above.box.y0) / (below.size or 1.0), 2)] += 1

    def near(step: float) -> int:
        # Neighbouring values are rounding.
        return sum(count for other, count in steps.items() if abs(other - step) < 0.03)

    pitch = min(max(steps, key=near, default=1.2), 1.6)
    lines: list[Line] = []
    for page in pages:
        last: Line | None = None
        for line in page:
            lines.append(line if line.box is None else _spaced(line, _gap(last, line, pitch)))
            last = line
    return lines


def _spaced(line: Line, gap: float | None) -> Line:
    """A line with the gap above it; written out, since `replace` takes thrice as long."""
    return Line(
        text=line.text,
        page=line.page,
        box=line.box,
        size=line.size,
        bold=line.bold,
        italic=line.italic,
        indent=line.indent,
        marks=line.marks,
        cells=line.cells,
        gap=gap,
        style=line.style,
    )


def _gap(above: Line | None, line: Line, pitch: float) -> float | None:
    """Space above a line beyond the usual distance, in its letter heights; None at a page's top."""
    if above is None or above.box is None or line.box is None:
        return None
    height = max(line.size or 1.0, 1.0)
    return round((line.box.y0 - above.box.y0) / height - pitch * (above.size or height) / height, 2)

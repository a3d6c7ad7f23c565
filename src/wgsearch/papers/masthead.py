"""
first lines -> Masthead: symbol, title, date, body, session, language, agenda item.

Why by what a line is, not where it stands: extractors give mastheads by rows, by columns
or interleaved, but each field has a form of its own (fields.py). What is left over, in
order, is the body's name, session, meeting, item with its heading, and the title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from wgsearch.papers import titles
from wgsearch.papers.dates import parse_date
from wgsearch.papers.fields import (
    is_kind_line,
    is_meeting,
    is_session,
    is_united_nations,
    is_year_line,
    session_and_meeting,
)
from wgsearch.papers.identity import identify
from wgsearch.papers.items import ItemLine, parse_item_line
from wgsearch.papers.kinds import kind_of
from wgsearch.papers.paper import ItemReference, PaperKind, ReadingWarning
from wgsearch.papers.pieces import COLUMN, Block, Piece, sort_pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.papers.paper import Line

# A masthead has fewer lines than this; a cover and its title page together as well.
MAX_LINES = 70
# A cover has fewer lines and words than this, and no field but the symbol.
COVER_LINES = 14
COVER_WORDS = 80
# No imprint or entry of a contents list has more letters.
MAX_ENTRY = 300
# Headings of an item are set no larger than the text, but for rounding.
ITEM_SIZE = 1.15

# Names of bodies are set at most this much larger than the text, where they stand elsewhere.
BODY_SIZE = 1.3
# Centred lines are indented at least this much on both sides, in points.
INDENT = 20.0
# Lines of a letterhead whose left edges differ by less, in points, are of one column.
LETTERHEAD_COLUMN = 80.0

_PRINCIPAL = re.compile(
    r"general assembly|security council|economic and social council|trusteeship council"
    r"|assemblée générale|conseil de sécurité|conseil économique et social|asamblea general"
    r"|consejo de seguridad|consejo económico y social|генеральная ассамблея|совет безопасности"
    r"|экономический и социальный совет|大会|安全理事会|经济及社会理事会|الجمعية العامة|مجلس الأمن"
    r"|المجلس الاقتصادي والاجتماعي",
    re.IGNORECASE,
)
_FIELD = re.compile(r"\bdistr?\b|\boriginal\b|\bonly$", re.IGNORECASE)
_BODY_BEGINS = re.compile(
    r"(?:\d{1,3}\.(?:\s.*)?|[IVX]{1,4}\.\s.*|A\.\s.*|\(a\)\s.*"
    r"|(?:summary|contents|résumé|resumen|abstract|executive summary|key messages|sommaire"
    r"|table of contents|table des matières|índice|содержание|резюме|introduction"
    r"|introducción"
    r"|введение|annotations|目录|摘要|导言|ملخص|المحتويات|مقدمة"
    r"|elements of a decision|action required"
    r"|list of abbreviations|abbreviations(?: and acronyms)?)\W*"
    r"|(?:article|rule|chapter|chapitre|annex|annexe|anexo)\s(?:\d{1,3}|[IVX]{1,4})\W*"
    r"|(?:the )?(?:.{0,30}\b)?(?:assembly|council|commission|committee|board|parties"
    r"|meeting of the parties.{0,40}|assemblée générale|conseil|asamblea general|consejo),"
    r"|(?:l[’']assemblée générale|le conseil de sécurité|la asamblea general"
    r"|el consejo de seguridad|генеральная ассамблея|совет безопасности),"
    r"|(?:the )?conference of the (?:states )?parties.{0,80},|[-•] .*|\|.*"
    r"|(?:draft |revised )?text of the .*:|(?:excellency|sir|madam),.*)",
    re.IGNORECASE,
)
_AGENDA_LIST = re.compile(
    r"(?:provisional |preliminary )?agenda|ordre du jour.*|programa.*|.*повестка дня|(?:临时)?议程",
    re.IGNORECASE,
)
_LISTED = re.compile(r"(?P<title>[^\W\d_].{7,}?[^\s.])\s*(?:\.\s?){4,}\s*\d*")
_IMPRINT = re.compile(
    r"(?:united nations|nations unies|naciones unidas)\s*[•·,]?\s*"
    r"(?:[^\W\d_]+[ ,]*){1,4}(?P<year>(?:19|20)\d\d)"
    r"|(?:geneva|new york|vienna|nairobi|genève|vienne|ginebra|viena|nueva york),?\s"
    r"(?P<other>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_RECORDS = re.compile(r"official records|documents officiels|documentos oficiales", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """
    What the first lines of a paper say about it.

    Attributes:
        symbols: Symbols as printed, stars off; empty when none is known.
        title: Title proper with its subtitle, None when none is printed.
        subtitle_lines: Lines under the title that say what kind of paper it is.
        kind: Kind of paper.
        body: Organ, with its subsidiary bodies, as printed.
        session: As printed.
        meeting: Place and dates, as printed.
        date: ISO date of issue; a month or a year where no more is printed.
        edition: Languages of this edition where the masthead names them.
        original: Languages it was written in.
        distribution: As printed.
        item: Agenda item.
        start: Index of the first line after the masthead.
        warnings: What was repaired, inferred, missing or in conflict.
    """

    symbols: tuple[str, ...]
    title: str | None
    subtitle_lines: tuple[str, ...]
    kind: PaperKind
    body: str | None
    session: str | None
    meeting: str | None
    date: str | None
    edition: tuple[str, ...]
    original: tuple[str, ...]
    distribution: str | None
    item: ItemReference | None
    start: int
    warnings: tuple[ReadingWarning, ...] = ()


class _Measure(NamedTuple):
    """Left and right edge of running text, in points."""

    left: float
    right: float


@dataclass(slots=True)
class _Found:
    """Blocks by what they are."""

    body: list[str]
    session: str | None = None
    meeting: str | None = None
    item: ItemLine | None = None
    item_block: Block | None = None
    item_titles: list[str] = field(default_factory=list)
    titles: list[Block] = field(default_factory=list)
    opening: Block | None = None
    start: int = 0


def read_masthead(
    lines: Sequence[Line], *, heads: Sequence[str], size: float | None, file: str = ""
) -> Masthead:
    """
    The masthead of a paper.

    Args:
        lines: The paper's lines from the beginning, furniture removed.
        heads: Symbols of the running heads, most frequent first.
        size: Size of body text, None where unknown.
        file: The file's name, which counts where nothing is printed.
    """
    zone = _zone(lines)
    cut = sort_pieces(zone, size)
    known = cut.fields.known or bool(heads)
    organ = _organ(cut.letterhead) if known else []
    measure = _measure(zone)
    found = _sort_blocks(cut.blocks, organ, known=known, size=size or 0.0, measure=measure)
    title = titles.read_title(
        found.titles,
        organ=" ".join(organ),
        size=size or 0.0,
        opening=found.opening.text if found.opening else None,
    )
    if title.symbol and not cut.fields.symbols:
        cut.fields.symbols.append(title.symbol)
    text = _listed_title(title.text, zone, found.start)
    lines_of_title = [block.text for block in found.titles]
    kind = kind_of([*cut.fields.symbols, *heads[:1]][:2], text, title.kinds, lines_of_title)
    known_as = identify(
        cut.fields,
        heads=heads,
        file=file,
        lines=lines,
        is_agenda=kind is PaperKind.AGENDA,
        year=_imprint(zone),
    )
    warnings = list(known_as.warnings)
    if text is None:
        warnings.append(ReadingWarning(code="no_title", message="no title was found"))
    return Masthead(
        symbols=known_as.symbols,
        title=text,
        subtitle_lines=title.kinds,
        kind=kind_of(known_as.symbols, text, title.kinds, lines_of_title),
        body=_names([*found.body, *title.organs]),
        session=_session(found.session),
        meeting=titles.plain(found.meeting) if found.meeting else None,
        date=known_as.date,
        edition=cut.fields.edition,
        original=cut.fields.original,
        distribution=cut.fields.distribution,
        item=_item(found),
        start=found.start,
        warnings=tuple(warnings),
    )


def _session(text: str | None) -> str | None:
    """A session as printed, without the comma before its dates; a scan may part the word."""
    return titles.plain(text.replace("sess ion", "session")).rstrip(", ") if text else None


def _names(names: Sequence[str]) -> str | None:
    """Names of a body and what it belongs to, each once."""
    bare = [titles.plain(name) for name in names]
    once = {name.casefold(): name for name in reversed(bare)}
    return ", ".join(dict.fromkeys(once[name.casefold()] for name in bare)) or None


def _zone(lines: Sequence[Line]) -> list[Line]:
    """The lines a masthead may occupy: the first page, or cover and title page together."""
    first = [line for line in lines[:MAX_LINES] if line.page == 1]
    words = sum(len(line.text.split()) for line in first)
    if not first or not first[0].box or len(first) >= COVER_LINES or words >= COVER_WORDS:
        return first
    texts = [cell.text for line in first for cell in line.cells] or [line.text for line in first]
    if any(_FIELD.search(text) or parse_date(text) for text in texts):
        return first
    # A cover prints no field but the symbol: blank and title page follow.
    return [line for line in lines[:MAX_LINES] if line.page <= 3]  # cover, blank, title page


def _organ(pieces: Sequence[Piece]) -> list[str]:
    """
    Names of organs from the lines of the letterhead.

    Only principal organs share a paper, so any other line goes on with the name above it; a
    letterhead in two languages has two columns.
    """
    columns: dict[int, list[str]] = {}
    edges: list[float] = []
    for piece in pieces:
        if is_united_nations(piece.text) or len(piece.text) < 3:  # initials
            continue
        near = [at for at, edge in enumerate(edges) if abs(edge - piece.x0) < LETTERHEAD_COLUMN]
        if not near:
            edges.append(piece.x0)
        names = columns.setdefault(near[0] if near else len(edges) - 1, [])
        if names and not (_PRINCIPAL.fullmatch(piece.text) or _PRINCIPAL.fullmatch(names[-1])):
            names[-1] = f"{names[-1]} {piece.text}"
        else:
            names.append(piece.text)
    return [name for names in columns.values() for name in names if len(name) > 4]  # letters


def _sort_blocks(
    blocks: Sequence[Block],
    organ: Sequence[str],
    *,
    known: bool,
    size: float,
    measure: _Measure | None,
) -> _Found:
    """Unclaimed blocks by what they are, in the order of a masthead."""
    found = _Found(body=list(organ))
    for at, block in enumerate(blocks):
        if known and not found.titles and _takes(block, found, blocks[at + 1 :], size):
            pass
        elif _begins_body(block, found.titles, size=size, known=known, measure=measure):
            found.opening = block
            break
        else:
            found.titles.append(block)
        found.start = block.end
    if not known and not found.titles:
        found.start = 0
    return found


def _takes(block: Block, found: _Found, later: Sequence[Block], size: float) -> bool:
    """A block above the title is taken for the field that it is; False when it is none."""
    text = block.text
    if item := parse_item_line(text):
        found.item, found.item_block = found.item or item, found.item_block or block
        return True
    if not found.session and is_session(text):
        found.session = text
        return True
    if is_meeting(text):
        found.meeting = found.meeting or text
        return True
    if both := session_and_meeting(text):
        found.session, found.meeting = found.session or both[0], found.meeting or both[1]
        return True
    if found.session and is_year_line(text):
        return True
    if _under_item(block, found, later, size):
        found.item_titles.append(text)
        return True
    if block.first.line.box is None and _PRINCIPAL.fullmatch(text):
        found.body.append(text)
        return True
    if not (found.meeting or found.item) and _is_body_name(
        block, later[: 1 if found.session else 5], size
    ):
        found.body.append(text)
        return True
    return False


def _under_item(block: Block, found: _Found, later: Sequence[Block], size: float) -> bool:
    """
    The item's heading: type of body size under the item's line, in its column.

    Without an item's line it must stand in the column of session or meeting, with a title
    in larger type below it.
    """
    text = block.text
    if _BODY_BEGINS.fullmatch(text) or block.size > size * ITEM_SIZE:
        return False
    if found.item_block is None:
        return (
            bool(found.meeting)
            and block.bold
            and block.first.line.box is not None
            and bool(later)
            and not is_kind_line(later[0].text)
            and later[0].bold
            and later[0].size > block.size * ITEM_SIZE
            and later[0].first.x0 > block.first.x0 + COLUMN
        )
    if block.first.line.box is None:
        if block.size:
            return True
        # In plain text the title is the last block above the line that names the kind.
        return not found.item_titles and bool(later) and not _ends_title(later[0])
    near = abs(block.first.x0 - found.item_block.first.x0) < COLUMN
    return near and block.first.at - found.item_block.first.at <= 6 + 3 * len(found.item_titles)


def _ends_title(block: Block) -> bool:
    """A block below which no title stands: a kind line, or the beginning of the body."""
    return is_kind_line(block.text) or bool(_BODY_BEGINS.fullmatch(block.text))


def _is_body_name(block: Block, later: Sequence[Block], size: float) -> bool:
    """Before session, meeting and item stands the body's name, in any type in their column."""
    for each in later:
        if is_session(each.text) or is_meeting(each.text) or parse_item_line(each.text):
            if each.first.line.box is None or block.size <= BODY_SIZE * size:
                return True
            return abs(each.first.x0 - block.first.x0) < COLUMN or block.first.line.page > 1
    # Without any of them it stands left of the title, in no larger type.
    below = later[0] if later else None
    return (
        below is not None
        and block.bold
        and below.bold
        and block.first.line.box is not None
        and below.first.x0 > block.first.x0 + COLUMN
        and size < block.size <= below.size
    )


def _begins_body(
    block: Block,
    above: Sequence[Block],
    *,
    size: float,
    known: bool,
    measure: _Measure | None,
) -> bool:
    """A block that is no longer masthead."""
    text = block.text
    if above and titles.is_corrigendum(above[-1].pieces[-1].text):
        return True  # under that word stands what is corrected, not a subtitle
    if titles.is_numbered(text):
        return False
    if _BODY_BEGINS.fullmatch(text) or (above and _AGENDA_LIST.fullmatch(text)):
        return True
    if len(block.pieces) > 1 and _BODY_BEGINS.fullmatch(block.first.text):
        return True
    line = block.first.line
    if not known:
        # Without any field only what is set as a title is one.
        return not (block.bold and block.size > size * ITEM_SIZE > 0) or len(above) > 2
    if not above:
        return False
    if line.size is None and line.box is None:
        return not (is_kind_line(text) or _is_closing(text)) or line.style is not None
    if is_kind_line(text):
        return False
    display = block.bold or block.size > size * 1.1 or text.isupper() or line.italic
    if not display and len(above) < 4:  # typescripts centre title and subtitle
        return not _centred(block, measure)
    return not display or line.page > above[-1].first.line.page + 1


def _is_closing(text: str) -> bool:
    """The word that closes a title."""
    return titles.is_corrigendum(text) or text.casefold() == "addendum"


def _measure(zone: Sequence[Line]) -> _Measure | None:
    """Edges of running text on the first page, None where there is none."""
    prose = [
        line.box
        for line in zone
        if line.box and not line.bold and len(line.text) > 45 and len(line.cells) < 2  # letters
    ]
    if len(prose) < 3:  # lines
        return None
    return _Measure(min(box.x0 for box in prose), max(box.x1 for box in prose))


def _centred(block: Block, measure: _Measure | None) -> bool:
    """Every line of the block is indented on both sides, and no row of a table."""
    left, right = measure or (100.0, 500.0)  # points, what typescripts leave free
    return all(
        piece.line.box is not None
        and len(piece.line.cells) < 2
        and piece.line.box.x0 > left + INDENT
        and piece.line.box.x1 < right - INDENT
        for piece in block.pieces
    )


def _item(found: _Found) -> ItemReference | None:
    """The item with its heading; several items have several."""
    if found.item is None:
        return None
    heading = "; ".join(titles.plain(each) for each in found.item_titles)
    return ItemReference(number=found.item.numbers, title=heading or None)


def _listed_title(title: str | None, zone: Sequence[Line], start: int) -> str | None:
    """A paper that is only called Addendum holds what the one entry of its contents names."""
    if title is None or title.casefold() not in ("addendum", "additif", "adición"):
        return title
    short = [line.text for line in zone[start:] if len(line.text) < MAX_ENTRY]
    listed = [match["title"] for text in short if (match := _LISTED.fullmatch(text))]
    return f"{title}: {listed[0]}" if len(listed) == 1 else title


def _imprint(zone: Sequence[Line]) -> str | None:
    """Year of the imprint of a cover; that of Official Records is the year of the session."""
    if not zone or zone[-1].page == 1 or any(_RECORDS.search(line.text) for line in zone):
        return None
    short = [line.text for line in zone if len(line.text) < MAX_ENTRY]
    found = [match for text in short if (match := _IMPRINT.fullmatch(text))]
    return (found[0]["year"] or found[0]["other"]) if found else None

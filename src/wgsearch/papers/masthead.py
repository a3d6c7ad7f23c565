"""
first lines -> Masthead: symbol, title, date, body, session, language, agenda item.

Why by what a line is, not where it stands: extractors give mastheads by rows, by columns
or interleaved, but each field has a form of its own. What is left over, in order, is the
body's name, the item's heading and the title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from wgsearch.papers import languages, symbols
from wgsearch.papers.dates import find_dates, find_day, parse_date
from wgsearch.papers.paper import Cell, ItemReference, PaperKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.papers.paper import Line

# A masthead has fewer lines than this; a cover and its title page together as well.
MAX_LINES = 70
# Letterheads (the organ's name) are set at least this much larger than the body.
LETTERHEAD = 1.5
# A gap of this many letter heights separates two blocks of a masthead.
BLOCK_GAP = 0.45
# What the reader of Word papers calls the paragraphs of a page's head.
HEAD_STYLE = "head"

_DISTR = re.compile(r"(?:distr?|dist)\b[.:\s]*(?P<value>[^\W\d_][\w ]*)?\.?", re.IGNORECASE)
_DISTRIBUTIONS = re.compile(
    r"(?:general|limited|restricted|générale|limitée|restreinte|limitada|reservada)", re.IGNORECASE
)
_ORIGINAL = re.compile(r"orig(?:i|l)nal\s*[:?]?\s*(?P<value>.*)", re.IGNORECASE)
_ONLY = re.compile(r"(?P<value>.{5,60}?)\s+(?:only|seulement|solamente|únicamente)", re.IGNORECASE)
_EDITION = re.compile(
    r"(?:english|français|español|russian|chinese|arabic|french|spanish|русский|中文|عربي)",
    re.IGNORECASE,
)
_UNITED_NATIONS = re.compile(
    r"(?:united|nations|united nations|nations unies|naciones unidas"
    r"|организация объединенных наций|联合国|الأمم المتحدة)",
    re.IGNORECASE,
)
_SESSION = re.compile(
    r"(?:.{0,60}\b(?:session|meeting|forum)|.{0,40}\bsession\b.{0,12}|annual session.{0,12}"
    r"|(?:first|second) regular session.{0,12}|.*período (?:anual )?de sesiones.{0,8}"
    r"|.*сессия|.*reunión|.*réunion|第.{1,8}届会议|.*الدورة.*)",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"(?:provisional\s+)?(?:agenda\s+items?|items?|points?|tema|temas|пункт|пункты)\s+"
    r"(?P<number>\d{1,3}\b(?:[\s,]*(?:and|et|y|и|to|-|–)?\s*(?:\d{1,3}\b|\(?[a-z]\)))*)"
    r"(?P<rest>(?:\s+(?:of|de|del|предварительной|повестки|перечня)\b.*)?)\s*[*\s]*",
    re.IGNORECASE,
)
_CHINESE_ITEM = re.compile(r".*项目\s?(?P<number>\d+(?:\([a-z]\))*)")
_MONTH_RANGE = (
    r"(?:from |du |del |le |les )?\d{1,2}(?:er)?"
    r"(?:\s?(?:-|–|—|and|to|et|au|y|al?|и)\s?|\s(?:de\s)?[^\W\d_]+"
    r"\s?(?:-|–|—|and|to|et|au|y|al?|и)\s?|\s)(?:\d{1,2}(?:er)?\s)?(?:de\s)?[^\W\d_]{3,10}"
)
_MEETING = re.compile(
    rf"(?:[^\W\d_][\w .'’()\-]{{1,40}},\s){{0,3}}{_MONTH_RANGE}"
    r"(?:(?:,| de)?\s(?:19|20)\d\d(?: года)?)?(?:,\s[^\W\d_][\w .'’()\-]{1,30}){0,2}"
    r"|\d{4}年.{3,30}"
)
_ORGAN = re.compile(
    r".*\b(?:committee|commission|council|board|assembly|conference|fund|programme|office|unit"
    r"|development policy)\b.*",
    re.IGNORECASE,
)
_YEAR_LINE = re.compile(r"(?:.{0,30}\byear|\d{4} session|.*\bsession)", re.IGNORECASE)
_STARS = re.compile(r"(?<![\s*])\s*\*[\s*]*$")
_KIND_LINE = re.compile(
    r"(?:note|background (?:paper|note)|document d.information|documento de antecedentes"
    r"|conference room paper|working paper|report (?:of|by) [^\d]*$"
    r"|rapport du secrétaire général|informe del secretario general|note verbale|addendum"
    r"|corrigendum)\b.*",
    re.IGNORECASE,
)
_SPONSORS = re.compile(r".*: draft (?:resolution|decision)$", re.IGNORECASE)
_CORRIGENDUM = re.compile(r"\b(?:corrigendum|rectificatif|corrección)$", re.IGNORECASE)
_KEPT_SUBTITLE = re.compile(r"addendum|corrigendum", re.IGNORECASE)
_BODY_BEGINS = re.compile(
    r"(?:\d{1,3}\.(?:\s.*)?|[IVX]{1,4}\.\s.*|A\.\s.*|summary|contents|résumé|resumen|abstract"
    r"|sommaire|table des matières|índice|содержание|резюме|introduction|annotations"
    r"|table of contents|(?:the )?(?:general assembly|security council|economic and social council"
    r"|human rights council|conference of the parties),|[-•] .*|\|.*)",
    re.IGNORECASE,
)
_AGENDA_LIST = re.compile(
    r"(?:provisional |preliminary )?agenda|ordre du jour.*|programa.*", re.IGNORECASE
)
_RESOLUTION = re.compile(r"(?P<number>(?:\d{1,3}|ES-\d+)/\d{1,4})\.\s+(?P<title>\S.*)")
_HEALTH_TITLE = re.compile(r"(?P<symbol>(?:WHA|EB)[\dR.]+)\s+(?P<title>\S.*)")
_RESOLUTION_NUMBER = re.compile(r"resolution \d{3,4} \(\d{4}\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """
    What the first lines of a paper say about it.

    Attributes:
        symbols: Symbols as printed, stars off; empty when none is printed.
        title: Title proper with its subtitle, None when none is printed.
        subtitle_lines: Lines under the title that say what kind of paper it is.
        kind: Kind of paper.
        body: Organ, with its subsidiary bodies, as printed.
        session: As printed.
        meeting: Place and dates, as printed.
        date: ISO date of issue.
        edition: Languages of this edition where the masthead names them.
        original: Languages it was written in.
        distribution: As printed.
        item: Agenda item.
        start: Index of the first line after the masthead.
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


@dataclass(slots=True)
class _Piece:
    """A cell of a masthead line that no field has claimed yet."""

    text: str
    line: Line
    at: int
    x0: float
    size: float
    bold: bool


@dataclass(slots=True)
class _Fields:
    """Fields claimed so far."""

    symbols: list[str] = field(default_factory=list)
    date: str | None = None
    edition: tuple[str, ...] = ()
    original: tuple[str, ...] = ()
    distribution: str | None = None


@dataclass(slots=True)
class _Block:
    """Unclaimed pieces that belong together: same column, same type, no gap."""

    pieces: list[_Piece]

    @property
    def text(self) -> str:
        """The block's words as one line."""
        return re.sub(r"\s+", " ", " ".join(piece.text for piece in self.pieces)).strip()

    @property
    def first(self) -> _Piece:
        """Its first piece."""
        return self.pieces[0]

    @property
    def size(self) -> float:
        """Its type size, 0 where unknown."""
        return self.first.size


def read_masthead(lines: Sequence[Line], *, heads: Sequence[str], size: float | None) -> Masthead:
    """
    The masthead of a paper.

    Args:
        lines: The paper's lines from the beginning, furniture removed.
        heads: Symbols of the running heads, most frequent first.
        size: Size of body text, None where unknown.
    """
    zone = _zone(lines)
    claimed, pieces = _claim(zone)
    if not claimed.symbols:
        claimed.symbols = _family(heads)
    known = bool(claimed.symbols or claimed.date or claimed.distribution)
    blocks = _blocks([piece for piece in pieces if not _letterhead(piece, size)])
    organ = _organ([piece for piece in pieces if _letterhead(piece, size)])
    return _sorted(blocks, claimed, organ=organ, known=known, size=size or 0.0)


def _zone(lines: Sequence[Line]) -> list[Line]:
    """The lines a masthead may occupy: the first page, or cover and title page together."""
    first = [line for line in lines[:MAX_LINES] if line.page == 1]
    words = sum(len(line.text.split()) for line in first)
    if len(first) < 14 and words < 80 and first and first[0].box:  # a cover page has little text
        return [line for line in lines[:MAX_LINES] if line.page <= 3]  # cover, blank, title page
    return first


def _claim(zone: Sequence[Line]) -> tuple[_Fields, list[_Piece]]:
    """Fields that have a form of their own, and the pieces that none of them claimed."""
    claimed = _Fields()
    pieces: list[_Piece] = []
    waiting = False
    for at, line in enumerate(zone):
        if _past_masthead(line, pieces):
            pieces.extend(
                _piece(Cell(text=each.text, x0=each.indent or 0.0, x1=0.0), each, index)
                for index, each in enumerate(zone[at:], start=at)
            )
            break
        cells = _cells(line)
        if at == 0 and len(cells) > 1 and any(_only_symbols(cell.text) for cell in cells):
            # Beside the symbol stands the organization's name, whatever it is.
            cells = [cell for cell in cells if _only_symbols(cell.text)]
        elif at == 0 and line.style == HEAD_STYLE and zone[1:] and _only_symbols(zone[1].text):
            continue  # likewise: cells of a Word page's head come one after the other
        for cell in cells:
            text = cell.text
            if waiting and _DISTRIBUTIONS.fullmatch(text):
                claimed.distribution, waiting = text.capitalize(), False
            elif _claims(text, claimed):
                waiting = claimed.distribution is None and bool(_DISTR.fullmatch(text))
            else:
                pieces.append(_piece(cell, line, at))
    return claimed, pieces


def _piece(cell: Cell, line: Line, at: int) -> _Piece:
    """A cell with the type it is set in."""
    size = line.size if cell.size is None else cell.size
    bold = line.bold if cell.size is None else cell.bold
    return _Piece(cell.text, line, at, cell.x0, size or 0.0, bold)


def _past_masthead(line: Line, pieces: Sequence[_Piece]) -> bool:
    """A line that can only be body: long running text, or the first numbered paragraph."""
    text = line.text
    return bool(pieces) and (
        len(text) > 60
        and not line.bold
        and len(line.cells) < 2
        and text[-1].islower()
        and line.page == 1
        and line.size is not None
        and not _is_session(text)
        and bool(re.search(r"[a-z]{3}.*[a-z]{3}", text))
        and line.box is not None
        and line.box.x1 - line.box.x0 > 320  # points, most of a measure
    )


def _cells(line: Line) -> list[Cell]:
    """The line's cells; a symbol split over two cells is one."""
    if not line.cells:
        return [Cell(text=line.text, x0=line.indent or 0.0, x1=0.0)]
    merged: list[Cell] = []
    for cell in line.cells:
        if merged and cell.text.startswith("/") and re.fullmatch(r"[A-Z]{1,5}", merged[-1].text):
            merged[-1] = replace(merged[-1], text=merged[-1].text + cell.text)
        elif cell.text:
            merged.append(cell)
    return merged


def _claims(text: str, claimed: _Fields) -> bool:
    """Take a cell for the field whose form it has; False when it has none."""
    found = _only_symbols(text)
    if found:
        claimed.symbols.extend(each for each in found if each not in claimed.symbols)
        return True
    if claimed.date is None and (iso := parse_date(text)):
        claimed.date = iso
        return True
    if (match := _DISTR.fullmatch(text)) and (match["value"] or len(text) < 8):  # the bare word
        claimed.distribution = claimed.distribution or (match["value"] or "").strip() or None
        return True
    if (match := _ORIGINAL.fullmatch(text)) and languages.named(match["value"]):
        claimed.original = languages.named(match["value"])
        return True
    if (match := _ONLY.fullmatch(text)) and languages.named(match["value"]):
        claimed.edition = languages.named(match["value"])
        return True
    if _EDITION.fullmatch(text) and not claimed.edition:
        claimed.edition = languages.named(text)
        return True
    return False


def _only_symbols(text: str) -> tuple[str, ...]:
    """Symbols of a cell that holds nothing else but stars and dashes between them."""
    if text.startswith("*"):
        return ()
    found = symbols.locate(text)
    bare = text
    for each in reversed(found):
        bare = bare[: each.start] + bare[each.end :]
    bare = re.sub(r"[\s*\-–—−,;]+|United Nations", "", bare)
    return tuple(each.text for each in found) if found and not bare else ()


def _family(heads: Sequence[str]) -> list[str]:
    """The symbol of the running heads, where the masthead prints none."""
    return list(heads[:1])


def _letterhead(piece: _Piece, size: float | None) -> bool:
    """The organ's name in large type, or the words `United Nations`, at the top of page one."""
    if _UNITED_NATIONS.fullmatch(piece.text):
        return True
    line = piece.line
    if line.style == HEAD_STYLE:
        return True
    if (
        re.fullmatch(r"[A-Z]{1,4}", piece.text) and piece.at < 4
    ):  # the organ's letters of old letterheads
        return True
    if size is None or line.box is None or line.page != 1:
        return False
    return (
        piece.size >= LETTERHEAD * size and line.box.y0 < 0.24 * 842 and line.box.y0 > 30
    )  # the upper quarter of a page


def _organ(pieces: Sequence[_Piece]) -> list[str]:
    """The organ's name from the lines of its letterhead; two organs are two names."""
    names: list[str] = []
    above: _Piece | None = None
    for piece in pieces:
        if _UNITED_NATIONS.fullmatch(piece.text) or len(piece.text) < 5:  # initials
            continue
        goes_on = (
            above is not None
            and piece.at - above.at <= 2
            and re.search(r"(?:\b(?:of|the|and|for|on|de|la|des)|,)$", above.text)
        )
        starts = not re.match(r"(?:on|of|and|for|de|to)\b|[a-z]", piece.text)
        if names and (goes_on or not starts):
            names[-1] = f"{names[-1]} {piece.text}"
        else:
            names.append(piece.text)
        above = piece
    return names


def _blocks(pieces: Sequence[_Piece]) -> list[_Block]:
    """Pieces that belong together."""
    blocks: list[_Block] = []
    for piece in pieces:
        if blocks and _continues(blocks[-1].pieces[-1], piece):
            blocks[-1].pieces.append(piece)
        else:
            blocks.append(_Block([piece]))
    return blocks


def _continues(above: _Piece, piece: _Piece) -> bool:
    """A piece goes on with the one above: next line, same column and type, no field of its own."""
    if piece.line.box is None or above.line.box is None:
        return False
    if (
        piece.line.page != above.line.page or piece.at - above.at > 2
    ):  # a claimed line may stand between
        return False
    if any(_is_session(each.text) or _ITEM.fullmatch(each.text) for each in (piece, above)):
        return False
    if _is_meeting(above.text) or _is_meeting(piece.text):
        return False
    step = (piece.line.box.y0 - above.line.box.y0) / max(above.size, 1.0)
    same = above.bold == piece.bold and abs(above.size - piece.size) < 0.8  # points
    centred = (
        abs((piece.line.box.x0 + piece.line.box.x1) - (above.line.box.x0 + above.line.box.x1)) < 24
    )
    return same and step < 1.2 + BLOCK_GAP and (abs(piece.x0 - above.x0) < 25 or centred)  # points


def _is_session(text: str) -> bool:
    """`Eighteenth session`, `Annual session 2025`: a line that names a session and says no more."""
    return (
        len(text) < 80
        and not text[:1].islower()
        and bool(_SESSION.fullmatch(text))
        and len(text.split()) < 9
    )


def _is_meeting(text: str) -> bool:
    """`Vienna, 12 and 13 October 2021`: a place and dates, or dates alone."""
    return bool(_MEETING.fullmatch(text)) and (
        find_dates(text) is not None or find_day(text, year=2000) is not None
    )


def _sorted(
    blocks: list[_Block], claimed: _Fields, *, organ: list[str], known: bool, size: float
) -> Masthead:
    """Unclaimed blocks by what they are, in the order of a masthead."""
    body: list[str] = list(organ)
    session = meeting = None
    item: tuple[str, _Block] | None = None
    item_title: list[str] = []
    titles: list[_Block] = []
    start = 0
    for block in blocks:
        text = block.text
        if (
            known
            and not titles
            and (match := _ITEM.fullmatch(text) or _CHINESE_ITEM.fullmatch(text))
        ):
            item = item or (re.sub(r"\s+", " ", match["number"]).strip(" ,"), block)
        elif known and not titles and not session and _is_session(text):
            session = text
        elif known and not titles and _is_meeting(text):
            meeting = meeting or text
        elif (
            known and not titles and session and _YEAR_LINE.fullmatch(text) and len(text) < 40
        ):  # a line
            pass  # a joint paper names a session of each of its bodies
        elif known and item and not titles and _under_item(block, item[1], size):
            item_title.append(text)
        elif _begins_body(block, titles, size=size, known=known):
            break
        elif known and not titles and not (meeting or item) and _is_body_name(block, blocks, size):
            body.append(text)
        else:
            titles.append(block)
        start = block.pieces[-1].at + 1
    title, subtitles = _title(titles, claimed, size)
    number = item[0] if item else None
    return Masthead(
        symbols=tuple(claimed.symbols),
        title=title,
        subtitle_lines=tuple(subtitles),
        kind=kind_of(claimed.symbols, title, subtitles, [block.text for block in titles]),
        body=", ".join(dict.fromkeys(_plain(each) for each in body)) or None,
        session=_plain(session) if session else None,
        meeting=meeting,
        date=claimed.date,
        edition=claimed.edition,
        original=claimed.original,
        distribution=claimed.distribution,
        item=ItemReference(number=number, title=_plain(" ".join(item_title)) or None)
        if number
        else None,
        start=start if known else 0,
    )


def _under_item(block: _Block, item: _Block, size: float) -> bool:
    """The item's heading: bold type of body size under the item's line, in its column."""
    if block.first.line.box is None:
        return 0 < block.size <= size * 1.15 and not _BODY_BEGINS.fullmatch(block.text)
    near = abs(block.first.x0 - item.first.x0) < 25  # points
    plain_size = block.size <= size * 1.15
    return (
        near
        and plain_size
        and block.first.at - item.first.at <= 6
        and not _BODY_BEGINS.fullmatch(block.text)
    )


def _is_body_name(block: _Block, blocks: Sequence[_Block], size: float) -> bool:
    """Before session, meeting and item stands the body's name."""
    if block.size > 1.3 * size > 0:
        return False
    later = blocks[blocks.index(block) + 1 :]
    return any(
        _is_session(each.text) or _is_meeting(each.text) or _ITEM.fullmatch(each.text)
        for each in later[:5]
    )


def _begins_body(block: _Block, titles: Sequence[_Block], *, size: float, known: bool) -> bool:
    """A block that is no longer masthead."""
    text = block.text
    if titles and _CORRIGENDUM.search(titles[-1].text):
        return True  # under that word stands what is corrected, not a subtitle
    if _RESOLUTION.fullmatch(text) or _HEALTH_TITLE.fullmatch(text):
        return False
    if _BODY_BEGINS.fullmatch(text) or (titles and _AGENDA_LIST.fullmatch(text)):
        return True
    if not known:
        return True
    line = block.first.line
    if not titles:
        return False
    if line.size is None:
        return True
    display = block.first.bold or block.size > size * 1.1 or text.isupper() or line.italic
    if not display and len(titles) < 3:  # typescripts centre title and subtitle
        return not _centred(block)
    return not display or line.page > titles[-1].first.line.page + 1


def _centred(block: _Block) -> bool:
    """Every line of the block stands in the middle of the measure, indented on both sides."""
    return all(
        piece.line.box is not None
        and piece.line.box.x0 > 120
        and len(piece.text) < 75  # points, characters
        for piece in block.pieces
    )


def _title(titles: Sequence[_Block], claimed: _Fields, size: float) -> tuple[str | None, list[str]]:
    """Title proper joined with its subtitle, and the lines that only name the kind."""
    titles = _without_organ(titles)
    texts = [_plain(block.text) for block in titles]
    for text in texts:
        if match := _RESOLUTION.fullmatch(text) or _HEALTH_TITLE.fullmatch(text):
            if "symbol" in match.groupdict() and not claimed.symbols:
                claimed.symbols.append(match["symbol"])
            return match["title"], [each for each in texts if each != text]
    if not texts:
        return None, []
    main, rest = texts[0], texts[1:]
    if _SPONSORS.fullmatch(main) and rest and titles[1].size > titles[0].size:
        return rest[0], [main, *rest[1:]]
    if _RESOLUTION_NUMBER.fullmatch(main):
        return main, rest
    return _joined_title(main, titles[1:], size)


def _joined_title(main: str, under: Sequence[_Block], size: float) -> tuple[str, list[str]]:
    """The title with its dates and its subtitle, and the lines that only name the kind."""
    parts, kinds = [main], []
    for block in under:
        text = _plain(block.text)
        display = (block.size > 1.1 * size or block.first.bold) and text[:1] not in "[("
        if re.fullmatch(r"\(.*\d{4}.*\)", text):
            parts[-1] = f"{parts[-1]} {text}"
        elif _KIND_LINE.fullmatch(text) and not _KEPT_SUBTITLE.fullmatch(text):
            kinds.append(text)
        elif len(parts) == 1 and display:
            parts.append(text)
        else:
            kinds.append(text)
    return ": ".join(parts), kinds


def _without_organ(titles: Sequence[_Block]) -> Sequence[_Block]:
    """Title blocks without the organ's name, which some editors print above the title."""
    while (
        len(titles) > 1 and _ORGAN.fullmatch(titles[0].text) and _names_organ(titles[0], titles[1])
    ):
        titles = titles[1:]
    return titles


def _names_organ(block: _Block, below: _Block) -> bool:
    """A block in capitals or in larger type above a title in mixed case."""
    words = len(block.text.split())
    capitals = block.text.isupper() and not below.text.isupper()
    return (
        words < 10
        and not _KIND_LINE.fullmatch(below.text)
        and (capitals or block.size > below.size + 1)
    )


def _plain(text: str) -> str:
    """A masthead's words without the stars of its notes."""
    return re.sub(r"\s+", " ", _STARS.sub("", text)).strip()


_BACKGROUND = (
    r"^(?:background|discussion|issues?) (?:papers?|notes?)|document d.information|study\b"
    r"|documento de antecedentes|^national report|^compilation"
    r"|^summary (?:prepared|of stakeholders)"
)
_KINDS: tuple[tuple[str, PaperKind], ...] = (
    (r"corrigendum|rectificatif|corrección", PaperKind.CORRIGENDUM),
    (
        r"draft resolutions?\b|projet de résolution|proyecto de resolución",
        PaperKind.DRAFT_RESOLUTION,
    ),
    (r"draft decisions?\b|draft text", PaperKind.DRAFT_DECISION),
    (r"resolution adopted|^resolution \d+", PaperKind.RESOLUTION),
    (r"decision adopted", PaperKind.DECISION),
    (r"draft report|projet de rapport", PaperKind.DRAFT_REPORT),
    (r"^(?:identical )?(?:letters?|notes? verbales?)\b|^lettre|^carta|^письмо", PaperKind.LETTER),
    (r"^statement|^written statement|^exposé écrit", PaperKind.STATEMENT),
    (
        r"\bagenda\b.{0,60}$|^ordre du jour|^programa provisional|повестка дня|预定议程|临时议程",
        PaperKind.AGENDA,
    ),
    (_BACKGROUND, PaperKind.BACKGROUND_PAPER),
    (r"\breports?\b|\brapport\b|\binforme\b|доклад", PaperKind.REPORT),
    (r"^note\b|^nota\b|^записка", PaperKind.NOTE),
)
_BY_SYMBOL = {
    "conference room paper": PaperKind.CONFERENCE_ROOM_PAPER,
    "resolution": PaperKind.RESOLUTION,
    "decision": PaperKind.DECISION,
    "statement": PaperKind.STATEMENT,
}


def kind_of(
    own: Sequence[str], title: str | None, subtitles: Sequence[str], all_lines: Sequence[str]
) -> PaperKind:
    """
    What a paper is: by its symbol where that says it, else by its title and the lines under it.

    Args:
        own: Symbols of the paper.
        title: Its title.
        subtitles: The lines under the title.
        all_lines: Title lines as they stand, for words that the title proper leaves out.
    """
    parsed = [symbols.parse(symbol) for symbol in own]
    if any(suffix.name == "Corr" for each in parsed for suffix in each.suffixes):
        return PaperKind.CORRIGENDUM
    for each in parsed:
        if each.kind in _BY_SYMBOL:
            return _BY_SYMBOL[each.kind]
    for text in (title or "", *subtitles, *all_lines):
        for pattern, kind in _KINDS:
            if re.search(pattern, text, re.IGNORECASE):
                return kind
    return PaperKind.OTHER

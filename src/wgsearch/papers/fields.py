"""
masthead words -> the field whose form they have: symbol, distribution, date, languages.

Why by form: extractors give mastheads by rows, by columns or interleaved, but each of these
fields is printed in a form of its own, alone in its cell or at the end of a letterhead line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from wgsearch.papers import languages, symbols
from wgsearch.papers.dates import (
    WornDate,
    embedded_date,
    find_dates,
    find_day,
    parse_date,
    parse_month,
    worn_date,
)

# Left edges of one column of fields differ by less, in points.
_COLUMN = 60.0
# No field of a masthead is longer; longer lines are text.
_MAX_LETTERS = 160

_DISTRIBUTION = (
    r"(?:unrestricted|general|limited|restricted|provisional|confidential|générale|limitée"
    r"|restreinte|limitada|reservada|общая|ограниченная)"
)
_DISTRIBUTIONS = re.compile(_DISTRIBUTION, re.IGNORECASE)
_DISTR = re.compile(
    rf"dist(?:r|ribution)?\b[.:\s]*(?P<value>{_DISTRIBUTION}(?: [\w ]{{1,30}})?)?\.?", re.IGNORECASE
)
_LANGUAGE = (
    r"(?:english|french|spanish|russian|chinese|arabic|anglais|français|espagnol|russe|chinois"
    r"|arabe|inglés|francés|español|ruso|chino|árabe|английский|французский|испанский|русский"
    r"|арабский|китайский)"
)
_LANGUAGE_LIST = rf"{_LANGUAGE}(?:(?:\s?[,/]\s?|\s(?:and|et|y|и)\s|,\sand\s|\s?&\s?){_LANGUAGE})*"
_ORIGINAL = re.compile(r"orig(?:i|l)nal\s*[:?]?\s*(?P<value>.*)", re.IGNORECASE)
_ONLY = re.compile(r"(?P<value>.{5,60}?)\s+(?:only|seulement|solamente|únicamente)", re.IGNORECASE)
_EDITION = re.compile(rf"(?:{_LANGUAGE_LIST}|中文|عربي)\.?", re.IGNORECASE)
_OPEN_LIST = re.compile(rf"(?P<value>{_LANGUAGE_LIST})\s?(?:,|and|et|y|и|/)", re.IGNORECASE)
_EMBEDDED_DISTR = re.compile(rf"\bDistr?\b[.:\s]*(?P<value>{_DISTRIBUTION})\b", re.IGNORECASE)
_EMBEDDED_ORIGINAL = re.compile(rf"\boriginal\s?:\s*(?P<value>{_LANGUAGE_LIST})", re.IGNORECASE)
_UNITED_NATIONS = re.compile(
    r"(?:\W?\w?(?:united nations|united|nations)\w?\W?|nations unies|naciones unidas"
    r"|организация объединенных наций|联合国|الأمم المتحدة|distr\.)",
    re.IGNORECASE,
)
_BESIDE_SYMBOL = re.compile(
    r"united nations|nations unies|naciones unidas|организация объединенных наций|联合国"
    r"|الأمم المتحدة|world health organization",
    re.IGNORECASE,
)
_UNFIT_SYMBOL = re.compile(
    r"[A-Z][A-Z. ]{0,9}\s?(?:/\s?[\w.~|!&]{1,8}(?: [\w.~|!&]{1,4}){0,2}){1,8}\*?"
)
# Words before a date that make it part of a sentence.
_DATED = re.compile(
    r"(?:\b(?:on|of|from|to|until|since|dated|by|du|au|le|de|del|el|fecha|от|до|с|and|y|et)|[-–,])$",
    re.IGNORECASE,
)

_SESSION = re.compile(
    r"(?:[^\d].{0,60}\b(?:sess ?ion|meeting|forum)|.{0,40}\bsess ?ion\b.{0,12}"
    r"|annual session.{0,12}|(?:first|second) regular session.{0,12}|sess ?ion.{0,12}"
    r"|.*período (?:\w+ )?de sesiones.{0,12}|.*(?:сессия|совещание)|.*reunión|.*réunion"
    r"|第.{1,8}(?:届会议|次会议|届常会)|.*(?:الدورة|الاجتماع).*)[,*\s]*",
    re.IGNORECASE,
)
_NO_SESSION = re.compile(
    r"(?:draft|annual |final |summary )?(?:report|rapport|informe|agenda|summary|note|record)\b",
    re.IGNORECASE,
)
_SESSION_AND_MEETING = re.compile(
    r"(?P<session>.{3,60}?\b(?:session|meeting|de sesiones|сессия))[,\s]\s*(?P<meeting>.*\d.*)",
    re.IGNORECASE,
)
_YEAR_LINE = re.compile(
    r"(?:.{0,30}\byear|\d{4} session|.*\bsession|.*\bgod|.*\baño|.*\bannée|.*\bгод)", re.IGNORECASE
)
_CHINESE_MEETING = re.compile(r"(?:.{0,20}[，,])?\d{4}年.{3,30}(?:[，,].{0,20})?")
_DATE_WORDS = re.compile(
    r"\d{1,4}(?:er|st|nd|rd|th)?(?!\w)|[-–—/()]"
    r"|\b(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
    r"|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
    r"|from|to|and|du|au|et|del|al?|y|с|по|и|года?|le|les)\b",
    re.IGNORECASE,
)
# Small words within the names of places: `Place of Meeting`, `Rio de Janeiro`.
_CONNECTORS = frozenset(
    (
        "of",
        "the",
        "de",
        "la",
        "del",
        "las",
        "los",
        "le",
        "les",
        "el",
        "on",
        "upon",
        "am",
        "an",
        "der",
        "и",
    )
)
_MAX_PLACE_WORDS = 10

_KIND_LINE = re.compile(
    # English: a report that says more (`Progress report of`, `Report ... for 2024`) is a title.
    r"(?:notes? (?:by|from|of)|report (?:of|by|from|submitted by|prepared by) [^\d]*$"
    r"|(?:background|conference room|working|discussion|information|technical) (?:papers?|notes?"
    r"|documents?)(?: (?:by|of|prepared|submitted|from|presented)|$)"
    r"|(?:study|report|paper|text|document) (?:by|prepared by|submitted by|presented by) "
    r"|(?:prepared|submitted|presented|adopted|approved|transmitted|introduced|proposed)"
    r" (?:by|at|in)\b"
    r"|memorandum (?:by|of|prepared|submitted)"
    r"|note verbale$|rapporteur|chair(?:person|man|woman)?:|author"
    # French, Spanish, Russian
    r"|(?:note|rapport|mémoire) (?:du|de la|de l[’']|des|établi|présenté|soumis)"
    r"|document (?:d[’']information|de travail|de séance|officieux|de synthèse)"
    r"|(?:établi|présenté|soumis) par"
    r"|(?:nota|informe|memorando) (?:del|de la|de los|preparad|presentad)"
    r"|documento (?:de antecedentes|de trabajo|de sesión|preparado|presentado)"
    r"|(?:preparad|presentad)[oa] por"
    r"|(?:записка|доклад|справочный документ|рабочий документ|документ зала заседаний)"
    r"(?: (?:секретариата|генерального секретаря|подготовлен|представлен|председателя)|,|$)"
    # Chinese, Arabic
    r"|(?:秘书处|秘书长|主席|.{1,20})(?:的)?(?:说明|报告|编写的.{0,6}文件|提交的.{0,6}文件)$"
    r"|(?:مذكرة|تقرير|ورقة).{0,40}(?:الأمانة|الأمين العام|الرئيس)).*",
    re.IGNORECASE,
)
# Sentences that begin a title or end one, though a date stands in them.
_NO_MEETING = re.compile(
    r"(?:letters?|notes?|lettres?|cartas?|reports?|adopted|resolution|decision|draft|done|issued"
    r"|submitted|statement|held|dated)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Fields:
    """
    Fields claimed so far.

    Attributes:
        symbols: Symbols, stars off.
        unfit: Words that stand where a symbol stands and are none: misread ones.
        date: ISO date of issue.
        month: Month and year, where no day is printed.
        worn: A date misread in part.
        edition: Languages named for this edition.
        original: Languages it was written in.
        distribution: As printed.
        opened: Languages of a list that goes on on the next line.
        waiting: Left edge of the word `Distr.` whose value stands below it, None once found.
    """

    symbols: list[str] = field(default_factory=list)
    unfit: list[str] = field(default_factory=list)
    date: str | None = None
    month: str | None = None
    worn: WornDate | None = None
    edition: tuple[str, ...] = ()
    original: tuple[str, ...] = ()
    distribution: str | None = None
    opened: tuple[str, ...] = ()
    waiting: float | None = None

    @property
    def known(self) -> bool:
        """There is a masthead: one of its fields was found."""
        return bool(self.symbols or self.unfit or self.date or self.distribution)


def take(text: str, claimed: Fields, *, left: float, loose: bool) -> str:
    """
    Claim a cell, or what of it has the form of a field.

    Args:
        text: The cell's words.
        claimed: Fields so far; changed in place.
        left: Left edge of the cell in points, 0 where unknown.
        loose: The words come without places, so that columns may interleave in one line.

    Returns:
        What no field claimed, empty when the whole cell was one.
    """
    if len(text) > _MAX_LETTERS:
        return text
    if _is_distribution(text, claimed, left) or _whole(text, claimed):
        return ""
    rest = text
    if match := _EMBEDDED_DISTR.search(rest):
        claimed.distribution = claimed.distribution or match["value"].capitalize()
        rest = f"{rest[: match.start()]} {rest[match.end() :]}"
    if match := _EMBEDDED_ORIGINAL.search(rest):
        claimed.original = claimed.original or languages.named(match["value"])
        rest = f"{rest[: match.start()]} {rest[match.end() :]}"
    rest = rest.strip()
    if claimed.date is None and (rest != text or (loose and claimed.distribution)):
        found = embedded_date(rest)
        # Among fields any date is that of issue; elsewhere only one that ends a line.
        if found and not _DATED.search(found.before) and (rest != text or not found.after):
            rest, claimed.date = f"{found.before} {found.after}", found.iso
    return re.sub(r"\s+", " ", rest).strip()


def _whole(text: str, claimed: Fields) -> bool:
    """Take a cell for the field whose form it has; False when it has none."""
    found = only_symbols(text)
    if found:
        claimed.symbols.extend(each for each in found if each not in claimed.symbols)
        return True
    if _is_date(text, claimed):
        return True
    if (match := _ORIGINAL.fullmatch(text)) and languages.named(match["value"]):
        claimed.original = languages.named(match["value"])
        return True
    if (match := _ONLY.fullmatch(text)) and languages.named(match["value"]):
        claimed.edition = (*claimed.opened, *languages.named(match["value"]))
        return True
    if match := _OPEN_LIST.fullmatch(text):
        claimed.opened = languages.named(match["value"])
        return True
    if _EDITION.fullmatch(text):
        named = languages.named(text)
        if claimed.original:  # a second original language stands under the first
            claimed.original = tuple(dict.fromkeys([*claimed.original, *named]))
        else:
            claimed.edition = claimed.edition or named
        return True
    if not claimed.symbols and len(text) < 32 and _UNFIT_SYMBOL.fullmatch(text):
        claimed.unfit.append(text)
        return True
    return False


def _is_distribution(text: str, claimed: Fields, left: float) -> bool:
    """`Distr.: General` in one cell, or the word with its value below it in its column."""
    if (
        claimed.waiting is not None
        and abs(claimed.waiting - left) < _COLUMN
        and _DISTRIBUTIONS.fullmatch(text)
    ):
        claimed.distribution, claimed.waiting = text.capitalize(), None
        return True
    if (match := _DISTR.fullmatch(text)) and (match["value"] or len(text) < 8):  # the bare word
        claimed.distribution = claimed.distribution or match["value"] or None
        claimed.waiting = None if claimed.distribution else left
        return True
    if text.casefold() == "unrestricted":  # before 1950 without the word `Distr.`
        claimed.distribution = claimed.distribution or text.capitalize()
        return True
    return False


def _is_date(text: str, claimed: Fields) -> bool:
    """Take a cell for the date of issue; a misread one is kept until something confirms it."""
    if claimed.date is not None or not any(char.isdigit() for char in text):
        return False
    if iso := parse_date(text):
        claimed.date = iso
        return True
    if not claimed.known:
        return False
    if month := parse_month(text):
        claimed.month = claimed.month or month
        return True
    if claimed.worn is None and (worn := worn_date(text)):
        claimed.worn = worn
        return True
    return False


def only_symbols(text: str) -> tuple[str, ...]:
    """Symbols of a cell that holds nothing else but stars and dashes between them."""
    if text.startswith("*") or "/" not in text:
        return ()
    found = symbols.locate(text)
    bare = text
    for each in reversed(found):
        bare = bare[: each.start] + bare[each.end :]
    bare = re.sub(r"[\s*\-–—−,;]+", "", _BESIDE_SYMBOL.sub("", bare))
    return tuple(each.text for each in found) if found and not bare else ()


def is_united_nations(text: str) -> bool:
    """The organization's name, whole or in halves, or what is left of a field beside it."""
    return len(text) < 40 and bool(_UNITED_NATIONS.fullmatch(text))


def is_session(text: str) -> bool:
    """`Eighteenth session`, `Annual session 2025`: a line that names a session and says no more."""
    return (
        len(text) < 80
        and not text[:1].islower()
        and len(text.split()) < 9
        and bool(_SESSION.fullmatch(text))
        and not _NO_SESSION.match(text)
    )


def is_year_line(text: str) -> bool:
    """`Eightieth year`: a joint paper names a session or year of each of its bodies."""
    return len(text) < 40 and bool(_YEAR_LINE.fullmatch(text))


def is_meeting(text: str) -> bool:
    """`Vienna, 12 and 13 October 2021`: a place and dates, or dates alone."""
    if len(text) > _MAX_LETTERS or text[:1] == "(" or not any(char.isdigit() for char in text):
        return False
    if _CHINESE_MEETING.fullmatch(text):
        return True
    if find_dates(text) is None and find_day(text, year=2000) is None:
        return False
    if _NO_MEETING.match(text):
        return False
    # Places stand on one side of the dates, unless commas set them off.
    sides = [side.strip() for side in _DATE_WORDS.sub("\0", text).split("\0")]
    sides = [side for side in sides if side.strip(" ,.*") and side.casefold() not in _CONNECTORS]
    if len(sides) > 1 and not all("," in side for side in sides):
        return False
    places = re.sub(r"[,;.*،]", " ", " ".join(sides)).split()
    if len(places) > _MAX_PLACE_WORDS or (places and places[0] in _CONNECTORS):
        return False
    return all(
        word in _CONNECTORS or not (word[:1].islower() or word[:1].isdigit()) for word in places
    )


def is_kind_line(text: str) -> bool:
    """A line that only names kind and author (`Note by the Secretariat`)."""
    return len(text) < 2 * _MAX_LETTERS and bool(_KIND_LINE.fullmatch(text))


def session_and_meeting(text: str) -> tuple[str, str] | None:
    """Both of a line that names them together (`Third session, Vienna, 1-5 July 2024`)."""
    if len(text) > _MAX_LETTERS or not (match := _SESSION_AND_MEETING.fullmatch(text)):
        return None
    session, meeting = match["session"].strip(" ,"), match["meeting"].strip()
    return (session, meeting) if is_session(session) and is_meeting(meeting) else None

"""
corrections.toml of a corpus folder -> Corrections: mastheads mended by hand.

Why beside the papers and not in the index: what a person knows must survive every rebuild,
travel with the corpus, and say for itself who wants a field so. Nothing in the file is
passed over in silence: what cannot be applied is refused with its line.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import tomllib
from dataclasses import asdict, dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz, process

from wgsearch.errors import CorrectionsUnreadableError
from wgsearch.papers import symbols
from wgsearch.papers.corpus import SUFFIXES
from wgsearch.papers.paper import ItemReference, Paper, PaperKind, ReadingWarning
from wgsearch.papers.warnings import WARNINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

FILE = "corrections.toml"
# No field of a masthead is longer; what is has lost its closing quotation mark.
_MAX_CHARACTERS = 1000
# Of 100: a mistyped key or name is about 80, another one about 50.
_NEAR_ENOUGH = 60
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_LANGUAGE = re.compile(r"[a-z]{2}(?:\+[a-z]{2})*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """
    Fields of a masthead as a person states them; None leaves a field as it was read.

    Attributes:
        symbol: Symbol; those of a joint paper joined by a dash.
        title: Title proper.
        kind: Kind of paper.
        body: Organ.
        session: Session, as printed.
        date: ISO date of issue, its month, or its year.
        language: Language of the text, ISO 639-1; `en+fr` for a bilingual one.
        agenda_item: Item of the agenda.
        distribution: `General`, `Limited` and so on.
    """

    symbol: str | None = None
    title: str | None = None
    kind: PaperKind | None = None
    body: str | None = None
    session: str | None = None
    date: str | None = None
    language: str | None = None
    agenda_item: ItemReference | None = None
    distribution: str | None = None

    @property
    def named(self) -> tuple[str, ...]:
        """Names of the fields that it states."""
        return tuple(each for each in FIELDS if getattr(self, each) is not None)

    def over(self, other: Correction | None) -> Correction:
        """This correction, with the fields of another where it states none."""
        stated = {name: getattr(self, name) for name in self.named}
        return replace(other or Correction(), **stated)


FIELDS = tuple(each.name for each in fields(Correction))


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """
    Something in the file that is not applied.

    Attributes:
        name: Name of the table: a file or a symbol.
        key: The key within it; None when the table is meant.
        line: Line of the file, from 1; None where it could not be found.
        reason: What is wrong and what would be right.
    """

    name: str
    key: str | None
    line: int | None
    reason: str

    def __str__(self) -> str:
        where = FILE if self.line is None else f"{FILE}, line {self.line}"
        return f"{where}: {self.name}{f', {self.key}' if self.key else ''}: {self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """One table of the file: a name, what is stated for it, and its line."""

    name: str
    correction: Correction
    line: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """
    What a corrections file says.

    Attributes:
        stated: One entry a table with something to apply.
        refused: What is wrong in the file itself.
    """

    stated: tuple[Stated, ...] = ()
    refused: tuple[Refusal, ...] = ()
    _named: dict[str, Correction] = field(init=False, repr=False, compare=False)
    _keyed: dict[str, Correction] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Asked once for each file of the corpus.
        named = {each.name: each.correction for each in self.stated}
        keyed = {symbols.key(each.name): each.correction for each in self.stated}
        object.__setattr__(self, "_named", named)
        object.__setattr__(self, "_keyed", keyed)

    @property
    def digest(self) -> str:
        """SHA-256 over what is stated, whatever its order and layout; empty for nothing."""
        if not self.stated:
            return ""
        said = sorted(json.dumps([e.name, asdict(e.correction)]) for e in self.stated)
        return hashlib.sha256("\n".join(said).encode()).hexdigest()

    def of(self, file: str, own: Sequence[str]) -> Correction | None:
        """
        What is stated for a paper: for its file first, then for its symbol.

        Args:
            file: Its name in the corpus folder.
            own: Its symbols as read; one that is corrected for the file counts too.
        """
        for_file = self._named.get(file)
        named = (*own, "-".join(own), *_symbols(for_file.symbol if for_file else None))
        found = (self._keyed.get(symbols.key(each)) for each in named if each)
        for_symbol = next((each for each in found if each), None)
        return for_file.over(for_symbol) if for_file else for_symbol

    def unknown(self, files: Iterable[str], known: Iterable[str]) -> tuple[Refusal, ...]:
        """
        Tables whose name is no file and no symbol of the corpus.

        Args:
            files: All files of the corpus, those too that could not be read.
            known: All symbols, as read and as corrected.
        """
        names = [*files, *known]
        keys = {symbols.key(each) for each in names}
        return tuple(
            Refusal(
                name=each.name,
                key=None,
                line=each.line,
                reason=f"no file and no symbol of the corpus is named {each.name!r}"
                + _nearest(each.name, names),
            )
            for each in self.stated
            if each.name not in names and symbols.key(each.name) not in keys
        )


def read_corrections(root: Path) -> Corrections:
    """
    The corrections of a corpus folder; none where it holds no `corrections.toml`.

    Raises:
        CorrectionsUnreadableError: The file cannot be opened, or is no TOML: without it all
            its corrections would be lost, which is worse than not building.
    """
    path = root / FILE
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Corrections()
    except (OSError, UnicodeDecodeError) as error:
        raise CorrectionsUnreadableError(
            f"{str(path)!r} cannot be read ({error}); save it as UTF-8, or take it away"
        ) from error
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CorrectionsUnreadableError(
            f"{str(path)!r} is no TOML: {error}; mend that line, or take the file away"
        ) from error
    return parse_corrections(tables, text)


def corpus_of(file: Path) -> Path | None:
    """The nearest folder above a file that holds corrections; None where none does."""
    return next((each for each in file.resolve().parents if (each / FILE).is_file()), None)


def parse_corrections(tables: dict[str, Any], text: str = "") -> Corrections:
    """
    Corrections from the tables of the file.

    Args:
        tables: Parsed TOML.
        text: The file itself, for the numbers of lines.
    """
    stated: list[Stated] = []
    refused: list[Refusal] = []
    lines = text.splitlines()
    spelled: dict[str, str] = {}
    for name, table in tables.items():
        fault, at = None, _table_line(lines, name)
        if not isinstance(table, dict):
            fault = f'it stands outside any table; put it under one, as ["FILE"] and {name} = ...'
            at = _key_line(lines, 0, name)
        elif not table:
            fault = "it states nothing"
        elif (
            not name.lower().endswith(SUFFIXES)
            and (first := spelled.setdefault(symbols.key(name), name)) != name
        ):
            fault = f"it is the same symbol as {first!r}; put both in one table"
        if fault:
            refused.append(Refusal(name=name, key=None, line=at, reason=fault))
            continue
        found: dict[str, Any] = {}
        for key, value in table.items():
            try:
                found[key] = _checked(key, value)
            except ValueError as error:
                line = _key_line(lines, at, key) or at
                refused.append(Refusal(name=name, key=key, line=line, reason=str(error)))
        if found:
            stated.append(Stated(name=name, correction=Correction(**found), line=at))
    return Corrections(stated=tuple(stated), refused=tuple(refused))


def corrected(paper: Paper, correction: Correction | None) -> Paper:
    """
    A paper as read, with what is stated for it.

    Warnings that a stated field settles are dropped; one with code `corrected` names the fields.
    """
    if correction is None or not correction.named:
        return paper
    stated: dict[str, Any] = {name: getattr(correction, name) for name in correction.named}
    if correction.symbol:
        stated["symbols"] = _symbols(correction.symbol)
    if correction.language:
        stated["languages"] = tuple(correction.language.split("+"))
    kept = [
        each
        for each in paper.warnings
        if each.code not in WARNINGS or not {*WARNINGS[each.code].settled_by} & {*correction.named}
    ]
    names = ", ".join(name.replace("_", " ") for name in correction.named)
    note = ReadingWarning(code="corrected", message=f"corrected by hand: {names}")
    return replace(paper, **stated, warnings=(*kept, note))


def _checked(key: str, value: object) -> object:
    """A value of a key. Raises ValueError with the reason."""
    if key not in FIELDS:
        raise ValueError(f"no field is named {key!r}{_nearest(key, FIELDS)}")
    if key == "date" and type(value) is dt.date:  # not one with a time
        return value.isoformat()
    if key == "agenda_item":
        return _item(value)
    text = _text(value)
    check = _CHECKS.get(key)
    return check(text) if check else text


def _text(value: object) -> str:
    """Words on one line."""
    if not isinstance(value, str):
        raise ValueError(  # noqa: TRY004 - the value is data, its writer reads the reason
            f"expected words in quotation marks, found {value!r}"
        )
    words = value.strip()
    if not words:
        raise ValueError("expected words, found none; leave the key out to keep what was read")
    if _CONTROL.search(words) or len(words) > _MAX_CHARACTERS:
        raise ValueError(f"expected one line of at most {_MAX_CHARACTERS} characters")
    return words


def _item(value: object) -> ItemReference:
    """`"2 (b)"`, or a table with number and title."""
    if not isinstance(value, dict):
        return ItemReference(number=_text(value), title=None)
    if strange := [each for each in value if each not in {"number", "title"}]:
        raise ValueError(f"an agenda item has number and title, and no {strange[0]!r}")
    if "number" not in value:
        raise ValueError('an agenda item needs its number: { number = "2 (b)", title = "..." }')
    title = _text(value["title"]) if "title" in value else None
    return ItemReference(number=_text(value["number"]), title=title)


def _symbol(text: str) -> str:
    """A symbol, or several joined by dashes, stars off."""
    found = _symbols(text)
    if symbols.key("-".join(found)) != symbols.key(text):
        hint = f"; did you mean {'-'.join(found)!r}?" if found else ""
        raise ValueError(f"{text!r} is no document symbol, as DEMO/COP/WG.4/2022/3 is one{hint}")
    return "-".join(found)


def _symbols(text: str | None) -> tuple[str, ...]:
    """The symbols that a corrected symbol names."""
    return symbols.find(text) if text else ()


def _kind(text: str) -> PaperKind:
    kinds = [kind.value for kind in PaperKind]
    if text.casefold() not in kinds:
        raise ValueError(f"no kind is named {text!r}{_nearest(text, kinds)}")
    return PaperKind(text.casefold())


def _date(text: str) -> str:
    wrong = f"{text!r} is no date; write 2022-04-25, 2022-04 or 2022"
    if not _DATE.fullmatch(text):
        raise ValueError(wrong)
    try:
        dt.date.fromisoformat(f"{text}-01-01"[: len("2022-04-25")])
    except ValueError:
        raise ValueError(wrong) from None
    return text


def _language(text: str) -> str:
    if not _LANGUAGE.fullmatch(text):
        raise ValueError(f"{text!r} is no language; write its code: en, fr, or en+fr for both")
    return text


_CHECKS: dict[str, Callable[[str], object]] = {
    "symbol": _symbol,
    "kind": _kind,
    "date": _date,
    "language": _language,
}


def _nearest(name: str, known: Iterable[str]) -> str:
    """A hint at the nearest of some names; empty where none is near."""
    best = process.extractOne(name, [*known], scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH)
    return f"; did you mean {best[0]!r}?" if best else ""


def _table_line(lines: Sequence[str], name: str) -> int | None:
    """The line of a table's head, from 1; None where it is written in a form not looked for."""
    quoted = re.escape(name)
    head = re.compile(rf"""\s*\[\s*(?:"{quoted}"|'{quoted}'|{quoted})\s*\]""")
    return next((at for at, line in enumerate(lines, start=1) if head.match(line)), None)


def _key_line(lines: Sequence[str], table: int | None, key: str) -> int | None:
    """The line of a key below a table's head, from 1."""
    head = re.compile(rf"""\s*["']?{re.escape(key)}["']?\s*[.=]""")
    numbered = enumerate(lines[table or 0 :], start=(table or 0) + 1)
    return next((at for at, line in numbered if head.match(line)), None)

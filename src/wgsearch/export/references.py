"""
A place in a paper -> the reference to it in each style that others read.

Why a record between: what is cited is decided once, and the styles cannot tell of different
places. The footnote is that of United Nations documents, which cite one another by symbol alone;
the styles for other publications name body, title and date as well.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from wgsearch.errors import UnknownFormatError
from wgsearch.export.wording import day, language_name, language_tag

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

StyleName = Literal["footnote", "plain", "bibtex", "ris", "csl-json"]

# Characters that mean something to TeX, as it prints them.
_TEX = {
    **{each: f"\\{each}" for each in "&%$#_{}"},
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_NOT_OF_KEYS = re.compile(r"[^A-Za-z0-9]+")
_MONTH, _DAY = 2, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """
    A paper, or a paragraph of one, that is referred to.

    Attributes:
        symbol: What the paper is called by.
        citation: Symbol and place, as a delegate cites.
        title: Title proper.
        body: Organ that it is of.
        session: As printed.
        date: ISO date of issue, or its year or month alone.
        kind: Kind of paper.
        language: Language of its text.
        url: Where it is read.
    """

    symbol: str
    citation: str
    title: str | None
    body: str | None
    session: str | None
    date: str | None
    kind: str
    language: str
    url: str

    @property
    def place(self) -> str | None:
        """Where in the paper, as `annex II, para. 3`; None for the paper as a whole."""
        return self.citation.removeprefix(self.symbol).removeprefix(", ") or None

    @property
    def key(self) -> str:
        """A name for lists of references: letters, digits and hyphens."""
        spoken = language_tag(self.language)
        parts = (self.citation, *(() if spoken == "en" else (spoken,)))
        return _NOT_OF_KEYS.sub("-", " ".join(parts)).strip("-") or "paper"

    @property
    def dated(self) -> tuple[str, ...]:
        """Year, month and day, as far as they are known."""
        return tuple(self.date.split("-")) if self.date else ()


def footnote(cited: Cited) -> str:
    """As a footnote of a United Nations document: symbol and place."""
    return f"{cited.citation}."


def plain(cited: Cited) -> str:
    """For any publication: body, title, kind and date, symbol and place, where it is read."""
    about = [_of_lines(cited.kind), day(cited.date)]
    if language_tag(cited.language) != "en":
        about.append(f"in {language_name(cited.language)}")
    title = f"“{_of_lines(cited.title)}” " if cited.title else ""
    body = f"{_of_lines(cited.body)}, " if cited.body else ""
    return f"{body}{title}({', '.join(about)}), {cited.citation}, {cited.url}"


def bibtex(cited: Cited) -> str:
    """An entry of BibTeX; the place stands in its note."""
    dated = cited.dated
    fields = {
        "author": f"{{{_tex(cited.body)}}}" if cited.body else None,
        "title": f"{{{_tex(cited.title)}}}" if cited.title else None,
        "institution": _tex(cited.body) if cited.body else None,
        "type": _tex(cited.kind),
        "number": _tex(cited.symbol),
        "year": dated[0] if dated else None,
        "month": str(int(dated[1])) if len(dated) >= _MONTH else None,
        "note": _tex(cited.place) if cited.place else None,
        "language": language_tag(cited.language),
        "url": cited.url,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join((f"@techreport{{{cited.key},", *lines, "}", ""))


def ris(cited: Cited) -> str:
    """A record of RIS; its lines end as its specification has it."""
    dated = cited.dated
    fields = (
        ("TY", "RPRT"),
        ("ID", cited.key),
        ("AU", cited.body),
        ("TI", cited.title),
        ("PB", cited.body),
        ("M3", cited.kind),
        ("SN", cited.symbol),
        ("PY", dated[0] if dated else None),
        ("DA", "/".join(dated) if len(dated) == _DAY else None),
        ("N1", cited.place),
        ("LA", language_tag(cited.language)),
        ("UR", cited.url),
    )
    lines = [f"{name}  - {_of_lines(value)}" for name, value in fields if value]
    return "\r\n".join((*lines, "ER  - ", ""))


def csl(cited: Cited) -> dict[str, Any]:
    """An item of CSL-JSON; the place stands in its note, since items have no locator."""
    fields = {
        "id": cited.key,
        "type": "report",
        "title": cited.title,
        "author": [{"literal": cited.body}] if cited.body else None,
        "genre": cited.kind,
        "number": cited.symbol,
        "event-title": cited.session,
        "issued": {"date-parts": [[int(each) for each in cited.dated]]} if cited.dated else None,
        "note": cited.place,
        "language": language_tag(cited.language),
        "URL": cited.url,
    }
    return {name: value for name, value in fields.items() if value is not None}


def csl_json(cited: Cited) -> str:
    """A file of CSL-JSON with the one item."""
    return _csl_list((cited,))


def _csl_list(cited: Sequence[Cited]) -> str:
    return json.dumps([csl(each) for each in cited], ensure_ascii=False, indent=2) + "\n"


def _by_line(written: Callable[[Cited], str]) -> Callable[[Sequence[Cited]], str]:
    """A list with a reference a line."""
    return lambda cited: "".join(f"{written(each)}\n" for each in cited)


def _bibtex_list(cited: Sequence[Cited]) -> str:
    return "\n".join(bibtex(each) for each in cited)


def _ris_list(cited: Sequence[Cited]) -> str:
    return "\r\n".join(ris(each) for each in cited)


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """
    A style of reference.

    Attributes:
        name: What it is asked for by.
        media_type: What it is called over HTTP.
        written: Writes a reference in it.
        listed: Writes several, in their order, as one file.
    """

    name: StyleName
    media_type: str
    written: Callable[[Cited], str]
    listed: Callable[[Sequence[Cited]], str]


_TEXT = "text/plain; charset=utf-8"
STYLES: tuple[Style, ...] = (
    Style(name="footnote", media_type=_TEXT, written=footnote, listed=_by_line(footnote)),
    Style(name="plain", media_type=_TEXT, written=plain, listed=_by_line(plain)),
    Style(
        name="bibtex",
        media_type="application/x-bibtex; charset=utf-8",
        written=bibtex,
        listed=_bibtex_list,
    ),
    Style(
        name="ris",
        media_type="application/x-research-info-systems; charset=utf-8",
        written=ris,
        listed=_ris_list,
    ),
    Style(
        name="csl-json",
        media_type="application/vnd.citationstyles.csl+json",
        written=csl_json,
        listed=_csl_list,
    ),
)


def style_of(name: str) -> Style:
    """
    The style of a name.

    Raises:
        UnknownFormatError: There is none of this name.
    """
    for style in STYLES:
        if style.name == name:
            return style
    names = ", ".join(style.name for style in STYLES)
    raise UnknownFormatError(f"no reference is written as {name!r}; styles are {names}")


def _of_lines(text: str | None) -> str:
    """A text on one line: a line break would end the field that it stands in."""
    return " ".join((text or "").split())


def _tex(text: str | None) -> str:
    """A text as TeX prints it."""
    return "".join(_TEX.get(each, each) for each in _of_lines(text))

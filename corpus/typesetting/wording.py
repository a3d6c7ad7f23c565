"""Front matter -> the words of masthead, heads and feet: one set for PDF and DOCX."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from typesetting.source import Kind

if TYPE_CHECKING:
    import datetime as dt

    from typesetting.source import Front

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    ),
}
_SERIES = {
    "en": "Demonstration paper",
    "fr": "Document de démonstration",
    "es": "Documento de demostración",
}
_NOTICE = {
    "en": "Demonstration paper of wgsearch, not a United Nations document.",
    "fr": "Document de démonstration de wgsearch, et non un document des Nations Unies.",
    "es": "Documento de demostración de wgsearch; no es un documento de las Naciones Unidas.",
}
_DISTRIBUTION = {"en": "Distr.: General", "fr": "Distr. générale", "es": "Distr. general"}
_ORIGINAL = {
    "en": ("Original: English",),
    "fr": ("Français", "Original\N{NO-BREAK SPACE}: anglais"),
    "es": ("Español", "Original: inglés"),
}
_CONTENTS = {
    "en": ("Contents", "Paragraphs", "Page"),
    "fr": ("Table des matières", "Paragraphes", "Page"),
    "es": ("Índice", "Párrafos", "Página"),
}
_LETTER = {"en": "E", "fr": "F", "es": "S"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """
    The printed words of one paper that its source does not spell out.

    Attributes:
        series: Left of the masthead's first line.
        symbol_head: First letters of the symbol, set larger: who reads the PDF must join the two.
        symbol_rest: The rest of the symbol, from its first slash.
        distribution: Right column of the masthead; an empty string is a blank line.
        job: Invented job number ("V.22-00017").
        job_line: Job number with language and date, for the foot of the first page.
        notice: Says on every page that this is no United Nations document.
        contents: Heading of the contents list and of its two columns.
    """

    series: str
    symbol_head: str
    symbol_rest: str
    distribution: tuple[str, ...]
    job: str
    job_line: str
    notice: str
    contents: tuple[str, str, str]


def wording_of(front: Front, *, stem: str) -> Wording:
    """Return the words for a paper; *stem* (its file name) fixes the invented job number."""
    language = front.language
    date = printed_date(front.date, language=language)
    head, slash, rest = front.symbol.partition("/")
    # A checksum, not a running number: adding a paper must not renumber the others.
    job = f"V.{front.date:%y}-{zlib.crc32(stem.encode()) % 900 + 10:05}"
    if front.kind is Kind.ROOM_PAPER:
        distribution: tuple[str, ...] = (date, "", "English only")
    else:
        distribution = (_DISTRIBUTION[language], date, "", *_ORIGINAL[language])
    return Wording(
        series=_SERIES[language],
        symbol_head=head,
        symbol_rest=slash + rest,
        distribution=distribution,
        job=job,
        job_line=f"{job} ({_LETTER[language]})    {front.date:%d%m%y}",
        notice=_NOTICE[language],
        contents=_CONTENTS[language],
    )


def printed_date(date: dt.date, *, language: str) -> str:
    """Return the date as mastheads print it: 25 April 2022, 1er avril 2024, 22 de abril de 2024."""
    month = _MONTHS[language].split()[date.month - 1]
    if language == "es":
        return f"{date.day} de {month} de {date.year}"
    day = "1er" if language == "fr" and date.day == 1 else str(date.day)
    return f"{day} {month} {date.year}"

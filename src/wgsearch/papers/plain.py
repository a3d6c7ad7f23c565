"""
plain text -> the same lines, for papers that are only kept as text.

Why it is read at all: agendas are often passed on as text, and old papers kept so.
Form feeds part pages; blank lines part paragraphs; tables come with tabs.
"""

from __future__ import annotations

import codecs
import re

from wgsearch.errors import PaperUnreadableError
from wgsearch.papers.characters import PRINTED
from wgsearch.papers.paper import Cell, Line
from wgsearch.papers.symbols import join_split

MAX_BYTES = 50_000_000
# A text has no control characters but those that part it; one in a thousand is taken for a slip.
STRAY = 0.001
_NEVER = bytes((*range(9), *range(14, 32)))
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_LINK = re.compile(r"\[([^\[\]\n]*)\]\([^)\n\[]*\)")
_TAG = re.compile(r"</?(?:i|b|em|strong|u|sup|sub)>", re.IGNORECASE)
_BULLET_LABEL = re.compile(r"^\s*[-*]\s+(?=\([a-z]{1,3}\)\s)")
_SPACES = re.compile(r"[ \u00a0\u2002-\u200a\u202f]+")


def read_plain(data: bytes, *, file: str) -> tuple[tuple[Line, ...], ...]:
    """
    Lines of a text file, page by page.

    Args:
        data: The file's bytes: UTF-8, UTF-16 or UTF-32 with a mark, UTF-8 or Windows-1252 without.
        file: Its name, for messages.

    Raises:
        PaperUnreadableError: `not_text` when the bytes are no text, `too_large`.
    """
    if len(data) > MAX_BYTES:
        reason = f"{len(data):,} bytes; at most {MAX_BYTES:,} bytes of text are read"
        raise PaperUnreadableError(file, "too_large", reason)
    text = _decoded(data)
    if text is None:
        raise PaperUnreadableError(file, "not_text", "the file holds bytes that are no text")
    pages = []
    joined = join_split(text.replace("\r\n", "\n").replace("\r", "\n").translate(PRINTED))
    for number, page in enumerate(joined.split("\f"), start=1):
        pages.append(tuple(_page(page, number)))
    return tuple(pages)


def _decoded(data: bytes) -> str | None:
    """Characters of a text, None when the bytes are none."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                return None
    if len(data) - len(data.translate(None, _NEVER)) > STRAY * len(data):
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _page(text: str, number: int) -> list[Line]:
    """Lines of one page; what converters left behind (links, tags) is taken off."""
    lines: list[Line] = []
    blank = True
    for raw in text.split("\n"):
        bare = _BULLET_LABEL.sub("", _TAG.sub("", _LINK.sub(r"\1", raw)))
        bare = bare.replace("\\(", "(").replace("\\)", ")")
        if not bare.strip():
            blank = True
            continue
        cells = [_SPACES.sub(" ", cell).strip() for cell in bare.rstrip().split("\t")]
        lines.append(
            Line(
                text=" ".join(cell for cell in cells if cell),
                page=number,
                gap=1.0 if blank else 0.0,
                cells=tuple(
                    Cell(text=cell, x0=at * 100.0, x1=at * 100.0 + 90)
                    for at, cell in enumerate(cells)
                )
                if len(cells) > 1
                else (),
            )
        )
        blank = False
    return lines

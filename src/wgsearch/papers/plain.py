"""
plain text -> the same lines, for papers that are only kept as text.

Why it is read at all: agendas are often passed on as text, and old papers kept so.
Form feeds part pages; blank lines part paragraphs; tables come with tabs.
"""

from __future__ import annotations

import re

from wgsearch.errors import PaperUnreadableError
from wgsearch.papers.paper import Cell, Line
from wgsearch.papers.symbols import join_split

_LINK = re.compile(r"\[([^\]\n]*)\]\([^)\n]*\)")
_TAG = re.compile(r"</?(?:i|b|em|strong|u|sup|sub)>", re.IGNORECASE)
_BULLET_LABEL = re.compile(r"^\s*[-*]\s+(?=\([a-z]{1,3}\)\s)")
_SPACES = re.compile(r"[ \u00a0\u2002-\u200a\u202f]+")


def read_plain(data: bytes, *, file: str) -> tuple[tuple[Line, ...], ...]:
    """
    Lines of a text file, page by page.

    Args:
        data: The file's bytes, UTF-8 with or without a mark, or Windows-1252.
        file: Its name, for messages.

    Raises:
        PaperUnreadableError: `not_text` when the bytes are no text.
    """
    if b"\x00" in data:
        raise PaperUnreadableError(file, "not_text", "the file holds bytes that are no text")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    pages = []
    joined = join_split(text.replace("\r\n", "\n"))
    for number, page in enumerate(joined.split("\f"), start=1):
        pages.append(tuple(_page(page, number)))
    return tuple(pages)


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

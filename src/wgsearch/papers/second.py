"""
PDF bytes -> plain lines of some pages: the second reader, by pypdf.

Why a second one: the two libraries fail on different files. It gives words without boxes
and is some twenty times slower, so that it is asked only for what the first one lacks.
"""

from __future__ import annotations

import io
import re
import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdf
from pypdf.errors import PyPdfError

from wgsearch.errors import PaperUnreadableError
from wgsearch.papers.characters import PRINTED
from wgsearch.papers.paper import Line
from wgsearch.papers.pdf import MAX_PAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")

# What a damaged file makes the library raise is not one family of errors.
_DAMAGE = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondPage:
    """
    A page as the second reader finds it.

    Attributes:
        lines: Its lines, without boxes and sizes.
        height: Its height in points.
    """

    lines: tuple[Line, ...]
    height: float


class SecondReader:
    """
    A PDF, opened by pypdf; what streams may unfold to is held by that library's own limits.

    Raises:
        PaperUnreadableError: `encrypted`, `damaged`, `too_large`.
    """

    def __init__(self, data: bytes, *, file: str) -> None:
        self._file = file
        with self._damage():
            self._reader = pypdf.PdfReader(io.BytesIO(data))
            if self._reader.is_encrypted and not self._reader.decrypt(""):
                reason = "the file needs a password; save it without one"
                raise PaperUnreadableError(file, "encrypted", reason)
            self.count = len(self._reader.pages)
        if self.count > MAX_PAGES:
            reason = f"{self.count} pages; at most {MAX_PAGES} are read"
            raise PaperUnreadableError(file, "too_large", reason)

    def page(self, number: int) -> SecondPage:
        """
        A page, counted from 1.

        Raises:
            PaperUnreadableError: `damaged`.
        """
        with self._damage():
            page = self._reader.pages[number - 1]
            texts = [_clean(raw).strip() for raw in page.extract_text().splitlines()]
            lines = tuple(Line(text=text, page=number) for text in texts if text)
            return SecondPage(lines=lines, height=float(page.mediabox.height))

    @contextmanager
    def _damage(self) -> Iterator[None]:
        """Damage by one name."""
        try:
            yield
        except _DAMAGE as error:
            reason = f"pypdf cannot read it ({type(error).__name__}: {error})"
            raise PaperUnreadableError(self._file, "damaged", reason) from error


def _clean(text: str) -> str:
    """Ligatures opened, invisible characters dropped, every space one plain space."""
    opened = "".join(
        unicodedata.normalize("NFKC", char) if "\ufb00" <= char <= "\ufb06" else char
        for char in text.translate(PRINTED)
    )
    return _SPACES.sub(" ", opened).replace("\u2010", "-").replace("\u2011", "-")

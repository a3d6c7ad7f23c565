"""
picture of a page -> Lines: letters recognised by the program `tesseract`, where it is installed.

Why the program itself: it gives every word with its place, from one call a page, and needs
nothing else. It is started without a shell, reads the picture from a pipe and writes no file.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass, field
from itertools import groupby
from statistics import median
from typing import TYPE_CHECKING

from wgsearch.papers import languages
from wgsearch.papers.characters import PRINTED
from wgsearch.papers.paper import Box, Cell, Line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from wgsearch.papers.scans import Picture

# What the program calls the languages of working groups, by script: a paper has one script, and
# names and symbols in Latin letters.
_LATIN = ("eng", "fra", "spa", "deu", "por")
_SCRIPTS = {"ru": ("rus", "eng"), "ar": ("ara", "eng"), "zh": ("chi_sim", "eng")}
_ALL = (*_LATIN, "rus", "ara", "chi_sim")
# Below this mean confidence (of 100) a picture is taken for no text. Eight scanned pages of 1947 to
# 1991 had 84 to 95; the bound itself was chosen, not swept (docs/decisions/0006-ocr.md).
SURE = 50.0
# Below this a line is left out: stamps, specks, handwriting. Chosen by eye, likewise.
LINE_SURE = 40.0
# Words that overlap in height by this share of the lower one stand on one line.
SAME_LINE = 0.5
# A gap of this many letter heights separates cells, as in print.
CELL_GAP = 1.6
# Letter shapes in shares of the type size, as in most text faces.
_TALL, _LOW, _BELOW = 0.70, 0.48, 0.21
_DESCENDERS = frozenset("gjpqyQçр" + "уфцщ,;()[]")
# Estimates of one size scatter by this share.
_SCATTER = 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """One word with its box in points from the top left, and the line that it stands on."""

    text: str
    line: tuple[int, int, int]
    confidence: float
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True, kw_only=True)
class Recogniser:
    """
    The program, and what one paper may cost it.

    Attributes:
        program: Path of `tesseract`.
        page_s: Seconds by the clock for a page; a page that takes longer stays a picture.
        pages: Pages of one paper that are recognised; the others stay pictures.
        starts: Told the number of each page before it is recognised.
    """

    program: str
    page_s: float
    pages: int
    starts: Callable[[int], None]
    _installed: tuple[str, ...] | None = field(default=None, init=False)

    def read(self, picture: Picture, *, page: int, language: str | None) -> tuple[Line, ...]:
        """
        Lines of a page; none when the picture holds no text, or takes too long.

        Args:
            picture: The page.
            page: Its number, counted from 1.
            language: Language of the paper (ISO 639-1), None while it is not known.
        """
        self.starts(page)
        known = self._languages(language)
        if not known:
            return ()
        head = b"P5 %d %d 255\n" % (picture.width, picture.height)
        dpi = str(round(picture.dpi))
        arguments = ("stdin", "stdout", "-l", "+".join(known), "--dpi", dpi, "tsv")
        words = _words(self._run(*arguments, data=head + picture.grey), picture.points)
        if not words or sum(word.confidence for word in words) < SURE * len(words):
            return ()
        return _lines(words, page=page)

    def _languages(self, language: str | None) -> tuple[str, ...]:
        """Languages to expect, of those that are installed."""
        if self._installed is None:
            listed = self._run("--list-langs").decode("utf-8", "replace").split()
            self._installed = tuple(each for each in _ALL if each in listed)
        script = _ALL if language is None else _SCRIPTS.get(language, _LATIN)
        return tuple(each for each in script if each in self._installed) or self._installed

    def _run(self, *arguments: str, data: bytes = b"") -> bytes:
        """What the program answers; nothing when it fails or takes too long."""
        try:
            done = subprocess.run(
                [self.program, *arguments],
                input=data,
                capture_output=True,
                timeout=self.page_s,
                check=False,
                # One thread: papers are read side by side, and two threads are hardly faster.
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            )
        except (OSError, subprocess.TimeoutExpired):
            return b""
        return done.stdout if done.returncode == 0 else b""


def language_of(lines: Iterable[Line]) -> str | None:
    """The language of recognised lines (ISO 639-1), None when they are too few to tell."""
    text = " ".join(line.text for line in lines)
    return languages.detect(text) if sum(char.isalpha() for char in text) > 200 else None


def _words(table: bytes, points: float) -> list[_Word]:
    """Words of the program's table; *points* of the page to a dot."""
    words: list[_Word] = []
    for row in table.decode("utf-8", "replace").splitlines()[1:]:
        cells = row.split("\t")
        # level, page, block, paragraph, line, word, left, top, width, height, confidence, text
        if len(cells) != 12 or cells[0] != "5":
            continue
        text = cells[11].translate(PRINTED).strip()
        left, top, width, height = (int(cell) * points for cell in cells[6:10])
        if text and height > 0:
            place = (int(cells[2]), int(cells[3]), int(cells[4]))
            right, foot = left + width, top + height
            words.append(
                _Word(
                    text=text,
                    line=place,
                    confidence=float(cells[10]),
                    x0=left,
                    y0=top,
                    x1=right,
                    y1=foot,
                )
            )
    return words


def _lines(words: Sequence[_Word], *, page: int) -> tuple[Line, ...]:
    """Words as printed lines, from the top of the page to its foot."""
    rows: list[list[_Word]] = []
    for _, group in groupby(words, key=lambda word: word.line):
        row = list(group)
        printed = any(char.isalnum() for word in row for char in word.text)
        if not printed or sum(word.confidence for word in row) < LINE_SURE * len(row):
            continue
        # The program cuts a masthead or a table into columns: they are cells of one line.
        host = next((known for known in rows if _beside(known, row)), None)
        if host is None:
            rows.append(row)
        else:
            host.extend(row)
    if not rows:
        return ()
    body = median(size for row in rows for size in [_size(row)] * len(row))
    rows.sort(key=lambda row: min(word.y0 for word in row))
    return tuple(_line(sorted(row, key=lambda word: word.x0), body, page) for row in rows)


def _beside(one: Sequence[_Word], other: Sequence[_Word]) -> bool:
    """Two runs of words stand side by side on one line."""
    top, foot = _band(one)
    top2, foot2 = _band(other)
    if min(foot, foot2) - max(top, top2) <= SAME_LINE * min(foot - top, foot2 - top2):
        return False
    left, right = min(word.x0 for word in other), max(word.x1 for word in other)
    return all(right < word.x0 or left > word.x1 for word in one)


def _band(row: Sequence[_Word]) -> tuple[float, float]:
    """Top and foot of most words of a line: pages lie askew under a scanner."""
    return median(word.y0 for word in row), median(word.y1 for word in row)


def _size(row: Sequence[_Word]) -> float:
    """Type size of a line in points: heights of its words against the letters they hold."""
    sizes = []
    for word in row:
        tall = any(char.isupper() or char.isdigit() or char in "bdfhijklt" for char in word.text)
        below = any(char in _DESCENDERS for char in word.text)
        sizes.append((word.y1 - word.y0) / ((_TALL if tall else _LOW) + (_BELOW if below else 0)))
    return median(sizes)


def _line(row: Sequence[_Word], body: float, page: int) -> Line:
    """A line of words; sizes near that of the page's text are that size."""
    own = _size(row)
    size = round(body if abs(own - body) < _SCATTER * body else own, 1)
    cells: list[list[_Word]] = [[row[0]]]
    for word in row[1:]:
        if word.x0 - max(before.x1 for before in cells[-1]) > CELL_GAP * size:
            cells.append([])
        cells[-1].append(word)
    return Line(
        text=" ".join(word.text for word in row),
        page=page,
        box=Box(
            page=page,
            x0=round(row[0].x0, 1),
            y0=round(min(word.y0 for word in row), 1),
            x1=round(max(word.x1 for word in row), 1),
            y1=round(max(word.y1 for word in row), 1),
        ),
        size=size,
        indent=round(row[0].x0, 1),
        cells=tuple(
            Cell(
                text=" ".join(word.text for word in cell),
                x0=round(cell[0].x0, 1),
                x1=round(max(word.x1 for word in cell), 1),
                size=size,
            )
            for cell in cells
        ),
    )

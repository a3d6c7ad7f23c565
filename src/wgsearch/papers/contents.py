"""
lines -> lists of contents and the rest; contents -> what the headings lack.

Why apart: entries repeat headings and would be found in their stead; but they say which
headings a paper has, and so whether all were read.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from wgsearch.papers.paper import ReadingWarning

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from wgsearch.papers.paper import Heading, Line

# Lines between two entries that may be wrapped words or column heads.
MAX_BETWEEN = 4
# An entry is a heading's where this share of its words are.
ENOUGH = 0.6
# Entries named in one warning.
SHOWN = 5

_LEADERS = re.compile(r"(?:\.\s?){5,}|…{2,}|_{5,}")
_LEADER_END = re.compile(
    r"(?<!\.)(?<!\.\s)(?:\.\s?){4,}\s*(?:[\dXivx]{1,4}(?:\s?[-–]\s?\d{1,4})?)?\s*(?:[\dXivx]{1,4})?$"
)
_CONTENTS = re.compile(
    r"(?:(?:table of )?contents|table des matières|sommaire|índice|содержание|оглавление"
    r"|目录|المحتويات)(?:\s+(?:page|página|paragraphs?|paragraphes|párrafos|стр\.?))*",
    re.IGNORECASE,
)
# Below the contents stand lists of annexes, tables and figures, often without page numbers.
_LISTS = re.compile(
    r"(?:list of )?(?:annexe?s|appendi(?:ces|xes)|anexos|apéndices|tables|figures|boxes|tableaux"
    r"|cuadros|приложения)\b.{0,60}",
    re.IGNORECASE,
)
_COLUMN = re.compile(
    r"(?:item|page|paragraphs?|chapter|párrafos|página|paragraphes)(?:\s+\w+){0,2}", re.IGNORECASE
)
_PLACE = re.compile(r"[\dXivx]{1,4}(?:\s?[-–]\s?\d{1,4})?")
_PLACE_END = re.compile(rf"\s{_PLACE.pattern}$")
# An entry that is typed in Word ends with its page, its paragraphs, or both.
MAX_PLACES = 2
_HEADED = re.compile(r"toc\s?heading", re.IGNORECASE)
# Leaders and places; tried where leaders begin only, since long ones take long otherwise.
_ENTRY_END = re.compile(r"(?<![\s.…_])[\s.…_]+(?:[\dXivx–-]{1,9}[\s.…_]*){0,3}$")
# Lists of contents name tables and figures, too, which are no headings.
_ASIDE = re.compile(
    r"(?:table|figure|box|chart|annexe?|appendix|anexo|tableau|cuadro|gráfico)s?\b", re.IGNORECASE
)
_LABEL = re.compile(r"^(?:(?:[IVXL]{1,6}|[A-Z]|\d{1,3}|[a-z])[.)]\s+|\([a-z]{1,3}\)\s+)")


class Sorted(NamedTuple):
    """The lines of a paper, those of its lists of contents apart."""

    body: list[Line]
    contents: list[Line]


def without_contents(lines: Sequence[Line]) -> Sorted:
    """Lines without lists of contents, and the lines of those lists."""
    drop: set[int] = set()
    for at, line in enumerate(lines):
        if not _heads_contents(line):
            continue
        last = at
        said = _said(lines[at + 1 :])
        for ahead in range(at + 1, len(lines)):
            if _is_entry(lines[ahead]) or _repeats(lines[ahead], said):
                last = ahead
            elif _LISTS.fullmatch(lines[ahead].text) and lines[ahead].page == lines[last].page:
                last = _end_of_list(lines, ahead)
            elif ahead - last > MAX_BETWEEN:
                break
        drop.update(range(at, last + 1))
    drop |= {at for at, line in enumerate(lines) if _has_leaders(line.text)}
    return Sorted(
        body=[line for at, line in enumerate(lines) if at not in drop],
        contents=[lines[at] for at in sorted(drop)],
    )


def _heads_contents(line: Line) -> bool:
    """The heading of a list of contents, by its words or by its style in Word."""
    if line.style is not None and _HEADED.match(line.style):
        return True
    return len(line.text) <= 30 and bool(_CONTENTS.fullmatch(line.text.strip()))


def _said(lines: Sequence[Line]) -> frozenset[str]:
    """What lines of Word say, and neighbours together: a heading's label may stand above it."""
    plain = [_plain(line.text) for line in lines if line.style is not None]
    return frozenset(plain) | {f"{one} {other}" for one, other in pairwise(plain)}


def _repeats(line: Line, said: Collection[str]) -> bool:
    """
    A line of Word that says what another one says, and where.

    Nothing in its setting tells it from text; but `Article 1` repeats nothing that says `Article`.
    """
    text = line.text if line.style is not None else ""
    for _ in range(MAX_PLACES):
        text, found = _PLACE_END.subn("", text)
        if not found:
            break
        if _plain(text) in said:
            return True
    return False


def _plain(text: str) -> str:
    """Words of an entry or a heading without its label; case and punctuation do not count."""
    return " ".join(re.findall(r"\w+", _LABEL.sub("", text.strip()).casefold()))


def _end_of_list(lines: Sequence[Line], at: int) -> int:
    """The last line of a list below the contents: it ends with the page, or at a heading."""
    last = at
    for ahead in range(at + 1, len(lines)):
        line = lines[ahead]
        heading = line.bold and not _LISTS.fullmatch(line.text)
        if line.page != lines[at].page or (heading and not lines[ahead - 1].bold):
            break
        last = ahead
    return last


def differing(contents: Sequence[Line], headings: Sequence[Heading]) -> list[ReadingWarning]:
    """A warning that names the entries of contents without a heading of like words."""
    if not contents or not headings:
        return []
    read = [_words(each.text) for each in headings]
    # Label and title of a heading may stand on two lines, and were read as two headings.
    read += [one | other for one, other in pairwise(read)]
    missing = [
        entry
        for entry in _entries(contents)
        if not _ASIDE.match(entry)
        and len(wanted := _words(entry)) > 1
        and not any(len(wanted & have) >= ENOUGH * len(wanted) for have in read)
    ]
    if not missing:
        return []
    shown = "; ".join(repr(entry) for entry in missing[:SHOWN])
    more = f" and {len(missing) - SHOWN} more" if len(missing) > SHOWN else ""
    message = f"no heading was read for {len(missing)} entries of the contents: {shown}{more}"
    return [ReadingWarning(code="contents_differ", message=message)]


def _entries(lines: Sequence[Line]) -> list[str]:
    """Words of the entries; an entry set over several lines is one."""
    entries: list[str] = []
    above = ""
    for line in lines:
        text = line.text.strip()
        if _CONTENTS.fullmatch(text) or _COLUMN.fullmatch(text):
            above = ""
            continue
        if _LABEL.match(text):
            above = ""
        typed = line.style is not None and _PLACE_END.search(text) is not None
        ends = typed or _is_entry(line)
        words = _ENTRY_END.sub("", text) if ends else text
        whole = f"{above} {words}".strip()
        if ends:
            entries.append(_LABEL.sub("", whole))
            above = ""
        else:
            above = whole
    return entries


def _words(text: str) -> set[str]:
    """Words for comparing: case and accents do not count."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return set(re.findall(r"[^\W\d_]{3,}", letters))


def _has_leaders(text: str) -> bool:
    """Dots lead from words to a page number."""
    likely = ".." in text or ". ." in text or "…" in text or "__" in text
    return likely and bool(_LEADERS.search(text))


def _is_entry(line: Line) -> bool:
    """An entry by its setting: leaders, or words and a page number at the right edge."""
    if _has_leaders(line.text) or _LEADER_END.search(line.text) or _COLUMN.fullmatch(line.text):
        return True
    return len(line.cells) > 1 and bool(_PLACE.fullmatch(line.cells[-1].text))

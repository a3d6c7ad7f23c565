"""
A PDF against its Word twin: which numbered paragraphs were found, and how exact their text is.

The truth is read here from the Word file's XML by the editors' conventions for Word papers,
not with the project's own reader: a numbered paragraph is a body paragraph that begins with
its number and a tab (typed, so that no counting is needed), and is no heading style; labelled
sub-paragraphs (`(a)`, `(i)`) up to the next numbered one belong to it.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree
from rapidfuzz.distance import Levenshtein

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from wgsearch.papers.paper import Paper

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NUMBERED = re.compile(r"\t*(?P<number>\d{1,3}(?:\.(?:[IVX]+\.)?\d{1,3})?)\.?\t(?P<text>.*\S.*)", re.DOTALL)
_SUB = re.compile(r"\t*(?:\([a-z]{1,4}\)|[•–—])\t")
_HEADING_STYLE = re.compile(r"H\d|HCh|HM|Title|TOC|Heading", re.IGNORECASE)
# A paragraph of which more than this share differs is another paragraph under that number.
OTHER = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """
    Counts of one pair.

    Attributes:
        found: Numbered paragraphs that were read.
        wanted: Numbered paragraphs of the Word file.
        hits: Numbers in both, with nearly the same text.
        errors: Characters to insert, delete or replace in the text of hits.
        letters: Characters of the truth's text of hits.
    """

    found: int
    wanted: int
    hits: int
    errors: int
    letters: int


def compare_twin(word: Path, paper: Paper, misses: list[str]) -> Twin:
    """Numbered paragraphs of a paper against a Word file; misses are added in words."""
    wanted = dict(_occurrences(_truth(word)))
    found = dict(
        _occurrences([(each.number, each.text) for each in paper.paragraphs if each.number])
    )
    hits = errors = letters = 0
    for key, text in wanted.items():
        if key not in found:
            misses.append(f"{paper.file}: paragraph {key[0]} is missing: {text[:60]!r}")
            continue
        one, other = _plain(text), _plain(found[key])
        distance = Levenshtein.distance(one, other)
        if distance > OTHER * max(len(one), 1):
            misses.append(
                f"{paper.file}: paragraph {key[0]} reads {other[:60]!r}, not {one[:60]!r}"
            )
            continue
        if distance:
            misses.append(
                f"{paper.file}: paragraph {key[0]}, {distance} characters differ: "
                + _difference(one, other)
            )
        hits, errors, letters = hits + 1, errors + distance, letters + len(one)
    misses.extend(
        f"{paper.file}: no paragraph {key[0]} in Word: {text[:60]!r}"
        for key, text in found.items()
        if key not in wanted
    )
    return Twin(found=len(found), wanted=len(wanted), hits=hits, errors=errors, letters=letters)


def summed(twins: Sequence[Twin]) -> dict[str, float]:
    """Precision, recall and F1 of numbers, and the rate of wrong characters, over all pairs."""
    hits = sum(each.hits for each in twins)
    precision = hits / max(sum(each.found for each in twins), 1)
    recall = hits / max(sum(each.wanted for each in twins), 1)
    errors, letters = sum(each.errors for each in twins), sum(each.letters for each in twins)
    return {
        "pairs": len(twins),
        "paragraphs": sum(each.wanted for each in twins),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / max(precision + recall, 1e-9), 4),
        "character_error_rate": round(errors / max(letters, 1), 5),
    }


def _occurrences(pairs: Sequence[tuple[str, str]]) -> Iterator[tuple[tuple[str, int], str]]:
    """Numbers with their how-manieth occurrence: annexes begin again at 1."""
    seen: Counter[str] = Counter()
    for number, text in pairs:
        seen[number] += 1
        yield (number, seen[number]), text


def _difference(one: str, other: str) -> str:
    """The first few differences of two texts."""
    parts = [
        f"{one[op.src_start : op.src_end]!r} > {other[op.dest_start : op.dest_end]!r}"
        for op in Levenshtein.opcodes(one, other)
        if op.tag != "equal"
    ]
    return "; ".join(parts[:4])


def _plain(text: str) -> str:
    """Text for comparing: one space for any, one hyphen for any."""
    text = text.replace("\u00ad", "").replace("\u2011", "-").replace("\u2010", "-")
    return re.sub(r"\s+", " ", text).strip()


def _truth(word: Path) -> list[tuple[str, str]]:
    """Numbered paragraphs of a Word file with their text."""
    with zipfile.ZipFile(word) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    found: list[tuple[str, str]] = []
    is_open = False
    for node in root.find(f"{_W}body"):
        if node.tag != f"{_W}p":
            continue
        text = _text(node)
        style = node.find(f"{_W}pPr/{_W}pStyle")
        name = "" if style is None else re.sub(r"[_\s/]", "", style.get(f"{_W}val") or "")
        if _HEADING_STYLE.match(name):
            is_open = False
        elif match := _NUMBERED.fullmatch(text):
            found.append((match["number"], match["text"]))
            is_open = True
        elif is_open and _SUB.match(text):
            found[-1] = (found[-1][0], f"{found[-1][1]}\n{text}")
        elif text.strip():
            is_open = False
    return found


def _text(paragraph: etree._Element) -> str:
    """Printed characters of a Word paragraph: deletions and notes' marks left out."""
    parts: list[str] = []
    for node in paragraph.iter():
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        elif node.tag == f"{_W}tab" and node.getparent().tag == f"{_W}r":
            parts.append("\t")
        elif node.tag == f"{_W}br":
            parts.append(" ")
        elif node.tag == f"{_W}noBreakHyphen":
            parts.append("-")
    return "".join(parts)

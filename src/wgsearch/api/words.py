"""
Verbatim text -> safe lines of a page: matches marked, sub-paragraphs apart.

Why from offsets: the words stay those of the paper, whatever they contain, and nothing in
a paper can become markup.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Sequence

_LABEL = re.compile(r"\(([a-z]{1,5}|\d{1,2})\)\s|([\u2022\u2013\u2014\-])\s")

Spans = tuple[tuple[int, int], ...]
# Words that match, that were added, that were taken out.
Tag = Literal["mark", "ins", "del"]
_ELEMENTS: dict[Tag, Markup] = {
    "mark": Markup("<mark>%s</mark>"),
    "ins": Markup("<ins>%s</ins>"),
    "del": Markup("<del>%s</del>"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    """
    A line of a paragraph.

    Attributes:
        depth: 0 for running text, 1 for a sub-paragraph, 2 for one within it.
        html: Its words, safe, matches marked.
    """

    depth: int
    html: Markup


def marked(
    text: str,
    spans: Sequence[tuple[int, int]],
    start: int = 0,
    best: tuple[int, int] | None = None,
    tag: Tag = "mark",
) -> Markup:
    """
    A text made safe, words of spans in an element of theirs, its best sentence in `<strong>`.

    Args:
        text: Verbatim words.
        spans: Offsets of matched words, ascending, into the text that this one is cut from.
        start: Offset of this text there.
        best: Offsets of the best sentence there, None for none.
        tag: What the words of the spans stand in.
    """
    left, right = (max(0, min(each - start, len(text))) for each in best or (start, start))
    if left < right:
        inside = marked(text[left:right], spans, start + left, tag=tag)
        return Markup("").join(
            (
                marked(text[:left], spans, start, tag=tag),
                Markup('<strong class="best">%s</strong>') % inside,
                marked(text[right:], spans, start + right, tag=tag),
            )
        )
    out: list[Markup] = []
    done = 0
    for first, last in spans:
        left, right = max(first - start, done), min(last - start, len(text))
        if left < right:
            out += (escape(text[done:left]), _ELEMENTS[tag] % text[left:right])
            done = right
    return Markup("").join([*out, escape(text[done:])])


def lines(
    text: str,
    spans: Spans = (),
    start: int = 0,
    end: int | None = None,
    best: tuple[int, int] | None = None,
    *,
    tag: Tag = "mark",
) -> tuple[ShownLine, ...]:
    """
    The lines of a text or of a part of it: sub-paragraphs stand on lines of their own.

    Args:
        text: Verbatim words.
        spans: Offsets of matched words.
        start: Where the part begins.
        end: Where it ends, None for the end of the text.
        best: Offsets of the sentence to set off, None for none.
        tag: What the words of the spans stand in.
    """
    found: list[ShownLine] = []
    at = start
    outer: str | None = None
    previous = ""
    for line in text[start:end].split("\n"):
        depth, style, label = 0, None, ""
        if match := _LABEL.match(line):
            label = match[1] or match[2]
            style = _style(label, previous, outer)
            outer = outer or style
            depth = 1 if style == outer else 2
            previous = label if style != "roman" else previous
        if line.strip():
            found.append(ShownLine(depth=depth, html=marked(line, spans, at, best, tag)))
        at += len(line) + 1
    return tuple(found)


def _style(label: str, previous: str, outer: str | None) -> str:
    """Whether a label counts in letters, in roman numbers, in digits, or is a bullet."""
    if label.isdigit():
        return "digits"
    if not label.isalpha():
        return "bullet"
    follows = len(label) == 1 and len(previous) == 1 and ord(label) == ord(previous) + 1
    roman = re.fullmatch(r"[ivx]+", label) is not None
    begins = label == "i" or len(label) > 1
    return "roman" if roman and not follows and (outer or begins) else "letters"


def code(text: str) -> Markup:
    """Words with `code` in backticks, as descriptions of the API have it."""
    pieces = text.split("`")
    shown = [
        Markup('<span class="code">%s</span>') % piece if at % 2 else escape(piece)
        for at, piece in enumerate(pieces)
    ]
    return Markup("").join(shown)


def sentence(text: str) -> str:
    """A message as a sentence of its own."""
    upper = text[:1].upper() + text[1:]
    return upper if upper.endswith((".", "?", "!")) else upper + "."

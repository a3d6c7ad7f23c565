"""
words of a paper -> Quotation: every run a substring of them, what is left out marked outside.

Why cut here and not by whoever writes a format: a quotation is the same in each of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wgsearch.excerpts import excerpt
from wgsearch.export.document import Line, Quotation, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wgsearch.answers import Hit
    from wgsearch.export.document import Call, Inline, Inlines
    from wgsearch.export.lengths import Lengths
    from wgsearch.passages import Passage

_CUT = "…"
_LABEL = re.compile(r"\((?:[a-z]{1,5}|\d{1,2})\)\s|[\u2022\u2013\u2014\-]\s")


def quoted_hit(hit: Hit, call: Call, lengths: Lengths) -> Quotation:
    """
    A passage that was found: the sentence that answers best set off in its context.

    Args:
        hit: The passage.
        call: The note that cites it.
        lengths: How much of it.
    """
    passage = hit.passage
    language = passage.lang or passage.language
    start, end = excerpt(
        passage.text,
        hit.match.spans,
        language,
        hit.best_sentence,
        words=lengths.words,
        whole=lengths.whole,
    )
    return Quotation(
        lines=_lines(
            passage.text,
            (start, end),
            hit.best_sentence,
            language,
            call,
            cut_before=start > 0 or passage.piece > 0,
            cut_after=end < len(passage.text) or passage.piece + 1 < passage.pieces,
        ),
        lang=language,
        label=place_of(passage),
    )


def quoted_text(text: str, language: str, call: Call, label: str | None = None) -> Quotation:
    """Words shown whole."""
    lines = _lines(text, (0, len(text)), None, language, call)
    return Quotation(lines=lines, lang=language, label=label)


def place_of(passage: Passage) -> str | None:
    """Where a passage stands, without its symbol: `annex II, para. 3`; None where nothing says."""
    if passage.paragraph is None:
        return None if passage.part == "body" else passage.part
    number = f"para. {passage.paragraph}"
    return number if passage.part == "body" else f"{passage.part}, {number}"


def verbatim(text: str, language: str) -> Inlines:
    """Words of a paper on one line; what divided the cells of a row, or lines, is set apart."""
    content: list[Inline] = []
    for piece in re.split(r"[\t\n]+", text):
        if piece.strip():
            content += [Text(text=" | ", is_quiet=True)] if content else []
            content.append(Text(text=piece, is_verbatim=True, lang=language))
    return tuple(content)


def _lines(
    text: str,
    span: tuple[int, int],
    best: tuple[int, int] | None,
    language: str,
    call: Call,
    *,
    cut_before: bool = False,
    cut_after: bool = False,
) -> tuple[Line, ...]:
    """The lines of a part of a text, the call at the end of the last one."""
    strong = best if best and (best[0] > span[0] or best[1] < span[1]) else None
    found: list[tuple[int, list[Inline]]] = []
    at = span[0]
    for line in text[span[0] : span[1]].split("\n"):
        if line.strip():
            depth = 1 if _LABEL.match(line) else 0
            found.append((depth, [*_runs(text, at, at + len(line), strong, language)]))
        at += len(line) + 1
    found = found or [(0, [])]
    if cut_before:
        found[0][1].insert(0, Text(text=f"{_CUT} ", is_quiet=True))
    if cut_after:
        found[-1][1].append(Text(text=f" {_CUT}", is_quiet=True))
    found[-1][1].append(call)
    return tuple(Line(content=tuple(content), depth=depth) for depth, content in found)


def _runs(
    text: str, start: int, end: int, strong: tuple[int, int] | None, language: str
) -> Iterator[Inline]:
    """The runs of a line: before, within and after what is set off; cells of a row apart."""
    left, right = (max(start, min(each, end)) for each in strong or (end, end))
    divided = False
    for first, last, is_strong in ((start, left, False), (left, right, True), (right, end, False)):
        for piece in re.split(r"(\t+)", text[first:last]):
            if piece.startswith("\t"):
                divided = True
            elif piece:
                if divided:
                    yield Text(text=" | ", is_quiet=True)
                    divided = False
                yield Text(text=piece, is_strong=is_strong, is_verbatim=True, lang=language)

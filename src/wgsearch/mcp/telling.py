"""
shape -> text: the readable half of each result, every line of a paper behind `> `.

Why marked line by line: words of a paper cannot then pass for words of wgsearch, whatever they
are, and an assistant that sees only this half can still quote them.
"""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from wgsearch.mcp import shapes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wgsearch.api.wire.model import Wire


@singledispatch
def text_of(shape: Wire) -> str:
    """A result in words."""
    raise TypeError(f"no words for {type(shape).__name__}")


def quoted(text: str) -> str:
    """Words of a paper, each line marked."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def _line(*parts: str | None) -> str:
    """Parts of one line; what stands in a paper stays on it."""
    return " · ".join(" ".join(each.split()) for each in parts if each)


def _blocks(parts: Iterable[str | None]) -> str:
    return "\n\n".join(each for each in parts if each)


def _passage(passage: shapes.PassageShape) -> str:
    replaced = f"replaced by {passage.superseded_by}" if passage.superseded_by else None
    head = _line(passage.citation, passage.title, passage.date, f"page {passage.page}", replaced)
    also = f"also in {'; '.join(passage.also_in)}" if passage.also_in else None
    return "\n".join(each for each in (head, quoted(passage.text), also, passage.url) if each)


@text_of.register
def _found(shape: shapes.FoundShape) -> str:
    count = len(shape.passages)
    return _blocks(
        [
            f"{count} passage{'' if count == 1 else 's'}. {shape.verdict_note or ''}".strip(),
            *shape.notes,
            f"Perhaps meant: {shape.suggestion}" if shape.suggestion else None,
            *map(_passage, shape.passages),
        ]
    )


@text_of.register
def _paragraph(shape: shapes.ParagraphShape) -> str:
    notes = [f"{_line(f'Note {each.mark}')}\n{quoted(each.text)}" for each in shape.footnotes]
    return _blocks(
        [*map(_passage, shape.before), _passage(shape.passage), *notes, *map(_passage, shape.after)]
    )


@text_of.register
def _citations(shape: shapes.CitationsShape) -> str:
    return _blocks(part for each in shape.citations for part in _cited(each))


def _cited(shape: shapes.CitedShape) -> list[str]:
    head = _line(f"Cited: {shape.cited}", shape.title, shape.date, shape.url)
    return [head, *shape.notes, *map(_passage, shape.passages)]


@text_of.register
def _history(shape: shapes.HistoryShape) -> str:
    return _blocks(
        [
            f"{shape.verdict_note} ({shape.confidence} confidence).",
            *shape.notes,
            *map(_occasion, shape.timeline),
            "Recommended before:" if shape.recommended else None,
            *map(_recommended, shape.recommended),
        ]
    )


def _occasion(shape: shapes.OccasionShape) -> str:
    item = f"item {shape.item}" if shape.item else None
    head = _line(shape.date or "undated", shape.session, item, shape.citation)
    return f"{head}\n{quoted(shape.words)}" + (f"\n{shape.url}" if shape.url else "")


def _recommended(shape: shapes.RecommendedShape) -> str:
    head = _line(shape.citation, shape.date, None if shape.is_agreed else "not agreed")
    return f"{head}\n{quoted(shape.text)}" + (f"\n{shape.url}" if shape.url else "")


@text_of.register
def _agenda(shape: shapes.AgendaShape) -> str:
    head = _line(shape.agenda, shape.title)
    if shape.item is None:
        return _blocks([head, *(f"{each.number}. {_line(each.title)}" for each in shape.items)])
    item = shape.item
    return _blocks(
        [
            head,
            f"Item {item.number}. {_line(item.title)}",
            quoted(item.annotation) if item.annotation else None,
            *(
                _line(f"Document: {each.symbol or '(no symbol)'}", each.title, _held(each))
                for each in item.documents
            ),
            *map(_passage, item.passages),
            _history(item.addressed_before) if item.addressed_before else None,
        ]
    )


def _held(document: shapes.DocumentShape) -> str:
    return "held" if document.is_held else "not held"


@text_of.register
def _topics(shape: shapes.TopicsShape) -> str:
    count = shape.count
    older = "" if shape.is_current else " It was made before papers changed."
    return _blocks(
        [
            f"{count} topic{'' if count == 1 else 's'} of edition {shape.edition}.{older}",
            shape.note,
            *map(_topic, shape.topics),
            *(f"{_line(each.citation, each.url)}\n{quoted(each.text)}" for each in shape.summary),
        ]
    )


def _topic(shape: shapes.TopicShape) -> str:
    years = f"{shape.first}-{shape.last}" if shape.first else None
    size = f"{shape.paragraphs} paragraphs of {shape.papers} papers"
    return _line(
        f"{shape.number} {shape.name} [{shape.id}]",
        shape.theme,
        size,
        years,
        ", ".join(shape.terms),
        shape.url,
    )

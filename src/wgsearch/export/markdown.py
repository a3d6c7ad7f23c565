"""
Document -> Markdown with footnotes, tables and quotations as most readers of Markdown know them.

Why everything is escaped: a star or an underscore in a paper is a character, never markup.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wgsearch.export.document import (
    Bullets,
    Call,
    Contents,
    Facts,
    Heading,
    Paragraph,
    Quotation,
    Table,
    headings,
    text_of,
)
from wgsearch.export.wording import direction, language_tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wgsearch.export.document import Block, Document, Inlines, Text

_DEEPEST = 6
_SIGNS = re.compile(r"[\\`*_\[\]<>|~&]")
# What would open a list, a heading or a rule at the beginning of a line.
_OPENS = re.compile(r"^(\s*)([#+=-]|\d+(?=[.)]))")


def to_markdown(document: Document) -> bytes:
    """A document as Markdown in UTF-8."""
    return _Writer(document).write().encode()


class _Writer:
    """One text under way, and its notes so far."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._notes: list[str] = []

    def write(self) -> str:
        document = self._document
        blocks = [f"# {_escaped(document.title)}"]
        if document.subtitle:
            blocks.append(f"**{_inside(document.subtitle)}**")
        for block in document.blocks:
            blocks += self._block(block)
        if self._notes:
            blocks.append("\n".join(self._notes))
        blocks.append(f"---\n\n{_escaped(document.foot)}")
        return "\n\n".join(blocks) + "\n"

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading():
                # One level lower than in pages: the title is the first of a text.
                level = min(block.level + 1, _DEEPEST)
                yield f'<a id="{block.ident}"></a>\n\n{"#" * level} {self._inlines(block.content)}'
            case Paragraph():
                yield _opened(self._inlines(block.content))
            case Quotation():
                yield self._quotation(block)
            case Bullets():
                yield "\n".join(f"- {self._inlines(item)}" for item in block.items)
            case Facts():
                yield "\n".join(
                    f"- **{_escaped(name)}:** {self._inlines(content)}"
                    for name, content in block.pairs
                )
            case Table():
                yield f"*{_escaped(block.caption)}*"
                yield self._table(block)
            case Contents():
                listed = headings(self._document, block.depth)
                yield f"## {_escaped(block.title)}"
                yield "\n".join(
                    f"{'  ' * (each.level - 1)}- [{_escaped(text_of(each.content))}](#{each.ident})"
                    for each in listed
                )

    def _quotation(self, block: Quotation) -> str:
        lines = []
        for number, line in enumerate(block.lines):
            words = self._inlines(line.content)
            if number == 0 and block.label:
                words = f"*{_escaped(block.label)}* {words}"
            lines.append("> " + _opened(words))
        return "\n>\n".join(lines)

    def _table(self, block: Table) -> str:
        rows = [
            [_escaped(name) for name in block.head],
            ["---"] * len(block.head),
            *([self._inlines(cell) for cell in row] for row in block.rows),
        ]
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)

    def _inlines(self, content: Inlines) -> str:
        return "".join(
            self._call(each) if isinstance(each, Call) else _text(each) for each in content
        )

    def _call(self, call: Call) -> str:
        number = len(self._notes) + 1
        self._notes.append(f"[^{number}]: {''.join(_text(each) for each in call.note)}")
        return f"[^{number}]"


def _text(text: Text) -> str:
    """A run; marks of weight stand at its words, not at the spaces around them."""
    words = _inside(text)
    if text.is_strong and (core := words.strip()):
        start = words.index(core)
        words = f"{words[:start]}**{core}**{words[start + len(core) :]}"
    if text.href:
        words = f"[{words}]({_address(text.href)})"
    return words


def _inside(text: Text) -> str:
    """The words of a run; those that run from right to left say so."""
    words = _escaped(text.text)
    if text.lang and direction(text.lang) == "rtl":
        return f'<span lang="{language_tag(text.lang)}" dir="rtl">{words}</span>'
    return words


def _escaped(text: str) -> str:
    """Characters that are no markup; one line, since a line break would end what they stand in."""
    return _SIGNS.sub(lambda sign: f"\\{sign[0]}", " ".join(text.splitlines()))


def _opened(line: str) -> str:
    """A line whose beginning opens nothing."""
    return _OPENS.sub(lambda found: f"{found[1]}{_shielded(found[2])}", line)


def _shielded(sign: str) -> str:
    return f"{sign}\\" if sign.isdigit() else f"\\{sign}"


def _address(href: str) -> str:
    return href.replace("(", "%28").replace(")", "%29").replace(" ", "%20")

"""
Document -> HTML that stands alone and prints well.

Why its style stands within it: the file is carried away and opened where no server is. It states
a policy of its own that lets nothing run and nothing be loaded; the digest of the style is all
that it permits.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape
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

STYLE = """
:root { --ink: #111; --quiet: #555; --line: #b8c1cc; --accent: #1f3a5f; --paper: #fff;
  --serif: "Times New Roman", "Liberation Serif", Tinos, serif;
  --sans: Arial, "Liberation Sans", Arimo, sans-serif; color-scheme: light dark; }
@media (prefers-color-scheme: dark) { @media screen {
  :root { --ink: #e9e9e9; --quiet: #b3b3b3; --line: #5a6675; --accent: #a9c6ef; --paper: #16181c; }
} }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 46rem; padding: 2rem 1.25rem 4rem; color: var(--ink);
  background: var(--paper); font: 1.0625rem/1.5 var(--serif); overflow-wrap: break-word; }
h1, h2, h3, h4, h5, h6, .subtitle, dt, th, figcaption, .label, .hint, .notice, .notes, nav, footer
  { font-family: var(--sans); }
h1, h2, h3, h4, h5, h6 { color: var(--accent); line-height: 1.25; break-after: avoid; }
h1 { font-size: 2.25rem; margin: 2rem 0 .25rem; }
h2 { font-size: 1.5rem; margin: 3rem 0 .5rem; border-top: 1px solid var(--line);
  padding-top: 1.25rem; }
h2.front { border-top: 0; padding-top: 0; margin-top: 1.75rem; font-size: 1.125rem; }
h3 { font-size: 1.125rem; margin: 1.75rem 0 .375rem; }
h4 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
h5, h6 { font-size: .9375rem; margin: 1rem 0 .125rem; color: var(--ink); }
p { margin: 0 0 .625rem; }
a { color: var(--accent); }
.subtitle { font-size: 1.25rem; margin-bottom: 2rem; }
.facts { display: grid; grid-template-columns: minmax(7rem, auto) 1fr; gap: .25rem 1rem; }
.facts dt { font-weight: bold; font-size: .8125rem; padding-top: .1875rem; }
.facts dd { margin: 0; }
.notice { border: 1px solid var(--line); padding: .625rem .875rem; margin: 1.25rem 0;
  font-size: .9375rem; }
.label, .hint, figcaption { color: var(--quiet); font-size: .8125rem; margin: 0 0 .375rem; }
.label { break-after: avoid; }
blockquote { margin: 0 0 .75rem; padding: 0 .5rem 0 .875rem; border-inline-start: 2px solid
  var(--line); break-inside: avoid; }
blockquote p { margin: 0 0 .375rem; }
blockquote .in { padding-inline-start: 1.5rem; }
.place { font: bold .75rem var(--sans); color: var(--quiet); margin-inline-end: .375rem; }
.quiet { color: var(--quiet); }
table { border-collapse: collapse; width: 100%; font-size: .9375rem;
  border-block: 1.5px solid var(--accent); }
th, td { text-align: start; vertical-align: top; padding: .25rem .5rem;
  border-bottom: 1px solid var(--line); }
th { font-size: .8125rem; }
tr { break-inside: avoid; }
figure { margin: .5rem 0 1.25rem; overflow-x: auto; }
nav ol { list-style: none; margin: 0; padding: 0; }
nav .l2 { padding-left: 1.25rem; font-size: .9375rem; }
nav .l1 { margin-top: .375rem; font-weight: bold; }
nav a { text-decoration: none; display: inline-block; padding: .125rem 0; }
sup { line-height: 0; font-family: var(--sans); font-size: .6875rem; font-weight: normal; }
sup a { padding: .25rem .125rem; }
.notes { font-size: .8125rem; color: var(--quiet); border-top: 1px solid var(--line);
  padding-top: .5rem; margin-top: 1.25rem; }
.notes ol { margin: 0; padding-inline-start: 2.25rem; }
footer { color: var(--quiet); font-size: .8125rem; margin-top: 3rem; }
@page { size: A4; margin: 20mm 22mm; }
@media print {
  :root { color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 10.5pt; line-height: 1.35; }
  h2 { margin-top: 1.5rem; }
  h2.page { break-before: page; border-top: 0; padding-top: 0; margin-top: 0; }
  a { color: inherit; text-decoration: none; }
  nav { break-before: page; }
}
"""
_DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
# What the page may load or run: its own style, known by its digest.
POLICY = f"default-src 'none'; style-src 'sha256-{_DIGEST}'; base-uri 'none'; form-action 'none'"


def to_html(document: Document) -> bytes:
    """A document as one page of HTML in UTF-8."""
    return _Writer(document).write().encode()


class _Writer:
    """One page under way, and the notes of the section that is being written."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._notes: list[tuple[int, str]] = []
        self._called = 0

    def write(self) -> str:
        document = self._document
        title = document.title + (f": {document.subtitle.text}" if document.subtitle else "")
        subtitle = ""
        if document.subtitle:
            subtitle = f'<p class="subtitle">{_text(document.subtitle)}</p>\n'
        return (
            f'<!doctype html>\n<html lang="{language_tag(document.language)}">\n<head>\n'
            '<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{escape(title)}</title>\n"
            f'<meta name="description" content="{escape(document.subject)}">\n'
            f"<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<header>\n"
            f"<h1>{escape(document.title)}</h1>\n{subtitle}</header>\n"
            + "".join(self._blocks())
            + f"</main>\n<footer><p>{escape(document.foot)}</p></footer>\n</body>\n</html>\n"
        )

    def _blocks(self) -> Iterator[str]:
        for block in self._document.blocks:
            # Notes stand at the end of their section: on paper, nobody leafs to the last page.
            if isinstance(block, Heading) and block.level == 1:
                yield from self._section_notes()
            yield from self._block(block)
        yield from self._section_notes()

    def _section_notes(self) -> Iterator[str]:
        if self._notes:
            first = self._notes[0][0]
            notes = "".join(
                f'<li id="note-{number}">{words} <a href="#call-{number}"'
                f' aria-label="Back to note {number}">↑</a></li>\n'
                for number, words in self._notes
            )
            yield (
                f'<section class="notes" aria-label="Notes">\n<ol start="{first}">\n'
                f"{notes}</ol>\n</section>\n"
            )
            self._notes = []

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading():
                # One level lower than in the tree: the title is the first of a page.
                tag = f"h{min(block.level + 1, _DEEPEST)}"
                kinds = ("page" if block.opens_page else "", "" if block.is_listed else "front")
                named = " ".join(each for each in kinds if each)
                page = f' class="{named}"' if named else ""
                words = self._inlines(block.content)
                yield f'<{tag} id="{escape(block.ident)}"{page}>{words}</{tag}>\n'
            case Paragraph():
                role = f' class="{block.role}"' if block.role != "body" else ""
                yield f"<p{role}>{self._inlines(block.content)}</p>\n"
            case Quotation():
                yield self._quotation(block)
            case Bullets():
                items = "".join(f"<li>{self._inlines(each)}</li>\n" for each in block.items)
                yield f"<ul>\n{items}</ul>\n"
            case Facts():
                pairs = "".join(
                    f"<dt>{escape(name)}</dt><dd>{self._inlines(content)}</dd>\n"
                    for name, content in block.pairs
                )
                yield f'<dl class="facts">\n{pairs}</dl>\n'
            case Table():
                yield self._table(block)
            case Contents():
                yield self._contents(block)

    def _quotation(self, block: Quotation) -> str:
        lines = []
        for number, line in enumerate(block.lines):
            label = ""
            if number == 0 and block.label:
                own = language_tag(self._document.language)
                label = f'<span class="place" lang="{own}">{escape(block.label)}</span> '
            depth = ' class="in"' if line.depth else ""
            lines.append(f"<p{depth}>{label}{self._inlines(line.content)}</p>\n")
        spoken = f'lang="{language_tag(block.lang)}" dir="{direction(block.lang)}"'
        return f"<blockquote {spoken}>\n{''.join(lines)}</blockquote>\n"

    def _table(self, block: Table) -> str:
        head = "".join(f'<th scope="col">{escape(name)}</th>' for name in block.head)
        columns = "".join(f'<col width="{share}%">' for share in block.shares)
        rows = "".join(
            "<tr>" + "".join(f"<td>{self._inlines(cell)}</td>" for cell in row) + "</tr>\n"
            for row in block.rows
        )
        return (
            f'<figure tabindex="0"><figcaption>{escape(block.caption)}</figcaption>\n<table>\n'
            f"<colgroup>{columns}</colgroup>\n<thead><tr>{head}</tr></thead>\n"
            f"<tbody>\n{rows}</tbody>\n</table></figure>\n"
        )

    def _contents(self, block: Contents) -> str:
        entries = "".join(
            f'<li class="l{each.level}"><a href="#{escape(each.ident)}">'
            f"{escape(text_of(each.content))}</a></li>\n"
            for each in headings(self._document, block.depth)
        )
        title = escape(block.title)
        return f'<nav aria-label="{title}">\n<h2>{title}</h2>\n<ol>\n{entries}</ol>\n</nav>\n'

    def _inlines(self, content: Inlines) -> str:
        return "".join(
            self._call(each) if isinstance(each, Call) else _text(each) for each in content
        )

    def _call(self, call: Call) -> str:
        self._called += 1
        number = self._called
        self._notes.append((number, "".join(_text(each) for each in call.note)))
        return (
            f'<sup id="call-{number}"><a href="#note-{number}"'
            f' aria-label="Note {number}">{number}</a></sup>'
        )


def _text(text: Text) -> str:
    words = escape(text.text)
    words = f"<strong>{words}</strong>" if text.is_strong else words
    if text.lang:
        spoken = f'lang="{language_tag(text.lang)}"'
        spoken += ' dir="rtl"' if direction(text.lang) == "rtl" else ""
        words = f"<span {spoken}>{words}</span>"
    if text.is_quiet:
        words = f'<span class="quiet">{words}</span>'
    return f'<a href="{escape(text.href)}">{words}</a>' if text.href else words

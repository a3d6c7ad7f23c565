"""
ItemBrief -> blocks: what a person reads on one agenda item.

Why empty sections are named: a delegate must see that something was looked for and not found.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from wgsearch.export.cover import spoken
from wgsearch.export.document import Bullets, Call, Heading, Paragraph, Text
from wgsearch.export.past import history_blocks, recommended_blocks
from wgsearch.export.quoting import quoted_hit, quoted_text
from wgsearch.export.wording import counted, day, joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wgsearch.agenda import Slot
    from wgsearch.answers import PaperEntry
    from wgsearch.briefing.records import ItemBrief, Listed, Mention, Pack, PaperPassages
    from wgsearch.export.citing import Citing
    from wgsearch.export.document import Block, Inline, Inlines
    from wgsearch.export.lengths import Lengths


class ItemWriter:
    """
    Writes the items of a pack.

    Args:
        pack: The pack.
        citing: Makes notes.
        lengths: How much of each thing.
    """

    def __init__(self, pack: Pack, citing: Citing, lengths: Lengths) -> None:
        self._entry = pack.entry
        self._symbol = pack.agenda.symbol
        self._language = pack.language
        self._citing = citing
        self._lengths = lengths

    def blocks(
        self, brief: ItemBrief, at: int, level: int = 1, within: str = ""
    ) -> Iterator[Block]:
        """
        An item, whole.

        Args:
            brief: What the papers hold for it.
            at: Which it is, from 1: for its anchor.
            level: Level of its heading.
            within: Anchor of the item that it is a part of.
        """
        item = brief.item
        ident = f"{within}-{at}" if within else f"item-{at}"
        yield Heading(
            level=level,
            ident=ident,
            opens_page=level == 1 and at == 1,
            content=(
                Text(text=f"{item.number.rstrip('.')}. "),
                Text(text=item.title, lang=self._language),
            ),
        )
        if times := slot_words(brief.slots):
            yield Paragraph(role="label", content=(Text(text=f"Taken up {times}."),))
        if brief.is_procedural and item.sub_items:
            yield Bullets(
                items=tuple(
                    (Text(text=f"{each.number} "), Text(text=each.title, lang=self._language))
                    for each in item.sub_items
                )
            )
        yield from self._annotation(brief, ident, level + 1)
        yield from self._documents(brief, ident, level + 1)
        if brief.is_procedural:
            yield Paragraph(
                role="hint",
                content=(Text(text="An item of procedure: the papers were not searched for it."),),
            )
            return
        yield from history_blocks(brief, self._citing, self._lengths, ident=ident, level=level + 1)
        yield from recommended_blocks(brief.recommended, self._citing, ident=ident, level=level + 1)
        yield from self._listed(brief, ident, level + 1)
        yield from self._earlier(brief, ident, level + 1)
        for number, part in enumerate(brief.parts, start=1):
            yield from self.blocks(part, number, level + 1, ident)

    def _annotation(self, brief: ItemBrief, ident: str, level: int) -> Iterator[Block]:
        if not brief.item.annotation:
            return
        yield _section("Annotation", f"{ident}-annotation", level)
        where = f"{self._symbol or 'Agenda'}, item {brief.item.number}"
        call = (
            self._citing.entry(self._entry, where)
            if self._entry
            else Call(note=(Text(text=f"{where}."),))
        )
        quoted = [each for each in brief.item.annotation.split("\n\n") if each.strip()]
        yield quoted_text("\n".join(quoted), self._language, call)

    def _documents(self, brief: ItemBrief, ident: str, level: int) -> Iterator[Block]:
        item = brief.item
        if brief.documents:
            yield _section("Documentation", f"{ident}-documents", level)
            yield Bullets(items=tuple(self._document(each) for each in brief.documents))
        if item.note:
            yield Paragraph(content=(Text(text=item.note, lang=self._language),))
        if brief.mentions:
            yield Paragraph(role="label", content=(Text(text="Papers mentioned"),))
            yield Bullets(items=tuple(self._mention(each) for each in brief.mentions))

    def _document(self, listed: Listed) -> Inlines:
        """A listed document: its words, its symbol, and whether it is held."""
        document, entry = listed.document, listed.entry
        content: list[Inline] = []
        if document.sub_item:
            content.append(Text(text=f"{document.sub_item} ", is_quiet=True))
        if document.title:
            content += (Text(text=document.title, lang=self._language), Text(text=". "))
        if document.symbol is None:
            return (*content, Text(text="Listed without a symbol.", is_strong=True))
        if entry is None:
            return (
                *content,
                Text(text=f"{document.symbol}: "),
                Text(text="not held.", is_strong=True),
            )
        return (*content, *self._held(document.symbol, entry))

    def _mention(self, mention: Mention) -> Inlines:
        if mention.entry is None:
            return (Text(text=f"{mention.symbol}: not held."),)
        title = mention.entry.title
        words = (Text(text=title, lang=mention.entry.language), Text(text=". ")) if title else ()
        return (*words, *self._held(mention.symbol, mention.entry))

    def _held(self, symbol: str, entry: PaperEntry) -> Inlines:
        """A paper that is held: under which symbol, how long it is, what replaces or mends it."""
        self._citing.cite(entry)
        words = f", {day(entry.date)}" if entry.date else ""
        words += spoken(entry.language, self._language)
        words += f", {counted(entry.paragraphs, 'paragraph')}" if entry.paragraphs else ""
        words += f"; held as {entry.symbol}" if entry.symbol != symbol else ""
        words += f"; replaced by {entry.superseded_by}" if entry.superseded_by else ""
        words += f"; corrected by {', '.join(entry.corrigenda)}" if entry.corrigenda else ""
        return (
            Text(text=symbol, href=self._citing.address(entry)),
            Text(text=f"{words}. "),
            Text(text="Held.", is_strong=True),
        )

    def _listed(self, brief: ItemBrief, ident: str, level: int) -> Iterator[Block]:
        found = [each for each in brief.listed if each.hits]
        if not any(each.entry for each in brief.documents):
            return
        yield _section("From the papers listed", f"{ident}-listed", level)
        if not found:
            words = "No passage of these papers comes near the words of the item."
            yield Paragraph(role="hint", content=(Text(text=words),))
        for number, each in enumerate(found, start=1):
            yield from self._paper(each, f"{ident}-listed-{number}", level + 1)

    def _earlier(self, brief: ItemBrief, ident: str, level: int) -> Iterator[Block]:
        yield _section("From earlier papers", f"{ident}-earlier", level)
        if not brief.earlier:
            words = "No earlier paper comes near the words of the item."
            yield Paragraph(role="hint", content=(Text(text=words),))
        number = 0
        for year, papers in groupby(
            brief.earlier, lambda each: each.entry.date[:4] if each.entry.date else "Undated"
        ):
            yield _section(year, f"{ident}-year-{year}", level + 1)
            for each in papers:
                number += 1
                yield from self._paper(each, f"{ident}-earlier-{number}", level + 2)

    def _paper(self, found: PaperPassages, ident: str, level: int) -> Iterator[Block]:
        """A paper and its passages."""
        entry = found.entry
        title = entry.title or entry.symbol
        yield Heading(level=level, ident=ident, content=(Text(text=title, lang=entry.language),))
        about = [each for each in (entry.kind, day(entry.date), entry.session) if each]
        yield Paragraph(
            role="label",
            content=(
                Text(text=entry.symbol, href=self._citing.address(entry)),
                Text(text=f" · {' · '.join(about)}{spoken(entry.language, self._language)}"),
            ),
        )
        for hit in found.hits:
            yield quoted_hit(hit, self._citing.hit(hit), self._lengths)


def slot_words(slots: Sequence[Slot]) -> str:
    """Meetings in words: `on 29 June 2026, 10:00–13:00 and 15:00–18:00; on 30 June 2026`."""
    found: list[str] = []
    for date, meetings in groupby(slots, lambda each: each.date):
        times = [
            f"{each.start}–{each.end}" if each.end else each.start
            for each in meetings
            if each.start
        ]
        words = (f"on {day(date)}" if date else "", joined(times))
        found.append(", ".join(each for each in words if each))
    return "; ".join(each for each in found if each)


def _section(title: str, ident: str, level: int) -> Heading:
    return Heading(level=level, content=(Text(text=title),), ident=ident)

"""
Pack -> what stands before its items: what it is made from, what is missing, how to read it.

Why so plainly: a pack is carried into a room where nobody can ask which papers it knew.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from wgsearch.export.document import Bullets, Contents, Facts, Heading, Paragraph, Text
from wgsearch.export.wording import counted, day, language_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wgsearch.agenda import ListedDocument, Slot
    from wgsearch.briefing.records import Pack
    from wgsearch.export.citing import Citing
    from wgsearch.export.document import Block, Inlines
    from wgsearch.export.lengths import Lengths

_DIGEST_SHOWN = 16

_HOW_TO_READ = (
    "Each item opens with its annotation and its documents. Then follow whether the topic was"
    " addressed before, what was recommended on it, and passages: first from the papers listed"
    " for the item, then from earlier papers, the newest first. What is set in from the margin is"
    " quoted word for word; the note under it says where it stands. Where a long paragraph is cut,"
    " an ellipsis stands outside the quoted words. The sentence that answers best is set in bold"
    " type; that emphasis is not the paper’s. Passages were chosen by nearness to the item, not by"
    " a person: what is missing here may still be in the papers."
)


def cover_blocks(pack: Pack, citing: Citing, lengths: Lengths) -> Iterator[Block]:
    """Everything before the first item."""
    yield Facts(pairs=tuple(_facts(pack, citing)))
    yield Paragraph(
        role="notice",
        content=(
            Text(text="Not an official record. ", is_strong=True),
            Text(
                text="Words are shown as they were read from the papers; only the papers"
                " themselves are authoritative."
            ),
        ),
    )
    yield Heading(
        level=1, content=(Text(text="What is missing"),), ident="missing", is_listed=False
    )
    yield from _missing(pack)
    for note in pack.notes:
        yield Paragraph(content=(Text(text=note),))
    yield Heading(
        level=1, content=(Text(text="How to read this pack"),), ident="reading", is_listed=False
    )
    yield Paragraph(content=(Text(text=_HOW_TO_READ),))
    depth = 2 if len(pack.items) <= lengths.listed_items else 1
    yield Contents(title="Contents", depth=depth)


def _facts(pack: Pack, citing: Citing) -> Iterator[tuple[str, Inlines]]:
    entry = pack.entry
    if entry and entry.body:
        yield "Body", (Text(text=entry.body, lang=entry.language),)
    if entry and entry.session:
        yield "Session", (Text(text=entry.session, lang=entry.language),)
    if days := meeting_days(pack.agenda.timetable):
        yield "Meetings", (Text(text=days),)
    if pack.agenda.symbol:
        href = citing.address(entry) if entry else None
        issued = f", {day(entry.date)}" if entry and entry.date else ""
        yield "Agenda", (Text(text=pack.agenda.symbol, href=href), Text(text=issued))
    if len(pack.items) < len(pack.agenda.items):
        numbers = ", ".join(each.item.number for each in pack.items)
        yield "Items", (Text(text=f"{numbers} of {len(pack.agenda.items)}"),)
    yield "Prepared", (Text(text=day(pack.prepared)),)
    yield from edition_facts(
        pack.generation, pack.papers, pack.passages, pack.built_at, pack.corpus_digest
    )


def edition_facts(
    generation: str, papers: int, passages: int, built_at: str, corpus_digest: str
) -> Iterator[tuple[str, Inlines]]:
    """From which papers something was made: generation, counts, day of the build, digest."""
    built = dt.datetime.fromisoformat(built_at)
    yield (
        "Corpus edition",
        (
            Text(
                text=f"{generation}: {counted(papers, 'paper')},"
                f" {counted(passages, 'passage')}, indexed"
                f" {day(built.date().isoformat())}"
            ),
        ),
    )
    yield "Corpus digest", (Text(text=f"SHA-256 {corpus_digest[:_DIGEST_SHOWN]}"),)


def meeting_days(slots: tuple[Slot, ...]) -> str:
    """The days of a session: `29–30 June 2026`; empty where none is known."""
    days = sorted({slot.date for slot in slots if slot.date})
    if not days:
        return ""
    first, last = day(days[0]), day(days[-1])
    if first == last:
        return first
    number, _, month = first.partition(" ")
    return f"{number}–{last}" if last.endswith(f" {month}") else f"{first} to {last}"


def _missing(pack: Pack) -> Iterator[Block]:
    """Documents that are listed and not held."""
    listed = sum(len(each.documents) for each in pack.items)
    if not listed:
        yield Paragraph(content=(Text(text="The agenda lists no documents for these items."),))
    elif not pack.missing:
        words = "Nothing: every document that the agenda lists for these items is held."
        if any(each.document.symbol is None for item in pack.items for each in item.documents):
            words = "Every document that is listed with a symbol is held."
        yield Paragraph(content=(Text(text=words),))
    else:
        were = "is" if len(pack.missing) == 1 else "are"
        yield Paragraph(
            content=(
                Text(
                    text=f"{counted(len(pack.missing), 'document')} of {listed} listed {were} not"
                    " held. Nothing in this pack comes from:"
                ),
            )
        )
        language = pack.language
        yield Bullets(items=tuple(_named(each, language) for each in pack.missing))


def _named(document: ListedDocument, language: str | None) -> Inlines:
    """A document as the agenda lists it."""
    symbol = Text(text=document.symbol or "Without a symbol", is_strong=True)
    if document.title is None:
        return (symbol,)
    return (symbol, Text(text=": "), Text(text=document.title, lang=language))


def spoken(language: str, document_language: str) -> str:
    """The name of a language where it is not that of the document, in front of a comma's place."""
    return "" if document_language in language.split("+") else f", {language_name(language)}"

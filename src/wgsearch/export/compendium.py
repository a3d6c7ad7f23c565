"""Compendium -> Document: cover, what changed, themes and topics, what is missing, an index."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from wgsearch.compendium.looking import by_symbol, entries
from wgsearch.export.document import (
    Bullets,
    Contents,
    Document,
    Facts,
    Heading,
    Paragraph,
    Table,
    Text,
)
from wgsearch.export.lengths import Lengths
from wgsearch.export.spans import spans_over
from wgsearch.export.topic import TopicWriter, anchor_of, span_of
from wgsearch.export.wording import counted, day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wgsearch.compendium.looking import Entry
    from wgsearch.compendium.records import Compendium, Gap, Theme
    from wgsearch.export.document import Block, Inlines
    from wgsearch.export.topic import PlaceLinks

# Language of what is said about papers.
_LANGUAGE = "en"
_DIGEST_SHOWN = 16
# A document without any dated paper is dated by the day on which computers begin to count.
_NO_DATE = "1970-01-01"
_HOW_TO_READ = (
    "Papers are grouped by what their paragraphs say: themes, and topics within them. Each topic"
    " opens with a few sentences of its papers, set in from the margin and quoted word for word;"
    " the note at the end of each says where it stands, and where the same is said. They were"
    " chosen for what they cover, not by a person: read the papers before you rely on them. Then"
    " follow the questions within the topic, what was recommended on it, what its papers point to,"
    " and topics that belong near it. At the end stand paragraphs that repeat one another, what is"
    " missing, and an index of the papers."
)
GAPS = {
    "long not addressed": "Topics long not addressed",
    "no recommendation": "Topics without a recommendation",
    "agenda topic without papers": "Agenda topics without papers",
    "paper without recommendation": "Papers that no recommendation followed",
    "not covered by the taxonomy": "What the taxonomy does not cover",
}
REPEATS = {
    "verbatim": "Word for word",
    "near": "In nearly the same words",
    "restated": "In other words",
}


def compendium_document(
    compendium: Compendium, *, links: PlaceLinks | None = None, lengths: Lengths | None = None
) -> Document:
    """
    The document that an edition is read as: the same for the same edition.

    Args:
        compendium: The edition.
        links: Where papers are read; None for a document without addresses.
        lengths: How much of each thing.
    """
    lengths = lengths or Lengths()
    every = tuple(entries(compendium))
    known = {each.topic.id: each for each in every}
    writer = TopicWriter(known, links, lengths, repeats=compendium.repeats)
    return _document(
        compendium,
        title="Thematic compendium",
        subject=f"What {counted(compendium.papers, 'paper')} say, by theme and topic",
        keywords=tuple(each.name for each in compendium.themes),
        blocks=(
            *_cover(compendium, every, lengths),
            *_changes(compendium, writer, lengths),
            *(block for theme in _numbered(every) for block in _theme(theme, writer)),
            *_years(every),
            *_repeats(compendium, writer, lengths),
            *_gaps(compendium, writer),
            *_unplaced(compendium, writer, lengths),
            *_index(compendium, links),
        ),
    )


def topic_document(
    compendium: Compendium,
    entry: Entry,
    *,
    links: PlaceLinks | None = None,
    lengths: Lengths | None = None,
) -> Document:
    """One topic of an edition as a document of its own."""
    known = {each.topic.id: each for each in entries(compendium)}
    writer = TopicWriter(
        known, links, lengths or Lengths(), repeats=compendium.repeats, is_alone=True
    )
    return _document(
        compendium,
        title=entry.topic.name,
        subject=f"What papers say on {entry.topic.name}",
        keywords=entry.topic.terms,
        blocks=(*writer.blocks(entry), *writer.paragraphs(entry)),
    )


def _document(
    compendium: Compendium,
    *,
    title: str,
    subject: str,
    keywords: tuple[str, ...],
    blocks: tuple[Block, ...],
) -> Document:
    latest = day(compendium.latest) if compendium.latest else "none is dated"
    return Document(
        title=title,
        subtitle=Text(text=f"Edition {compendium.edition}, papers up to {latest}"),
        language=_LANGUAGE,
        date=f"{compendium.latest or _NO_DATE}{_NO_DATE[len(compendium.latest or _NO_DATE) :]}",
        subject=subject,
        keywords=keywords,
        head=f"Thematic compendium · edition {compendium.edition}",
        foot=f"Papers up to {latest} · not an official record",
        blocks=blocks,
    )


def _cover(compendium: Compendium, every: tuple[Entry, ...], lengths: Lengths) -> Iterator[Block]:
    """Everything before the first theme."""
    placed = {place for each in every for place in each.topic.places}
    yield Facts(
        pairs=(
            ("Edition", (Text(text=str(compendium.edition)),)),
            ("Papers", (Text(text=f"{compendium.papers:,}"),)),
            ("Newest paper", (Text(text=day(compendium.latest)),)),
            ("Themes", (Text(text=f"{len(compendium.themes):,}"),)),
            ("Topics", (Text(text=f"{len(every):,}"),)),
            (
                "Paragraphs",
                (Text(text=f"{len(placed):,} in topics, {len(compendium.unplaced):,} in none"),),
            ),
            ("Index", (Text(text=compendium.generation),)),
            (
                "Content digest",
                (Text(text=f"SHA-256 {compendium.content_digest[:_DIGEST_SHOWN]}"),),
            ),
        )
    )
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
    if compendium.notes:
        yield _front("notes", "What the reader should know")
        yield Bullets(items=tuple((Text(text=note),) for note in compendium.notes))
    yield _front("reading", "How to read this compendium")
    yield Paragraph(content=(Text(text=_HOW_TO_READ),))
    yield Contents(title="Contents", depth=2 if len(every) <= lengths.listed_topics else 1)


def _front(ident: str, words: str) -> Heading:
    return Heading(level=1, content=(Text(text=words),), ident=ident, is_listed=False)


def _changes(compendium: Compendium, writer: TopicWriter, lengths: Lengths) -> Iterator[Block]:
    """What became of topics since the edition before."""
    if compendium.edition == 1:
        return
    yield Heading(level=1, content=(Text(text="What changed"),), ident="changes", opens_page=True)
    if not compendium.changes:
        words = f"Nothing since edition {compendium.edition - 1}."
        yield Paragraph(content=(Text(text=words),))
        return
    words = f"Since edition {compendium.edition - 1}:"
    yield Paragraph(content=(Text(text=words),))
    yield Bullets(
        items=tuple(
            (writer.topic(each.topic), Text(text=f": {each.words}"))
            for each in compendium.changes[: lengths.changes]
        )
    )
    yield from _more(len(compendium.changes) - lengths.changes, "change")


def _numbered(every: Sequence[Entry]) -> Iterator[tuple[Entry, ...]]:
    """Topics by theme, in order."""
    under: list[Entry] = []
    for each in every:
        if under and under[0].theme.id != each.theme.id:
            yield tuple(under)
            under = []
        under.append(each)
    if under:
        yield tuple(under)


def _theme(under: tuple[Entry, ...], writer: TopicWriter) -> Iterator[Block]:
    theme = under[0].theme
    number = under[0].number.partition(".")[0]
    yield Heading(
        level=1,
        content=(Text(text=f"{number} {theme.name}"),),
        ident=f"theme-{theme.id}",
        opens_page=True,
    )
    yield Paragraph(role="hint", content=(Text(text=theme_facts(theme)),))
    for each in under:
        yield from writer.blocks(each)


def theme_facts(theme: Theme) -> str:
    """How much there is on a theme, and since when."""
    places = {place for topic in theme.topics for place in topic.places}
    papers = {place.symbol for place in places}
    years: Counter[int] = Counter()
    for topic in theme.topics:
        years.update(topic.years)
    told = (
        f"{counted(len(theme.topics), 'topic')}, {counted(len(places), 'paragraph')} of"
        f" {counted(len(papers), 'paper')}"
    )
    return told + (f", {span_of(years)}." if years else ".")


def _years(every: tuple[Entry, ...]) -> Iterator[Block]:
    """How many paragraphs of each topic are of which years."""
    spans = spans_over(each.topic.years for each in every)
    if not spans:
        return
    yield Heading(
        level=1, content=(Text(text="Topics over the years"),), ident="years", opens_page=True
    )
    share = 60 // len(spans)
    yield Table(
        caption="Paragraphs of each topic by year of their paper",
        head=("Topic", *(span.label for span in spans)),
        shares=(100 - share * len(spans), *([share] * len(spans))),
        rows=tuple(
            (
                (
                    Text(
                        text=f"{each.number} {each.topic.name}",
                        href=f"#{anchor_of(each.topic.id)}",
                    ),
                ),
                *((Text(text=str(span.count(each.topic.years) or "–")),) for span in spans),
            )
            for each in every
        ),
    )


def _repeats(compendium: Compendium, writer: TopicWriter, lengths: Lengths) -> Iterator[Block]:
    """Paragraphs that repeat one another across papers."""
    if not compendium.repeats:
        return
    yield Heading(
        level=1, content=(Text(text="What is said more than once"),), ident="repeats",
        opens_page=True,
    )  # fmt: skip
    for kind, words in REPEATS.items():
        found = [each for each in compendium.repeats if each.kind == kind]
        if found:
            yield _section(f"repeats-{kind}", words)
            yield Bullets(
                items=tuple(
                    (*writer.treated(each.places), *writer.places(each.places))
                    for each in found[: lengths.repeats]
                )
            )
            yield from _more(len(found) - lengths.repeats, "such group")


def _gaps(compendium: Compendium, writer: TopicWriter) -> Iterator[Block]:
    """What is missing."""
    if not compendium.gaps:
        return
    yield Heading(level=1, content=(Text(text="What is missing"),), ident="gaps", opens_page=True)
    known = {each.topic.id for each in entries(compendium)}
    for kind, words in GAPS.items():
        found = [each for each in compendium.gaps if each.kind == kind]
        if found:
            yield _section(f"gaps-{kind.replace(' ', '-')}", words)
            yield Bullets(items=tuple(_gap(each, known, writer) for each in found))


def _gap(gap: Gap, known: set[str], writer: TopicWriter) -> Inlines:
    if gap.subject in known:
        return (writer.topic(gap.subject), Text(text=f": {gap.words}"))
    return (Text(text=told(gap)),)


def told(gap: Gap) -> str:
    """What is missing of what is no topic; its subject is not named twice."""
    return gap.words if gap.subject in gap.words else f"{gap.subject}: {gap.words}"


def _unplaced(compendium: Compendium, writer: TopicWriter, lengths: Lengths) -> Iterator[Block]:
    """Paragraphs that belong to no topic, by paper."""
    if not compendium.unplaced:
        return
    yield Heading(level=1, content=(Text(text="In no topic"),), ident="unplaced")
    words = f"{counted(len(compendium.unplaced), 'paragraph')} belong to no topic of this edition."
    if len(compendium.unplaced) == 1:
        words = "One paragraph belongs to no topic of this edition."
    yield Paragraph(content=(Text(text=words),))
    by_paper: dict[str, int] = Counter(each.symbol for each in compendium.unplaced)
    shown = sorted(by_paper, key=lambda symbol: (-by_paper[symbol], symbol))[: lengths.unplaced]
    first = {each.symbol: each for each in reversed(compendium.unplaced)}
    yield Bullets(
        items=tuple(
            (
                Text(text=symbol, href=writer.place(first[symbol]).href),
                Text(text=f": {counted(by_paper[symbol], 'paragraph')}"),
            )
            for symbol in shown
        )
    )
    yield from _more(len(by_paper) - lengths.unplaced, "paper")


def _index(compendium: Compendium, links: PlaceLinks | None) -> Iterator[Block]:
    """Which paper is treated under which topics."""
    found = by_symbol(compendium)
    if not found:
        return
    languages = {
        place.symbol: place.language for each in entries(compendium) for place in each.topic.places
    }
    yield Heading(level=1, content=(Text(text="Index of papers"),), ident="index", opens_page=True)
    yield Table(
        caption="Papers by symbol, and the topics in which they are treated",
        head=("Symbol", "Topics"),
        shares=(34, 66),
        rows=tuple(
            (
                (
                    Text(
                        text=symbol,
                        href=links.paper(symbol, languages[symbol]) if links else None,
                    ),
                ),
                _topics(under),
            )
            for symbol, under in found.items()
        ),
    )


def _topics(under: tuple[Entry, ...]) -> Inlines:
    content: list[Text] = []
    for each in under:
        content += [Text(text="; ")] if content else []
        content.append(
            Text(
                text=f"{each.number} {each.topic.name}",
                href=f"#{anchor_of(each.topic.id)}",
            )
        )
    return tuple(content)


def _section(ident: str, words: str) -> Heading:
    return Heading(level=2, content=(Text(text=words),), ident=ident, is_listed=False)


def _more(number: int, one: str) -> Iterator[Block]:
    """What is left out, counted."""
    if number > 0:
        yield Paragraph(role="hint", content=(Text(text=f"And {counted(number, one)} more."),))

"""
Topic of a compendium -> blocks: what papers say on it, what they ask, advise and point to.

Why each sentence a line of its own: set in one paragraph they would read as if one author had
written them one after the other.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Protocol

from wgsearch.export.document import (
    Bullets,
    Call,
    Heading,
    Line,
    Paragraph,
    Quotation,
    Text,
)
from wgsearch.export.quoting import quoted_text, verbatim
from wgsearch.export.wording import counted, joined, language_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from wgsearch.compendium.looking import Entry
    from wgsearch.compendium.records import Advice, Knowledge, Place, Repeated, Sentence, Topic
    from wgsearch.export.document import Block, Inlines
    from wgsearch.export.lengths import Lengths

_LANGUAGE = "en"
# From so many years on a topic's years are told in spans; more in a row are not read.
_YEARS_TOLD = 8
WHY = {
    "near in meaning": "near in meaning",
    "same papers": "treated in the same papers",
    "cite one another": "their paragraphs cite one another",
}


class PlaceLinks(Protocol):
    """Where papers and their paragraphs are read, as addresses that stay."""

    def paper(self, symbol: str, language: str) -> str:
        """Address of a paper."""

    def place(self, place: Place) -> str:
        """Address of a paragraph in its paper."""


def anchor_of(ident: str) -> str:
    """The name of the heading of a topic or a theme."""
    return f"topic-{ident}"


def span_of(years: Mapping[int, int]) -> str:
    """When something was addressed: `2010 to 2024`; empty where no paper is dated."""
    if not years:
        return ""
    first, last = min(years), max(years)
    return str(first) if first == last else f"{first} to {last}"


class TopicWriter:
    """
    Writes the topics of one compendium.

    Args:
        known: Its topics by id.
        links: Where papers are read; None for a document without addresses.
        lengths: How much of each thing.
        repeats: Paragraphs that repeat one another: recommendations among them are told once.
        is_alone: One topic makes the document, whose title names it.
    """

    def __init__(
        self,
        known: Mapping[str, Entry],
        links: PlaceLinks | None,
        lengths: Lengths,
        *,
        repeats: Iterable[Repeated] = (),
        is_alone: bool = False,
    ) -> None:
        self._known = known
        self._is_alone = is_alone
        self._topic_of = {
            place: ident for ident, each in known.items() for place in each.topic.places
        }
        self._links = links
        self._lengths = lengths
        # What is restated in other words is another recommendation.
        self._same = {
            place: each for each in repeats if each.kind != "restated" for place in each.places
        }

    def blocks(self, entry: Entry) -> Iterator[Block]:
        """A topic, from its heading to the languages of its papers."""
        topic = entry.topic
        if not self._is_alone:
            words = (Text(text=f"{entry.number} {topic.name}"),)
            yield Heading(level=2, content=words, ident=anchor_of(topic.id))
        yield Paragraph(role="hint", content=(Text(text=facts_of(topic)),))
        yield from self._summary(topic.summary)
        yield from self._questions(entry)
        yield from self._advice(entry)
        yield from self._knowledge(entry)
        yield from self._related(entry)
        if others := self._languages(topic):
            yield Paragraph(role="hint", content=others)

    def paragraphs(self, entry: Entry) -> Iterator[Block]:
        """Citations of all paragraphs of a topic, by paper."""
        yield self._heading(entry, "paragraphs", "Its paragraphs")
        ordered = sorted(entry.topic.places, key=lambda each: (each.symbol, each.index))
        yield Bullets(
            items=tuple(
                self._in_a_row(dict.fromkeys(map(self.place, group)))
                for _, group in groupby(ordered, key=lambda each: each.symbol)
            )
        )

    def treated(self, places: tuple[Place, ...]) -> Inlines:
        """The topic that the first of some paragraphs is in, as a beginning of a line."""
        for each in places:
            if each in self._topic_of:
                return (self.topic(self._topic_of[each]), Text(text=": "))
        return ()

    def place(self, place: Place) -> Text:
        """A citation, leading to its paragraph."""
        return Text(text=place.citation, href=self._links.place(place) if self._links else None)

    def places(self, places: tuple[Place, ...]) -> Inlines:
        """Citations in a row; the last of many are counted."""
        every = [*dict.fromkeys(map(self.place, places))]
        shown = every[: self._lengths.names]
        content = self._in_a_row(shown)
        if more := len(every) - len(shown):
            return (*content, Text(text=f" and {more} more"))
        return content

    @staticmethod
    def _in_a_row(texts: Iterable[Text]) -> tuple[Text, ...]:
        content: list[Text] = []
        for each in texts:
            content += [Text(text="; ")] if content else []
            content.append(each)
        return tuple(content)

    def topic(self, ident: str) -> Text:
        """The name of a topic, leading to it; its id where this edition has it no more."""
        if ident not in self._known:
            return Text(text=ident)
        entry = self._known[ident]
        if self._is_alone:
            return Text(text=f"{entry.number} {entry.topic.name}")
        return Text(text=f"{entry.number} {entry.topic.name}", href=f"#{anchor_of(ident)}")

    def _heading(self, entry: Entry, name: str, words: str) -> Heading:
        return Heading(
            level=2 if self._is_alone else 3,
            content=(Text(text=words),),
            ident=f"{name}-{entry.topic.id}",
            is_listed=False,
        )

    def _call(self, place: Place, also: tuple[Place, ...] = ()) -> Call:
        spoken = ""
        if _LANGUAGE not in place.language.split("+"):
            spoken = f" ({language_name(place.language)})"
        if not also:
            return Call(note=(self.place(place), Text(text=f"{spoken}.")))
        named = [each.citation for each in also[: self._lengths.names]]
        if more := len(also) - len(named):
            named.append(f"{more} more")
        return Call(note=(self.place(place), Text(text=f"{spoken}; also in {joined(named)}.")))

    def _summary(self, sentences: tuple[Sentence, ...]) -> Iterator[Block]:
        """What papers say; sentences of one language stand together."""
        for language, group in groupby(sentences, key=lambda each: each.place.language):
            yield Quotation(
                lines=tuple(
                    Line(
                        content=(
                            *verbatim(each.text, language),
                            self._call(each.place, each.also_in),
                        )
                    )
                    for each in group
                ),
                lang=language,
            )

    def _questions(self, entry: Entry) -> Iterator[Block]:
        shown = entry.topic.questions[: self._lengths.questions]
        if shown:
            yield self._heading(entry, "questions", "Questions within it")
            yield Bullets(
                items=tuple(
                    (*verbatim(each.text, each.place.language), self._call(each.place))
                    for each in shown
                )
            )

    def _advice(self, entry: Entry) -> Iterator[Block]:
        every = self._told_once(entry.topic.advice)
        if not every:
            return
        yield self._heading(entry, "advice", "Recommendations")
        for each, also in every[: self._lengths.advice]:
            yield quoted_text(each.text, each.place.language, self._call(each.place, also))
        more = len(every) - self._lengths.advice
        if more > 0:
            words = f"And {counted(more, 'earlier recommendation')}, in the register."
            yield Paragraph(role="hint", content=(Text(text=words),))

    def _told_once(self, advice: Iterable[Advice]) -> list[tuple[Advice, tuple[Place, ...]]]:
        """Recommendations, each with where nearly the same is recommended, newest first."""
        found: dict[tuple[Place, ...], list[Advice]] = {}
        for each in advice:
            same = self._same.get(each.place)
            found.setdefault(same.places if same else (each.place,), []).append(each)
        return [(some[0], tuple(each.place for each in some[1:])) for some in found.values()]

    def _knowledge(self, entry: Entry) -> Iterator[Block]:
        every = entry.topic.knowledge
        if not every:
            return
        yield self._heading(entry, "knowledge", "What the papers point to")
        yield Bullets(items=tuple(map(self._pointed, every[: self._lengths.knowledge])))
        more = len(every) - self._lengths.knowledge
        if more > 0:
            words = f"And {counted(more, 'other', 'others')}, each pointed to less often."
            yield Paragraph(role="hint", content=(Text(text=words),))

    def _pointed(self, known: Knowledge) -> Inlines:
        href = self._links.paper(known.symbol, _LANGUAGE) if self._links and known.held else None
        title = f", {known.title}" if known.title else ""
        held = "" if known.held else ", not held here"
        return (
            Text(text=known.symbol, is_strong=True, href=href),
            Text(text=f"{title}{held}: {counted(known.count, 'paragraph')} ("),
            *self.places(known.places),
            Text(text=")"),
        )

    def _related(self, entry: Entry) -> Iterator[Block]:
        shown = entry.topic.related[: self._lengths.related]
        if shown:
            yield self._heading(entry, "related", "Related topics")
            yield Bullets(
                items=tuple(
                    (self.topic(each.topic), Text(text=f": {WHY[each.why]}")) for each in shown
                )
            )

    def _languages(self, topic: Topic) -> Inlines:
        """Papers in other languages."""
        told = []
        for language in sorted(topic.languages):
            symbols = topic.languages[language]
            named = [*symbols[: self._lengths.names]]
            if more := len(symbols) - len(named):
                named.append(f"{more} more")
            told.append(f"{language_name(language)} ({joined(named)})")
        return (Text(text=f"Also in {'; '.join(told)}."),) if told else ()


def facts_of(topic: Topic) -> str:
    """How much there is on a topic, since when, and in which words."""
    papers = len({each.symbol for each in topic.places})
    told = f"{counted(len(topic.places), 'paragraph')} of {counted(papers, 'paper')}"
    if topic.years:
        first, last = min(topic.years), max(topic.years)
        if first == last:
            told += f"; addressed in {first} alone"
        else:
            told += f"; first addressed in {first}, last in {last} ({years_of(topic.years)})"
    told += "."
    if topic.terms:
        told += f" Key phrases: {', '.join(topic.terms)}."
    return told


def years_of(years: Mapping[int, int]) -> str:
    """Paragraphs by year: `2010: 3, 2012: 1`; of many years those that have most."""
    if len(years) <= _YEARS_TOLD:
        return ", ".join(f"{year}: {years[year]}" for year in sorted(years))
    most = sorted(years, key=lambda year: (-years[year], -year))[:_YEARS_TOLD]
    told = ", ".join(f"{year}: {years[year]}" for year in sorted(most))
    return f"in {len(years)} years, most in {told}"

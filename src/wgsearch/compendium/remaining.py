"""
Compendium, Engine -> the edition without what the index no longer holds.

Why when it is shown: a paper is withdrawn with the generation that leaves it out, and not only when
the next edition is made; until then its words stand in no page, answer or document.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from wgsearch.errors import UnknownSymbolError
from wgsearch.papers import symbols

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wgsearch.answers import Engine
    from wgsearch.compendium.records import Advice, Compendium, Place, Sentence, Topic


def is_current(compendium: Compendium, engine: Engine) -> bool:
    """The index still holds what the edition was made from, and nothing else."""
    return engine.state().content_digest == compendium.content_digest


def remaining(compendium: Compendium, engine: Engine) -> Compendium:
    """
    What an edition says of papers that an engine still holds, in words that they still have.

    Args:
        compendium: The edition.
        engine: Over the generation that is asked.

    Returns:
        The edition itself where it was made from the same papers.
    """
    if is_current(compendium, engine):
        return compendium
    papers = _Papers(engine)
    themes = []
    for theme in compendium.themes:
        topics = tuple(left for each in theme.topics if (left := _topic(each, papers)).places)
        if topics:
            themes.append(replace(theme, topics=topics))
    known = {topic.id for theme in themes for topic in theme.topics}
    gone = {topic.id for theme in compendium.themes for topic in theme.topics} - known
    unplaced = papers.held(compendium.unplaced)
    places = [*unplaced, *(p for theme in themes for topic in theme.topics for p in topic.places)]
    return replace(
        compendium,
        papers=len({symbols.key(each.symbol) for each in places}),
        latest=max((each.date for each in places if each.date), default=None),
        themes=tuple(
            replace(theme, topics=tuple(_related(each, known) for each in theme.topics))
            for theme in themes
        ),
        unplaced=unplaced,
        repeats=tuple(
            replace(each, places=held)
            for each in compendium.repeats
            if len(held := papers.held(each.places)) > 1
        ),
        gaps=tuple(
            each
            for each in compendium.gaps
            if each.subject not in gone
            and (each.kind != "paper without recommendation" or papers.has(each.subject))
        ),
    )


class _Papers:
    """Paragraphs of the papers that an engine holds, each paper read once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._known: dict[tuple[str, str | None], dict[int, tuple[str | None, str, str]]] = {}

    def has(self, symbol: str, language: str | None = None) -> bool:
        """A paper is held."""
        return bool(self._paragraphs(symbol, language))

    def held(self, places: Iterable[Place]) -> tuple[Place, ...]:
        """Those of some places at which there is such a paragraph."""
        return tuple(each for each in places if self._at(each) is not None)

    def says(self, each: Sentence | Advice) -> bool:
        """Words still stand where they were read."""
        text = self._at(each.place)
        return text is not None and each.text in text

    def _at(self, place: Place) -> str | None:
        found = self._paragraphs(place.symbol, place.language).get(place.index)
        if found is None or found[:2] != (place.paragraph, place.part):
            return None
        return found[2]

    def _paragraphs(
        self, symbol: str, language: str | None
    ) -> dict[int, tuple[str | None, str, str]]:
        """Number, part and text of each paragraph of a paper, by index; none where it is gone."""
        at = (symbol, language)
        if at not in self._known:
            found: dict[int, tuple[str | None, str, str]] = {}
            try:
                passages = self._engine.passages(symbol, language)
            except UnknownSymbolError:
                passages = ()
            for each in sorted(passages, key=lambda each: (each.index, each.piece)):
                so_far = found[each.index][2] if each.index in found else ""
                found[each.index] = (each.paragraph, each.part, so_far + each.joint + each.text)
            self._known[at] = found
        return self._known[at]


def _topic(topic: Topic, papers: _Papers) -> Topic:
    """A topic, with the paragraphs and words that are left of it."""
    pairs = [
        (place, close)
        for place, close in zip(topic.places, topic.closeness, strict=True)
        if papers.held((place,))
    ]
    years = Counter(int(place.date[:4]) for place, _ in pairs if place.date)
    return replace(
        topic,
        places=tuple(place for place, _ in pairs),
        closeness=tuple(close for _, close in pairs),
        summary=_said(topic.summary, papers),
        questions=_said(topic.questions, papers),
        advice=tuple(each for each in topic.advice if papers.says(each)),
        knowledge=tuple(
            replace(
                each,
                held=held,
                title=each.title if held else None,
                count=len(places),
                places=places,
            )
            for each in topic.knowledge
            if (places := papers.held(each.places))
            for held in (each.held and papers.has(each.symbol),)
        ),
        years=dict(sorted(years.items())),
        languages={
            language: left
            for language, some in topic.languages.items()
            if (left := tuple(each for each in some if papers.has(each, language)))
        },
    )


def _said(sentences: Iterable[Sentence], papers: _Papers) -> tuple[Sentence, ...]:
    return tuple(
        replace(each, also_in=papers.held(each.also_in)) for each in sentences if papers.says(each)
    )


def _related(topic: Topic, known: set[str]) -> Topic:
    return replace(topic, related=tuple(each for each in topic.related if each.topic in known))

"""The thematic compendium -> JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wgsearch.api import wire
from wgsearch.api.addresses import lineage_url, place_url, topic_api_url, topic_url
from wgsearch.compendium.looking import entries, papers_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from wgsearch.compendium.finding import Found
    from wgsearch.compendium.looking import Entry
    from wgsearch.compendium.records import Change, Compendium, Place, Sentence
    from wgsearch.compendium.redline import Listed, Redline

    Json = dict[str, Any]  # a JSON object on its way out


def compendium_object(
    compendium: Compendium, base: str = "", *, is_current: bool = True
) -> wire.CompendiumObject:
    """
    An edition, whole.

    Args:
        compendium: The edition.
        base: What to put before addresses.
        is_current: The index still holds what it was made from.
    """
    every = tuple(entries(compendium))
    known = {each.topic.id: each for each in every}
    return wire.CompendiumObject(
        **_edition(compendium, is_current=is_current),
        content_digest=compendium.content_digest,
        papers=compendium.papers,
        themes=[
            wire.ThemeObject(
                id=theme.id,
                name=theme.name,
                topics=[topic_object(each, known, base) for each in every if each.theme is theme],
            )
            for theme in compendium.themes
        ],
        unplaced=_places(compendium.unplaced, base),
        repeats=_repeats(compendium, base),
        gaps=_gaps(compendium),
        changes=[_change(each, _names(compendium)) for each in compendium.changes],
        notes=list(compendium.notes),
    )


def compendium_json(compendium: Compendium, base: str = "", *, is_current: bool = True) -> Json:
    """The object of `compendium.json`."""
    return compendium_object(compendium, base, is_current=is_current).model_dump(mode="json")


def topics_object(
    compendium: Compendium, base: str = "", *, theme: str | None = None, is_current: bool = True
) -> wire.TopicsObject:
    """All topics of an edition, or those of the theme of an id."""
    listed = [
        wire.TopicReferenceObject(**_reference(each, base))
        for each in entries(compendium)
        if theme in {None, each.theme.id}
    ]
    return wire.TopicsObject(
        **_edition(compendium, is_current=is_current), count=len(listed), topics=listed
    )


def one_topic_object(
    compendium: Compendium, entry: Entry, base: str = "", *, is_current: bool = True
) -> wire.OneTopicObject:
    """One topic of an edition."""
    known = {each.topic.id: each for each in entries(compendium)}
    return wire.OneTopicObject(
        **_edition(compendium, is_current=is_current), topic=topic_object(entry, known, base)
    )


def gaps_object(
    compendium: Compendium, base: str = "", *, is_current: bool = True
) -> wire.GapsObject:
    """What is missing, what is said more than once, what belongs to no topic."""
    return wire.GapsObject(
        **_edition(compendium, is_current=is_current),
        gaps=_gaps(compendium),
        repeats=_repeats(compendium, base),
        unplaced=_places(compendium.unplaced, base),
    )


def editions_object(found: Sequence[Listed]) -> wire.CompendiumEditionsObject:
    """Editions, newest first."""
    return wire.CompendiumEditionsObject(
        editions=[
            wire.CompendiumEditionObject(
                edition=each.edition,
                generation=each.generation,
                papers=each.papers,
                latest=each.latest,
                themes=each.themes,
                topics=each.topics,
                in_use=each.in_use,
            )
            for each in found
        ]
    )


def redline_object(found: Redline) -> wire.ChangesObject:
    """What changed from one edition to another."""
    return wire.ChangesObject(
        edition=found.after,
        since=found.before,
        changes=[_change(each, found.names) for each in found.changes],
    )


def lookup_object(
    compendium: Compendium, found: Found, base: str = "", *, is_current: bool = True
) -> wire.LookupObject:
    """Topics that were looked up."""
    return wire.LookupObject(
        **_edition(compendium, is_current=is_current),
        symbol=found.symbol,
        paragraph=found.paragraph,
        q=found.text,
        topics=[
            wire.FoundTopicObject(
                **_reference(each.entry, base), by=list(each.by), places=_places(each.places, base)
            )
            for each in found.topics
        ],
        unplaced=_places(found.unplaced, base),
        note=found.note,
    )


def topic_object(entry: Entry, known: Mapping[str, Entry], base: str = "") -> wire.TopicObject:
    """
    A topic, whole.

    Args:
        entry: The topic in its place.
        known: All topics of its edition by id: those that are related are named.
        base: What to put before addresses.
    """
    topic = entry.topic
    return wire.TopicObject(
        **_reference(entry, base),
        named_by=topic.named_by,
        summary=_sentences(topic.summary, base),
        questions=_sentences(topic.questions, base),
        related=[
            wire.RelatedTopicObject(
                topic=each.topic,
                name=known[each.topic].topic.name,
                why=each.why,
                score=round(each.score, 3),
                url=base + topic_url(each.topic),
            )
            for each in topic.related
            if each.topic in known
        ],
        knowledge=[
            wire.KnowledgeObject(
                symbol=each.symbol,
                title=each.title,
                held=each.held,
                count=each.count,
                places=_places(each.places, base),
            )
            for each in topic.knowledge
        ],
        advice=[
            wire.AdviceObject(
                id=each.id,
                text=each.text,
                place=_place(each.place, base),
                lineage_url=base + lineage_url(each.id),
            )
            for each in topic.advice
        ],
        years=[wire.YearObject(year=year, count=topic.years[year]) for year in sorted(topic.years)],
        languages=[
            wire.SymbolsObject(language=language, symbols=list(topic.languages[language]))
            for language in sorted(topic.languages)
        ],
        places=_places(topic.places, base),
        closeness=[round(each, 3) for each in topic.closeness],
    )


def _edition(compendium: Compendium, *, is_current: bool) -> dict[str, Any]:
    return {
        "edition": compendium.edition,
        "generation": compendium.generation,
        "is_current": is_current,
        "latest": compendium.latest,
    }


def _reference(entry: Entry, base: str) -> dict[str, Any]:
    topic = entry.topic
    return {
        "id": topic.id,
        "number": entry.number,
        "name": topic.name,
        "theme": entry.theme.id,
        "theme_name": entry.theme.name,
        "terms": list(topic.terms),
        "paragraphs": len(topic.places),
        "papers": len(papers_of(topic)),
        "first": min(topic.years, default=None),
        "last": max(topic.years, default=None),
        "url": base + topic_url(topic.id),
        "api_url": base + topic_api_url(topic.id),
    }


def _place(place: Place, base: str) -> wire.PlaceObject:
    return wire.PlaceObject(
        symbol=place.symbol,
        language=place.language,
        part=place.part,
        paragraph=place.paragraph,
        citation=place.citation,
        date=place.date,
        url=base + place_url(place),
    )


def _places(places: Iterable[Place], base: str) -> list[wire.PlaceObject]:
    return [_place(each, base) for each in places]


def _sentences(sentences: Iterable[Sentence], base: str) -> list[wire.SentenceObject]:
    return [
        wire.SentenceObject(
            text=each.text, place=_place(each.place, base), also_in=_places(each.also_in, base)
        )
        for each in sentences
    ]


def _gaps(compendium: Compendium) -> list[wire.GapObject]:
    return [
        wire.GapObject(kind=each.kind, subject=each.subject, words=each.words)
        for each in compendium.gaps
    ]


def _repeats(compendium: Compendium, base: str) -> list[wire.RepeatedObject]:
    return [
        wire.RepeatedObject(kind=each.kind, places=_places(each.places, base))
        for each in compendium.repeats
    ]


def _names(compendium: Compendium) -> dict[str, str]:
    return {each.topic.id: each.topic.name for each in entries(compendium)}


def _change(change: Change, names: Mapping[str, str]) -> wire.ChangeObject:
    return wire.ChangeObject(
        kind=change.kind,
        topic=change.topic,
        name=names.get(change.topic),
        others=list(change.others),
        joined=list(change.joined),
        left=list(change.left),
        words=change.words,
    )

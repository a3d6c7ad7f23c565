"""
clusters of paragraphs -> topics with all that stands under them.

Why apart from finding them: what a topic says is made anew with every edition, whoever named it
and whatever it was called before.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wgsearch.compendium.advice import advice
from wgsearch.compendium.changes import topics_of
from wgsearch.compendium.citing import cited_by
from wgsearch.compendium.gaps import gaps
from wgsearch.compendium.knowledge import knowledge
from wgsearch.compendium.questions import Headings, questions
from wgsearch.compendium.records import Theme, Topic
from wgsearch.compendium.relating import related
from wgsearch.compendium.repeats import repeats
from wgsearch.compendium.saying import also_in
from wgsearch.compendium.staying import digest_of, unchanged
from wgsearch.compendium.summaries import language_of, summary
from wgsearch.compendium.weighing import Weights
from wgsearch.holdings import Holdings
from wgsearch.papers import symbols

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from wgsearch.answers import Engine
    from wgsearch.compendium.citing import Cited
    from wgsearch.compendium.gather import Paragraphs
    from wgsearch.compendium.grouping import Cluster, Grouped
    from wgsearch.compendium.records import Compendium, Gap, Place, Related, Repeated, Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """
    What stands in an edition, beside what changed.

    Attributes:
        themes: Themes with their topics.
        repeats: Paragraphs that repeat one another across papers.
        gaps: What is missing.
    """

    themes: tuple[Theme, ...]
    repeats: tuple[Repeated, ...]
    gaps: tuple[Gap, ...]


def described(
    engine: Engine,
    paragraphs: Paragraphs,
    grouped: Grouped,
    *,
    before: Compendium | None = None,
    progress: Callable[[str], None] | None = None,
) -> Described:
    """
    Summaries, sub-questions, related topics, knowledge and advice of topics; repeats and gaps.

    Args:
        engine: Whose papers.
        paragraphs: All paragraphs.
        grouped: Groups and clusters, whose keys are the ids of themes and topics.
        before: The edition before: topics of which nothing changed are told as they were.
        progress: Told what is being done.
    """
    tell = progress or _silent
    clusters = [each for group in grouped.groups for each in group.clusters]
    holdings = Holdings(engine)
    tell("reading what papers cite")
    cited = cited_by(engine, paragraphs, holdings)
    weights = Weights(
        paragraphs.texts, [language_of(paragraphs, row) for row in range(len(paragraphs.texts))]
    )
    tell("summing up topics")
    stay = unchanged(paragraphs, clusters, before)
    summaries = _summaries(paragraphs, weights, clusters, stay)
    headings = Headings(paragraphs)
    names = [each.name for each in clusters]
    near = _related(paragraphs, clusters, cited, stay)
    advised = advice(engine, paragraphs, weights, clusters, _placed(clusters, before))
    made = {
        cluster.key: Topic(
            id=cluster.key,
            name=cluster.name,
            named_by=cluster.named_by,
            terms=stay[at].terms if at in stay else cluster.terms,
            places=stay[at].places if at in stay else _places(paragraphs, cluster),
            closeness=stay[at].closeness if at in stay else _closeness(cluster),
            summary=summaries[at],
            questions=stay[at].questions
            if at in stay
            else questions(paragraphs, headings, cluster, names),
            related=near[at],
            knowledge=knowledge(paragraphs, cluster, cited, holdings),
            advice=advised[at],
            years=_years(paragraphs, cluster),
            languages=_languages(paragraphs, cluster),
            digest=digest_of(paragraphs, cluster),
        )
        for at, cluster in enumerate(clusters)
    }
    tell("looking for repetitions and gaps")
    return Described(
        themes=tuple(
            Theme(
                id=group.key,
                name=group.name,
                topics=tuple(made[each.key] for each in group.clusters),
            )
            for group in grouped.groups
        ),
        repeats=repeats(paragraphs, weights, clusters),
        gaps=gaps(engine, holdings, list(made.values()), grouped.uncovered),
    )


def _summaries(
    paragraphs: Paragraphs,
    weights: Weights,
    clusters: Sequence[Cluster],
    stay: Mapping[int, Topic],
) -> list[tuple[Sentence, ...]]:
    """Summaries of all topics, each sentence with where else it stands."""
    chosen = [
        stay[at].summary if at in stay else summary(paragraphs, weights, each)
        for at, each in enumerate(clusters)
    ]
    places = iter(also_in(paragraphs, [each for some in chosen for each in some]))
    return [tuple(replace(each, also_in=next(places)) for each in some) for some in chosen]


def _placed(clusters: Sequence[Cluster], before: Compendium | None) -> Mapping[str, int]:
    """The topic of each recommendation in the edition before, where it is still one."""
    known = topics_of(before) if before else {}
    return {
        each.id: at
        for at, cluster in enumerate(clusters)
        if cluster.key in known
        for each in known[cluster.key].advice
    }


def _related(
    paragraphs: Paragraphs,
    clusters: Sequence[Cluster],
    cited: Mapping[int, Sequence[Cited]],
    stay: Mapping[int, Topic],
) -> list[tuple[Related, ...]]:
    """Topics near to each; of one of which nothing changed those of before, if all are left."""
    ids = {each.key for each in clusters}
    return [
        stay[at].related
        if at in stay and all(each.topic in ids for each in stay[at].related)
        else some
        for at, some in enumerate(related(paragraphs, clusters, cited))
    ]


def _places(paragraphs: Paragraphs, cluster: Cluster) -> tuple[Place, ...]:
    """Its paragraphs, nearest to its middle first."""
    return tuple(paragraphs.places[row] for row in cluster.rows)


def _closeness(cluster: Cluster) -> tuple[float, ...]:
    """How near each is to the middle; finer figures hang on the machine."""
    return tuple(round(each, 4) for each in cluster.closeness)


def _years(paragraphs: Paragraphs, cluster: Cluster) -> Mapping[int, int]:
    """Number of paragraphs by year; those without a date count nowhere."""
    dates = [paragraphs.places[row].date for row in cluster.rows]
    return dict(sorted(Counter(int(date[:4]) for date in dates if date).items()))


def _languages(paragraphs: Paragraphs, cluster: Cluster) -> Mapping[str, tuple[str, ...]]:
    """Languages beside English in which papers of the topic can be read, with their symbols."""
    held = {symbols.key(paragraphs.places[row].symbol) for row in cluster.rows}
    found: dict[str, set[str]] = {}
    for row in cluster.rows:
        where = paragraphs.places[row]
        for language in where.language.split("+"):
            found.setdefault(language, set()).add(where.symbol)
    for language, others in paragraphs.twins.items():
        for symbol in others:
            if symbols.key(symbol) in held:
                found.setdefault(language, set()).add(symbol)
    return {
        language: tuple(sorted(some))
        for language, some in sorted(found.items())
        if language != "en"
    }


def _silent(what: str) -> None:
    """Tell nobody."""
    del what

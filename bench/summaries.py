"""
an index -> what the summaries of its topics cover, beside the plainest way to make them.

Why beside the nearest sentences: to take the first sentence of each paragraph, nearest to the
middle of the topic first, is what a summary is without being chosen together.

    python bench/summaries.py --index DIR             as they are, and the plainest way
    python bench/summaries.py --index DIR --sweep     each constant at other values
    python bench/summaries.py --index DIR --time 2500 5000    what each part costs

Prints Markdown: of the words that tell of a topic, by weight, the share that its summary has; of
the papers and years that it could have, the share that it hears; words a sentence; how near the
paragraphs of a topic are to the nearest one that the summary is from (cosine).
"""

from __future__ import annotations

import argparse
import itertools
import resource
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wgsearch.compendium import summaries
from wgsearch.compendium.gather import Paragraphs, gather
from wgsearch.compendium.grouping import Cluster
from wgsearch.compendium.relating import related
from wgsearch.compendium.repeats import repeats
from wgsearch.compendium.saying import also_in
from wgsearch.compendium.standing import standing
from wgsearch.compendium.summaries import A_SENTENCE, LEAST, MOST, language_of, spoken, summary
from wgsearch.compendium.themes import grouped
from wgsearch.compendium.weighing import Weights, words_of
from wgsearch.embedding import open_encoder
from wgsearch.search import LocalEngine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wgsearch.compendium.records import Place

SWEEP = {
    "_AGAIN": (0.0, 0.6),
    "_HEARD": (0.3, 1.0),
    "_SAME_YEAR": (0.6, 1.0),
    "_NEARNESS": (0.0, 0.6),
    "_FARTHEST": (0.1, 1.0),
    "_BREVITY": (0.0, 0.7),
    "_LATER": (0.5, 1.0),
    "_NAMES": (1.0, 2.0),
    "_OPENS": (0.2, 0.8),
}
HEAD = (
    "| summaries | sentences | topics without | words told | papers | years | words a sentence"
    " | nearness |\n|---|---:|---:|---:|---:|---:|---:|---:|"
)


TIMED = (
    "| paragraphs | words that tell | summaries | the same elsewhere | repetitions"
    " | related topics | memory |\n|---:|---:|---:|---:|---:|---:|---:|"
)
# Paragraphs of a topic, as topics of ten thousand paragraphs have on the average.
ROWS = 47


class Said(NamedTuple):
    """A sentence, and where it stands."""

    text: str
    place: Place


def main() -> None:
    """Measure the summaries of an index."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--sweep", action="store_true")
    parser.add_argument("--time", type=int, nargs="+", metavar="PARAGRAPHS")
    given = parser.parse_args()
    engine = LocalEngine(given.index, open_encoder)
    paragraphs = gather(engine)
    if given.time:
        print(TIMED)
        for count in given.time:
            print(timed(paragraphs, count), flush=True)
        return
    groups = grouped(paragraphs, engine.encoded).groups
    clusters = [each for group in groups for each in group.clusters]
    languages = [language_of(paragraphs, row) for row in range(len(paragraphs.texts))]
    weights = Weights(paragraphs.texts, languages)

    def chosen(cluster: Cluster) -> list[Said]:
        found = summary(paragraphs, weights, cluster)
        return [Said(each.text, each.place) for each in found]

    def row(name: str, made: Callable[[Cluster], list[Said]]) -> None:
        print(f"| {name} | {measured(paragraphs, weights, clusters, made)} |", flush=True)

    print(HEAD)
    row("nearest first sentences", lambda each: nearest(paragraphs, each))
    row("as chosen", chosen)
    for name, values in SWEEP.items() if given.sweep else ():
        usual = getattr(summaries, name)
        for value in values:
            setattr(summaries, name, value)
            row(f"`{name}` {value} for {usual}", chosen)
        setattr(summaries, name, usual)


def timed(every: Paragraphs, count: int) -> str:
    """A row of seconds of processor time for the first so many paragraphs, and the memory."""
    some = Paragraphs(
        passages=every.passages[:count],
        texts=every.texts[:count],
        places=every.places[:count],
        vectors=every.vectors[:count],
        twins=every.twins,
    )
    count = len(some.texts)
    clusters = [
        Cluster(
            key=f"topic-{start}",
            name="",
            named_by="phrases",
            terms=(),
            rows=tuple(range(start, min(start + ROWS, count))),
            closeness=(0.5,) * (min(start + ROWS, count) - start),
        )
        for start in range(0, count, ROWS)
    ]
    marks = [time.process_time()]
    weights = Weights(some.texts, [language_of(some, row) for row in range(count)])
    marks.append(time.process_time())
    chosen = [each for cluster in clusters for each in summary(some, weights, cluster)]
    marks.append(time.process_time())
    also_in(some, chosen)
    marks.append(time.process_time())
    repeats(some, weights, clusters)
    marks.append(time.process_time())
    related(some, clusters, {})
    marks.append(time.process_time())
    spent = [f"{after - before:.1f}" for before, after in itertools.pairwise(marks)]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return f"| {count:,} | {' | '.join(spent)} | {memory:,} MB |"


def nearest(paragraphs: Paragraphs, cluster: Cluster) -> list[Said]:
    """The first sentences that can stand alone, of the paragraphs nearest to the middle."""
    found: list[Said] = []
    for row in cluster.rows:
        several = standing(paragraphs.texts[row], language_of(paragraphs, row))
        if (first := next(several, None)) is not None:
            found.append(Said(first.text, paragraphs.places[row]))
    return found[: min(MOST, LEAST + len(cluster.rows) // A_SENTENCE)]


def measured(
    paragraphs: Paragraphs,
    weights: Weights,
    clusters: Sequence[Cluster],
    made: Callable[[Cluster], list[Said]],
) -> str:
    """The cells of a row."""
    row_of = {each: row for row, each in enumerate(paragraphs.places)}
    counts, covered, papers, years, words, near = [], [], [], [], [], []
    for cluster in clusters:
        found = made(cluster)
        counts.append(len(found))
        if not found:
            continue
        language = spoken(paragraphs, cluster)
        told = weights.of_topic(cluster.rows, cluster.closeness)
        said = {term for each in found for term in words_of(each.text, language)}
        covered.append(sum(weight for term, weight in told.items() if term in said))
        places = [paragraphs.places[row] for row in cluster.rows]
        shown = [each.place for each in found]
        papers.append(_share({e.symbol for e in shown}, {e.symbol for e in places}, len(found)))
        years.append(_share({_year(e) for e in shown}, {_year(e) for e in places}, len(found)))
        words += [len(each.text.split()) for each in found]
        likeness = (
            paragraphs.vectors[[*cluster.rows]]
            @ paragraphs.vectors[[row_of[each] for each in shown]].T
        )
        near.append(float(likeness.max(axis=1).mean()))
    means = [float(np.mean(each)) for each in (covered, papers, years)]
    return (
        f"{np.mean(counts):.1f} | {counts.count(0)} of {len(counts)} | "
        + " | ".join(f"{each:.3f}" for each in means)
        + f" | {np.mean(words):.1f} | {np.mean(near):.3f}"
    )


def _share(heard: set[str], held: set[str], sentences: int) -> float:
    """What was heard, of what so many sentences can hear."""
    return len(heard) / min(len(held), sentences)


def _year(place: Place) -> str:
    return (place.date or "")[:4]


if __name__ == "__main__":
    main()

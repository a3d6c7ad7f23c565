"""
judged labels -> how much of what people keep together a compendium keeps together.

Why plain k-means beside it: it is what anybody would do with the same vectors, at the same number
of clusters, since a share of pairs grows when there are fewer.

    python bench/compendium.py --judged DIR       labels of people, one or several a paragraph
    python bench/compendium.py --sample           paragraphs judged to answer the same question
    python bench/compendium.py --index DIR        time and memory for all of an index

Prints Markdown. DIR is a judged set in BEIR layout whose queries are names of labels.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import resource
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from sklearn.cluster import KMeans

from wgsearch.compendium.assigning import LEAST, likeness
from wgsearch.compendium.clustering import clustered
from wgsearch.compendium.gather import gather
from wgsearch.compendium.likening import likened
from wgsearch.compendium.making import made
from wgsearch.compendium.themes import grouped
from wgsearch.compendium.weighing import words_of
from wgsearch.embedding import open_encoder
from wgsearch.evaluation.judged import read_judged_set
from wgsearch.index.build import build
from wgsearch.search import LocalEngine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Labels = NDArray[np.int64]
    Rows = NDArray[np.float32]

ROOT = Path(__file__).parents[1]
# Chance chooses where k-means begins.
_SEEDS = range(10)
_COUNTS = (None, 20, 30, 45)


def b_cubed(clusters: Sequence[int], labels: Sequence[frozenset[str]]) -> float:
    """
    Extended B-cubed F1 (Amigó et al. 2009): paragraphs may have several labels.

    Args:
        clusters: Cluster of each paragraph; -1 for what is in none.
        labels: Labels of each; paragraphs without any do not count.
    """
    rows = [row for row, each in enumerate(labels) if each]
    names = sorted(frozenset().union(*(labels[row] for row in rows)))
    table = np.array([[name in labels[row] for name in names] for row in rows], dtype=np.int64)
    shared = table @ table.T
    cluster = np.array([clusters[row] for row in rows])
    together = (cluster[:, None] == cluster) & (cluster >= 0)
    np.fill_diagonal(together, val=True)
    precision = ((together & (shared > 0)).sum(axis=1) / together.sum(axis=1)).mean()
    kept = np.where(shared > 0, together / np.maximum(shared, 1), 0).sum(axis=1)
    recall = (kept / (shared > 0).sum(axis=1)).mean()
    return float(2 * precision * recall / (precision + recall))


def by_k_means(vectors: Rows, count: int, labels: Sequence[frozenset[str]]) -> tuple[float, float]:
    """Mean and best B-cubed F1 of plain k-means from several beginnings."""
    found = [
        b_cubed(KMeans(count, n_init=1, random_state=seed).fit_predict(vectors).tolist(), labels)
        for seed in _SEEDS
    ]
    return float(np.mean(found)), max(found)


def judge(folder: Path) -> None:
    """Print how a judged set is grouped, and how it is placed on a taxonomy of its labels."""
    judged = read_judged_set(folder)
    texts, papers, labels = [], [], []
    of_document: defaultdict[str, set[str]] = defaultdict(set)
    for query, name in judged.queries.items():
        for document in judged.qrels[query]:
            of_document[document].add(_same(name))
    for each in judged.documents:
        texts.append("\n".join(paragraph.text for paragraph in each.paragraphs))
        # Such ids cite a paragraph of a paper; others are papers of one paragraph.
        papers.append(each.file.partition(" para")[0])
        labels.append(frozenset(of_document[each.file]))
    encoder = open_encoder()
    vectors = np.asarray(encoder.encode(texts), dtype=np.float32)
    words = [words_of(text, "en") for text in texts]
    print(f"{folder.name}: {len(texts)} paragraphs, {len(set().union(*labels))} labels\n")
    print(
        "| topics | B-cubed F1 | k-means, mean | at best | themes | F1 | k-means, mean | at best |"
    )
    print("|---:|---:|---:|---:|---:|---:|---:|---:|")
    for count in _COUNTS:
        found = clustered(likened(vectors, papers, words), count=count)
        topics = found.cluster_of
        themes = np.where(topics >= 0, found.group_of[topics], -1)
        cells = []
        for some in (topics, themes):
            number = int(some.max()) + 1
            mean, best = by_k_means(vectors, number, labels)
            cells += [
                f"{number}",
                f"{b_cubed(some.tolist(), labels):.3f}",
                f"{mean:.3f}",
                f"{best:.3f}",
            ]
        print(f"| {' | '.join(cells)} |")
    names = sorted(set().union(*labels))
    named = np.asarray(encoder.encode(names), dtype=np.float32)
    like = likeness(vectors, words, named, [words_of(name, "en") for name in names])
    print("\n| on a taxonomy of the names of labels | right | placed | F1, one label each | all |")
    print("|---|---:|---:|---:|---:|")
    for what, by, least in (
        ("nearest name by cosine", vectors @ named.T, -np.inf),
        ("nearest name, words beside meaning", like, -np.inf),
        ("as a compendium does, some on none", like, LEAST),
    ):
        print(f"| {what} | {placed(by, names, labels, least)} |")


def placed(like: Rows, names: Sequence[str], labels: Sequence[frozenset[str]], least: float) -> str:
    """
    Cells of a table: how often the label that was given is one of those that people gave.

    Micro F1 with one label each asks for any of the labels of a paragraph, as a compendium shows a
    paragraph under one topic; with all labels it asks for each of them, 3.4 a paragraph here, so
    that one right label each reaches .46 at best.
    """
    rows = [row for row, each in enumerate(labels) if each]
    best = like.argmax(axis=1)
    given = [row for row in rows if like[row, best[row]] >= least]
    right = sum(names[best[row]] in labels[row] for row in given)
    one = 2 * right / (len(given) + len(rows))
    every = 2 * right / (len(given) + sum(len(labels[row]) for row in rows))
    return f"{right} | {len(given)} of {len(rows)} | {one:.3f} | {every:.3f}"


def judge_sample() -> None:
    """Print how often paragraphs that answer the same question stand in the same topic."""
    with tempfile.TemporaryDirectory(prefix="wgsearch-") as aside:
        encoder = open_encoder()
        build(ROOT / "corpus" / "papers", Path(aside), encoder)
        paragraphs = gather(LocalEngine(Path(aside), encoder))
        where = {(each.symbol, each.paragraph): row for row, each in enumerate(paragraphs.places)}
        pairs = set()
        for name in ("sample", "blind"):
            for line in (ROOT / "tests" / "evaluation" / f"{name}.jsonl").read_text().splitlines():
                places = [
                    (each["symbol"], each.get("paragraph")) for each in json.loads(line)["expected"]
                ]
                rows = sorted({where[each] for each in places if each in where})
                pairs |= set(itertools.combinations(rows, 2))
        symbols = [each.symbol for each in paragraphs.places]
        words = [
            words_of(text, each.language)
            for text, each in zip(paragraphs.texts, paragraphs.places, strict=True)
        ]
        recommends = [each.recommendation is not None for each in paragraphs.passages]
        rows = likened(paragraphs.vectors, symbols, words, recommends)
        topics = clustered(rows).cluster_of
        count = int(topics.max()) + 1
        plain = [
            KMeans(count, n_init=1, random_state=seed).fit_predict(paragraphs.vectors)
            for seed in _SEEDS
        ]
        print(f"\nsample: {len(symbols)} paragraphs, {count} topics\n")
        print(
            "| pairs that answer one question | number | kept together | by k-means | by chance |"
        )
        print("|---|---:|---:|---:|---:|")
        for what, is_wanted in (("of one paper", True), ("of two papers", False)):
            some = [(a, b) for a, b in pairs if (symbols[a] == symbols[b]) is is_wanted]
            kept = np.mean([topics[a] == topics[b] >= 0 for a, b in some])
            by_plain = np.mean([np.mean([each[a] == each[b] for a, b in some]) for each in plain])
            sizes = np.bincount(topics[topics >= 0])
            chance = float((sizes**2).sum() / len(topics) ** 2)
            print(f"| {what} | {len(some)} | {kept:.3f} | {by_plain:.3f} | {chance:.3f} |")


def measure(index: Path) -> None:
    """Print what making a compendium of an index takes."""
    engine = LocalEngine(index, open_encoder)
    began = time.perf_counter()
    paragraphs = gather(engine)
    read = time.perf_counter()
    groups = grouped(paragraphs, engine.encoded)
    found = time.perf_counter()
    edition = made(engine, paragraphs, groups)
    done = time.perf_counter()
    topics = sum(len(each.topics) for each in edition.themes)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print("\n| index | paragraphs | themes | topics | read s | grouped s | told s | all s | MB |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    print(
        f"| {index.name} | {len(paragraphs.texts):,} | {len(edition.themes)} | {topics:,} "
        f"| {read - began:.1f} | {found - read:.1f} | {done - found:.1f} | {done - began:.1f} "
        f"| {most:,.0f} |"
    )


def _same(name: str) -> str:
    """Labels that differ in case, or in `&` for `and`, are one."""
    return re.sub(r"\s+", " ", name.casefold().replace("&", "and")).strip()


def main() -> None:
    """Print what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("--judged", type=Path)
    parser.add_argument("--sample", action="store_true")
    parser.add_argument("--index", type=Path)
    given = parser.parse_args()
    if given.judged:
        judge(given.judged)
    if given.sample:
        judge_sample()
    if given.index:
        measure(given.index)


if __name__ == "__main__":
    main()

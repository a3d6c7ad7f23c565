"""
questions -> how many have the same first five from a Milvus server as from the index folder.

    python bench/elsewhere.py --index index --milvus try.db tests/evaluation/sample.jsonl

Publishes the generation in use under an alias of its own, asks each question of both, and takes
the collection away again. A file of questions is JSON lines with `question` or `text`, or a list
of agendas, whose titles of items are asked.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

from wgsearch.cluster.address import address_of
from wgsearch.cluster.engine import engine_over
from wgsearch.cluster.milvus import Milvus
from wgsearch.cluster.publishing import Pace, publish
from wgsearch.embedding import DEFAULT_ENCODER, RememberingEncoder, open_encoder
from wgsearch.index.vectors import EXACT_ROWS
from wgsearch.search import LocalEngine, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wgsearch.answers import Answer

ALIAS = "wgsearch_elsewhere"
# Shares that a library must keep when it moves.
LEAST_SAME = 0.95


def main() -> int:
    """Print the table; fail where fewer are the same."""
    asked = _arguments()
    encoder = RememberingEncoder(open_encoder(DEFAULT_ENCODER))
    here = LocalEngine(asked.index, encoder)
    server = Milvus(address_of(asked.milvus))
    pace = Pace(rows_per_s=asked.rows_per_s, exact_rows=0 if asked.graph else EXACT_ROWS)
    done = publish(server, asked.index, ALIAS, pace)
    print(f"{server.version}: {done.loaded} passages loaded in {done.seconds:.1f} s")
    try:
        there = engine_over(server, asked.index, encoder, alias=ALIAS, deadline_s=asked.deadline_s)
        shares = [_compared(file, here, there, asked.first) for file in asked.questions]
    finally:
        server.forget(ALIAS)
        server.drop(done.collection)
    return 0 if min(shares) >= LEAST_SAME else 1


def _compared(file: Path, here: LocalEngine, there: LocalEngine, first: int) -> float:
    """The share of questions with the same first."""
    texts = list(_questions(file))
    pairs = []
    for text in texts:
        query = Query(text=text, k=max(10, first))
        here.search(query)  # the question is encoded once, and remembered
        pairs.append((here.search(query), there.search(query)))
    same = sum(_places(one)[:first] == _places(other)[:first] for one, other in pairs)
    verdicts = sum(one.verdict == other.verdict for one, other in pairs)
    partial = sum(other.partial for _, other in pairs)
    print(
        f"{file.name}: {same} of {len(texts)} questions have the same first {first} "
        f"({same / len(texts):.1%}), {verdicts} the same verdict, {partial} were partial; "
        f"here {_times([one for one, _ in pairs])}, there {_times([one for _, one in pairs])}"
    )
    return same / len(texts)


def _questions(file: Path) -> Iterator[str]:
    """Questions of a file."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".jsonl":
        for line in text.splitlines():
            found = json.loads(line)
            yield found.get("question") or found["text"]
        return
    for agenda in json.loads(text):
        for item in agenda["items"]:
            yield item["title"]
            yield from (each["title"] for each in item.get("subitems", ()) if each.get("title"))


def _places(answer: Answer) -> list[tuple[str, int, int]]:
    """Which passages, in order."""
    return [(hit.passage.file, hit.passage.index, hit.passage.piece) for hit in answer.hits]


def _times(answers: list[Answer]) -> str:
    """Times of answers, in words."""
    took = [each.took_ms for each in answers]
    return f"{median(took):.1f} ms (p95 {quantiles(took, n=20)[-1]:.1f})"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1] if __doc__ else None)
    parser.add_argument("questions", nargs="+", type=Path)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--milvus", required=True, help="address, or a file ending in .db")
    parser.add_argument("--graph", action="store_true", help="a graph, however few passages")
    parser.add_argument("--first", type=int, default=5)
    parser.add_argument("--deadline-s", type=float, default=5.0)
    parser.add_argument("--rows-per-s", type=int)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

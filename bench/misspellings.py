"""
judged sets -> a table: questions as they are, misspelt, and misspelt with near words added.

Why made mistakes: judged sets hold next to none. One word a question loses, doubles, changes
or exchanges a letter, by a seed, so that anyone gets the same ones.

    python bench/misspellings.py FOLDER [--sets a,b] [--weights 0.5,0.7,1]
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING

from wgsearch.evaluation import ndcg, read_judged_set
from wgsearch.index.lexical import Asked, LexicalIndex, Within
from wgsearch.index.posting import write_lexical
from wgsearch.index.terms import is_stop_word
from wgsearch.passages import passages_of
from wgsearch.spelling import correct

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wgsearch.spelling import Correction

SEED = 7
SHORTEST = 5
DEPTH = 300
DEFAULT = "cacm,cranfield,un_upr_dev,xquad_es,xquad_ru,xquad_ar"
_WORD = re.compile(rf"[^\W\d_]{{{SHORTEST},}}")


def misspelt(text: str, rng: random.Random, letters: str) -> str:
    """The text with one slip inside one of its words; the text where it has no long word."""
    words = [match for match in _WORD.finditer(text) if not is_stop_word(match[0], None)]
    if not words:
        return text
    match = rng.choice(words)
    word = match[0]
    at = rng.randrange(1, len(word) - 1)
    slips = (
        word[:at] + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + rng.choice(letters) + word[at + 1 :],
        word[: at + 1] + word[at:],
    )
    return text[: match.start()] + rng.choice(slips) + text[match.end() :]


def measure(folder: Path, weights: Iterable[float]) -> str:
    """One row of the table."""
    judged = read_judged_set(folder)
    passages = [each for paper in judged.documents for each in passages_of(paper)]
    letters = sorted(set("".join(_WORD.findall(" ".join(judged.queries.values())))))
    rng = random.Random(SEED)  # noqa: S311 - the same mistakes every time
    wrong = {query: misspelt(text, rng, "".join(letters)) for query, text in judged.queries.items()}
    with tempfile.TemporaryDirectory(prefix="wgsearch-") as aside:
        write_lexical(Path(aside), passages, range(len(passages)))
        index = LexicalIndex(Path(aside))

        def mean(
            texts: Mapping[str, str], near: Mapping[str, Correction | None], weight: float
        ) -> float:
            values: list[float] = []
            for query, text in texts.items():
                asked = [Asked(text)]
                if found := near.get(query):
                    asked.append(Asked(" ".join(found.replaced.values()), weight))
                rows = index.top(asked, DEPTH, Within()).rows
                files = list(dict.fromkeys(passages[row].file for row in rows))
                values.append(ndcg(files, judged.qrels[query], 10))
            return fmean(values)

        clean = {query: correct(index, text) for query, text in judged.queries.items()}
        near = {query: correct(index, text) for query, text in wrong.items()}
        right = sum(
            found is not None and found.text.casefold() == judged.queries[query].casefold()
            for query, found in near.items()
        )
        offered = sum(found is not None for found in near.values())
        figures = [mean(judged.queries, {}, 0), mean(wrong, {}, 0)]
        for weight in weights:
            figures += (mean(wrong, near, weight), mean(judged.queries, clean, weight))
    counts = (right, offered, sum(found is not None for found in clean.values()))
    cells = (folder.name, *(f"{each:.4f}" for each in figures), *map(str, counts))
    return f"| {' | '.join(cells)} |"


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure what near words are worth.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sets", default=DEFAULT)
    parser.add_argument("--weights", default="0.5,0.7,1")
    arguments = parser.parse_args()
    weights = [float(each) for each in arguments.weights.split(",")]
    pairs = (column for each in weights for column in (f"misspelt, {each:g}", f"clean, {each:g}"))
    columns = ("set", "clean", "misspelt", *pairs, "right", "offered", "offered for clean")
    print(f"| {' | '.join(columns)} |")
    print(f"|{'---|' * len(columns)}")
    for name in arguments.sets.split(","):
        print(measure(arguments.folder / name, weights), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

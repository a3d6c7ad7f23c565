"""
Judged drafts -> how many labels of `wgsearch compare` are right, and which are taken for which.

    python bench/drafts.py [--index DIR] [--sweep] [--fit] [--json]

The paragraphs of a set are compared as one draft. `draft.jsonl` and `draft-small.jsonl` are what
the constants of `wgsearch.compare` were fitted on. No weight was fitted on `draft-held-out.jsonl`,
but it was looked at between fits (docs/decisions/0021-compare.md).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING, Any

import wgsearch.cli  # noqa: F401 - before numpy: one thread for its small products, as in use

import numpy as np  # isort: skip

from wgsearch.answers import Filters
from wgsearch.cli.terminal import encoder_of
from wgsearch.compare import LABELS, compare, comparing, likeness
from wgsearch.drafts import Draft, DraftParagraph
from wgsearch.index.build import build
from wgsearch.search import LocalEngine
from wgsearch.settings import Settings
from wgsearch.wording import words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wgsearch.compare import Comparison

ROOT = Path(__file__).resolve().parents[1]
SETS = ROOT / "tests" / "evaluation"
DEVELOPMENT = ("draft", "draft-small")
HELD_OUT = ("draft-held-out",)
# Weights of the penalty that were tried; few examples, so that more of it is seldom worse.
_PENALTIES = (0.003, 0.01, 0.03, 0.1, 0.3)
_FOLDS = 9
_ALIKE = 0.02


def read_set(name: str) -> list[dict[str, Any]]:
    """The judged paragraphs of a set."""
    file = SETS / f"{name}.jsonl"
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]


def as_draft(name: str, judged: list[dict[str, Any]]) -> Draft:
    """The paragraphs of a set as one draft."""
    return Draft(
        name=name,
        symbol=None,
        title=None,
        paragraphs=tuple(DraftParagraph(number=None, text=each["text"]) for each in judged),
    )


def measured(judged: list[dict[str, Any]], found: Comparison) -> dict[str, Any]:
    """What is right, what is taken for what, and whether a judged source is among those shown."""
    pairs = Counter(
        (each["label"], given.label) for each, given in zip(judged, found.paragraphs, strict=True)
    )
    sourced = [
        bool(
            {(s["symbol"], s["paragraph"]) for s in each["sources"]}
            & {(s.hit.passage.symbol, s.hit.passage.paragraph) for s in given.sources}
        )
        for each, given in zip(judged, found.paragraphs, strict=True)
        if each["sources"]
    ]
    return {
        "paragraphs": len(judged),
        "right": sum(pairs[label, label] for label in LABELS) / len(judged),
        "confusion": {label: {given: pairs[label, given] for given in LABELS} for label in LABELS},
        "verbatim_missed": sum(pairs["verbatim", given] for given in LABELS[1:]),
        "sources_shown": sum(sourced) / max(1, len(sourced)),
        "seconds": found.took_ms / 1000,
    }


def shown(name: str, result: dict[str, Any]) -> str:
    """A confusion matrix in words."""
    head = f"{name}: {result['right']:.1%} of {result['paragraphs']} labels right,"
    lines = [
        f"{head} {result['verbatim_missed']} verbatim missed,",
        f"  a judged source shown for {result['sources_shown']:.0%}, {result['seconds']:.1f} s",
        "  judged \\ given ".ljust(18) + "".join(label.rjust(12) for label in LABELS),
    ]
    lines += [
        f"  {label}".ljust(18)
        + "".join(str(result["confusion"][label][given]).rjust(12) for given in LABELS)
        for label in LABELS
    ]
    return "\n".join(lines)


def examples(engine: LocalEngine, names: tuple[str, ...]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Features of the nearest passage of each paragraph that is not verbatim, and its label."""
    judged = [each for name in names for each in read_set(name) if each["label"] != "verbatim"]
    stating = Filters(kinds=comparing.STATING)
    near = engine.nearest([each["text"] for each in judged], k=comparing.NEAR, filters=stating)
    rows = []
    for each, some in zip(judged, near, strict=True):
        told = likeness.features(words(each["text"]), some.near[0], some)
        if told is None:
            raise ValueError(f"nothing is told of {each['text']!r}")
        rows.append(astuple(told))
    labels = [likeness.CLASSES.index(each["label"]) for each in judged]
    return np.array(rows), np.array(labels)


def fitted(x: NDArray[Any], y: NDArray[Any], penalty: float) -> NDArray[Any]:
    """
    Weights of a softmax, the bias last, by gradient descent. *Shape:* (classes, features + 1).

    Args:
        x: Standardised features. *Shape:* (n, features).
        y: Classes. *Shape:* (n,).
        penalty: Weight of the squares of weights.
    """
    rows = np.hstack((x, np.ones((len(x), 1))))
    wanted = np.eye(len(likeness.CLASSES))[y]
    weights = np.zeros((len(likeness.CLASSES), rows.shape[1]))
    for _ in range(4_000):
        logits = rows @ weights.T
        raised = np.exp(logits - logits.max(axis=1, keepdims=True))
        slope = (raised / raised.sum(axis=1, keepdims=True) - wanted).T @ rows / len(rows)
        slope[:, :-1] += penalty * weights[:, :-1]
        weights -= 0.5 * slope
    return weights


def fit(engine: LocalEngine) -> None:
    """Print the constants of `wgsearch.compare.likeness`, and how the penalty was chosen."""
    x, y = examples(engine, DEVELOPMENT)
    means, deviations = x.mean(axis=0), x.std(axis=0)
    x = (x - means) / deviations
    right: dict[float, float] = {}
    for penalty in _PENALTIES:
        hits = 0
        for seed in range(4):
            fold = np.random.default_rng(seed).permutation(len(x)) % _FOLDS
            for part in range(_FOLDS):
                weights = fitted(x[fold != part], y[fold != part], penalty)
                logits = x[fold == part] @ weights[:, :-1].T + weights[:, -1]
                hits += int((logits.argmax(axis=1) == y[fold == part]).sum())
        right[penalty] = hits / (4 * len(x))
        print(f"penalty {penalty}: {right[penalty]:.1%} right of what took no part")
    # Of penalties that do alike, the heaviest; why, and what was known then, says decision 21.
    best = max(each for each in right if right[each] >= max(right.values()) - _ALIKE)
    print(f"taken: {best}")
    weights = fitted(x, y, best)
    for name, values in (
        ("_MEANS", means),
        ("_DEVIATIONS", deviations),
        ("_WEIGHTS", weights[:, :-1]),
        ("_BIASES", weights[:, -1]),
    ):
        print(f"{name} = {np.round(values, 3).tolist()}")


def sweep(engine: LocalEngine) -> None:
    """Print what the length of a copied sentence and of a run change."""
    for copied in (5, 6, 7, 8, 9, 10, 12, 15):
        comparing.COPIED_WORDS = copied
        line = [f"copied {copied}:"]
        for name in (*DEVELOPMENT, *HELD_OUT):
            judged = read_set(name)
            found = measured(judged, compare(engine, as_draft(name, judged)))
            wrong = sum(found["confusion"][label]["verbatim"] for label in LABELS[1:])
            line.append(f"{name} {found['verbatim_missed']} missed, {wrong} wrongly verbatim;")
        print(*line)


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--index", type=Path, help="an index of corpus/papers; else one is built")
    parser.add_argument("--sweep", action="store_true", help="vary the length of a copied sentence")
    parser.add_argument("--fit", action="store_true", help="print the constants of the model")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args()
    encoder = encoder_of(Settings())
    with tempfile.TemporaryDirectory() as folder:
        index = given.index or Path(folder)
        if given.index is None:
            build(ROOT / "corpus" / "papers", index, encoder)
        engine = LocalEngine(index, lambda: encoder)
        if given.fit:
            fit(engine)
            return
        if given.sweep:
            sweep(engine)
            return
        results: dict[str, Any] = {}
        for name in (*DEVELOPMENT, *HELD_OUT):
            judged = read_set(name)
            results[name] = measured(judged, compare(engine, as_draft(name, judged)))
            if not given.json:
                print(shown(name, results[name]))
        paragraphs = [
            DraftParagraph(number=None, text=each["text"])
            for name in (*DEVELOPMENT, *HELD_OUT)
            for each in read_set(name)
        ]
        many = Draft(name="500", symbol=None, title=None, paragraphs=tuple((paragraphs * 5)[:500]))
        started = time.perf_counter()
        compare(engine, many)
        results["seconds_of_500"] = time.perf_counter() - started
        if given.json:
            json.dump(results, sys.stdout, indent=2)
        else:
            print(f"500 paragraphs: {results['seconds_of_500']:.1f} s")


if __name__ == "__main__":
    main()

"""
a paragraph and a passage near to it -> how probably it says the same, is related, or is new.

Why several features: who says a thing in other words shares few of its words, and who adds to
it shares many; nearness of meaning alone takes the second for the first.
"""

from __future__ import annotations

import re
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

import numpy as np

from wgsearch.wording import places, runs, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.answers import Near, Neighbours
    from wgsearch.compare.records import Label
    from wgsearch.wording import Word

CLASSES: tuple[Label, ...] = ("paraphrase", "related", "new")
# Of words, runs of so many count as wording in common.
_WORDING = 3
# Passages whose coverage says what any passage on the subject reaches.
_OTHERS = slice(4, 15)
# Fitted by `python bench/drafts.py --fit` on the development drafts; how they were chosen, and
# what they reach on another one: docs/decisions/0021-compare.md.
_MEANS = (0.258, 0.33, 0.311, 0.401, 0.453, 0.088, 0.069)
_DEVIATIONS = (0.207, 0.068, 0.463, 0.091, 0.136, 0.069, 0.17)
_WEIGHTS = (
    (-0.069, 0.247, -0.302, 0.116, 0.074, 0.041, -0.083),
    (0.271, -0.033, 0.185, 0.163, 0.045, 0.062, 0.081),
    (-0.202, -0.214, 0.117, -0.279, -0.12, -0.103, 0.002),
)
_BIASES = (0.174, 0.029, -0.204)

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_SPELT = "two three four five six seven eight nine ten eleven twelve"
_NUMERALS = {word: str(number) for number, word in enumerate(_SPELT.split(), start=2)} | {
    "third": "third",
    "half": "half",
    "quarter": "quarter",
    "quarters": "quarter",
}


@dataclass(frozen=True, slots=True)
class Features:
    """
    What a paragraph and a passage have in common.

    Attributes:
        alike: Share of the paragraph's telling words that the passage has, by their weight.
        near: Mean likeness of its other telling words to their nearest in the passage.
        figures: 1 where the paragraph has figures that the passage does not have, else 0.
        coverage: Mean likeness of all its words to their nearest.
        cosine: Likeness of the whole.
        stands_out: Coverage above that of other passages on the subject.
        wording: Share of its words in runs of three that the passage has.
    """

    alike: float
    near: float
    figures: float
    coverage: float
    cosine: float
    stands_out: float
    wording: float


def features(text: Sequence[Word], near: Near, neighbours: Neighbours) -> Features | None:
    """
    Features of a paragraph and a passage; None where the passage was not compared word by word.

    Args:
        text: Words of the paragraph.
        near: The passage.
        neighbours: All that is near to the paragraph.
    """
    told = near.words
    if not told or near.coverage is None or near.cosine is None:
        return None
    weights = np.array([each.weight for each in told])
    alike = np.array([each.alike for each in told])
    likeness = np.array([each.likeness for each in told])
    others = [each.coverage for each in neighbours.near[_OTHERS] if each.coverage is not None]
    passage = words(near.hit.passage.text)
    found = runs(text, passage, places(passage, _WORDING))
    rest = weights * ~alike
    return Features(
        alike=float(weights @ alike / weights.sum()),
        near=float(likeness @ rest / rest.sum()) if rest.sum() else float(likeness.max()),
        figures=float(bool(figures(text) - figures(passage))),
        coverage=near.coverage,
        cosine=near.cosine,
        stands_out=near.coverage - float(np.mean(others)) if others else 0.0,
        wording=sum(run.length for run in found) / max(1, len(text)),
    )


def figures(text: Sequence[Word]) -> frozenset[str]:
    """Figures of a text, small ones also where they are spelt."""
    found = {word.form.replace(",", "") for word in text if _FIGURE.fullmatch(word.form)}
    return frozenset(found | {_NUMERALS[word.form] for word in text if word.form in _NUMERALS})


def probabilities(found: Features) -> dict[Label, float]:
    """How probable each of `CLASSES` is; they add up to 1."""
    x = (np.array(astuple(found)) - np.array(_MEANS)) / np.array(_DEVIATIONS)
    logits = np.array(_WEIGHTS) @ x + np.array(_BIASES)
    raised = np.exp(logits - logits.max())
    return dict(zip(CLASSES, (raised / raised.sum()).tolist(), strict=True))

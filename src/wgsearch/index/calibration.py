"""
generation -> Calibration: how near its papers come to questions that they do not answer.

Why at build: how near two texts are by chance depends on the encoder and on what the papers
are about, so the scale has to be taken from this generation, and is kept in its manifest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from pydantic import BaseModel, ConfigDict

from wgsearch.index.tokens import LATE_DEPTH, AskedTokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from wgsearch.embedding import Encoder
    from wgsearch.index.tokens import TokenIndex
    from wgsearch.index.vectors import VectorIndex

# Everyday matters that no working group writes on, in short words and in whole sentences, as
# people type. Median and quartiles bear it when a corpus does treat some of them.
PROBES = (
    "how long to boil an egg",
    "How do I get red wine out of a white carpet?",
    "sourdough bread without a starter",
    "best lens for photographing birds",
    "Why does my bicycle chain slip under load?",
    "guitar chords for beginners",
    "offside rule",
    "Who won the chess championship last year?",
    "pruning roses in winter",
    "tomato leaves turning yellow",
    "How often should a puppy be fed?",
    "cat scratches the sofa",
    "knitting pattern for a scarf",
    "What is the difference between an alto and a tenor saxophone?",
    "train timetable for the weekend",
    "rain tomorrow afternoon",
    "How far away is the moon?",
    "rings of Saturn",
    "integral of a logarithm",
    "How is a prime number tested quickly?",
    "sort a list in a programming language",
    "The screen of my laptop stays black after an update",
    "reset a wireless router",
    "battery drains overnight",
    "How do I change the oil of a motorcycle?",
    "winter tyres or all-season tyres",
    "replace a kitchen tap",
    "paint peels off a wooden fence",
    "Which glue holds on glass?",
    "recipe for apple pie",
    "gluten-free pasta sauce",
    "Can cheese be frozen?",
    "exercises for a stiff neck",
    "marathon training plan",
    "How many calories does swimming burn?",
    "hay fever season",
    "Does honey help against a cough?",
    "origin of the word alphabet",
    "Who painted the sunflowers?",
    "plot of a famous opera about a toreador",
    "novels set on a whaling ship",
    "roman emperors in order",
    "When was the printing press invented?",
    "dinosaurs with feathers",
    "How do bees find their way home?",
    "migration of storks",
    "tides and the phases of the moon",
    "volcanoes in Iceland",
    "hiking boots for wide feet",
    "tent for two people",
    "What should one wear to a garden wedding?",
    "haircut for curly hair",
    "birthday games for six-year-olds",
    "crossword puzzle for experts",
    "rules of backgammon",
    "board game with trains",
    "film with a shark",
    "How is a violin tuned?",
    "learn to juggle three balls",
    "origami crane step by step",
    "houseplants that need little light",
    "aquarium water turns green",
    "How does a microwave oven heat food?",
    "noise from a washing machine",
)
METHOD = "nearness-1"
# Operating points, in deviations, chosen on the first half of the judged sample
# (docs/decisions/0016-verdict.md): below the first, at most one question in twenty that a paper
# answers; from the second on, the first five hold the answer nineteen times in twenty.
_NOT_COVERED_BELOW = 1.5
_COVERED_FROM = 5.0
_LEAST_SPREAD = 0.01


class Scale(BaseModel):
    """
    How near the best passage comes to a question that no paper answers.

    Attributes:
        centre: Median over the probes.
        spread: Half the distance of the quartiles, over 0.6745: a deviation, where they are
            spread as a bell.
    """

    model_config = ConfigDict(frozen=True)

    centre: float
    spread: float

    def of(self, score: float) -> float:
        """A score in deviations from the centre."""
        return (score - self.centre) / self.spread


class Calibration(BaseModel):
    """
    What verdicts on a generation are measured by.

    Attributes:
        method: Name of the method; another one is not comparable.
        probes: Number of questions asked that no paper answers.
        dense: Cosine of the best passage.
        late: Late interaction of the best passage; None for an encoder without token vectors.
        not_covered_below: Nearness below which a question is called not covered.
        covered_from: Nearness from which it is called covered.
    """

    model_config = ConfigDict(frozen=True)

    method: str
    probes: int
    dense: Scale
    late: Scale | None
    not_covered_below: float
    covered_from: float


def calibrate(
    encoder: Encoder,
    vectors: VectorIndex,
    tokens: TokenIndex | None,
    readable: NDArray[np.bool_] | None = None,
) -> Calibration | None:
    """
    Ask a generation what it does not know.

    Args:
        encoder: The encoder of the generation.
        vectors: Its vectors.
        tokens: Its tokens, where it has some.
        readable: Rows that the encoder reads, None for all. *Shape:* (rows,).

    Returns:
        None for a generation without passages that the encoder reads.
    """
    if not vectors.rows or (readable is not None and not readable.any()):
        return None
    encoded = encoder.encode_tokens(PROBES, role="question")
    best = vectors.nearest(encoded.rows, LATE_DEPTH, readable)
    late = None
    if tokens is not None and encoded.tokens is not None:
        asked = [
            AskedTokens(
                words=("",) * len(each.ids),
                ids=each.ids,
                vectors=each.vectors,
                weights=np.ones(len(each.ids)),
            )
            for each in encoded.tokens
        ]
        pairs = zip(asked, best, strict=True)
        late = _scale([float(tokens.scores(one, found.rows).max()) for one, found in pairs])
    return Calibration(
        method=METHOD,
        probes=len(PROBES),
        dense=_scale([float(found.scores[0]) for found in best]),
        late=late,
        not_covered_below=_NOT_COVERED_BELOW,
        covered_from=_COVERED_FROM,
    )


def _scale(scores: Sequence[float]) -> Scale:
    """Centre and spread that a few probes which are answered after all do not move."""
    low, centre, high = np.percentile(scores, (25, 50, 75)).tolist()
    return Scale(centre=centre, spread=max(_LEAST_SPREAD, (high - low) / 2 / 0.6745))

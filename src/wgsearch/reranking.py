"""
question and the best passages -> their order by a model that reads both at once.

Why last, and few: a cross-encoder sees how the words of question and passage bear on each
other, which no vector made beforehand can, and costs one pass of the network a passage.
"""

from __future__ import annotations

import threading
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np

from wgsearch.embedding.files import ModelFiles
from wgsearch.embedding.runtime import load_cross_encoder
from wgsearch.errors import RerankerUnavailableError
from wgsearch.fusion import Ranking, fuse, ranked, standardised

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

# So many of the best are read again. Time decides, not a sweep: a small cross-encoder (six
# layers) reads about as many passages a second as the default encoder encodes, 25 on two
# cores, so fifty are two seconds; and passages further down rarely come up to the first five.
RERANKED = 50
# As the encoder's, whose network is of the same kind.
_BATCH = 16
# What the weights of a cross-encoder were trained as. Any other model gets a head of random
# numbers from the library, and ranks by chance.
_HEADS = ("ForSequenceClassification", "ForCausalLM")


class Reranker(Protocol):
    """Question and passages to scores."""

    @property
    def identity(self) -> str:
        """Name and digest of the weights: equal means equal scores."""

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float64]:
        """
        How well each text answers.

        Args:
            question: The question.
            texts: Passages with their context; what is beyond the model's reach is not read.

        Returns:
            *Shape:* (n,). Higher is better; on a scale of the model's own.
        """


class CrossEncoderReranker:
    """
    A cross-encoder of sentence-transformers, on the processor, without a network.

    Args:
        name: A folder, or a name of the Hugging Face hub that is in the local cache already.

    Raises:
        RerankerUnavailableError: On first use, when the weights are missing, or are those of
            something else than a cross-encoder with one score.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._files = ModelFiles(
            name,
            kind="reranker",
            organisation="cross-encoder",
            unavailable=RerankerUnavailableError,
        )
        # Fast tokenizers fail ("already borrowed") when two threads use one at a time.
        self._lock = threading.Lock()

    @cached_property
    def identity(self) -> str:
        """Read without loading the model; says when it is none."""
        self._check()
        return f"{self._files.label}@{self._files.digest[:12]}"

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float64]:
        """Logits: the model's own activation would press the best ones together."""
        if not texts:
            return np.zeros(0)
        with self._lock:
            found = self._model.predict(
                [(question, text) for text in texts], batch_size=_BATCH, show_progress_bar=False
            )
        scores = np.asarray(found, dtype=np.float64)
        if not np.isfinite(scores).all():
            raise RerankerUnavailableError(
                f"reranker {self.name!r} gives scores that are no numbers; its weights are "
                "damaged: copy it again, or set another"
            )
        return scores

    def _check(self) -> None:
        """Refuse what was not trained to score pairs."""
        own = self._files.stated("config_sentence_transformers.json") or {}
        heads = (self._files.stated("config.json") or {}).get("architectures") or []
        if own.get("model_type") != "CrossEncoder" and not any(
            head.endswith(_HEADS) for head in heads
        ):
            raise RerankerUnavailableError(
                f"{self.name!r} is no cross-encoder: its config.json names "
                f"{', '.join(heads) or 'no architecture'}, expected one that ends in "
                f"{' or '.join(_HEADS)}; set a cross-encoder, or none"
            )

    @cached_property
    def _model(self) -> Any:  # noqa: ANN401 - the library is not typed
        """The loaded model."""
        self._check()
        model = load_cross_encoder(self._files)
        if model.num_labels != 1:
            raise RerankerUnavailableError(
                f"reranker {self.name!r} gives {model.num_labels} scores a pair, expected 1: it "
                "tells classes apart and does not rank; set a cross-encoder trained to rank"
            )
        return model


class Once:
    """
    A reranker that reads no passage twice for one question.

    Where folding leaves too few passages, more are ranked, and the best come again.

    Args:
        reranker: What reads question and passages.
    """

    def __init__(self, reranker: Reranker) -> None:
        self.identity = reranker.identity
        self._reranker = reranker
        self._known: dict[tuple[str, str], float] = {}

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float64]:
        """As the reranker inside gave them when it was first asked."""
        new = [text for text in dict.fromkeys(texts) if (question, text) not in self._known]
        if new:
            found = self._reranker.scores(question, new)
            self._known |= {(question, text): float(s) for text, s in zip(new, found, strict=True)}
        return np.array([self._known[question, text] for text in texts], dtype=np.float64)


class Reranked(NamedTuple):
    """
    A ranking whose best were read again.

    Attributes:
        answer: The order of the answer: all rows of the ranking.
        alone: The rows that were read again, by the reranker's scores alone.
    """

    answer: Ranking
    alone: Ranking


def rerank(
    reranker: Reranker,
    question: str,
    found: Ranking,
    texts_of: Callable[[NDArray[np.int64]], Sequence[str]],
    *,
    count: int = RERANKED,
) -> Reranked:
    """
    Order the best rows by the sum of their own and the reranker's standardised scores.

    A sum, since most cross-encoders were trained on English web pages: on papers, or in another
    language, one may be weaker than the legs, and alone it would undo what they found.

    Args:
        reranker: What reads question and passages.
        question: The question.
        found: The ranking so far.
        texts_of: Texts of rows, in their order.
        count: How many of the best are read; the others stay where they are, below.
    """
    rows, before = found.rows[:count], found.scores[:count]
    scores = reranker.scores(question, texts_of(rows))
    best = ranked(rows, fuse((standardised(before, before), standardised(scores, scores))), count)
    rest = found.scores[count:]
    if len(rest):
        # Scores compare within an answer: what stands below must not score higher.
        rest = rest - rest[0] + min(best.scores[-1], rest[0])
    return Reranked(
        answer=Ranking(
            rows=np.concatenate((best.rows, found.rows[count:])),
            scores=np.concatenate((best.scores, rest)),
        ),
        alone=ranked(rows, scores, count),
    )

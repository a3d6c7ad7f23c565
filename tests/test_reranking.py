"""The best are read again, the rest stay, and a model that does not rank is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wgsearch.answers import Query
from wgsearch.errors import RerankerUnavailableError
from wgsearch.evaluation import evaluate
from wgsearch.fusion import Ranking
from wgsearch.reranking import CrossEncoderReranker, Once, rerank
from wgsearch.search import LocalEngine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from wgsearch.embedding import Encoder


class Stated:
    """Gives the scores that it was made with, and keeps what it was asked."""

    identity = "stated@1"

    def __init__(self, scores: Callable[[str], float]) -> None:
        self.asked: list[tuple[str, tuple[str, ...]]] = []
        self._scores = scores

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float64]:
        """One a text."""
        self.asked.append((question, tuple(texts)))
        return np.array([self._scores(text) for text in texts], dtype=np.float64)


def _ranking(rows: Sequence[int], scores: Sequence[float]) -> Ranking:
    return Ranking(rows=np.array(rows, dtype=np.int64), scores=np.array(scores, dtype=np.float64))


def _names(rows: NDArray[np.int64]) -> list[str]:
    return [str(row) for row in rows.tolist()]


def test_best_are_ordered_by_both() -> None:
    """
    Own scores 4, 2, 0 are 1.22, 0, -1.22 deviations from their mean, the reranker's 0, 0, 3 are
    -0.71, -0.71, 1.41: row 5 has 0.52, row 8 0.19, row 3 -0.71. Row 1 was not read and stays last.
    """
    reranker = Stated({"5": 0.0, "3": 0.0, "8": 3.0}.__getitem__)
    found = rerank(reranker, "debt", _ranking([5, 3, 8, 1], [4, 2, 0, -1]), _names, count=3)
    assert reranker.asked == [("debt", ("5", "3", "8"))]
    assert found.answer.rows.tolist() == [5, 8, 3, 1]
    assert np.allclose(found.answer.scores, [0.5176, 0.1895, -0.7071, -1.0], atol=1e-4)
    assert found.alone.rows.tolist() == [8, 3, 5]


def test_reranker_that_sees_no_difference_changes_nothing() -> None:
    """Equal scores leave the order of the legs."""
    found = rerank(Stated(lambda _: 7.0), "debt", _ranking([5, 3, 8], [4, 2, 0]), _names)
    assert found.answer.rows.tolist() == [5, 3, 8]


@given(
    st.lists(st.floats(-50, 50), max_size=12).map(lambda scores: sorted(scores, reverse=True)),
    st.integers(1, 8),
)
def test_nothing_is_lost_and_scores_fall(scores: list[float], count: int) -> None:
    """Every row is there once, those below the best in their places; scores never rise."""
    ranking = _ranking(range(len(scores)), scores)
    reranker = Stated(lambda text: float(int(text) * 7 % 5))
    found = rerank(reranker, "debt", ranking, _names, count=count).answer
    assert sorted(found.rows.tolist()) == list(range(len(scores)))
    assert found.rows[count:].tolist() == list(range(len(scores)))[count:]
    assert np.all(np.diff(found.scores) <= 1e-9)


def test_no_passage_is_read_twice_for_a_question() -> None:
    """Asked again with more passages, only the new ones cost time."""
    reranker = Stated(float)
    once = Once(reranker)
    assert once.scores("debt", ["3", "5", "3"]).tolist() == [3.0, 5.0, 3.0]
    assert once.scores("debt", ["5", "8"]).tolist() == [5.0, 8.0]
    assert reranker.asked == [("debt", ("3", "5")), ("debt", ("8",))]


def test_engine_reads_the_best_again(tiny_index: Path, encoder: Encoder) -> None:
    """
    The reranker sees the question without its operators and the passages with their context,
    decides among the best, and has no say where one leg alone is asked for.
    """
    reranker = Stated(lambda text: 100.0 * ("contract" in text))
    plain = LocalEngine(tiny_index, encoder)
    engine = LocalEngine(tiny_index, encoder, reranker=reranker)
    query = Query(text="workers -organs")
    before, after = plain.search(query), engine.search(query)
    assert "contract" not in before.hits[0].passage.text
    assert "contract" in after.hits[0].passage.text
    (asked,) = reranker.asked
    assert asked[0] == "workers"
    assert all("Debt bondage" in text for text in asked[1] if "contract" in text)
    for mode in ("lexical", "dense"):
        alone = Query(text="workers", mode=mode)
        assert engine.search(alone).hits == plain.search(alone).hits
    assert len(reranker.asked) == 1


def test_evaluation_measures_with_the_reranker(tmp_path: Path, encoder: Encoder) -> None:
    """Judged questions go through the reranker as searches do: it alone tells these two apart."""
    (tmp_path / "qrels").mkdir()
    texts = {"a": "debt of workers", "b": "workers debt of"}
    documents = [json.dumps({"_id": each, "text": text}) for each, text in texts.items()]
    (tmp_path / "corpus.jsonl").write_text("\n".join(documents))
    (tmp_path / "queries.jsonl").write_text('{"_id": "q", "text": "debt"}')
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq\tb\t1\n")
    reranker = Stated(lambda text: float(text.endswith("of")))
    assert evaluate(tmp_path, encoder).mrr_at_10 == 0.5
    assert evaluate(tmp_path, encoder, reranker=reranker).mrr_at_10 == 1.0


def test_cross_encoder_scores_pairs(
    save_tiny_model: Callable[..., Path], capfd: pytest.CaptureFixture[str]
) -> None:
    """A folder is enough; scores do not depend on what else is scored, and nothing is said."""
    folder = save_tiny_model("tiny-reranker", labels=1)
    reranker = CrossEncoderReranker(str(folder))
    texts = ["debt bondage", "recruitment fees", "a long one " * 60, "x"]
    capfd.readouterr()
    scores = reranker.scores("who pays", texts)
    assert scores.dtype == np.float64
    assert len(set(scores.tolist())) == 4
    assert np.allclose(scores[1], reranker.scores("who pays", texts[1:2]), atol=1e-5)
    assert not np.allclose(scores, reranker.scores("what for", texts), atol=1e-3)
    assert reranker.scores("who pays", []).shape == (0,)
    name, _, digest = reranker.identity.partition("@")
    assert (name, len(digest)) == ("tiny-reranker", 12)
    assert capfd.readouterr() == ("", "")


def test_what_does_not_rank_is_refused(save_tiny_model: Callable[..., Path]) -> None:
    """
    An encoder would get a head of random numbers, a classifier gives several scores, a name
    that is not here would have to be fetched: each is said, with what to do.
    """
    encoder, classes = save_tiny_model("no-head"), save_tiny_model("classes", labels=3)
    with pytest.raises(RerankerUnavailableError, match=r"no cross-encoder.*BertModel"):
        _ = CrossEncoderReranker(str(encoder)).identity
    with pytest.raises(RerankerUnavailableError, match="no cross-encoder"):
        CrossEncoderReranker(str(encoder)).scores("a", ["b"])
    with pytest.raises(RerankerUnavailableError, match="gives 3 scores a pair, expected 1"):
        CrossEncoderReranker(str(classes)).scores("a", ["b"])
    with pytest.raises(RerankerUnavailableError, match="nothing is fetched"):
        _ = CrossEncoderReranker("nobody/no-such-reranker").identity


def test_damaged_weights_are_named(save_tiny_model: Callable[..., Path]) -> None:
    """A file cut short is an error with the reranker's name, not a traceback."""
    folder = save_tiny_model("cut", labels=1)
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(RerankerUnavailableError, match=r"'.*cut' cannot be loaded"):
        CrossEncoderReranker(str(folder)).scores("a", ["b"])

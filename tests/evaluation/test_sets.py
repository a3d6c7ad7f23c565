"""A judged set is measured through the code that serves, question by question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wgsearch.errors import EncoderMismatchError, JudgementsError
from wgsearch.evaluation import documents, evaluate, read_judged_set
from wgsearch.evaluation.engines import engine_over
from wgsearch.evaluation.runs import run
from wgsearch.index.build import paper_reader
from wgsearch.index.publish import current
from wgsearch.papers import reader
from wgsearch.search import LocalEngine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from wgsearch.embedding import Encoder, Role, Vectors

PROMISED = {
    "name": "little",
    "documents": 4,
    "queries": 3,
    "mode": "hybrid",
    "ndcg@10": 0.6667,
    "recall@100": 0.6667,
    "mrr@10": 0.6667,
    "success@5": 0.6667,
}


class Refusing:
    """An encoder that must not be asked."""

    identity = "refusing"
    dimension = 3
    has_tokens = False

    def encode(
        self,
        texts: Sequence[str],
        progress: Callable[[int], None] | None = None,
        *,
        role: Role = "passage",
    ) -> Vectors:
        """Fails."""
        raise AssertionError((texts, progress, role))

    encode_tokens = spans_of = encode


def test_measured_through_the_engine(judged: Path, encoder: Encoder) -> None:
    """
    Only judged questions count; a long document counts once, one with a title only is found by
    it, and a question that asks nothing finds nothing.
    """
    measured = evaluate(judged, encoder).to_json()
    assert PROMISED.items() <= measured.items()
    assert measured["seconds"] > 0
    assert measured["encoder"] == encoder.identity
    assert measured["latency_ms"]["p95"] >= measured["latency_ms"]["p50"] > 0
    assert "'q4' finds nothing" in measured["notes"][-1]
    assert "per_query" not in measured


def test_each_question_by_itself(judged: Path, encoder: Encoder) -> None:
    """What was found first, what was missed, and the measures of each question."""
    first, _, last = evaluate(judged, encoder).to_json(per_query=True)["per_query"]
    assert first["id"] == "q1"
    assert first["question"] == "fees and debt"
    assert first["found"][0] == "d1"
    assert first["missed"] == []
    assert first["ndcg@10"] == first["mrr@10"] == 1
    assert last == {
        "id": "q4",
        "question": "?",
        "ndcg@10": 0,
        "recall@100": 0,
        "mrr@10": 0,
        "success@5": 0,
        "found": [],
        "missed": ["d1"],
    }


def test_the_best_passage_counts_for_its_document(
    judged: Path, encoder: Encoder, write_lines: Callable[..., Path]
) -> None:
    """A document of many passages is found by one of them, and stands once in the ranking."""
    long = " ".join(f"Filler {number} says little." for number in range(400))
    long_one = [{"_id": "long", "text": f"{long} Kidneys are sold. {long}"}]
    short = [{"_id": f"short{number}", "text": "Fees are charged."} for number in range(3)]
    write_lines(judged / "corpus.jsonl", [*long_one, *short])
    write_lines(judged / "queries.jsonl", [{"_id": "q", "text": "kidneys sold, little filler"}])
    (judged / "qrels" / "test.tsv").write_text("q\tlong\t1\n")
    one = evaluate(judged, encoder).questions[0]
    assert one.found[0] == "long"
    assert one.found.count("long") == 1


def test_words_alone_encode_nothing(judged: Path) -> None:
    """The lexical leg by itself costs no encoding, however large the set."""
    measured = evaluate(judged, Refusing(), mode="lexical")
    assert measured.ndcg_at_10 == pytest.approx(2 / 3)
    assert measured.encoder is None


def test_index_is_kept_where_asked(judged: Path, encoder: Encoder, tmp_path: Path) -> None:
    """A kept index serves the next mode without encoding again."""
    index = tmp_path / "index"
    first = evaluate(judged, encoder, mode="dense", index=index)
    again = evaluate(judged, encoder, mode="lexical", index=index)
    assert (first.mode, again.mode) == ("dense", "lexical")
    assert len(list((index / "generations").iterdir())) == 1


def test_an_index_made_for_words_is_made_anew_for_meaning(
    judged: Path, encoder: Encoder, tmp_path: Path
) -> None:
    """Stand-in vectors never answer a question by meaning."""
    index = tmp_path / "index"
    words = evaluate(judged, encoder, mode="lexical", index=index)
    with pytest.raises(EncoderMismatchError, match="words only"):
        LocalEngine(index, encoder)
    both = evaluate(judged, encoder, index=index)
    assert (words.encoder, both.encoder) == (None, encoder.identity)


def test_somebodys_papers_are_never_replaced(
    judged: Path, encoder: Encoder, tiny_index: Path
) -> None:
    """An index of papers, named by mistake, is refused and stays in use."""
    assert documents.READER_VERSION not in (reader.READER_VERSION, paper_reader().version)
    before = current(tiny_index)
    with pytest.raises(JudgementsError, match=r"index of papers.*folder of its own"):
        evaluate(judged, encoder, index=tiny_index)
    assert current(tiny_index) == before


def test_how_far_it_is_is_told(judged: Path, encoder: Encoder) -> None:
    """Stages of the build, pages beside papers, then the questions, to the last."""
    told: list[tuple[str, int, int]] = []
    evaluate(judged, encoder, progress=lambda *each: told.append(each))
    assert {stage for stage, _, _ in told} == {"read", "pages", "embed", "index", "ask"}
    assert told[-1] == ("ask", 3, 3)


def test_a_question_too_long_is_said_and_counts(judged: Path, encoder: Encoder) -> None:
    """A question that the engine refuses finds nothing; the others are measured."""
    queries = judged / "queries.jsonl"
    queries.write_text(queries.read_text().replace("fees and debt", "fees " * 5000))
    measured = evaluate(judged, encoder, mode="lexical")
    assert "'q1' finds nothing: the question has 24" in measured.notes[-2]
    assert measured.success_at_5 == pytest.approx(1 / 3)


@pytest.fixture
def annotated(judged: Path, write_lines: Callable[..., Path]) -> Path:
    """The set with a question whose annotation says what it is about."""
    annotation = "Organs are removed from persons."
    write_lines(
        judged / "queries.jsonl",
        [
            {"_id": "q1", "text": "debt", "metadata": {"annotation": " "}},
            {"_id": "q2", "text": "Other matters", "metadata": {"annotation": annotation}},
        ],
    )
    return judged


def test_an_annotation_is_asked_where_wanted(annotated: Path, encoder: Encoder) -> None:
    """By default the text alone is asked; with its annotation, as an agenda item is asked."""
    plain = evaluate(annotated, encoder, mode="lexical")
    asked = evaluate(annotated, encoder, mode="lexical", with_annotation=True)
    assert [each.values["success@5"] for each in plain.questions] == [1, 0]
    assert [each.values["success@5"] for each in asked.questions] == [1, 1]
    assert plain.to_json()["annotated"] is None
    assert asked.to_json()["annotated"] == 1
    assert plain.digest == asked.digest


def test_a_set_without_annotations_says_so(judged: Path, encoder: Encoder) -> None:
    """Asking for what is not there is refused, with what to do."""
    with pytest.raises(JudgementsError, match="leave out --with-annotation"):
        evaluate(judged, encoder, with_annotation=True)


def test_annotations_are_asked_in_the_mode_wanted(annotated: Path) -> None:
    """Asked by words alone, no question with an annotation reaches the encoder."""
    read = read_judged_set(annotated)
    with engine_over(read, Refusing(), modes=("lexical",)) as engine:
        assert run(engine, read, mode="lexical", with_annotation=True).ranked["q2"].documents

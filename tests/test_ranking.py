"""Legs agree with their sum, filters hold before ranking, and items draw on several papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wgsearch.embedding import DEFAULT_ENCODER, Encoded, InOnePass, TokenSpans
from wgsearch.fusion import standardised
from wgsearch.index.build import PaperReader, build
from wgsearch.index.snapshot import open_current
from wgsearch.index.tokens import LATE_DEPTH
from wgsearch.question import Part, Question
from wgsearch.ranking import (
    LATE_TOKENS,
    Ranked,
    _trust,
    asked_of,
    diverse,
    encode_question,
    rank,
)
from wgsearch.search import Filters, LocalEngine, Query

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from wgsearch.embedding import Encoder, Role
    from wgsearch.index.snapshot import Snapshot
    from wgsearch.papers.paper import Paper
    from wgsearch.search import Mode


class Renamed(InOnePass):
    """The encoder under another name, with or without vectors of tokens."""

    def __init__(self, encoder: Encoder, identity: str, *, has_tokens: bool = True) -> None:
        self.identity = identity
        self.dimension = encoder.dimension
        self.has_tokens = has_tokens
        self._encoder = encoder

    def encode_tokens(
        self,
        texts: Sequence[str],
        progress: Callable[[int], None] | None = None,
        *,
        role: Role = "passage",
    ) -> Encoded:
        """As the encoder inside; no tokens where there are none."""
        found = self._encoder.encode_tokens(texts, progress, role=role)
        return found if self.has_tokens else Encoded(rows=found.rows, tokens=None)

    def spans_of(self, text: str, *, role: Role = "passage") -> TokenSpans:
        """Likewise."""
        return self._encoder.spans_of(text, role=role) if self.has_tokens else TokenSpans.none()


def _question(text: str) -> Question:
    return Question(parts=(Part(text=text),))


def _ranked(
    snapshot: Snapshot, encoder: Encoder, question: Question, mode: Mode = "hybrid"
) -> Ranked:
    return rank(snapshot, question, filters=Filters(), mode=mode, k=3, encoder=lambda: encoder)


def _trusted(snapshot: Snapshot, encoder: Encoder, question: Question) -> float:
    """How far words are trusted in a question."""
    return _trust(snapshot, question, _ranked(snapshot, encoder, question, "lexical").lexical)


def test_question_vector_is_of_unit_length(encoder: Encoder) -> None:
    """A long question is encoded in pieces, and weighs what its words weigh."""
    short = encode_question(encoder, Question(parts=(Part(text="debt bondage"),))).vector
    long = encode_question(encoder, Question(parts=(Part(text="debt bondage " * 400),))).vector
    assert np.allclose(short, encoder.encode(["debt bondage"])[0], atol=1e-6)
    assert np.allclose(np.linalg.norm(long), 1, atol=1e-6)
    assert long @ short > 0.99


def test_heavier_part_decides(encoder: Encoder) -> None:
    """The title of an item weighs more than its annotation."""
    title, rest = encoder.encode(["organs", "fees"])
    vector = encode_question(
        encoder, Question(parts=(Part(text="organs", weight=3), Part(text="fees")))
    ).vector
    assert vector @ title > vector @ rest


def test_every_candidate_has_both_scores(tiny_index: Path, encoder: Encoder) -> None:
    """The sum orders rows of either leg, and each row is there once."""
    snapshot = open_current(tiny_index, encoder.identity)
    found = rank(
        snapshot,
        Question(parts=(Part(text="debt of workers"),)),
        filters=Filters(),
        mode="hybrid",
        k=3,
        encoder=lambda: encoder,
    )
    assert sorted(found.answer.rows) == sorted({*found.lexical.rows, *found.dense.rows})
    assert np.all(np.diff(found.answer.scores) <= 0)


def test_at_most_three_of_a_paper_come_first(tiny_index: Path, encoder: Encoder) -> None:
    """Further passages of a paper only fill up."""
    snapshot = open_current(tiny_index, encoder.identity)
    rows = np.arange(6)
    assert snapshot.store.paper_of[rows].tolist() == [0, 0, 0, 0, 1, 1]
    assert diverse(snapshot, rows, 5) == [0, 1, 2, 4, 5]
    assert diverse(snapshot, rows, 6) == [0, 1, 2, 4, 5, 3]


def test_words_in_no_passage_are_not_trusted(tiny_index: Path, encoder: Encoder) -> None:
    """The fewer of its words a question finds, the less they decide; without any, nothing."""
    snapshot = open_current(tiny_index, encoder.identity)
    questions = ("debt bondage", "debt bondage quagga", "debt quagga xylem", "quagga xylem")
    trusts = [_trusted(snapshot, encoder, _question(each)) for each in questions]
    assert trusts[0] > trusts[1] > trusts[2] > trusts[3] == 0


def test_trust_by_hand(tiny_index: Path, encoder: Encoder) -> None:
    """The best passage's score, of what the words would weigh where all were found once."""
    snapshot = open_current(tiny_index, encoder.identity)
    question = _question("debt quagga xylem")
    best = _ranked(snapshot, encoder, question, "lexical").lexical.scores[0]
    whole = sum(snapshot.lexical.idf("en", each) for each in ("debt", "quagga", "xylem"))
    assert np.isclose(_trusted(snapshot, encoder, question), best / whole)


def test_words_of_a_language_without_papers_are_trusted(tiny_index: Path, encoder: Encoder) -> None:
    """Such a question finds papers by the words that it was put into, and is not blamed."""
    snapshot = open_current(tiny_index, encoder.identity)
    assert _trusted(snapshot, encoder, _question("долговая кабала работников")) == 2


def test_added_words_of_another_language_cost_no_trust(tiny_index: Path, encoder: Encoder) -> None:
    """An English question stays one when French words are looked for too."""
    snapshot = open_current(tiny_index, encoder.identity)
    plain = _question("debt bondage")
    french = Part(text="servitude pour les dettes", language="fr", weight=0.1)
    added = Question(parts=plain.parts, added=(french,))
    found = _ranked(snapshot, encoder, plain, "lexical").lexical
    assert _trust(snapshot, added, found) == _trust(snapshot, plain, found) > 0


def test_late_interaction_ranks_the_best_again(tiny_index: Path, encoder: Encoder) -> None:
    """Candidates of words and meaning are compared token by token; alone, that is the order."""
    snapshot = open_current(tiny_index, encoder.identity)
    question = _question("fees charged to workers")
    together = _ranked(snapshot, encoder, question)
    alone = _ranked(snapshot, encoder, question, "late")
    assert alone.answer == alone.late
    assert alone.late.rows.tolist() == together.late.rows.tolist()
    assert 0 < len(alone.late.rows) <= LATE_DEPTH
    assert {*alone.late.rows.tolist()} <= {*together.lexical.rows, *together.dense.rows}
    assert np.all(np.diff(alone.late.scores) <= 0)
    assert snapshot.tokens is not None
    assert alone.asked is not None
    again = snapshot.tokens.scores(alone.asked, alone.late.rows)
    assert np.array_equal(again, alone.late.scores)
    (first,) = snapshot.store.passages(alone.late.rows[:1].tolist())
    assert (first.symbol, first.paragraph) == ("DEMO/COP/WG.4/2022/2", "1")


def test_single_legs_compare_no_tokens(tiny_index: Path, encoder: Encoder) -> None:
    """Words alone and meaning alone are what they say."""
    snapshot = open_current(tiny_index, encoder.identity)
    for mode in ("lexical", "dense"):
        found = _ranked(snapshot, encoder, _question("fees charged to workers"), mode)
        assert len(found.answer.rows)
        assert (len(found.late.rows), found.asked) == (0, None)


def test_long_questions_are_compared_as_a_whole(tiny_index: Path, encoder: Encoder) -> None:
    """Of a pasted text tokens say less than its vector: one token too many, and they are silent."""
    snapshot = open_current(tiny_index, encoder.identity)
    longest = _ranked(snapshot, encoder, _question("debt " * LATE_TOKENS))
    assert longest.asked is not None
    assert len(longest.asked.ids) == LATE_TOKENS
    assert len(longest.late.rows)
    longer = _ranked(snapshot, encoder, _question("debt " * (LATE_TOKENS + 1)))
    assert (longer.asked, len(longer.late.rows)) == (None, 0)
    assert len(longer.answer.rows)


def test_late_alone_says_why_it_finds_nothing(tiny_engine: LocalEngine) -> None:
    """An empty answer is never silent, and only an empty one is explained."""
    found = tiny_engine.search(Query(text="debt " * (LATE_TOKENS + 1), mode="late"))
    assert found.hits == ()
    assert any("nothing can be compared word by word" in note for note in found.notes)
    for text, mode in (("debt", "late"), ("debt " * (LATE_TOKENS + 1), "hybrid")):
        answer = tiny_engine.search(Query(text=text, mode=mode))  # type: ignore[arg-type]  # both are modes
        assert answer.hits
        assert not any("word by word" in note for note in answer.notes)


def test_encoder_without_tokens(
    tmp_path: Path,
    encoder: Encoder,
    memory_reader: Callable[..., PaperReader],
    tiny_papers: tuple[Paper, ...],
) -> None:
    """Words and meaning answer as ever; late interaction takes no part, and alone says why."""
    pooled = Renamed(encoder, "pooled", has_tokens=False)
    build(tmp_path, tmp_path / "index", pooled, reader=memory_reader(tiny_papers))
    snapshot = open_current(tmp_path / "index", pooled.identity)
    found = _ranked(snapshot, pooled, _question("fees charged to workers"))
    assert (found.asked, len(found.late.rows)) == (None, 0)
    engine = LocalEngine(tmp_path / "index", pooled)
    hit = engine.search(Query(text="fees charged to workers")).hits[0]
    assert (hit.passage.paragraph, hit.match.late_rank, hit.match.answering) == ("1", None, ())
    alone = engine.search(Query(text="fees charged to workers", mode="late"))
    assert alone.hits == ()
    assert any("no vectors of words" in note for note in alone.notes)


def test_what_the_encoder_cannot_read_is_ranked_by_words_alone(
    tmp_path: Path,
    encoder: Encoder,
    memory_reader: Callable[..., PaperReader],
    tiny_papers: tuple[Paper, ...],
    tiny_index: Path,
) -> None:
    """
    The default encoder reads English only: a French passage is no candidate by meaning, and its
    words stand in for the two legs that cannot judge it. Another encoder compares it as any.
    """
    english = Renamed(encoder, f"{DEFAULT_ENCODER}@0/unit/float32")
    build(tmp_path, tmp_path / "index", english, reader=memory_reader(tiny_papers))
    snapshot = open_current(tmp_path / "index", english.identity)
    (french,) = (
        row
        for number, entry in enumerate(snapshot.store.entries)
        if entry.language == "fr"
        for row in snapshot.store.rows_of(number)
    )
    question = _question("organes prélevés sur des personnes endettées")
    found = _ranked(snapshot, english, question)
    # Of 15 passages one is replaced by a revision.
    assert len(found.dense.rows) == 13
    assert french not in found.dense.rows
    assert french not in found.late.rows
    assert found.answer.rows[0] == french
    reference = np.concatenate((found.lexical.scores, np.zeros(14 - len(found.lexical.scores))))
    own = snapshot.lexical.scores(asked_of(question), np.array([french]))
    words = _trust(snapshot, question, found.lexical) * standardised(own, reference)
    assert np.allclose(found.answer.scores[0], 3 * words)
    everything = _ranked(open_current(tiny_index, encoder.identity), encoder, question)
    assert french in everything.dense.rows
    assert french in everything.late.rows


def test_a_symbol_alone_is_looked_for_by_name(
    make_paper: Callable[..., Paper],
    memory_reader: Callable[[Sequence[Paper]], PaperReader],
    encoder: Encoder,
    tmp_path: Path,
) -> None:
    """Who cites a paper that is not held comes first, and nothing that is merely near comes up."""
    texts = ("Debt keeps workers from leaving.", "See DEMO/COP/WG.4/2019/7 on wages.")
    reader = memory_reader([make_paper(texts=texts)])
    build(tmp_path, tmp_path / "index", encoder, reader=reader)
    answer = LocalEngine(tmp_path / "index", encoder).search(Query(text="DEMO/COP/WG.4/2019/7"))
    assert answer.hits[0].passage.text == texts[1]
    assert all(hit.match.dense_rank is None for hit in answer.hits)

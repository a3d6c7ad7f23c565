"""Legs agree with their sum, filters hold before ranking, and items draw on several papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wgsearch.index.snapshot import open_current
from wgsearch.question import Part, Question
from wgsearch.ranking import diverse, encode_question, rank
from wgsearch.search import Filters

if TYPE_CHECKING:
    from pathlib import Path

    from wgsearch.embedding import Encoder


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

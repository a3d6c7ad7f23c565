"""The words that a model wants before texts are its own, and nobody has to know them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from wgsearch.embedding import SentenceTransformerEncoder
from wgsearch.embedding.files import ModelFiles
from wgsearch.embedding.prompts import Prompts, read_prompts

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("stated", "found"),
    [
        ({"query": "ask: ", "document": "say: "}, Prompts(question="ask: ", passage="say: ")),
        ({"query": "ask: ", "passage": "say: "}, Prompts(question="ask: ", passage="say: ")),
        (
            {"query": "ask: ", "document": "", "corpus": "c: "},
            Prompts(question="ask: ", passage="c: "),
        ),
        ({"query": None, "document": None}, Prompts()),
        ({"clustering": "sort: "}, Prompts()),
        ({}, Prompts()),
    ],
)
def test_prompts_are_those_that_the_model_states(
    tmp_path: Path, stated: dict[str, str | None], found: Prompts
) -> None:
    """Under the names that sentence-transformers uses; a prompt for another task is none."""
    config = {"prompts": stated, "default_prompt_name": None}
    (tmp_path / "config_sentence_transformers.json").write_text(json.dumps(config))
    assert read_prompts(ModelFiles(str(tmp_path))) == found


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("multilingual-e5-small", True),
        ("e5-base-v2", True),
        ("multilingual-e5-large-instruct", False),
        ("my-e5-base", False),
        ("bge-m3", False),
    ],
)
def test_published_e5_models_are_known_by_name(tmp_path: Path, name: str, *, known: bool) -> None:
    """They state their prompts in prose only; no other model is taken for one of them."""
    (tmp_path / name).mkdir()
    e5 = Prompts(question="query: ", passage="passage: ")
    assert read_prompts(ModelFiles(str(tmp_path / name))) == (e5 if known else Prompts())


def test_what_is_set_wins(tmp_path: Path) -> None:
    """A prompt that is set takes the place of the model's own; an empty one takes it away."""
    (tmp_path / "e5-small").mkdir()
    encoder = SentenceTransformerEncoder(str(tmp_path / "e5-small"), passage_prompt="")
    assert encoder.prompts == Prompts(question="query: ", passage="")


def test_no_prompts_leave_no_mark() -> None:
    """Indexes built before prompts were known stay good; each pair of prompts has its own mark."""
    marks = {
        Prompts(question=question, passage=passage).mark
        for question, passage in (("", ""), ("a", ""), ("", "a"), ("ab", "c"), ("a", "bc"))
    }
    assert len(marks) == 5
    assert Prompts().mark == ""

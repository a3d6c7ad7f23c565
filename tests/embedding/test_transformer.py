"""What encodes: rows and tokens of one pass, in the order of the texts, with the right weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from wgsearch.embedding import DEFAULT_SHA256, SentenceTransformerEncoder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.mark.model
def test_default_encoder(capfd: pytest.CaptureFixture[str]) -> None:
    """The default encoder knows likeness of meaning, gives unit rows in order, says nothing."""
    encoder = SentenceTransformerEncoder()
    assert encoder.identity == f"all-MiniLM-L6-v2@{DEFAULT_SHA256[:12]}/unit/float32"
    texts = ["Victims should not be punished.", "Non-punishment", "A recipe for soup " * 60]
    rows = encoder.encode(texts)
    assert rows.shape == (3, encoder.dimension)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert rows[0] @ rows[1] > 0.5 > rows[0] @ rows[2]
    assert np.allclose(encoder.encode(texts[:1])[0], rows[0], atol=1e-5)
    assert capfd.readouterr() == ("", "")


@pytest.mark.model
def test_tokens_of_the_default_encoder() -> None:
    """
    One pass gives the rows that `encode` gives, and for each word its place in the text and a
    vector; what is beyond the encoder's reach has none, and an empty text has no tokens.
    """
    encoder = SentenceTransformerEncoder()
    texts = ["Debt bondage, l'Économie", "", "workers " * 400]
    found = encoder.encode_tokens(texts, role="question")
    assert encoder.has_tokens
    assert found.tokens is not None
    assert np.abs(found.rows - encoder.encode(texts)).max() < 1e-6
    short, empty, long = found.tokens
    assert [texts[0][start:end] for start, end in short.spans] == [
        *("Debt", "bond", "age", ",", "l", "'", "Éco", "no", "mie")
    ]
    assert empty.vectors.shape == (0, 384)
    assert len(long.ids) == 254
    for text, tokens in zip(texts, found.tokens, strict=True):
        assert tokens.vectors.shape == (len(tokens.ids), 384)
        assert tokens.vectors.dtype == np.float32
        assert np.allclose(np.linalg.norm(tokens.vectors, axis=1), 1, atol=1e-5)
        alone = encoder.spans_of(text)
        assert np.array_equal(alone.ids, tokens.ids)
        assert np.array_equal(alone.spans, tokens.spans)


def test_prompts_stand_before_texts_and_in_the_identity(
    save_tiny_model: Callable[..., Path],
) -> None:
    """
    What a model states for questions goes before questions only; tokens of it are not given;
    vectors made with other words never pass for these.
    """
    folder = save_tiny_model("prompted")
    (folder / "config_sentence_transformers.json").write_text('{"prompts": {"query": "ask: "}}')
    encoder = SentenceTransformerEncoder(str(folder))
    plain = SentenceTransformerEncoder(str(folder), question_prompt="")
    assert encoder.identity.startswith(f"{plain.identity}/prompts-")
    assert plain.identity.endswith("/unit/float32")
    assert np.array_equal(encoder.encode(["debt"]), plain.encode(["debt"]))
    asked = encoder.encode_tokens(["debt"], role="question")
    assert np.abs(asked.rows - plain.encode(["ask: debt"])).max() < 1e-6
    assert asked.tokens is not None
    assert asked.tokens[0].spans.tolist() == [[0, 1], [1, 2], [2, 3], [3, 4]]
    whole = plain.encode_tokens(["ask: debt"]).tokens
    assert whole is not None
    assert np.allclose(asked.tokens[0].vectors, whole[0].vectors[4:], atol=1e-6)


def test_encoder_without_token_vectors(
    tmp_path: Path, save_tiny_model: Callable[..., Path]
) -> None:
    """A static encoder gives its rows, and says that its tokens have no vectors."""
    import sentence_transformers as library  # noqa: PLC0415 - takes seconds
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding  # noqa: PLC0415 - likewise
    from tokenizers import Tokenizer  # noqa: PLC0415 - likewise

    tokenizer = Tokenizer.from_file(str(save_tiny_model("letters") / "tokenizer.json"))
    static = StaticEmbedding(tokenizer, embedding_dim=8)
    library.SentenceTransformer(modules=[static], device="cpu").save(str(tmp_path / "static"))
    encoder = SentenceTransformerEncoder(str(tmp_path / "static"))
    found = encoder.encode_tokens(["debt", "fees"])
    assert not encoder.has_tokens
    assert found.tokens is None
    assert encoder.spans_of("debt").ids.shape == (0,)
    assert np.array_equal(found.rows, encoder.encode(["debt", "fees"]))
    assert np.allclose(np.linalg.norm(found.rows, axis=1), 1, atol=1e-5)


def test_batches_keep_the_order_and_tell(save_tiny_model: Callable[..., Path]) -> None:
    """Forty texts of any length come back in their order, and progress counts them."""
    encoder = SentenceTransformerEncoder(str(save_tiny_model("batches")))
    texts = ["debt " * (1 + number * 7 % 11) + str(number) for number in range(40)]
    told: list[int] = []
    found = encoder.encode_tokens(texts, told.append)
    assert told == [16, 32, 40]
    for at in (0, 17, 39):
        alone = encoder.encode_tokens([texts[at]])
        assert np.abs(found.rows[at] - alone.rows[0]).max() < 1e-5
        assert found.tokens is not None
        assert alone.tokens is not None
        assert np.array_equal(found.tokens[at].spans, alone.tokens[0].spans)
        assert np.abs(found.tokens[at].vectors - alone.tokens[0].vectors).max() < 1e-5

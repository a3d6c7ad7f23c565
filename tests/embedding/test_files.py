"""Which files a model is, and that nothing is fetched and nothing mixed up."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest

from wgsearch.embedding import SentenceTransformerEncoder
from wgsearch.embedding.files import ModelFiles
from wgsearch.errors import EncoderUnavailableError

if TYPE_CHECKING:
    from pathlib import Path


def test_other_weights_are_refused(tmp_path: Path) -> None:
    """A folder without weights is named before anything is loaded."""
    with pytest.raises(EncoderUnavailableError, match="has no weights"):
        _ = SentenceTransformerEncoder(str(tmp_path)).identity


def test_unknown_encoder_is_not_fetched() -> None:
    """A name that is not here gives an error, not a download."""
    with pytest.raises(EncoderUnavailableError, match="nothing is fetched"):
        _ = SentenceTransformerEncoder("nobody/no-such-encoder").identity


def test_digest_covers_every_module(tmp_path: Path) -> None:
    """Weights of a later module count too: a model tuned there makes other vectors."""
    (tmp_path / "2_Dense").mkdir()
    (tmp_path / "model.safetensors").write_bytes(b"first")
    alone = ModelFiles(str(tmp_path)).digest
    assert alone == hashlib.sha256(b"first").hexdigest()
    modules = [{"path": ""}, {"path": "1_Pooling"}, {"path": "2_Dense"}]
    (tmp_path / "modules.json").write_text(json.dumps(modules))
    assert ModelFiles(str(tmp_path)).digest == alone
    (tmp_path / "2_Dense" / "model.safetensors").write_bytes(b"second")
    both = ModelFiles(str(tmp_path)).digest
    (tmp_path / "2_Dense" / "model.safetensors").write_bytes(b"other")
    assert len({alone, both, ModelFiles(str(tmp_path)).digest}) == 3


def test_digest_covers_every_shard(tmp_path: Path) -> None:
    """Large weights come in several files; each counts, and the index names them."""
    index = {"weight_map": {"a": "model-1.safetensors", "b": "model-2.safetensors"}}
    (tmp_path / "model.safetensors.index.json").write_text(json.dumps(index))
    (tmp_path / "model-1.safetensors").write_bytes(b"one")
    (tmp_path / "model-2.safetensors").write_bytes(b"two")
    before = ModelFiles(str(tmp_path)).digest
    (tmp_path / "model-2.safetensors").write_bytes(b"three")
    assert ModelFiles(str(tmp_path)).digest != before


def test_a_folder_has_the_same_name_wherever_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An index built with `models/tiny` opens with `./tiny/`: the identity holds the last name."""
    (tmp_path / "tiny").mkdir()
    monkeypatch.chdir(tmp_path / "tiny")
    assert {ModelFiles(each).label for each in (".", str(tmp_path / "tiny"), "../tiny/")} == {
        "tiny"
    }


def test_broken_config_is_named(tmp_path: Path) -> None:
    """A file cut short while it was copied is named."""
    (tmp_path / "modules.json").write_text("[{")
    with pytest.raises(EncoderUnavailableError, match=r"modules\.json is no JSON"):
        _ = ModelFiles(str(tmp_path)).digest

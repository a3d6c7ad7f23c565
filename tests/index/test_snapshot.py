"""A generation opens only when its parts belong together and to this process."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest

from wgsearch.errors import (
    EncoderMismatchError,
    IndexDamagedError,
    IndexMissingError,
    SchemaMismatchError,
)
from wgsearch.index.manifest import records_of
from wgsearch.index.publish import current, folder_of
from wgsearch.index.snapshot import open_current
from wgsearch.index.tokens import SignCodec, write_tokens
from wgsearch.index.vectors import write_vectors

if TYPE_CHECKING:
    from pathlib import Path

    from wgsearch.embedding import Encoder


@pytest.fixture
def index(tmp_path: Path, tiny_index: Path) -> Path:
    """A copy of the small index, to be damaged."""
    return shutil.copytree(tiny_index, tmp_path / "index")


def _edit(index: Path, **changes: object) -> None:
    """Change values of the manifest, as if they had been written so."""
    path = folder_of(index, current(index)) / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes | {"checksum": ""}))


def test_opens_what_was_built(index: Path, encoder: Encoder) -> None:
    """The three parts have as many rows as the manifest says."""
    snapshot = open_current(index, encoder.identity)
    assert snapshot.store.rows == snapshot.lexical.rows == snapshot.vectors.rows == 15
    assert snapshot.name == current(index)


def test_other_encoder_is_refused(index: Path) -> None:
    """Questions are never compared with vectors of another encoder."""
    with pytest.raises(EncoderMismatchError, match=r"'hashing@1/unit/float32'.*'other'"):
        open_current(index, "other")


def test_other_schema_is_refused(index: Path, encoder: Encoder) -> None:
    """An index of another version is refused with the remedy."""
    _edit(index, schema_version=99)
    with pytest.raises(SchemaMismatchError, match=r"schema 99.*wgsearch build"):
        open_current(index, encoder.identity)


def test_manifest_must_be_whole(index: Path, encoder: Encoder) -> None:
    """A manifest that lacks something is damage."""
    _edit(index, papers=None)
    with pytest.raises(IndexDamagedError, match="not whole"):
        open_current(index, encoder.identity)


def test_manifest_must_be_there(index: Path, encoder: Encoder) -> None:
    """A folder without its mark of completeness is not opened."""
    (folder_of(index, current(index)) / "manifest.json").unlink()
    with pytest.raises(IndexDamagedError, match="manifest"):
        open_current(index, encoder.identity)


def test_parts_of_two_builds_do_not_open(index: Path, encoder: Encoder) -> None:
    """Vectors of another build are refused even when every file is as its record says."""
    folder = folder_of(index, current(index))
    shutil.rmtree(folder / "vectors")
    write_vectors(folder / "vectors", np.eye(14, 64, dtype=np.float32))
    files = {name: each.model_dump() for name, each in records_of(folder).items()}
    _edit(index, files=files)
    with pytest.raises(IndexDamagedError, match="do not belong together: vectors has 14"):
        open_current(index, encoder.identity)


def test_tokens_of_another_build_do_not_open(index: Path, encoder: Encoder) -> None:
    """Tokens of fewer passages would be compared with the wrong ones: they are refused."""
    folder = folder_of(index, current(index))
    shutil.rmtree(folder / "tokens")
    (folder / "tokens").mkdir()
    tokens = encoder.encode_tokens(["debt bondage"] * 14).tokens
    assert tokens is not None
    write_tokens(folder / "tokens", [SignCodec().pack(each) for each in tokens])
    files = {name: each.model_dump() for name, each in records_of(folder).items()}
    _edit(index, files={name: each for name, each in files.items() if name != "manifest.json"})
    with pytest.raises(IndexDamagedError, match=r"do not belong together: tokens has 14 rows"):
        open_current(index, encoder.identity)


@pytest.mark.parametrize("name", ["offsets.npy", "signs.npy", "counts.npy", "starts.npy"])
def test_missing_tokens_are_damage(index: Path, encoder: Encoder, name: str) -> None:
    """An index that was built with tokens never opens without them."""
    (folder_of(index, current(index)) / "tokens" / name).unlink()
    with pytest.raises(IndexDamagedError, match=name.replace(".", r"\.")):
        open_current(index, encoder.identity)


def test_flipped_bit_is_refused_before_loading(index: Path, encoder: Encoder) -> None:
    """A damaged file never reaches a library that might crash on it."""
    path = folder_of(index, current(index)) / "vectors/searched.faiss"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.write_bytes(data)
    with pytest.raises(IndexDamagedError, match="SHA-256"):
        open_current(index, encoder.identity)


def test_no_index(tmp_path: Path) -> None:
    """An empty folder is no index, and says what to do."""
    with pytest.raises(IndexMissingError, match="wgsearch build"):
        open_current(tmp_path, None)

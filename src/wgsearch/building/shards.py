"""
files and texts -> shards: what one worker does at a time, and what it leaves.

Why batches and not texts: encoded among other texts, the last digits of a vector differ. A shard
of texts is made of the very batches that a local build encodes, so that its bytes are the same.
"""

from __future__ import annotations

import io
import shutil
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol, TypeVar

import numpy as np
from pydantic import TypeAdapter

from wgsearch.building.parts import Parts, address_of
from wgsearch.embedding.cache import encoded_batch
from wgsearch.errors import EncoderMismatchError, PaperUnreadableError, ReaderUnavailableError
from wgsearch.index.tokens import SignCodec
from wgsearch.papers.paper import Paper
from wgsearch.papers.reader import READER_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from wgsearch.embedding import Encoder, Vectors
    from wgsearch.papers.corpus import CorpusFile

    Read = Callable[[Path, Sequence[str]], Iterator[Paper | PaperUnreadableError]]

_PAPER = TypeAdapter(Paper)
_T = TypeVar("_T")
# An encoder takes seconds to load; a worker of a cluster does many shards of one build.
_LOADED: dict[str, Encoder] = {}


class Shard(Protocol):
    """What is done by one worker, as often as wanted: it leaves the same."""

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where what it makes is put."""

    @property
    def encodes(self) -> bool:
        """Whether it needs an encoder, and so a graphics card where there is one."""

    def run(self) -> int:
        """Make what is not there yet. Returns how many parts were made now."""


def reads_like() -> str:
    """What decides how a file is read here, beside its bytes; equal on all machines of a build."""
    return (
        f"reader {READER_VERSION}, {'with' if shutil.which('tesseract') else 'without'} tesseract"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadShard:
    """
    Files to be read.

    Attributes:
        folder: Where parts lie.
        corpus: The corpus folder.
        files: The files, each with its digest.
        likeness: `reads_like` of the machine that publishes.
        read: How files are read.
    """

    folder: Path
    corpus: Path
    files: tuple[CorpusFile, ...]
    likeness: str
    read: Read

    @property
    def addresses(self) -> tuple[str, ...]:
        """One a file."""
        return tuple(paper_address(each, self.likeness) for each in self.files)

    @property
    def encodes(self) -> bool:
        """It needs no encoder."""
        return False

    def run(self) -> int:
        """
        Read what was not read; a file that cannot be read leaves nothing: the build says why.

        Raises:
            ReaderUnavailableError: This machine reads otherwise than the one that publishes.
        """
        if self.likeness != (here := reads_like()):
            raise ReaderUnavailableError(
                f"a machine of the cluster reads papers otherwise ({here}) than the one that "
                f"publishes ({self.likeness}); install the same there"
            )
        parts = Parts(self.folder)
        wanted = {each.file: each for each in self.files}
        for each in self.files:
            if parts.has(paper_address(each, self.likeness)) or not self._is_same(each):
                del wanted[each.file]
        made = 0
        for outcome in self.read(self.corpus, list(wanted)) if wanted else ():
            # Changed while it was read: what was read is of other bytes.
            if isinstance(outcome, PaperUnreadableError) or not self._is_same(wanted[outcome.file]):
                continue
            parts.write(
                paper_address(wanted[outcome.file], self.likeness), _PAPER.dump_json(outcome)
            )
            made += 1
        return made

    def _is_same(self, file: CorpusFile) -> bool:
        """Whether a file has the bytes that are to be read, here and now."""
        try:
            return sha256((self.corpus / file.file).read_bytes()).hexdigest() == file.digest
        except OSError:
            return False


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodeShard:
    """
    Batches of texts to be encoded.

    Attributes:
        folder: Where parts lie.
        batches: Texts that are encoded together, in their order.
        identity: Of the encoder that the index is built with.
        open_encoder: Gives that encoder.
    """

    folder: Path
    batches: tuple[tuple[str, ...], ...]
    identity: str
    open_encoder: Callable[[], Encoder]

    @property
    def addresses(self) -> tuple[str, ...]:
        """One a batch."""
        return tuple(batch_address(each, self.identity) for each in self.batches)

    @property
    def encodes(self) -> bool:
        """It needs an encoder."""
        return True

    def run(self) -> int:
        """
        Encode the batches that are not there.

        Raises:
            EncoderMismatchError: This machine encodes otherwise.
        """
        parts = Parts(self.folder)
        lacking = [
            each for each in self.batches if not parts.has(batch_address(each, self.identity))
        ]
        if not lacking:
            return 0
        encoder = _LOADED.get(self.identity) or self.open_encoder()
        if encoder.identity != self.identity:
            raise EncoderMismatchError(
                f"a machine of the cluster encodes with {encoder.identity!r}, the one that "
                f"publishes with {self.identity!r}; set WGSEARCH_ENCODER, WGSEARCH_RUNTIME and "
                "WGSEARCH_PRECISION alike"
            )
        _LOADED[self.identity] = encoder
        codec = SignCodec() if encoder.has_tokens else None
        for batch in lacking:
            rows, codes = encoded_batch(encoder, codec, list(batch))
            parts.write(batch_address(batch, self.identity), _packed(rows, codes))
        return len(lacking)


def paper_address(file: CorpusFile, likeness: str) -> str:
    """Where a paper lies: by name, since it tells its file, bytes, and how it was read."""
    return address_of("paper", (file.file, file.digest, likeness))


def batch_address(texts: Sequence[str], identity: str) -> str:
    """Where the vectors of a batch lie."""
    return address_of("batch", (identity, SignCodec.identity, *texts))


def paper_at(parts: Parts, address: str) -> Paper | None:
    """The paper that lies there."""
    body = parts.read(address)
    return None if body is None else _PAPER.validate_json(body)


def _packed(rows: Vectors, codes: Sequence[bytes]) -> bytes:
    """Rows and codes as bytes: equal for equal ones, which a dated archive would not be."""
    file = io.BytesIO()
    for array in (
        rows.astype("<f4"),
        np.array([len(code) for code in codes], dtype="<i8"),
        np.frombuffer(b"".join(codes), dtype=np.uint8),
    ):
        np.lib.format.write_array(file, array, version=(1, 0), allow_pickle=False)
    return file.getvalue()


def unpacked(body: bytes) -> tuple[Vectors, list[bytes]]:
    """Rows and codes of a batch. *Shape:* (texts, dimension), float32, unit rows."""
    file = io.BytesIO(body)
    rows, lengths, joined = (np.lib.format.read_array(file, allow_pickle=False) for _ in range(3))
    ends = np.cumsum(lengths)
    data = joined.tobytes()
    codes = [data[end - size : end] for size, end in zip(lengths, ends, strict=True)]
    return rows.astype(np.float32), codes


def runs_of(things: Sequence[_T], size: int) -> Iterator[tuple[_T, ...]]:
    """Things, so many at a time."""
    return (tuple(things[start : start + size]) for start in range(0, len(things), size))

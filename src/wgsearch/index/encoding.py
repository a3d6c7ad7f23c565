"""
texts as they come -> vectors in the cache, encoded while papers are still being read.

Why in chunks of their own thread: an encoder computes without Python, so reading goes on
beside it, and what waits to be encoded is never more than a few chunks, whatever the corpus.
Chunks are counted off by the order of papers, not by time: the same corpus is encoded in the
same batches on any machine.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Self

from wgsearch.embedding import EmbeddingCache
from wgsearch.index.tokens import SignCodec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from wgsearch.embedding import Encoder, Vectors

# The first chunk is small, so that encoding begins with the first papers; then they double:
# texts of one length are batched within a chunk, and in a larger one more are of one length.
_FIRST_CHUNK, _LAST_CHUNK = 128, 1024
# So many chunks wait beside the one at work; then reading waits.
_WAITING = 2
# So many rows at a time are taken from the cache: 4,096 rows of 150 tokens are 30 MB.
_GATHERED = 4096


class Chunks:
    """Texts counted off into chunks by their order alone: the same corpus, the same chunks."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._size = _FIRST_CHUNK

    def add(self, texts: Iterable[str]) -> Iterator[list[str]]:
        """Chunks that are full with these."""
        self._texts += texts
        while len(self._texts) >= self._size:
            chunk, self._texts = self._texts[: self._size], self._texts[self._size :]
            self._size = min(2 * self._size, _LAST_CHUNK)
            yield chunk

    def rest(self) -> list[str]:
        """What fills no chunk."""
        rest, self._texts = self._texts, []
        return rest


class Encoding:
    """
    Texts on their way into the cache.

    Args:
        path: File of the cache.
        encoder: What encodes.
        told: Called with how many texts have their vectors by now, and about how many there will
            be; from any thread.

    Attributes:
        encoded: How many texts were encoded, not found.
        busy_s: Seconds that the encoder was at work.
    """

    def __init__(self, path: Path, encoder: Encoder, told: Callable[[int, int], None]) -> None:
        self.encoded = 0
        self.busy_s = 0.0
        self._encoder = encoder
        self._told = told
        self._path = path
        self._cache: EmbeddingCache | None = None
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="encoding")
        self._chunks: deque[Future[None]] = deque()
        self._waiting = Chunks()
        self._ready = self._expected = 0
        self._stopped = threading.Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._pool.submit(self._close).result()
        self._pool.shutdown()

    def add(self, texts: Iterable[str]) -> None:
        """
        Encode texts some time; waits while there are enough.

        Raises:
            Exception: What the encoder raised over texts that were added before.
        """
        for chunk in self._waiting.add(texts):
            self._submit(chunk)

    def expect(self, texts: int) -> None:
        """Say about how many texts there will be."""
        self._expected = texts

    def finish(self) -> None:
        """Wait until all texts have their vectors. Raises as `add` does."""
        if chunk := self._waiting.rest():
            self._submit(chunk)
        while self._chunks:
            self._chunks.popleft().result()

    def gather(
        self,
        keys: Sequence[bytes],
        texts_of: Callable[[Sequence[int]], Sequence[str]],
        into: Vectors,
    ) -> Iterator[bytes]:
        """
        Vectors of texts by their keys, after `finish`; what the cache lost is encoded again.

        Args:
            keys: One a row.
            texts_of: Places in `keys` to their texts.
            into: Where vectors are put. *Shape:* (keys, dimension), float32.

        Yields:
            Packed tokens, row after row; nothing for an encoder without token vectors.
        """
        for start in range(0, len(keys), _GATHERED):
            yield from self._pool.submit(self._gather, start, keys, texts_of, into).result()

    def _submit(self, chunk: list[str]) -> None:
        while len(self._chunks) > _WAITING:
            self._chunks.popleft().result()
        self._chunks.append(self._pool.submit(self._encode, chunk))

    def _encode(self, chunk: list[str]) -> None:
        """Encode one chunk."""
        if self._stopped.is_set():
            return
        began, before = time.perf_counter(), self._ready
        found = self._open().encode(
            self._encoder,
            chunk,
            lambda done, _: self._tell(before + done),
            SignCodec(),
        )
        self._ready += len(chunk)
        if found.encoded:
            self.encoded += found.encoded
            self.busy_s += time.perf_counter() - began
        self._tell(self._ready)

    def _gather(
        self,
        start: int,
        keys: Sequence[bytes],
        texts_of: Callable[[Sequence[int]], Sequence[str]],
        into: Vectors,
    ) -> list[bytes]:
        """One chunk of `gather`, from a place on."""
        cache, codec = self._open(), SignCodec()
        some = keys[start : start + _GATHERED]
        known = cache.known(self._encoder, some, codec)
        lost = [at for at, key in enumerate(some) if key not in known]
        if lost:
            self._encode(list(texts_of([start + at for at in lost])))
            known |= cache.known(self._encoder, [some[at] for at in lost], codec)
        found = [known[key] for key in some]
        for at, each in enumerate(found, start):
            into[at] = each.row
        return [each.code for each in found if each.code is not None]

    def _tell(self, ready: int) -> None:
        self._told(ready, max(ready, self._expected))

    def _open(self) -> EmbeddingCache:
        """The cache, opened in the thread that uses it."""
        if self._cache is None:
            self._cache = EmbeddingCache(self._path)
        return self._cache

    def _close(self) -> None:
        if self._cache is not None:
            self._cache.close()

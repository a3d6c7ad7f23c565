"""
texts -> vectors by an exported network: many texts a pass, many passes at a time.

Why by tokens: a pass of so many tokens fits the processor's caches however long its texts
are, and texts of one length side by side leave nothing to fill up.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from wgsearch.embedding.alignment import align
from wgsearch.embedding.encoder import Encoded, Tokens, TokenSpans, Vectors, unit
from wgsearch.embedding.exported import NETWORK, TOKENIZER
from wgsearch.embedding.network import Network

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from tokenizers import Encoding, Tokenizer

    from wgsearch.embedding.network import Precision

# Tokens a pass: 256 to 8,192 were measured; the decision on the runtime has the table.
_BUDGET = 1024
# Lengths are rounded up to a multiple, so that the runtime prepares few shapes.
_STEP = 8
_NONE: Vectors = np.zeros((0, 0), dtype=np.float32)


class CompiledModel:
    """
    An exported model at work; threads may share it.

    Args:
        folder: Its network and tokenizer.
        precision: How it was exported.
        streams: How many passes may run at a time; None for one a core.
    """

    def __init__(self, folder: Path, precision: Precision, streams: int | None = None) -> None:
        self._folder = folder
        self._network = Network(folder / NETWORK, precision, streams)

    def vectors(
        self, texts: Sequence[str], prompt: str = "", progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """One unit row a text. *Shape:* (n, dimension), float32."""
        rows = [np.zeros(0, dtype=np.float32)] * len(texts)
        read = self._read(texts, prompt)
        for at, row, _ in self._passed(read, progress):
            rows[at] = row
        return np.stack(rows) if rows else np.zeros((0, 0), dtype=np.float32)

    def encoded(
        self, texts: Sequence[str], prompt: str = "", progress: Callable[[int], None] | None = None
    ) -> Encoded:
        """Rows and tokens in the order of the texts."""
        read = self._read(texts, prompt)
        aligned = list(align(read, texts, prompt))
        rows = [np.zeros(0, dtype=np.float32)] * len(texts)
        tokens = [Tokens(ids=each.tokens.ids, vectors=_NONE, spans=each.spans) for each in aligned]
        for at, row, vectors in self._passed(read, progress):
            found = aligned[at]
            rows[at] = row
            tokens[at] = Tokens(
                ids=found.tokens.ids, vectors=unit(vectors[found.places]), spans=found.spans
            )
        stacked = np.stack(rows) if rows else np.zeros((0, 0), dtype=np.float32)
        return Encoded(rows=stacked, tokens=tuple(tokens))

    def spans(self, text: str, prompt: str = "") -> TokenSpans:
        """The tokens of a text, by the tokenizer alone."""
        (found,) = align(self._read([text], prompt), [text], prompt)
        return found.tokens

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        """As it was exported: it cuts at the model's reach and fills nothing up."""
        from tokenizers import Tokenizer  # noqa: PLC0415 - only encoding needs it

        return Tokenizer.from_file(str(self._folder / TOKENIZER))

    def _read(self, texts: Sequence[str], prompt: str) -> list[Encoding]:
        """Texts behind a prompt as the tokenizer cuts them."""
        return list(self._tokenizer.encode_batch([prompt + text for text in texts]))

    def _passed(
        self, read: list[Encoding], progress: Callable[[int], None] | None
    ) -> Iterator[tuple[int, Vectors, Vectors]]:
        """Place of a text, its unit row, and the vectors of all its tokens, pass by pass."""
        passes = list(_passes(read))
        done = 0
        for batch, (rows, tokens) in zip(passes, self._run(read, passes), strict=True):
            yield from zip(batch, rows, tokens, strict=True)
            done += len(batch)
            if progress:
                progress(done)

    def _run(
        self, read: list[Encoding], passes: list[list[int]]
    ) -> Iterator[tuple[Vectors, list[Vectors]]]:
        """What the network gives for each pass, in order; threads only where there are several."""
        if len(passes) <= 1:
            yield from (self._one_pass(read, batch) for batch in passes)
            return
        with ThreadPoolExecutor(self._network.streams) as pool:
            yield from pool.map(lambda batch: self._one_pass(read, batch), passes)

    def _one_pass(self, read: list[Encoding], batch: list[int]) -> tuple[Vectors, list[Vectors]]:
        """Unit rows of a batch, and the vectors of each text's tokens."""
        longest = -(-len(read[batch[0]].ids) // _STEP) * _STEP
        ids = np.zeros((len(batch), longest), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, at in enumerate(batch):
            length = len(read[at].ids)
            ids[row, :length] = read[at].ids
            mask[row, :length] = 1
        rows, tokens = self._network.run(ids, mask)
        return unit(rows), [tokens[row, : len(read[at].ids)] for row, at in enumerate(batch)]


def _passes(read: list[Encoding]) -> Iterator[list[int]]:
    """Places of texts, longest first, so many tokens a pass."""
    order = sorted(range(len(read)), key=lambda at: (-len(read[at].ids), at))
    batch: list[int] = []
    for at in order:
        if batch and (len(batch) + 1) * len(read[batch[0]].ids) > _BUDGET:
            yield batch
            batch = []
        batch.append(at)
    if batch:
        yield batch

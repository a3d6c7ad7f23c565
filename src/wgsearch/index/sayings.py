"""
what a passage says -> a few numbers that tell, without reading it, what it cannot repeat.

Why beside the store: of a hundred passages that an answer compares with one another hardly any
say the same; these numbers leave out almost all pairs before a text is read.
"""

from __future__ import annotations

import hashlib
import zlib
from typing import TYPE_CHECKING

import numpy as np
from numpy.lib.format import write_array_header_1_0

from wgsearch.errors import IndexDamagedError
from wgsearch.index.disk import DISK, Disk
from wgsearch.papers import symbols
from wgsearch.papers.editions import place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from wgsearch.index.store import Said

SAYINGS = "sayings.npy"
# One bit of so many for each different word: of a passage of 60 words every fifth is set, so that
# a word that the other has not is missed one time in five, and five words once in 3,000.
_BITS = 256
# The bits, and the paragraph.
_COLUMNS = _BITS // 64 + 1

# Signs that are no part of a word: those of ASCII by a table of bytes, the common others one
# by one, which takes a tenth of the time of a pattern.
_BYTES = bytes(
    code if code > 127 or chr(code).isalnum() else ord(" ")  # noqa: PLR2004 - the last of ASCII
    for code in range(256)
)
_SIGNS = "“”‘’„«»‹›–—…\u00a0\u2010\u2011\u060c\u061b\u061f"


def words_of(passage: Said) -> list[bytes]:
    """Words in small letters, without signs; of Chinese, each character."""
    text = passage.text.casefold()
    if not text.isascii():
        for sign in _SIGNS:
            text = text.replace(sign, " ")
        if "zh" in passage.language:
            return [each.encode() for each in text if each.isalnum()]
    return text.encode().translate(_BYTES).split()


def sayings(passages: Sequence[Said]) -> NDArray[np.uint64]:
    """
    The numbers of passages.

    Returns:
        *Shape:* (n, 5), uint64. The bits of their words, and a number for the paragraph that
        they are of, the same in all languages; 0 where none is printed.
    """
    found = b"".join(_bits(words_of(each)) + _paragraph(each) for each in passages)
    return np.frombuffer(found, dtype="<u8").reshape(-1, _COLUMNS)


def _bits(words: Sequence[bytes]) -> bytes:
    """A bit for each different word."""
    bits = 0
    for word in set(words):
        bits |= 1 << zlib.crc32(word) % _BITS
    return bits.to_bytes(_BITS // 8, "little")


def _paragraph(passage: Said) -> bytes:
    """A number for a numbered paragraph of a paper, whatever its language."""
    if passage.paragraph is None:
        return bytes(8)
    where = (symbols.key(passage.symbol), *place(passage.part, passage.paragraph))
    return hashlib.blake2b("\0".join(where).encode(), digest_size=8).digest()


def write_sayings(
    path: Path, count: int, parts: Iterable[NDArray[np.uint64]], disk: Disk = DISK
) -> None:
    """
    Write the numbers of all rows into a new file.

    Args:
        path: The file.
        count: How many rows there are.
        parts: All rows, in order.
        disk: What writes.
    """
    with disk.create(path) as file:
        head = {"descr": "<u8", "fortran_order": False, "shape": (count, _COLUMNS)}
        write_array_header_1_0(file, head)
        for part in parts:
            file.write(np.ascontiguousarray(part, dtype="<u8").data)


class Sayings:
    """
    The numbers of all rows.

    Args:
        path: File of `write_sayings`; its pages are shared between processes.

    Raises:
        IndexDamagedError: The file holds no such numbers.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._numbers = np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
        except (OSError, ValueError, EOFError) as error:
            raise IndexDamagedError(
                f"{path.name!r} cannot be read ({error}); run `wgsearch build --full`"
            ) from error
        if self._numbers.dtype != np.uint64 or self._numbers.shape[1:] != (_COLUMNS,):
            raise IndexDamagedError(
                f"{path.name!r} holds {self._numbers.dtype} of shape {self._numbers.shape}; "
                "run `wgsearch build --full`"
            )
        self.rows = len(self._numbers)

    def of(self, rows: Sequence[int] | range) -> NDArray[np.uint64]:
        """Those of named rows. *Shape:* (n, 5), uint64."""
        where = slice(rows.start, rows.stop) if isinstance(rows, range) else list(rows)
        found: NDArray[np.uint64] = self._numbers[where]
        return found


def comparable(numbers: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """
    Which passages may say the same as one before them, for all that their numbers tell.

    Args:
        numbers: Of the passages, best first. *Shape:* (n, 5).

    Returns:
        *Shape:* (n, n). Whether passage i may have no word that an earlier passage j lacks, or
        is of the same numbered paragraph; never wrongly false.
    """
    bits, paragraphs = numbers[:, :-1], numbers[:, -1]
    own = np.zeros((len(numbers), len(numbers)), dtype=np.uint64)
    for column in bits.T:
        own |= column[:, None] & ~column[None, :]
    same = (paragraphs[:, None] == paragraphs[None, :]) & (paragraphs[:, None] != 0)
    found: NDArray[np.bool_] = np.tril((own == 0) | same, -1)
    return found

"""
A corpus -> the time of a build, and of the next one with one paper more.

Encoding is left out: vectors come from a table of random directions, a few microseconds each.
What is measured is what a build does beside reading and encoding what is new. Times are taken
within the process, after imports.

    python bench/rebuild.py [PAPERS] [PARAGRAPHS]
"""

from __future__ import annotations

import cProfile
import os
import pstats
import re
import resource
import shutil
import sys
import tempfile
import time
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus import PARAGRAPHS, write_corpus
from wgsearch.embedding import Encoded, InOnePass, Tokens, TokenSpans
from wgsearch.index import publish
from wgsearch.index.build import build
from wgsearch.index.manifest import read_manifest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from wgsearch.embedding import Role, Vectors
    from wgsearch.index.report import BuildReport

_TABLE = 1 << 12
_WORD = re.compile(r"\w+")


class TableEncoder(InOnePass):
    """A direction out of a table for each word, in a few microseconds: a stand-in for a model."""

    identity = "table@1/unit/float32"
    dimension = 384
    has_tokens = True

    def __init__(self) -> None:
        rows = np.random.default_rng(7).standard_normal((_TABLE, self.dimension))
        self._table = _unit(rows.astype(np.float32))

    def encode_tokens(
        self,
        texts: Sequence[str],
        progress: Callable[[int], None] | None = None,
        *,
        role: Role = "passage",
    ) -> Encoded:
        """Likewise, and those of the words."""
        spans = [self.spans_of(text, role=role) for text in texts]
        vectors = [self._table[each.ids % _TABLE] for each in spans]
        sums = [each.sum(axis=0) if len(each) else self._table[0] for each in vectors]
        if progress:
            progress(len(texts))
        return Encoded(
            rows=_unit(np.reshape(sums, (-1, self.dimension))),
            tokens=tuple(
                Tokens(ids=each.ids, vectors=rows, spans=each.spans)
                for each, rows in zip(spans, vectors, strict=True)
            ),
        )

    def spans_of(self, text: str, *, role: Role = "passage") -> TokenSpans:
        """Words."""
        del role
        found = list(_WORD.finditer(text.casefold()))
        ids = [zlib.crc32(word[0].encode()) % 30_000 for word in found]
        spans = np.array([word.span() for word in found], dtype=np.int32).reshape(-1, 2)
        return TokenSpans(ids=np.array(ids, dtype=np.int32), spans=spans)


def _unit(rows: NDArray[np.float32]) -> Vectors:
    """Rows of length 1."""
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def _timed(what: str, corpus: Path, index: Path) -> BuildReport:
    """Build once and print how long it took."""
    used = _processor_s()
    report = build(corpus, index, TableEncoder())
    seconds = report.seconds
    print(
        f"{what:<28} wall {seconds.total:6.2f} s, processor {_processor_s() - used:6.2f} s "
        f"(read {seconds.read:.2f}, embed {seconds.embed:.2f}, index {seconds.index:.2f}); "
        f"{report.read} read, {report.unchanged} unchanged, {report.passages} passages, "
        f"{report.embedded} encoded"
    )
    return report


def _processor_s() -> float:
    """Seconds that this process and its ended children computed."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in both)


def main(papers: int, paragraphs: int) -> None:
    """Build, add papers one by one, compare with a build from nothing."""
    root = Path(tempfile.mkdtemp(prefix="rebuild-"))
    corpus, index = root / "papers", root / "index"
    try:
        write_corpus(corpus, papers, paragraphs=paragraphs)
        started = time.perf_counter()
        _timed("from nothing", corpus, index)
        print(f"{papers / (time.perf_counter() - started):.0f} papers/s; peak memory "
              f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MB")  # fmt: skip
        _timed("nothing new", corpus, index)
        for each in range(3):
            # Between others by name: rows after it are numbered anew.
            new = papers + each
            write_corpus(corpus, 1, first=new, paragraphs=paragraphs)
            middle = f"paper-{papers // 2 + each:06d}-b.txt"
            (corpus / f"paper-{new:06d}.txt").rename(corpus / middle)
            profile = cProfile.Profile() if "PROFILE" in os.environ and each == 1 else None
            if profile:
                profile.enable()
            last = _timed("one paper more", corpus, index)
            if profile:
                profile.disable()
                pstats.Stats(profile).sort_stats("cumtime").print_stats(70)
        whole = root / "whole"
        again = _timed("the same from nothing", corpus, whole)
        digests = {
            read_manifest(publish.folder_of(place, name)).content_digest
            for place, name in ((index, last.generation), (whole, again.generation))
        }
        print(f"content digests equal: {len(digests) == 1}")
    finally:
        shutil.rmtree(root)


if __name__ == "__main__":
    asked = [int(each) for each in sys.argv[1:]]
    main(*(asked + [1000, PARAGRAPHS][len(asked) :]))

"""
a judged set -> an engine over an index of it, by the build that makes any index.

Why a guard: a set's index kept in a folder of somebody's papers would be published over them.
"""

from __future__ import annotations

import contextlib
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from wgsearch.embedding import Encoded, InOnePass, TokenSpans
from wgsearch.errors import IndexMissingError, JudgementsError
from wgsearch.evaluation.documents import READER_VERSION, reader_of
from wgsearch.index.build import build
from wgsearch.index.manifest import MANIFEST
from wgsearch.index.publish import current, folder_of
from wgsearch.search import LocalEngine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from wgsearch.answers import Mode
    from wgsearch.embedding import Encoder, Role
    from wgsearch.evaluation.judged import JudgedSet
    from wgsearch.index.reading import Progress
    from wgsearch.reranking import Reranker


class WordsOnly(InOnePass):
    """
    Stands for the encoder where no question is encoded: every text has the same vector.

    Encoding a set takes minutes, and the lexical leg does not look at vectors.
    """

    identity = "words only"
    dimension = 1
    has_tokens = False

    def encode_tokens(
        self,
        texts: Sequence[str],
        progress: Callable[[int], None] | None = None,
        *,
        role: Role = "passage",
    ) -> Encoded:
        """Likewise, without tokens."""
        del role
        if progress:
            progress(len(texts))
        return Encoded(rows=np.ones((len(texts), 1), dtype=np.float32), tokens=None)

    def spans_of(self, text: str, *, role: Role = "passage") -> TokenSpans:
        """None."""
        del text, role
        return TokenSpans.none()


@contextlib.contextmanager
def engine_over(
    judged: JudgedSet,
    encoder: Encoder,
    *,
    modes: Sequence[Mode],
    index: Path | None = None,
    reranker: Reranker | None = None,
    progress: Progress | None = None,
) -> Iterator[LocalEngine]:
    """
    An engine over the documents of a judged set.

    Args:
        judged: The set.
        encoder: The encoder; asked for nothing where only the lexical leg takes part.
        modes: Which legs will take part.
        index: Where to keep the set's index, so that its vectors serve again; by default it is
            built in a temporary folder.
        reranker: Reads the best again; None for none.
        progress: Told how far the build is.

    Raises:
        JudgementsError: The index folder holds something else than an index of a judged set.
    """
    with tempfile.TemporaryDirectory(prefix="wgsearch-") as aside:
        home = index or Path(aside)
        kept = _kept_encoder(home)
        only_words = set(modes) == {"lexical"} and kept != encoder.identity
        serving: Encoder = WordsOnly() if only_words else encoder
        build(home, home, serving, reader=reader_of(judged.documents), progress=progress)
        yield LocalEngine(home, serving, reranker=reranker)


def _kept_encoder(home: Path) -> str | None:
    """The encoder of the generation in use of a judged set's index; None without one."""
    try:
        manifest = folder_of(home, current(home)) / MANIFEST
        found = json.loads(manifest.read_text(encoding="utf-8"))
        reader, encoder = found["reader_version"], found["encoder"]
    except IndexMissingError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise JudgementsError(
            f"what {str(home)!r} holds cannot be read ({error}); name a new folder as --index"
        ) from error
    if reader != READER_VERSION:
        raise JudgementsError(
            f"{str(home)!r} holds an index of papers, which the index of a judged set would "
            "replace; name a folder of its own as --index"
        )
    return str(encoder)

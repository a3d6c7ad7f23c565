"""
generation -> Snapshot: one opened, immutable generation whose parts belong together.

Why check at opening: a row means one passage in all parts; if one part is of
another build, every answer would be a wrong paper with a plausible score.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from wgsearch.embedding import comparable, reads_english_only
from wgsearch.errors import EncoderMismatchError, IndexDamagedError, IndexStateError
from wgsearch.glossary.cognates import SOURCES, Cognates
from wgsearch.glossary.lexicon import Lexicon, shares
from wgsearch.glossary.load import unpack
from wgsearch.glossary.match import Glossary
from wgsearch.index.lease import Lease
from wgsearch.index.lexical import LexicalIndex
from wgsearch.index.manifest import Manifest, check_files, read_manifest
from wgsearch.index.places import current, existing, folder_of, names
from wgsearch.index.sayings import SAYINGS, Sayings
from wgsearch.index.store import Store
from wgsearch.index.terms import stems, telling_tokens
from wgsearch.index.tokens import TokenIndex
from wgsearch.index.vectors import VectorIndex

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from wgsearch.index.dense import DenseLeg

STORE = "passages.sqlite"
LEXICAL = "lexical"
VECTORS = "vectors"
TOKENS = "tokens"
GLOSSARY = "glossary.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """
    An opened generation.

    Attributes:
        name: Name of the generation.
        manifest: What it was built from.
        store: Papers and passages.
        lexical: Rows by words.
        vectors: Rows by meaning.
        tokens: Rows by the meaning of their tokens; None for an encoder without token vectors.
        sayings: What rows cannot say, told without reading them.
        lexicon: Terms, and words of the papers: what questions are put into other words by.
        lease: Keeps the generation from being pruned; None for a folder that is not published.
        refused: Why the one in use was not opened, and this one is; None where it is the one.
        engine: Where its vectors are searched: `embedded`, or the kind of server that holds them.
        collection: Which of its collections holds them; None without a server.
    """

    name: str
    manifest: Manifest
    store: Store
    lexical: LexicalIndex
    vectors: DenseLeg
    tokens: TokenIndex | None
    sayings: Sayings
    lexicon: Lexicon
    lease: Lease | None = None
    refused: str | None = None
    engine: str = "embedded"
    collection: str | None = None

    def readable(self, encoder: str) -> NDArray[np.bool_] | None:
        """
        Rows in a language that an encoder reads, None for all.

        Args:
            encoder: Identity of the encoder.

        Returns:
            *Shape:* (rows,).
        """
        return readable_rows(self.store, encoder)


def readable_rows(store: Store, encoder: str) -> NDArray[np.bool_] | None:
    """
    Rows of a store in a language that an encoder reads, None for all.

    Args:
        store: The store.
        encoder: Identity of the encoder.

    Returns:
        *Shape:* (rows,).
    """
    if not reads_english_only(encoder):
        return None
    english = store.speaks("en")
    return None if english.all() else english[store.paper_of]


def open_current(index: Path, encoder: str | None, *, verify: bool = True) -> Snapshot:
    """
    Open the generation in use.

    Args:
        index: The index folder.
        encoder: Identity of the encoder of questions; None when no question will be encoded.
        verify: Compare SHA-256 of all files (about 1.6 GB a second).

    Raises:
        IndexMissingError: No generation is published.
        IndexDamagedError: Files are damaged, or parts do not belong together.
        SchemaMismatchError: Another version of wgsearch wrote it.
        EncoderMismatchError: It was built with another encoder.
    """
    name = current(index)
    while True:
        try:
            return _open(index, name, encoder, verify=verify)
        except (IndexDamagedError, OSError):
            # Builds may have replaced and removed it between the two steps: look once more.
            if (newer := current(index)) == name:
                raise
            name = newer


def open_earlier(index: Path, encoder: str | None, *, verify: bool = True) -> Snapshot:
    """
    Open the newest generation that is whole, where the one in use is not.

    Args:
        index: The index folder.
        encoder: Identity of the encoder of questions; None when no question will be encoded.
        verify: Compare SHA-256 of all files.

    Raises:
        IndexMissingError: No generation is published.
        IndexDamagedError: None is whole; the message is that of the one in use.
    """
    try:
        return open_current(index, encoder, verify=verify)
    except IndexDamagedError as error:
        for name in reversed(names(index)):
            try:
                found = _open(index, name, encoder, verify=verify)
            except IndexStateError:
                continue
            return replace(found, refused=str(error))
        raise


def open_named(index: Path, name: str) -> Snapshot:
    """
    Open one generation, whatever it is asked for, and compare all its files.

    Raises:
        IndexMissingError: There is no such generation.
        IndexDamagedError: Files are damaged, or parts do not belong together.
        SchemaMismatchError: Another version of wgsearch wrote it.
    """
    return _open(index, existing(index, name), None, verify=True)


def open_elsewhere(
    index: Path,
    name: str,
    encoder: str | None,
    *,
    verify: bool,
    vectors: Callable[[Manifest, Store], DenseLeg],
    engine: str,
    collection: str,
) -> Snapshot:
    """
    Open a generation whose vectors are searched elsewhere; its own are not looked at.

    Args:
        index: The index folder.
        name: Name of the generation.
        encoder: Identity of the encoder of questions; None when no question will be encoded.
        verify: Compare SHA-256 of all files but those of vectors.
        vectors: Gives the leg that searches them.
        engine: What kind of server that asks.
        collection: Which of its collections.

    Raises:
        IndexMissingError: There is no such generation.
        IndexDamagedError: Files are damaged, or parts do not belong together.
        SchemaMismatchError: Another version of wgsearch wrote it.
        EncoderMismatchError: It was built with another encoder.
    """
    found = _open(index, existing(index, name), encoder, verify=verify, vectors=vectors)
    return replace(found, engine=engine, collection=collection)


def _open(
    index: Path,
    name: str,
    encoder: str | None,
    *,
    verify: bool,
    vectors: Callable[[Manifest, Store], DenseLeg] | None = None,
) -> Snapshot:
    """Open one generation."""
    folder = folder_of(index, name)
    lease = Lease(folder)
    manifest = read_manifest(folder)
    if encoder is not None and not comparable(encoder, manifest.encoder):
        raise EncoderMismatchError(
            f"generation {name!r} was built with encoder {manifest.encoder!r}, but this process "
            f"encodes with {encoder!r}; set WGSEARCH_ENCODER to the first, or run "
            "`wgsearch build` with the second"
        )
    check_files(folder, manifest, verify=verify, without=VECTORS if vectors else None)
    return open_folder(folder, manifest, lease, vectors)


def open_folder(
    folder: Path,
    manifest: Manifest,
    lease: Lease | None = None,
    vectors: Callable[[Manifest, Store], DenseLeg] | None = None,
) -> Snapshot:
    """
    Open a folder whose files were checked, or have just been written.

    Args:
        folder: The folder.
        manifest: Its manifest.
        lease: A hold on it, for as long as it is open.
        vectors: Gives what searches its vectors; None for its own files.

    Raises:
        IndexDamagedError: The parts cannot be read, or do not belong together.
    """
    store = Store(folder / STORE)
    lexical = LexicalIndex(folder / LEXICAL)
    snapshot = Snapshot(
        name=folder.name,
        manifest=manifest,
        store=store,
        lexical=lexical,
        vectors=vectors(manifest, store)
        if vectors
        else VectorIndex(folder / VECTORS, manifest.vectors),
        tokens=TokenIndex(folder / TOKENS) if manifest.token_codec else None,
        sayings=Sayings(folder / SAYINGS),
        lexicon=_lexicon(folder, lexical),
        lease=lease,
    )
    rows = {
        STORE: store.rows,
        LEXICAL: lexical.rows,
        VECTORS: snapshot.vectors.rows,
        SAYINGS: snapshot.sayings.rows,
    }
    if snapshot.tokens:
        rows[TOKENS] = snapshot.tokens.rows
    _check(
        manifest,
        folder.name,
        papers=len(store.entries),
        dimension=snapshot.vectors.dimension,
        rows=rows,
    )
    return snapshot


def _lexicon(folder: Path, lexical: LexicalIndex) -> Lexicon:
    """The terms of a generation, and the words of its papers."""
    try:
        entries, cut = unpack((folder / GLOSSARY).read_text(encoding="utf-8"))
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise IndexDamagedError(
            f"{GLOSSARY!r} of generation {folder.name!r} cannot be read ({error}); "
            "run `wgsearch build --full`"
        ) from error
    return Lexicon(
        glossary=Glossary(entries, telling_tokens, cut),
        languages=shares(lexical.passages_in),
        cognates={
            language: Cognates(partial(lexical.stems_of, language), language, stems)
            for language in lexical.languages
            if language in SOURCES
        },
        stems=stems,
    )


def check_parts(folder: Path, manifest: Manifest) -> None:
    """
    Open the parts of a folder that has just been written, and close them.

    Raises:
        IndexDamagedError: They cannot be read, or do not belong together.
    """
    store = Store(folder / STORE)
    vectors = VectorIndex(folder / VECTORS, manifest.vectors)
    try:
        _check(
            manifest,
            folder.name,
            papers=len(store.entries),
            dimension=vectors.dimension,
            rows={
                STORE: store.rows,
                LEXICAL: LexicalIndex(folder / LEXICAL).rows,
                VECTORS: vectors.rows,
                SAYINGS: Sayings(folder / SAYINGS).rows,
            }
            | ({TOKENS: TokenIndex(folder / TOKENS).rows} if manifest.token_codec else {}),
        )
    finally:
        store.close()


def _check(
    manifest: Manifest, name: str, *, papers: int, dimension: int, rows: dict[str, int]
) -> None:
    """Numbers of rows of the parts, of papers, and the dimension equal the manifest's."""
    expected = manifest.passages
    wrong = [f"{part} has {found} rows" for part, found in rows.items() if found != expected]
    if dimension != manifest.dimension:
        wrong.append(f"{VECTORS} has dimension {dimension}")
    if papers != len(manifest.papers):
        wrong.append(f"{STORE} has {papers} papers")
    if wrong:
        raise IndexDamagedError(
            f"parts of generation {name!r} do not belong together: {'; '.join(wrong)}; "
            f"expected {expected} rows, dimension {manifest.dimension} and "
            f"{len(manifest.papers)} papers; run `wgsearch build --full`"
        )

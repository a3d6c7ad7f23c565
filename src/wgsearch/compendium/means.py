"""
index and corpus folder -> what the next edition is made with, and whether the one in use holds.

Why apart from making it: a build of papers that did not change asks this, and must not wait until
what clusters is loaded.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wgsearch.compendium import editions
from wgsearch.compendium.editions import Kept
from wgsearch.errors import EditsUnreadableError, TaxonomyUnreadableError
from wgsearch.index.manifest import read_manifest
from wgsearch.index.publish import current, folder_of

if TYPE_CHECKING:
    from pathlib import Path

# Raised when an edition of the same papers and files would say something else than before.
METHOD = 2
TAXONOMY, EDITS = "taxonomy", "edits"
# What a corpus folder may hold, as it may hold corrections and a glossary.
_IN_CORPUS = {
    TAXONOMY: ("taxonomy.yaml", "taxonomy.yml", "taxonomy.json"),
    EDITS: ("edits.toml",),
}
_UNREADABLE = {TAXONOMY: TaxonomyUnreadableError, EDITS: EditsUnreadableError}
# More is no list of themes and no editor's file.
_MAX_BYTES = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """
    Files that an edition is made with.

    Attributes:
        taxonomy: Themes and topics as somebody wants them; None for those that are found.
        edits: What an editor decided.
        standard: Standard terms of the field, preferred as names.
        to_keep: Which of them are to be kept in the index folder, by stem.
        to_forget: Stems of kept files that are not wanted any more.
    """

    taxonomy: Kept | None = None
    edits: Kept | None = None
    standard: tuple[str, ...] = ()
    to_keep: tuple[tuple[str, Path], ...] = ()
    to_forget: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """The method, and SHA-256 over the taxonomy and over all else that it is made of."""
        taxonomy = hashlib.sha256(self.taxonomy.text if self.taxonomy else b"")
        others = hashlib.sha256(self.edits.text if self.edits else b"")
        others.update("\n".join(self.standard).encode())
        return f"{METHOD}-{taxonomy.hexdigest()}-{others.hexdigest()}"


def same_method(one: str, other: str) -> bool:
    """Whether two digests of `Files` are of one method."""
    return one.split("-", maxsplit=1)[0] == other.split("-", maxsplit=1)[0]


def same_taxonomy(one: str, other: str) -> bool:
    """Whether they are of one method and one taxonomy, or both of none."""
    return one.split("-")[:2] == other.split("-")[:2]


def files_for(
    index: Path,
    *,
    corpus: Path | None = None,
    taxonomy: Path | None = None,
    edits: Path | None = None,
    standard: tuple[str, ...] = (),
) -> Files:
    """
    The files that the next edition is made with: those given, those kept, those of the corpus.

    Args:
        index: The index folder, which keeps what was given before.
        corpus: Folder of the papers.
        taxonomy: The taxonomy; `-` to forget the one that is kept.
        edits: The editor's file; likewise.
        standard: Standard terms of the field.

    Raises:
        TaxonomyUnreadableError: A taxonomy cannot be opened.
        EditsUnreadableError: An editor's file cannot be opened.
    """
    found: dict[str, Kept | None] = {}
    keeps, forgets = [], []
    for stem, given in ((TAXONOMY, taxonomy), (EDITS, edits)):
        forgotten = given is not None and str(given) == "-"
        if given is not None and not forgotten:
            found[stem] = _read(given, stem)
            keeps.append((stem, given))
            continue
        if forgotten:
            forgets.append(stem)
        kept = None if forgotten else editions.kept(index, stem)
        found[stem] = kept or _in_corpus(corpus, stem)
    return Files(
        taxonomy=found[TAXONOMY],
        edits=found[EDITS],
        standard=standard,
        to_keep=tuple(keeps),
        to_forget=tuple(forgets),
    )


def is_held(index: Path, files: Files) -> bool:
    """
    Whether the edition in use holds for the generation in use, by their digests alone.

    Args:
        index: The index folder.
        files: What an edition would be made with.

    Raises:
        IndexMissingError: There is no generation.
        EditionDamagedError: It is not known which edition is in use.
    """
    if files.to_keep or files.to_forget or (used := editions.pointer(index)) is None:
        return False
    manifest = read_manifest(folder_of(index, current(index)))
    return (used.content_digest, used.made_of) == (manifest.content_digest, files.digest)


def _in_corpus(corpus: Path | None, stem: str) -> Kept | None:
    """The file of a corpus folder; None without one."""
    for name in _IN_CORPUS[stem] if corpus else ():
        if corpus and (corpus / name).is_file():
            return _read(corpus / name, stem)
    return None


def _read(path: Path, stem: str) -> Kept:
    """A file as it is. Raises the error of its stem where it cannot be opened."""
    try:
        with path.open("rb") as file:
            text = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise _UNREADABLE[stem](
            f"{str(path)!r} cannot be read ({error.strerror or error}); name another file, or - for"
            " none"
        ) from error
    if len(text) > _MAX_BYTES:
        raise _UNREADABLE[stem](
            f"{str(path)!r} has more than {_MAX_BYTES // 1_000_000} MB; is it another file?"
        )
    return Kept(name=path.name, text=text)

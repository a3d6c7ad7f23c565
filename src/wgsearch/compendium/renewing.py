"""
index folder, Engine -> the edition for the generation in use, made anew where it holds no more.

Why files are kept only when an edition was made with them: a taxonomy or an editor's file with a
fault would otherwise stop every edition to come.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wgsearch.compendium import editions
from wgsearch.compendium.edits import read_edits
from wgsearch.compendium.gather import gather
from wgsearch.compendium.making import made
from wgsearch.compendium.means import same_method, same_taxonomy
from wgsearch.compendium.taxonomy import parse_taxonomy
from wgsearch.compendium.themes import grouped
from wgsearch.errors import CorpusMissingError, TaxonomyUnreadableError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from wgsearch.answers import Engine
    from wgsearch.compendium.editions import Kept, Pointer
    from wgsearch.compendium.means import Files
    from wgsearch.compendium.records import Compendium
    from wgsearch.compendium.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewed:
    """
    The edition for the generation in use.

    Attributes:
        compendium: The edition.
        is_new: It has a number that was not in use before.
        is_made: It was made now; otherwise the one kept holds for all that it is made of.
        files: What it was made with.
    """

    compendium: Compendium
    is_new: bool
    is_made: bool
    files: Files


def renewed(
    engine: Engine,
    index: Path,
    files: Files,
    *,
    progress: Callable[[str], None] | None = None,
) -> Renewed:
    """
    The edition for the papers that an engine holds; what is kept stays until all is made.

    Args:
        engine: Over the generation in use.
        index: The index folder.
        files: What it is made with.
        progress: Told what is being done.

    Raises:
        BuildBusyError: Another edition is being made.
        CorpusMissingError: The index holds no paper that is on anything.
        TaxonomyUnreadableError: The taxonomy has a fault.
        EditsUnreadableError: The editor's file has a fault.
        EditionDamagedError: The edition before cannot be read.
    """
    with editions.writing(index):
        used = editions.pointer(index)
        before = None if used is None else editions.current(index)
        wanted = (engine.state().content_digest, files.digest)
        if used is not None and before and (used.content_digest, used.made_of) == wanted:
            _keep(index, files)
            return Renewed(compendium=before, is_new=False, is_made=False, files=files)
        edition = _made(engine, index, files, before, used, tell=progress or _silent)
        _keep(index, files)
        saved = editions.save(index, edition, files.digest)
        is_new = before is None or saved.edition != before.edition
        return Renewed(compendium=saved, is_new=is_new, is_made=True, files=files)


def _made(
    engine: Engine,
    index: Path,
    files: Files,
    before: Compendium | None,
    used: Pointer | None,
    *,
    tell: Callable[[str], None],
) -> Compendium:
    """An edition, not kept yet; files with a fault are told before anything long begins."""
    edits = read_edits(files.edits.text, files.edits.name) if files.edits else None
    taxonomy = _taxonomy(files.taxonomy) if files.taxonomy else None
    tell("gathering paragraphs")
    paragraphs = gather(engine)
    if not paragraphs.texts:
        raise CorpusMissingError(
            f"the index {str(index)!r} holds no paragraph that a compendium is made of: no papers,"
            " or only agendas and corrigenda; put papers into the corpus folder and run"
            " `wgsearch build`"
        )
    found = grouped(
        paragraphs,
        engine.encoded,
        taxonomy=taxonomy,
        # What a taxonomy put together does not stay together without it.
        before=before if used and same_taxonomy(used.made_of, files.digest) else None,
        standard=files.standard,
        progress=tell,
    )
    return made(
        engine,
        paragraphs,
        found,
        before=before,
        edits=edits,
        keeps_words=used is not None and same_method(used.made_of, files.digest),
        progress=tell,
    )


def _taxonomy(kept: Kept) -> Taxonomy:
    """The taxonomy of a file that was read."""
    try:
        return parse_taxonomy(kept.text.decode("utf-8-sig"), kept.name)
    except UnicodeDecodeError as error:
        raise TaxonomyUnreadableError(
            f"{kept.name!r} is no text ({error}); save it as UTF-8"
        ) from error


def _keep(index: Path, files: Files) -> None:
    """Keep what was given for the editions to come."""
    for stem, given in files.to_keep:
        editions.keep(index, stem, given)
    for stem in files.to_forget:
        editions.forget(index, stem)


def _silent(what: str) -> None:
    """Tell nobody."""
    del what

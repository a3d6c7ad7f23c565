"""
Engine -> Compendium: an edition of what all its papers say.

Why the ids come before the words: what is related, missing or changed is told by id, and a topic
keeps its id when its words change.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wgsearch.compendium.changes import changes
from wgsearch.compendium.describing import described
from wgsearch.compendium.records import Compendium
from wgsearch.compendium.settling import settled
from wgsearch.papers import symbols

if TYPE_CHECKING:
    from collections.abc import Callable

    from wgsearch.answers import Engine
    from wgsearch.compendium.edits import Edits
    from wgsearch.compendium.gather import Paragraphs
    from wgsearch.compendium.grouping import Grouped


def made(
    engine: Engine,
    paragraphs: Paragraphs,
    grouped: Grouped,
    *,
    before: Compendium | None = None,
    edits: Edits | None = None,
    keeps_words: bool = True,
    progress: Callable[[str], None] | None = None,
) -> Compendium:
    """
    The edition that groups of paragraphs make.

    Args:
        engine: Whose paragraphs.
        paragraphs: All of them.
        grouped: As they were found to belong together.
        before: The edition before, whose ids and names stay.
        edits: What an editor decided.
        keeps_words: Topics of which nothing changed are told as in the edition before; not where
            that was made by another version of this program.
        progress: Told what is being done.
    """
    known = settled(grouped, paragraphs.places, paragraphs.vectors, before=before, edits=edits)
    told = before if keeps_words else None
    found = described(engine, paragraphs, known.grouped, before=told, progress=progress)
    state = engine.state()
    dates = [each.date for each in paragraphs.places if each.date]
    edition = Compendium(
        edition=1 if before is None else before.edition + 1,
        generation=state.generation,
        content_digest=state.content_digest,
        papers=len({symbols.key(each.symbol) for each in paragraphs.places}),
        latest=max(dates, default=None),
        themes=found.themes,
        unplaced=tuple(paragraphs.places[row] for row in known.grouped.unplaced),
        repeats=found.repeats,
        gaps=found.gaps,
        notes=(*known.grouped.notes, *_undated(paragraphs), *known.notes),
        found=known.found,
        retired=known.retired,
        retired_themes=known.retired_themes,
    )
    return replace(edition, changes=changes(before, edition))


def _undated(paragraphs: Paragraphs) -> tuple[str, ...]:
    """A note on papers that no year counts."""
    dates = {symbols.key(each.symbol): each.date for each in paragraphs.places}
    count = sum(date is None for date in dates.values())
    papers = "1 paper has" if count == 1 else f"{count:,} papers have"
    return (f"{papers} no date: counted in no year",) if count else ()

"""
Footnotes -> listed documents: notes that are nothing but symbols.

Why: some bodies print no documentation at all, and give the symbol of each paper in a note to
the sentence that speaks of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wgsearch.agenda import documents, wording
from wgsearch.agenda.records import ListedDocument

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.agenda.units import Unit
    from wgsearch.papers.paper import Footnote


@dataclass(slots=True)
class Notes:
    """Footnotes that are nothing but symbols."""

    notes: Sequence[Footnote]
    series: str | None

    def named(self, unit: Unit, *, entry: bool = False) -> list[ListedDocument]:
        """
        Papers whose symbol is all that a note of the unit says.

        A note in the agenda's own series names a paper of the session; any other is a source,
        unless the sentence that calls it puts it before the body.
        """
        found: list[ListedDocument] = []
        for place, mark in unit.calls:
            text = self._text(mark, unit.page)
            located = documents.locate(text) if text else []
            rest = text or ""
            for each in located:
                rest = rest.replace((text or "")[each.start : each.end], "")
            if not located or re.search(r"[^\W\d_]{3,}", re.sub(r"(?:Add|Corr|Rev)\.", "", rest)):
                continue
            own = self.series and located[0].symbol.casefold().startswith(self.series)
            if own or entry or wording.BEFORE.search(documents.sentence_at(unit.text, place)):
                found.extend(ListedDocument(symbol=each.symbol, title=None) for each in located)
        return found

    def _text(self, mark: str, page: int) -> str | None:
        """The note of a mark; where marks restart, the one on the page or the next."""
        near = [note for note in self.notes if note.mark == mark and 0 <= note.page - page <= 1]
        others = [note for note in self.notes if note.mark == mark]
        chosen = near or others[:1]
        return chosen[0].text.strip(" .;") if chosen else None

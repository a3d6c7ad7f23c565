"""
History -> Document: the verdict on a topic, its timeline, what was recommended.

Why a document of its own: who is asked in the corridor whether something was addressed before
passes on one page, not a pack.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wgsearch.export.citing import Citing
from wgsearch.export.document import Document, Text
from wgsearch.export.lengths import Lengths
from wgsearch.export.past import recommended_blocks, verdict_blocks
from wgsearch.export.wording import day

if TYPE_CHECKING:
    from wgsearch.export.citing import Permalinks
    from wgsearch.history.records import History

# Language of what is said about papers.
_LANGUAGE = "en"


def history_document(
    found: History, *, edition: str, links: Permalinks | None = None, lengths: Lengths | None = None
) -> Document:
    """
    The document that a verdict is read as.

    Args:
        found: Whether a topic was addressed before.
        edition: ISO date of the corpus that it was looked for in.
        links: Where papers are read; None for a document without addresses.
        lengths: How much of each thing.
    """
    lengths = lengths or Lengths()
    citing = Citing(links, _LANGUAGE, lengths.names)
    return Document(
        title="Addressed before?",
        subtitle=Text(text=found.topic),
        language=_LANGUAGE,
        date=edition,
        subject=f"Whether it was addressed before: {found.topic}",
        keywords=(found.generation,),
        head="Addressed before?",
        foot=f"Corpus edition {found.generation} of {day(edition)} · not an official record",
        blocks=(
            *verdict_blocks(
                found, citing, lengths.timeline, caption="Where it came up, oldest first"
            ),
            *recommended_blocks(found.recommended, citing, ident="history", level=1),
        ),
    )

"""
topics and the edition before -> topics of which nothing changed, as they were told.

Why they are told as before: what words tell is weighed by all papers, so that a paper on something
else may tip the balance between two sentences. A reader who comes back has to find changed what a
paper changed, and nothing else.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from wgsearch.compendium.changes import topics_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wgsearch.compendium.gather import Paragraphs
    from wgsearch.compendium.grouping import Cluster
    from wgsearch.compendium.records import Compendium, Topic


def unchanged(
    paragraphs: Paragraphs, clusters: Sequence[Cluster], before: Compendium | None
) -> Mapping[int, Topic]:
    """
    Topics of the edition before that have the same name and the same paragraphs.

    Args:
        paragraphs: All paragraphs.
        clusters: The topics of now, their keys being ids.
        before: The edition before.

    Returns:
        Those topics by position in `clusters`; none of which a paragraph reads otherwise now.
    """
    if before is None:
        return {}
    known = topics_of(before)
    found = {}
    for at, cluster in enumerate(clusters):
        was = known.get(cluster.key)
        if (
            was is not None
            and was.name == cluster.name
            and {*was.places} == {paragraphs.places[row] for row in cluster.rows}
            and was.digest == digest_of(paragraphs, cluster)
        ):
            found[at] = was
    return found


def digest_of(paragraphs: Paragraphs, cluster: Cluster) -> str:
    """SHA-256 over where its paragraphs stand and what they say, in the order of papers."""
    told = hashlib.sha256()
    for row in sorted(cluster.rows):
        place = paragraphs.places[row]
        said = (place.citation, place.language, paragraphs.texts[row])
        told.update("\x1f".join((*said, "\x1e")).encode())
    return told.hexdigest()

"""
topics and the edition before -> topics of which nothing changed, as they were told.

Why they are told as before: what words tell is weighed by all papers, so that a paper on something
else may tip the balance between two sentences. A reader who comes back has to find changed what a
paper changed, and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wgsearch.compendium.changes import topics_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wgsearch.compendium.gather import Paragraphs
    from wgsearch.compendium.grouping import Cluster
    from wgsearch.compendium.records import Compendium, Place, Topic


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
        Those topics by position in `clusters`; none whose summary is no longer in its papers.
    """
    if before is None:
        return {}
    known = topics_of(before)
    texts = dict(zip(paragraphs.places, paragraphs.texts, strict=True))
    found = {}
    for at, cluster in enumerate(clusters):
        was = known.get(cluster.key)
        if (
            was is not None
            and was.name == cluster.name
            and {*was.places} == {paragraphs.places[row] for row in cluster.rows}
            and _is_verbatim(was, texts)
        ):
            found[at] = was
    return found


def _is_verbatim(topic: Topic, texts: Mapping[Place, str]) -> bool:
    """Whether each sentence of its summary is still where it was."""
    return all(each.text in texts.get(each.place, "") for each in topic.summary)

"""a manifest -> what the passages of that library take."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from wgsearch.errors import PlanImpossibleError
from wgsearch.planning.records import Profile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wgsearch.index.manifest import Manifest


def profile_of(manifest: Manifest, *, manifest_bytes: int) -> Profile:
    """
    Bytes by part, from the sizes of files that a manifest states.

    Args:
        manifest: What the generation was built from.
        manifest_bytes: Size of the manifest itself.

    Raises:
        PlanImpossibleError: Nothing is in the index.
    """
    passages, papers = manifest.passages, len(manifest.papers)
    if not passages:
        raise PlanImpossibleError(
            "the index has no passages to measure; leave out --index to plan with stated figures"
        )
    sizes = _by_part({name: each.size for name, each in manifest.files.items()})
    return Profile(
        passages_per_paper=passages / papers,
        dimension=manifest.dimension,
        store_bytes=sizes["passages.sqlite"] / passages,
        words_bytes=sizes["lexical"] / passages,
        tokens_bytes=sizes["tokens"] / passages,
        sayings_bytes=sizes["sayings.npy"] / passages,
        paper_bytes=manifest_bytes / papers,
        fixed_bytes=sizes["glossary.json"],
        source=f"{papers:,} papers, {passages:,} passages of the index",
    )


def _by_part(files: Mapping[str, int]) -> defaultdict[str, float]:
    """Bytes of each folder, or of a file that stands alone."""
    found: defaultdict[str, float] = defaultdict(float)
    for name, size in files.items():
        found[name.partition("/")[0]] += size
    return found

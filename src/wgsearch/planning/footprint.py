"""
passages -> bytes, milliseconds and hours of one index: each formula once.

Where: P passages, d numbers a vector, W processes; other names are constants (`measured`) or parts
of the profile.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from wgsearch.planning import measured as of

if TYPE_CHECKING:
    from wgsearch.planning.records import Profile

DISK = (
    "fixed + P·(store + words + tokens + sayings + vectors) + P/passages_per_paper·paper;"
    " vectors = 4·d + (2·d if P <= exact_rows else d·code_bits/8 + code_factors)"
)
BUILDER_DISK = "generations·disk + P·cache"
MEMORY = "shared_fixed + P·(vectors + sayings + shared_other) + W·(own_fixed + http_own + P·own)"
BUILD_MEMORY = "build_fixed + P·build"
PROCESSOR = (
    "answer_fixed + P·(words_ms + other_ms + (exact_ms if P <= exact_rows else coded_ms)) + http_ms"
)
ANSWER = "p99·processor"
HOURS = "P·((reading_ms + encoding_ms)/(cores·machines that build) + writing_ms)/3,600,000"
BUILDERS = "the fewest with which hours of building <= what they may be; 1 if that is not said"


def vector_bytes(passages: int, dimension: int) -> float:
    """Bytes of a passage's vector as it is, and as it is searched."""
    whole = 4 * dimension
    if passages <= of.EXACT_ROWS.value:
        return whole + 2 * dimension
    return whole + dimension * of.CODE_BITS.value / 8 + of.CODE_FACTORS.value


def disk_bytes(passages: int, profile: Profile, *, vectors: bool = True) -> float:
    """Bytes of one generation; without vectors where a server holds them."""
    each = (
        profile.store_bytes
        + profile.words_bytes
        + profile.tokens_bytes
        + profile.sayings_bytes
        + (vector_bytes(passages, profile.dimension) if vectors else 0)
    )
    papers = passages / profile.passages_per_paper
    return profile.fixed_bytes + passages * each + papers * profile.paper_bytes


def builder_disk_bytes(passages: int, profile: Profile) -> float:
    """Bytes on the machine that builds; originals of papers are not counted."""
    return of.GENERATIONS.value * disk_bytes(passages, profile) + passages * of.CACHE.value


def memory_bytes(passages: int, profile: Profile, processes: int, *, vectors: bool = True) -> float:
    """Bytes resident while so many processes answer over HTTP; all files read that are mapped."""
    shared = of.SHARED_OTHER.value + profile.sayings_bytes
    if vectors:
        shared += vector_bytes(passages, profile.dimension)
    own = of.OWN_FIXED.value + of.HTTP_OWN.value + passages * of.OWN.value
    return of.SHARED_FIXED.value + passages * shared + processes * own


def build_memory_bytes(passages: int) -> float:
    """Most bytes of a build; too much below 100,000 passages, where half of it is used."""
    return of.BUILD_FIXED.value + passages * of.BUILD.value


def answer_processor_ms(passages: int, *, vectors: bool = True) -> float:
    """Milliseconds of one core for an answer in process."""
    each = of.WORDS_MS.value + of.OTHER_MS.value
    if vectors:
        exact = passages <= of.EXACT_ROWS.value
        each += of.EXACT_MS.value if exact else of.CODED_MS.value
    return of.ANSWER_FIXED.value + passages * each


def request_processor_ms(passages: int, *, vectors: bool = True) -> float:
    """Likewise for a request over HTTP."""
    return answer_processor_ms(passages, vectors=vectors) + of.HTTP_MS.value


def answer_ms(passages: int, *, vectors: bool = True) -> float:
    """Milliseconds within which 99 of 100 are answered while nobody waits."""
    waited = 0.0 if vectors else of.SERVER_MS.value
    return of.P99.value * (request_processor_ms(passages, vectors=vectors) + waited)


def build_hours(passages: int, cores: int, machines: int = 1) -> float:
    """Hours from files to a generation where nothing was encoded before."""
    spread = (of.READING_MS.value + of.ENCODING_MS.value) / (cores * machines)
    return passages * spread / 3.6e6 + writing_hours(passages)


def writing_hours(passages: int) -> float:
    """Hours of these that one core works alone, however many machines read and encode."""
    return passages * of.WRITING_MS.value / 3.6e6


def builders(passages: int, cores: int, hours: float | None) -> int:
    """
    How many machines read and encode, so that a build takes no more hours than it may.

    Raises:
        ValueError: Writing alone takes as long.
    """
    if hours is None:
        return 1
    left = hours - writing_hours(passages)
    if left <= 0:
        raise ValueError(f"writing {passages} passages alone takes {hours} hours or more")
    return max(1, math.ceil((build_hours(passages, cores) - writing_hours(passages)) / left))

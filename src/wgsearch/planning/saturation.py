"""
one machine and what is asked of it -> how many passages each resource holds out for.

Why by halving: vectors are searched in another way above a number of passages, so that what they
take jumps there; on each side it only grows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wgsearch.planning import footprint
from wgsearch.planning.measured import BUSY, EXACT_ROWS, WRITING_SHARE
from wgsearch.planning.records import Limit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wgsearch.planning.records import Machine, Profile, Wanted

# No formula here means anything beyond.
MOST = 10**12


def limits(
    profile: Profile, machine: Machine, wanted: Wanted, *, vectors: bool = True
) -> tuple[Limit, ...]:
    """
    How far each resource goes, the first to be used up first.

    Args:
        profile: What passages take.
        machine: The machine that answers, and builds.
        wanted: What is asked of it.
        vectors: Whether it holds vectors.
    """
    found = [
        Limit(name, most(holds))
        for name, holds in _holds(profile, machine, wanted, vectors=vectors)
    ]
    return tuple(sorted(found, key=lambda each: each.passages))


def most(holds: Callable[[int], bool]) -> int:
    """The most passages with which something holds; 0 for none."""
    step = int(EXACT_ROWS.value)
    if holds(step + 1):
        low, high = step + 1, MOST
    elif holds(1):
        low, high = 1, step
    else:
        return 0
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low


def _holds(
    profile: Profile, machine: Machine, wanted: Wanted, *, vectors: bool
) -> Iterator[tuple[str, Callable[[int], bool]]]:
    """Names of resources, and whether so many passages are within them."""
    disk = machine.disk_bytes
    hours = wanted.build_hours
    yield (
        "memory",
        lambda p: (
            footprint.memory_bytes(p, profile, machine.cores, vectors=vectors)
            <= machine.memory_bytes
        ),
    )
    yield "memory of a build", lambda p: footprint.build_memory_bytes(p) <= machine.memory_bytes
    yield (
        "processor",
        lambda p: (
            wanted.questions_per_s * footprint.request_processor_ms(p, vectors=vectors) / 1000
            <= machine.cores * BUSY.value
        ),
    )
    yield "answer time", lambda p: footprint.answer_ms(p, vectors=vectors) <= wanted.answer_ms
    if disk is not None:
        yield "disk", lambda p: footprint.builder_disk_bytes(p, profile) <= disk
    if hours is not None:
        yield (
            "hours of writing",
            lambda p: footprint.writing_hours(p) <= hours * WRITING_SHARE.value,
        )

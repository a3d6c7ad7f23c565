"""What is kept is bounded by bytes, and what was used last stays."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wgsearch.recent import Recent


def test_what_was_not_used_for_longest_gives_way() -> None:
    """Ten things of ten bytes fit into a hundred; an eleventh takes the place of the oldest."""
    recent: Recent[int] = Recent(100)
    for number in range(10):
        recent.put(number, number, 10)
    assert recent.get(0) == 0  # used again: 1 is the oldest now
    recent.put(10, 10, 10)
    assert recent.get(1) is None
    assert [recent.get(number) for number in (0, 2, 10)] == [0, 2, 10]


def test_one_large_thing_does_not_drive_out_the_rest() -> None:
    """An answer of more than a tenth of the memory is not kept, and the others are."""
    recent: Recent[str] = Recent(100)
    recent.put("small", "s", 10)
    recent.put("large", "l", 11)
    assert recent.get("large") is None
    assert recent.get("small") == "s"


def test_without_memory_nothing_is_kept() -> None:
    """0 turns it off."""
    recent: Recent[str] = Recent(0)
    recent.put("a", "a", 1)
    assert recent.get("a") is None


def test_cleared_is_empty() -> None:
    """After clearing, all of the memory is free again."""
    recent: Recent[int] = Recent(100)
    for number in range(10):
        recent.put(number, number, 10)
    recent.clear()
    assert recent.get(3) is None
    for number in range(10):
        recent.put(number, -number, 10)
    assert [recent.get(number) for number in range(10)] == [-number for number in range(10)]


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 12)), max_size=60))
def test_never_more_than_the_memory(puts: list[tuple[int, int]]) -> None:
    """Whatever is kept under whatever keys, it fits, and it is what was put there last."""
    recent: Recent[tuple[int, int]] = Recent(100)
    last: dict[int, tuple[int, int]] = {}
    for at, (key, size) in enumerate(puts):
        recent.put(key, (at, size), size)
        if size <= 10:
            last[key] = (at, size)
    kept = {key: found for key in range(21) if (found := recent.get(key))}
    assert sum(size for _, size in kept.values()) <= 100
    assert all(last[key] == found for key, found in kept.items())

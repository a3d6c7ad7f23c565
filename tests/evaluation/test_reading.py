"""Reading may not become less exact: reading.json holds the floors of bench/reading.py."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
UN = ROOT.parent / "shared" / "un"
FLOORS: dict[str, float] = json.loads(Path(__file__).with_name("reading.json").read_text("utf-8"))
# At most this many lines in a thousand may be heads, feet or notes.
MOST_LEFTOVERS = 0.5
# At most this share of the characters of a numbered paragraph may be wrong.
MOST_ERRORS = 0.001

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not UN.is_dir(), reason="no folder ../shared/un beside the checkout"),
]


@pytest.fixture(scope="module")
def measured() -> dict[str, Any]:
    """What bench/reading.py measures on real papers."""
    sys.path.insert(0, str(ROOT / "bench"))
    try:
        from reading import measure  # noqa: PLC0415 - bench/ is no package

        return measure(UN)[0]
    finally:
        sys.path.remove(str(ROOT / "bench"))


@pytest.mark.parametrize("name", FLOORS)
def test_real_papers_are_read_as_exactly_as_before(name: str, measured: dict[str, Any]) -> None:
    """Each share is at least the floor that reading.json states for it."""
    value: Any = measured
    for key in name.split("."):
        value = value[key]
    assert value >= FLOORS[name]


def test_hardly_a_line_of_a_paragraph_is_furniture(measured: dict[str, Any]) -> None:
    """Running heads, feet and notes stay out of what is shown as a paper's words."""
    assert measured["leftovers_per_1000_lines"] <= MOST_LEFTOVERS


def test_characters_are_those_of_the_word_file(measured: dict[str, Any]) -> None:
    """Of a thousand characters at most one differs between a paper as read and its Word file."""
    for pairs in ("twins_pdf", "twins_docx"):
        assert measured[pairs]["character_error_rate"] <= MOST_ERRORS


def test_only_pictures_stay_unread(measured: dict[str, Any]) -> None:
    """Every paper with a text layer is read."""
    assert set(measured["unread"].values()) <= {"no_text"}

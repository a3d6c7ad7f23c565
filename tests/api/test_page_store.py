"""Pictures of pages are kept whole, within their room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wgsearch.api.page_store import _kept, _make_room

if TYPE_CHECKING:
    from pathlib import Path

_END = b"IEND\xaeB`\x82"


def test_what_was_looked_at_longest_ago_makes_room(tmp_path: Path) -> None:
    """Three pictures, room for two: the one that was shown last stays."""
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.png").write_bytes(b"x" * 92 + _END)
    assert _kept(tmp_path / "a.png") is not None
    _make_room(tmp_path, 200)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.png", "c.png"]


def test_a_picture_that_was_cut_short_is_not_shown(tmp_path: Path) -> None:
    """A machine that lost its power leaves half a file: it is drawn anew."""
    (tmp_path / "a.png").write_bytes(b"half")
    assert _kept(tmp_path / "a.png") is None

"""A file is there whole, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wgsearch.errors import PlaceUnwritableError
from wgsearch.export.placing import placed

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    """Until all is written, the old file stands; then the new one, and nothing beside it."""
    path = tmp_path / "pack.md"
    path.write_bytes(b"old")
    with placed(path) as file:
        file.write(b"new")
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"
    assert [*tmp_path.iterdir()] == [path]


def _break_off(path: Path) -> None:
    with placed(path) as file:
        file.write(b"half")
        raise RuntimeError("broke off")


def test_what_fails_leaves_nothing(tmp_path: Path) -> None:
    """A pack that breaks off leaves the old file as it was, and no half of a new one."""
    path = tmp_path / "pack.md"
    path.write_bytes(b"old")
    with pytest.raises(RuntimeError, match="broke off"):
        _break_off(path)
    assert path.read_bytes() == b"old"
    assert [*tmp_path.iterdir()] == [path]


def test_a_place_that_cannot_be_written_is_told_before_the_work(tmp_path: Path) -> None:
    """A missing folder and a folder in place of a file are named, with what to do."""
    worked = False
    with (
        pytest.raises(PlaceUnwritableError, match="there is no folder"),
        placed(tmp_path / "none" / "pack.md"),
    ):
        worked = True
    with (
        pytest.raises(PlaceUnwritableError, match=r"is a folder; name a file in it"),
        placed(tmp_path),
    ):
        worked = True
    (tmp_path / "file").write_bytes(b"")
    with (
        pytest.raises(PlaceUnwritableError, match="cannot write"),
        placed(tmp_path / "file" / "pack.md"),
    ):
        worked = True
    assert not worked

"""A reader finds a whole generation whenever a writer is stopped; only one writes at a time."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from wgsearch.errors import BuildBusyError, IndexDamagedError, IndexMissingError
from wgsearch.index.build import build
from wgsearch.index.publish import (
    KEPT,
    current,
    folder_of,
    list_generations,
    verify_generation,
    writing,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from wgsearch.embedding import Encoder
    from wgsearch.index.build import PaperReader
    from wgsearch.papers.paper import Paper

    # Builds an index of one paper with the text given, and names the generation.
    Build = Callable[[str], str]


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Where an index will be."""
    return tmp_path / "index"


@pytest.fixture
def build_text(
    index: Path,
    encoder: Encoder,
    make_paper: Callable[..., Paper],
    memory_reader: Callable[..., PaperReader],
) -> Build:
    """Builds an index of one paper with the text given."""

    def run(text: str) -> str:
        reader = memory_reader([make_paper(texts=[text])])
        return build(index / "none", index, encoder, reader=reader).generation

    return run


def test_generations_are_numbered_and_old_ones_go(index: Path, build_text: Build) -> None:
    """The one in use and three before it are kept; names tell their order and content."""
    names = [build_text(f"Text number {number}.") for number in range(KEPT + 3)]
    assert [name[:8] for name in names] == [f"g{number:06d}-" for number in range(1, KEPT + 4)]
    assert [each.name for each in list_generations(index)] == names[-KEPT - 1 :]
    assert [each.name for each in list_generations(index) if each.current] == names[-1:]
    assert current(index) == names[-1]


def test_nothing_is_left_beside_a_generation(index: Path, build_text: Build) -> None:
    """A finished build leaves no temporary file or folder."""
    name = build_text("Some words of a text.")
    assert {path.name for path in index.iterdir()} == {
        "CURRENT", "embeddings.sqlite", "generations", "lock",
    }  # fmt: skip
    assert [path.name for path in (index / "generations").iterdir()] == [name]


def test_second_builder_is_told_at_once(index: Path, build_text: Build) -> None:
    """Two builds never write at the same time; the second does not wait."""
    script = (
        "import sys, pathlib; from wgsearch.index.publish import writing\n"
        "with writing(pathlib.Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(index)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(BuildBusyError, match="another build"):
            build_text("Some words of a text.")
        other.communicate("")
    build_text("Some words of a text.")


def test_left_overs_are_removed(index: Path, build_text: Build) -> None:
    """What a killed build wrote half is gone after the next one."""
    half = index / "generations" / ".building-123"
    half.mkdir(parents=True)
    (half / "passages.sqlite").write_text("half")
    build_text("Some words of a text.")
    assert not half.exists()


def test_no_index_says_how_to_build_one(index: Path) -> None:
    """Before the first build the message names the command."""
    with pytest.raises(IndexMissingError, match="wgsearch build"):
        current(index)


@pytest.mark.parametrize("content", [b"", b"../../etc", b"\xff\xfe"])
def test_current_is_a_name_and_nothing_else(index: Path, content: bytes) -> None:
    """A pointer that names no generation is damage, never a path to follow."""
    index.mkdir()
    (index / "CURRENT").write_bytes(content)
    with pytest.raises(IndexDamagedError, match="CURRENT"):
        current(index)


@pytest.mark.parametrize("name", ["", "..", "g000001-00000000"])
def test_verify_refuses_what_is_not_there(index: Path, name: str) -> None:
    """Only a generation of the index folder is verified."""
    with pytest.raises(IndexMissingError, match="no generation"):
        verify_generation(index, name)


def test_any_changed_file_is_found(index: Path, build_text: Build) -> None:
    """One changed byte in any file of a generation is named, and so is a missing file."""
    name = build_text("Some words of a text.")
    folder = folder_of(index, name)
    files = sorted(verify_generation(index, name).files)
    assert "passages.sqlite" in files
    assert "vectors/rows.npy" in files
    for file in files:
        path = folder / file
        whole = path.read_bytes()
        for harmed in (whole[:-1], whole + b"x", bytes([whole[0] ^ 1]) + whole[1:]):
            path.write_bytes(harmed)
            with pytest.raises(IndexDamagedError, match=file.rpartition("/")[2]):
                verify_generation(index, name)
        path.unlink()
        with pytest.raises(IndexDamagedError, match="is missing"):
            verify_generation(index, name)
        path.write_bytes(whole)
    verify_generation(index, name)


def test_lock_is_free_after_a_failure(index: Path) -> None:
    """A build that failed does not keep the next one out."""

    def fail() -> None:
        with writing(index):
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        fail()
    with writing(index):
        pass

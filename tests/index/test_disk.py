"""All that is written of an index is written by one module, and lasts."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import wgsearch.index
from wgsearch.errors import IndexUnwritableError
from wgsearch.index.disk import DISK

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(wgsearch.index.__path__[0])
# Methods of paths, files and numpy, functions of `os`: what they do can be lost.
WRITES = {
    *("write_text", "write_bytes", "mkdir", "makedirs", "unlink", "remove", "rmdir", "removedirs"),
    *("rename", "renames", "symlink", "symlink_to", "link", "hardlink_to", "touch", "truncate"),
    *("ftruncate", "rmtree", "copy", "copy2", "copyfile", "copytree", "move", "save", "savez"),
    *("savez_compressed", "tofile", "memmap", "fdopen", "mkstemp", "mkdtemp", "fsync", "pwrite"),
}
# Libraries that write files of their own, each in one module, into a folder that nobody reads yet.
LIBRARIES = {
    ("shelf.py", "sqlite3.connect"),
    ("posting.py", "tantivy.Index"),
    ("publish.py", "FileLock"),
}


def _writes(source: str) -> Iterator[str]:
    """Calls in a module that write past the disk, as they stand there."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            named = [getattr(node, "module", None), *(each.name for each in node.names)]
            yield from (f"import {each}" for each in named if each in {"shutil", "tempfile"})
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func)
        owner, _, method = name.rpartition(".")
        if owner == "disk" or owner.endswith(".disk"):
            continue
        arguments = [*node.args, *(each.value for each in node.keywords)]
        words = [ast.unparse(each) for each in arguments]
        modes = {each.value for each in arguments if isinstance(each, ast.Constant)}
        if any(each.arg == "fileobj" for each in node.keywords):
            continue  # into a file that somebody else opened
        if (
            (owner and method in WRITES and owner != "self")
            or (
                method == "open" and any(isinstance(m, str) and set(m) & set("wax+") for m in modes)
            )
            or (name == "os.open" and words[1:] != ["os.O_RDONLY"])
            # One text for another takes two arguments, one file for another takes one.
            or (owner and method == "replace" and len(node.args) == 1 and not node.keywords)
            or (method == "write_index" and "PyCallbackIOWriter" not in " ".join(words))
            or (name == "sqlite3.connect" and "mode=ro" not in " ".join(words))
            or name in {"tantivy.Index", "FileLock"}
        ):
            yield name


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("*.py")), ids=lambda path: path.name)
def test_nothing_else_writes(path: Path) -> None:
    """A module that writes a file by itself would be forgotten when the power goes."""
    found = set() if path.name == "disk.py" else set(_writes(path.read_text(encoding="utf-8")))
    assert {(path.name, name) for name in found} <= LIBRARIES


def test_libraries_write_where_they_are_said_to() -> None:
    """The list of exceptions holds none that is not needed."""
    found = {
        (name, each)
        for name in {name for name, _ in LIBRARIES}
        for each in _writes((PACKAGE / name).read_text(encoding="utf-8"))
    }
    assert found == LIBRARIES


@pytest.mark.parametrize(
    "line",
    [
        "path.write_text('x')",
        "(folder / 'x').open('wb')",
        "open(path, mode='a')",
        "path.open('r+b')",
        "os.open(path, os.O_WRONLY)",
        "os.replace(a)",
        "path.replace(other)",
        "path.rename(other)",
        "np.save(path, rows)",
        "import shutil",
        "from shutil import rmtree",
        "faiss.write_index(index, name)",
        "sqlite3.connect(path)",
        "folder.mkdir()",
    ],
)
def test_a_module_that_writes_is_found(line: str) -> None:
    """The search for what writes knows the ways in which people write."""
    assert list(_writes(line))


@pytest.mark.parametrize(
    "line",
    [
        "path.open('rb')",
        "text.replace('a', 'b')",
        "time.replace(tzinfo=UTC)",
        "disk.rename(a, b)",
        "os.open(path, os.O_RDONLY)",
        "sqlite3.connect(f'file:{path}?mode=ro', uri=True)",
        "replace(entry, warnings=1)",
    ],
)
def test_what_only_reads_is_let_alone(line: str) -> None:
    """What writes nothing may stand anywhere."""
    assert not list(_writes(line))


def test_a_file_is_there_as_written(tmp_path: Path) -> None:
    """Bytes come back as they were given, and a file is never written over."""
    DISK.write(tmp_path / "a", b"one")
    assert (tmp_path / "a").read_bytes() == b"one"
    with pytest.raises(IndexUnwritableError, match=r"cannot write '.*a': File exists; make room"):
        DISK.write(tmp_path / "a", b"two")
    DISK.replace(tmp_path / "a", b"two")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_bytes() == b"two"


def test_what_fails_names_the_file_and_the_cause(tmp_path: Path) -> None:
    """The operator reads which file, why, and what to do."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(IndexUnwritableError, match=r"'.*file/below': Not a directory"):
        DISK.write(tmp_path / "file" / "below", b"")
    with pytest.raises(IndexUnwritableError, match=r"'.*none': No such file"):
        DISK.sync(tmp_path / "none")


def test_a_full_disk_is_told() -> None:
    """A disk that takes no more bytes is no shorter file."""
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no device that is always full")
    with pytest.raises(IndexUnwritableError, match="No space left"):
        _fill(full)


def _fill(device: Path) -> None:
    """Write to a device as to a new file: only that it is there already is overlooked."""

    class Device(type(device)):  # type: ignore[misc] # a path whose files may be there
        def open(self, mode: str = "r", **_: object) -> object:  # type: ignore[override]
            return Path(self).open(mode.replace("x", "w"))

    with DISK.create(Device(device)) as file:
        file.write(b"x" * 100_000)


def test_folders_go_with_all_that_is_in_them(tmp_path: Path) -> None:
    """What is cleared is gone; links in it are removed, not followed."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").write_text("kept")
    DISK.make_lasting(tmp_path / "a" / "b")
    DISK.write(tmp_path / "a" / "b" / "c", b"x")
    (tmp_path / "a" / "link").symlink_to(outside)
    DISK.clear(tmp_path / "a")
    DISK.clear(tmp_path / "a")
    assert not (tmp_path / "a").exists()
    assert (outside / "kept").read_text() == "kept"

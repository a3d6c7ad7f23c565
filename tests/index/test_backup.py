"""A backup is one file that comes back as it was, or is refused."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tarfile
from typing import TYPE_CHECKING

import pytest

from wgsearch.answers import Query
from wgsearch.errors import (
    BackupDamagedError,
    IndexDamagedError,
    IndexInTheWayError,
    IndexMissingError,
    IndexUnwritableError,
)
from wgsearch.index.backup import backup, restore
from wgsearch.index.places import current, folder_of, names
from wgsearch.index.publish import verify_generation, writing
from wgsearch.search import LocalEngine

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from wgsearch.embedding import Encoder

QUESTIONS = ["debt bondage", "who pays fees", '"drop charges"', "DEMO/COP/WG.4/2024/2", "organes"]


@pytest.fixture
def file(tmp_path: Path, tiny_index: Path) -> Path:
    """A backup of the small index."""
    backup(tiny_index, tmp_path / "index.backup")
    return tmp_path / "index.backup"


def _packed(path: Path, members: dict[str, bytes], *, kind: bytes = tarfile.REGTYPE) -> Path:
    """A file that is a backup by its checksum, with these members."""
    with tarfile.open(path, "w") as tar:
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            if name.startswith("generation/link"):
                member.type, member.size, member.linkname = kind, 0, "/etc/passwd"
            tar.addfile(member, io.BytesIO(data) if member.size else None)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    with path.open("ab") as out:
        out.write(f"wgsearch-backup sha256 {digest}\n".encode())
    return path


def _listed(members: dict[str, bytes], generation: str = "g000001-00000000") -> dict[str, bytes]:
    """Members, and before them the list of them."""
    files = {
        name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in members.items()
    }
    head = {"format": 1, "generation": generation, "files": files}
    return {"wgsearch-backup.json": json.dumps(head).encode(), **members}


def _members(file: Path) -> dict[str, bytes]:
    """What a backup holds, but for its list."""
    with tarfile.open(file) as tar:
        found = {each.name: tar.extractfile(each) for each in tar}
        return {name: data.read() for name, data in found.items() if data and "/" in name}


def test_restored_answers_hit_for_hit(
    file: Path, tmp_path: Path, tiny_index: Path, encoder: Encoder
) -> None:
    """On an empty machine every question has the same answer, to the last digit."""
    index = tmp_path / "elsewhere" / "index"
    restored = restore(file, index)
    assert restored.generation == current(index) == current(tiny_index)
    assert verify_generation(index, current(index)).passages == restored.passages == 15
    engines = [LocalEngine(each, encoder) for each in (tiny_index, index)]
    for question in QUESTIONS:
        before, after = (each.search(Query(text=question)) for each in engines)
        assert after.hits == before.hits
        assert after.verdict == before.verdict
    assert {path.name for path in index.iterdir()} == {"CURRENT", "generations", "lock"}


def test_the_same_generation_makes_the_same_bytes(
    file: Path, tmp_path: Path, tiny_index: Path
) -> None:
    """Two backups of one generation are equal, so that copies can be compared."""
    backup(tiny_index, tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == file.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["again", "index.backup"]


def test_an_index_is_not_written_over_unless_asked(
    file: Path, tmp_path: Path, tiny_index: Path
) -> None:
    """What is in use stays, and can be gone back to even where it may be replaced."""
    index = shutil.copytree(tiny_index, tmp_path / "index")
    before = current(index)
    with pytest.raises(IndexInTheWayError, match="--force"):
        restore(file, index)
    assert (names(index), current(index)) == ([before], before)
    restored = restore(file, index, force=True).generation
    assert restored.startswith("g000002-")
    assert (names(index), current(index)) == ([before, restored], restored)


def test_editions_of_the_compendium_come_along(tmp_path: Path, tiny_index: Path) -> None:
    """They lie in the index and in no generation: a backup has them, a restoring replaces them."""
    index = shutil.copytree(tiny_index, tmp_path / "index")
    (index / "compendium" / "editions").mkdir(parents=True)
    (index / "compendium" / "editions" / "e1.json").write_text("first")
    (index / "compendium" / ".half").write_text("being written")
    backup(index, tmp_path / "file")
    (index / "compendium" / "editions" / "e1.json").write_text("changed")
    (index / "compendium" / "editions" / "e2.json").write_text("second")
    restore(tmp_path / "file", index, force=True)
    found = [path for path in sorted((index / "compendium").rglob("*")) if path.is_file()]
    assert [(path.name, path.read_text()) for path in found] == [("e1.json", "first")]
    assert not [path for path in index.iterdir() if path.name.startswith(".")]
    alone = tmp_path / "alone"
    (alone / "compendium").mkdir(parents=True)
    with pytest.raises(IndexInTheWayError, match="there is an index"):
        restore(tmp_path / "file", alone)


def test_editions_that_should_have_been_replaced_come_back(
    tmp_path: Path, tiny_index: Path
) -> None:
    """A restoring that was killed between taking away and putting back loses no edition."""
    index = shutil.copytree(tiny_index, tmp_path / "index")
    (index / ".removing-compendium").mkdir()
    (index / ".removing-compendium" / "e1.json").write_text("first")
    with writing(index):
        pass
    assert (index / "compendium" / "e1.json").read_text() == "first"
    assert not (index / ".removing-compendium").exists()


def test_any_flipped_bit_and_any_missing_end_is_refused(file: Path, tmp_path: Path) -> None:
    """A backup that was damaged on its way changes nothing."""
    whole = file.read_bytes()
    step = len(whole) // 60
    harmed = [
        whole[:at] + bytes([whole[at] ^ 1 << at % 8]) + whole[at + 1 :]
        for at in (*range(0, len(whole), step), len(whole) - 1, len(whole) - 70)
    ]
    harmed += [whole[:at] for at in (*range(0, len(whole), step), len(whole) - 1)]
    harmed += [whole + b"\n"]
    for each in harmed:
        file.write_bytes(each)
        with pytest.raises(BackupDamagedError, match="take another one"):
            restore(file, tmp_path / "index")
    assert not (tmp_path / "index").exists()


@pytest.mark.parametrize(
    "name",
    [
        "generation/../../outside",
        "../outside",
        "/outside",
        "generation//outside",
        "generation/./outside",
        "generation\\..\\outside",
        "generation/a\\..\\..\\outside",
        "generation/c:outside",
        "compendium/../outside",
        "embeddings.sqlite",
        "other/outside",
        "generation",
    ],
)
def test_no_member_leads_out_of_the_index(tmp_path: Path, name: str) -> None:
    """Whoever made the file, nothing is written but below the folder that was named."""
    packed = _packed(tmp_path / "file", _listed({name: b"bad"}))
    with pytest.raises(BackupDamagedError, match="leads out of the index"):
        restore(packed, tmp_path / "deep" / "index")
    assert not list(tmp_path.rglob("outside"))
    assert not (tmp_path / "deep" / "index" / "CURRENT").exists()


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE])
def test_only_plain_files_are_taken(tmp_path: Path, kind: bytes) -> None:
    """Links and folders have no place in a backup."""
    packed = _packed(tmp_path / "file", _listed({"generation/link": b""}), kind=kind)
    with pytest.raises(BackupDamagedError, match="was not listed"):
        restore(packed, tmp_path / "index")


def _changed(file: Path, change: Callable[[dict[str, bytes]], None], generation: str) -> Path:
    """A backup with other members that is whole by its checksum."""
    members = _members(file)
    change(members)
    return _packed(file.with_name("changed"), _listed(members, generation))


def test_a_file_too_many_or_too_few_is_refused(file: Path, tmp_path: Path) -> None:
    """Only what the manifest knows becomes part of a generation."""
    for change in (
        lambda members: members.update({"generation/strange": b"x"}),
        lambda members: members.pop("generation/sayings.npy"),
    ):
        packed = _changed(file, change, "g000001-00000000")
        with pytest.raises(IndexDamagedError, match=r"strange|sayings\.npy"):
            restore(packed, tmp_path / "index")
        assert not list((tmp_path / "index" / "generations").iterdir())


def test_another_content_than_the_manifest_states_is_refused(file: Path, tmp_path: Path) -> None:
    """A backup whose own checksums are right is compared with its manifest too."""
    packed = _changed(
        file,
        lambda members: members.update({"generation/glossary.json": b"[]"}),
        "g000001-00000000",
    )
    with pytest.raises(IndexDamagedError, match=r"glossary\.json"):
        restore(packed, tmp_path / "index")


@pytest.mark.parametrize("name", ["../../g", "CURRENT", "g1-1"])
def test_a_generation_has_a_name_that_is_one(file: Path, tmp_path: Path, name: str) -> None:
    """The name in a backup never becomes a path."""
    packed = _changed(file, lambda _: None, name)
    with pytest.raises(BackupDamagedError, match="no name of a generation"):
        restore(packed, tmp_path / "index")


def test_another_format_is_refused(tmp_path: Path) -> None:
    """A backup of a later version is told as such."""
    head = json.dumps({"format": 2}).encode()
    with pytest.raises(BackupDamagedError, match="format 2, this version reads 1"):
        restore(_packed(tmp_path / "file", {"wgsearch-backup.json": head}), tmp_path / "index")
    with pytest.raises(BackupDamagedError, match="is missing in it"):
        restore(_packed(tmp_path / "file", {"other.json": head}), tmp_path / "index")


def test_what_is_not_there_is_told(tmp_path: Path, tiny_index: Path) -> None:
    """A wrong name of a file, a generation or a folder makes nothing."""
    with pytest.raises(BackupDamagedError, match="cannot be read"):
        restore(tmp_path / "none", tmp_path / "index")
    with pytest.raises(IndexMissingError, match="no generation"):
        backup(tiny_index, tmp_path / "file", generation="g000009-00000000")
    with pytest.raises(IndexUnwritableError, match="No such file"):
        backup(tiny_index, tmp_path / "none" / "file")
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_generation_is_not_backed_up(tmp_path: Path, tiny_index: Path) -> None:
    """A backup that could not be restored is not made, and the one before it stays."""
    index = shutil.copytree(tiny_index, tmp_path / "index")
    backup(index, tmp_path / "file")
    before = (tmp_path / "file").read_bytes()
    path = folder_of(index, current(index)) / "sayings.npy"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(IndexDamagedError, match=r"sayings\.npy"):
        backup(index, tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == before

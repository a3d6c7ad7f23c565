"""A deep look finds what checksums cannot: parts that were written wrongly."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import numpy as np
import pytest

from wgsearch.errors import IndexDamagedError
from wgsearch.index.inspection import demand, inspect
from wgsearch.index.manifest import records_of
from wgsearch.index.places import current, folder_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def index(tmp_path: Path, tiny_index: Path) -> Path:
    """A copy of the small index, to be changed."""
    return shutil.copytree(tiny_index, tmp_path / "index")


def _accept(index: Path) -> None:
    """Make the manifest agree with the files as they are now."""
    folder = folder_of(index, current(index))
    path = folder / "manifest.json"
    files = {name: each.model_dump() for name, each in records_of(folder).items()}
    path.write_text(json.dumps(json.loads(path.read_text()) | {"files": files, "checksum": ""}))


def _faults(index: Path) -> dict[str, tuple[str, ...]]:
    """What is wrong, by what was looked at."""
    found = inspect(index, current(index))
    return {each.name: each.faults for each in found.checks if each.faults}


def test_a_good_generation_is_whole(index: Path) -> None:
    """Everything is looked at, and nothing is wrong."""
    found = inspect(index, current(index))
    assert {each.name: each.looked_at for each in found.checks} == {
        "files": len(found.manifest.files) + 1,
        "papers": 9,
        "provenance of vectors": 15,
        "provenance of words": 15,
        "content digest": 1,
        "searched by meaning": 15,
        "searched by words": 15,
    }
    assert found.whole
    demand(found)


def test_damage_is_told_before_anything_is_loaded(index: Path) -> None:
    """Checksums come first."""
    path = folder_of(index, current(index)) / "passages.sqlite"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(IndexDamagedError, match="SHA-256"):
        inspect(index, current(index))


def test_a_strange_file_is_told(index: Path) -> None:
    """What no build wrote has no place in a generation."""
    (folder_of(index, current(index)) / "strange").write_text("x")
    assert _faults(index) == {"files": ("file 'strange' is not in the manifest.json",)}


def test_a_vector_of_another_length_is_told(index: Path) -> None:
    """A vector twice as long would be near to everything."""
    path = folder_of(index, current(index)) / "vectors" / "rows.npy"
    rows = np.load(path)
    rows[3] *= 2
    np.save(path, rows)
    _accept(index)
    assert _faults(index)["searched by meaning"][0] == "the vector of row 3 has not length 1"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE passages SET text = 'Something else.' WHERE row = 4", "papers"),
        ("UPDATE passages SET text = 'Something else.' WHERE row = 4", "provenance of vectors"),
        ("UPDATE passages SET text = 'Something else.' WHERE row = 4", "provenance of words"),
        ("UPDATE papers SET record = replace(record, '2022-04-25', '2022-04-26')", "papers"),
        ("UPDATE papers SET added = replace(added, '[]', '[ ]') WHERE paper = 1", "content digest"),
        ("UPDATE made SET words = (SELECT words FROM made WHERE paper = 2) WHERE paper = 6",
         "searched by words"),
    ],
)  # fmt: skip
def test_records_that_were_changed_are_told(index: Path, change: str, told: str) -> None:
    """A record, a text or words that are not what was read are found, whoever changed them."""
    with closing(sqlite3.connect(folder_of(index, current(index)) / "passages.sqlite")) as db, db:
        db.execute(change)
    _accept(index)
    found = inspect(index, current(index))
    assert told in {each.name for each in found.checks if each.faults}
    with pytest.raises(IndexDamagedError, match="is not what it should be"):
        demand(found)

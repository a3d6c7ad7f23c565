"""Short parts of the campaigns of bench/faults: killed, failing, harmed, read while published."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flips import Judge, harmed, kinds
from readers import judged
from tiny import Letters, build_edition, edition_read, looked_into, mark_of

from wgsearch.index.places import current, names
from wgsearch.index.rollback import rollback
from wgsearch.index.snapshot import open_current

FAULTS = Path(__file__).parents[2] / "bench" / "faults"


def _run(script: str, *arguments: str) -> str:
    """A campaign in a process of its own; what it printed."""
    done = subprocess.run(
        [sys.executable, str(FAULTS / script), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


@pytest.mark.skipif(
    not shutil.which("cc") or sys.platform != "linux", reason="needs a C compiler and Linux"
)
def test_a_call_that_fails_or_is_the_last_harms_nothing() -> None:
    """
    Going back is killed, torn and failed at some of its calls: what is read is whole, who failed
    said which file, and the next build needs no hand.
    """
    told = _run("calls.py", "--only", "rollback", "--step", "4")
    assert "0 bad" in told.splitlines()[-1]
    assert "killed" in told
    assert "told" in told


def test_a_killed_build_goes_on_where_it_was() -> None:
    """A build that was killed twice ends as an undisturbed one, and encodes nothing twice."""
    assert "digest and vectors equal" in _run("kills.py", "--kills", "2")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two generations."""
    index = tmp_path_factory.mktemp("harmed") / "index"
    for edition in (1, 2):
        build_edition(index, edition)
    return index


def test_harm_of_any_kind_of_file_is_refused(index: Path, tmp_path: Path) -> None:
    """A flipped bit and a missing end: refused before it is loaded, and the earlier one answers."""
    place = shutil.copytree(index, tmp_path / "index")
    judge = Judge(place)
    every = kinds(place)
    assert {"manifest.json", "passages.sqlite", "vectors/searched.faiss", "CURRENT"} < every.keys()
    for kind in every.keys() - {"embeddings.sqlite"}:
        data = every[kind].read_bytes()
        for how, bad in harmed(data, 4, 2):
            every[kind].write_bytes(bad)
            # A space after a name is no other name.
            assert judge.opened() in {"refused", "the same answers"}, (kind, how)
        every[kind].write_bytes(data)
    assert judge.opened() == "the same answers"


def test_the_judge_of_harm_can_tell(index: Path, tmp_path: Path) -> None:
    """An index that was replaced by another one does not pass for the same."""
    place = shutil.copytree(index, tmp_path / "index")
    judge = Judge(place)
    rollback(place)
    assert judge.opened().startswith("WRONG")


def test_parts_of_two_editions_are_found_out(index: Path, tmp_path: Path) -> None:
    """What reads for the campaigns notices passages of another edition."""
    assert edition_read(index, 5) == (current(index), 2)
    assert looked_into(index) == current(index)
    opened = open_current(index, Letters.identity)
    texts = [each.text for each in opened.store.passages(range(opened.store.rows))]
    assert sum(f" {mark_of(2)}," in text for text in texts) == 6
    assert len({mark_of(edition) for edition in range(600)}) == 600
    place = tmp_path / "index"
    shutil.copytree(index, place)
    folder = place / "generations"
    one, two = names(place)
    (folder / one / "passages.sqlite").replace(folder / two / "passages.sqlite")
    with pytest.raises(Exception, match=r"passages\.sqlite"):
        edition_read(place, 5)


@pytest.mark.parametrize(
    ("seen", "fault"),
    [
        ([(1.0, 1), (2.0, 2), (6.0, 3)], ""),
        ([(1.0, 2), (2.0, 1), (6.0, 3)], "1 after 2"),
        ([(1.0, 1), (2.0, 2), (6.5, 2)], "2 was answered 2.5 s after 3"),
    ],
)
def test_what_readers_saw_is_judged(seen: list[tuple[float, int]], fault: str) -> None:
    """Going back, and being late, are told; a generation that nobody saw is none of these."""
    told: dict[str, Any] = {"seen": seen, "faults": {}, "state": "ready"}
    line, bad = judged([(1.5, 2), (4.0, 3)], [told])
    assert [each for each in bad if fault and fault in each] == bad
    assert bool(bad) == bool(fault)
    assert "3 answers" in line
    assert judged([(1.5, 2)], [told | {"faults": {"500: oops": 2}}])[1][0] == "2 times 500: oops"

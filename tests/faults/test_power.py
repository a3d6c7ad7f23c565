"""Whatever a loss of power leaves on the disk, a reader finds a whole generation or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from power import EDITIONS, Judge, Machine, RecordingDisk, Step, lose_power, recorded
from tiny import build_edition, edition_read, looked_into

if TYPE_CHECKING:
    from pathlib import Path

    from power import Operation

# The long campaign draws 10,000: docs/reliability.md.
STATES = 60


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> list[Operation]:
    """Builds, prunings, going back and forth, a restoring, with their steps."""
    return recorded(tmp_path_factory.mktemp("recorded"))


def test_a_reader_finds_the_old_or_the_new(done: list[Operation], tmp_path: Path) -> None:
    """
    Power is lost in the middle of each operation: what is read is whole, it is what was there
    before or what was written, and the next build needs no hand and leaves nothing lying about.
    """
    found = lose_power(done, Judge(tmp_path), STATES)
    assert found.bad == []
    assert found.states.total() == STATES
    assert {"first build", "build", "build that prunes", "prune", "restore --force"} <= {
        *found.states
    }


def test_a_disk_that_only_says_it_synced_is_found_out(
    done: list[Operation], tmp_path: Path
) -> None:
    """The same states, drawn as if no sync had been heard, are bad: the test can tell."""
    found = lose_power(done, Judge(tmp_path, rebuild=False), STATES, deaf=True)
    assert len(found.bad) > STATES // 4


def test_every_byte_that_is_published_was_synced(done: list[Operation]) -> None:
    """When an operation is over, nothing that a reader needs is still waiting for the disk."""
    machine = Machine()
    for operation in done:
        for step in operation.steps:
            machine.take(step)
        pointer = machine.root.lasting["index"]
        assert pointer.waiting == []
        assert "CURRENT" in pointer.lasting


def test_what_was_not_synced_may_be_lost() -> None:
    """The machine keeps names and bytes that were synced, and no others."""
    machine = Machine()
    for step in (
        Step("make", "a"),
        Step("sync", ""),
        Step("create", "a/kept"),
        Step("write", "a/kept", data=b"old"),
        Step("sync", "a/kept"),
        Step("sync", "a"),
        Step("create", "a/new"),
        Step("write", "a/new", data=b"new"),
        Step("rename", "a/new", "a/kept"),
    ):
        machine.take(step)

    class Dice:
        """Nothing that waits is there."""

        def choice(self, options: tuple[float, ...]) -> float:
            return options[0]

        def random(self) -> float:
            return 1.0

        def randrange(self, _: int) -> int:
            return 0

    assert machine.drawn(Dice()) == {"a": None, "a/kept": b"old"}  # type: ignore[arg-type]
    machine.take(Step("sync", "a"))
    # The name lasts, the bytes of the file behind it do not.
    assert machine.drawn(Dice()) == {"a": None, "a/kept": b""}  # type: ignore[arg-type]


def test_the_recording_disk_does_what_it_records(tmp_path: Path) -> None:
    """The steps, taken on a machine that loses nothing, give the folder that is on the disk."""
    disk = RecordingDisk(tmp_path)
    build_edition(tmp_path / "index", 1, disk)
    machine = Machine()
    for step in disk.steps:
        machine.take(step)

    class Dice:
        """Everything is there."""

        def choice(self, options: tuple[float, ...]) -> float:
            return options[-1]

        def random(self) -> float:
            return 0.0

        def randrange(self, most: int) -> int:
            return most - 1

    there = {
        path.relative_to(tmp_path).as_posix(): None if path.is_dir() else path.read_bytes()
        for path in tmp_path.rglob("*")
        if path.name not in {"lock", "embeddings.sqlite"}
    }
    assert machine.drawn(Dice()) == there  # type: ignore[arg-type]
    assert edition_read(tmp_path / "index", EDITIONS)[1] == 1
    looked_into(tmp_path / "index")

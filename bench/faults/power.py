"""
The steps of a writer -> states in which a loss of power may leave the disk, and what is read then.

A disk of this module does what the real one does, and remembers each step. Afterwards the steps
are gone through once more on a machine that exists in memory only: what was written is lost unless
its file was synced, and names are lost unless their folder was; what was not synced may be there
in any choice and in any part: a file may be empty, cut off, or hold zeros. Each such state is put
on the disk, read as a reader reads, and built upon.

    python bench/faults/power.py --states 10000

prints how many states of each operation were looked at, and ends with status 1 when one was bad.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from tiny import build_edition, edition_read, looked_into, memory

from wgsearch.errors import IndexMissingError, WgsearchError
from wgsearch.index.backup import backup, restore
from wgsearch.index.disk import Disk
from wgsearch.index.pruning import prune
from wgsearch.index.publish import writing
from wgsearch.index.rollback import rollback

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EDITIONS = 12


class Step(NamedTuple):
    """
    One step of a writer.

    Attributes:
        verb: What it did.
        path: To which file or folder.
        other: Where a rename led.
        data: What a file holds now.
    """

    verb: str
    path: str
    other: str = ""
    data: bytes = b""


class RecordingDisk(Disk):
    """
    The disk as it is, and what was done to it.

    Args:
        root: Folder below which steps are remembered.
    """

    def __init__(self, root: Path) -> None:
        self.steps: list[Step] = []
        self._root = root
        self._machine = Machine()

    def _told(self, verb: str, path: Path, other: Path | None = None, data: bytes = b"") -> None:
        name = path.relative_to(self._root).as_posix()
        led = other.relative_to(self._root).as_posix() if other else ""
        self.steps.append(Step(verb, name, led, data))
        self._machine.take(self.steps[-1])

    def _meet(self, path: Path) -> None:
        """A file that a library wrote is met for the first time."""
        if path.is_file() and not self._machine.has(path.relative_to(self._root).as_posix()):
            self._told("create", path)
            self._told("write", path, data=path.read_bytes())

    def make(self, folder: Path) -> None:
        """Likewise."""
        super().make(folder)
        self._told("make", folder)

    @contextmanager
    def create(self, path: Path) -> Iterator[BinaryIO]:
        """Likewise; other names may be lost before the end of the file, or not."""
        self._told("create", path)
        with super().create(path) as file:
            yield file
            file.flush()
            self._told("write", path, data=path.read_bytes())
        self._told("sync", path)

    def sync(self, path: Path) -> None:
        """Likewise; what a library wrote is met here for the first time."""
        self._meet(path)
        super().sync(path)
        self._told("sync", path)

    def settle(self, folder: Path) -> None:
        """Likewise; all files of libraries are there before the first of them is synced."""
        for path in sorted(folder.rglob("*")):
            self._meet(path)
        super().settle(folder)

    def rename(self, old: Path, new: Path) -> None:
        """Likewise."""
        super().rename(old, new)
        self._told("rename", old, new)

    def unlink(self, path: Path) -> None:
        """Likewise."""
        super().unlink(path)
        self._told("unlink", path)

    def rmdir(self, folder: Path) -> None:
        """Likewise."""
        super().rmdir(folder)
        self._told("unlink", folder)


@dataclass(slots=True)
class File:
    """Bytes that are on the disk, and those that may be."""

    lasting: bytes = b""
    written: bytes | None = None

    def drawn(self, dice: random.Random) -> bytes:
        """What a loss of power leaves of it."""
        if self.written is None:
            return self.lasting
        new = self.written
        cut = dice.randrange(len(new) + 1)
        zeros = new[:cut] + bytes(len(new) - cut)
        return dice.choice((self.lasting, new, new[:cut], zeros, b""))


@dataclass(slots=True)
class Folder:
    """
    Names that are on the disk, and changes that may be.

    Attributes:
        lasting: Names that are.
        names: Names as a program sees them.
        waiting: Changes since the last sync: names that went, names that came.
    """

    lasting: dict[str, File | Folder] = field(default_factory=dict)
    names: dict[str, File | Folder] = field(default_factory=dict)
    waiting: list[tuple[str | None, str | None, File | Folder | None]] = field(default_factory=list)

    def change(self, gone: str | None, come: str | None, node: File | Folder | None) -> None:
        """One change, which lasts in whole or not at all."""
        self.waiting.append((gone, come, node))
        _change(self.names, gone, come, node)

    def sync(self) -> None:
        """All changes last."""
        self.lasting, self.waiting = dict(self.names), []

    def drawn(self, dice: random.Random, share: float) -> dict[str, File | Folder]:
        """Names that a loss of power leaves: of the changes, any choice."""
        found = dict(self.lasting)
        for change in self.waiting:
            if dice.random() < share:
                _change(found, *change)
        return found


def _change(
    names: dict[str, File | Folder],
    gone: str | None,
    come: str | None,
    node: File | Folder | None,
) -> None:
    if gone is not None:
        names.pop(gone, None)
    if come is not None and node is not None:
        names[come] = node


Tree = dict[str, bytes | None]


class Machine:
    """
    A machine whose disk keeps only what was synced.

    Attributes:
        root: Folder in which everything is.
    """

    def __init__(self) -> None:
        self.root = Folder()

    def _at(self, path: str) -> File | Folder:
        node: File | Folder = self.root
        for part in path.split("/") if path not in {"", "."} else ():
            assert isinstance(node, Folder)
            node = node.names[part]
        return node

    def _folder(self, path: str) -> tuple[Folder, str]:
        above, _, name = path.rpartition("/")
        folder = self._at(above)
        assert isinstance(folder, Folder)
        return folder, name

    def has(self, path: str) -> bool:
        """Whether there is such a file or folder."""
        try:
            self._at(path)
        except KeyError:
            return False
        return True

    def take(self, step: Step) -> None:
        """One step."""
        if step.verb == "sync":
            node = self._at(step.path)
            if isinstance(node, Folder):
                node.sync()
            elif node.written is not None:
                node.lasting, node.written = node.written, None
            return
        if step.verb == "write":
            node = self._at(step.path)
            assert isinstance(node, File)
            node.written = step.data
            return
        folder, name = self._folder(step.path)
        if step.verb == "rename":
            there, new = self._folder(step.other)
            assert there is folder, "names are changed within one folder only"
            folder.change(name, new, folder.names[name])
        elif step.verb == "unlink":
            if name in folder.names:  # a file that a library wrote, and nobody synced
                folder.change(name, None, None)
        else:
            folder.change(None, name, Folder() if step.verb == "make" else File())

    def drawn(self, dice: random.Random) -> Tree:
        """A state after a loss of power: bytes of files, None for folders, by path."""
        share = dice.choice((0.0, 0.1, 0.5, 0.5, 0.9, 1.0))
        found: Tree = {}

        def put(folder: Folder, path: str) -> None:
            for name, node in sorted(folder.drawn(dice, share).items()):
                below = f"{path}/{name}" if path else name
                if isinstance(node, Folder):
                    found[below] = None
                    put(node, below)
                else:
                    found[below] = node.drawn(dice)

        put(self.root, "")
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """
    What a writer did.

    Attributes:
        name: What it is called.
        steps: Its steps.
        before: The edition that was read before; None where there was no index.
        after: The edition that is read afterwards.
    """

    name: str
    steps: tuple[Step, ...]
    before: int | None
    after: int


def recorded(work: Path) -> list[Operation]:
    """Builds, publications, prunings, going back and forth, restorings: one after the other."""
    root = work / "live"
    root.mkdir()
    disk, index = RecordingDisk(root), root / "index"
    done: list[Operation] = []

    def run(name: str, act: Callable[[], object], after: int, before: int | None) -> None:
        start = len(disk.steps)
        act()
        assert edition_read(index, EDITIONS)[1] == after
        done.append(
            Operation(name=name, steps=tuple(disk.steps[start:]), before=before, after=after)
        )

    def pruned() -> None:
        with writing(index, disk):
            prune(index, keep=0, disk=disk)

    run("first build", lambda: build_edition(index, 0, disk), 0, None)
    for edition in range(1, 6):  # the fourth and fifth remove the oldest
        named = "build" if edition < 4 else "build that prunes"  # noqa: PLR2004 - three are kept
        run(named, lambda e=edition: build_edition(index, e, disk), edition, edition - 1)
    run("rollback", lambda: rollback(index, disk=disk), 4, 5)
    run("rollback --forward", lambda: rollback(index, forward=True, disk=disk), 5, 4)
    backup(index, work / "backup")
    run("prune", pruned, 5, 5)
    run("build", lambda: build_edition(index, 6, disk), 6, 5)
    run("restore --force", lambda: restore(work / "backup", index, force=True, disk=disk), 5, 6)
    return done


@dataclass(slots=True)
class Findings:
    """
    What became of states.

    Attributes:
        states: How many were drawn, by operation.
        different: How many of these were different, by operation.
        bad: What was wrong, one line each.
    """

    states: Counter[str] = field(default_factory=Counter)
    different: Counter[str] = field(default_factory=Counter)
    bad: list[str] = field(default_factory=list)


class Judge:
    """
    Reads states and builds upon them; what was judged before is not judged again.

    Args:
        work: A folder to put states in.
        rebuild: Also build upon each state.
    """

    def __init__(self, work: Path, *, rebuild: bool = True) -> None:
        self._work = work
        self._rebuild = rebuild
        self._read: dict[str, tuple[int | None, str]] = {}
        self._built: dict[str, str] = {}

    def judge(self, tree: Tree, allowed: set[int | None]) -> str:
        """What is wrong with a state; empty for nothing."""
        key = _digest(tree)
        if key not in self._read:
            place = self._put(tree)
            self._read[key] = _read(place / "index")
            unread = {
                path: data if data is None or "/.building-" not in path else b""
                for path, data in tree.items()
            }
            shape = _digest(unread)
            if self._rebuild and shape not in self._built:
                self._built[shape] = _built_upon(place / "index")
            if self._rebuild and self._built[shape]:
                self._read[key] = (None, self._built[shape])
        edition, wrong = self._read[key]
        if wrong:
            return wrong
        return "" if edition in allowed else f"edition {edition} is read, not one of {allowed}"

    @property
    def different(self) -> int:
        """How many different states were judged."""
        return len(self._read)

    def _put(self, tree: Tree) -> Path:
        place = self._work / "state"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        for path, data in tree.items():
            if data is None:
                (place / path).mkdir()
            else:
                (place / path).write_bytes(data)
        return place


def _digest(tree: Tree) -> str:
    whole = hashlib.sha256()
    for path, data in tree.items():
        whole.update(f"{path}\0{-1 if data is None else len(data)}\0".encode())
        whole.update(data or b"")
    return whole.hexdigest()


def _read(index: Path) -> tuple[int | None, str]:
    """The edition that a reader finds, None for no index; or what is wrong."""
    try:
        return edition_read(index, EDITIONS)[1], ""
    except IndexMissingError:
        return None, ""
    except (WgsearchError, AssertionError) as error:
        return None, f"{type(error).__name__}: {error}"


def _built_upon(index: Path) -> str:
    """What is wrong with the build that comes next; empty for nothing."""
    try:
        name = build_edition(index, EDITIONS)
        looked_into(index)
        found, edition = edition_read(index, EDITIONS)
    except (WgsearchError, AssertionError, OSError) as error:
        return f"the next build: {type(error).__name__}: {error}"
    if (found, edition) != (name, EDITIONS):
        return f"the next build published {name}, and {found} of edition {edition} is read"
    left = [path.name for path in (index / "generations").iterdir() if path.name[0] == "."]
    left += [path.name for path in index.iterdir() if path.name[0] == "."]
    return f"the next build left {left}" if left else ""


def lose_power(
    done: list[Operation], judge: Judge, states: int, *, seed: int = 7, deaf: bool = False
) -> Findings:
    """
    Draw states after each step of each operation, and judge them.

    Args:
        done: Operations, from the first on.
        judge: Who judges.
        states: How many, over all.
        seed: Of the draws.
        deaf: No sync is heard: what a disk would do that only says that it synced.
    """
    dice, machine, found = random.Random(seed), Machine(), Findings()  # noqa: S311 - draws of a test
    count = sum(len(operation.steps) for operation in done) + len(done)
    drawn = 0.0
    for operation in done:
        between = {operation.before, operation.after}
        for at, step in enumerate((None, *operation.steps)):
            if step and not (deaf and step.verb == "sync"):
                machine.take(step)
            last = at == len(operation.steps)
            allowed = {operation.after} if last else between
            drawn += states / count
            while found.states.total() < round(drawn):
                before = judge.different
                wrong = judge.judge(machine.drawn(dice), allowed)
                found.states[operation.name] += 1
                found.different[operation.name] += judge.different - before
                if wrong:
                    found.bad.append(f"{operation.name}, step {at} {step and step[:3]}: {wrong}")
    return found


def main() -> None:
    """Draw, judge and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--states", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(dir=memory()) as folder:
        work = Path(folder)
        done = recorded(work)
        found = lose_power(done, Judge(work), asked.states, seed=asked.seed)
    for name, states in found.states.items():
        print(f"{name:<20} {states:>6} states, {found.different[name]:>6} of them new")
    steps = sum(len(each.steps) for each in done)
    print(
        f"{found.states.total()} states after {steps} steps, {found.different.total()} different, "
        f"{len(found.bad)} bad, {time.perf_counter() - started:.0f} s"
    )
    for line in found.bad[:20]:
        print(line)
    sys.exit(1 if found.bad else 0)


if __name__ == "__main__":
    main()

"""
Every call that changes a file, of each operation on an index -> the process ends there, or fails.

    python bench/faults/calls.py

compiles calls.c (cc), starts itself again with it before the C library, counts the calls of each
operation, and does the operation once for each call and each fault: killed before the call, killed
after half of a write, input/output error, no space once, no space from there on, half a write.
After each, a new reader must find what was there before or what was to come, whole; an operation
that failed must have said so with the name of a file; and the next build must need no hand.

    python bench/faults/calls.py --compare

counts the same calls by strace, which sees them at the kernel. Only tantivy's renaming of its own
meta files goes past the C library: these calls are made to fail by strace (`inject`).
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from power import Judge, Tree
from tiny import build_edition, memory

from wgsearch.errors import WgsearchError
from wgsearch.index.backup import backup, restore
from wgsearch.index.places import COMPENDIUM
from wgsearch.index.pruning import prune
from wgsearch.index.publish import writing
from wgsearch.index.rollback import rollback

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).parent
# As they are numbered in calls.c.
ACTIONS = {
    "killed before": 1,
    "killed in half a write": 2,
    "EIO once": 3,
    "ENOSPC once": 4,
    "ENOSPC from there on": 5,
    "half a write": 6,
}
_KILLS = {1, 2}
# What an operation that failed must have said: which file, and why.
NAMED = re.compile(
    r"cannot write '[^']+': \w+|'[^']+' cannot be read by tantivy \(.*error.*\)", re.IGNORECASE
)
KINDS = (
    "write,pwrite64,writev,pwritev,pwritev2,fsync,fdatasync,sync_file_range,ftruncate,truncate,"
    "fallocate,rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,link,linkat,symlink,"
    "open,openat,creat,copy_file_range,sendfile"
)
# The same by strace, for the calls that go past the C library.
RAW = {"killed at a raw renameat": "signal=SIGKILL", "EIO at a raw renameat": "error=EIO"}
_RAW_CALL = "renameat"
_DONE, _TOLD, _STRANGE = 0, 1, 3
# A build: edition 9. What was backed up: 5; what is in use: 8.
_USED, _NEXT, _STORED, _EARLIER = 8, 9, 5, 7


class Operation(NamedTuple):
    """
    Something that is done to an index.

    Attributes:
        name: What it is called.
        act: Does it, below a folder.
        allowed: Editions that may be read afterwards; None for no index.
        after: The edition that is read when it was done.
        empty: There is no index before.
    """

    name: str
    act: Callable[[Path], object]
    allowed: set[int | None]
    after: int
    empty: bool = False


def _prune(place: Path) -> None:
    with writing(place / "index"):
        prune(place / "index", keep=0)


OPERATIONS = (
    Operation(
        "first build", lambda p: build_edition(p / "index", _NEXT), {None, _NEXT}, _NEXT, True
    ),
    Operation("build", lambda p: build_edition(p / "index", _NEXT), {_USED, _NEXT}, _NEXT),
    Operation("prune", _prune, {_USED}, _USED),
    Operation("rollback", lambda p: rollback(p / "index"), {_USED, _EARLIER}, _EARLIER),
    Operation("backup", lambda p: backup(p / "index", p / "backup"), {_USED}, _USED),
    Operation(
        "restore", lambda p: restore(p / "backup", p / "index"), {None, _STORED}, _STORED, True
    ),
    Operation(
        "restore --force",
        lambda p: restore(p / "backup", p / "index", force=True),
        {_USED, _STORED},
        _STORED,
    ),
)


def template(place: Path) -> None:
    """An index of as many generations as are kept, one of which goes; editions; a backup."""
    index = place / "index"
    for edition in range(_STORED, _NEXT):
        build_edition(index, edition)
        if edition == _STORED:
            (index / COMPENDIUM).mkdir()
            (index / COMPENDIUM / "edition.json").write_text("of the backup")
            backup(index, place / "backup")
    (index / COMPENDIUM / "edition.json").write_text("of today")


def apart(act: Callable[[], object], telling: int = 2) -> int:
    """Do something in a process of its own; its exit status, minus the signal it died of."""
    child = os.fork()
    if child == 0:
        _act(act, telling)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _act(act: Callable[[], object], telling: int) -> NoReturn:
    """In the process: do it, say what went wrong, and end."""
    status = _STRANGE
    try:
        act()
        status = _DONE
    except WgsearchError as error:
        status = _TOLD
        os.write(telling, str(error).encode())
    except BaseException as error:  # noqa: BLE001 - the edge of this process
        os.write(telling, f"{type(error).__name__}: {error}".encode())
    finally:
        os._exit(status)


def traced(act: Callable[[], object], rule: str, log: Path, telling: int = 2) -> int:
    """Likewise, with strace looking on."""
    waits, go = os.pipe()
    child = os.fork()
    if child == 0:
        os.read(waits, 1)
        _act(act, telling)
    command = ["strace", "-f", "-y", "-p", str(child), "-o", str(log), "-e", rule]
    own = {name: value for name, value in os.environ.items() if name != "LD_PRELOAD"}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=own) as tracer:
        assert tracer.stderr is not None
        tracer.stderr.readline()  # it is attached
        os.write(go, b"x")
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        tracer.communicate()
    for each in (waits, go):
        os.close(each)
    return status


class Bench:
    """
    A folder of trials, and the library that makes calls fail.

    Args:
        work: The folder.
    """

    def __init__(self, work: Path) -> None:
        self._work = work
        self._calls = ctypes.CDLL(None)
        self._calls.faults_arm.argtypes = [ctypes.c_long, ctypes.c_int]
        self._calls.faults_disarm.restype = ctypes.c_long
        self._template = work / "template"
        self._template.mkdir()
        if apart(lambda: template(self._template)):
            raise SystemExit("the template cannot be built")
        self.judged = 0
        self._judged: dict[str, str] = {}

    def count(self, operation: Operation) -> int:
        """How many calls an operation makes."""
        seen, write = os.pipe()
        place = self._place(operation)

        def act() -> None:
            self._calls.faults_arm(-1, 0)
            operation.act(place)
            os.write(write, str(self._calls.faults_disarm()).encode())

        if apart(act):
            raise SystemExit(f"{operation.name} fails without a fault")
        os.close(write)
        return int(_all(seen))

    def trial(self, operation: Operation, at: int, action: int) -> tuple[str, str]:
        """What came of a fault at one call: the outcome, and what is wrong with it."""
        place = self._place(operation)
        told, telling = os.pipe()

        def act() -> None:
            self._calls.faults_arm(at, action)
            try:
                operation.act(place)
            finally:
                self._calls.faults_disarm()

        status = apart(act, telling)
        os.close(telling)
        return self._outcome(operation, place, status, _all(told).decode(errors="replace"))

    def traced(self, operation: Operation, at: int, inject: str) -> tuple[str, str]:
        """Likewise, by strace."""
        place = self._place(operation)
        told, telling = os.pipe()
        rule = f"inject={_RAW_CALL}:{inject}:when={at}"
        status = traced(lambda: operation.act(place), rule, self._work / "strace", telling)
        os.close(telling)
        return self._outcome(operation, place, status, _all(told).decode(errors="replace"))

    def counted_by_strace(self, operation: Operation) -> Counter[str]:
        """How many calls an operation makes, of each kind, as the kernel sees them."""
        place, log = self._place(operation), self._work / "strace"
        if traced(lambda: operation.act(place), f"trace={KINDS}", log):
            raise SystemExit(f"{operation.name} fails without a fault")
        return Counter(
            found[1]
            for line in log.read_text().splitlines()
            if str(self._work) in line
            and (found := re.match(r"\d+\s+(\w+)\(", line))
            and ("open" not in found[1] or "O_CREAT" in line)
        )

    def _outcome(
        self, operation: Operation, place: Path, status: int, said: str
    ) -> tuple[str, str]:
        if status == -signal.SIGKILL:
            outcome, allowed = "killed", operation.allowed
        elif status == _DONE:
            outcome, allowed = "done all the same", {operation.after}
        elif status == _TOLD and NAMED.search(said):
            outcome, allowed = "told", operation.allowed
        else:
            return "strange", f"exit {status}: {said[:300]}"
        return outcome, self._judge(place, allowed)

    def _place(self, operation: Operation) -> Path:
        place = self._work / "trial"
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self._template, place)
        if operation.empty:
            shutil.rmtree(place / "index")
        return place

    def _judge(self, place: Path, allowed: set[int | None]) -> str:
        """What is wrong with a folder; one like it was perhaps judged before."""
        tree: Tree = {
            path.relative_to(place).as_posix(): None if path.is_dir() else path.read_bytes()
            for path in sorted(place.rglob("*"))
            if path.name != "lock"
        }
        half = {
            path: data if data is None or "/.building-" not in path else b""
            for path, data in tree.items()
        }
        key = json.dumps([sorted(map(str, allowed)), _shape(half)])
        if key not in self._judged:
            self.judged += 1
            told, telling = os.pipe()

            def judge() -> None:
                os.write(telling, Judge(self._work).judge(tree, allowed).encode())

            status = apart(judge)
            os.close(telling)
            wrong = _all(told).decode()
            editions = place / "index" / COMPENDIUM / "edition.json"
            aside = place / "index" / f".removing-{COMPENDIUM}" / "edition.json"
            if (
                len(allowed) > 1
                and None not in allowed
                and not (editions.exists() or aside.exists())
            ):
                wrong = wrong or "the editions of the compendium are lost"
            self._judged[key] = wrong or ("" if status == 0 else f"the judge ended with {status}")
        return self._judged[key]


def _shape(tree: Tree) -> list[tuple[str, int]]:
    return [(path, -1 if data is None else hash(data)) for path, data in sorted(tree.items())]


def _all(handle: int) -> bytes:
    with os.fdopen(handle, "rb") as file:
        return file.read()


def campaign(
    bench: Bench, wanted: list[str], step: int = 1
) -> Iterator[tuple[str, int, str, Counter[str], list[str]]]:
    """For each operation and fault: calls, outcomes, what was wrong."""
    for operation in OPERATIONS:
        if wanted and operation.name not in wanted:
            continue
        calls = bench.count(operation)
        faults = [(fault, calls, partial(bench.trial, action=a)) for fault, a in ACTIONS.items()]
        if "build" in operation.name:
            raw = bench.counted_by_strace(operation)[_RAW_CALL]
            faults += [(fault, raw, partial(bench.traced, inject=i)) for fault, i in RAW.items()]
        for fault, count, trial in faults:
            outcomes: Counter[str] = Counter()
            bad = []
            for at in range(1, count + 1, step):
                outcome, wrong = trial(operation, at)
                outcomes[outcome] += 1
                if wrong:
                    bad.append(f"{operation.name}, {fault}, call {at}: {wrong}")
            yield operation.name, count, fault, outcomes, bad


def compare(bench: Bench) -> None:
    """Count the calls of each operation by strace, and by the library."""
    for operation in OPERATIONS:
        kinds = bench.counted_by_strace(operation)
        raw = kinds.pop(_RAW_CALL, 0)
        print(
            f"{operation.name:<16} strace {kinds.total():>4} and {raw} raw {_RAW_CALL},"
            f" counted {bench.count(operation):>4}"
        )


def main() -> None:
    """Compile, start again with what was compiled, run and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--compare", action="store_true", help="count by strace, too")
    parser.add_argument("--only", action="append", default=[], help="an operation; may be repeated")
    parser.add_argument("--step", type=int, default=1, help="only every so many calls")
    asked = parser.parse_args()
    if "LD_PRELOAD" not in os.environ:
        with tempfile.TemporaryDirectory() as folder:
            library = Path(folder) / "calls.so"
            command = ["cc", "-O2", "-shared", "-fPIC", "-o", str(library), str(HERE / "calls.c")]
            subprocess.run([*command, "-ldl"], check=True)
            environment = os.environ | {
                "LD_PRELOAD": str(library),
                "OMP_NUM_THREADS": "1",
                "OPENBLAS_NUM_THREADS": "1",
            }
            sys.exit(
                subprocess.run([sys.executable, *sys.argv], env=environment, check=False).returncode
            )
    started, runs, every = time.perf_counter(), 0, []
    with tempfile.TemporaryDirectory(dir=memory()) as folder:
        bench = Bench(Path(folder))
        if asked.compare:
            compare(bench)
            return
        for name, calls, fault, outcomes, bad in campaign(bench, asked.only, asked.step):
            told = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
            print(f"{name:<16} {calls:>4} calls, {fault:<22} {len(bad)} bad; {told}", flush=True)
            runs += outcomes.total()
            every += bad
        print(
            f"{runs} runs, {bench.judged} different outcomes, {len(every)} bad, "
            f"{time.perf_counter() - started:.0f} s"
        )
    for line in every[:40]:
        print(line)
    sys.exit(1 if every else 0)


if __name__ == "__main__":
    main()

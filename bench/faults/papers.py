"""
Bad files at their full size, read with the limits of a build: what each costs, and what is said.

    python bench/faults/papers.py

makes every file that `tests/papers/making/bad_files.py` names, the large ones too, reads each by
itself as a build does, and prints a table: bytes of the file; processor time, time by the clock and
memory of the child, its start included; code. A program on this machine listens meanwhile. It ends
with status 1 when an outcome is another one than stated there, when a limit was passed, or when
somebody called.
"""

from __future__ import annotations

import json
import resource
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from wgsearch.errors import PaperUnreadableError
from wgsearch.papers.children import read_one
from wgsearch.papers.limits import Limits

sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "papers" / "making"))

import bad_files

LIMITS = Limits(ocr_pages=0)
READ = "read"
# Beyond the limit of a file: the start of its child, and putting it down.
STARTING_S = 20.0


class Cost(NamedTuple):
    """What a file came to: code, processor time and seconds by the clock, bytes of memory."""

    code: str
    cpu_s: float
    wall_s: float
    memory: int


def read_alone(path: Path) -> Cost:
    """One file, in this process that reads no other one."""
    started = time.perf_counter()
    try:
        read_one(path, limits=LIMITS)
        code = READ
    except PaperUnreadableError as error:
        code = error.code
    took = time.perf_counter() - started
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(code, used.ru_utime + used.ru_stime, took, used.ru_maxrss * 1024)


def read(path: Path) -> Cost:
    """One file, in a process of its own: what its child took is nobody else's."""
    done = subprocess.run(
        [sys.executable, __file__, str(path)], capture_output=True, text=True, check=True
    )
    return Cost(*json.loads(done.stdout))


def main() -> None:
    """Make, read, print."""
    if len(sys.argv) > 1:
        print(json.dumps(read_alone(Path(sys.argv[1]))))
        return
    wrong = []
    with tempfile.TemporaryDirectory() as place, socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        root = Path(place)
        (root / "secret.txt").write_text("sesame")
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        made = {
            **bad_files.pdfs(address),
            **bad_files.word_files(address, root / "secret.txt"),
            **bad_files.texts(),
        }
        expected = {name: {code or READ} for name, (_, code) in made.items()}
        makers = {name: (lambda data=data: data) for name, (data, _) in made.items()}
        print(f"{'file':28}{'bytes':>12}{'cpu s':>8}{'wall s':>8}{'MB':>8}  outcome")
        for name, make in {**makers, **bad_files.large()}.items():
            path = root / name
            path.write_bytes(make())
            cost = read(path)
            size = path.stat().st_size
            path.unlink()
            print(
                f"{name:28}{size:12,}{cost.cpu_s:8.2f}{cost.wall_s:8.2f}{cost.memory / 1e6:8.0f}"
                f"  {cost.code}",
                flush=True,
            )
            if cost.code not in expected.get(name, {cost.code}):
                wrong.append(f"{name}: {cost.code}, not {expected[name]}")
            late = cost.wall_s > LIMITS.wall_s + STARTING_S
            if late or cost.cpu_s > LIMITS.cpu_s + STARTING_S or cost.memory > LIMITS.memory_bytes:
                wrong.append(f"{name}: took more than it may")
        try:
            server.accept()
            wrong.append("somebody called")
        except BlockingIOError:
            pass
    print("\n".join(wrong) or "all as stated, within the limits, and nobody called")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()

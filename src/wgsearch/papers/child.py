"""
the process in which files are read: names in, papers out, within limits and cut off.

Why a program of its own: only here are libraries loaded that open files from anywhere. It
says what it finds in lines of JSON on standard output, and that a page is being recognised,
which takes its time.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from pydantic import TypeAdapter

from wgsearch.errors import PaperUnreadableError
from wgsearch.papers.isolation import isolate
from wgsearch.papers.limits import AGAIN, Limits
from wgsearch.papers.paper import Paper

if TYPE_CHECKING:
    from collections.abc import Iterator

if sys.platform != "win32":
    import resource

READY = "ready\n"
# How a line with a paper begins; it ends with the bracket that is opened here.
ANSWER = '{"paper":'
_PAPER = TypeAdapter(Paper)


def serve(limits: Limits, folder: Path) -> None:
    """
    Read each file that is named on standard input, answer on standard output.

    Args:
        limits: What one file may cost.
        folder: Where this process may write.
    """
    isolate(folder)
    from wgsearch.papers.ocr import Recogniser  # noqa: PLC0415 - after isolation: it loads threads
    from wgsearch.papers.reader import read_file  # noqa: PLC0415 - likewise

    limited(limits)
    program = shutil.which("tesseract") if limits.ocr_pages else None
    with own_output() as out:
        recogniser = program and Recogniser(
            program=program,
            page_s=0.9 * limits.ocr_page_s,  # before the parent ends the whole reading
            pages=limits.ocr_pages,
            starts=partial(_ask_for_time, out, limits),
        )
        say(out, READY)
        for line in sys.stdin:
            path, file = json.loads(line)
            renew(limits.cpu_s, limits.wall_s)
            try:
                paper = read_file(Path(path), file=file, recogniser=recogniser or None)
                answer = ANSWER + _PAPER.dump_json(paper).decode() + "}"
            except PaperUnreadableError as error:
                answer = json.dumps({"code": error.code, "reason": error.reason})
            except MemoryError:
                reason = f"reading needs more than {limits.memory_bytes >> 20} MB; {AGAIN}"
                answer = json.dumps({"code": "too_large", "reason": reason})
            except Exception as error:  # noqa: BLE001 - the process edge: a file nobody foresaw stops nothing
                reason = f"the file cannot be read ({type(error).__name__}: {error})"
                answer = json.dumps({"code": "damaged", "reason": reason})
            say(out, answer + "\n")
            rest()


def limited(limits: Limits) -> None:
    """Take no more memory than is allowed, from now on."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_DATA, (limits.memory_bytes, limits.memory_bytes))


def say(out: TextIO, line: str) -> None:
    """One line to the parent, at once."""
    out.write(line)
    out.flush()


def _ask_for_time(out: TextIO, limits: Limits, page: int) -> None:
    """A page is about to be recognised: the limits of time begin anew."""
    renew(limits.cpu_s, limits.ocr_page_s)
    say(out, json.dumps({"recognising": page}) + "\n")


@contextmanager
def own_output() -> Iterator[TextIO]:
    """Standard output for answers alone: what libraries print goes to standard error."""
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as out:
        os.dup2(2, 1)
        yield out


def renew(cpu_s: int, wall_s: float) -> None:
    """
    Allow the next file its time on top of what is used up.

    The parent keeps the time by the clock; the alarm ends a child whose parent is gone.
    """
    if sys.platform != "win32":
        used = resource.getrusage(resource.RUSAGE_SELF)
        spent = int(used.ru_utime + used.ru_stime) + 1
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (spent + cpu_s, hard))
        signal.setitimer(signal.ITIMER_REAL, 2 * wall_s)


def rest() -> None:
    """Nothing is being read: waiting for the next file takes as long as it takes."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, 0)


if __name__ == "__main__":
    serve(Limits.from_json(sys.argv[1]), Path(sys.argv[2]))

"""
stages of a build -> bars on a terminal, plain lines elsewhere.

Why on standard error: standard output belongs to the result, which may be one JSON object.
"""

from __future__ import annotations

import contextlib
import json
import sys
import time
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_WORDS = {
    "read": "Reading papers",
    "embed": "Encoding passages",
    "index": "Writing the index",
    "ask": "Asking questions",
    "brief": "Preparing items",
}
# Told beside another stage, of which nobody knows how much there will be.
_BESIDE = {"pages": ("read", "pages")}
# Without a terminal a line every so many seconds tells that work goes on.
_EVERY_S = 10.0
_MINUTE_S = 60


@contextlib.contextmanager
def shown(*, lines: bool = False) -> Iterator[Callable[[str, int, int], None]]:
    """
    Gives a function that is told a stage, how much of it is done, and how much there is.

    Args:
        lines: Tell it as JSON, one object a line, for programs.
    """
    if lines:
        yield _objects
        return
    console = Console(stderr=True)
    if console.is_terminal:
        with _bars(console) as tell:
            yield tell
    else:
        yield _lines(console)


def _objects(stage: str, done: int, total: int) -> None:
    """An object a line: `stage`, `done`, `total`; what is told beside a stage is left out."""
    if stage in _BESIDE:
        return
    sys.stderr.write(json.dumps({"stage": stage, "done": done, "total": total}) + "\n")
    sys.stderr.flush()


@contextlib.contextmanager
def steps(what: str) -> Iterator[Callable[[str], None]]:
    """Gives a function that is told what is being done, where nobody knows how much there is."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    if console.is_terminal:
        with console.status(what) as status:
            yield lambda doing: status.update(f"{what}: {escape(doing)}")
    else:
        yield lambda doing: console.print(f"{what}: {escape(doing)}")


@contextlib.contextmanager
def _bars(console: Console) -> Iterator[Callable[[str, int, int], None]]:
    """One bar a stage, gone when all is done."""
    columns = (
        TextColumn("{task.description:<18}"),
        BarColumn(),
        TextColumn("{task.completed:,} of {task.total:,}{task.fields[beside]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bars:
        tasks = {}

        def tell(stage: str, done: int, total: int) -> None:
            of, what = _BESIDE.get(stage, (stage, ""))
            if of not in tasks:
                tasks[of] = bars.add_task(_WORDS.get(of, of), total=max(total, 1), beside="")
            if what:
                bars.update(tasks[of], beside=f", {done:,} {what}")
            else:
                bars.update(tasks[of], completed=done, total=total)

        yield tell


def _lines(console: Console) -> Callable[[str, int, int], None]:
    """A line when a stage ends, and now and then on the way with the time that is left."""
    told = time.monotonic()
    began: dict[str, float] = {}
    beside: dict[str, str] = {}
    ended: set[tuple[str, int]] = set()

    def tell(stage: str, done: int, total: int) -> None:
        nonlocal told
        now = time.monotonic()
        of, what = _BESIDE.get(stage, (stage, ""))
        if what:
            beside[of] = f", {done} {what}"
            return
        start = began.setdefault(stage, now)
        ends = done == total and (stage, total) not in ended
        if not total or not (ends or now - told >= _EVERY_S):
            return
        told = now
        left = ""
        if done == total:
            ended.add((stage, total))
        elif done:
            left = f"; {_duration((now - start) * (total - done) / done)} left"
        more = beside.get(stage, "")
        console.print(f"{_WORDS.get(stage, stage)}: {done} of {total}{more}{left}", highlight=False)

    return tell


def _duration(seconds: float) -> str:
    """About how long, as one says it."""
    if seconds < _MINUTE_S:
        return f"{seconds:.0f} s"
    return f"{seconds / _MINUTE_S:.0f} min"

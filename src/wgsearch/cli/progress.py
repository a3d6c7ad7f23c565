"""
stages of a build -> a bar on a terminal, plain lines elsewhere.

Why on standard error: standard output belongs to the result, which may be one JSON object.
"""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_WORDS = {
    "read": "Reading papers",
    "embed": "Encoding passages",
    "index": "Writing the index",
    "ask": "Asking questions",
}
# Without a terminal a line every so many seconds tells that work goes on.
_EVERY_S = 10.0


@contextlib.contextmanager
def shown() -> Iterator[Callable[[str, int, int], None]]:
    """Gives a function that is told a stage, how much of it is done, and how much there is."""
    console = Console(stderr=True)
    if console.is_terminal:
        with _bars(console) as tell:
            yield tell
    else:
        yield _lines(console)


@contextlib.contextmanager
def _bars(console: Console) -> Iterator[Callable[[str, int, int], None]]:
    """One bar a stage, gone when all is done."""
    columns = (
        TextColumn("{task.description:<18}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bars:
        tasks = {}

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(_WORDS.get(stage, stage), total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield tell


def _lines(console: Console) -> Callable[[str, int, int], None]:
    """A line when a stage ends, and now and then on the way."""
    told = {"at": time.monotonic()}

    def tell(stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if total and (done == total or now - told["at"] >= _EVERY_S):
            told["at"] = now
            console.print(f"{_WORDS.get(stage, stage)}: {done} of {total}", highlight=False)

    return tell

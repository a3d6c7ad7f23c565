"""
pages of papers -> pictures, drawn in a child process with limits of time and memory.

Why few at a time: a page takes a tenth of a second and a processor; whoever asks while enough
others wait is told to come again, and questions go on being answered.
"""

from __future__ import annotations

import base64
import json
import threading
from typing import TYPE_CHECKING

from wgsearch.errors import PaperUnreadableError
from wgsearch.papers.children import Child, Deadline, died
from wgsearch.papers.limits import Limits

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

DRAWING = Limits(memory_bytes=512 << 20, cpu_s=10, wall_s=15.0, ocr_pages=0)
# Pages that are drawn or waited for: half of what a process answers at a time.
AT_A_TIME = 2
# An answer that is longer than this is none: 12 million dots in colour, as they are, in base64.
_LONGEST = 64 << 20
_BEGINNING = b"\x89PNG"


class Picture:
    """
    A page as a child drew it.

    Attributes:
        width: Width of the page in points.
        height: Its height in points.
        png: Its picture, None where only its size was asked for.
    """

    __slots__ = ("height", "png", "width")

    def __init__(self, *, width: float, height: float, png: bytes | None) -> None:
        self.width = width
        self.height = height
        self.png = png


class BusyError(Exception):
    """Enough pages are being drawn; never leaves the process as an answer of its own."""


class Drawer(Child):
    """A child that draws one page after the other, replaced when it dies."""

    def __init__(self, limits: Limits = DRAWING, *, at_a_time: int = AT_A_TIME) -> None:
        super().__init__(limits, module="wgsearch.papers.drawer")
        self._places = threading.BoundedSemaphore(at_a_time)

    def draw(self, path: Path, *, digest: str, page: int, dots: int | None) -> Picture:
        """
        One page of a file.

        Args:
            path: The file.
            digest: SHA-256 that it must have.
            page: The page, counted from 1.
            dots: How wide the picture is; None for the size of the page alone.

        Raises:
            BusyError: Enough others wait.
            PaperUnreadableError: With the code and the reason.
            ReaderUnavailableError: The child does not start.
        """
        if not self._places.acquire(blocking=False):
            raise BusyError
        try:
            with self._reading:
                if self._closed:
                    raise PaperUnreadableError(path.name, "stopped", "drawing was stopped")
                return self._draw(path, [str(path.absolute()), digest, page, dots])
        finally:
            self._places.release()

    def _draw(self, path: Path, asked: list[object]) -> Picture:
        """One page, within the limit of time."""
        process = self._process or self._start()
        deadline = Deadline(process)
        deadline.start(self._limits.wall_s)
        try:
            found = _answer(process, asked)
        finally:
            deadline.cancel()
        if found is None or deadline.passed:
            self._end(process)
        if found is None:
            allowed = deadline.allowed_s if deadline.passed else None
            raise died(process, path.name, allowed_s=allowed, limits=self._limits)
        if isinstance(found, Picture):
            return found
        raise PaperUnreadableError(path.name, str(found["code"]), str(found["reason"]))


def _answer(
    process: subprocess.Popen[str], asked: list[object]
) -> Picture | dict[str, object] | None:
    """A child's answer, None when it died over it or said what it should not."""
    if process.stdin is None or process.stdout is None:
        raise ValueError("the child was started without pipes")
    try:
        process.stdin.write(json.dumps(asked) + "\n")
        process.stdin.flush()
        found = json.loads(process.stdout.readline(_LONGEST))
        if "code" in found:
            return {"code": found["code"], "reason": found["reason"]}
        png = None if found["png"] is None else base64.b64decode(found["png"], validate=True)
        if png is None or png.startswith(_BEGINNING):
            return Picture(width=float(found["width"]), height=float(found["height"]), png=png)
    except (OSError, ValueError, KeyError, TypeError):
        # A broken pipe, half an answer, or one that is none.
        pass
    return None

"""
paper, page, width -> picture: from the cache, else drawn and kept.

Why kept by content: a picture under the digest of its file stays right whatever the file is
called, and another index over the same papers finds it again.
"""

from __future__ import annotations

import contextlib
import logging
import os
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from wgsearch.api import problems
from wgsearch.errors import PaperUnreadableError
from wgsearch.papers.pictures import BusyError, Drawer
from wgsearch.recent import Recent

if TYPE_CHECKING:
    from wgsearch.papers.paper import Paper
    from wgsearch.papers.pictures import Picture

log = logging.getLogger(__name__)

# Widths in dots that are drawn: any other would let a caller fill the cache with one page.
WIDTHS = (800, 1200, 1600, 2400)
CACHE_BYTES = 256 << 20
# Raised when the same page is drawn otherwise.
_DRAWING = 1
_END = b"IEND\xaeB`\x82"
_SIZES = 4096


class PageStore:
    """
    Pictures of pages.

    Args:
        corpus: Folder of the papers; None where originals are not served.
        folder: Where pictures are kept; None keeps none.
        cache_bytes: What they may take together.
        drawer: Draws what is not there.
    """

    def __init__(
        self,
        corpus: Path | None,
        *,
        folder: Path | None = None,
        cache_bytes: int = CACHE_BYTES,
        drawer: Drawer | None = None,
    ) -> None:
        self._corpus = corpus
        self._folder = folder
        self._cache_bytes = cache_bytes
        self._drawer = drawer or Drawer()
        self._sizes: Recent[tuple[float, float]] = Recent(_SIZES)
        self._keeping = threading.Lock()

    def close(self) -> None:
        """End the child that draws."""
        self._drawer.close()

    def tag(self, paper: Paper, page: int, width: int) -> str:
        """The name under which a picture is kept, and its strong tag."""
        return f"{paper.digest}-{page}-{width}-{_DRAWING}"

    def size(self, paper: Paper, page: int) -> tuple[float, float]:
        """
        Width and height of a page in points.

        Raises:
            RefusedError: There is no such page, or it cannot be drawn.
        """
        key = self.tag(paper, page, 0)
        if known := self._sizes.get(key):
            return known
        drawn = self._draw(paper, page, None)
        found = (drawn.width, drawn.height)
        self._sizes.put(key, found, 1)
        return found

    def png(self, paper: Paper, page: int, width: int) -> bytes:
        """
        The picture of a page.

        Raises:
            RefusedError: There is no such page, it cannot be drawn, or too many are.
        """
        check_page(paper, page)
        place = self._folder and self._folder / f"{self.tag(paper, page, width)}.png"
        if place and (kept := _kept(place)):
            return kept
        found = self._draw(paper, page, width).png or b""
        if place:
            self._keep(place, found)
        return found

    def _draw(self, paper: Paper, page: int, dots: int | None) -> Picture:
        """A page, drawn now."""
        check_page(paper, page)
        path = self._path(paper)
        try:
            return self._drawer.draw(path, digest=paper.digest, page=page, dots=dots)
        except BusyError as error:
            busy = problems.Problem(kind=problems.BUSY, detail=problems.BUSY.remedy)
            raise problems.RefusedError(busy) from error
        except PaperUnreadableError as error:
            kinds = {"changed": problems.FILE_CHANGED, "no_page": problems.NO_PAGE}
            kind = kinds.get(error.code, problems.PAGE_NOT_DRAWN)
            detail = f"Page {page} of {paper.key}: {error.reason}."
            raise problems.RefusedError(problems.Problem(kind=kind, detail=detail)) from error

    def _path(self, paper: Paper) -> Path:
        """The file of a paper, inside the corpus folder."""
        root = self._corpus.resolve() if self._corpus else None
        path = (root / paper.file).resolve() if root else None
        if root is None or path is None or not path.is_relative_to(root) or not path.is_file():
            detail = f"The file of {paper.key} is not in the folder of papers."
            raise problems.RefusedError(problems.Problem(kind=problems.FILE_MISSING, detail=detail))
        return path

    def _keep(self, place: Path, png: bytes) -> None:
        """Keep a picture, whole or not at all; what was not looked at longest makes room."""
        if len(png) > self._cache_bytes:
            return
        try:
            with self._keeping:
                place.parent.mkdir(parents=True, exist_ok=True)
                handle, beside = tempfile.mkstemp(prefix=".", suffix=".part", dir=place.parent)
                try:
                    with os.fdopen(handle, "wb") as file:
                        file.write(png)
                    Path(beside).replace(place)
                finally:
                    Path(beside).unlink(missing_ok=True)
                _make_room(place.parent, self._cache_bytes)
        except OSError as error:  # the picture is shown all the same
            log.warning("a page is not kept: %s", error.strerror)


def check_page(paper: Paper, page: int) -> None:
    """
    A paper has a page.

    Raises:
        RefusedError: It has fewer, or none as a Word document or a text.
    """
    if paper.pages is not None and 1 <= page <= paper.pages:
        return
    detail = f"{paper.key} has {paper.pages} pages, none is number {page}."
    if paper.pages is None:
        detail = f"{paper.key} was read from a file without pages."
    raise problems.RefusedError(problems.Problem(kind=problems.NO_PAGE, detail=detail))


def _kept(place: Path) -> bytes | None:
    """A picture that is whole; looking at it makes it the last to go."""
    try:
        found = place.read_bytes()
        os.utime(place)
    except OSError:
        return None
    return found if found.endswith(_END) else None  # cut short by a crash of the machine


def _make_room(folder: Path, cache_bytes: int) -> None:
    """Remove pictures until the rest fits."""
    pictures = []
    for each in folder.glob("*.png"):
        with contextlib.suppress(FileNotFoundError):  # another process made room
            seen = each.stat()
            pictures.append((seen.st_mtime_ns, seen.st_size, each))
    taken = sum(size for _, size, _ in pictures)
    for _, size, each in sorted(pictures):
        if taken <= cache_bytes:
            return
        each.unlink(missing_ok=True)
        taken -= size

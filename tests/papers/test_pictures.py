"""Bad files drawn: each has its reason, and the next page is drawn all the same."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path

import bad_files
import pytest

from wgsearch.errors import PaperUnreadableError
from wgsearch.papers.limits import Limits
from wgsearch.papers.pictures import BusyError, Drawer

SAMPLE = next((Path(__file__).parents[2] / "corpus" / "papers").glob("*.pdf"))
# Small, so that what breaks them is met in a second.
LIMITS = Limits(memory_bytes=300_000_000, cpu_s=2, wall_s=4.0, ocr_pages=0)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_no_bad_file_stops_the_next_page(tmp_path: Path) -> None:
    """Each is drawn or refused with a reason in time; a good page follows each."""
    drawer = Drawer(LIMITS)
    reasons: dict[str, str] = {}
    try:
        for name, data in bad_files.pdfs("http://127.0.0.1:9/").items():
            path = tmp_path / "bad.pdf"
            path.write_bytes(data if isinstance(data, bytes) else data[0])
            try:
                drawer.draw(path, digest=_digest(path), page=1, dots=800)
            except PaperUnreadableError as error:
                reasons[name] = error.reason
        good = drawer.draw(SAMPLE, digest=_digest(SAMPLE), page=1, dots=800)
    finally:
        drawer.close()
    assert len(reasons) >= 3
    assert all(reasons.values())
    assert good.png is not None
    assert good.width == pytest.approx(595, abs=20)


def test_who_comes_when_enough_wait_is_told_at_once() -> None:
    """One place, and it is taken: refused, not queued."""
    drawer = Drawer(LIMITS, at_a_time=1)
    began, go = threading.Event(), threading.Event()

    def hold() -> None:
        with drawer._reading:
            began.set()
            go.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    began.wait(10)
    first = threading.Thread(
        target=lambda: drawer.draw(SAMPLE, digest=_digest(SAMPLE), page=1, dots=None)
    )
    first.start()
    try:
        while drawer._places._value:
            pass
        with pytest.raises(BusyError):
            drawer.draw(SAMPLE, digest=_digest(SAMPLE), page=1, dots=800)
    finally:
        go.set()
        first.join()
        holder.join()
        drawer.close()

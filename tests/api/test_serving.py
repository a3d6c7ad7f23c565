"""New papers are searched as soon as they are built, and searching never stops meanwhile."""

from __future__ import annotations

import time
from dataclasses import dataclass

import pytest

from wgsearch.api.serving import CHECK_EVERY_S, NewestEngine
from wgsearch.errors import IndexDamagedError, IndexMissingError


@dataclass
class Named:
    """Stands for an engine: it has a generation."""

    generation: str
    collection: str | None = None

    def state(self) -> Named:
        """Its state has the same name."""
        return self


class Shelf:
    """Stands for an index folder: what is in use, and whether it opens."""

    def __init__(self) -> None:
        self.name: str | None = None
        self.damaged = False
        self.opened = self.tried = 0

    def open(self) -> Named:
        """Open what is in use."""
        if self.name is None:
            raise IndexMissingError("no generation is published")
        self.tried += 1
        if self.damaged:
            raise IndexDamagedError("a file is damaged")
        self.opened += 1
        return Named(self.name)

    def newest(self) -> str:
        """What is in use."""
        assert self.name is not None
        return self.name


def _newest(shelf: Shelf, every: float = 0.0) -> NewestEngine:
    return NewestEngine(shelf.open, shelf.newest, check_every_s=every)  # type: ignore[arg-type] # stands for engines


def test_without_an_index_asking_says_so_until_there_is_one() -> None:
    """A service started before the first build begins to answer when that is done."""
    shelf = Shelf()
    newest = _newest(shelf)
    with pytest.raises(IndexMissingError, match="no generation"):
        newest()
    shelf.name = "g1"
    assert newest().state().generation == "g1"


def test_a_new_generation_is_opened_once() -> None:
    """Each generation is opened once, whoever asks how often."""
    shelf = Shelf()
    shelf.name = "g1"
    newest = _newest(shelf)
    assert [newest().state().generation for _ in range(3)] == ["g1"] * 3
    shelf.name = "g2"
    assert [newest().state().generation for _ in range(3)] == ["g2"] * 3
    assert shelf.opened == 2


def test_a_request_keeps_the_engine_it_began_with() -> None:
    """One answer never mixes two generations."""
    shelf = Shelf()
    shelf.name = "g1"
    newest = _newest(shelf)
    begun = newest()
    shelf.name = "g2"
    newest()
    assert begun.state().generation == "g1"


def test_a_damaged_generation_leaves_the_one_before(caplog: pytest.LogCaptureFixture) -> None:
    """Where the newest generation cannot be opened, the good one goes on and the log says why."""
    shelf = Shelf()
    shelf.name = "g1"
    newest = _newest(shelf)
    newest()
    shelf.name, shelf.damaged = "g2", True
    assert newest().state().generation == "g1"
    assert "cannot be opened" in caplog.text
    assert newest.refused == "a file is damaged"


def test_a_damaged_generation_is_not_read_again_at_each_look(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """It is tried again after a while, or once another one is in use; the log says it once."""
    shelf = Shelf()
    shelf.name = "g1"
    newest = _newest(shelf)
    newest()
    shelf.name, shelf.damaged = "g2", True
    for _ in range(5):
        newest()
    assert shelf.tried == 2
    assert caplog.text.count("Traceback") == 1
    shelf.name, shelf.damaged = "g3", False
    assert newest().state().generation == "g3"
    assert newest.refused is None
    shelf.name, shelf.damaged = "g4", True
    newest()
    shelf.name = "g3"  # gone back to
    assert newest().state().generation == "g3"
    assert newest.refused is None


def test_a_damaged_generation_is_tried_again_after_a_while() -> None:
    """A disk that comes back needs nobody to start the server again."""
    shelf = Shelf()
    shelf.name = "g1"
    newest = NewestEngine(shelf.open, shelf.newest, check_every_s=0.0, retry_after_s=0.0)  # type: ignore[arg-type] # stands for engines
    newest()
    shelf.name, shelf.damaged = "g2", True
    assert newest().state().generation == "g1"
    shelf.damaged = False
    assert newest().state().generation == "g2"
    assert newest.refused is None


def test_at_the_start_an_earlier_generation_answers() -> None:
    """A server that is started over a damaged generation serves the one before, and says so."""
    shelf = Shelf()
    shelf.name, shelf.damaged = "g2", True
    newest = NewestEngine(
        shelf.open,  # type: ignore[arg-type] # stands for engines
        shelf.newest,
        open_earlier=lambda: Named("g1"),  # type: ignore[arg-type,return-value] # likewise
        check_every_s=0.0,
    )
    assert newest().state().generation == "g1"
    assert newest.refused == "a file is damaged"
    with pytest.raises(IndexDamagedError, match="a file is damaged"):
        _newest(shelf)()


def test_a_new_generation_is_found_while_nobody_asks() -> None:
    """Within two seconds of a publication it is open, and who asks then waits for nothing."""
    shelf = Shelf()
    shelf.name = "g1"
    newest = _newest(shelf, every=CHECK_EVERY_S)
    newest()
    with newest.watching():
        shelf.name = "g2"
        until = time.monotonic() + 2
        while shelf.opened < 2 and time.monotonic() < until:
            time.sleep(0.01)
        assert shelf.opened == 2
        engine = newest.at_hand()
        assert engine is not None
        assert engine.state().generation == "g2"


def test_asking_does_not_look_each_time() -> None:
    """Between two looks, asking costs nothing."""
    shelf = Shelf()
    shelf.name = "g1"
    newest = _newest(shelf, every=3600)
    newest()
    shelf.name = "g2"
    assert newest().state().generation == "g1"


def test_what_is_open_is_at_hand_until_it_is_time_to_look() -> None:
    """Requests wait for no disk while there is nothing to look at."""
    shelf = Shelf()
    shelf.name = "g1"
    newest = _newest(shelf, every=3600)
    assert newest.at_hand() is None  # not opened yet
    opened = newest()
    assert newest.at_hand() is opened
    due = _newest(shelf)
    due()
    assert due.at_hand() is None

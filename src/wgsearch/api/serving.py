"""
Whatever engine is newest -> the one engine that answers a request.

Why one a request: a generation published between two questions of one answer would mix
two states of the corpus; a request keeps the engine that it began with.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING

from wgsearch.errors import IndexStateError

if TYPE_CHECKING:
    from collections.abc import Callable

    from wgsearch.answers import Engine
    from wgsearch.compendium.records import Compendium

log = logging.getLogger(__name__)

# Reading one small file a second costs nothing, and nobody waits longer for new papers.
CHECK_EVERY_S = 1.0


class NewestEngine:
    """
    Gives the engine over the generation in use; a new generation is opened beside the old one.

    While one thread opens, the others go on with the engine before; where opening fails,
    all do, and the log says why. There may be no index at first: it is asked for again.

    Args:
        open_engine: Opens the generation in use.
        newest: Name of the generation in use.
        check_every_s: How often `newest` is asked.

    Raises:
        IndexStateError: Nothing has been opened yet, and nothing can be.
    """

    def __init__(
        self,
        open_engine: Callable[[], Engine],
        newest: Callable[[], str],
        *,
        check_every_s: float = CHECK_EVERY_S,
    ) -> None:
        self._open = open_engine
        self._newest = newest
        self._check_every_s = check_every_s
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self._checked = 0.0

    def __call__(self) -> Engine:
        """The engine for one request."""
        if self._engine is None:
            with self._lock:
                if self._engine is None:
                    self._engine = self._open()
                    self._checked = time.monotonic()
        elif time.monotonic() - self._checked >= self._check_every_s:
            self._renew()
        return self._engine

    def at_hand(self) -> Engine | None:
        """The engine, where it is open and nothing need be looked at on the disk; else None."""
        if time.monotonic() - self._checked >= self._check_every_s:
            return None
        return self._engine

    def _renew(self) -> None:
        """Open the newest generation, unless another thread is at it."""
        if not self._lock.acquire(blocking=False):
            return
        try:
            if self._engine is None or self._newest() != self._engine.state().generation:
                self._engine = self._open()
        except (IndexStateError, OSError):
            log.exception("the newest generation cannot be opened; the one before goes on")
        finally:
            self._checked = time.monotonic()
            self._lock.release()


class NewestEdition:
    """
    Gives the edition of the compendium in use; it is read again when another is.

    Args:
        read: Reads the edition in use.
        newest: Something that differs when another edition is in use; None while there is none.
        check_every_s: How often `newest` is asked.
    """

    def __init__(
        self,
        read: Callable[[], Compendium],
        newest: Callable[[], object | None],
        *,
        check_every_s: float = CHECK_EVERY_S,
    ) -> None:
        self._read = read
        self._newest = newest
        self._check_every_s = check_every_s
        self._lock = threading.Lock()
        self._checked: float | None = None
        self._known: object | None = None
        self._edition: Compendium | None = None

    def is_at_hand(self) -> bool:
        """Nothing need be looked at on the disk."""
        checked = self._checked
        return checked is not None and time.monotonic() - checked < self._check_every_s

    def __call__(self) -> Compendium | None:
        """
        The edition for one request; None while none has been made.

        Raises:
            EditionDamagedError: There is one, and it cannot be read.
        """
        if self.is_at_hand():
            return self._edition
        with self._lock:
            newest = self._newest()
            if newest is None:
                self._edition = None
            elif newest != self._known or self._edition is None:
                self._edition = self._read()
            self._known = newest
            self._checked = time.monotonic()
            return self._edition

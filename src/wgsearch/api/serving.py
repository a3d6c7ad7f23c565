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

"""
Whatever engine is newest -> the one engine that answers a request.

Why one a request: a generation published between two questions of one answer would mix
two states of the corpus; a request keeps the engine that it began with.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from typing import TYPE_CHECKING, Any

from wgsearch.errors import IndexDamagedError, IndexStateError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wgsearch.agenda import Agenda, AgendaItem
    from wgsearch.answers import Answer, Engine, Filters, ItemAnswer, Query
    from wgsearch.compendium.records import Compendium

log = logging.getLogger(__name__)

# Reading one small file twice a second costs nothing, and new papers are found within two seconds.
CHECK_EVERY_S = 0.5
# A generation that could not be opened is tried again after so long: a disk may come back.
RETRY_AFTER_S = 30.0


class NewestEngine:
    """
    Gives the engine over the generation in use; a new generation is opened beside the old one.

    While one thread opens, the others go on with the engine before; where opening fails,
    all do, the log says why, and `refused` too. There may be no index at first: it is asked
    for again.

    Args:
        open_engine: Opens the generation in use.
        newest: Name of the generation in use, or of the collection on a server.
        open_earlier: Opens the newest generation that is whole; asked at the beginning, where
            the one in use is not. None to refuse then.
        check_every_s: How often `newest` is asked.
        retry_after_s: When a generation that could not be opened is tried again.

    Attributes:
        refused: Why the generation in use is not the one that answers; None where it is.

    Raises:
        IndexStateError: Nothing has been opened yet, and nothing can be.
    """

    def __init__(
        self,
        open_engine: Callable[[], Engine],
        newest: Callable[[], str],
        *,
        open_earlier: Callable[[], Engine] | None = None,
        check_every_s: float = CHECK_EVERY_S,
        retry_after_s: float = RETRY_AFTER_S,
    ) -> None:
        self.refused: str | None = None
        self._open = open_engine
        self._open_earlier = open_earlier
        self._newest = newest
        self._check_every_s = check_every_s
        self._retry_after_s = retry_after_s
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self._checked = 0.0
        self._failed: tuple[str, float] | None = None

    def __call__(self) -> Engine:
        """The engine for one request."""
        if self._engine is None:
            with self._lock:
                if self._engine is None:
                    self._engine = self._first()
                    self._checked = time.monotonic()
        elif time.monotonic() - self._checked >= self._check_every_s:
            self._renew()
        return self._engine

    def at_hand(self) -> Engine | None:
        """The engine, where it is open and nothing need be looked at on the disk; else None."""
        if time.monotonic() - self._checked >= self._check_every_s:
            return None
        return self._engine

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """
        Look for a new generation in a thread, so that nobody who asks waits until it is open.

        A server that is asked nothing lets go of old generations all the same.
        """
        stopped = threading.Event()

        def watch() -> None:
            while not stopped.wait(self._check_every_s / 2):
                if self._engine is not None:
                    self._renew()

        watcher = threading.Thread(target=watch, name="newest", daemon=True)
        watcher.start()
        try:
            yield
        finally:
            stopped.set()
            watcher.join()

    def _first(self) -> Engine:
        """The first engine: over the generation in use, else over the newest that is whole."""
        try:
            return self._open()
        except IndexDamagedError as error:
            if self._open_earlier is None:
                raise
            engine = self._open_earlier()
            log.warning("%s; an earlier generation answers", error)
            self._refuse(error)
            return engine

    def _renew(self) -> None:
        """Open the newest generation, unless another thread is at it."""
        if not self._lock.acquire(blocking=False):
            return
        try:
            name = self._newest()
            if self._engine is not None and name == _followed(self._engine):
                self.refused = self._failed = None
            elif not self._failed_lately(name):
                self._engine = self._open()
                self.refused = self._failed = None
        except (IndexStateError, OSError) as error:
            if str(error) != self.refused:  # once, not at each look
                log.exception("the newest generation cannot be opened; the one before goes on")
            self._refuse(error)
        finally:
            self._checked = time.monotonic()
            self._lock.release()

    def _refuse(self, error: Exception) -> None:
        """Remember what is not served, and why."""
        self.refused = str(error)
        try:
            name = self._newest()
        except (IndexStateError, OSError):
            name = ""  # CURRENT itself cannot be read
        self._failed = (name, time.monotonic())

    def _failed_lately(self, name: str) -> bool:
        if self._failed is None or self._failed[0] != name:
            return False
        return time.monotonic() - self._failed[1] < self._retry_after_s


def _followed(engine: Engine) -> str:
    """What an engine searches, by the name that is compared with the newest."""
    state = engine.state()
    return state.collection or state.generation


class Noting:
    """
    An engine, of which it is noted whether an answer was partial: such answers are not kept.

    Args:
        engine: The engine.
        noted: Where `partial` is put once an answer was.
    """

    def __init__(self, engine: Engine, noted: dict[str, object]) -> None:
        self._engine = engine
        self._noted = noted

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever an engine offers
        return getattr(self._engine, name)

    def search(self, query: Query) -> Answer:
        """The engine's answer."""
        answer = self._engine.search(query)
        self._note(answer)
        return answer

    def item(self, agenda: Agenda, item: AgendaItem, *, k: int, filters: Filters) -> ItemAnswer:
        """The engine's answer for an item."""
        found = self._engine.item(agenda, item, k=k, filters=filters)
        self._note(found.answer)
        return found

    def _note(self, answer: Answer) -> None:
        if answer.partial:
            self._noted["partial"] = True


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

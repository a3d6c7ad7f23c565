"""
symbols -> papers in the corpus folder, one after the other, slowly.

Why nothing here is quick: the service is everybody's. One paper at a time, a pause between any two
requests, longer after trouble, as long as the service says; and it is told who asks.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from wgsearch.errors import ContactMissingError, FetchBusyError, PaperNotFetchedError
from wgsearch.fetching import provenance
from wgsearch.fetching.arriving import FOLDER, Arrived, Arriving
from wgsearch.fetching.contents import UNPUBLISHED, has_end, suffix_of
from wgsearch.fetching.holding import Holding
from wgsearch.fetching.network import Caps, Network
from wgsearch.fetching.pacing import Clock, Pace, retry_after_s
from wgsearch.fetching.provenance import KEPT_HEADERS, Provenance
from wgsearch.fetching.records import Outcome, State, Wanted
from wgsearch.fetching.service import LEAST_PAUSE_S, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from wgsearch.fetching.addresses import Access
    from wgsearch.fetching.network import Answer

_CONTACT = re.compile(
    r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+|https://[\w.-]+\.\w+(?:/[\w./~%-]*)?", re.ASCII
)
# Longer than this nobody waits in a run; the rest is for another day.
_LONGEST_WAIT_S = 600.0
_GONE = frozenset((204, 404, 410))
_AGAIN = frozenset((408, 425, 429, 500, 502, 503, 504))
_BROKE = frozenset(("broken_off", "too_slow", "unreachable", "busy"))
# After these the service, and not one paper, is in trouble: others are not asked for.
_STOPS = frozenset(("busy", "unreachable"))
_WHOLE, _PARTIAL, _NOT_THERE = 200, 206, 416


class _Busy(Exception):  # noqa: N818 - an answer, not an error
    """The service asks to come back later."""

    def __init__(self, *, status: int, seconds: float | None) -> None:
        super().__init__(status, seconds)
        self.status = status
        self.seconds = seconds


class Fetcher:
    """
    What fetches papers into one folder.

    Args:
        folder: The corpus folder; made where it is missing.
        access: What may be connected to.
        contact: Whom the service may write to: an address of mail, or a page.
        source: Where papers are asked for.
        clock: The time.
        pause_s: Seconds between requests.
        attempts: How often one paper is asked for.
        caps: What one paper may cost.

    Raises:
        ContactMissingError: Nobody is named, or not in a way that can be written to.
    """

    def __init__(
        self,
        folder: Path,
        *,
        access: Access,
        contact: str | None,
        source: Source | None = None,
        clock: Clock | None = None,
        pause_s: float = LEAST_PAUSE_S,
        attempts: int = 5,
        caps: Caps | None = None,
    ) -> None:
        self._folder, self._source, self._attempts = folder, source or Source(), attempts
        self._caps, self._access = caps or Caps(), access
        self._pace = Pace(clock=clock or Clock(), pause_s=pause_s)
        self._network = Network(access, self._pace, agent=_agent(contact), caps=self._caps)

    def run(
        self,
        wanted: Sequence[Wanted],
        *,
        indexed: Mapping[str, tuple[tuple[str, ...], str]] | None = None,
        again: bool = False,
        waiting: Callable[[Wanted, str, float], None] | None = None,
    ) -> Iterator[Outcome]:
        """
        Fetch papers that are not held, each in its turn.

        Args:
            wanted: The papers.
            indexed: File name to symbols and language, as an index knows them.
            again: Also those that are held; a file is replaced when its paper is whole.
            waiting: Is told of which paper, why, and for how many seconds is waited after
                trouble.

        Yields:
            What became of each, in the order given.

        Raises:
            FetchBusyError: Another process fetches into the folder.
            ProvenanceUnreadableError: The list of what was fetched cannot be read.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._alone():
            holding = Holding(self._folder, indexed)
            stopped: Outcome | None = None
            for each in dict.fromkeys(wanted):
                held = None if again else holding.of(each)
                if held is not None:
                    yield _outcome(each, State.HELD, file=held)
                elif stopped is not None:
                    reason = f"not asked for, since {stopped.symbol} was not answered; run it again"
                    yield _outcome(each, State.FAILED, code="not_tried", reason=reason)
                else:
                    became = self._one(each, waiting or _silent)
                    stopped = became if became.code in _STOPS else None
                    yield became

    def planned(
        self,
        wanted: Sequence[Wanted],
        *,
        indexed: Mapping[str, tuple[tuple[str, ...], str]] | None = None,
        again: bool = False,
    ) -> Iterator[tuple[Outcome, str]]:
        """What `run` would do, and at which addresses; nothing is asked or written."""
        holding = Holding(self._folder, indexed)
        for each in dict.fromkeys(wanted):
            held = None if again else holding.of(each)
            state = State.WANTED if held is None else State.HELD
            yield _outcome(each, state, file=held), self._source.of(each)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time: two would ask twice as often."""
        (self._folder / FOLDER).mkdir(exist_ok=True)
        try:
            with FileLock(self._folder / FOLDER / "lock", blocking=False):
                yield
        except Timeout as error:
            raise FetchBusyError(
                f"papers are being fetched into {str(self._folder)!r}; wait until that has ended"
            ) from error

    def _one(self, wanted: Wanted, waiting: Callable[[Wanted, str, float], None]) -> Outcome:
        """Ask for a paper until it is there, or will not come."""
        arriving = Arriving(self._folder, wanted.stem, largest=self._caps.size)
        for attempt in range(1, self._attempts + 1):
            try:
                return self._attempt(wanted, arriving)
            except _Busy as busy:
                wait = self._pace.backoff_s(attempt) if busy.seconds is None else busy.seconds
                code, reason = "busy", _busy_words(busy)
                if wait > _LONGEST_WAIT_S:
                    break
            except PaperNotFetchedError as error:
                code, reason = error.code, error.reason
                if code not in _BROKE:
                    break
                wait = self._pace.backoff_s(attempt)
            self._pace.later(wait)
            if attempt < self._attempts:
                waiting(wanted, reason, wait)
        if code not in _BROKE:
            arriving.drop()
        state = State.UNPUBLISHED if code == UNPUBLISHED else State.FAILED
        return _outcome(wanted, state, code=code, reason=reason)

    def _attempt(self, wanted: Wanted, arriving: Arriving) -> Outcome:
        """One time: the paper in its place."""
        address = self._source.of(wanted)
        with self._network.get(address, arriving.ask()) as answer:
            self._refuse(answer, arriving)
            arrived = arriving.take(answer)
        return self._placed(wanted, arriving, arrived, answer, address)

    def _refuse(self, answer: Answer, arriving: Arriving) -> None:
        """
        Answers that bring no paper.

        Raises:
            PaperNotFetchedError: With the code and the reason.
        """
        status = answer.status
        if status in _AGAIN:
            waits = retry_after_s(answer.headers.get("retry-after"), self._pace.clock.now())
            raise _Busy(seconds=waits, status=status)
        if status in _GONE:
            raise PaperNotFetchedError(
                UNPUBLISHED,
                f"no paper is published under this symbol in this language (status {status})",
            )
        if status == _NOT_THERE:
            arriving.drop()
            raise PaperNotFetchedError("broken_off", "the paper is shorter than what came of it")
        if status not in {_WHOLE, _PARTIAL}:
            raise PaperNotFetchedError(
                "unexpected_answer", f"the service answered with status {status}"
            )
        if answer.headers.get("content-encoding", "identity") != "identity":
            raise PaperNotFetchedError(
                "unexpected_answer", "the answer is packed, though it was asked for as it is"
            )

    def _placed(
        self, wanted: Wanted, arriving: Arriving, arrived: Arrived, answer: Answer, address: str
    ) -> Outcome:
        """
        A paper that is whole, under its name: said where it came from first, then renamed.

        A crash between the two leaves a line without its file, and the paper is fetched again.
        """
        file = wanted.stem + suffix_of(arriving.path)
        if not arrived.is_counted and not has_end(arriving.path):
            arriving.drop()
            raise PaperNotFetchedError("broken_off", "the end of the paper is missing; try again")
        with arriving.path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        record = Provenance(
            symbol=wanted.symbol,
            language=wanted.language,
            file=file,
            address=address,
            answered=answer.address,
            fetched=self._pace.clock.now().isoformat(timespec="seconds"),
            sha256=digest,
            size=arrived.size,
            headers={name: answer.headers[name] for name in KEPT_HEADERS if name in answer.headers},
        )
        provenance.add(self._folder, record)
        arriving.path.replace(self._folder / file)
        _sync(self._folder)
        arriving.drop()
        return _outcome(wanted, State.FETCHED, file=file, size=arrived.received)


def _agent(contact: str | None) -> str:
    """Who asks, as the service is told."""
    example = "for instance WGSEARCH_FETCH_CONTACT=library@example.org"
    if not contact:
        raise ContactMissingError(
            "papers are fetched only by somebody whom the service can write to; set"
            f" WGSEARCH_FETCH_CONTACT to your address of mail or to a page about you, {example}"
        )
    if not _CONTACT.fullmatch(contact):
        raise ContactMissingError(
            f"WGSEARCH_FETCH_CONTACT is {contact!r}, which is no address of mail and no https page;"
            f" set it, {example}"
        )
    try:
        own = version("wgsearch")
    except PackageNotFoundError:  # run from a checkout that is not installed
        own = "0"
    return f"wgsearch/{own} (+{contact})"


def _busy_words(busy: _Busy) -> str:
    """What a service that asks to come back later said."""
    later = "" if busy.seconds is None else f" and asks to come back in {busy.seconds:.0f} s"
    return f"the service answered with status {busy.status}{later}; run it again later"


def _silent(_: Wanted, __: str, ___: float) -> None:
    """Nobody wants to know."""


def _outcome(
    wanted: Wanted,
    state: State,
    *,
    file: str | None = None,
    code: str | None = None,
    reason: str | None = None,
    size: int = 0,
) -> Outcome:
    return Outcome(
        symbol=wanted.symbol,
        language=wanted.language,
        state=state,
        file=file,
        code=code,
        reason=reason,
        size=size,
    )


def _sync(folder: Path) -> None:
    """A rename is on the disk; where folders cannot be synced, the system does it itself."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

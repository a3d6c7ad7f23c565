"""
requests -> when the next one may be sent: never soon after the last, later after trouble.

Why a clock that is given: what waits is tested without waiting.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from wgsearch.fetching.service import LEAST_PAUSE_S

if TYPE_CHECKING:
    from collections.abc import Callable

_FIRST_BACKOFF_S = 4.0
_LONGEST_BACKOFF_S = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """
    The time, and how to let it pass.

    Attributes:
        monotonic: Seconds that never go back.
        now: The time of day, UTC.
        sleep: Waits so many seconds.
    """

    monotonic: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], None] = time.sleep


@dataclass(slots=True, kw_only=True)
class Pace:
    """
    When the next request may be sent.

    Attributes:
        clock: The time.
        pause_s: Seconds from the end of a request to the next one.
        dice: What spreads the times at which several come back after trouble.
    """

    clock: Clock
    pause_s: float = LEAST_PAUSE_S
    dice: random.Random = field(default_factory=random.Random)
    _from: float | None = None

    def __post_init__(self) -> None:
        if self.pause_s < LEAST_PAUSE_S:
            raise ValueError(f"pause_s is {self.pause_s}; at least {LEAST_PAUSE_S} s are kept")

    def wait(self) -> None:
        """Wait until a request may be sent."""
        if self._from is not None:
            left = self._from - self.clock.monotonic()
            if left > 0:
                self.clock.sleep(left)

    def ended(self) -> None:
        """A request has ended: the pause begins."""
        self._from = max(self._from or 0.0, self.clock.monotonic() + self.pause_s)

    def later(self, seconds: float) -> None:
        """The next one is sent so many seconds from now, or later."""
        self._from = max(self._from or 0.0, self.clock.monotonic() + seconds)

    def backoff_s(self, attempt: int) -> float:
        """
        Seconds to wait after an attempt that failed: twice as many each time, spread.

        Args:
            attempt: Number of the attempt, from 1.
        """
        most = min(_LONGEST_BACKOFF_S, _FIRST_BACKOFF_S * 2.0 ** (attempt - 1))
        return self.dice.uniform(most / 2, most)


def retry_after_s(value: str | None, now: datetime) -> float | None:
    """
    Seconds that a `Retry-After` asks for, by number or by date; None where it says nothing.

    Source: RFC 9110, section 10.2.3.
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(0.0, (until - now).total_seconds())

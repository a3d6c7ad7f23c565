"""
A service that says "not now, but then" -> how long to wait before a read is asked again.

Why only with `Retry-After`: a service that names no time does not know when it can answer,
and whoever asks it again and again keeps it from getting there.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

_NOT_NOW = frozenset({429, 503})
_DIGITS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Retries:
    """
    How patient a client is.

    Attributes:
        times: How often a read is asked again at most; 0 never.
        longest_wait_s: Longest single wait, in seconds. A longer one is left to the caller, whom
            the error tells of it: a program that sleeps for minutes looks broken.
    """

    times: int = 2
    longest_wait_s: float = 10.0

    def wait_s(self, status: int, retry_after: str | None, asked: int) -> float | None:
        """
        Seconds to wait before asking again; None: the answer stands.

        Args:
            status: HTTP status code of the answer.
            retry_after: Its `Retry-After`.
            asked: How often it was asked.
        """
        if status not in _NOT_NOW or asked > self.times:
            return None
        wait = retry_after_s(retry_after)
        return wait if wait is not None and wait <= self.longest_wait_s else None


def retry_after_s(value: str | None) -> float | None:
    """
    Seconds that a `Retry-After` asks for, by number or by date; None where it says nothing.

    Apart from the one that fetches papers: nothing but its command loads what fetches.
    Source: RFC 9110, section 10.2.3.
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:_DIGITS])
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=dt.UTC)
    return max(0.0, (until - dt.datetime.now(dt.UTC)).total_seconds())

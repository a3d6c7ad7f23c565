"""How long is waited, and for whom."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from wgsearch.fetching.pacing import Clock, Pace, retry_after_s

if TYPE_CHECKING:
    from misbehaving import Time

NOW = datetime(2030, 1, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0),
        ("120", 120.0),
        (" 7 ", 7.0),
        ("Tue, 01 Jan 2030 12:00:30 GMT", 30.0),
        ("Tuesday, 01-Jan-30 12:00:30 GMT", 30.0),
        ("Tue Jan  1 12:00:30 2030", 30.0),
        ("Tue, 01 Jan 2030 11:00:00 GMT", 0.0),
        ("99999999999999999999", 999999999.0),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_what_a_service_asks_for_is_understood(value: str | None, seconds: float | None) -> None:
    """Seconds, and dates in the three forms of HTTP; nonsense is none of them."""
    assert retry_after_s(value, NOW) == seconds


def test_two_seconds_lie_between_requests(time: Time) -> None:
    """From the end of one to the next, however long it took; nothing is waited twice."""
    pace = Pace(clock=time.clock)
    pace.wait()
    time.passed += 10
    pace.ended()
    time.passed += 0.5
    pace.wait()
    pace.ended()
    time.passed += 60
    pace.wait()
    assert time.slept == [1.5]


def test_a_pause_cannot_be_set_shorter() -> None:
    """Two seconds were promised."""
    with pytest.raises(ValueError, match=r"at least 2\.0 s"):
        Pace(clock=Clock(), pause_s=0.5)


def test_after_trouble_it_waits_longer_each_time(time: Time) -> None:
    """Doubled, spread over the upper half, and bounded."""
    pace = Pace(clock=time.clock, dice=random.Random(1))  # noqa: S311 - no secret
    for attempt, most in ((1, 4), (2, 8), (3, 16), (6, 120), (50, 120)):
        waits = [pace.backoff_s(attempt) for _ in range(200)]
        assert most / 2 <= min(waits) < max(waits) <= most
        assert len(set(waits)) > 100

"""
A message -> the webhook of its question: signed, over https, to the public network only.

Why once more rather than once less: a message counts as delivered when the other end says so, and
is repeated, under the same id, until then.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from wgsearch.errors import PaperNotFetchedError, WebhookRefusedError
from wgsearch.fetching.addresses import Access
from wgsearch.fetching.network import Caps, Network
from wgsearch.fetching.pacing import Clock, Pace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.saved.records import Entry, Message, SavedQuestion, Webhook

TIMESTAMP, SIGNATURE, DELIVERY = "Wgsearch-Timestamp", "Wgsearch-Signature", "Wgsearch-Delivery"
_AGENT = "wgsearch (saved questions)"
# A service that takes longer than this to say yes is asked again later.
_CAPS = Caps(size=64 * 1024, total_s=15.0, silence_s=10.0, redirections=0)
_GOOD = range(200, 300)
_WHY = {
    "too_slow": "no answer came in time",
    "unreachable": "no connection to it, or no such name",
    "broken_off": "its answer broke off, or is none",
}


class Posted(NamedTuple):
    """
    What became of an attempt.

    Attributes:
        is_taken: The other end has it.
        reason: Why not; empty where it has.
    """

    is_taken: bool
    reason: str


class Poster:
    """
    What posts messages.

    Args:
        inside: Hosts that may be of the network that this runs in; names, exactly.
        loopback: This machine alone, also without encryption: for the server of a test. No
            setting sets it.
        clock: The time.
    """

    def __init__(
        self, inside: Sequence[str] = (), *, loopback: bool = False, clock: Clock | None = None
    ) -> None:
        self._inside, self._loopback, self._clock = tuple(inside), loopback, clock or Clock()

    def refuse(self, address: str) -> None:
        """
        Refuse an address to which nothing would ever be posted.

        Raises:
            WebhookRefusedError: It is no https address, or names a user or an odd port.
        """
        with suppress(ValueError):
            parts = urlsplit(address)
            if (
                parts.hostname
                and parts.hostname != parts.netloc.rpartition("@")[2].partition(":")[0]
            ):
                raise WebhookRefusedError(
                    f"{address!r} is not posted to: write its host as {parts.hostname!r}; name an"
                    " https address of the public network, or list its host in"
                    " WGSEARCH_WEBHOOK_INSIDE"
                )
        try:
            self._access(address).refuse(address)
        except PaperNotFetchedError as error:
            raise WebhookRefusedError(
                f"{error.reason}; name an https address of the public network, or list its host in"
                " WGSEARCH_WEBHOOK_INSIDE"
            ) from error

    def post(
        self, question: SavedQuestion, webhook: Webhook, message: Message, found: Sequence[Entry]
    ) -> Posted:
        """
        Post a message once.

        Args:
            question: What it answers.
            webhook: Where it goes.
            message: The message.
            found: Its entries.
        """
        body = body_of(question, message, found)
        timestamp = str(int(self._clock.now().timestamp()))
        headers = {
            "Content-Type": "application/json",
            TIMESTAMP: timestamp,
            SIGNATURE: signature(webhook.secret, timestamp, body),
            DELIVERY: message.id,
        }
        network = Network(
            self._access(webhook.address), Pace(clock=self._clock), agent=_AGENT, caps=_CAPS
        )
        try:
            status = network.post(webhook.address, body, headers)
        except PaperNotFetchedError as error:
            return Posted(is_taken=False, reason=_WHY.get(error.code, error.reason))
        if status in _GOOD:
            return Posted(is_taken=True, reason="")
        return Posted(is_taken=False, reason=f"it answered {status}")

    def _access(self, address: str) -> Access:
        """The host of an address, and no other."""
        try:
            host = urlsplit(address).hostname or ""
        except ValueError:
            host = ""
        return Access(hosts=(host,), loopback=self._loopback, inside=host in self._inside)


def body_of(question: SavedQuestion, message: Message, found: Sequence[Entry]) -> bytes:
    """The bytes that are posted and signed: the same for every attempt."""
    sent = {
        "delivery": message.id,
        "question": {"id": question.id, "text": question.text},
        "entries": [each.model_dump(mode="json") for each in found],
    }
    return json.dumps(sent, ensure_ascii=False, sort_keys=True).encode()


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """`v1=` and HMAC-SHA256, in hexadecimal, over the timestamp, a full stop and the body."""
    signed = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256)
    return f"v1={signed.hexdigest()}"

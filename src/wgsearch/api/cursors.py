"""
A place in a list <-> a cursor that leads there, for that list alone.

Why bound: a number of results to leave out, in another list or in the same one after a build,
skips some and repeats others, and nobody notices. A cursor knows its list, and is refused
elsewhere.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from wgsearch.api import addresses, problems, wire

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

# What may change from page to page of one list.
_NOT_BOUND = frozenset({"cursor", "limit", "fields", "offset"})
# Bytes of a cursor: of the generation's digest, of the position, of the digest of both and of what
# was asked. They keep lists apart; nothing is kept secret by them.
_GENERATION, _POSITION, _BINDING = 6, 4, 8
_BYTES = _GENERATION + _POSITION + _BINDING


class Page(NamedTuple):
    """
    A part of a list.

    Attributes:
        start: Position of its first object, from 0.
        end: Position after its last, where the list is as long.
        next: Address of the page that follows; None at the end of the list.
    """

    start: int
    end: int
    next: str | None

    @property
    def headers(self) -> dict[str, str]:
        """The way on, for programs that read no bodies."""
        return {"Link": f'<{self.next}>; rel="next"'} if self.next else {}


def page_of(
    request: Request,
    address: str,
    generation: str,
    *,
    found: int,
    limit: int | None,
    start: int = 0,
) -> Page:
    """
    The page of a list that a request asks for.

    Args:
        request: The request; its `cursor` says where the page begins.
        address: Address of the list, without parameters.
        generation: Name of the index generation that answers.
        found: How long the list is.
        limit: How long a page may be; None for all that is left.
        start: Where it begins without a cursor.

    Raises:
        RefusedError: The cursor is none, or leads into another list.
    """
    pairs = request.query_params.multi_items()
    asked = [urlsplit(address).path, *(f"{name}={value}" for name, value in _bound(pairs))]
    if cursor := request.query_params.get("cursor"):
        start = _position(cursor, generation, asked)
    end = found if limit is None else start + limit
    if end >= found:
        return Page(start, end, None)
    kept = [(name, value) for name, value in pairs if name not in {"cursor", "offset"}]
    onward = [*kept, ("cursor", _cursor(end, generation, asked))]
    return Page(start, end, addresses.link(address, onward))


def _bound(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """What makes the list what it is, in one order."""
    return sorted(pair for pair in pairs if pair[0] not in _NOT_BOUND)


def _cursor(position: int, generation: str, asked: Sequence[str]) -> str:
    """The cursor to a position."""
    head = _digest([generation])[:_GENERATION] + position.to_bytes(_POSITION, "big")
    whole = head + _digest([head.hex(), *asked])[:_BINDING]
    return base64.urlsafe_b64encode(whole).decode()


def _position(cursor: str, generation: str, asked: Sequence[str]) -> int:
    """Where a cursor leads."""
    try:
        whole = base64.b64decode(cursor, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        whole = b""
    if len(whole) != _BYTES:
        detail = "is no cursor: take the address from `next`, or begin without one"
        item = wire.ProblemItemObject(pointer="#/cursor", name="cursor", detail=detail, near=None)
        raise problems.RefusedError(problems.invalid([item]))
    head, binding = whole[:-_BINDING], whole[-_BINDING:]
    if head[:_GENERATION] != _digest([generation])[:_GENERATION]:
        raise _gone(
            f"The papers were indexed anew after this list was begun; it is now {generation}."
            " Begin again: ask without `cursor`."
        )
    if binding != _digest([head.hex(), *asked])[:_BINDING]:
        raise _gone(
            "The cursor belongs to a list that was asked for with other parameters. Take the"
            " address from `next` as it is, or ask without `cursor`."
        )
    return int.from_bytes(head[_GENERATION:], "big")


def _gone(detail: str) -> problems.RefusedError:
    return problems.RefusedError(problems.Problem(kind=problems.CURSOR_GONE, detail=detail))


def _digest(parts: Sequence[str]) -> bytes:
    # Parts are told apart by their length: none can pass for two.
    return hashlib.sha256("".join(f"{len(each)}:{each}" for each in parts).encode()).digest()

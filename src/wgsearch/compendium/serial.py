"""
Compendium <-> JSON: the same bytes for the same compendium, on any machine.

Why checked when read: an edition is a file that may have been cut off, changed by hand or written
by another version; what is read is a whole compendium, or nothing.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter, ValidationError

from wgsearch.compendium.records import Compendium

_ADAPTER: TypeAdapter[Compendium] = TypeAdapter(Compendium)


def to_object(compendium: Compendium) -> dict[str, Any]:
    """A compendium as an object of JSON."""
    made: dict[str, Any] = _ADAPTER.dump_python(compendium, mode="json")
    return made


def to_json(compendium: Compendium) -> bytes:
    """A compendium as JSON: keys sorted, no time of making, a line break at its end."""
    return _bytes(to_object(compendium))


def from_object(found: object) -> Compendium:
    """
    The compendium that `to_object` made an object of.

    Raises:
        ValueError: It is none; the message names the first field that is wrong.
    """
    return from_json(_bytes(found))


def from_json(text: bytes) -> Compendium:
    """
    The compendium that `to_json` wrote.

    Raises:
        ValueError: It is none; the message names the first field that is wrong.
    """
    try:
        return _ADAPTER.validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(each) for each in first["loc"]) or "the whole"
        raise ValueError(f"{where}: {first['msg']}") from error


def _bytes(made: object) -> bytes:
    return (json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()

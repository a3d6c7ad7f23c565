"""
An answer -> the answer with the keys of its list that were asked for.

Why after it is made: what an object says does not depend on how much of it is sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi.responses import JSONResponse

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from wgsearch.api import wire


def picked(
    answer: wire.Wire, name: str, keys: Collection[str], headers: Mapping[str, str] | None = None
) -> wire.Wire | JSONResponse:
    """
    The answer as it is, or with some keys of the objects of a list alone.

    Args:
        answer: The whole answer.
        name: The key of its list.
        keys: Keys that are wanted; none for all.
        headers: Headers of the answer with some keys, which is a response of its own.
    """
    if not keys:
        return answer
    return JSONResponse(keep(answer.model_dump(mode="json"), name, keys), headers=headers)


def keep(answer: dict[str, Any], name: str, keys: Collection[str]) -> dict[str, Any]:
    """The same for an answer as JSON; the keys stay in the order of the object."""
    found = [{key: value for key, value in each.items() if key in keys} for each in answer[name]]
    return {**answer, name: found}

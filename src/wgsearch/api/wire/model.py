"""The model of all JSON objects of the API."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class Wire(BaseModel):
    """A JSON object of the API."""

    model_config = ConfigDict(frozen=True)


def all_optional(schema: dict[str, Any]) -> None:
    """Describe an object of which any key may be missing, because it was not asked for."""
    schema.pop("required", None)

"""The model of all JSON objects of the API."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Wire(BaseModel):
    """A JSON object of the API."""

    model_config = ConfigDict(frozen=True)

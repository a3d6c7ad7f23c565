"""What tests of saved questions ask and post to."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

    from wgsearch.search import LocalEngine


class Two(NamedTuple):
    """Engines over a corpus before and after a paper came, and where the later one is."""

    before: LocalEngine
    after: LocalEngine
    index: Path


@dataclass
class Service:
    """
    Who takes messages.

    Attributes:
        address: Where they go.
        statuses: What it answers, one after the other; then 204.
        got: Headers and bodies that came.
    """

    address: str
    statuses: list[int] = field(default_factory=list)
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def deliveries(self) -> list[str]:
        """Identities of the messages that came, each time that they came."""
        return [json.loads(body)["delivery"] for _, body in self.got]

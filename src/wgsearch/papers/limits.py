"""What reading one file may cost, for the process that reads and for the one that waits."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Self

# A file that broke a limit is not read again by itself: it would cost as much each time.
AGAIN = "it is left out until it changes, or until `wgsearch build --full`"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """
    What one file may cost.

    Attributes:
        memory_bytes: Memory of the child that reads it.
        cpu_s: Seconds of processor time.
        wall_s: Seconds by the clock.
        ocr_page_s: Seconds by the clock for each page whose letters are recognised, on top:
            a page takes one to ten seconds.
        ocr_pages: Pages of one file that are recognised; 0 for none.
    """

    memory_bytes: int = 1 << 30
    cpu_s: int = 60
    wall_s: float = 90.0
    ocr_page_s: float = 60.0
    ocr_pages: int = 500

    def to_json(self) -> str:
        """The limits as a child is told them."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The limits that a child was told."""
        return cls(**json.loads(text))

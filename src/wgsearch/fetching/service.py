"""
a paper that is wanted -> the address that is asked for it.

Why so little: settings are read by every command, and most fetch nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from wgsearch.fetching.records import Wanted

# The public access by symbol of the documents system of the United Nations.
DEFAULT_ADDRESS = "https://documents.un.org/api/symbol/access?s={symbol}&l={language}&t=pdf"
DEFAULT_HOSTS = ("documents.un.org", "undocs.org", "docs.un.org")
# No setting makes the pause between two requests less.
LEAST_PAUSE_S = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """
    Where papers are asked for.

    Attributes:
        address: With `{symbol}` and `{language}`.
    """

    address: str = DEFAULT_ADDRESS

    def of(self, wanted: Wanted) -> str:
        """The address of a paper."""
        spelled = quote(wanted.symbol, safe="/()")
        return self.address.replace("{symbol}", spelled).replace("{language}", wanted.language)

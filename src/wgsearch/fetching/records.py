"""
a symbol -> what is wanted, under which name it will be kept, and what became of it.

Why names are made here alone: a symbol that does not follow the grammar is refused before anything
is asked or written, so that no symbol leads out of the corpus folder.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from wgsearch.errors import UnfetchableSymbolError
from wgsearch.papers import symbols

# Codes of the official languages, and the one letter by which symbol systems knew them.
LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")


class State(StrEnum):
    """What became of a paper that was wanted."""

    FETCHED = "fetched"
    HELD = "held"
    UNPUBLISHED = "unpublished"
    FAILED = "failed"
    WANTED = "wanted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """
    A paper that is wanted.

    Attributes:
        symbol: Its symbol, in canonical form.
        language: Language of the version that is wanted (ISO 639-1).
    """

    symbol: str
    language: str = "en"

    @property
    def stem(self) -> str:
        """Name of its file without the suffix, as `papers.symbols.of_file_name` reads it."""
        return f"{self.symbol.replace('/', '_')}.{self.language}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """
    What became of a paper that was wanted.

    Attributes:
        symbol: Its symbol.
        language: Its language.
        state: What became of it.
        file: Its name in the corpus folder, None where it is not there.
        code: Machine-readable reason where it is not there, None otherwise.
        reason: The same for people, with what to do.
        size: Bytes that were received for it.
    """

    symbol: str
    language: str
    state: State
    file: str | None = None
    code: str | None = None
    reason: str | None = None
    size: int = 0


def wanted(symbol: str, language: str = "en") -> Wanted:
    """
    What a symbol asks for.

    Raises:
        UnfetchableSymbolError: It is no symbol of one paper, or no official language.
    """
    text = re.sub(r"\s+", " ", symbol).strip().rstrip("*")
    found = symbols.locate(text)
    whole = len(found) == 1 and (found[0].start, found[0].end) == (0, len(text))
    if not whole or "_" in text or ".." in text:
        raise UnfetchableSymbolError(
            f"{symbol!r} is no symbol of a paper; give one as mastheads print it, for instance"
            " A/RES/77/1 or E/2024/12/Add.1"
        )
    if language not in LANGUAGES:
        raise UnfetchableSymbolError(
            f"no papers are fetched in {language!r}; name one of {', '.join(LANGUAGES)}"
        )
    return Wanted(symbol=found[0].text, language=language)

"""
corpus folder -> which papers are in it already, by symbol and language.

Why by name and by the list of what was fetched: both are known before any paper is read. What only
a reading tells is added by whoever has an index.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wgsearch.errors import CorpusMissingError
from wgsearch.fetching import provenance
from wgsearch.papers import symbols
from wgsearch.papers.corpus import names

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from wgsearch.fetching.records import Wanted

_LANGUAGE = re.compile(r"[._-]([A-Za-z]{1,2})\.\w{2,5}$")
_LETTERS = {"a": "ar", "c": "zh", "e": "en", "f": "fr", "r": "ru", "s": "es"}


class Holding:
    """
    The papers of a corpus folder.

    Args:
        folder: The folder.
        indexed: File name to symbols and language, as an index knows them.
    """

    def __init__(
        self, folder: Path, indexed: Mapping[str, tuple[tuple[str, ...], str]] | None = None
    ) -> None:
        try:
            files = frozenset(names(folder))
        except CorpusMissingError:
            files = frozenset()  # the first papers are about to come
        self._files: dict[tuple[str, str], str] = {}
        for file in sorted(files):
            if symbol := symbols.of_file_name(file):
                self._add(symbol, _language_of(file), file)
        for record in provenance.read(folder):
            if record.file in files:
                self._add(record.symbol, record.language, record.file)
        for file, (own, language) in (indexed or {}).items():
            if file in files:
                for symbol in own:
                    for each in language.split("+"):  # a paper in two languages is both
                        self._add(symbol, each, file)

    def of(self, wanted: Wanted) -> str | None:
        """The file of a paper, None where it is not held."""
        return self._files.get((symbols.key(wanted.symbol), wanted.language))

    def _add(self, symbol: str, language: str, file: str) -> None:
        self._files.setdefault((symbols.key(symbol), language), file)


def _language_of(file: str) -> str:
    """The language that a file's name states; English where it states none, as addresses do."""
    match = _LANGUAGE.search(file)
    stated = match[1].lower() if match else "en"
    return _LETTERS.get(stated, stated)

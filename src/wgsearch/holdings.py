"""
the papers of an index -> which of them is meant by a symbol, and which stand in time before.

Why one look at all of them: an agenda names its papers by dozens of symbols, and each must be
told held or missing in the same way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wgsearch.answers import Filters
from wgsearch.papers import symbols
from wgsearch.papers.series import tie

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wgsearch.answers import Engine, PaperEntry


class Holdings:
    """
    Papers of an index by symbol.

    Args:
        engine: Whose papers.
        language: Language whose version is preferred (ISO 639-1).

    Attributes:
        entries: All of them, every language version.
    """

    def __init__(self, engine: Engine, language: str = "en") -> None:
        self.entries = engine.papers(Filters())
        self._language = language
        self._by_key: dict[str, list[PaperEntry]] = {}
        for entry in self.entries:
            for symbol in dict.fromkeys((entry.symbol, *entry.symbols)):
                self._by_key.setdefault(symbols.key(symbol), []).append(entry)
        # A revision stands for what it is a version of, where that is not held itself.
        for entry in self.entries:
            thing = symbols.key(tie(entry.symbol).thing)
            if thing != symbols.key(entry.symbol):
                self._by_key.setdefault(thing, []).append(entry)

    def of(self, symbol: str) -> PaperEntry | None:
        """
        The paper of a symbol; of language versions the preferred one, else the English one; of a
        replaced paper the revision that replaces it. None where none is held.
        """
        seen: set[str] = set()
        while (found := self._by_key.get(symbols.key(symbol))) and symbol not in seen:
            seen.add(symbol)
            best = min(
                found,
                key=lambda each: (each.language != self._language, each.language != "en"),
            )
            if best.superseded_by is None or best.superseded_by in seen:
                return best
            if not self._by_key.get(symbols.key(best.superseded_by)):
                return best
            symbol = best.superseded_by
        return None

    def meant(self, piece: str) -> str:
        """The one symbol that a piece of one means, as `2024/1`; the piece where none or many."""
        known = tuple(dict.fromkeys(each.symbol for each in self.entries))
        found = symbols.resolve(piece, known)
        return found[0] if len(found) == 1 else piece

    def after(self, date: str | None) -> tuple[str, ...]:
        """Symbols of papers issued after an ISO date; none where no date is known."""
        if date is None:
            return ()
        return _symbols(each for each in self.entries if each.date and each.date > date)

    def from_day(self, date: str) -> tuple[str, ...]:
        """Symbols of papers issued on an ISO date or later."""
        return _symbols(each for each in self.entries if each.date and each.date >= date)

    def of_session(self, entry: PaperEntry) -> tuple[str, ...]:
        """Symbols of papers of the session that a paper was issued for."""
        if entry.session is None or entry.date is None:
            return (entry.symbol,)
        year = int(entry.date[:4])
        return _symbols(
            each
            for each in self.entries
            if (each.session, each.body) == (entry.session, entry.body)
            and each.date
            and abs(int(each.date[:4]) - year) <= 1  # sessions are numbered anew by some bodies
        )

    def languages_beside(self, language: str) -> tuple[str, ...]:
        """Languages of papers that no version in a language is held of."""
        own = {symbols.key(each.symbol) for each in self.entries if _speaks(each, language)}
        others = {each.language for each in self.entries if symbols.key(each.symbol) not in own}
        return tuple(sorted(others))

    def with_version_in(self, language: str) -> tuple[str, ...]:
        """Symbols of papers of which a version in a language is held."""
        return _symbols(each for each in self.entries if _speaks(each, language))


def spoken(language: str) -> str:
    """The language that a paper is asked for in: of a bilingual one (`en+fr`) the first."""
    return language.partition("+")[0]


def _symbols(entries: Iterable[PaperEntry]) -> tuple[str, ...]:
    """Symbols of papers, once each."""
    return tuple(dict.fromkeys(each.symbol for each in entries))


def _speaks(entry: PaperEntry, language: str) -> bool:
    """Whether a paper is in a language, or in it beside another."""
    return language in entry.language.split("+")

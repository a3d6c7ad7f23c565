"""
text -> Matches: the entries that it names, in any form that the lists hold.

Why stems in order: a question says `victims of trafficking` where a list says `victim of
trafficking`; stop words are left out on both sides, since people leave them out too. Why
abbreviations as they are written: WHO is an organization, who is not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from wgsearch.glossary.entries import LANGUAGES, Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    # Text and language to the stems of its telling words, with start and end of each word.
    Tokens = Callable[[str, str], Sequence[tuple[str, int, int]]]

_IDEOGRAPHS = re.compile(r"[\u3400-\u9fff]+")
_ABBREVIATION = re.compile(r"[^\W_a-z](?:[\w.-]*\w)?")
# In small letters a longer one is no other word: unodc, but not who, aids or one.
_PLAIN_LENGTH = 5
_AROUND = re.compile(r"[《》“”\s]")
_SENTENCE_END = re.compile(r"[.!?;:]\s|[\n。！？；]")


class Match(NamedTuple):
    """
    Words of a text that name entries.

    Attributes:
        start: Offset of the first character.
        end: Offset after the last one.
        entries: What they may mean; several where entries share a form.
    """

    start: int
    end: int
    entries: tuple[Entry, ...]


class Glossary:
    """
    Entries, found by their forms. Threads may share it: nothing in it changes.

    Args:
        entries: The entries.
        tokens: How texts are cut into stems.
    """

    def __init__(self, entries: Iterable[Entry], tokens: Tokens) -> None:
        self.entries = tuple(entries)
        self.tokens = tokens
        self._stems: dict[str, dict[str, list[tuple[tuple[str, ...], int]]]] = {}
        self._ideographs: dict[str, list[tuple[str, int]]] = {}
        self._abbreviations: dict[str, list[int]] = {}
        for at, entry in enumerate(self.entries):
            for form in entry.abbr:
                self._abbreviate(form, at)
        for language in LANGUAGES:
            forms = [
                (form, at) for at, each in enumerate(self.entries) for form in each.of(language)
            ]
            self._add(language, forms)

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages of its forms."""
        return LANGUAGES

    def matches(self, text: str, languages: Iterable[str]) -> tuple[Match, ...]:
        """
        The entries that a text names; of forms that overlap the longest, then the first.

        Args:
            text: The text.
            languages: Languages it may be written in; abbreviations are found in any.

        Returns:
            Matches in order, none overlapping another.
        """
        found: dict[tuple[int, int], list[int]] = {}
        for start, end, at in self._candidates(text, languages):
            found.setdefault((start, end), []).append(at)
        taken: list[tuple[int, int]] = []
        used = bytearray(len(text))
        for start, end in sorted(found, key=lambda span: (span[0] - span[1], span)):
            if not used[start] and not used[end - 1] and not any(used[start:end]):
                used[start:end] = b"\1" * (end - start)
                taken.append((start, end))
        return tuple(
            Match(start, end, tuple(self.entries[at] for at in dict.fromkeys(found[start, end])))
            for start, end in sorted(taken)
        )

    def _add(self, language: str, forms: Sequence[tuple[str, int]]) -> None:
        """All forms of a language, with their entries."""
        if language == "zh":
            for form, at in forms:
                if len(plain := _AROUND.sub("", form)) > 1:
                    self._ideographs.setdefault(plain[:2], []).append((plain, at))
            for shapes in self._ideographs.values():
                shapes.sort(key=lambda found: (-len(found[0]), found))
            return
        found: dict[str, dict[tuple[tuple[str, ...], int], None]] = {}
        for (form, at), stems in zip(forms, self._stems_of(forms, language), strict=True):
            if form.isupper() and _ABBREVIATION.fullmatch(form):
                self._abbreviate(form, at)
            elif stems:
                found.setdefault(stems[0], {})[stems, at] = None
        self._stems[language] = {
            first: sorted(each, key=lambda one: (-len(one[0]), one))
            for first, each in found.items()
        }

    def _stems_of(
        self, forms: Sequence[tuple[str, int]], language: str
    ) -> Iterator[tuple[str, ...]]:
        """Stems of each form; cut in one go, since each call costs more than its words."""
        tokens = iter(self.tokens("\n".join(form for form, _ in forms), language))
        token, end = next(tokens, None), 0
        for form, _ in forms:
            end += len(form) + 1
            stems = []
            while token and token[1] < end:
                stems.append(token[0])
                token = next(tokens, None)
            yield tuple(stems)

    def _abbreviate(self, form: str, at: int) -> None:
        """An abbreviation of an entry."""
        spellings = {form} | ({form.casefold()} if len(form) >= _PLAIN_LENGTH else set())
        for each in spellings:
            self._abbreviations.setdefault(each, []).append(at)

    def _candidates(self, text: str, languages: Iterable[str]) -> Iterator[tuple[int, int, int]]:
        """Start, end and entry of whatever matches."""
        for word in re.finditer(r"\w(?:[\w.-]*\w)?", text):
            for at in self._abbreviations.get(word[0], ()):
                yield word.start(), word.end(), at
        for language in languages:
            if language == "zh":
                yield from self._ideographic(text)
            elif forms := self._stems.get(language):
                yield from self._stemmed(text, self.tokens(text, language), forms)

    @staticmethod
    def _stemmed(
        text: str,
        tokens: Sequence[tuple[str, int, int]],
        forms: dict[str, list[tuple[tuple[str, ...], int]]],
    ) -> Iterator[tuple[int, int, int]]:
        """The longest forms at each word."""
        stems = tuple(stem for stem, _, _ in tokens)
        for first, stem in enumerate(stems):
            length = 0
            for form, at in forms.get(stem, ()):
                if len(form) < length:
                    break
                last = first + len(form)
                if stems[first:last] != form:
                    continue
                start, end = tokens[first][1], tokens[last - 1][2]
                if len(form) == 1 or not _SENTENCE_END.search(text, start, end):
                    length = len(form)
                    yield start, end, at

    def _ideographic(self, text: str) -> Iterator[tuple[int, int, int]]:
        """The longest forms at each ideograph."""
        for run in _IDEOGRAPHS.finditer(text):
            for start in range(run.start(), run.end() - 1):
                length = 0
                for form, at in self._ideographs.get(text[start : start + 2], ()):
                    if len(form) < length:
                        break
                    if text.startswith(form, start):
                        length = len(form)
                        yield start, start + len(form), at

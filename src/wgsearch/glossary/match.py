"""
text -> Matches: the entries that it names, in any form that the lists hold.

Why stems in order: a question says `victims of trafficking` where a list says `victim of
trafficking`; stop words are left out on both sides, since people leave them out too. Why
abbreviations as they are written: WHO is an organization, who is not.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from wgsearch.glossary.entries import LANGUAGES, Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    # Text and language to the stems of its telling words, with start and end of each word.
    Tokens = Callable[[str, str], Sequence[tuple[str, int, int]]]
    # Stems of one form.
    Stems = tuple[str, ...]
    # First stem to whole forms, each with the number of its entry.
    Forms = dict[str, list[tuple[Stems, int]]]

# Chinese forms are compared as they are.
_STEMMED = tuple(language for language in LANGUAGES if language != "zh")
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
    Entries, found by their forms. Threads may share it: what is prepared for a language at its
    first text is the same whoever prepares it.

    Args:
        entries: The entries.
        tokens: How texts are cut into stems.
        stems: Stems of the forms by language, as `stems_of_forms` gives them; None to cut each
            language's forms when a text of it comes.
    """

    def __init__(
        self,
        entries: Iterable[Entry],
        tokens: Tokens,
        stems: Mapping[str, Sequence[Stems]] | None = None,
    ) -> None:
        self.entries = tuple(entries)
        self.tokens = tokens
        self._cut = stems
        self._stemmed_forms: dict[str, Forms] = {}
        self._abbreviations: dict[str, list[int]] = {}
        for at, entry in enumerate(self.entries):
            for form in entry.abbr:
                self._abbreviate(form, at)
        for language in _STEMMED:
            for at, form in _forms(self.entries, language):
                if _is_abbreviation(form):
                    self._abbreviate(form, at)

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

    def _by_first(self, language: str) -> Forms:
        """Forms of a language by their first stem, the longest first; prepared once."""
        known = self._stemmed_forms.get(language)
        if known is None:
            known = self._stemmed_forms[language] = self._prepared(language)
        return known

    def _prepared(self, language: str) -> Forms:
        """Likewise, now."""
        cut = self._cut or {language: stems_of_forms(self.entries, self.tokens, language)}
        found: dict[str, dict[tuple[Stems, int], None]] = {}
        for (at, form), stems in zip(_forms(self.entries, language), cut[language], strict=True):
            if stems and not _is_abbreviation(form):
                found.setdefault(stems[0], {})[stems, at] = None
        return {
            first: sorted(each, key=lambda one: (-len(one[0]), one))
            for first, each in found.items()
        }

    @cached_property
    def _ideographs(self) -> dict[str, list[tuple[str, int]]]:
        """Chinese forms by their first two ideographs, the longest first."""
        found: dict[str, list[tuple[str, int]]] = {}
        for at, form in _forms(self.entries, "zh"):
            if len(plain := _AROUND.sub("", form)) > 1:
                found.setdefault(plain[:2], []).append((plain, at))
        for shapes in found.values():
            shapes.sort(key=lambda each: (-len(each[0]), each))
        return found

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
            elif language in _STEMMED:
                yield from self._stemmed(
                    text, self.tokens(text, language), self._by_first(language)
                )

    @staticmethod
    def _stemmed(
        text: str,
        tokens: Sequence[tuple[str, int, int]],
        forms: Forms,
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


def stems_of_forms(entries: Sequence[Entry], tokens: Tokens, language: str) -> list[Stems]:
    """Stems of all forms of a language, entry by entry; cut in one go, since calls cost most."""
    forms = [form for _, form in _forms(entries, language)]
    cut = iter(tokens("\n".join(forms), language))
    token, end = next(cut, None), 0
    found: list[Stems] = []
    for form in forms:
        end += len(form) + 1
        stems = []
        while token and token[1] < end:
            stems.append(token[0])
            token = next(cut, None)
        found.append(tuple(stems))
    return found


def all_stems(entries: Sequence[Entry], tokens: Tokens) -> dict[str, list[Stems]]:
    """Stems of all forms of every language that has stems."""
    return {language: stems_of_forms(entries, tokens, language) for language in _STEMMED}


def _forms(entries: Iterable[Entry], language: str) -> Iterator[tuple[int, str]]:
    """Forms of a language with the numbers of their entries."""
    return ((at, form) for at, each in enumerate(entries) for form in each.of(language))


def _is_abbreviation(form: str) -> bool:
    """Whether a form is compared as it is written."""
    return form.isupper() and _ABBREVIATION.fullmatch(form) is not None

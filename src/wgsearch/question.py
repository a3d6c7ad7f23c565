"""
text -> Question: what must appear, what must not, and what the rest is about.

Why few operators: people paste whole agenda items; only quotes and a leading minus are
read as meant, and only in questions short enough to have been typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# A longer text was pasted: its quotation marks quote, and its dashes open lists.
TYPED_CHARACTERS = 500

_QUOTED = re.compile(r'(?P<minus>(?:^|(?<=\s))-)?(?:"([^"]+)"|“([^”]+)”|«([^»]+)»|„([^“”]+)[“”])')
_EXCLUDED = re.compile(r"(?:^|(?<=[ \t]))-(\w[\w'’-]*)")
_MARKS = re.compile(r'["“”„«»]')
_WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """
    Words of a question that belong together.

    Attributes:
        text: The words.
        weight: How much they count; 1 as much as words as typed.
        language: Only texts of this language are meant; None means texts of any.
    """

    text: str
    weight: float = 1.0
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """
    A question taken apart.

    Attributes:
        parts: What it is about; never empty.
        phrases: Words that must stand side by side in a passage.
        excluded: Words or phrases that must not appear.
        added: The same in other words, and in other languages; nobody typed them.
        also: Some of the terms added, as they are shown to who asks.
        glossed: The question in English, for an encoder that reads nothing else; empty for a
            question in English, or in a language that is not known.
    """

    parts: tuple[Part, ...]
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    added: tuple[Part, ...] = ()
    also: tuple[str, ...] = ()
    glossed: tuple[Part, ...] = ()

    @property
    def words(self) -> str:
        """All words of the parts."""
        return "\n".join(part.text for part in self.parts)

    def words_in(self, language: str) -> str:
        """All words that are looked for in texts of a language."""
        own = language.split("+")
        parts = (each for each in self.wanted if each.language is None or each.language in own)
        return "\n".join(part.text for part in parts)

    @property
    def wanted(self) -> tuple[Part, ...]:
        """What words are looked for: those typed, and those added."""
        return (*self.parts, *self.added)


def parse_question(text: str) -> Question:
    """
    A question as typed.

    Args:
        text: Words; `"quoted words"` must appear, `-word` and `-"quoted words"` must not.

    Returns:
        The quoted words count among the words asked for too. Operators that would leave
        nothing to ask for are words.
    """
    if len(text) > TYPED_CHARACTERS:
        return Question(parts=(Part(text=text),))
    phrases: list[str] = []
    excluded: list[str] = []

    def quoted(match: re.Match[str]) -> str:
        phrase = next(each for each in match.groups()[1:] if each is not None).strip()
        if not has_words(phrase):
            return " "
        (excluded if match["minus"] else phrases).append(phrase)
        return " " if match["minus"] else f" {phrase} "

    def minus(match: re.Match[str]) -> str:
        excluded.append(match[1])
        return " "

    rest = _EXCLUDED.sub(minus, _QUOTED.sub(quoted, text))
    rest = " ".join(_MARKS.sub(" ", rest).split())
    if not has_words(rest):
        return Question(parts=(Part(text=text),))
    return Question(parts=(Part(text=rest),), phrases=tuple(phrases), excluded=tuple(excluded))


def has_words(text: str) -> bool:
    """Whether there is a letter or a digit."""
    return _WORD.search(text) is not None

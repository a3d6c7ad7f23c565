"""
text -> Question: what must appear, what must not, and what the rest is about.

Why few operators, and in short questions only: people paste whole agenda items, whose
quotation marks quote and whose dashes open lists. In a sentence of many words a quoted word
is one word among them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from wgsearch.index.lexical import Phrase
from wgsearch.papers import languages
from wgsearch.papers.characters import PRINTED

# A longer text was pasted.
TYPED_CHARACTERS = 500
# More words beside a quotation make a sentence that quotes, and demands nothing.
MOST_BESIDE = 3
# Gaps between the words of a phrase; more would be a passage.
MOST_APART = 20

_OPENED = r'"(?P<a>[^"]+)"|“(?P<b>[^”]+)”|«(?P<c>[^»]+)»|„(?P<d>[^“”]+)[“”]|「(?P<e>[^」]+)」'
_QUOTED = re.compile(rf"(?P<sign>(?:^|(?<=\s))[+-])?(?:{_OPENED})(?:~(?P<slop>\d{{1,2}})(?!\w))?")
_SIGNED = re.compile(r"(?:^|(?<=[ \t]))(?P<sign>[+-])(?P<word>[^\W\d_][\w'’-]*)(?!\*)")
_PREFIX = re.compile(r"(?:^|(?<=\s))(?P<sign>[+])?(?P<word>[^\W\d_]{2,})\*(?![\w*])")
_MARKS = re.compile(r'["“”„«»「」]')
_WORD = re.compile(r"[^\W_]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_RUN = re.compile(r"[\u3400-\u9fff]{2}|[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """
    Words of a question that belong together.

    Attributes:
        text: The words.
        weight: How much they count.
        language: Language whose papers they are looked for in; None for all.
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
        added: Words that it does not have and means; looked for, never demanded.
        cited: Papers and paragraphs that it names, as citations with whole symbols.
        phrases: Words that must stand in a passage.
        excluded: Words or phrases that must not.
        prefixes: Beginnings of words; a word with each must stand in a passage.
        loose: Quoted words that need not stand so, since the question is a sentence.
        also: Some of the terms added, as they are shown to who asks.
        glossed: The question in English, for an encoder that reads nothing else; empty for a
            question in English, or in a language that is not known.
    """

    parts: tuple[Part, ...]
    added: tuple[Part, ...] = ()
    cited: tuple[str, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    excluded: tuple[Phrase, ...] = ()
    prefixes: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    glossed: tuple[Part, ...] = ()

    @property
    def words(self) -> str:
        """All words of the parts and the added ones, each part once."""
        return "\n".join(part.text for part in (*self.parts, *self.added))

    @property
    def spoken(self) -> str | None:
        """Language of the question as typed; added words may be of others."""
        own = "\n".join(part.text for part in self.parts)
        return self.parts[0].language or languages.detect(own)

    def words_in(self, language: str) -> str:
        """All words that are looked for in texts of a language."""
        own = language.split("+")
        parts = (*self.parts, *self.added)
        return "\n".join(
            part.text for part in parts if part.language is None or part.language in own
        )


def parse_question(text: str) -> Question:
    """
    A question as typed.

    Args:
        text: Words. `"quoted words"` must stand side by side, `"quoted words"~3` with at most
            three words between them; `+word` must appear, `-word` and `-"quoted words"` must
            not; a word that begins so must appear for `begin*`.

    Returns:
        What must appear counts among the words asked for too. Operators that would leave
        nothing to ask for are words.
    """
    if len(text) > TYPED_CHARACTERS:
        return Question(parts=(Part(text=text),))
    phrases: list[Phrase] = []
    excluded: list[Phrase] = []
    prefixes: list[str] = []
    loose: list[str] = []
    sentence = len(_RUN.findall(_QUOTED.sub(" ", text))) > MOST_BESIDE

    def quoted(match: re.Match[str]) -> str:
        words = next(match[each] for each in "abcde" if match[each] is not None).strip()
        if not has_words(words):
            return " "
        phrase = Phrase(words, min(int(match["slop"] or 0), MOST_APART))
        if match["sign"] == "-":
            excluded.append(phrase)
            return " "
        if sentence and not match["sign"] and not match["slop"]:
            loose.append(words)
        else:
            phrases.append(phrase)
        return f" {words} "

    def signed(match: re.Match[str]) -> str:
        (excluded if match["sign"] == "-" else phrases).append(Phrase(match["word"]))
        return " " if match["sign"] == "-" else match["word"]

    def prefix(match: re.Match[str]) -> str:
        prefixes.append(match["word"])
        return match["word"]

    rest = _SIGNED.sub(signed, _PREFIX.sub(prefix, _QUOTED.sub(quoted, text)))
    rest = " ".join(_MARKS.sub(" ", rest).split())
    if not has_words(rest):
        return Question(parts=(Part(text=text),))
    return Question(
        parts=(Part(text=rest),),
        phrases=tuple(dict.fromkeys(phrases)),
        excluded=tuple(dict.fromkeys(excluded)),
        prefixes=tuple(dict.fromkeys(prefixes)),
        loose=tuple(dict.fromkeys(loose)),
    )


def printed(text: str) -> str:
    """A text without what prints nothing: control characters, and halves of characters."""
    return _SURROGATES.sub(" ", text.translate(PRINTED))


def has_words(text: str) -> bool:
    """Whether there is a letter or a digit."""
    return _WORD.search(text) is not None

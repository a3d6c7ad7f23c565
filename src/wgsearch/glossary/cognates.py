"""
word of one language -> the word of another that is spelt nearly so, where an index has it.

Why by spelling: half of the words of French and Spanish papers, and many of Russian ones,
are English ones in other clothes (`résolution`, `comisión`, `механизм`), and no list holds
them all. Why against the words of an index: a spelling that no paper has says nothing.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

SOURCES = ("en", "fr", "es", "ru")
# Ends of words and what stands there in English, longest first; of several, each is tried.
# Written down from grammars of the languages, none from a judged set.
_ENDS = {
    "fr": (
        ("ités", "ity"), ("ité", "ity"), ("tés", "ty"), ("té", "ty"), ("iques", "ic ical ics"),
        ("ique", "ic ical ics"), ("aires", "ary ar"), ("aire", "ary ar"), ("oires", "ory"),
        ("oire", "ory"), ("euses", "ous or"), ("euse", "ous or"), ("eux", "ous"),
        ("eurs", "or er"), ("eur", "or er"), ("ismes", "ism"), ("isme", "ism"),
        ("istes", "ist"), ("iste", "ist"), ("ives", "ive"), ("ifs", "ive"), ("if", "ive"),
        ("elles", "al"), ("elle", "al"), ("els", "al"), ("el", "al"), ("aux", "al"),
        ("ales", "al"), ("ale", "al"), ("ement", "ment ly"), ("ment", "ment ly"),
        ("iser", "ize"), ("isé", "ized"), ("isée", "ized"), ("isation", "ization"),
        ("ifier", "ify"), ("ies", "y"), ("ie", "y"), ("ées", "ed ate"), ("ée", "ed ate"),
        ("és", "ed ate"), ("é", "ed ate y"), ("er", "e ate"), ("ir", "ish e"), ("re", "er"),
        ("ogues", "ogue"), ("ques", "c k"), ("que", "c k"),
    ),
    "es": (
        ("aciones", "ation"), ("ación", "ation"), ("ciones", "tion"), ("ción", "tion"),
        ("siones", "sion"), ("sión", "sion"), ("xiones", "xion"), ("xión", "xion"),
        ("idades", "ity"), ("idad", "ity"), ("dades", "ty"), ("dad", "ty"), ("tad", "ty"),
        ("ógicos", "ogical"), ("icos", "ic ical"), ("icas", "ic ical ics"),
        ("ico", "ic ical"), ("ica", "ic ical ics"), ("arios", "ary"), ("arias", "ary"),
        ("ario", "ary"), ("aria", "ary"), ("orios", "ory"), ("orio", "ory"), ("oria", "ory"),
        ("osos", "ous"), ("osas", "ous"), ("oso", "ous"), ("osa", "ous"), ("ivos", "ive"),
        ("ivas", "ive"), ("ivo", "ive"), ("iva", "ive"), ("ismos", "ism"), ("ismo", "ism"),
        ("istas", "ist"), ("ista", "ist"), ("ales", "al"), ("mientos", "ment"),
        ("miento", "ment"), ("mentos", "ment"), ("mento", "ment"), ("mente", "ly"),
        ("encias", "ence ency"), ("encia", "ence ency"), ("ancias", "ance ancy"),
        ("ancia", "ance ancy"), ("izar", "ize"), ("izado", "ized"), ("ificar", "ify"),
        ("adores", "ator"), ("ador", "ator"), ("ores", "or"), ("ados", "ate ed"),
        ("adas", "ate ed"), ("ado", "ate ed"), ("ada", "ate ed"), ("idos", "ed"),
        ("ido", "ed"), ("ida", "ed"), ("ías", "y"), ("ía", "y"), ("ias", "y ia"),
        ("ia", "y ia"), ("ios", "y ium"), ("io", "y ium e"), ("ar", "e ate"), ("er", "e"),
        ("ir", "e"), ("es", ""), ("os", "e"), ("as", "e"), ("o", "e"), ("a", "e"), ("e", ""),
    ),
    "ru": (
        ("изац", "ization"), ("ац", "ation"), ("иц", "ition"), ("кц", "ction"), ("ц", "tion ce"),
        ("ическ", "ic ical"), ("ическ", "y"), ("ическ", "ics"), ("ическ", ""),
        ("альн", "al"), ("ивн", "ive"), ("арн", "ary ar"), ("орн", "ory"), ("изм", "ism"),
        ("ност", "ity"), ("тельн", ""), ("тет", "ty tee"), ("ик", "ic ics ique"),
        ("ир", "e ate"), ("изир", "ize"), ("ировк", "ing"), ("ифицир", "ify"),
        ("ци", "tion"), ("си", "sion"), ("сс", "ssion"), ("енц", "ence ency"), ("анц", "ance"),
        ("нн", "n"), ("н", "al"),
    ),
}  # fmt: skip
# One letter each, as the scientific transliteration has it, but with English digraphs.
_LATIN = dict(zip("абвгдеёжзийклмнопрстуфхцыэю", "abvgdeejziiklmnoprstufhcyeu", strict=True)) | {
    "ч": "ch",
    "ш": "sh",
    "щ": "sch",
    "я": "ia",
    "ъ": "",
    "ь": "",
}
# What spellings differ in without another sound, in this order: the same for all languages.
_SOUNDS = (
    ("ph", "f"), ("th", "t"), ("ch", "h"), ("kh", "h"), ("gh", "g"), ("rh", "r"), ("qu", "c"),
    ("ck", "c"), ("k", "c"), ("q", "c"), ("x", "cs"), ("y", "i"), ("z", "s"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")
# Shorter ones meet by accident.
_SHORTEST = 4


class Cognate(NamedTuple):
    """What to look for (a word or its stem), and how the word might be written."""

    text: str
    spelling: str


class Cognates:
    """
    Stems of an index' texts of one language, found by words of others.

    Args:
        vocabulary: Gives the stems, the commonest first.
        language: Their language.
        stems: Text and language to stems.
    """

    def __init__(
        self,
        vocabulary: Callable[[], Iterable[str]],
        language: str,
        stems: Callable[[str, str], Sequence[str]],
    ) -> None:
        self._vocabulary = vocabulary
        self._language = language
        self._stems = stems

    @cached_property
    def _by_sound(self) -> dict[str, str]:
        """
        The commonest stem of each sound.

        Made at the first question of another language: most indexes see none. Two threads may
        both make it; what they make is equal.
        """
        found: dict[str, str] = {}
        for stem in self._vocabulary():
            if len(stem) >= _SHORTEST and stem.isalpha():
                key = sounds(_latin(stem, self._language))
                if len(key) >= _SHORTEST:
                    found.setdefault(key, stem)
        return found

    @cached_property
    def _known(self) -> frozenset[str]:
        """All stems that are long enough to mean something."""
        return frozenset(each for each in self._vocabulary() if len(each) >= _SHORTEST)

    def find(self, word: str, source: str) -> Cognate | None:
        """
        What a word is spelt like.

        Args:
            word: The word.
            source: Its language.

        Returns:
            None where no text of the index has such a word.
        """
        if source not in SOURCES or self._language not in SOURCES:
            return None
        into_english = self._language == "en"
        words = spellings(word, source) if into_english else (_latin(word, source),)
        for spelling in words:
            for stem in self._stems(spelling, self._language)[:1]:
                if stem in self._known:
                    return Cognate(text=spelling, spelling=spelling)
                if found := self._by_sound.get(sounds(_latin(stem, self._language))):
                    return Cognate(text=found, spelling=spelling)
        if not into_english:
            for stem in self._stems(word, source)[:1]:
                if found := self._by_sound.get(sounds(_latin(stem, source))):
                    return Cognate(text=found, spelling=found)
        return None


def spellings(word: str, source: str) -> Iterator[str]:
    """How a word might be spelt in English, the likeliest first."""
    lowered = word.casefold()
    tried: dict[str, None] = {}
    for end, english in _ENDS.get(source, ()):
        if lowered.endswith(end) and len(lowered) > len(end) + 1:
            root = lowered.removesuffix(end)
            tried |= dict.fromkeys(_latin(root, source) + each for each in english.split(" "))
    tried[_latin(lowered, source)] = None
    for each in tried:
        yield each
        # estado, estructura: Spanish sets an e before s and a consonant; French état, étude.
        if source == "es" and re.match(r"es[bcdfglmnpqrtv]", each):
            yield each[1:]
        if source == "fr" and re.match(r"[éÉ][cpt]", word):
            yield "s" + each[1:]


def sounds(word: str) -> str:
    """A word as it sounds, roughly: equal for spellings that differ by language only."""
    for letters, sound in _SOUNDS:
        if letters in word:
            word = word.replace(letters, sound)
    return _DOUBLED.sub(r"\1", word).rstrip("aeiou")


def folded(text: str) -> str:
    """Without accents; a circumflex that stands for an s is not known from others."""
    apart = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("æ", "ae"))
    return "".join(each for each in apart if not unicodedata.combining(each))


def _latin(word: str, source: str) -> str:
    """A word in plain Latin letters."""
    if source == "ru":
        return "".join(_LATIN.get(each, each) for each in word)
    return folded(word)

"""
text -> terms: what is compared where words are compared.

Why here and not in tantivy's analysers: a question and a paper write one word in many ways
(vowel signs, joined articles, accents that a keyboard lacks, full-width digits), marks need
the place of every word, and no analyser of the library's keeps both.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import tantivy

from wgsearch.sentences import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, MutableMapping

# Names that tantivy gives the languages that it stems.
_STEMMED = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "fi": "finnish", "fr": "french", "hu": "hungarian", "it": "italian",
    "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip
_WITH_STOP_WORDS = frozenset(
    ("da", "de", "en", "es", "fi", "fr", "hu", "it", "nl", "no", "pt", "ru", "sv")
)
# tantivy has no Arabic list: prepositions, pronouns, particles and question words.
_ARABIC = (
    "في فى من على إلى الى عن مع أن ان إن هذا هذه ذلك تلك التي الذي الذين ما ماذا متى كيف أين اين "
    "لماذا هل كم هو هي هم كان كانت يكون تكون قد لا لم لن أو او ثم بين كل أي اي عند حتى إذا اذا كما "
    "بعد قبل وهو وهي وقد ولا وما إلا الا غير لقد منذ خلال حيث به بها له لها فيه فيها عليه عليها "
    "منه منها إليه إليها مما ومن وفي وعلى لكن ولكن ليس ليست"
)
_ARABIC_STOP_WORDS = frozenset(_ARABIC.split())
# Beside tantivy's 33: pronouns, auxiliaries, question words, what apostrophes leave over.
_FURTHER_ENGLISH = (
    "about above after again against all am any been before being below between both can could d "
    "did do does doing down during each few from further had has have having he her here hers "
    "herself him himself his how i its itself just ll m me more most must my myself nor now off "
    "once only other our ours ourselves out over own re s same she should so some t than theirs "
    "them themselves through too under up us ve very were we what when where which who whom whose "
    "why would you your yours yourself yourselves"
)
_ENGLISH_STOP_WORDS = frozenset(_FURTHER_ENGLISH.split())
# Particles, pronouns, prepositions, conjunctions, question words. A pair of such is one, too.
_CHINESE_STOP_CHARACTERS = frozenset(
    "的了是在和与或及有被把这那其之为以于也都就而但并从到对由等什么哪谁几多少怎样如何吗呢个中"
)
# What a single ideograph of a question counts beside a pair.
_SINGLE = 0.3
OTHER = "other"

_IDEOGRAPHS = r"\u3400-\u4dbf\u4e00-\u9fff"
# Marks that stand over or under a letter, and what joins or stretches letters, part no word.
_INSIDE = (
    r"\u00ad\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200d\u2060"
)
_WORD = re.compile(rf"[{_IDEOGRAPHS}]+|[^\W_{_IDEOGRAPHS}]+(?:[{_INSIDE}]+[^\W_{_IDEOGRAPHS}]*)*")
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+")
# Fewer letters give too little to compare by.
_SHORTEST_FORM = 4
_DROPPED = re.compile(r"[\u00ad\u0640\u200b-\u200d\u2060]")
# Canonical combining classes of accents above and below, and of Arabic vowel signs.
_ACCENTS = frozenset((202, 216, 220, 230, *range(27, 36)))
# One letter in the writing of many: alef maqsura and ya, ta marbuta and ha, Persian kaf and ya.
_ONE_LETTER = str.maketrans("ىةکی", "يهكي")
# `and`, `with`, `as`, `so`, `for` are written together with the article after them.
_ARABIC_PREFIXES = ("وال", "بال", "كال", "فال", "لل", "ال")
_SHORTEST_ARABIC = 3
# British spelling -> the one that stems of both have in common.
_AMERICAN = (
    ("isat", "iz"),
    ("izat", "iz"),
    ("yse", "yz"),
    ("yze", "yz"),
    ("is", "iz"),
    ("ys", "yz"),
    ("our", "or"),
)
_SHORTEST_ENGLISH = 6
# Longer runs of letters are no words, and would only fill the index.
LONGEST = 100


def words(text: str) -> list[str]:
    """Runs of letters and digits, and runs of ideographs, as written."""
    runs: list[str] = (_ASCII_WORD if text.isascii() else _WORD).findall(text)
    return [run for run in runs if len(run) <= LONGEST or is_ideographs(run)]


def fields_of(language: str) -> tuple[str, ...]:
    """Names of the analyses of a paper's language; a bilingual page (`en+fr`) has two."""
    return tuple(
        each if each in _STEMMED or each == "zh" else OTHER for each in language.split("+")
    )


def terms(text: str, language: str) -> list[str]:
    """
    All terms of a text, in order.

    Args:
        text: The text.
        language: A name of `fields_of`.
    """
    return [term for word in words(text) for term in _terms(word, language)]


def telling(text: str, language: str, spoken: str | None = None) -> Mapping[str, float]:
    """
    What is looked up for a question: its terms without stop words, and what each counts.

    All its terms where it has nothing but stop words.

    Args:
        text: The question.
        language: A name of `fields_of`.
        spoken: Language of the question, where it is known: among texts of another language its
            stop words are rare, and would weigh most.
    """
    asked = words(text)
    lists = tuple(sorted({language, "en", spoken or "en"}))
    kept = [word for word in asked if not _is_stop_word(word, lists)]
    counts = Counter(term for word in kept or asked for term in _terms(word, language))
    told = {
        term: times * (_SINGLE if len(term) == 1 and is_ideographs(term) else 1.0)
        for term, times in counts.items()
        if not _CHINESE_STOP_CHARACTERS.issuperset(term)
    }
    return told or counts


def neighbours(text: str, language: str, spoken: str | None = None) -> list[str]:
    """
    Pairs of words that follow one another when stop words are left out, each as one term.

    Args:
        text: The text, or the question.
        language: A name of `fields_of`.
        spoken: Language of a question, where it is known.
    """
    lists = tuple(sorted({language, "en", spoken or "en"}))
    found = [
        term
        for word in words(text)
        if not is_ideographs(word) and not _is_stop_word(word, lists)
        for term in _terms(word, language)
    ]
    return [f"{first}_{second}" for first, second in itertools.pairwise(found)]


def stems(text: str, language: str) -> list[str]:
    """
    Terms of a question without stop words; all its terms where it has nothing else.

    Args:
        text: The question.
        language: A name of `fields_of`.
    """
    return list(telling(text, language))


def telling_tokens(text: str, language: str) -> list[tuple[str, int, int]]:
    """
    Terms of words that are no stop words, with start and end of each word; ideographs have none.

    Args:
        text: The text.
        language: A name of `fields_of`.
    """
    lists = tuple(sorted({language, "en"}))
    return [
        (term, match.start(), match.end())
        for match in _WORD.finditer(text)
        if not is_ideographs(match[0])
        and len(match[0]) <= LONGEST
        and not _is_stop_word(match[0], lists)
        for term in _terms(match[0], language)
    ]


def matching_words(
    text: str,
    language: str,
    wanted: Collection[str],
    known: MutableMapping[str, str | None] | None = None,
) -> Iterator[tuple[str, Span]]:
    """
    Wanted terms in the text, with where they stand.

    Of ideographs, pairs, and single ones that stand alone.

    Args:
        text: The text.
        language: A name of `fields_of`.
        wanted: Terms.
        known: Words that other texts had and their terms, None where these are not wanted; what
            this text has is added.
    """
    known = {} if known is None else known
    pattern = _ASCII_WORD if text.isascii() else _WORD
    # Few words are wanted: each different one is asked once, and the others are not gone through.
    here = set(pattern.findall(text))
    for word in here.difference(known):
        found = () if is_ideographs(word) else _terms(word, language)
        known[word] = found[0] if found and found[0] in wanted else None
    having = [(word, term) for word in here if (term := known[word])]
    if text.isascii():
        places = sorted((at, word, term) for word, term in having for at in _places(text, word))
        yield from ((term, Span(at, at + len(word))) for at, word, term in places)
        return
    if not having and not any(map(is_ideographs, here)):
        return
    for match in pattern.finditer(text):
        word = match[0]
        if term := known[word]:
            yield term, Span(match.start(), match.end())
        elif is_ideographs(word):
            yield from _matching_ideographs(word, match.start(), wanted)


def _places(text: str, word: str) -> Iterator[int]:
    """Where a word stands by itself in a text of ASCII."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            yield at
        at = text.find(word, end)


def _matching_ideographs(
    word: str, start: int, wanted: Collection[str]
) -> Iterator[tuple[str, Span]]:
    """Likewise, in a run of ideographs that begins at an offset."""
    if len(word) == 1 and word in wanted:
        yield word, Span(start, start + 1)
    for at in range(len(word) - 1):
        if word[at : at + 2] in wanted:
            yield word[at : at + 2], Span(start + at, start + at + 2)


def plain_words(text: str) -> list[str]:
    """Words without case and accents, none left out; each ideograph is one."""
    if text.isascii():
        return words(text.lower())
    plain: list[str] = []
    for word in words(text):
        plain += word if is_ideographs(word) else (folded(word),)
    return [each for each in plain if each]


def forms(text: str) -> list[str]:
    """Words of letters as they are spelled, but for case: what misspelt words are compared with."""
    found = words(text.lower()) if text.isascii() else map(spelled, words(text))
    return [
        word
        for word in found
        if len(word) >= _SHORTEST_FORM and word.isalpha() and not is_ideographs(word)
    ]


def is_ideographs(word: str) -> bool:
    """Whether a word of `words` is a run of ideographs."""
    return "\u3400" <= word[0] <= "\u9fff"


@lru_cache(maxsize=100_000)
def spelled(word: str) -> str:
    """A word in small letters, without compatibility forms and what prints nothing."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFKC", _DROPPED.sub("", word)).lower()


@lru_cache(maxsize=100_000)
def folded(word: str) -> str:
    """A word without case, accents, vowel signs and compatibility forms; й stays a letter."""
    if word.isascii():
        return word.lower()
    composed = unicodedata.normalize("NFC", spelled(word))
    return "".join(char if char == "й" else _unaccented(char) for char in composed)


def _unaccented(char: str) -> str:
    """A character without its marks."""
    return "".join(
        each
        for each in unicodedata.normalize("NFKD", char)
        if unicodedata.combining(each) not in _ACCENTS
    )


@lru_cache(maxsize=200_000)
def _terms(word: str, language: str) -> tuple[str, ...]:
    """
    Terms of one word of `words`.

    A run of ideographs gives its pairs and each alone: Chinese words are not spaced, and most
    have two. Which ways were measured: docs/decisions/0010-words.md.
    """
    if is_ideographs(word):
        pairs = [word[at : at + 2] for at in range(len(word) - 1)]
        return (*pairs, *word)
    if language == "ar":
        return _present(_stem(_without_article(folded(word).translate(_ONE_LETTER)), language))
    if language == "ru":
        return _present(_stem(folded(word), language))
    lowered = spelled(word)
    term = folded(_stem(lowered, language) if language in _STEMMED else lowered)
    return _present(
        _american(term) if language == "en" and len(lowered) >= _SHORTEST_ENGLISH else term
    )


def _present(term: str) -> tuple[str, ...]:
    """The term, where something is left of it."""
    return (term,) if term else ()


def _without_article(word: str) -> str:
    """An Arabic word without its article and what is written together with it."""
    for prefix in _ARABIC_PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST_ARABIC:
            return word.removeprefix(prefix)
    return word[1:] if word.startswith("و") and len(word) > _SHORTEST_ARABIC else word


def _american(stem: str) -> str:
    """`organis`, `labour`, `analys` as in American spelling."""
    for british, american in _AMERICAN:
        if stem.endswith(british):
            return stem.removesuffix(british) + american
    return stem


def _stem(word: str, language: str) -> str:
    """The word's stem; the word where the stemmer leaves nothing."""
    found: list[str] = _stemmer(language).analyze(word)
    return found[0] if found and found[0] else word


def is_stop_word(word: str, spoken: str | None) -> bool:
    """Whether a word of a question in a language says nothing of what it is about."""
    return _is_stop_word(word, ("en", spoken or "en"))


@lru_cache(maxsize=100_000)
def _is_stop_word(word: str, lists: tuple[str, ...]) -> bool:
    """Whether one of the lists has the word."""
    lowered = spelled(word)
    if lowered in _ENGLISH_STOP_WORDS or ("ar" in lists and lowered in _ARABIC_STOP_WORDS):
        return True
    return any(each in _WITH_STOP_WORDS and not _stopper(each).analyze(lowered) for each in lists)


@cache
def _stemmer(language: str) -> tantivy.TextAnalyzer:
    """Stems of single words."""
    raw = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw())
    return raw.filter(tantivy.Filter.stemmer(_STEMMED[language])).build()


@cache
def _stopper(language: str) -> tantivy.TextAnalyzer:
    """Leaves nothing of a stop word."""
    raw = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw())
    return raw.filter(tantivy.Filter.stopword(_STEMMED[language])).build()

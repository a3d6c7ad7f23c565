"""
text -> language: which of the languages of working groups a text is written in.

Why counted words: papers are long, their languages are few, and the commonest words
of each decide within a page; a model would be slower and no surer.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Function words that no other language of the list has: `de`, `la`, `que` and `por` tell nothing.
_WORDS = {
    "en": "the of and to in that for with is be by on was are which from this have not",
    "fr": "les et dans du des une est pour qui par sur aux ou avec cette sont leur être au",
    "es": "los el y las del con su al más sobre sus según han ha fue sin entre lo",
    "de": "der die und den von zu mit ist für auf dem nicht ein eine auch sich wird",
    "pt": "os da do em uma com não dos das ao mais são pelo pela nos aos foi à",
}
_COMMON = {word: code for code, words in _WORDS.items() for word in words.split()}
_SCRIPTS = (
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff\ufb50-\ufeff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
)
_ASCII = re.compile(r"[\x00-\x7f]+")
_NAMES = {
    "english|anglais|inglés|английский|الانكليزية|英文": "en",
    "french|français|francés|французский|الفرنسية|法文": "fr",
    "spanish|espagnol|español|испанский|الاسبانية|西班牙文": "es",
    "russian|russe|ruso|русский|الروسية|俄文": "ru",
    "arabic|arabe|árabe|арабский|العربية|阿拉伯文": "ar",
    "chinese|chinois|chino|китайский|الصينية|中文": "zh",
}
_NAMED = {name: code for names, code in _NAMES.items() for name in names.split("|")}
_ENOUGH = 0.25
# A language in which this share of a paper is written is one of the paper's.
SHARE = 0.25
# Pieces of text with fewer letters say too little.
_MIN_LETTERS = 25


def named(text: str) -> tuple[str, ...]:
    """Languages that a masthead names, as ISO 639-1, in order."""
    lowered = text.casefold()
    found = sorted((lowered.find(name), code) for name, code in _NAMED.items() if name in lowered)
    return tuple(dict.fromkeys(code for _, code in found))


# The language of a paragraph is plain from its first lines.
ENOUGH_LETTERS = 600


def detect(text: str) -> str | None:
    """
    The language most of a text is written in, ISO 639-1; None when there is too little text.

    Source: counts of function words; the script decides for Russian, Arabic and Chinese.
    """
    letters = sum(map(str.isalpha, text))
    if not letters:
        return None
    others = "" if text.isascii() else _ASCII.sub("", text)
    for code, script in _SCRIPTS if others else ():
        if len(script.findall(others)) > _ENOUGH * letters:
            return code
    counts = Counter(
        _COMMON[word] for word in re.findall(r"[^\W\d_]+", text.casefold()) if word in _COMMON
    )
    return counts.most_common(1)[0][0] if counts else None


def spoken(texts: Iterable[str]) -> tuple[str, ...]:
    """
    Languages that a good part of a paper is written in, in order of their first piece.

    Args:
        texts: The paper's paragraphs or lines.
    """
    letters: Counter[str] = Counter()
    for text in texts:
        if len(text) >= _MIN_LETTERS and (code := detect(text[:ENOUGH_LETTERS])):
            letters[code] += len(text)
    least = SHARE * sum(letters.values())
    return tuple(code for code, count in letters.items() if count >= least)

"""
words that no paper has -> the nearest ones that papers have.

Why only such words: a rare word is what an expert may be looking for; one that occurs nowhere
finds nothing as it is. Why the words of the papers and no dictionary: names and terms of
working groups are in none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from wgsearch.index.terms import fields_of, folded, is_ideographs, is_stop_word, words
from wgsearch.papers import languages, symbols

if TYPE_CHECKING:
    from collections.abc import Collection

    from wgsearch.index.lexical import LexicalIndex

# One slip of the hand in a short word, two in a long one; shorter words are near too many.
_SHORTEST = 4
_LONG = 8
# Where more words are strange than so many, and than this share, they are names or another
# language's, not misspelt.
_MOST_STRANGE = 3
_MOST_STRANGE_SHARE = 0.5
# Of words equally near, so many are compared by how common they are.
_COMPARED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """
    A question with other words for those that no paper has.

    Attributes:
        text: The whole question, corrected.
        replaced: Words as typed, and the ones that stand for them.
    """

    text: str
    replaced: dict[str, str]


def correct(lexical: LexicalIndex, text: str, *, leave: Collection[str] = ()) -> Correction | None:
    """
    Near words of the index for words of a question that it has in no form.

    Args:
        lexical: The index.
        text: The question as typed.
        leave: Words of it that are no words asked for: left out, or beginnings of words.

    Returns:
        None where every word is found, nothing is near, or no paper has the question's language.
    """
    spoken = languages.detect(text)
    if spoken and not {*fields_of(spoken)} <= {*lexical.languages}:
        return None
    named = set(words(" ".join(symbols.find(text))))
    left = {word for each in leave for word in words(each)}
    telling = [
        word
        for word in dict.fromkeys(words(text))
        if word not in named and word not in left and not is_stop_word(word, spoken)
    ]
    strange = [
        word
        for word in telling
        if len(word) >= _SHORTEST
        and word.isalpha()
        and not is_ideographs(word)
        # An acronym is near many, unless all is typed in capitals.
        and (text.isupper() or not word.isupper())
        and not lexical.occurs(word)
    ]
    if not strange or len(strange) > max(_MOST_STRANGE, _MOST_STRANGE_SHARE * len(telling)):
        return None
    replaced = {word: near for word in strange if (near := _nearest(lexical, word))}
    if not replaced:
        return None
    pattern = "|".join(map(re.escape, replaced))
    corrected = re.sub(rf"\b(?:{pattern})\b", lambda match: replaced[match[0]], text)
    return Correction(text=corrected, replaced=replaced)


def _nearest(lexical: LexicalIndex, word: str) -> str | None:
    """The nearest word of the index, the commonest of equally near ones; None for none."""
    plain = folded(word)
    slips = 2 if len(plain) >= _LONG else 1
    found = process.extract(
        plain,
        lexical.vocabulary.near(plain, slips),
        scorer=OSA.distance,
        score_cutoff=slips,
        limit=_COMPARED,
    )
    # The first letter is seldom mistyped, and two slips leave it as it is.
    near = [
        (distance, form[0] != plain[0], -lexical.vocabulary[form].rows, form)
        for form, distance, _ in found
        if distance == 1 or form[0] == plain[0]
    ]
    if not near:
        return None
    best = lexical.vocabulary[min(near)[-1]].spelling
    return best.capitalize() if word[0].isupper() else best

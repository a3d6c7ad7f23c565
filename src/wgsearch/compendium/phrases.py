"""
text -> phrases that may name what it is about: runs of words that tell something.

Why runs between stop words and not a tagger: papers are in six languages, what is chosen is chosen
by how much of a topic it covers and how near it is in meaning, and a chance run is neither.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from wgsearch.index.terms import fields_of, telling_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# Words that stand within names: `abuse of a position of vulnerability`, `traite des personnes`.
_SMALL = (
    "of in for on to and the a an by with from at against de des du d la le les l del los las "
    "el y et en para por и в о об с для"
)
_WITHIN = frozenset(_SMALL.split())
# Words with which a paper speaks of its own parts: they join tables with tables, and tell nothing.
_PARTS_OF_PAPERS = (
    "table tables chapter chapters section sections paragraph paragraphs para paras annex "
    "annexes figure figures appendix footnote article articles art arts present paper document "
    "tableau tableaux chapitre chapitres paragraphe paragraphes cuadro cuadros capítulo "
    "capítulos párrafo párrafos anexo anexos таблица глава пункт пункта приложение"
)
_OF_PAPERS = frozenset(_PARTS_OF_PAPERS.split())
# Words that tie others together, and that lists for searching leave in: no name has them.
_TYING = (
    "may might cannot shall ought wish wishes because although though whereas while unless "
    "whether since until without within upon among amongst across behind beyond despite per "
    "cent percent via also always never often still already almost rather even yet every either "
    "neither another many much least less several none like including compared"
)
_TIES = frozenset(_TYING.split())
# Phrases that name who speaks or is spoken to, not what about.
_ACTORS = re.compile(
    r"(?:the )?(?:[\w-]+ ){0,3}(?:working group(?: on .+)?|secretariat|secretary-general"
    r"|conference(?: of (?:the )?(?:states )?parties)?|(?:sub)?committee|commission|council|bureau"
    r"|united nations|general assembly|states part(?:y|ies)|member states|delegations?|speakers?"
    r"|sessions?|meetings?|sessions? in .+|(?:agenda )?items?|reports?|recommendations?"
    r"|resolutions?|decisions?|following questions?)"
    r"|(?:groupe de travail|secrétariat|états parties|grupo de trabajo|secretaría|estados partes"
    r"|рабочая группа|государства-участники)(?: .+)?"
    r"|(?:the )?(?:group|states?|part(?:y|ies)|governments?|countries|participants|experts?"
    # What a reader is asked to do: `consider a case`.
    r"|(?:consider|imagine|suppose)(?: .+)?"
    r"|(?:exchanges? (?:of )?)?views(?: .+)?|(?:.+ )?(?:working group|states parties)(?: .+)?"
    r"|per cent|cases?|persons?|people|ways?|box|boxes)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*[^\W_])?")
# A number ends a run, or `from 27 to 28 June` would be a run `from to June` that nobody printed.
_PARTS = re.compile(r"[^\w\s’'-]+|\s[-–—]\s|\n|(?<!\w)[^\W_]*\d[\w’'-]*")
# Telling words of a name; longer runs are looked at to tell parts of formulas from names.
LONGEST = 4
_LONGEST_RUN = 7
_MOST_WITHIN = 2
# A phrase is part of a longer one that so large a share of its paragraphs has.
_MOSTLY = 0.75
# A single letter says nothing.
_LEAST_LETTERS = 3


class Phrase(NamedTuple):
    """
    A phrase of a text.

    Attributes:
        words: As first printed.
        is_whole: Somewhere no telling word comes after it: `victims of sexual` is none.
    """

    words: str
    is_whole: bool


def names_nothing(phrase: str) -> bool:
    """Whether a phrase says who, how many or where in a paper, but not what it is about."""
    return _ACTORS.fullmatch(phrase.strip()) is not None


def phrases(text: str, language: str) -> dict[str, Phrase]:
    """
    Phrases of a text by themselves in lower case.

    Runs of one to seven telling words, with at most two small words (`of a`) between two of them.
    """
    found: dict[str, Phrase] = {}
    for part in _PARTS.split(text):
        for each in _runs(_WORD.findall(part), language):
            key = each.words.casefold()
            known = found.get(key)
            if known is None or (each.is_whole and not known.is_whole):
                found[key] = known._replace(is_whole=True) if known else each
    return found


def standing(counts: Mapping[str, int]) -> list[str]:
    """
    Phrases that stand by themselves: those that mostly stand within a longer one are parts of it.

    Args:
        counts: Phrases in lower case -> in how many paragraphs.
    """
    within: dict[str, int] = {}
    for phrase, count in counts.items():
        words = phrase.split()
        for first in range(len(words)):
            for last in range(first + 1, len(words) + 1):
                if last - first < len(words):
                    part = " ".join(words[first:last])
                    within[part] = max(within.get(part, 0), count)
    return [each for each, count in counts.items() if within.get(each, 0) < _MOSTLY * count]


def told(phrase: str, language: str) -> int:
    """Number of telling words in a phrase."""
    return sum(_is_telling(each, language) for each in phrase.casefold().split())


def _runs(words: Sequence[str], language: str) -> Iterator[Phrase]:
    tells = [_is_telling(word.casefold(), language) for word in words]
    ends = [not after for after in (*tells[1:], False)]
    for first in range(len(words)):
        if not tells[first]:
            continue
        telling, small = 1, 0
        if len(words[first]) >= _LEAST_LETTERS:
            yield Phrase(words[first], ends[first])
        for last in range(first + 1, len(words)):
            if tells[last]:
                telling, small = telling + 1, 0
                if telling > _LONGEST_RUN:
                    break
                yield Phrase(" ".join(words[first : last + 1]), ends[last])
            elif words[last].casefold() in _WITHIN and small < _MOST_WITHIN:
                small += 1
            else:
                break


@lru_cache(maxsize=200_000)
def _is_telling(word: str, language: str) -> bool:
    """Whether a word, in lower case, is none of the small words of its language."""
    if word in _WITHIN or word in _OF_PAPERS or word in _TIES:
        return False
    return any(telling_tokens(word, field) for field in fields_of(language))

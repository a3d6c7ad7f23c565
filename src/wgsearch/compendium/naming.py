"""
clusters of paragraphs -> names that a person would give them.

Why from headings first: the editors of a paper have named what stands under a heading; where the
paragraphs of a topic stand under many, a phrase that most of them share and few others have says
it. All compete: what covers the topic and nothing else, and is near to it in meaning, names it.
docs/decisions/0025-themes.md tells what was looked at.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from wgsearch.compendium.likening import unit
from wgsearch.compendium.phrases import LONGEST, names_nothing, phrases, standing, told
from wgsearch.compendium.questions import is_general
from wgsearch.compendium.weighing import words_of
from wgsearch.register.topics import topic_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from numpy.typing import NDArray

    from wgsearch.compendium.gather import Paragraphs

    Rows = NDArray[np.float32]
    Labels = NDArray[np.int64]
    Encode = Callable[[Sequence[str]], Rows]

NamedBy = Literal["heading", "phrases"]

# Phrases are looked for in so many paragraphs nearest to the middle.
_LOOKED_IN = 40
# Candidates of each kind that compete for a name.
_CANDIDATES = 12
# A name of more letters is a sentence.
_LONGEST = 90
_MOST_WORDS = 12
# What each sign counts: what it covers, how near it is, the share that stands under it, a heading
# as such, a standard term.
_COVERS, _NEAR, _UNDER, _HEADING, _STANDARD = 1.5, 1.0, 0.8, 0.1, 0.15
# A name in one word is less telling, with an article (`The act`) or without; a heading that asks
# (`Who sees victims`) names a question within a topic, and one that opens with a small word
# (`Before the trial`) leans on the headings around it.
_ONE_WORD, _ASKING, _LEANING = -0.4, -0.6, -0.4
# Under a heading that names a topic, and is in no words of its paragraphs, so many of them stand.
_CORNER = 0.12
# Key phrases of a lower score are chance; three are shown anyway.
_TELLING, _LEAST_TERMS = 0.35, 3
# What so large a share of all paragraphs has is what all of them are about.
_COMMON = 0.25
_TERMS = 8
# A topic of so large a share of a theme may name it; what covers so much of it does by itself.
_OF_THEME = 0.15
_COVERING = 0.5


_ARTICLE = re.compile(r"(?:the|an?|les?|la|l’|l'|los|las|el|une?)(?:\s+|(?<=[’']))", re.IGNORECASE)
_ASKS = re.compile(
    r"\b(?:who|whom|whose|what|which|when|where|why|how|qui|que|quoi|quels?|quelles?|quand|où|comment"
    r"|pourquoi|quién(?:es)?|qué|cuáles|cuál|cuándo|dónde|cómo|кто|что|как|какие|когда|где|почему)\b"
    r"|[?？؟]",
    re.IGNORECASE,
)

# What numbers the parts of a paper, before or without the words of their heading.
_LABEL = re.compile(
    r"^(?:(?i:chapter|section|part|annex|appendix|draft (?:resolution|decision)|subprogramme|rule"
    r"|chapitre|annexe|capítulo|anexo) (?:[IVXLC]+|[ivxlc]+|\d+|[A-Z])(?:-\w)?(?![\w’'-])[.:]?"
    r"|[A-Z]\.(?!\w))\s*"
)
# Of a heading so much is letters.
_LETTERS = 0.6

_NONE = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Name:
    """
    What a cluster is called.

    Attributes:
        name: The words.
        named_by: Where they are from.
        terms: Key phrases, the most telling first.
        share: Of its paragraphs, how many stand under these words or hold them all.
    """

    name: str
    named_by: NamedBy
    terms: tuple[str, ...]
    share: float


class _Candidate:
    """Words that may name a cluster."""

    def __init__(
        self, words: str, named_by: NamedBy, stems: frozenset[str], under: float, language: str
    ) -> None:
        self.leans = _leans(words, language)
        self.words, self.named_by, self.stems, self.under = words, named_by, stems, under
        self.covers = self.near = self.share = 0.0
        self.is_standard = False
        self.is_said = named_by == "phrases"

    @property
    def score(self) -> float:
        """What speaks for it."""
        # A heading over a corner of a topic has its words all over it by chance.
        certain = 1.0 if self.is_said else min(1.0, self.under / _CORNER)
        return (
            _COVERS * self.covers * certain
            + _NEAR * self.near
            + _UNDER * self.under
            + _HEADING * (self.named_by == "heading")
            + _STANDARD * self.is_standard
            + _ONE_WORD * _is_one_word(self.words)
            + _ASKING * (_ASKS.search(self.words) is not None)
            + _LEANING * self.leans
        )


class Namer:
    """
    Names clusters of paragraphs.

    Args:
        paragraphs: All of them.
        words: The words of each that tell something.
        encode: Texts -> unit vectors.
        standard: Standard terms of the field, preferred.
    """

    def __init__(
        self,
        paragraphs: Paragraphs,
        words: Sequence[Collection[str]],
        encode: Encode,
        standard: Iterable[str] = (),
    ) -> None:
        self._paragraphs, self._encode = paragraphs, encode
        self._standard = {_bare(each) for each in standard}
        rows_of: defaultdict[str, list[int]] = defaultdict(list)
        self._headings: list[tuple[str, ...]] = []
        self._middle = paragraphs.vectors.mean(axis=0) if len(words) else 0
        for row, passage in enumerate(paragraphs.passages):
            headings = _headings_of(passage.heading_path)
            self._headings.append(headings)
            said = set(words[row]).union(
                *(words_of(each, passage.language) for each in headings[-1:])
            )
            for word in said:
                rows_of[word].append(row)
        self._rows_of = defaultdict(
            lambda: _NONE, {word: np.array(rows) for word, rows in rows_of.items()}
        )

    def names(self, members: Sequence[Sequence[int]], *, titles: bool = False) -> list[Name]:
        """
        A name for each cluster, no two alike.

        Args:
            members: Rows of each, nearest to its middle first.
            titles: Titles of papers may name them, too.
        """
        label_of = np.full(len(self._paragraphs.passages), -1, dtype=np.int64)
        for at, rows in enumerate(members):
            label_of[list(rows)] = at
        sizes = np.array([len(rows) for rows in members])
        found = [self._candidates(rows, titles=titles) for rows in members]
        self._weigh(found, label_of, sizes)
        self._compare(found, members)
        return _chosen([sorted(some, key=lambda e: (-e.score, e.words)) for some in found], sizes)

    def terms(self, rows: Sequence[int]) -> tuple[str, ...]:
        """Key phrases of a cluster, the most telling first."""
        language = self._paragraphs.passages[rows[0]].language
        return _apart(
            (_cased(each), frozenset(words_of(each, language)))
            for each in self._phrases(rows, language)
        )

    def _candidates(self, rows: Sequence[int], *, titles: bool) -> list[_Candidate]:
        passages = self._paragraphs.passages
        under: Counter[str] = Counter()
        printed: dict[str, Counter[str]] = defaultdict(Counter)
        for row in rows:
            named = list(self._headings[row])
            if titles and (title := _title_of(passages[row].title)):
                named.append(title)
            for heading in {_bare(each): each for each in named}.items():
                under[heading[0]] += 1
                printed[heading[0]][heading[1]] += 1
        found: dict[str, _Candidate] = {}
        languages = Counter(passages[row].language for row in rows)
        language = min(languages, key=lambda each: (-languages[each], each))
        for bare, count in sorted(under.items(), key=lambda e: (-e[1], e[0]))[:_CANDIDATES]:
            words = min(printed[bare], key=lambda each: (-printed[bare][each], each))
            stems = frozenset(words_of(words, language))
            if stems:
                found[bare] = _Candidate(
                    _cased(words), "heading", stems, count / len(rows), language
                )
        for phrase in self._phrases(rows, language):
            stems = frozenset(words_of(phrase, language))
            if (known := found.get(_bare(phrase))) is not None:
                known.is_said = True
            elif stems:
                found[_bare(phrase)] = _Candidate(_cased(phrase), "phrases", stems, 0.0, language)
        for bare, each in found.items():
            each.is_standard = bare in self._standard
        return list(found.values())

    def _phrases(self, rows: Sequence[int], language: str) -> list[str]:
        """Phrases of a cluster as printed: those of most paragraphs and of rarest words first."""
        counts: Counter[str] = Counter()
        whole: Counter[str] = Counter()
        printed: dict[str, str] = {}
        looked = rows[:_LOOKED_IN]
        for row in looked:
            passage = self._paragraphs.passages[row]
            if passage.language != language:
                continue
            for phrase, each in phrases(self._paragraphs.texts[row], language).items():
                counts[phrase] += 1
                whole[phrase] += each.is_whole
                printed.setdefault(phrase, each.words)
        least = 1 if len(looked) < 3 else 2  # noqa: PLR2004 - of two paragraphs, each is half
        kept = {phrase: count for phrase, count in counts.items() if count >= least}
        total = len(self._headings)
        weighed = {}
        for phrase in standing(kept):
            stems = words_of(phrase, language)
            rarity = sum(math.log((1 + total) / (1 + len(self._rows_of[each]))) for each in stems)
            weighed[phrase] = kept[phrase] * rarity
        best: list[str] = []
        for phrase in sorted(weighed, key=lambda each: (-weighed[each], each)):
            if whole[phrase] >= least and self._may_name(
                phrase, language, is_part=len(looked) < total
            ):
                best.append(printed[phrase])
            if len(best) == _CANDIDATES:
                break
        return best

    def _may_name(self, phrase: str, language: str, *, is_part: bool) -> bool:
        """Whether a phrase can name a topic that is part of all, or all."""
        stems = frozenset(words_of(phrase, language))
        if not stems or names_nothing(phrase) or told(phrase, language) > LONGEST:
            return False
        return not is_part or len(self._holding(stems)) <= _COMMON * len(self._headings)

    def _weigh(
        self, found: Sequence[Sequence[_Candidate]], label_of: Labels, sizes: Labels
    ) -> None:
        """How much of its cluster each candidate covers, and how little else (F1)."""
        known: dict[frozenset[str], NDArray[np.int64]] = {}
        for at, some in enumerate(found):
            for each in some:
                if each.stems not in known:
                    rows = self._holding(each.stems)
                    labels = label_of[rows]
                    known[each.stems] = np.bincount(labels[labels >= 0], minlength=len(sizes))
                held = known[each.stems]
                inside = held[at]
                each.covers = float(2 * inside / (held.sum() + sizes[at])) if inside else 0.0
                each.share = max(each.under, float(inside / sizes[at]))

    def _holding(self, stems: frozenset[str]) -> NDArray[np.int64]:
        """Rows that have all of some words, in order."""
        listed = sorted((self._rows_of[each] for each in stems), key=len)
        rows = listed[0]
        for other in listed[1:]:
            if not len(rows) or not len(other):
                return _NONE
            at = np.minimum(np.searchsorted(other, rows), len(other) - 1)
            rows = rows[other[at] == rows]
        return rows

    def _compare(
        self, found: Sequence[Sequence[_Candidate]], members: Sequence[Sequence[int]]
    ) -> None:
        """How much nearer each candidate is to its cluster than the others are."""
        words = sorted({each.words for some in found for each in some})
        if not words:
            return
        vectors = self._encode(words)
        vectors = unit(vectors - vectors.mean(axis=0)) if len(words) > 1 else vectors
        where = {each: at for at, each in enumerate(words)}
        for rows, some in zip(members, found, strict=True):
            centre = unit((self._paragraphs.vectors[list(rows)].mean(axis=0) - self._middle)[None])
            for each in some:
                each.near = float(centre[0] @ vectors[where[each.words]])


def _chosen(found: Sequence[Sequence[_Candidate]], sizes: Labels) -> list[Name]:
    """The best of each; where two clusters are best named alike, the larger keeps the name."""
    names: list[Name | None] = [None] * len(found)
    taken: set[str] = set()
    order = sorted(range(len(found)), key=lambda at: (-_best(found[at]), -sizes[at], at))
    for at in order:
        some = [each for each in found[at] if each.named_by == "phrases"]
        terms = _apart(
            (each.words, each.stems)
            for place, each in enumerate(some)
            if place < _LEAST_TERMS or each.score >= _TELLING
        )
        free = [each for each in found[at] if _bare(each.words) not in taken]
        if free:
            name = Name(free[0].words, free[0].named_by, terms, free[0].share)
        else:
            name = Name(f"Other matters {at + 1}", "phrases", terms, 0.0)
        taken.add(_bare(name.name))
        names[at] = name
    return [each for each in names if each is not None]


def of_theme(topics: Sequence[tuple[str, int]], covering: Name) -> str:
    """
    What a theme is called: what covers most of it, else its largest topics.

    Args:
        topics: Name and number of paragraphs of each of its topics.
        covering: The best name of all its paragraphs together.
    """
    if len(topics) == 1:
        return topics[0][0]
    if covering.share >= _COVERING and " " in covering.name:
        return covering.name
    largest = sorted(topics, key=lambda each: (-each[1], each[0]))
    whole = sum(count for _, count in topics)
    named = [name for name, count in largest[:2] if count >= _OF_THEME * whole] or [largest[0][0]]
    return "; ".join((named[0], *(_within(each) for each in named[1:])))


def _within(name: str) -> str:
    """A name as it stands within another one."""
    first = name.split(maxsplit=1)[0]
    return name if not first[1:].islower() and len(first) > 1 else name[:1].lower() + name[1:]


def _apart(phrases: Iterable[tuple[str, frozenset[str]]]) -> tuple[str, ...]:
    """Key phrases, without those all of whose words one before them has."""
    kept: dict[str, frozenset[str]] = {}
    for words, stems in phrases:
        if not any(stems <= other for other in kept.values()):
            kept[words] = stems
    return tuple(kept)[:_TERMS]


def _is_one_word(words: str) -> bool:
    """Whether a name is a single word, but for an article before it."""
    article = _ARTICLE.match(words)
    return " " not in words[article.end() if article else 0 :].strip()


def _leans(words: str, language: str) -> bool:
    """Whether a name opens with a small word that is no article."""
    first = words.split(maxsplit=1)[0]
    return first.isalpha() and not told(first, language) and _ARTICLE.match(words) is None


def _best(some: Sequence[_Candidate]) -> float:
    return some[0].score if some else 0.0


def _headings_of(path: Sequence[str]) -> tuple[str, ...]:
    """Headings that name what is under them, without labels, outermost first."""
    found = (_LABEL.sub("", topic_of([each]) or "") for each in path)
    return tuple(
        each
        for each in found
        if _is_words(each) and not is_general(each) and len(each) <= _LONGEST
        and len(each.split()) <= _MOST_WORDS
    )  # fmt: skip


def _is_words(heading: str) -> bool:
    """Whether a heading is words, and no symbol, number or speck of a scan."""
    letters = sum(each.isalpha() for each in heading)
    return letters > 1 and letters >= _LETTERS * len("".join(heading.split()))


def _title_of(title: str | None) -> str | None:
    """The words of a title that name its subject: those before a colon or a note of its kind."""
    words = re.split(r"\s*[:;–—]\s|\n", title or "", maxsplit=1)[0].strip()
    return words if words and len(words) <= _LONGEST and not is_general(words) else None


def _cased(words: str) -> str:
    """A name as a sentence begins; what is all in capitals is written small."""
    if words.isupper() and " " in words:
        words = words.lower()
    return words[:1].upper() + words[1:]


def _bare(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))

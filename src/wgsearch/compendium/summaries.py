"""
the paragraphs of a topic -> a brief summary in their own words.

Why chosen together: the sentences nearest to a topic say one thing six times, out of one paper; a
summary has to cover what its paragraphs say, and to hear several papers and years.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wgsearch.announcements import is_announcement
from wgsearch.compendium.records import Sentence
from wgsearch.compendium.standing import is_unsaid, standing
from wgsearch.compendium.weighing import words_of
from wgsearch.papers.paper import PaperKind, ParagraphKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from wgsearch.compendium.gather import Paragraphs
    from wgsearch.compendium.grouping import Cluster
    from wgsearch.compendium.records import Place
    from wgsearch.compendium.weighing import Weights
    from wgsearch.passages import Passage

LEAST = 3
MOST = 6
# One sentence more for so many paragraphs.
A_SENTENCE = 6
# Sentences are taken from so many paragraphs at most, nearest to the middle of the topic.
_READ = 120
# A word said once is worth so much when it is said again.
_AGAIN = 0.3
# Words in common, of the shorter one's, from which two sentences say the same.
_SAME = 0.6
# Worth of a sentence, beside 1: not the first of its paragraph; of a paper, or year, that has been
# heard; long; of speakers of a meeting; a recommendation, which is listed as such; one that says
# what the topic is.
_LATER, _HEARD, _SAME_YEAR, _LONG, _SPEAKERS, _ASKS, _DEFINES = 0.75, 0.6, 0.85, 0.8, 0.5, 0.5, 1.4
# It compares with something that it does not name; it speaks of "the loan", and of which is not
# said in its first words.
_COMPARES, _UNSAID = 0.7, 0.7
# It has a word of the topic's name; its paragraph is the one of the topic farthest from its middle.
_NAMES, _FARTHEST = 1.3, 0.35
# Of the paragraphs of a topic so many are near to it; in others a sentence must have a word of its
# name, or it is on something else.
_OWN = 0.8
_LONG_FROM = 38
_USUAL_WORDS = 24
_BREVITY = 0.35
# What a sentence adds may fall to this share of what the first one added.
_WORTH = 0.12
# A sentence that says what the topic is opens the summary from this share of the best one's score.
_OPENS = 0.4
# What nearness to paragraphs counts beside words of the topic, which add up to 1.
_NEARNESS = 0.25

_SAID_BY = re.compile(
    r"\b(?:speakers?|views|supporters|opponents|proponents|commentators|observers|comments"
    r"|delegations?|delegates?|panell?ists?|participants?|representatives?)\b"
    r"|\b(?:was|were) (?:noted|stressed|underlined|highlighted|suggested|observed)\b",
    re.IGNORECASE,
)
_DEFINITION = re.compile(
    r"^(?P<subject>(?:an? |the |[A-Z][\w-]+ )?(?:[\w’'-]+ ){0,7}?)"
    r"(?:(?:is|are|was|were) (?:defined|understood|an?|the|any|one of|used|those|when)"
    r"|means?|refers? to|consists? (?:of|in)|compris\w+|covers?"
    r"|describes?|denotes?|includes?|arises?|occurs?|takes? place)\b"
    r"|\b(?:is|are|was|were) defined\b|\bdefin(?:es|ition of)\b"
    r"|\b(?:désigne|s’entend|est défini\w*|se entiende|se define|означает|определяется)\b"
    r"|是指|指的是|يقصد|يُعرَّف",
)
_POINTED = re.compile(r"\b(?:this|these|such|those(?! who))\b", re.IGNORECASE)
_COMPARED = re.compile(
    r"\b(?:easier|harder|better|worse|larger|smaller|greater|higher|lower|sooner|later|stronger"
    r"|weaker|faster|slower|(?:more|less) \w+)\b(?!.*\bthan\b)",
    re.IGNORECASE,
)
_FIRST_WORDS = 9
# What a report says of a meeting is what was said there.
_REPORTS = (PaperKind.REPORT, PaperKind.DRAFT_REPORT)


class _Candidate(NamedTuple):
    """
    A sentence that may be chosen.

    Attributes:
        text: Verbatim.
        row: Position of its paragraph among those of the topic.
        words: Its stems.
        worth: What its form is worth, around 1.
        defines: It says what the topic is.
    """

    text: str
    row: int
    words: frozenset[str]
    worth: float
    defines: bool


def summary(paragraphs: Paragraphs, weights: Weights, cluster: Cluster) -> tuple[Sentence, ...]:
    """
    Sentences that together say most of what a topic's paragraphs say, each verbatim.

    Args:
        paragraphs: All paragraphs.
        weights: What words tell.
        cluster: The topic.

    Returns:
        First the one that says what the topic is, or else the one that tells most of it; then by
        date and paragraph. Fewer than three only where fewer can stand alone.
    """
    language = spoken(paragraphs, cluster)
    told = _told(paragraphs, weights, cluster, language)
    read = _read(paragraphs, cluster, language)
    candidates = _candidates(paragraphs, cluster, read, language, told)
    if len({each.row for each in candidates}) < LEAST:
        candidates = _candidates(paragraphs, cluster, read, language, told, is_strict=False)
    # What is recommended is listed under the summary; it is said twice only where little else is.
    others = [each for each in candidates if not _recommends(paragraphs, cluster, each)]
    if len({each.row for each in others}) >= LEAST:
        candidates = others
    wanted = min(MOST, LEAST + len(cluster.rows) // A_SENTENCE)
    chosen = _chosen(candidates, _Heard(paragraphs, cluster, read, told), wanted)
    placed = [(paragraphs.places[cluster.rows[each.row]], each) for each in chosen]
    ordered = [each for _, each in sorted(placed, key=lambda pair: _order(pair[0]))]
    # The first one chosen tells most; what follows is told in its order.
    if chosen:
        opening = next((each for each in chosen if each.defines), chosen[0])
        ordered.remove(opening)
        ordered.insert(0, opening)
    return tuple(
        Sentence(text=each.text, place=paragraphs.places[cluster.rows[each.row]])
        for each in ordered
    )


def _recommends(paragraphs: Paragraphs, cluster: Cluster, candidate: _Candidate) -> bool:
    """Whether a sentence is of a recommendation."""
    return paragraphs.passages[cluster.rows[candidate.row]].recommendation is not None


def spoken(paragraphs: Paragraphs, cluster: Cluster) -> str:
    """The language that most of a topic's paragraphs are in; of equals English."""
    counts: dict[str, int] = {}
    for row in cluster.rows:
        language = language_of(paragraphs, row)
        counts[language] = counts.get(language, 0) + 1
    return min(counts, key=lambda each: (-counts[each], each != "en", each))


def language_of(paragraphs: Paragraphs, row: int) -> str:
    """Language of a paragraph."""
    passage = paragraphs.passages[row]
    return (passage.lang or passage.language).partition("+")[0]


def _told(
    paragraphs: Paragraphs, weights: Weights, cluster: Cluster, language: str
) -> Mapping[str, float]:
    """What words tell of a topic, by its paragraphs in its language."""
    pairs = zip(cluster.rows, cluster.closeness, strict=True)
    own = [(row, near) for row, near in pairs if language_of(paragraphs, row) == language]
    return weights.of_topic([row for row, _ in own], [near for _, near in own])


def _read(paragraphs: Paragraphs, cluster: Cluster, language: str) -> list[int]:
    """Positions of paragraphs that sentences are taken from, each text once."""
    found: dict[str, int] = {}
    for at, row in enumerate(cluster.rows):
        text = paragraphs.texts[row]
        if (
            text not in found
            and language_of(paragraphs, row) == language
            and paragraphs.passages[row].paragraph_kind is not ParagraphKind.TABLE_ROW
            and not is_announcement(text)
        ):
            found[text] = at
            if len(found) == _READ:
                break
    return list(found.values())


def _candidates(
    paragraphs: Paragraphs,
    cluster: Cluster,
    read: Sequence[int],
    language: str,
    told: Mapping[str, float],
    *,
    is_strict: bool = True,
) -> list[_Candidate]:
    """Sentences that can stand alone and have a word of the topic."""
    name = frozenset(words_of(cluster.name, language))
    heads = name | frozenset(words_of(" ".join(cluster.terms[:3]), language))
    own = _OWN * len(cluster.rows)
    found: list[_Candidate] = []
    for at in read:
        row = cluster.rows[at]
        passage = paragraphs.passages[row]
        for each in standing(paragraphs.texts[row], language, is_strict=is_strict):
            words = frozenset(words_of(each.text, language))
            defines = each.at <= 1 and _defines(each.text, name, language)
            if any(term in told for term in words) and (at < own or heads & words):
                worth = _worth(each.text, each.at, each.words, passage, defines=defines)
                worth *= _NAMES if heads & words else _UNSAID if is_unsaid(each.text) else 1.0
                found.append(_Candidate(each.text, at, words, worth, defines))
    return found


def _defines(text: str, name: frozenset[str], language: str) -> bool:
    """Whether a sentence says what the thing is that a topic is called by."""
    found = _DEFINITION.search(text)
    if found is None or _SAID_BY.search(text):
        return False
    subject = found["subject"] or " ".join(text.split()[:_FIRST_WORDS])
    return len(name & frozenset(words_of(subject, language))) * 2 >= max(len(name), 1)


def _worth(text: str, at: int, words: int, passage: Passage, *, defines: bool) -> float:
    """What the form of a sentence is worth."""
    worth = _LATER if at else 1.0
    worth *= _LONG if words > _LONG_FROM else 1.0
    is_report = passage.kind in _REPORTS and passage.recommendation is None
    worth *= _SPEAKERS if is_report or _SAID_BY.search(text) else 1.0
    worth *= _LATER if _POINTED.search(text) else 1.0
    worth *= _ASKS if passage.recommendation is not None else 1.0
    worth *= _COMPARES if _COMPARED.search(text) else 1.0
    worth *= _DEFINES if defines else 1.0
    return worth * float((_USUAL_WORDS / (_USUAL_WORDS + words)) ** _BREVITY)


def _chosen(candidates: Sequence[_Candidate], heard: _Heard, wanted: int) -> list[_Candidate]:
    """Greedily the sentence that adds most, so many of a paper at most."""
    papers = len({heard.place(each).symbol for each in candidates}) or 1
    cap = -(-wanted // papers) + (1 < papers < wanted)
    rest = list(candidates)
    first = 0.0
    while rest and len(heard.chosen) < wanted:
        scores = heard.scores(rest)
        best = max(range(len(rest)), key=lambda at: (scores[at], -at))
        if not heard.chosen:
            # What the topic is has to be said, where it is said nearly as well as anything else.
            said = [at for at, each in enumerate(rest) if each.defines]
            most = max(said, key=lambda at: (scores[at], -at), default=best)
            best = most if scores[most] >= _OPENS * scores[best] else best
        first = first or scores[best]
        if len(heard.chosen) >= LEAST and scores[best] < _WORTH * first:
            break
        taken = rest[best]
        heard.add(taken)
        rest = [
            each
            for each in rest
            if each.row != taken.row
            and heard.papers[heard.place(each).symbol] < cap
            and not _alike(each.words, taken.words)
        ]
    return heard.chosen


class _Heard:
    """
    Sentences that were chosen, and what another one would add to them.

    What it adds are words of the topic that were not said, and nearness to paragraphs that were
    not near to any (facility location).

    Source: Lin and Bilmes, A class of submodular functions for document summarization (2011).
    """

    def __init__(
        self,
        paragraphs: Paragraphs,
        cluster: Cluster,
        read: Sequence[int],
        told: Mapping[str, float],
    ) -> None:
        self._places = [paragraphs.places[row] for row in cluster.rows]
        far = max(cluster.closeness) - np.asarray(cluster.closeness)
        self._closeness = 1 - (1 - _FARTHEST) * far / (far.max() or 1.0)
        self._told = told
        vectors = paragraphs.vectors[list(cluster.rows)]
        self._column = {at: column for column, at in enumerate(read)}
        self._near: NDArray[np.float32] = vectors @ vectors[[*read]].T
        usual = self._near.mean() if read else 0.0
        self._reached = np.full(len(vectors), usual, dtype=np.float32)
        self._said: Counter[str] = Counter()
        self._years: set[str] = set()
        self.papers: Counter[str] = Counter()
        self.chosen: list[_Candidate] = []

    def place(self, candidate: _Candidate) -> Place:
        """Where a sentence stands."""
        return self._places[candidate.row]

    def scores(self, candidates: Sequence[_Candidate]) -> list[float]:
        """What each of several sentences would add."""
        nearer = np.maximum(self._near - self._reached[:, None], 0).mean(axis=0)
        nearer = nearer / (nearer.max() or 1.0)
        return [self._adds(each, float(nearer[self._column[each.row]])) for each in candidates]

    def add(self, candidate: _Candidate) -> None:
        """Choose a sentence."""
        self.chosen.append(candidate)
        self._reached = np.maximum(self._reached, self._near[:, self._column[candidate.row]])
        self._said.update(candidate.words)
        self._years.add((self.place(candidate).date or "")[:4])
        self.papers[self.place(candidate).symbol] += 1

    def _adds(self, candidate: _Candidate, nearer: float) -> float:
        """What a sentence would add."""
        words = sum(
            self._told[term] * _AGAIN ** self._said[term]
            for term in candidate.words
            if term in self._told
        )
        place = self.place(candidate)
        worth = candidate.worth * (words + _NEARNESS * nearer)
        worth *= _HEARD if self.papers[place.symbol] else 1.0
        worth *= _SAME_YEAR if (place.date or "")[:4] in self._years else 1.0
        return worth * float(self._closeness[candidate.row])


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sentences say the same, by the words they have."""
    return len(one & other) >= _SAME * min(len(one), len(other))


def _order(place: Place) -> tuple[str, str, int]:
    """By date, paper and paragraph."""
    return place.date or "9999", place.symbol, place.index

"""
words, phrases and symbols -> rows by BM25: the only module that searches with tantivy.

Why one field for all languages: terms carry their language, so a stem is rare or common among
texts of its own, and lengths compare. Questions never reach tantivy's query parser: people
write quotes, slashes and colons that mean nothing there.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from math import log1p
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import tantivy

from wgsearch.errors import IndexDamagedError
from wgsearch.fusion import Ranking, ranked
from wgsearch.index.analysis import PAIRS, place
from wgsearch.index.terms import (
    fields_of,
    folded,
    neighbours,
    plain_words,
    telling,
    terms,
)
from wgsearch.index.vocabulary import Vocabulary
from wgsearch.papers import languages, symbols
from wgsearch.papers.citations import parse_citation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray


# Text counts most; a title is shared by all passages of a paper and must not drown their words.
# Notes mostly name sources: with more, passages come up that only cite what is asked about
# (docs/decisions/0015-notes-and-contents.md).
_BOOSTS = {"text": 1.0, "title": 0.5, "headings": 0.5, "notes": 0.3}
# Where the words of a question may stand for a passage to have them all.
_ABOVE = ("text", "title", "headings")
# Neighbours in the question that are neighbours in the text are more than two words in common.
_PAIRS_BOOST = 0.1
_SYMBOL_BOOST = 2.0
# A symbol in a text or note, beside its pieces that are words there; swept likewise.
_CITED_BOOST = 1.0
# Who names a paragraph wants it first, and then what else there is.
_PARAGRAPH_BOOST = 8.0
# More words of one question cost time and change little among the first ten.
MOST_WORDS = 200
_SLACK = 16
# Rows whose places are looked at when an index is opened.
_LOOKED_AT = 256


class Asked(NamedTuple):
    """
    Words to look for.

    Attributes:
        text: The words.
        weight: How much they count.
        language: Language whose texts they are looked for in; None for all.
        names: They are a citation, and only the paper or paragraph that it names is meant.
    """

    text: str
    weight: float = 1.0
    language: str | None = None
    names: bool = False


class _Word(NamedTuple):
    """A term in a part of passages, what it weighs there, and how many rows have it."""

    part: str
    term: str
    weight: float
    rows: int


class Phrase(NamedTuple):
    """
    Words that stand together as written, but for case and accents.

    Attributes:
        text: The words, in order.
        slop: How many words may stand between them, all gaps together; turning two words round
            takes two.
    """

    text: str
    slop: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """
    What rows must be, whatever the question.

    Attributes:
        papers: Numbers of papers; None allows all.
        phrases: What must stand in the text.
        excluded: What must not.
        prefixes: Beginnings of words; a word with each must stand in the text.
        recommends: They must recommend something.
    """

    papers: Sequence[int] | None = None
    phrases: tuple[Phrase, ...] = ()
    excluded: tuple[Phrase, ...] = ()
    prefixes: tuple[str, ...] = ()
    recommends: bool = False

    @property
    def narrows(self) -> bool:
        """Whether words are demanded or forbidden."""
        return bool(self.phrases or self.excluded or self.prefixes)


class LexicalIndex:
    """
    Rows by words in common.

    Args:
        folder: Folder of `write_lexical`.

    Raises:
        IndexDamagedError: The folder holds no such index.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._index = tantivy.Index.open(str(folder))
            # Files never change: no thread needs to watch them.
            self._index.config_reader(reload_policy="manual")
            self._index.reload()
            self._schema = self._index.schema
            self._searcher = self._index.searcher()
            found = self._searcher.terms_with_prefix("language", "")
        except (ValueError, OSError) as error:
            raise IndexDamagedError(
                f"{folder.name!r} cannot be read by tantivy ({error}); run `wgsearch build --full`"
            ) from error
        self.passages_in = dict(found)
        self.languages = tuple(sorted(self.passages_in))
        self.rows = int(self._searcher.num_docs)
        self._in_order = self._is_in_order()

    def top(self, asked: Sequence[Asked], k: int, within: Within) -> Ranking:
        """The best k rows that have a word that is asked for, or are of a paper that is named."""
        return self.ask(asked).top(k, within)

    def scores(self, asked: Sequence[Asked], rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """
        BM25 scores of named rows, 0 without a word in common.

        Args:
            asked: What is asked for.
            rows: *Shape:* (n,), all different.

        Returns:
            *Shape:* (n,).
        """
        return self.ask(asked).scores(rows)

    def ask(self, asked: Sequence[Asked]) -> Ranker:
        """What ranks by the words that are asked for: made once, asked for several things."""
        return Ranker(self, self._asked(asked))

    def best(self, query: tantivy.Query, k: int, within: Within) -> Ranking:
        """The best k rows of a query."""
        return self._found(self._restricted(query, within), k)

    def score(self, query: tantivy.Query, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """Scores of named rows by a query; 0 for those that it does not find."""
        occur = tantivy.Occur
        if not len(rows):
            return np.zeros(0)
        # A set of terms would be looked for among all rows, which takes four times as long.
        each = [tantivy.Query.term_query(self._schema, "row", row) for row in rows.tolist()]
        named = tantivy.Query.boolean_query([(occur.Should, one) for one in each])
        parts = [(occur.Must, query), (occur.Must, _unscored(named))]
        found = self._found(tantivy.Query.boolean_query(parts), len(rows))
        by_row = dict(zip(found.rows.tolist(), found.scores.tolist(), strict=True))
        return np.array([by_row.get(row, 0.0) for row in rows.tolist()], dtype=np.float64)

    def matching(self, within: Within) -> NDArray[np.int64]:
        """All rows that are within, ascending."""
        every = tantivy.Query.all_query()
        found = self._found(self._restricted(every, within), self.rows)
        return np.sort(found.rows)

    def having_any(self, asked: Sequence[Asked], within: Within) -> NDArray[np.int64]:
        """All rows that have a word that is asked for, ascending."""
        found = self._found(self._restricted(self._asked(asked), within), self.rows)
        return np.sort(found.rows)

    def having_all(self, asked: Sequence[Asked], within: Within) -> NDArray[np.int64]:
        """
        All rows, ascending, that have every telling word of something asked for in their text,
        title or headings, one at least in their text; or are of a paper or paragraph named.
        """
        query, occur = tantivy.Query, tantivy.Occur
        wholes = [
            self._every([f"{each}:{term}" for term in words])
            for text, _, language, names in asked
            if not names
            for each in (self.languages if language is None else fields_of(language))
            if (words := telling(text, each, language or languages.detect(text)))
        ]
        wholes += [query.term_query(self._schema, "symbol", named) for named in _named(asked)]
        if not wholes:
            return np.empty(0, dtype=np.int64)
        either = query.boolean_query([(occur.Should, whole) for whole in wholes])
        found = self._found(self._restricted(_unscored(either), within), self.rows)
        return np.sort(found.rows)

    def _every(self, terms: Sequence[str]) -> tantivy.Query:
        """Every term in a text or what stands above it, and one at least in the text."""

        def one_of(named: Iterable[tuple[str, str]]) -> tuple[tantivy.Occur, tantivy.Query]:
            found = [tantivy.Query.term_query(self._schema, *each) for each in named]
            should = [(tantivy.Occur.Should, each) for each in found]
            return tantivy.Occur.Must, tantivy.Query.boolean_query(should)

        above = [one_of((part, term) for part in _ABOVE) for term in terms]
        return tantivy.Query.boolean_query([*above, one_of(("text", term) for term in terms)])

    def idf(self, language: str, term: str) -> float:
        """
        How much a term tells, above 0: log(1 + (N - n + 0.5) / (n + 0.5)), as BM25 has it.

        Args:
            language: A name of `fields_of`.
            term: A term of a text in that language.
        """
        return self._idf("text", f"{language}:{term}")

    def _idf(self, field: str, term: str) -> float:
        """Likewise, of a term in a field."""
        having = int(self._searcher.doc_freq(field, term))
        return math.log(1 + (self.rows - having + 0.5) / (having + 0.5))

    def beginning(self, prefix: str, most: int) -> tuple[str, ...]:
        """The commonest words that begin so, without case and accents."""
        found = self._searcher.terms_with_prefix("words", folded(prefix), limit=most)
        return tuple(word for word, _ in found)

    def occurs(self, word: str) -> bool:
        """Whether a text, title, heading or note has the word, in any form of it."""
        return any(
            self._searcher.doc_freq(part, f"{language}:{term}")
            for language in self.languages
            for term in terms(word, language)
            for part in _BOOSTS
        )

    def stems_of(self, language: str) -> list[str]:
        """Terms of the texts of a language, the commonest first."""
        mark = f"{language}:"
        return [
            term.removeprefix(mark) for term, _ in self._searcher.terms_with_prefix("text", mark)
        ]

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Words of texts by what they are without case and accents."""
        return Vocabulary(self._searcher.terms_with_prefix("forms", ""))

    def _found(self, query: tantivy.Query, k: int) -> Ranking:
        """The best k rows of a query; of equals, the lower row first."""
        hits = self._searcher.search(query, max(1, k + _SLACK), count=False).hits
        addresses = [address for _, address in hits]
        rows = (
            [address.doc for address in addresses]
            if self._in_order
            else self._searcher.fast_field_values("row", addresses)
        )
        return ranked(
            np.array(rows, dtype=np.int64),
            np.array([score for score, _ in hits], dtype=np.float64),
            k,
        )

    def _is_in_order(self) -> bool:
        """
        Whether a row's place in the index is its number, so that it need not be looked up.

        It is, in one segment that one thread wrote; some are looked at, since a merge of several
        may have put them in another order.
        """
        if self._searcher.num_segments != 1:
            return False
        some = np.linspace(
            0, self.rows - 1, num=min(self.rows, _LOOKED_AT), dtype=np.int64
        ).tolist()
        addresses = [tantivy.DocAddress(0, row) for row in some]
        return bool(self._searcher.fast_field_values("row", addresses) == some)

    def _asked(self, asked: Sequence[Asked]) -> tantivy.Query:
        """Any word in any part of a passage, or a paper or paragraph that is named."""
        query, occur = tantivy.Query, tantivy.Occur
        parts: list[tuple[tantivy.Occur, tantivy.Query]] = []
        for word in self._words(asked):
            found = query.term_query(self._schema, word.part, word.term)
            parts.append((occur.Should, query.boost_query(found, word.weight)))
        for named, boost in _named(asked).items():
            found = query.term_query(self._schema, "symbol", named)
            parts.append((occur.Should, query.boost_query(found, boost)))
        for cited, boost in _cited(asked).items():
            # Most passages cite nothing: beside their mean length one symbol would be long.
            found = query.term_query(self._schema, "cited", cited)
            score = boost * self._idf("cited", cited)
            parts.append((occur.Should, query.const_score_query(found, score)))
        return query.boolean_query(parts) if parts else query.empty_query()

    def _words(self, asked: Sequence[Asked]) -> Sequence[_Word]:
        """What the index has of the words that are asked for; the most telling of too many."""
        weights: dict[tuple[str, str], float] = defaultdict(float)
        for text, weight, language, names in asked:
            if names:
                continue
            spoken = language or languages.detect(text)
            own = self.languages if language is None else fields_of(language)
            for each in own:
                for term, counts in telling(text, each, spoken).items():
                    for part, boost in _BOOSTS.items():
                        weights[part, f"{each}:{term}"] += boost * counts * weight
                for pair in neighbours(text, each, spoken):
                    weights[PAIRS, f"{each}:{pair}"] += _PAIRS_BOOST * weight
        found = [
            _Word(part, term, weight, rows)
            for (part, term), weight in weights.items()
            if (rows := self._searcher.doc_freq(part, term))
        ]
        if len(found) <= MOST_WORDS:
            return found
        return sorted(found, key=lambda word: -word.weight * log1p(self.rows / word.rows))[
            :MOST_WORDS
        ]

    def _restricted(self, asked: tantivy.Query, within: Within) -> tantivy.Query:
        """The query with what rows must be; conditions add nothing to the score."""
        query, occur = tantivy.Query, tantivy.Occur
        parts = [(occur.Must, asked)]
        if within.papers is not None:
            named = query.term_set_query(self._schema, "paper", list(within.papers))
            parts.append((occur.Must, _unscored(named)))
        if within.recommends:
            recommending = query.term_query(self._schema, "recommends", 1)
            parts.append((occur.Must, _unscored(recommending)))
        parts += [(occur.Must, _unscored(self._phrase(each))) for each in within.phrases]
        parts += [(occur.MustNot, self._phrase(each)) for each in within.excluded]
        parts += [(occur.Must, _unscored(self._prefix(each))) for each in within.prefixes]
        # Alone, tantivy leaves out rows that cannot be among the best; within another it does not.
        return query.boolean_query(parts) if len(parts) > 1 else asked

    def _phrase(self, phrase: Phrase) -> tantivy.Query:
        """Words side by side; tantivy panics at a phrase of one word."""
        found = plain_words(phrase.text)
        if not found:
            return tantivy.Query.empty_query()
        if len(found) == 1:
            return tantivy.Query.term_query(self._schema, "words", found[0])
        return tantivy.Query.phrase_query(self._schema, "words", list(found), phrase.slop)

    def _prefix(self, prefix: str) -> tantivy.Query:
        """A word that begins so: nothing but letters and digits, which mean themselves."""
        found = plain_words(prefix)
        if len(found) != 1:
            return tantivy.Query.empty_query()
        return tantivy.Query.regex_query(self._schema, "words", f"{found[0]}.*")


class Ranker:
    """
    A question to a lexical index.

    Args:
        index: The index.
        query: The words that are asked for.
    """

    def __init__(self, index: LexicalIndex, query: tantivy.Query) -> None:
        self._index = index
        self._query = query

    def top(self, k: int, within: Within) -> Ranking:
        """As `LexicalIndex.top`."""
        return self._index.best(self._query, k, within)

    def scores(self, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """As `LexicalIndex.scores`."""
        return self._index.score(self._query, rows)


def _named(asked: Iterable[Asked]) -> Mapping[str, float]:
    """Papers and paragraphs that are named, as terms with their weights."""
    named: dict[str, float] = {}
    for text, weight, *_ in asked:
        for symbol in symbols.find(text):
            named[symbols.key(symbol)] = _SYMBOL_BOOST * weight
        for citation in parse_citation(text):
            if citation.first is not None:
                where = place(citation.symbol, citation.part, citation.first)
                named[where] = _PARAGRAPH_BOOST * weight
    return named


def _cited(asked: Iterable[Asked]) -> Mapping[str, float]:
    """Papers whose symbols stand in texts or notes, as terms with their weights."""
    return {
        symbols.key(symbol): _CITED_BOOST * weight
        for text, weight, _, names in asked
        if not names
        for symbol in symbols.find(text)
    }


def _unscored(query: tantivy.Query) -> tantivy.Query:
    """A condition that adds nothing to the score."""
    return tantivy.Query.const_score_query(query, 0.0)

"""
words, phrases and symbols -> rows by BM25: the only module that knows tantivy.

Why fields by language: stems and stop words are a language's own, and a word is rare or
common among texts of its language. Questions never reach tantivy's query parser: people
write quotes, slashes and colons that mean nothing there.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import tantivy

from wgsearch.errors import IndexDamagedError
from wgsearch.fusion import Ranking, ranked
from wgsearch.papers import symbols

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from wgsearch.passages import Passage

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
_OTHER = "other"
_IDEOGRAPHS = re.compile(r"[\u3400-\u9fff]+")
_LONGEST_WORD = 100
# Text counts most; a title is shared by all passages of a paper and must not drown their words.
_BOOSTS = {"text": 1.0, "title": 0.5, "headings": 0.5}
_SYMBOL_BOOST = 2.0
# One thread and a large heap keep all rows in one segment, in order.
_HEAP_BYTES = 512_000_000
_SLACK = 16


class Asked(NamedTuple):
    """
    Words to look for.

    Attributes:
        text: The words.
        weight: How much they count.
        language: Only texts of this language are meant; None means texts of any.
    """

    text: str
    weight: float = 1.0
    language: str | None = None


class Span(NamedTuple):
    """A matched part of a text: offsets of its first character and the one after its last."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """
    What rows must be, whatever the question.

    Attributes:
        papers: Numbers of papers; None allows all.
        phrases: Words that must stand side by side in the text, as written but for case
            and accents.
        excluded: Words or phrases that must not.
    """

    papers: Sequence[int] | None = None
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


def write_lexical(folder: Path, passages: Sequence[Passage], papers: Sequence[int]) -> None:
    """
    Write an index of the passages into an empty folder.

    Args:
        folder: Where to.
        passages: Row i is passage i.
        papers: Number of the paper of each passage.
    """
    languages = sorted({field for each in passages for field in fields_of(each.language)})
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row", indexed=True, fast=True)
    builder.add_unsigned_field("paper", indexed=True)
    builder.add_text_field("symbol", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("words", tokenizer_name="words")
    for language in languages:
        for part in _BOOSTS:
            builder.add_text_field(
                f"{part}_{language}", tokenizer_name=f"stems_{language}", index_option="freq"
            )
    index = tantivy.Index(builder.build(), str(folder))
    index.register_tokenizer("words", _plain())
    for language in languages:
        index.register_tokenizer(f"stems_{language}", _stems(language))
    writer = index.writer(heap_size=_HEAP_BYTES, num_threads=1)
    for row, (passage, paper) in enumerate(zip(passages, papers, strict=True)):
        writer.add_document(_document(row, paper, passage))
    writer.commit()
    writer.wait_merging_threads()


class LexicalIndex:
    """
    Rows by words in common.

    Args:
        folder: Folder of `write_lexical`.
        languages: Languages of the papers.

    Raises:
        IndexDamagedError: The folder holds no such index.
    """

    def __init__(self, folder: Path, languages: Iterable[str]) -> None:
        try:
            self._index = tantivy.Index.open(str(folder))
            # Files never change: no thread needs to watch them.
            self._index.config_reader(reload_policy="manual")
            self._index.reload()
        except (ValueError, OSError) as error:
            raise IndexDamagedError(
                f"{folder.name!r} cannot be read by tantivy; run `wgsearch build --full`"
            ) from error
        self._schema = self._index.schema
        self._searcher = self._index.searcher()
        self.languages = tuple(sorted({field for each in languages for field in fields_of(each)}))
        self.rows = int(self._searcher.num_docs)

    def top(self, asked: Sequence[Asked], k: int, within: Within) -> Ranking:
        """The best k rows that have a word asked for, or are of a paper that is named."""
        query = self._query(asked)
        return self._found(tantivy.Query.boolean_query(self._restricted(query, within)), k)

    def scores(self, asked: Sequence[Asked], rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """
        BM25 scores of named rows, 0 without a word in common.

        Args:
            asked: What is asked for.
            rows: *Shape:* (n,), all different.

        Returns:
            *Shape:* (n,).
        """
        occur = tantivy.Occur
        named = tantivy.Query.term_set_query(self._schema, "row", rows.tolist())
        parts = [(occur.Must, self._query(asked)), (occur.Must, _unscored(named))]
        found = self._found(tantivy.Query.boolean_query(parts), len(rows))
        by_row = dict(zip(found.rows.tolist(), found.scores.tolist(), strict=True))
        return np.array([by_row.get(row, 0.0) for row in rows.tolist()], dtype=np.float64)

    def matching(self, within: Within) -> NDArray[np.int64]:
        """All rows that are within, ascending."""
        every = tantivy.Query.all_query()
        found = self._found(tantivy.Query.boolean_query(self._restricted(every, within)), self.rows)
        return np.sort(found.rows)

    def stems_of(self, language: str) -> list[str]:
        """Stems of the texts of a language, the commonest first."""
        found = self._searcher.terms_with_prefix(f"text_{language}", "")
        return [stem for stem, _ in found]

    def _found(self, query: tantivy.Query, k: int) -> Ranking:
        """The best k rows of a query; of equals, the lower row first."""
        hits = self._searcher.search(query, max(1, k + _SLACK), count=False).hits
        rows = self._searcher.fast_field_values("row", [address for _, address in hits])
        return ranked(
            np.array(rows, dtype=np.int64),
            np.array([score for score, _ in hits], dtype=np.float64),
            k,
        )

    def _query(self, asked: Sequence[Asked]) -> tantivy.Query:
        """Any word in any field of its language, or a symbol that is named."""
        query, occur = tantivy.Query, tantivy.Occur
        parts: list[tuple[tantivy.Occur, tantivy.Query]] = []
        for language in self.languages:
            weights: Counter[str] = Counter()
            for text, weight, only in asked:
                if only is None or language in fields_of(only):
                    for stem in stems(text, language):
                        weights[stem] += weight  # type: ignore[assignment] # counts may be parts
            for stem, weight in weights.items():
                for part, boost in _BOOSTS.items():
                    term = query.term_query(self._schema, f"{part}_{language}", stem)
                    parts.append((occur.Should, query.boost_query(term, boost * weight)))
        for symbol in dict.fromkeys(each for one in asked for each in symbols.find(one.text)):
            term = query.term_query(self._schema, "symbol", symbols.key(symbol))
            parts.append((occur.Should, query.boost_query(term, _SYMBOL_BOOST)))
        return query.boolean_query(parts) if parts else query.empty_query()

    def _restricted(
        self, asked: tantivy.Query, within: Within
    ) -> list[tuple[tantivy.Occur, tantivy.Query]]:
        """The query with what rows must be; conditions add nothing to the score."""
        query, occur = tantivy.Query, tantivy.Occur
        parts = [(occur.Must, asked)]
        if within.papers is not None:
            named = query.term_set_query(self._schema, "paper", list(within.papers))
            parts.append((occur.Must, _unscored(named)))
        parts += [(occur.Must, _unscored(self._phrase(each))) for each in within.phrases]
        parts += [(occur.MustNot, self._phrase(each)) for each in within.excluded]
        return parts

    def _phrase(self, phrase: str) -> tantivy.Query:
        """Words side by side; tantivy panics at a phrase of one word."""
        words = plain_words(phrase)
        if not words:
            return tantivy.Query.empty_query()
        if len(words) == 1:
            return tantivy.Query.term_query(self._schema, "words", words[0])
        return tantivy.Query.phrase_query(self._schema, "words", list(words))


def plain_words(text: str) -> list[str]:
    """Words without case and accents, none left out; each ideograph is one."""
    words: list[str] = _plain().analyze(_spaced(text))
    return words


def stems(question: str, language: str) -> list[str]:
    """
    What is looked up for a question: its stems without stop words.

    All its words where it has nothing but stop words.

    Args:
        question: The question.
        language: A name of `fields_of`.
    """
    text = _bigrammed(question) if language == "zh" else question
    telling: list[str] = _telling(language).analyze(text)
    every: list[str] = _stems(language).analyze(text)
    return telling or every


def telling_tokens(text: str, language: str) -> tuple[tuple[str, int, int], ...]:
    """Stems of words that are no stop words, with start and end of each word."""
    return tuple(
        (token.text, token.char_offset_from, token.char_offset_to)
        for token in _telling(language).pre_tokenize(text).tokens
    )


def matched_spans(question: str, text: str, language: str) -> tuple[Span, ...]:
    """
    Where the text has the question's words: stems are compared, stop words left out.

    Args:
        question: The question.
        text: A passage's text.
        language: Language of the text.

    Returns:
        Spans in order, none touching another.
    """
    spans: list[Span] = []
    for field in fields_of(language):
        wanted = set(stems(question, field))
        if field == "zh":
            spans += [Span(at, at + 2) for at, pair in _bigrams(text) if pair in wanted]
        spans += [
            Span(token.char_offset_from, token.char_offset_to)
            for token in _stems(field).pre_tokenize(text).tokens
            if token.text in wanted
        ]
    return _merged(spans)


def fields_of(language: str) -> tuple[str, ...]:
    """Field names for a paper's language; a bilingual page (`en+fr`) has two."""
    return tuple(
        each if each in _STEMMED or each == "zh" else _OTHER for each in language.split("+")
    )


def _document(row: int, paper: int, passage: Passage) -> tantivy.Document:
    """What is indexed of one passage."""
    document = tantivy.Document()
    document.add_unsigned("row", row)
    document.add_unsigned("paper", paper)
    # A joint paper has two symbols in one, and is asked for by either.
    for symbol in dict.fromkeys((passage.symbol, *symbols.find(passage.symbol))):
        document.add_text("symbol", symbols.key(symbol))
    document.add_text("words", _spaced(passage.text))
    values = {
        "text": passage.text,
        "title": passage.title or "",
        "headings": "\n".join(passage.heading_path),
    }
    for language in fields_of(passage.language):
        for part, text in values.items():
            prepared = _bigrammed(text) if language == "zh" else text
            document.add_text(f"{part}_{language}", prepared)
    return document


def _unscored(query: tantivy.Query) -> tantivy.Query:
    """A condition that adds nothing to the score."""
    return tantivy.Query.const_score_query(query, 0.0)


@cache
def _plain() -> tantivy.TextAnalyzer:
    """Words as they are, without case and accents."""
    keep = tantivy.Filter
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(keep.remove_long(_LONGEST_WORD))
        .filter(keep.lowercase())
        .filter(keep.ascii_fold())
        .build()
    )


@cache
def _stems(language: str) -> tantivy.TextAnalyzer:
    """Stems of all words."""
    return _analyzer(language, stop_words=False)


@cache
def _telling(language: str) -> tantivy.TextAnalyzer:
    """Stems of words that are no stop words."""
    return _analyzer(language, stop_words=True)


def _analyzer(language: str, *, stop_words: bool) -> tantivy.TextAnalyzer:
    """Words, small letters, stop words of the language and of English left out, stems."""
    keep = tantivy.Filter
    builder = (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(keep.remove_long(_LONGEST_WORD))
        .filter(keep.lowercase())
    )
    if stop_words:
        # English ones everywhere: in French texts `of` is rare, and would weigh most.
        for each in sorted({language, "en"} & _WITH_STOP_WORDS):
            builder = builder.filter(keep.stopword(_STEMMED[each]))
    if language in _STEMMED:
        builder = builder.filter(keep.stemmer(_STEMMED[language]))
    return builder.build()


def _spaced(text: str) -> str:
    """The text with space around each ideograph, so that each is a word."""
    return _IDEOGRAPHS.sub(lambda run: f" {' '.join(run[0])} ", text)


def _bigrams(text: str) -> Iterator[tuple[int, str]]:
    """Pairs of neighbouring ideographs, with the offset of the first."""
    for run in _IDEOGRAPHS.finditer(text):
        for at in range(run.start(), max(run.start() + 1, run.end() - 1)):
            yield at, text[at : min(at + 2, run.end())]


def _bigrammed(text: str) -> str:
    """The text with each run of ideographs as its pairs: Chinese words are not spaced."""
    return _IDEOGRAPHS.sub(lambda run: f" {' '.join(pair for _, pair in _bigrams(run[0]))} ", text)


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order, touching ones as one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)

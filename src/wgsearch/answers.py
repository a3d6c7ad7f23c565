"""
Query -> Answer: the records of asking and answering, and the Engine protocol.

Why a protocol: pages, API, command line and tools for assistants ask an Engine and
never know where the index lives. Why below the index: its store lists papers and
filters them in these terms. `wgsearch.search` offers all of these names too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from wgsearch.agenda import Agenda, AgendaItem
    from wgsearch.papers.editions import Place
    from wgsearch.papers.paper import Paper
    from wgsearch.papers.series import Family
    from wgsearch.passages import Passage

Mode = Literal["hybrid", "dense", "lexical", "late"]
Facet = Literal["kind", "year", "language", "body", "recommendations"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """
    What a hit must be. Values within a field are alternatives; fields add up.

    Attributes:
        kinds: Kinds of paper.
        bodies: Words of the body's name, compared without case, anywhere in it.
        symbols: Symbols in whole, or the beginning of one up to a slash.
        languages: ISO 639-1.
        year_from: First year of the date of issue.
        year_to: Last year.
        not_symbols: Symbols whose papers are left out.
        warnings: Codes of warnings.
        recommendations: Only paragraphs that recommend something to somebody; only papers with
            such paragraphs.
    """

    kinds: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    not_symbols: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    recommendations: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """
    A question as asked.

    Attributes:
        text: Words, and operators as `wgsearch.question.parse_question` reads them; a symbol or
            a citation goes straight to it.
        k: How many hits at most.
        filters: What a hit must be.
        mode: Which legs take part.
        per_paper: At most so many passages of one paper, in whichever language; None for any
            number. A citation is of one paper, and is not limited.
        fold: Show once what several passages say.
        explain: Say which words and which sentence of a passage answer.
        facets: Count the passages that match, by these; the hits then end where they end.
    """

    text: str
    k: int = 10
    filters: Filters = field(default_factory=Filters)
    mode: Mode = "hybrid"
    per_paper: int | None = None
    fold: bool = True
    explain: bool = True
    facets: tuple[Facet, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """
    A word of a passage that answers a word of the question, the same or near in meaning.

    Attributes:
        asked: The word of the question.
        start: Offset of the passage's word in its text.
        end: Offset of the character after it.
        likeness: How near they are in this question and passage, up to about 0.8.
    """

    asked: str
    start: int
    end: int
    likeness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """
    Why a passage is a hit.

    Attributes:
        lexical_rank: Rank in the lexical leg, from 1; None when it is not among its candidates.
        dense_rank: Rank in the dense leg, likewise.
        spans: Offsets (start, end) into the passage's text of matched words, ascending.
        late_rank: Rank in the leg of late interaction, likewise; None where it takes no part.
        answering: Words that are near to the question's, in their order in the text.
    """

    lexical_rank: int | None
    dense_rank: int | None
    spans: tuple[tuple[int, int], ...]
    late_rank: int | None = None
    answering: tuple[Answering, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AlsoIn:
    """
    A passage that says what a hit says, and is folded into it.

    Attributes:
        symbol: Symbol of its paper.
        paragraph: Number as printed, None without one.
        part: `body`, or the annex.
        language: Language of its paper.
        citation: How it is cited.
        file: File name of its paper.
        index: Position of its paragraph in its paper, from 0.
        likeness: Share of the runs of words that both have, up to 1; None for the same
            paragraph in another language.
    """

    symbol: str
    paragraph: str | None
    part: str
    language: str
    citation: str
    file: str
    index: int
    likeness: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """
    A ranked passage.

    Attributes:
        rank: From 1.
        score: Higher is better; comparable within one answer only.
        passage: What was found.
        match: Why.
        superseded_by: Symbol of the revision that replaces its paper, or None.
        corrigenda: Symbols of corrigenda of its paper that are held.
        warning_codes: Codes of the warnings of its paper.
        also_in: Other passages that say the same, best first; they are no hits of their own.
        best_sentence: Offsets (start, end) into the passage's text of the sentence that answers
            best; None where no sentence does.
    """

    rank: int
    score: float
    passage: Passage
    match: Match
    superseded_by: str | None = None
    corrigenda: tuple[str, ...] = ()
    warning_codes: tuple[str, ...] = ()
    also_in: tuple[AlsoIn, ...] = ()
    best_sentence: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """
    A telling word of a text, and how near a passage comes to it.

    Attributes:
        start: Offset of its first character in the text.
        end: Offset of the character after its last.
        weight: How much it tells, above 0.
        likeness: Of the nearest word of the passage in meaning, up to about 0.8.
        alike: The passage has the word itself, in any form of it.
    """

    start: int
    end: int
    weight: float
    likeness: float
    alike: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """
    A passage near to a text.

    Attributes:
        hit: The passage; its score is how far it stands out among the candidates, in deviations.
        cosine: Likeness in meaning of the whole text and the whole passage, headings included;
            None where meaning takes no part.
        coverage: Mean likeness of the text's words to their nearest in the passage, by how
            telling they are, up to about 0.7; None likewise.
        words: Telling words of the text, in order; of the nearest passages only.
    """

    hit: Hit
    cosine: float | None
    coverage: float | None
    words: tuple[Covered, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """
    What is near to one text.

    Attributes:
        near: Best first.
    """

    near: tuple[Near, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """
    How near a text is to a question.

    Attributes:
        cosine: Of both as a whole, from -1 to 1.
        covered: How far the question's words are found in the text, by meaning and by how telling
            they are among the papers; None without vectors of words.
        covers: How far the text's words are found in the question; likewise.
        least: How far that one of the question's telling words is found that is found least.
    """

    cosine: float
    covered: float | None
    covers: float | None
    least: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperScore:
    """
    A paper of an answer, and which hits are its passages.

    Attributes:
        symbol: Its symbol, or file name.
        language: Language of its text.
        title: Title proper.
        score: That of the paper: higher is better, comparable within one answer only.
        best_rank: Rank of the first of its passages.
        ranks: Ranks of its passages among the hits, ascending.
    """

    symbol: str
    language: str
    title: str | None
    score: float
    best_rank: int
    ranks: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """
    A value that a filter takes, and what it would leave.

    Attributes:
        value: As the filter takes it.
        count: Passages that match and pass all filters, this value alone in the place of what is
            asked of its own facet.
    """

    value: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """
    How many passages match a question; those that are folded into others count, too.

    Attributes:
        total: Those that pass the filters.
        anywhere: Those of all papers in force, whatever the filters.
        facets: By facet asked for, every value that a paper of the index has, in order.
    """

    total: int
    anywhere: int
    facets: Mapping[Facet, tuple[FacetValue, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """
    What a search found.

    Attributes:
        query: The question.
        verdict: `covered`, `touched`, `not_covered`; None where it is not judged.
        generation: Name of the index generation that answered.
        took_ms: Time from question to answer, in milliseconds.
        hits: Best first.
        notes: How the question was understood, in words, where that is not plain.
        papers: Papers of the hits, best first.
        suggestion: The question with near words for those that no paper has; None without any.
        counted: How many passages match; None where that is not asked for, for a citation,
            which is looked up, for word by word alone, which ranks only the best, and by
            meaning where the vectors lie on a server.
        partial: A part of the engine did not answer: words alone found this, and nothing is
            judged.
    """

    query: Query
    verdict: str | None
    generation: str
    took_ms: float
    hits: tuple[Hit, ...]
    notes: tuple[str, ...] = ()
    papers: tuple[PaperScore, ...] = ()
    suggestion: str | None = None
    counted: Counted | None = None
    partial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperEntry:
    """
    A paper in a list: its metadata and how large it is.

    Attributes:
        symbol: Symbol, or file name where none is printed.
        symbols: All symbols of the masthead.
        title: Title proper.
        kind: Kind of paper.
        body: Organ.
        session: As printed.
        date: ISO date of issue.
        language: Language of this text.
        file: File name in the corpus folder.
        pages: Number of pages, None without pages.
        paragraphs: Number of paragraphs.
        passages: Number of passages.
        has_agenda: It holds an agenda with items.
        superseded_by: Symbol of the revision that replaces it, or None.
        warnings: Number of warnings.
        warning_codes: Their codes, once each.
        reader: How its file was read.
        corrigenda: Symbols of its corrigenda that are held.
    """

    symbol: str
    symbols: tuple[str, ...]
    title: str | None
    kind: str
    body: str | None
    session: str | None
    date: str | None
    language: str
    file: str
    pages: int | None
    paragraphs: int
    passages: int
    has_agenda: bool
    superseded_by: str | None
    warnings: int
    warning_codes: tuple[str, ...] = ()
    reader: str = "pdfium"
    corrigenda: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CitingPlace:
    """
    Where a paper cites another one, and what of it.

    Attributes:
        index: Index of the citing paragraph in `Paper.paragraphs`, None outside paragraphs.
        part: Part that the paragraph stands in.
        number: Its number as printed, None without one.
        note: Mark of the footnote that holds the citation, None for the text itself.
        first: First paragraph cited, None where the paper is cited whole.
        last: Last paragraph cited.
    """

    index: int | None
    part: str
    number: str | None
    note: str | None
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """
    A paper that another one cites, or that cites it.

    Attributes:
        symbol: What it is called by; the symbol as cited where it is not held.
        entry: Its entry, in the language of the paper asked about where there is one; None
            where it is not held.
        places: Where the one cites the other, in order.
    """

    symbol: str
    entry: PaperEntry | None
    places: tuple[CitingPlace, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sister:
    """
    Another language version of a paper.

    Attributes:
        entry: Its entry.
        places: Its numbered paragraphs, each with its part as its language names it.
    """

    entry: PaperEntry
    places: Mapping[Place, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relations:
    """
    How a paper stands to others.

    Attributes:
        family: What adds to it, corrects it, replaces it, and what it belongs to.
        held: Entries of the papers that the family names and that are held, by symbol.
        cites: Papers that it cites, in the order of its text.
        cited_by: Papers that cite it, newest first.
        sisters: Its other language versions.
    """

    family: Family
    held: Mapping[str, PaperEntry]
    cites: tuple[Linked, ...]
    cited_by: tuple[Linked, ...]
    sisters: tuple[Sister, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAnswer:
    """
    What the index holds for one agenda item.

    Attributes:
        item: The item.
        listed: For each of `item.documents`, in order: it is in the corpus.
        answer: Passages for the item; the agenda's own paragraphs are left out.
    """

    item: AgendaItem
    listed: tuple[bool, ...]
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """
    What something is called, in one of its forms.

    Attributes:
        words: The form.
        language: ISO 639-1; None for an abbreviation, which is of any.
        means: The usual English form of the same.
    """

    words: str
    language: str | None
    means: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedPaper:
    """
    A file of the corpus that could not be read.

    Attributes:
        file: Its name in the corpus folder.
        code: Machine-readable reason.
        reason: The same for people.
        state: `quarantined`, or `left_out` for another file of a paper that is indexed.
        since: ISO time of the build that first found it so; None where that is not known.
    """

    file: str
    code: str
    reason: str
    state: str = "quarantined"
    since: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging:
    """
    How verdicts on a generation are made, in deviations from questions that no paper answers.

    Attributes:
        method: Name of the method; another one is not comparable.
        probes: Number of questions asked that no paper answers.
        not_covered_below: Nearness below which a question is called not covered.
        covered_from: Nearness from which it is called covered.
    """

    method: str
    probes: int
    not_covered_below: float
    covered_from: float


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexState:
    """
    What is being searched.

    Attributes:
        generation: Name of the generation.
        built_at: ISO time of its build, UTC.
        corpus_digest: SHA-256 over names and digests of the papers.
        content_digest: SHA-256 over what is indexed: equal on any machine.
        encoder: Identity of the encoder.
        dimension: Length of a vector.
        papers: Number of papers.
        passages: Number of passages.
        failed: Files that could not be read.
        warnings: Number of papers by code of warning.
        judging: How verdicts are made; None where there is nothing to measure them by.
        refused: Why a newer generation is not searched: it is damaged; None where none is.
        engine: What ranks by meaning: `embedded`, or the kind of server that holds the vectors.
        collection: Which of its collections that is; None without a server.
    """

    generation: str
    built_at: str
    corpus_digest: str
    content_digest: str
    encoder: str
    dimension: int
    papers: int
    passages: int
    failed: tuple[FailedPaper, ...]
    warnings: Mapping[str, int] = field(default_factory=dict)
    judging: Judging | None = None
    refused: str | None = None
    engine: str = "embedded"
    collection: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Embedded:
    """
    Passages and their vectors.

    Attributes:
        passages: Paper by paper, in the order of each; of papers, none is promised.
        vectors: One of unit length a passage. *Shape:* (passages, dimension).
    """

    passages: tuple[Passage, ...]
    vectors: NDArray[np.float32]


class Engine(Protocol):
    """What pages, API and command line may ask. Implementations never change state when asked."""

    def search(self, query: Query) -> Answer:
        """
        Passages for a question.

        Raises:
            EmptyQuestionError: It holds no letter and no digit.
            QuestionTooLongError: It is longer than is read.
            InvalidFilterError: A filter cannot be true.
        """

    def papers(self, filters: Filters) -> tuple[PaperEntry, ...]:
        """Papers that pass the filters, by symbol and language."""

    def entry(self, symbol: str, language: str | None = None) -> PaperEntry:
        """One paper's entry. Raises UnknownSymbolError."""

    def paper(self, symbol: str, language: str | None = None) -> Paper:
        """One paper, whole. `language` None prefers English. Raises UnknownSymbolError."""

    def passages(self, symbol: str, language: str | None = None) -> tuple[Passage, ...]:
        """A paper's passages in order. Raises UnknownSymbolError."""

    def recommendations(self, filters: Filters) -> tuple[Passage, ...]:
        """
        Passages that recommend something to somebody, paper by paper, in the order of each.

        Papers that a revision replaces are left out, unless their symbols are named; a paragraph
        too long for one passage gives all of its pieces.
        """

    def embedded(self, filters: Filters) -> Embedded:
        """
        All passages of the papers in force that pass the filters, with their vectors.

        Papers that a revision replaces are left out, unless their symbols are named.
        """

    def relations(self, symbol: str, language: str | None = None) -> Relations:
        """How a paper stands to others. Raises UnknownSymbolError."""

    def agenda(self, symbol: str) -> Agenda:
        """The agenda of a paper. Raises UnknownSymbolError, NotAnAgendaError."""

    def item(self, agenda: Agenda, item: AgendaItem, *, k: int, filters: Filters) -> ItemAnswer:
        """Documents and passages for an item of an agenda, in the corpus or not."""

    def nearest(
        self, texts: Sequence[str], *, k: int, filters: Filters, mode: Mode = "hybrid"
    ) -> tuple[Neighbours, ...]:
        """
        Passages near to each of many texts, encoded together.

        Papers that a revision replaces take part: a text may repeat what the revision dropped.

        Args:
            texts: Paragraphs or sentences, as they are: nothing in them is an operator.
            k: How many passages a text at most.
            filters: What a passage must be.
            mode: `hybrid`, or `lexical` for words alone, which encodes nothing.

        Raises:
            InvalidFilterError: A filter cannot be true.
        """

    def likenesses(self, text: str, others: Sequence[str]) -> tuple[Likeness, ...]:
        """How near each of other texts is to a question in meaning."""

    def terms(self) -> tuple[Term, ...]:
        """Forms of the terms that questions are put into other words by, term by term."""

    def encoded(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """
        Vectors of texts that are compared with those of passages.

        Args:
            texts: Names, sentences, paragraphs.

        Returns:
            One of unit length a text. *Shape:* (texts, dimension).
        """

    def state(self) -> IndexState:
        """What is being searched."""

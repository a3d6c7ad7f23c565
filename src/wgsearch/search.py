"""
Query -> Answer: legs, their fusion, filters, the verdict; the engine over an index folder.

Why several legs: words find symbols, names and exact terms, meaning finds the same thing in
other words, and each is blind where the other sees.
"""

from __future__ import annotations

import re
import threading
import time
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from wgsearch import results
from wgsearch.answers import (
    Answer,
    Embedded,
    Engine,
    FailedPaper,
    Filters,
    Hit,
    IndexState,
    ItemAnswer,
    Likeness,
    Match,
    Mode,
    Neighbours,
    PaperEntry,
    Query,
    Relations,
    Term,
)
from wgsearch.counting import counted, matching
from wgsearch.embedding import comparable, reads_english_only
from wgsearch.errors import (
    EmptyQuestionError,
    EncoderMismatchError,
    InvalidFilterError,
    NotAnAgendaError,
    QuestionTooLongError,
)
from wgsearch.expansion import expand
from wgsearch.glossary.entries import LANGUAGES
from wgsearch.index.calibration import METHOD
from wgsearch.index.snapshot import Snapshot, open_current, open_earlier
from wgsearch.index.states import State, states
from wgsearch.likeness import likenesses
from wgsearch.lookup import look_up, number_of, unknown_note
from wgsearch.nearest import nearest
from wgsearch.papers import symbols
from wgsearch.papers.paper import PaperKind
from wgsearch.papers.series import tie
from wgsearch.papers.warnings import WARNINGS
from wgsearch.passages import embedded_text
from wgsearch.phrases import said
from wgsearch.question import Part, Question, has_words, printed
from wgsearch.ranking import DEPTH, Ranked, allowed_papers, diverse, rank, rerank_best
from wgsearch.relations import relations
from wgsearch.reranking import Once
from wgsearch.understanding import is_common, reading_notes, understand
from wgsearch.verdict import NAMES_IN, judged, judging, nearness

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from wgsearch.agenda import Agenda, AgendaItem
    from wgsearch.counting import Matching
    from wgsearch.embedding import Encoder
    from wgsearch.fusion import Ranking
    from wgsearch.papers.paper import Paper
    from wgsearch.passages import Passage
    from wgsearch.reranking import Reranker
    from wgsearch.verdict import Verdict

__all__ = [
    "Answer",
    "Engine",
    "FailedPaper",
    "Filters",
    "Hit",
    "IndexState",
    "ItemAnswer",
    "LocalEngine",
    "Match",
    "Mode",
    "PaperEntry",
    "Query",
    "Relations",
]

MAX_CHARACTERS = 20_000
# Kinds of paper that repeat an item's words without saying anything on it.
_NOT_FOR_ITEMS = (PaperKind.AGENDA, PaperKind.CORRIGENDUM)
_TITLE_WEIGHT = 3


class LocalEngine:
    """
    The engine over an index folder on this machine.

    It holds one opened generation; a newer one is another engine's. Asking changes
    nothing. Threads may share it.

    Args:
        index: The index folder.
        encoder: The encoder of questions, or what makes it at the first question that needs it.
        verify: Compare the SHA-256 of all files when a generation is opened.
        reranker: Reads the best of the legs' sum again; None for none.
        earlier: Where the generation in use is damaged, the newest that is whole answers, and
            `state` says so.
        opening: Opens what is searched, instead of the generation in use with its own vectors:
            told the identity of the encoder, or None.

    Raises:
        IndexStateError: The index cannot be opened; the message says what to do.
    """

    def __init__(
        self,
        index: Path,
        encoder: Encoder | Callable[[], Encoder],
        *,
        verify: bool = True,
        reranker: Reranker | None = None,
        earlier: bool = False,
        opening: Callable[[str | None], Snapshot] | None = None,
    ) -> None:
        self._index = index
        self._opening = opening
        self._earlier = earlier
        self._reranker = reranker
        self._verify = verify
        self._make_encoder = encoder if callable(encoder) else None
        self._encoder = None if callable(encoder) else encoder
        self._lock = threading.Lock()
        self._snapshot = self._open()

    @property
    def generation(self) -> str:
        """Name of the opened generation."""
        return self._snapshot.name

    @property
    def reranker(self) -> str | None:
        """Identity of the reranker; None without one."""
        return self._reranker.identity if self._reranker else None

    def search(self, query: Query) -> Answer:
        """Passages for a question: a citation is looked up, anything else is ranked."""
        started = time.perf_counter()
        query = replace(query, text=printed(query.text))
        _check(query)
        snapshot = self._snapshot
        if looked := look_up(snapshot, query):
            direct = _answer(snapshot, query, looked.hits, looked.notes, started)
            return replace(direct, verdict=looked.verdict)
        question, correction = understand(snapshot, query.text)
        matched = self._matching(snapshot, question, query)
        found, groups = self._chosen(snapshot, question, query, matched)
        shown = groups[: query.k]
        hits = results.hits(snapshot, question, found, shown, explain=query.explain)
        unknown = unknown_note(snapshot, query.text)
        notes = (
            *([unknown] if unknown else ()),
            *reading_notes(question, correction),
            *_notes(snapshot, hits, query.filters),
            *_left_out(query.mode, found),
            *_gone(found),
        )
        suggestion = correction.text if correction else None
        misspelt = correction.replaced if correction else ()
        verdict = _verdict(snapshot, question, query, found, misspelt)
        answer = _answer(snapshot, query, hits, notes, started)
        counts = counted(snapshot, matched, query.filters, query.facets) if matched else None
        partial = found.gone is not None
        return replace(
            answer, verdict=verdict, suggestion=suggestion, counted=counts, partial=partial
        )

    def papers(self, filters: Filters) -> tuple[PaperEntry, ...]:
        """Papers that pass the filters, by symbol (numbers by value) and language."""
        _check_filters(filters)
        store = self._snapshot.store
        kept = (store.entries[number] for number in np.flatnonzero(store.select(filters)))
        return tuple(sorted(kept, key=lambda entry: (_natural(entry.symbol), entry.language)))

    def entry(self, symbol: str, language: str | None = None) -> PaperEntry:
        """One paper's entry."""
        snapshot = self._snapshot
        return snapshot.store.entries[number_of(snapshot, symbol, language)]

    def paper(self, symbol: str, language: str | None = None) -> Paper:
        """One paper, whole."""
        snapshot = self._snapshot
        return snapshot.store.paper(number_of(snapshot, symbol, language))

    def passages(self, symbol: str, language: str | None = None) -> tuple[Passage, ...]:
        """A paper's passages in order."""
        snapshot = self._snapshot
        store = snapshot.store
        return store.passages(store.rows_of(number_of(snapshot, symbol, language)))

    def recommendations(self, filters: Filters) -> tuple[Passage, ...]:
        """Passages that recommend something to somebody, paper by paper, in order."""
        _check_filters(filters)
        snapshot = self._snapshot
        store = snapshot.store
        allowed = allowed_papers(snapshot, filters)[store.paper_of]
        return store.passages(np.flatnonzero(store.recommending & allowed).tolist())

    def embedded(self, filters: Filters) -> Embedded:
        """All passages of the papers in force that pass the filters, with their vectors."""
        _check_filters(filters)
        snapshot = self._snapshot
        store = snapshot.store
        allowed = allowed_papers(snapshot, filters)[store.paper_of]
        rows = np.flatnonzero(allowed)
        vectors = snapshot.vectors.stored(range(len(allowed)))
        return Embedded(
            passages=store.passages(rows.tolist()),
            vectors=np.asarray(vectors[rows], dtype=np.float32),
        )

    def relations(self, symbol: str, language: str | None = None) -> Relations:
        """How a paper stands to others."""
        snapshot = self._snapshot
        return relations(snapshot, number_of(snapshot, symbol, language))

    def agenda(self, symbol: str) -> Agenda:
        """The agenda of a paper."""
        snapshot = self._snapshot
        found = snapshot.store.agenda(number_of(snapshot, symbol, None))
        if found is None or not found.items:
            raise NotAnAgendaError(f"{symbol!r} holds no agenda; name an agenda of the corpus")
        return found

    def item(
        self,
        agenda: Agenda,
        item: AgendaItem,
        *,
        k: int,
        filters: Filters,
        mode: Mode = "hybrid",
    ) -> ItemAnswer:
        """
        Documents and passages for an item of an agenda.

        Agendas and corrigenda are left out unless the filters name kinds. At most three
        passages of a paper are among the first k.
        """
        started = time.perf_counter()
        snapshot = self._snapshot
        own = (agenda.symbol,) if agenda.symbol else ()
        kinds = filters.kinds or tuple(each for each in PaperKind if each not in _NOT_FOR_ITEMS)
        query = Query(
            text=item.title,
            k=k,
            filters=replace(filters, kinds=kinds, not_symbols=(*filters.not_symbols, *own)),
            mode=mode,
        )
        _check(query)
        question = expand(item_question(item), snapshot.lexicon)
        found, groups = self._chosen(snapshot, question, query)
        rows = found.answer.rows[[group.position for group in groups]]
        best = [groups[position] for position in diverse(snapshot, rows, k)]
        hits = results.hits(snapshot, question, found, best, explain=True)
        notes = (
            *_notes(snapshot, hits, query.filters),
            *_left_out(query.mode, found),
            *_gone(found),
        )
        answer = _answer(snapshot, query, hits, notes, started)
        held = _held(snapshot)
        return ItemAnswer(
            item=item,
            listed=tuple(
                each.symbol is not None and symbols.key(each.symbol) in held
                for each in item.documents
            ),
            answer=replace(answer, partial=found.gone is not None),
        )

    def nearest(
        self, texts: Sequence[str], *, k: int, filters: Filters, mode: Mode = "hybrid"
    ) -> tuple[Neighbours, ...]:
        """Passages near to each of many texts, encoded together."""
        _check_filters(filters)
        snapshot = self._snapshot
        encoder = None if mode == "lexical" else self._loaded(snapshot)
        return nearest(snapshot, texts, k=k, filters=filters, encoder=encoder)

    def likenesses(self, text: str, others: Sequence[str]) -> tuple[Likeness, ...]:
        """How near each of other texts is to a question in meaning."""
        snapshot = self._snapshot
        question, _ = understand(snapshot, printed(text))
        return likenesses(self._loaded(snapshot), question, others, snapshot.tokens)

    def terms(self) -> tuple[Term, ...]:
        """Forms of the terms that questions are put into other words by, term by term."""
        return self._terms

    @cached_property
    def _terms(self) -> tuple[Term, ...]:
        """Made at the first question for them: they are tens of thousands."""
        return tuple(
            Term(words=words, language=language, means=entry.en[0])
            for entry in self._snapshot.lexicon.glossary.entries
            for language, forms in (
                *((each, entry.of(each)) for each in LANGUAGES),
                (None, entry.abbr),
            )
            for words in forms
        )

    def encoded(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of texts that are compared with those of passages."""
        encoder = self._loaded(self._snapshot)
        vectors = encoder.encode(list(texts)) if texts else np.empty((0, encoder.dimension))
        return np.asarray(vectors, dtype=np.float32)

    def state(self) -> IndexState:
        """What is being searched."""
        manifest = self._snapshot.manifest
        return IndexState(
            generation=self._snapshot.name,
            built_at=manifest.built_at,
            corpus_digest=manifest.corpus_digest,
            content_digest=manifest.content_digest,
            encoder=manifest.encoder,
            dimension=manifest.dimension,
            papers=len(manifest.papers),
            passages=manifest.passages,
            failed=tuple(
                FailedPaper(
                    file=each.file,
                    code=each.code or "",
                    reason=each.reason or "",
                    state=each.state.value,
                    since=each.since,
                )
                for each in states(manifest)
                if each.state is not State.INDEXED
            ),
            warnings=self._snapshot.store.warnings,
            judging=judging(manifest.calibration),
            refused=self._snapshot.refused,
            engine=self._snapshot.engine,
            collection=self._snapshot.collection,
        )

    def _open(self) -> Snapshot:
        """The generation in use."""
        identity = self._encoder.identity if self._encoder else None
        if self._opening:
            return self._opening(identity)
        opening = open_earlier if self._earlier else open_current
        return opening(self._index, identity, verify=self._verify)

    def _loaded(self, snapshot: Snapshot) -> Encoder:
        """The encoder, made at the first question that needs it."""
        with self._lock:
            if self._encoder is None and self._make_encoder is not None:
                made = self._make_encoder()
                if not comparable(made.identity, snapshot.manifest.encoder):
                    raise EncoderMismatchError(
                        f"generation {snapshot.name!r} was built with encoder "
                        f"{snapshot.manifest.encoder!r}, but this process encodes with "
                        f"{made.identity!r}; set WGSEARCH_ENCODER to the first, or run "
                        "`wgsearch build` with the second"
                    )
                self._encoder = made
        if self._encoder is None:
            raise ValueError("an engine needs an encoder")
        return self._encoder

    def _matching(self, snapshot: Snapshot, question: Question, query: Query) -> Matching | None:
        """
        The passages that match; None where they are not counted.

        Late interaction ranks only the best, and for meaning every vector would have to come.
        """
        if not query.facets or query.mode == "late":
            return None
        if query.mode != "lexical" and not snapshot.vectors.at_hand:
            return None
        return matching(snapshot, question, query.mode, lambda: self._loaded(snapshot))

    def _chosen(
        self,
        snapshot: Snapshot,
        question: Question,
        query: Query,
        matched: Matching | None = None,
    ) -> results.Chosen:
        """
        Rows for a question, those that say the same as one; only those that match, if given.

        A single leg is shown as it ranks, without the reranker.
        """
        reranker = Once(self._reranker) if self._reranker and query.mode == "hybrid" else None

        def ranked(k: int) -> Ranked:
            found = rank(
                snapshot,
                question,
                filters=query.filters,
                mode=query.mode,
                k=k,
                encoder=lambda: self._loaded(snapshot),
                also=matched.within(snapshot, query.filters, max(DEPTH, k)) if matched else None,
            )
            if matched:
                found = found.only(matched.rows)
            return rerank_best(snapshot, question, found, reranker) if reranker else found

        return results.chosen(snapshot, query, ranked)


def item_question(item: AgendaItem) -> Question:
    """What an agenda item asks: its title most, then its sub-items, annotation and documents."""
    documents = "\n".join(each.title for each in item.documents if each.title)
    sub_items = "\n".join(each.title for each in item.sub_items)
    rest = (sub_items, item.annotation or "", documents)
    return Question(
        parts=(
            Part(text=item.title, weight=_TITLE_WEIGHT),
            *(Part(text=text) for text in rest if has_words(text)),
        )
    )


def _check(query: Query) -> None:
    """Refuse what cannot be answered."""
    if len(query.text) > MAX_CHARACTERS:
        raise QuestionTooLongError(
            f"the question has {len(query.text)} characters, at most {MAX_CHARACTERS} are read; "
            "ask about a part of it"
        )
    if not has_words(query.text):
        raise EmptyQuestionError("the question holds no letter and no digit; ask in words")
    if query.k < 1:
        raise ValueError(f"k is {query.k}, expected 1 or more")
    if query.per_paper is not None and query.per_paper < 1:
        raise ValueError(f"per_paper is {query.per_paper}, expected 1 or more, or None")
    _check_filters(query.filters)


def _check_filters(filters: Filters) -> None:
    """Refuse filters that no paper can pass."""
    known = [kind.value for kind in PaperKind]
    for kind in filters.kinds:
        if kind not in known:
            raise InvalidFilterError(f"no kind {kind!r}; kinds are {', '.join(known)}")
    for code in filters.warnings:
        if code not in WARNINGS:
            raise InvalidFilterError(f"no warning {code!r}; codes are {', '.join(WARNINGS)}")
    first, last = filters.year_from, filters.year_to
    if first is not None and last is not None and first > last:
        raise InvalidFilterError(
            f"year_from {first} is after year_to {last}; exchange them or leave one out"
        )


def _notes(snapshot: Snapshot, hits: Sequence[Hit], filters: Filters) -> tuple[str, ...]:
    """Whether a paper passes the filters, and which replaced papers stand behind the hits."""
    notes: list[str] = []
    allowed = allowed_papers(snapshot, filters)
    if not allowed.any():
        notes.append(said("no paper passes the filters; take one away"))
    shown = {symbols.key(hit.passage.symbol) for hit in hits}
    for number in np.flatnonzero(snapshot.store.replaced & ~allowed):
        entry = snapshot.store.entries[number]
        newer = entry.superseded_by or ""
        is_shown = symbols.key(entry.symbol) in shown
        if not is_shown and symbols.key(newer) in shown:
            notes.append(
                said("{symbol} is left out: {newer} replaces it", symbol=entry.symbol, newer=newer)
            )
    return tuple(dict.fromkeys(notes))


def _left_out(mode: Mode, found: Ranked) -> tuple[str, ...]:
    """Why late interaction alone finds nothing."""
    if (
        mode != "late"
        or len(found.late.rows)
        or not (len(found.lexical.rows) or len(found.dense.rows))
    ):
        return ()
    note = (
        "nothing can be compared word by word: the question is too long for it, or the encoder has"
        " no vectors of words or does not read these papers; search by words and meaning"
    )
    return (note,)


def _gone(found: Ranked) -> tuple[str, ...]:
    """That a part did not answer, and what that means."""
    if found.gone is None:
        return ()
    return (f"only words were searched, not meaning: {found.gone}",)


def _answer(
    snapshot: Snapshot,
    query: Query,
    hits: tuple[Hit, ...],
    notes: tuple[str, ...],
    started: float,
) -> Answer:
    """The answer, with the time since `started`."""
    return Answer(
        query=query,
        verdict=None,
        generation=snapshot.name,
        took_ms=(time.perf_counter() - started) * 1000,
        hits=hits,
        notes=notes,
        papers=results.papers_of(hits),
    )


def _verdict(
    snapshot: Snapshot,
    question: Question,
    query: Query,
    found: Ranked,
    misspelt: Collection[str],
) -> Verdict | None:
    """
    Whether the papers answer; None where it cannot be said.

    It cannot by one leg alone or where a part is gone, nor for common words, nor for a question in
    a language that the encoder does not read, nor where the filters leave no paper to ask.
    """
    calibration = snapshot.manifest.calibration
    english = reads_english_only(snapshot.manifest.encoder)
    spoken = question.spoken
    unread = english and spoken not in {None, "en"} and not question.glossed
    if query.mode != "hybrid" or calibration is None or calibration.method != METHOD:
        return None
    if found.gone is not None:
        return None
    if unread or is_common(question) or not allowed_papers(snapshot, query.filters).any():
        return None
    best = found.uncut or found.answer
    if not len(found.dense.rows):
        return "not_covered" if not len(best.rows) else None
    near = nearness(
        calibration,
        dense=float(found.dense.scores[0]),
        late=float(found.late.scores[0]) if len(found.late.rows) else None,
        question="" if question.cited else _asked(question, misspelt),
        passages=_known_of(snapshot, best),
    )
    return judged(calibration, near)


def _known_of(snapshot: Snapshot, best: Ranking) -> Iterator[str]:
    """Words of the best passages, and what is known of their papers; read when asked for."""
    for each in snapshot.store.passages(best.rows[:NAMES_IN].tolist()):
        yield f"{each.symbol} {each.date or ''} {each.session or ''}\n{embedded_text(each)}"


def _asked(question: Question, misspelt: Collection[str]) -> str:
    """What a question asks in words, as the encoder reads it, without what is misspelt."""
    text = " ".join(part.text for part in question.glossed or question.parts)
    for word in misspelt:
        text = text.replace(word, " ")
    return text


def _held(snapshot: Snapshot) -> set[str]:
    """Keys of all symbols in the index; a revision stands for what it is a version of, too."""
    own = [s for entry in snapshot.store.entries for s in (entry.symbol, *entry.symbols)]
    revised = [tie(each).thing for each in own]
    return {symbols.key(each) for each in (*own, *revised)}


def _natural(symbol: str) -> tuple[tuple[str, int], ...]:
    """Sorts `2022/10` after `2022/9`."""
    runs = re.findall(r"(\D*)(\d*)", symbol.casefold())
    return tuple((words, int(digits or 0)) for words, digits in runs)

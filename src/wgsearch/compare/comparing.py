"""
Draft x Engine -> Comparison: each paragraph verbatim, paraphrase, related or new, with sources.

Why wording before meaning: whether a sentence stands in a paper word for word is a fact, and is
looked for sentence by sentence; the rest is judged by how near the nearest passage comes.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from wgsearch.answers import Filters
from wgsearch.compare.likeness import features, probabilities
from wgsearch.compare.notes import note_of
from wgsearch.compare.records import (
    LABELS,
    ComparedParagraph,
    Comparison,
    LeftOut,
    Shared,
    Source,
)
from wgsearch.papers import languages, symbols
from wgsearch.papers.paper import PaperKind
from wgsearch.papers.series import tie
from wgsearch.passages import MAX_WORDS, count_words, split_text
from wgsearch.sentences import sentences
from wgsearch.wording import places, runs, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from wgsearch.answers import Engine, Hit, Neighbours
    from wgsearch.compare.records import Label
    from wgsearch.drafts import Draft, DraftParagraph
    from wgsearch.passages import Passage
    from wgsearch.wording import Run, Word

# Fewer words say nothing of which one could say that it was said before.
MIN_WORDS = 8
# A sentence of so many words that stands in a paper is a copy; shorter ones are formulas.
COPIED_WORDS = 8
# Passages looked at for a paragraph, and by their words alone for each of its sentences.
NEAR = 16
_NEAR_SENTENCE = 8
# Agendas announce what papers state, and corrigenda repeat a word of them: they are sources of
# what is copied from them only.
STATING = tuple(kind for kind in PaperKind if kind not in {PaperKind.AGENDA, PaperKind.CORRIGENDUM})
# Sources shown of a paragraph.
_SHOWN = 5
# Papers named in a note: more are a list that nobody checks.
_NAMED = 3


class _Aligned(NamedTuple):
    """
    A passage with what it has of a paragraph's words.

    Attributes:
        hit: The passage.
        shared: Runs of words, in the order of the paragraph.
        copied: How many words stand in runs that hold a whole sentence.
    """

    hit: Hit
    shared: tuple[Shared, ...]
    copied: int


# What tells a passage from others.
_Key = tuple[str, int, int]


class _Text(NamedTuple):
    """
    A paragraph or passage as it is aligned.

    Attributes:
        text: Its text.
        words: Its words.
        sentences: Its longer sentences, from the first word of each to its last.
    """

    text: str
    words: tuple[Word, ...]
    sentences: tuple[tuple[int, int], ...]


def compare(engine: Engine, draft: Draft, *, exclude: Iterable[str] = ()) -> Comparison:
    """
    Compare a draft with what the papers say.

    Args:
        engine: Where the papers are.
        draft: The draft.
        exclude: Symbols that are no sources, beside the draft's own; with each its revisions.
    """
    started = time.perf_counter()
    given = [*([draft.symbol] if draft.symbol else []), *exclude]
    excluded = _versions(engine, given)
    filters = Filters(not_symbols=excluded)
    kept, left = _parted(draft.paragraphs)
    pieces = [split_text(each.text, MAX_WORDS) for each in kept]
    asked = [piece for some in pieces for piece in some]
    stating = replace(filters, kinds=STATING)
    near = _grouped(engine.nearest(asked, k=NEAR, filters=stating), [len(some) for some in pieces])
    texts = [_text(each.text) for each in kept]
    found = _by_sentence(engine, texts, filters)
    aligning = _Aligning()
    compared = tuple(
        _compared(paragraph, text, tuple(zip(own, some, strict=True)), hits, aligning)
        for paragraph, text, own, some, hits in zip(kept, texts, pieces, near, found, strict=True)
    )
    return Comparison(
        draft=draft,
        generation=engine.state().generation,
        took_ms=(time.perf_counter() - started) * 1000,
        paragraphs=compared,
        left_out=left,
        excluded=excluded,
        shares=_shares(compared),
        notes=(*draft.notes, *_notes(kept, excluded)),
    )


def _versions(engine: Engine, given: Iterable[str]) -> tuple[str, ...]:
    """Symbols of the index that are versions of the given ones, and the given ones."""
    wanted = {symbols.key(tie(each).thing) for each in given}
    if not wanted:
        return ()
    held = (each.symbol for each in engine.papers(Filters()))
    versions = [each for each in held if symbols.key(tie(each).thing) in wanted]
    return tuple(dict.fromkeys((*given, *versions)))


def _parted(
    paragraphs: Iterable[DraftParagraph],
) -> tuple[list[DraftParagraph], tuple[LeftOut, ...]]:
    """What is compared, and what is too short to be."""
    kept: list[DraftParagraph] = []
    left: list[LeftOut] = []
    for each in paragraphs:
        if count_words(each.text) >= MIN_WORDS:
            kept.append(each)
        else:
            left.append(LeftOut(paragraph=each, reason="short"))
    return kept, tuple(left)


def _grouped(found: Sequence[Neighbours], sizes: Iterable[int]) -> list[tuple[Neighbours, ...]]:
    """What was found for the pieces of each paragraph."""
    grouped: list[tuple[Neighbours, ...]] = []
    at = 0
    for size in sizes:
        grouped.append(tuple(found[at : at + size]))
        at += size
    return grouped


def _text(text: str) -> _Text:
    """A paragraph as it is aligned."""
    return _Text(text, words(text), _sentences(text))


def _sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Sentences long enough to be copies, from their first word to their last."""
    found: list[tuple[int, int]] = []
    for start, end in sentences(text, languages.detect(text) or "en"):
        own = words(text[start:end])
        if len(own) >= COPIED_WORDS:
            found.append((start + own[0].start, start + own[-1].end))
    return tuple(found)


def _by_sentence(engine: Engine, texts: Sequence[_Text], filters: Filters) -> list[tuple[Hit, ...]]:
    """Passages that have the words of a paragraph's sentences, one by one."""
    asked = [text.text[start:end] for text in texts for start, end in text.sentences]
    found = engine.nearest(asked, k=_NEAR_SENTENCE, filters=filters, mode="lexical")
    grouped = _grouped(found, [len(text.sentences) for text in texts])
    return [tuple(near.hit for each in some for near in each.near) for some in grouped]


def _key(passage: Passage) -> _Key:
    """What tells a passage from others."""
    return passage.file, passage.index, passage.piece


class _Aligning:
    """Passages as they are aligned, each made ready once."""

    def __init__(self) -> None:
        self._known: dict[_Key, tuple[_Text, Mapping[tuple[str, ...], list[int]]]] = {}

    def aligned(self, text: _Text, hit: Hit) -> _Aligned:
        """What a passage has of a paragraph's words."""
        passage = hit.passage
        key = _key(passage)
        if key not in self._known:
            made = _text(passage.text)
            self._known[key] = (made, places(made.words))
        own, known = self._known[key]
        shared = tuple(_shared(text, own, run) for run in runs(text.words, own.words, known))
        copied = sum(each.words for each in shared if each.whole)
        spans = tuple(sorted(each.source for each in shared))
        marked = replace(hit, match=replace(hit.match, spans=spans))
        return _Aligned(marked, shared, copied)


def _shared(text: _Text, own: _Text, run: Run) -> Shared:
    """A run with its places in both texts."""
    draft = (text.words[run.first].start, text.words[run.first + run.length - 1].end)
    source = (own.words[run.second].start, own.words[run.second + run.length - 1].end)
    return Shared(
        draft=draft,
        source=source,
        words=run.length,
        whole=_holds(draft, text) or _holds(source, own),
    )


def _holds(run: tuple[int, int], text: _Text) -> bool:
    """Whether a run holds a sentence, but for the marks around its words."""
    return any(start >= run[0] and end <= run[1] for start, end in text.sentences)


def _compared(
    paragraph: DraftParagraph,
    text: _Text,
    near: Sequence[tuple[str, Neighbours]],
    found: Sequence[Hit],
    aligning: _Aligning,
) -> ComparedParagraph:
    """A paragraph with its label and its sources."""
    hits: dict[_Key, Hit] = {}
    for hit in (*(each.hit for _, some in near for each in some.near), *found):
        hits.setdefault(_key(hit.passage), hit)
    aligned = {key: aligning.aligned(text, hit) for key, hit in hits.items()}
    copies = sorted(
        (each for each in aligned.values() if each.copied),
        key=lambda each: (-each.copied, bool(each.hit.superseded_by), each.hit.rank),
    )
    judged = _judged(near)
    sources = [_source(each, "verbatim", 1.0) for each in copies[:_SHOWN]]
    shown = {_key(each.hit.passage) for each in sources}
    for key, (label, likeness) in judged.items():
        if key not in shown and label != "new":
            sources.append(_source(aligned[key], label, likeness))
    strongest: Label = sources[0].label if sources else "new"
    ranked = tuple(
        replace(each, hit=replace(each.hit, rank=rank))
        for rank, each in enumerate(sources[:_SHOWN], start=1)
    )
    return ComparedParagraph(
        paragraph=paragraph,
        label=strongest,
        sources=ranked,
        note=_note(strongest, ranked),
        words=count_words(paragraph.text),
        said=_said(ranked),
    )


def _judged(
    near: Sequence[tuple[str, Neighbours]],
) -> dict[_Key, tuple[Label, float]]:
    """
    What a paragraph is to the passages nearest to it, and how probably they say the same.

    Of a paragraph in several pieces, the piece that was most said before counts. Where the
    nearest passage has nothing of it, no other is taken for its source.
    """
    best: dict[_Key, tuple[Label, float]] = {}
    for text, neighbours in near:
        own = words(text)
        found: dict[_Key, tuple[Label, float]] = {}
        for each in neighbours.near:
            told = features(own, each, neighbours)
            if told is None:
                continue
            likely = probabilities(told)
            label = max(likely, key=lambda name: likely[name])
            found[_key(each.hit.passage)] = (label, likely["paraphrase"])
        if found and next(iter(found.values()))[0] != "new":
            best = _stronger(best, found)
    return best


def _stronger(
    one: dict[_Key, tuple[Label, float]],
    other: dict[_Key, tuple[Label, float]],
) -> dict[_Key, tuple[Label, float]]:
    """Of the sources of two pieces, those whose first says more, before the others."""
    if not one:
        return other
    first, second = (LABELS.index(next(iter(each.values()))[0]) for each in (one, other))
    return one | other if first <= second else other | one


def _source(aligned: _Aligned, label: Label, likeness: float) -> Source:
    """A passage as a source, with its note."""
    passage = aligned.hit.passage
    quoted = _quoted(aligned.shared, passage) if label == "verbatim" else None
    return Source(
        hit=aligned.hit,
        label=label,
        shared=aligned.shared,
        likeness=likeness,
        note=note_of(label, [passage], quoted),
    )


def _quoted(shared: Sequence[Shared], passage: Passage) -> str | None:
    """The longest run of a passage's words that holds a sentence, with the mark that ends it."""
    whole = [each for each in shared if each.whole]
    if not whole:
        return None
    start, end = max(whole, key=lambda each: each.words).source
    rest = passage.text[end:]
    closing = len(rest) - len(rest.lstrip('.!?”"’)'))
    return passage.text[start : end + closing]


def _note(label: Label, sources: Sequence[Source]) -> str | None:
    """Where a paragraph was said before, of the sources that say it as nearly as the first."""
    own = [each for each in sources if each.label == label and not each.hit.superseded_by]
    own = own or [each for each in sources if each.label == label]
    if not own or label == "new":
        return None
    if label != "verbatim":
        own = own[:1]
    return note_of(label, [each.hit.passage for each in own[:_NAMED]])


def _said(sources: Iterable[Source]) -> int:
    """How many words of a paragraph stand in runs of its sources, each word once."""
    covered = sorted((*each.draft, each.words) for s in sources for each in s.shared)
    said = reach = 0
    for start, end, many in covered:
        if start >= reach:
            said += many
        reach = max(reach, end)
    return said


def _shares(compared: Sequence[ComparedParagraph]) -> dict[Label, float]:
    """Share of the words under each label."""
    whole = sum(each.words for each in compared)
    return {
        label: sum(each.words for each in compared if each.label == label) / whole if whole else 0.0
        for label in LABELS
    }


def _notes(kept: Sequence[DraftParagraph], excluded: Sequence[str]) -> Iterable[str]:
    """What a reader should know of the comparison."""
    if not kept:
        yield f"no paragraph has {MIN_WORDS} words or more: nothing was compared"
    if excluded:
        yield f"not taken for a source: {', '.join(excluded)}"
    foreign = sum(languages.detect(each.text) not in {None, "en"} for each in kept)
    if foreign:
        yield f"{foreign} paragraphs are in another language than English: compared by words only"

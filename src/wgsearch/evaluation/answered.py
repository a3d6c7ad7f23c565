"""
relevance cases and an engine -> MeasuredCases: where the expected paragraph came, what came first.

Why on an index that is there: what a person is shown depends on the papers beside it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wgsearch.answers import Filters, Query
from wgsearch.errors import EmptyQuestionError, QuestionTooLongError
from wgsearch.evaluation.cases import CaseKind
from wgsearch.evaluation.measures import mean
from wgsearch.evaluation.runs import DEPTH, Latency, Place, latency, shown_by, warm
from wgsearch.papers import symbols
from wgsearch.passages import citation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from wgsearch.answers import Answer, Engine, Mode, PaperEntry
    from wgsearch.evaluation.cases import Cases, Expected, RelevanceCase
    from wgsearch.index.reading import Progress
    from wgsearch.passages import Passage

# By the rank of the first right passage; the first tells which cases rose and fell.
MEASURES: dict[str, Callable[[int | None], float]] = {
    "mrr@10": lambda rank: 1 / rank if rank and rank <= 10 else 0.0,  # noqa: PLR2004 - its name
    "success@1": lambda rank: float(bool(rank) and (rank or 0) <= 1),
    "success@5": lambda rank: float(bool(rank) and (rank or 0) <= 5),  # noqa: PLR2004 - its name
    "success@10": lambda rank: float(bool(rank) and (rank or 0) <= 10),  # noqa: PLR2004 - its name
}
NOT_COVERED = "not_covered"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredCase:
    """
    A case, asked.

    Attributes:
        case: The case.
        rank: Rank of the first right passage, None beyond a hundred.
        first: What came first, None when nothing was found.
        verdict: Of the answer; None where it is not judged.
        took_ms: Milliseconds; None when the question was refused.
        refused: Why the question was refused.
    """

    case: RelevanceCase
    rank: int | None
    first: Passage | None
    verdict: str | None
    took_ms: float | None
    refused: str | None = None

    @property
    def values(self) -> dict[str, float]:
        """Measures by name; a verdict is right when it is `not_covered` where nothing answers."""
        found: dict[str, float] = {}
        if self.case.expected:
            found = {name: value(self.rank) for name, value in MEASURES.items()}
        if self.verdict is not None:
            found["verdict"] = float((self.verdict == NOT_COVERED) != bool(self.case.expected))
        return found

    def to_json(self) -> dict[str, object]:
        """As `--per-query` prints it."""
        first = self.first
        return {
            "id": self.case.id,
            "question": self.case.question,
            "kind": self.case.kind.value,
            "rank": self.rank,
            "verdict": self.verdict,
            **{name: round(value, 6) for name, value in self.values.items() if name != "verdict"},
            "verdict_right": self.values.get("verdict"),
            "expected": [each.to_json() for each in self.case.expected],
            "first": {
                "symbol": first.symbol,
                "paragraph": first.paragraph,
                "part": first.part,
                "language": first.language,
                "citation": citation(first),
            }
            if first
            else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """
    How often answers said `not_covered`, among cases of one sort.

    Attributes:
        judged: How many answers had a verdict.
        not_covered: Share of these that said `not_covered`; None when none had one.
    """

    judged: int
    not_covered: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredCases:
    """
    Relevance cases, asked of an index.

    Attributes:
        name: Name of their file.
        mode: Which legs took part.
        generation: The index generation that answered.
        content_digest: What is indexed there.
        encoder: Identity of its encoder.
        latency: How long answering took.
        digest: SHA-256 of questions and what is expected.
        seconds: Asking all.
        notes: What is expected and not in the index; which questions were refused.
        answered: Each case.
    """

    name: str
    mode: Mode
    generation: str
    content_digest: str
    encoder: str
    latency: Latency | None
    digest: str
    seconds: float
    notes: tuple[str, ...]
    answered: tuple[AnsweredCase, ...]

    @property
    def answerable(self) -> tuple[AnsweredCase, ...]:
        """Cases that something answers."""
        return tuple(each for each in self.answered if each.case.expected)

    def to_json(self, *, per_query: bool = False) -> dict[str, object]:
        """The measures as `wgsearch evaluate CASES.jsonl --json` prints them."""
        splits = sorted({each.case.split for each in self.answered if each.case.split})
        shown: dict[str, object] = {
            "name": self.name,
            "mode": self.mode,
            **_summary(self.answered),
            "by_kind": {
                kind.value: {"cases": len(some), **_means(some)}
                for kind in CaseKind
                if (some := [each for each in self.answerable if each.case.kind == kind])
            },
            "by_split": {
                split: _summary([each for each in self.answered if each.case.split == split])
                for split in splits
            },
            "seconds": round(self.seconds, 2),
            "encoder": self.encoder,
            "generation": self.generation,
            "content_digest": self.content_digest,
            "latency_ms": self.latency.to_json() if self.latency else None,
            "digest": self.digest,
            "notes": list(self.notes),
        }
        if per_query:
            shown["per_query"] = [each.to_json() for each in self.answered]
        return shown


def evaluate_cases(
    cases: Cases, engine: Engine, *, mode: Mode = "hybrid", progress: Progress | None = None
) -> MeasuredCases:
    """
    Ask all cases.

    Args:
        cases: The cases.
        engine: What answers.
        mode: Which legs take part.
        progress: Told how many are asked.
    """
    started = time.perf_counter()
    places = _Places(engine)
    notes = list(places.unknown(cases.cases))
    warm(engine, mode)
    answered: list[AnsweredCase] = []
    for case in cases.cases:
        answered.append(_answered(engine, places, case, mode))
        if progress:
            progress("ask", len(answered), len(cases.cases))
    notes += [
        f"{each.case.id!r} finds nothing: {each.refused}" for each in answered if each.refused
    ]
    state = engine.state()
    return MeasuredCases(
        name=cases.name,
        mode=mode,
        generation=state.generation,
        content_digest=state.content_digest,
        encoder=state.encoder,
        latency=latency([each.took_ms for each in answered], DEPTH),
        digest=cases.digest,
        seconds=time.perf_counter() - started,
        notes=tuple(notes),
        answered=tuple(answered),
    )


def verdicts(answered: Iterable[AnsweredCase]) -> Verdicts:
    """How often answers with a verdict said `not_covered`."""
    held = [each.verdict for each in answered if each.verdict is not None]
    return Verdicts(judged=len(held), not_covered=mean(each == NOT_COVERED for each in held))


class _Places:
    """
    Where expected paragraphs stand in an index.

    A joint paper is known by each of its symbols, a paragraph stands in every language version.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._entries: dict[str, list[PaperEntry]] = {}
        for entry in engine.papers(Filters()):
            for each in {symbols.key(own) for own in (entry.symbol, *entry.symbols)}:
                self._entries.setdefault(each, []).append(entry)
        self._passages: dict[str, tuple[Passage, ...]] = {}

    def of(self, expected: Iterable[Expected]) -> frozenset[Place]:
        """The places of any of some expected paragraphs."""
        return frozenset(
            Place(passage.file, passage.index)
            for each in expected
            for entry in self._entries.get(symbols.key(each.symbol), ())
            for passage in self._passages_of(entry)
            if _is_meant(each, passage)
        )

    def unknown(self, cases: Iterable[RelevanceCase]) -> Iterator[str]:
        """Notes on expected paragraphs that the index does not hold."""
        for case in cases:
            for each in case.expected:
                if symbols.key(each.symbol) not in self._entries:
                    yield f"{case.id!r} expects {each.symbol}, which is not in the index"
                elif not self.of((each,)):
                    named = each.paragraph or f"that begins {each.begins!r}"
                    inside = f" of {each.part}" if each.part else ""
                    yield (
                        f"{case.id!r} expects a paragraph {named}{inside}, "
                        f"which {each.symbol} does not have"
                    )

    def _passages_of(self, entry: PaperEntry) -> tuple[Passage, ...]:
        """The passages of one language version."""
        if entry.file not in self._passages:
            language = entry.language.partition("+")[0]
            self._passages[entry.file] = self._engine.passages(entry.symbol, language)
        return self._passages[entry.file]


def _is_meant(expected: Expected, passage: Passage) -> bool:
    """Whether an expected paragraph of this paper is the one that a passage is the head of."""
    return (
        expected.paragraph == passage.paragraph
        and (expected.part is None or expected.part.casefold() == passage.part.casefold())
        and (expected.begins is None or passage.text.startswith(expected.begins))
    )


def _answered(engine: Engine, places: _Places, case: RelevanceCase, mode: Mode) -> AnsweredCase:
    """One case, asked."""
    try:
        answer: Answer = engine.search(Query(text=case.question, k=DEPTH, mode=mode, explain=False))
    except (EmptyQuestionError, QuestionTooLongError) as error:
        return AnsweredCase(
            case=case, rank=None, first=None, verdict=None, took_ms=None, refused=str(error)
        )
    wanted = places.of(case.expected)
    ranks = (
        rank
        for rank, hit in enumerate(answer.hits, start=1)
        if not wanted.isdisjoint(shown_by(hit))
    )
    return AnsweredCase(
        case=case,
        rank=next(ranks, None),
        first=answer.hits[0].passage if answer.hits else None,
        verdict=answer.verdict,
        took_ms=answer.took_ms,
    )


def _summary(answered: Sequence[AnsweredCase]) -> dict[str, object]:
    """What is said of all cases, and of each split."""
    something = [each for each in answered if each.case.expected]
    nothing = [each for each in answered if not each.case.expected]
    right, wrong = verdicts(nothing), verdicts(something)
    return {
        "cases": len(answered),
        "answerable": len(something),
        "negatives": len(nothing),
        **_means(something),
        "verdicts": {
            "negatives_judged": right.judged,
            "negatives_not_covered": _rounded(right.not_covered),
            "answerable_judged": wrong.judged,
            "answerable_not_covered": _rounded(wrong.not_covered),
        },
    }


def _means(answered: Iterable[AnsweredCase]) -> dict[str, float | None]:
    """Means of the measures of ranks; None of no case."""
    held = list(answered)
    return {name: _rounded(mean(each.values[name] for each in held)) for name in MEASURES}


def _rounded(value: float | None) -> float | None:
    """Four digits."""
    return None if value is None else round(value, 4)

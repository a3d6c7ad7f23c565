"""
two reports over the same questions -> what rose, what fell, and whether chance would do as much.

Why from reports: the earlier run was made by code that is gone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wgsearch.errors import JudgementsError
from wgsearch.evaluation import answered, sets
from wgsearch.evaluation.significance import (
    DRAWS,
    Interval,
    bootstrap_interval,
    randomisation_p,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

# In the order of tables; those that tell rising from falling first.
_MEASURES = tuple(dict.fromkeys((*sets.MEASURES, *answered.MEASURES, "verdict_right")))
_DIGEST = 12
_CONDITIONS = ("mode", "encoder", "reranker", "annotated", "documents", "content_digest")
SOURCE = "Smucker, Allan and Carterette 2007: randomisation test; bootstrap, 95 % interval"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedQuestion:
    """
    One question of a report.

    Attributes:
        id: Its id.
        question: Its text.
        values: Measures by name.
    """

    id: str
    question: str
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """
    What `evaluate --json --per-query` printed.

    Attributes:
        name: Name of the set, or of the file of cases.
        digest: SHA-256 of questions and judgements.
        conditions: What else may differ between two runs: mode, encoder, reranker, documents.
        questions: Each question by id.
    """

    name: str
    digest: str
    conditions: Mapping[str, object]
    questions: Mapping[str, ReportedQuestion]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A question whose value changed."""

    id: str
    question: str
    before: float
    after: float

    def to_json(self) -> dict[str, object]:
        """As reports print it."""
        return {
            "id": self.id,
            "question": self.question,
            "before": self.before,
            "after": self.after,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """
    One measure before and after.

    Attributes:
        measure: Its name.
        questions: How many questions have it in both runs.
        before: Mean of the earlier run.
        after: Mean of this run.
        interval: 95 % interval of the mean difference.
        p: Share of sign changes that differ as much by chance.
        rose: Questions that rose, most first.
        fell: Questions that fell, most first.
    """

    measure: str
    questions: int
    before: float
    after: float
    interval: Interval
    p: float
    rose: tuple[Moved, ...]
    fell: tuple[Moved, ...]

    def to_json(self) -> dict[str, object]:
        """Without the questions."""
        return {
            "questions": self.questions,
            "before": round(self.before, 4),
            "after": round(self.after, 4),
            "difference": round(self.after - self.before, 4),
            "interval_95": [round(each, 4) for each in self.interval],
            "p": round(self.p, 4),
            "rose": len(self.rose),
            "fell": len(self.fell),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """
    Two runs over the same questions.

    Attributes:
        changes: By measure; questions that rose and fell are told by the first.
        differing: Conditions of the runs that differ, in words.
    """

    changes: tuple[Change, ...]
    differing: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        """As `--compare --json` prints it."""
        first = self.changes[0]
        return {
            "differing": list(self.differing),
            "measures": {each.measure: each.to_json() for each in self.changes},
            "by": first.measure,
            "rose": [each.to_json() for each in first.rose],
            "fell": [each.to_json() for each in first.fell],
            "unchanged": first.questions - len(first.rose) - len(first.fell),
            "draws": DRAWS,
            "source": SOURCE,
        }


def read_report(path: Path) -> Report:
    """
    A report of an earlier run.

    Raises:
        JudgementsError: It is missing, is no such report, or lacks its questions; the message
            says how to make it.
    """
    if not path.is_file():
        raise JudgementsError(f"there is no file {str(path)!r} to compare with")
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise JudgementsError(f"{str(path)!r} is no JSON ({error}); {_HOW}") from error
    return report_of(found, str(path))


_HOW = "make it by `wgsearch evaluate ... --per-query -o FILE`"


def report_of(found: object, name: str) -> Report:
    """A report of what it printed; `name` says which in messages."""
    if not isinstance(found, dict) or "name" not in found:
        raise JudgementsError(f"{name!r} is no report of an evaluation; {_HOW}")
    if "per_query" not in found:
        raise JudgementsError(f"{name!r} does not tell its questions apart; {_HOW}")
    try:
        return Report(
            name=str(found["name"]),
            digest=str(found["digest"]),
            conditions={each: found[each] for each in _CONDITIONS if each in found},
            questions={str(each["id"]): _reported(each) for each in found["per_query"]},
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise JudgementsError(f"{name!r} is not whole ({error!r}); {_HOW}") from error


def check_same(before: Report, digest: str) -> None:
    """
    Refuse to compare runs over other questions or judgements.

    Raises:
        JudgementsError: The digests differ.
    """
    if before.digest != digest:
        raise JudgementsError(
            f"the earlier run over {before.name!r} had other questions or judgements (digest "
            f"{before.digest[:_DIGEST]}, now {digest[:_DIGEST]}); run it again on these to compare"
        )


def compare(before: Report, after: Report) -> Comparison:
    """
    What changed from one run to another over the same questions.

    Raises:
        JudgementsError: The questions or judgements differ, or have no measure in common.
    """
    check_same(before, after.digest)
    if before.questions.keys() != after.questions.keys():
        raise JudgementsError(
            f"the earlier run over {before.name!r} tells of {len(before.questions)} questions, "
            f"this one of {len(after.questions)}; {_HOW}"
        )
    changes = [_change(name, before, after) for name in _MEASURES]
    held = tuple(each for each in changes if each)
    if not held:
        raise JudgementsError(f"the two runs over {before.name!r} have no measure in common")
    names = dict.fromkeys((*before.conditions, *after.conditions))
    differing = tuple(
        f"{name}: {_said(before, name)} before, {_said(after, name)} now"
        for name in names
        if before.conditions.get(name) != after.conditions.get(name)
    )
    return Comparison(changes=held, differing=differing)


def _reported(record: Mapping[str, object]) -> ReportedQuestion:
    """One question of a report."""
    values = {
        name: float(value)
        for name in _MEASURES
        if isinstance(value := record.get(name), int | float)
    }
    return ReportedQuestion(id=str(record["id"]), question=str(record["question"]), values=values)


def _change(measure: str, before: Report, after: Report) -> Change | None:
    """One measure of both runs; None when no question has it in both."""
    moved = [
        Moved(
            id=name,
            question=now.question,
            before=before.questions[name].values[measure],
            after=now.values[measure],
        )
        for name, now in after.questions.items()
        if measure in now.values and measure in before.questions[name].values
    ]
    if not moved:
        return None
    differences = [each.after - each.before for each in moved]
    return Change(
        measure=measure,
        questions=len(moved),
        before=_mean([each.before for each in moved]),
        after=_mean([each.after for each in moved]),
        interval=bootstrap_interval(differences),
        p=randomisation_p(differences),
        rose=_sorted([each for each in moved if each.after > each.before]),
        fell=_sorted([each for each in moved if each.after < each.before]),
    )


def _sorted(moved: Sequence[Moved]) -> tuple[Moved, ...]:
    """The farthest first."""
    return tuple(sorted(moved, key=lambda each: (-abs(each.after - each.before), each.id)))


def _mean(values: Sequence[float]) -> float:
    """Of at least one."""
    return sum(values) / len(values)


def _said(report: Report, name: str) -> str:
    """A condition in words."""
    value = report.conditions.get(name)
    said = "none" if value is None else str(value)
    return said[:_DIGEST] if name.endswith("digest") else said

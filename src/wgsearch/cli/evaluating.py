"""
judged questions -> one report: measured, told question by question, compared with an earlier one.

Why apart from the commands: what is compared must be read, and refused, before minutes of work.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import typer

from wgsearch.errors import JudgementsError
from wgsearch.evaluation import evaluate_cases, read_cases, read_judged_set, write_cases
from wgsearch.evaluation.cases import CaseKind
from wgsearch.evaluation.comparison import check_same, compare, read_report, report_of
from wgsearch.evaluation.sets import measure

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from wgsearch.answers import Mode
    from wgsearch.embedding import Encoder
    from wgsearch.evaluation import Comparison, Measured, MeasuredCases, Merged
    from wgsearch.evaluation.comparison import Report
    from wgsearch.index.reading import Progress
    from wgsearch.reranking import Reranker
    from wgsearch.search import LocalEngine


class Evaluated(NamedTuple):
    """
    What was measured, and what changed.

    Attributes:
        measured: The measures.
        comparison: With the earlier report; None when none was named.
    """

    measured: Measured | MeasuredCases
    comparison: Comparison | None

    def to_json(self, *, per_query: bool) -> dict[str, object]:
        """As `wgsearch evaluate --json` prints it."""
        shown = self.measured.to_json(per_query=per_query)
        if self.comparison:
            shown["comparison"] = self.comparison.to_json()
        return shown


def evaluated(
    source: Path,
    *,
    mode: Mode,
    index: Path | None,
    encoder: Encoder,
    reranker: Reranker | None,
    engine: Callable[[], LocalEngine],
    earlier: Path | None,
    with_annotation: bool,
    progress: Progress,
) -> Evaluated:
    """
    Measure a judged set, or relevance cases.

    Args:
        source: Folder of a judged set, or file of cases.
        mode: Which legs take part.
        index: Where to keep a judged set's index; None for nowhere.
        encoder: The encoder of a judged set.
        reranker: Reads the best of a judged set again; None for none.
        engine: Opens the index that cases are asked of.
        earlier: The report to compare with.
        with_annotation: Ask questions of a judged set with their annotations.
        progress: Told how far the work is.
    """
    before = read_report(earlier) if earlier else None
    if source.is_dir():
        judged = read_judged_set(source)
        _check(before, judged.digest)
        found: Measured | MeasuredCases = measure(
            judged,
            encoder,
            mode=mode,
            index=index,
            reranker=reranker,
            with_annotation=with_annotation,
            progress=progress,
        )
    elif source.is_file():
        if with_annotation:
            raise typer.BadParameter(
                "--with-annotation is for judged sets, this is a file of cases"
            )
        cases = read_cases(source)
        _check(before, cases.digest)
        found = evaluate_cases(cases, engine(), mode=mode, progress=progress)
    else:
        raise JudgementsError(
            f"there is no {str(source)!r}; name the folder of a judged set, or a file of cases"
        )
    if before is None:
        return Evaluated(found, None)
    after = report_of(found.to_json(per_query=True), str(source))
    return Evaluated(found, compare(before, after))


def check_output(output: Path | None, *sources: Path) -> None:
    """Refuse a file that cannot be written, or that is read from, before any work is done."""
    if output is None:
        return
    if output.is_dir() or not output.parent.is_dir():
        raise typer.BadParameter(f"{str(output)!r} cannot be written; name a file in a folder")
    if any(output.resolve() == each.resolve() for each in sources):
        raise typer.BadParameter(f"{str(output)!r} is read from; name another file for -o")


def write_report(output: Path, report: dict[str, object]) -> None:
    """Write a report, whole or not at all."""
    aside = output.with_name(f"{output.name}.new")
    aside.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    aside.replace(output)


def write_marked(output: Path, found: Merged) -> None:
    """
    Write the cases that marks made; cases made by an earlier run are replaced.

    Raises:
        JudgementsError: The file holds cases that a person wrote, or there is no case to write.
    """
    if not found.cases:
        raise JudgementsError(f"no case to write to {str(output)!r}: {'; '.join(found.notes)}")
    if output.is_file() and any(c.kind != CaseKind.MARKED for c in read_cases(output).cases):
        raise JudgementsError(
            f"{str(output)!r} holds cases that were not made of marks and would be lost; name "
            "another file for -o"
        )
    write_cases(output, found.cases)


def _check(before: Report | None, digest: str) -> None:
    """Refuse to compare with a run over other questions."""
    if before:
        check_same(before, digest)

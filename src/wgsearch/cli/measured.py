"""
measures and comparisons -> tables that a person reads on a terminal.

Why the worst first: a mean says how good a search is, single questions say what to mend.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from wgsearch.evaluation import MeasuredCases
from wgsearch.evaluation.answered import MEASURES as RANKS
from wgsearch.evaluation.sets import MEASURES
from wgsearch.passages import citation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from wgsearch.evaluation import Comparison, Measured, Merged
    from wgsearch.evaluation.answered import AnsweredCase
    from wgsearch.evaluation.comparison import Moved

# What is read at a glance; JSON has all.
SHOWN = 20
_QUESTION = 120
_HIDDEN = ("notes", "by_kind", "by_split", "verdicts", "latency_ms", "digest", "content_digest")


def measured(console: Console, found: Measured | MeasuredCases, *, per_query: bool) -> None:
    """The means, and the worst questions where they are asked for."""
    shown = found.to_json()
    for name, value in shown.items():
        if name not in _HIDDEN and value is not None:
            words = ", ".join(value) if isinstance(value, list) else value
            console.print(Text(f"{name:>14}  {words}"))
    if found.latency:
        one = found.latency
        console.print(
            Text(
                f"{'answering':>14}  {one.p50:.0f} ms in the middle, {one.p95:.0f} ms at most in "
                f"19 of 20, with {one.hits} hits"
            )
        )
    if isinstance(found, MeasuredCases):
        _verdicts(console, shown["verdicts"])
        _kinds(console, found)
    for note in found.notes:
        console.print(Text(f"Note: {note}", style="yellow"))
    if not per_query:
        return
    if isinstance(found, MeasuredCases):
        _missed(console, found.answered)
    else:
        _worst(console, found)


def compared(console: Console, found: Comparison) -> None:
    """Means before and after, and which questions moved."""
    for condition in found.differing:
        console.print(Text(f"Differs: {condition}", style="yellow"))
    table = Table("measure", "before", "after", "difference", "95 % interval", "p", box=None)
    for each in found.changes:
        table.add_row(
            each.measure,
            f"{each.before:.4f}",
            f"{each.after:.4f}",
            f"{each.after - each.before:+.4f}",
            f"{each.interval.low:+.4f} to {each.interval.high:+.4f}",
            f"{each.p:.4f}",
        )
    console.print(table)
    first = found.changes[0]
    same = first.questions - len(first.rose) - len(first.fell)
    console.print(
        f"By {first.measure}: {len(first.rose)} questions rose, {len(first.fell)} fell, "
        f"{same} stayed."
    )
    _moved(console, "Rose", first.rose)
    _moved(console, "Fell", first.fell)


def merged(console: Console, found: Merged, output: str) -> None:
    """What became of marks."""
    console.print(f"{found.marks} marks made {len(found.cases)} cases, written to {output}.")
    for each in found.disagreements:
        part = f" ({each.part})" if each.part else ""
        console.print(
            Text(
                f"People differ: {each.symbol}, para. {each.paragraph}{part}, on "
                f"{each.question!r}: {each.yes} yes, {each.no} no; taken as: {each.taken_as}"
            )
        )
    for note in found.notes:
        console.print(Text(f"Note: {note}", style="yellow"))


def _verdicts(console: Console, found: object) -> None:
    """How often nothing was said to be covered, rightly and wrongly."""
    shares = found if isinstance(found, dict) else {}
    for sort, words in (("negatives", "nothing answers"), ("answerable", "something answers")):
        share, judged = shares[f"{sort}_not_covered"], shares[f"{sort}_judged"]
        said = "no verdicts" if share is None else f"{share:.1%} of {judged} verdicts"
        console.print(Text(f"{'not_covered':>14}  {said}, where {words}"))


def _kinds(console: Console, found: MeasuredCases) -> None:
    """Means by kind of case."""
    table = Table("kind", "cases", *RANKS, box=None)
    kinds = found.to_json()["by_kind"]
    for kind, means in (kinds if isinstance(kinds, dict) else {}).items():
        table.add_row(kind, *(f"{value}" for value in means.values()))
    console.print(table)


def _worst(console: Console, found: Measured) -> None:
    """Questions of a judged set, the worst first."""
    order = sorted(found.questions, key=lambda each: (*each.values.values(), each.id))
    table = Table(*MEASURES, "question", box=None)
    for each in order[:SHOWN]:
        missed = sum(document not in each.found for document in each.grades)
        table.add_row(
            *(f"{value:.2f}" for value in each.values.values()),
            _entry(
                each.id,
                each.question,
                f"first: {each.found[0] if each.found else 'nothing'}; "
                f"{missed} of {len(each.grades)} missed",
            ),
        )
    _titled(console, table, "questions", len(order))


def _missed(console: Console, answered: Iterable[AnsweredCase]) -> None:
    """Cases whose answer did not come first, the worst first; verdicts that are wrong."""
    wrong = [each for each in answered if min(each.values.values(), default=1.0) < 1]
    wrong.sort(key=lambda each: (-(each.rank or len(wrong) + 1000), each.case.id))
    table = Table("rank", "kind", "verdict", "case", box=None)
    for each in wrong[:SHOWN]:
        places = [f"{e.symbol}, para. {e.paragraph or e.begins}" for e in each.case.expected]
        more = f" or {len(places) - 1} more" if len(places) > 1 else ""
        table.add_row(
            str(each.rank or "–"),
            each.case.kind.value,
            each.verdict or "–",
            _entry(
                each.case.id,
                each.case.question,
                f"expected: {places[0] if places else 'nothing'}{more}\n"
                f"first: {citation(each.first) if each.first else 'nothing'}",
            ),
        )
    _titled(console, table, "cases not answered first, or with a wrong verdict", len(wrong))


def _titled(console: Console, table: Table, what: str, total: int) -> None:
    """A table under how much of all it shows."""
    console.print(f"\nThe {min(SHOWN, total)} worst of {total} {what} (--json has all):")
    console.print(table)


def _moved(console: Console, title: str, moved: Sequence[Moved]) -> None:
    """Questions that moved, the farthest first."""
    if not moved:
        return
    table = Table("before", "after", "question", box=None)
    for each in moved[:SHOWN]:
        table.add_row(f"{each.before:.2f}", f"{each.after:.2f}", _entry(each.id, each.question, ""))
    console.print(f"\n{title}, the farthest {min(SHOWN, len(moved))} of {len(moved)}:")
    console.print(table)


def _entry(name: str, question: str, found: str) -> Text:
    """A question, cut, with its id under it and what was found."""
    line = " ".join(question.split())
    cut = line if len(line) <= _QUESTION else f"{line[: _QUESTION - 1]}…"
    below = "\n".join(each for each in (name, found) if each)
    return Text.assemble(cut, "\n", (below, "dim"))

"""
judged agenda items and topics -> how often listed papers come first, and verdicts are right.

    python bench/agenda.py [--judged FOLDER] [--index DIR] [--mode lexical] [--sample] [--misses]
    python bench/agenda.py --pack-speed INDEX

The first part asks the items of a judged set in BEIR layout as an agenda asks them, title and
annotation, and counts listed papers among the first three papers. The second part asks, over the
sample corpus, the topics of tests/evaluation whether they were addressed before, and its questions
under which item they belong: that of the papers that answer them. `--pack-speed` makes the pack of
an agenda of 20 items over an index, three times: seconds to find, to write, and of processors.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, NamedTuple, get_args

from wgsearch.agenda import Agenda, AgendaItem, ListedDocument
from wgsearch.answers import Filters
from wgsearch.api.packing import packed
from wgsearch.briefing import belonging, brief
from wgsearch.embedding import RememberingEncoder, open_encoder
from wgsearch.evaluation import read_judged_set
from wgsearch.evaluation.engines import engine_over
from wgsearch.evaluation.runs import run
from wgsearch.export import format_of
from wgsearch.history import before, history
from wgsearch.history.records import Addressed, Confidence
from wgsearch.holdings import Holdings
from wgsearch.index.build import build
from wgsearch.papers.paper import PaperKind
from wgsearch.search import LocalEngine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wgsearch.answers import Engine, Mode, PaperEntry
    from wgsearch.evaluation import JudgedSet
    from wgsearch.history import History

ROOT = Path(__file__).parents[1]
SETS = ("history", "history-held-out")
QUESTIONS = ("sample", "blind")
FIRST = 3
ITEMS, ANNOTATION = 20, 3


class Judgement(NamedTuple):
    """A judged topic and what was found."""

    topic: str
    expected: Addressed
    found: History


def share_of_listed(engine: LocalEngine, judged: JudgedSet, mode: Mode) -> tuple[int, int]:
    """Listed papers among the first three papers, and how many could be, over all items."""
    asked = run(engine, judged, mode=mode, with_annotation=True)
    found = could = 0
    for name, ranked in asked.ranked.items():
        listed = set(judged.qrels[name])
        found += len(listed & set(ranked.documents[:FIRST]))
        could += min(FIRST, len(listed))
    return found, could


def judge(engine: Engine, path: Path) -> list[Judgement]:
    """Ask all topics of a file."""
    holdings = Holdings(engine)
    judgements = []
    for line in path.read_text(encoding="utf-8").splitlines():
        topic = json.loads(line)
        unseen = before(holdings, topic["before"]) if topic["before"] else ()
        found = history(engine, topic["topic"], unseen=unseen)
        judgements.append(Judgement(topic["topic"], topic["verdict"], found))
    return judgements


def table(name: str, judgements: Iterable[Judgement]) -> str:
    """Right verdicts, in all, by confidence, and which is taken for which."""
    judgements = list(judgements)
    right = [each.found.verdict == each.expected for each in judgements]
    lines = [f"{name}: {sum(right)} of {len(right)} right, {sum(right) / len(right):.3f}", ""]
    by_confidence = defaultdict(list)
    for each, is_right in zip(judgements, right, strict=True):
        by_confidence[each.found.confidence].append(is_right)
    lines += ["| confidence | topics | right |", "|---|---|---|"]
    lines += [
        f"| {each} | {len(own)} | {sum(own) / len(own):.2f} |"
        for each in get_args(Confidence)
        if (own := by_confidence[each])
    ]
    verdicts = get_args(Addressed)
    taken = Counter((each.expected, each.found.verdict) for each in judgements)
    lines += ["", f"| judged | {' | '.join(verdicts)} |", f"|{'---|' * (len(verdicts) + 1)}"]
    lines += [
        f"| {one} | {' | '.join(str(taken[one, other]) for other in verdicts)} |"
        for one in verdicts
    ]
    return "\n".join(lines) + "\n"


def placed(engine: Engine, path: Path) -> tuple[int, int]:
    """
    Questions whose item comes first, of those answered by papers of one item only.

    The item is that of an agenda of the corpus that lists the papers which answer.
    """
    holdings = Holdings(engine)
    agendas = [engine.agenda(each.symbol) for each in holdings.entries if _is_agenda(each)]
    item_of = {
        each.symbol: (agenda, item.number)
        for agenda in agendas
        for item in agenda.items
        for each in item.documents
        if each.symbol
    }
    right = asked = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        question = json.loads(line)
        answering = {each["symbol"] for each in question.get("expected", ())}
        if not answering or not answering <= set(item_of):
            continue
        numbers = {(item_of[each][0].symbol, item_of[each][1]) for each in answering}
        if len(numbers) == 1:
            agenda, number = item_of[answering.pop()]
            found = belonging(engine, agenda, question["question"], holdings)
            asked += 1
            right += found[0].item.number == number
    return right, asked


def _is_agenda(entry: PaperEntry) -> bool:
    """A paper that is an agenda, and no report that holds one."""
    return entry.has_agenda and entry.kind == PaperKind.AGENDA


def twenty_items(engine: Engine) -> Agenda:
    """
    An agenda of 20 items that ask what the papers of an index speak of.

    Each takes its title and annotation from a paper, and lists that paper and one that is not
    held: papers of an index are spread evenly over its items, so that it is the same each time.
    """
    entries = sorted(engine.papers(Filters(languages=("en",))), key=lambda each: each.symbol)
    chosen = [entries[at * len(entries) // ITEMS] for at in range(ITEMS)]
    return Agenda(
        symbol=None,
        title="Annotated provisional agenda",
        items=tuple(_item_on(engine, each, at) for at, each in enumerate(chosen, start=1)),
        timetable=(),
    )


def _item_on(engine: Engine, entry: PaperEntry, number: int) -> AgendaItem:
    """An item on what a paper speaks of."""
    paragraphs = engine.paper(entry.symbol, entry.language).paragraphs[:ANNOTATION]
    return AgendaItem(
        number=str(number),
        title=entry.title or entry.symbol,
        sub_items=(),
        annotation="\n\n".join(each.text for each in paragraphs),
        documents=(
            ListedDocument(symbol=entry.symbol, title=entry.title, sub_item=None),
            ListedDocument(symbol=f"DEMO/COP/WG.4/1999/{number}", title=None, sub_item=None),
        ),
        note=None,
    )


def pack_speed(index: Path) -> str:
    """Seconds of a pack, by format: finding what stands in it, then writing it."""
    engine = LocalEngine(index, RememberingEncoder(open_encoder()))
    agenda = twenty_items(engine)
    lines = [f"{engine.state().passages:,} passages, {len(agenda.items)} items"]
    for at in range(1, 4):
        begun, at_work = perf_counter(), process_time()
        pack = brief(engine, agenda, prepared="2026-01-01")
        found = perf_counter()
        packed(pack, format_of("docx"))
        done, worked = perf_counter(), process_time() - at_work
        lines.append(
            f"pack {at}: {found - begun:.2f} s to find, {done - found:.2f} s to write as DOCX,"
            f" {worked:.2f} s of processors"
        )
    return "\n".join(lines)


def main() -> None:
    """Print what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--judged", type=Path, help="a judged set of agenda items")
    parser.add_argument("--index", type=Path, help="folder to keep the set's index in")
    parser.add_argument("--mode", default="hybrid", help="which legs take part")
    parser.add_argument(
        "--sample", action="store_true", help="ask the topics and questions of the sample"
    )
    parser.add_argument("--pack-speed", type=Path, help="an index to make a long pack over")
    parser.add_argument("--misses", action="store_true", help="name wrong verdicts")
    asked = parser.parse_args()
    if asked.pack_speed:
        print(pack_speed(asked.pack_speed))
        return
    encoder = open_encoder()
    if asked.judged:
        judged = read_judged_set(asked.judged)
        with engine_over(judged, encoder, modes=(asked.mode,), index=asked.index) as engine:
            found, could = share_of_listed(engine, judged, asked.mode)
        print(
            f"{judged.name}, {asked.mode}, title and annotation: {found} of {could} listed papers "
            f"among the first {FIRST}, {found / could:.3f}\n"
        )
    if asked.sample:
        with tempfile.TemporaryDirectory(prefix="wgsearch-") as aside:
            build(ROOT / "corpus" / "papers", Path(aside), encoder)
            engine = LocalEngine(Path(aside), encoder)
            for name in SETS:
                judgements = judge(engine, ROOT / "tests" / "evaluation" / f"{name}.jsonl")
                print(table(name, judgements))
                for each in judgements if asked.misses and name == SETS[0] else ():
                    if each.found.verdict != each.expected:
                        print(f"- {each.topic!r}: {each.found.verdict}, judged {each.expected}")
            for name in QUESTIONS:
                right, asked_for = placed(engine, ROOT / "tests" / "evaluation" / f"{name}.jsonl")
                share = right / asked_for
                print(f"{name}: the item of {right} of {asked_for} questions first, {share:.3f}")


if __name__ == "__main__":
    main()

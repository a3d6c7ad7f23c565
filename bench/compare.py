"""
papers -> our figures beside those of other libraries, measured in one run.

    python bench/compare.py [--corpus FOLDER] [--papers N] [--contenders a,b] [--rounds R]
                            [--ingest-rounds R] [--questions N] [--out FILE.json]

Each contender is a script in peers/ with the same two actions, in a virtual environment of its
own, made when it is missing (about 1.7 GB each). All get the same papers, the same weights
and the same questions (sentences of the papers). They run one after the other, round by
round. Progress goes to standard error, a table to standard output, all figures to --out.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from environments import BENCH, CONTENDERS, OURS, ROOT, Contender, make, size_mb, versions
from figures import COMPARED, MOST_OF_IT, Measured, reference, rows
from machine import machine, warn_when_busy
from processes import ContenderError, run
from render import markdown, read_part

SUFFIXES = (".pdf", ".docx", ".txt")
HAND = next(each for each in CONTENDERS if each.name == "hand")
RESULTS = BENCH / "results"


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Where everything of one run lies, how long a process may take, and whether OCR is found."""

    papers: Path
    questions: Path
    stores: Path
    logs: Path
    timeout_s: float
    with_ocr: bool

    def ingest(self, contender: Contender) -> dict[str, object]:
        """Fill a new store."""
        store = self.stores / contender.name
        shutil.rmtree(store, ignore_errors=True)
        ran = self._run(contender, "ingest", self.papers, store)
        done, encoded = ran.lines
        return done.found | encoded.found | {"seconds": done.seconds, "tree_mb": ran.tree_mb}

    def ask(self, contender: Contender) -> dict[str, object]:
        """Ask a filled store in a new process."""
        store = self.stores / contender.name
        first, others = self._run(contender, "ask", store, self.questions).lines
        if not first.found["passages"]:
            raise ContenderError("the first question found nothing")
        return others.found | {"cold_s": first.seconds}

    def _run(self, contender: Contender, action: str, source: Path, target: Path) -> object:
        command = [contender.python, contender.script, action, source, target]
        log = self.logs / f"{contender.name}-{action}.txt"
        # tesseract is found by its name; where only the environment is searched, there is none.
        path = None if self.with_ocr else str(contender.python.parent)
        return run(command, log, timeout_s=self.timeout_s, path=path)


def papers_of(folder: Path, count: int | None) -> list[Path]:
    """The first so many papers of a folder, by name."""
    found = sorted(each for each in folder.iterdir() if each.suffix.lower() in SUFFIXES)
    return found[:count]


def _tell(message: str) -> None:
    """Progress, for who waits."""
    print(f"{time.strftime('%H:%M:%S')} {message}", file=sys.stderr, flush=True)


def _questions(folder: Path, count: int) -> list[str]:
    """Sentences of the papers, as the hand-made baseline reads them."""
    command = [HAND.python, HAND.script, "questions", folder, str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def _prepared(contenders: list[Contender]) -> dict[str, Measured]:
    """Environments made; sizes and versions of what is in them."""
    make(HAND)
    found = {}
    for each in contenders:
        make(each)
        found[each.name] = Measured(
            name=each.name,
            title=each.title,
            ours=each.name == OURS,
            install_mb=size_mb(each),
            versions=versions(each),
        )
    return found


def _raced(
    course: Course, contenders: list[Contender], measured: dict[str, Measured], asked: object
) -> list[str]:
    """Rounds of ingest, then rounds of answers; what failed, by name."""
    failed: dict[str, str] = {}
    actions = (("ingest", asked.ingest_rounds), ("ask", asked.rounds))
    for action, rounds in actions:
        for number in range(1, rounds + 1):
            for each in contenders:
                if each.name in failed:
                    continue
                _tell(f"{action}, round {number} of {rounds}: {each.title}")
                one = measured[each.name]
                try:
                    if action == "ingest":
                        one.ingests.append(course.ingest(each))
                        _tell(f"    {one.ingests[-1]['seconds']:.1f} s")
                    else:
                        one.answers.append(course.ask(each))
                        _tell(f"    first answer {one.answers[-1]['cold_s']:.2f} s")
                except ContenderError as error:
                    failed[each.name] = f"{each.title}: {action}: {error}"
                    _tell(f"left out: {failed[each.name]}")
    return list(failed.values())


def measure(asked: argparse.Namespace, contenders: list[Contender]) -> dict[str, object]:
    """The whole run as one part of the results."""
    measured = _prepared(contenders)
    # Asked after installing, which is work of our own, and before anything is timed.
    here = machine()
    warn_when_busy(here)
    papers = papers_of(asked.corpus, asked.papers)
    logs = RESULTS / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="wgsearch-bench-") as aside:
        folder = Path(aside)
        for name, chosen in (("papers", papers), ("one", papers[:1])):
            (folder / name).mkdir()
            for paper in chosen:
                shutil.copy(paper, folder / name)
        questions = _questions(folder / "papers", asked.questions + 1)
        if len(questions) < 2:  # noqa: PLR2004 - one cold, one warm
            raise SystemExit("the papers hold fewer than two sentences to ask; take more papers")
        (folder / "questions.json").write_text(json.dumps(questions), encoding="utf-8")
        course = Course(
            papers=folder / "papers",
            questions=folder / "questions.json",
            stores=folder / "stores",
            logs=logs,
            timeout_s=asked.timeout,
            with_ocr=not asked.no_ocr,
        )
        course.stores.mkdir()
        _warmed(course, folder / "one", contenders)
        failed = _raced(course, contenders, measured, asked)
    return {
        "part": "peers",
        "command": "make bench",
        "machine": here,
        "settings": {
            "papers": len(papers),
            "questions": len(questions) - 1,
            "rounds": asked.rounds,
            "ingest_rounds": asked.ingest_rounds,
            "ocr": not asked.no_ocr,
        },
        "notes": _notes(list(measured.values()), asked, len(papers), len(questions) - 1),
        "left_out": failed,
        "rows": rows(list(measured.values()), len(papers)),
        "measured": [asdict(each) for each in measured.values()],
    }


def _warmed(course: Course, one: Path, contenders: list[Contender]) -> None:
    """
    Every contender with one paper, untimed.

    Why: byte code is written, files are in the system's cache, and what a contender prepares
    once for ever (an exported model) is there.
    """
    warm = replace(course, papers=one)
    for each in contenders:
        _tell(f"one paper to warm up: {each.title}")
        try:
            warm.ingest(each)
        except ContenderError as error:
            _tell(f"    {error}")


def _notes(
    measured: list[Measured], asked: argparse.Namespace, papers: int, questions: int
) -> list[str]:
    """What a reader must know to read the tables."""
    done = [each for each in measured if each.complete]
    named = {what: reference(done, quantity) for quantity, what in COMPARED.items()}
    fastest = "; ".join(f"{what}: {each.title}" for what, each in named.items() if each)
    method = (
        f"{papers} papers, {questions} questions; rounds of ingest: {asked.ingest_rounds}, of "
        f"answers: {asked.rounds}, medians. Contenders take turns, each in a process and a virtual "
        "environment of its own, with the same weights (all-MiniLM-L6-v2)."
    )
    against = (
        "*Times as fast* compares with the fastest peer whose encoder reads the text: at least "
        f"{MOST_OF_IT:.0%} of the word pieces of its passages. {fastest}."
    )
    partly = [
        f"* {row['contender']} sends the encoder longer passages than it reads "
        f"({row['read_share']:.0%} of their word pieces): what is cut off costs no time and cannot "
        "be found by meaning."
        for row in rows(measured, papers)
        if not row["all_text"]
    ]
    found = (
        "Questions are sentences of the papers as pypdf reads them; one is found when a passage "
        "of the ten holds most of its words in their order. Long passages find more, and leave "
        "more to read."
    )
    counted = (
        "Stages that overlap may add up to more than the whole. The first answer counts from the "
        "start of a process to the printed answer. Memory of an ingest is that of a process and "
        "its children at one time."
    )
    scans = (
        "Scans stay unread: no contender finds a program that reads them."
        if asked.no_ocr
        else "Scans are read by wgsearch alone, where tesseract is installed; that takes its time."
    )
    return [method, *([against] if fastest else []), *partly, scans, found, counted]


def _asked() -> argparse.Namespace:
    """What the command line names."""
    shared, sample = ROOT.parent / "shared" / "un", ROOT / "corpus" / "papers"
    known = [each.name for each in CONTENDERS]
    parser = argparse.ArgumentParser(description="Measure this project beside other libraries.")
    parser.add_argument("--corpus", type=Path, default=shared if shared.is_dir() else sample)
    parser.add_argument("--papers", type=int, help="only the first so many, by name")
    parser.add_argument("--contenders", default=",".join(known), help="of %(default)s")
    parser.add_argument("--rounds", type=int, default=3, help="of answers (%(default)s)")
    parser.add_argument("--ingest-rounds", type=int, default=1, help="of ingest (%(default)s)")
    parser.add_argument("--questions", type=int, default=200, help="asked warm (%(default)s)")
    parser.add_argument("--no-ocr", action="store_true", help="scans stay unread, as by the peers")
    parser.add_argument("--timeout", type=float, default=1800, help="seconds a process may take")
    parser.add_argument("--out", type=Path, default=RESULTS / "peers.json")
    asked = parser.parse_args()
    asked.contenders = [each.strip() for each in asked.contenders.split(",")]
    if unknown := set(asked.contenders) - set(known):
        parser.error(f"no contender is called {', '.join(sorted(unknown))}; there are {known}")
    if not asked.corpus.is_dir() or not papers_of(asked.corpus, 1):
        parser.error(f"{str(asked.corpus)!r} holds no papers; name a folder with --corpus")
    for name in ("rounds", "ingest_rounds", "questions"):
        if getattr(asked, name) < 1:
            parser.error(f"--{name.replace('_', '-')} must be at least 1")
    return asked


def main() -> int:
    """Measure what the command line names; 1 when a contender failed."""
    asked = _asked()
    contenders = [each for each in CONTENDERS if each.name in asked.contenders]
    part = measure(asked, contenders)
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    aside = asked.out.with_suffix(".part")
    aside.write_text(json.dumps(part, indent=2) + "\n", encoding="utf-8")
    aside.replace(asked.out)
    print(markdown(read_part(asked.out)))
    return 1 if part["left_out"] else 0


if __name__ == "__main__":
    sys.exit(main())

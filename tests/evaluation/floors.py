"""
floors.json -> floors that nothing measured may fall below; measured values -> higher floors.

Why a program writes the file: a floor that is lowered by hand is lowered in silence. Its seal
is the digest of all that it says; whoever lowers a floor says why, and the reason stays.

    python tests/evaluation/floors.py                         measure all, raise what rose
    python tests/evaluation/floors.py NAME/MODE ...           only these; new ones are added
    python tests/evaluation/floors.py NAME/MODE --lower --because TEXT
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
import tempfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wgsearch.embedding import open_encoder
from wgsearch.evaluation import evaluate_cases, read_cases, read_judged_set
from wgsearch.evaluation.sets import measure as measure_set
from wgsearch.index.build import build
from wgsearch.search import LocalEngine

if TYPE_CHECKING:
    from wgsearch.answers import Mode

FILE = Path(__file__).with_name("floors.json")
ROOT = Path(__file__).parents[2]
SETS = ROOT.parent / "shared" / "ir"
# Relevance cases over the sample corpus, by name.
CASES = {name: Path(__file__).with_name(f"{name}.jsonl") for name in ("sample", "blind")}
CORPUS = ROOT / "corpus" / "papers"
# Encoding by another processor, or in int8, moves the figures of a set by up to 0.004.
MARGIN = 0.005
# Of larger sets every so many-th question is asked: thousands say no more about a floor.
MOST_QUESTIONS = 300
# Of cases each is a whole step: two questions of a hundred, two unanswerable ones of thirty.
MARGINS = {
    "success@5": 0.02,
    "mrr@10": 0.02,
    "negatives_not_covered": 0.06,
    "answerable_not_covered": 0.01,
}
# What each kind of set is held to.
SET_MEASURES = ("ndcg@10", "recall@100")
CASE_MEASURES = ("success@5", "mrr@10", "negatives_not_covered", "answerable_not_covered")
# Of these less is better: the floor is a ceiling.
CEILINGS = ("answerable_not_covered",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lowered:
    """A floor that was lowered, from what to what, and why."""

    name: str
    mode: str
    measure: str
    before: float
    after: float
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Floors:
    """
    All floors.

    Attributes:
        floors: By set, mode and measure.
        lowered: Floors that were lowered, oldest first.
    """

    floors: dict[str, dict[str, dict[str, float]]]
    lowered: tuple[Lowered, ...]

    @property
    def seal(self) -> str:
        """Digest of floors and reasons."""
        said = [self.floors, [asdict(each) for each in self.lowered]]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]

    def write(self, path: Path) -> None:
        """Write them under their seal."""
        lowered = [asdict(each) for each in self.lowered]
        found = {"floors": self.floors, "lowered": lowered, "seal": self.seal}
        path.write_text(json.dumps(found, indent=2, sort_keys=True) + "\n", encoding="utf-8")


class BrokenSealError(Exception):
    """floors.json was changed by hand."""


def read_floors(path: Path = FILE) -> Floors:
    """
    The floors of a file.

    Raises:
        BrokenSealError: Something else than this program wrote it.
    """
    found = json.loads(path.read_text(encoding="utf-8"))
    floors = Floors(
        floors=found["floors"], lowered=tuple(Lowered(**each) for each in found["lowered"])
    )
    if floors.seal != found.get("seal"):
        raise BrokenSealError(
            f"{path.name} was changed by hand; raise floors by `python tests/evaluation/floors.py`"
            ", lower one by `... NAME/MODE --lower --because TEXT`"
        )
    return floors


def moved(
    floors: Floors, name: str, mode: str, measured: dict[str, float], because: str | None = None
) -> Floors:
    """
    The floors after measuring one set: what rose is raised.

    Args:
        floors: The floors so far.
        name: The set.
        mode: Which legs took part.
        measured: What was measured, by measure.
        because: Why floors may be lowered, too; None when they may not.
    """
    held = dict(floors.floors.get(name, {}).get(mode, {}))
    lowered = list(floors.lowered)
    for measure, value in measured.items():
        new, old = floor_of(measure, value), held.get(measure)
        if old is not None and not fulfils(measure, new, old):
            if because is None:
                continue
            lowered.append(
                Lowered(
                    name=name, mode=mode, measure=measure, before=old, after=new, because=because
                )
            )
        held[measure] = new
    modes = floors.floors.get(name, {}) | {mode: held}
    return Floors(floors=floors.floors | {name: modes}, lowered=tuple(lowered))


def floor_of(measure: str, value: float) -> float:
    """The floor under a measured value: three digits, a small margin away."""
    margin = MARGINS.get(measure, MARGIN)
    if measure in CEILINGS:
        return math.ceil(round((value + margin) * 1000, 6)) / 1000
    return max(0.0, math.floor(round((value - margin) * 1000, 6)) / 1000)


def fulfils(measure: str, value: float, floor: float) -> bool:
    """Whether a value is no worse than its floor."""
    return value <= floor if measure in CEILINGS else value >= floor


def missing(name: str) -> str | None:
    """Why a set cannot be measured here; None when it can."""
    if name in CASES:
        return None if CASES[name].is_file() else f"no {CASES[name].name} beside this test"
    return None if (SETS / name).is_dir() else f"no folder ../shared/ir/{name} beside the checkout"


def measure(name: str, mode: Mode, index: Path) -> dict[str, float]:
    """What a set is held to, measured through the code that serves; an index made for it."""
    encoder = open_encoder()
    if name not in CASES:
        judged = read_judged_set(SETS / name)
        step = max(1, len(judged.queries) // MOST_QUESTIONS)
        asked = {query: judged.queries[query] for query in list(judged.queries)[::step]}
        some = replace(judged, queries=asked)
        found = measure_set(some, encoder, mode=mode, index=index).to_json()
        return _numbers(found, SET_MEASURES)
    build(CORPUS, index, encoder)
    cases = read_cases(CASES[name])
    found = evaluate_cases(cases, LocalEngine(index, encoder), mode=mode).to_json()
    verdicts = found["verdicts"]
    return _numbers(found | (verdicts if isinstance(verdicts, dict) else {}), CASE_MEASURES)


def _numbers(found: dict[str, Any], names: tuple[str, ...]) -> dict[str, float]:
    """The measures that are there; verdicts may not be."""
    return {name: float(found[name]) for name in names if found[name] is not None}


def main() -> int:
    """Measure, and write the floors that follow."""
    parser = argparse.ArgumentParser(description="Raise floors to what is measured.")
    parser.add_argument("names", nargs="*", metavar="NAME/MODE", help="by default all there are")
    parser.add_argument("--lower", action="store_true", help="lower the floors named, too")
    parser.add_argument("--because", help="why they are lowered")
    parser.add_argument("--cache", type=Path, help="folder whose embeddings.sqlite is used")
    asked = parser.parse_args()
    if asked.lower != bool((asked.because or "").strip()):
        parser.error("--lower and --because go together: say why")
    if asked.lower and not asked.names:
        parser.error("name the floors to lower")
    floors = read_floors()
    known = [f"{name}/{mode}" for name, modes in floors.floors.items() for mode in modes]
    for each in asked.names or known:
        name, _, mode = each.partition("/")
        if why := missing(name):
            print(f"{each}: {why}", file=sys.stderr)  # noqa: T201 - a script
            continue
        with tempfile.TemporaryDirectory() as aside:
            if asked.cache:
                kept = (asked.cache / "embeddings.sqlite").resolve()
                (Path(aside) / kept.name).symlink_to(kept)
            found = measure(name, mode or "hybrid", Path(aside))
        floors = moved(floors, name, mode or "hybrid", found, asked.because)
        floors.write(FILE)
        print(f"{each}: {found} -> {floors.floors[name][mode or 'hybrid']}")  # noqa: T201 - a script
    return 0


if __name__ == "__main__":
    sys.exit(main())

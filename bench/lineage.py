"""
judged lineages -> how many links are found, how many of those found are right, and their marks.

Why swept on three sets: the invented reports have paraphrases and traps, the sample corpus has
neighbours in substance, and resolutions have long paragraphs that are nearly the same.

    python -m bench.lineage --sample INDEX [--un INDEX] [--sweep]
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from wgsearch.answers import Filters
from wgsearch.cli.terminal import encoder_of
from wgsearch.index.build import PaperReader, build
from wgsearch.papers.corpus import CorpusFile
from wgsearch.papers.paper import Paper, PaperKind, Paragraph, ParagraphKind
from wgsearch.papers.recommendations import recommends
from wgsearch.register import recommended
from wgsearch.register.lineage import Lines, Thresholds
from wgsearch.search import LocalEngine
from wgsearch.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wgsearch.embedding import Encoder

JUDGED = Path("tests/evaluation/lineage.jsonl")
_USED = Thresholds()
# Each is swept with the others as they are used.
_SWEPT: dict[str, tuple[float, ...]] = {
    "wording": (0.5, 0.6, 0.7, 0.8, 0.9, 1.0),
    "least": (0.15, 0.2, 0.25, 0.27, 0.29, 0.31, 0.35),
    "near": (0.0, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8),
    "both": (0.95, 1.0, 1.05, 1.08, 1.1, 1.12, 1.15, 1.2),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """
    What a recommendation follows, by judgement.

    Attributes:
        id: The recommendation.
        follows: The one it follows; None where it is new.
        mark: What it does to that one; None where that was not judged.
        text: Its words, of the invented set.
        agreed: Agreed, likewise.
    """

    id: str
    follows: str | None
    mark: str | None
    text: str | None = None
    agreed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """
    How lineages compare with judgements.

    Attributes:
        links: Links judged.
        found: Links found.
        right: Links found that were judged.
        marks: Of these, links whose mark was judged.
        marked: Of these, marks that are right.
    """

    links: int
    found: int
    right: int
    marks: int
    marked: int

    def __str__(self) -> str:
        """Precision, recall, their harmonic mean, and marks."""
        both = 2 * self.right / max(1, self.found + self.links)
        return (
            f"found {self.right} of {self.links}, {self.found - self.right} wrong,"
            f" F1 {both:.3f}, marks {self.marked} of {self.marks}"
        )


def judgements(file: Path = JUDGED) -> dict[str, list[Judged]]:
    """Judgements by set."""
    found: dict[str, list[Judged]] = defaultdict(list)
    for line in file.read_text(encoding="utf-8").splitlines():
        fields = json.loads(line)
        found[fields.pop("set")].append(Judged(**fields))
    return dict(found)


def reports(judged: Sequence[Judged]) -> list[Paper]:
    """The invented reports: those that were not agreed stand under a heading that says so."""
    by_symbol: dict[str, list[Paragraph]] = defaultdict(list)
    for each in judged:
        symbol, _, number = each.id.rpartition(":")
        found = recommends(each.text or "", agreed=each.agreed)
        if found is None:
            raise ValueError(f"{each.id} recommends nothing")
        by_symbol[symbol].append(
            Paragraph(
                number=number,
                part="body",
                kind=ParagraphKind.RECOMMENDATION,
                heading_path=("II. Recommendations",),
                page_first=1,
                page_last=1,
                text=each.text or "",
                recommendation=found,
            )
        )
    return [_report(symbol, paragraphs) for symbol, paragraphs in by_symbol.items()]


def engine_of(papers: Sequence[Paper], encoder: Encoder, folder: Path) -> LocalEngine:
    """An engine over papers in memory."""
    by_file = {each.file: each for each in papers}
    reader = PaperReader(
        version=1,
        scan=lambda _: tuple(CorpusFile(file=p.file, digest=p.digest, size=0) for p in papers),
        read=lambda _, files: (by_file[each] for each in files),
        agenda=lambda _: None,
    )
    build(folder / "corpus", folder / "index", encoder, reader=reader)
    return LocalEngine(folder / "index", encoder)


def measure(
    engine: LocalEngine,
    judged: Sequence[Judged],
    thresholds: Thresholds,
    known: dict[tuple[str, str], float] | None = None,
) -> Measured:
    """
    How lineages compare with judgements.

    Args:
        engine: What knows the papers.
        judged: The judgements; of papers that they name, what they do not list is new.
        thresholds: When two recommendations are the same one.
        known: Nearness of pairs that was asked for before, kept from one sweep to the next.
    """
    names = {each.id.rpartition(":")[0] for each in judged}
    names |= {each.follows.rpartition(":")[0] for each in judged if each.follows}
    records = [each for each in recommended(engine, Filters()) if each.passage.symbol in names]
    lines = Lines(engine, records, thresholds, known)
    expected = {each.id: each for each in judged if each.follows}
    marks: Mapping[str, str] = {
        step.recommended.id: step.mark for each in records for step in lines.line(each.id)
    }
    found = {
        each.id: link.earlier.id for each in records if (link := lines.followed(each)) is not None
    }
    right = [name for name, earlier in found.items() if _is(expected.get(name), earlier)]
    judged_marks = [name for name in right if expected[name].mark]
    return Measured(
        links=len(expected),
        found=len(found),
        right=len(right),
        marks=len(judged_marks),
        marked=sum(marks[name] == expected[name].mark for name in judged_marks),
    )


def _is(judged: Judged | None, earlier: str) -> bool:
    return judged is not None and judged.follows == earlier


def _report(symbol: str, paragraphs: Sequence[Paragraph]) -> Paper:
    year = symbol.split("/")[-2]
    return Paper(
        file=f"{symbol.replace('/', '_')}.en.pdf",
        digest=symbol,
        symbol=symbol,
        symbols=(symbol,),
        title=f"Report on the session of {year}",
        kind=PaperKind.REPORT,
        body="Demonstration Working Group on Trafficking in Persons",
        session=None,
        meeting=None,
        date=f"{year}-07-14",
        language="en",
        languages=("en",),
        original=("en",),
        distribution="General",
        agenda_item=None,
        pages=1,
        headings=(),
        paragraphs=tuple(paragraphs),
        footnotes=(),
        warnings=(),
    )


def main() -> None:
    """Print the measures of each set, at the thresholds in use or at all of a sweep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=Path, required=True, help="index of the sample corpus")
    parser.add_argument("--un", type=Path, help="index of resolutions, for reading only")
    parser.add_argument("--sweep", action="store_true")
    asked = parser.parse_args()
    encoder = encoder_of(Settings())
    every = judgements()
    with tempfile.TemporaryDirectory() as folder:
        engines = {"made": engine_of(reports(every["made"]), encoder, Path(folder))}
        engines["sample"] = LocalEngine(asked.sample, encoder)
        if asked.un:
            engines["un"] = LocalEngine(asked.un, encoder)
        known: dict[str, dict[tuple[str, str], float]] = {name: {} for name in engines}
        swept = [("as used", _USED)]
        if asked.sweep:
            swept += [
                (f"{field} {value:.2f}", replace(_USED, **{field: value}))
                for field, values in _SWEPT.items()
                for value in values
            ]
        for label, used in swept:
            for name, engine in engines.items():
                print(label, name, measure(engine, every[name], used, known[name]))


if __name__ == "__main__":
    main()

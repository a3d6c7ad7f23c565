"""
How exactly papers are read: a folder of papers against what people read on their pages.

    python bench/reading.py FOLDER [--json] [--misses]

FOLDER holds papers and, where there are any, `manifest.csv` (file, symbol, title, date,
language, type), `agendas.json` (items with their documents) and Word twins of PDFs (same
name, `.docx`). Prints one table or one JSON object.

Exact means equal but for case, accents, spacing and punctuation of titles, and signs that
join two symbols. Papers without a text layer count as unread and in no share. Speed is
processor time of one process over all PDFs; memory is its peak. Twins and leftovers are
measured with code of their own (twins.py, leftovers.py), not with the reader's.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import resource
import sys
import time
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from leftovers import leftovers
from twins import compare_twin, summed

from wgsearch.agenda import read_agenda
from wgsearch.errors import PaperUnreadableError
from wgsearch.papers.reader import read_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wgsearch.papers.paper import Paper

FIELDS = ("symbol", "date", "title", "language", "kind")


@dataclass(slots=True)
class Reading:
    """All papers of a folder, read once, and what that cost."""

    folder: Path
    papers: dict[str, Paper] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    pages: int = 0
    seconds: float = 0.0


def plain(text: str | None) -> str:
    """Words of a title for comparing."""
    letters = unicodedata.normalize("NFKD", text or "")
    letters = "".join(each for each in letters if not unicodedata.combining(each))
    return " ".join(re.findall(r"\w+", letters.casefold()))


def joined(symbol: str | None) -> str:
    """A symbol with one sign between joint ones."""
    return re.sub(r"[\u2010-\u2015\u2212]", "-", symbol or "")


def read_folder(folder: Path) -> Reading:
    """Every paper of a folder; pages and seconds count PDFs only."""
    reading = Reading(folder)
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in (".pdf", ".docx", ".txt"):
            continue
        started = time.process_time()
        try:
            paper = read_file(path)
        except PaperUnreadableError as error:
            reading.unread[path.name] = error.code
            continue
        if path.suffix.lower() == ".pdf":
            reading.seconds += time.process_time() - started
            reading.pages += paper.pages or 0
        reading.papers[path.name] = paper
    return reading


def f1(found: Iterable[object], wanted: Iterable[object]) -> dict[str, float]:
    """Precision, recall and their harmonic mean over two sets."""
    have, want = set(found), set(wanted)
    hit = len(have & want)
    precision = hit / len(have) if have else 0.0
    recall = hit / len(want) if want else 0.0
    both = precision + recall
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / both, 4) if both else 0.0,
    }


def mastheads(reading: Reading, misses: list[str]) -> dict[str, object]:
    """Share of papers whose field is exact, over the manifest."""
    with (reading.folder / "manifest.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["file"] in reading.papers]
    exact = dict.fromkeys(FIELDS, 0)
    for row in rows:
        paper = reading.papers[row["file"]]
        found = {
            "symbol": joined(paper.symbol),
            "date": paper.date or "",
            "title": plain(paper.title),
            "language": paper.language,
            "kind": str(paper.kind),
        }
        wanted = {
            "symbol": joined(row["symbol"]),
            "date": row["date"],
            "title": plain(row["title"]),
            "language": row["language"],
            "kind": row["type"],
        }
        for name in FIELDS:
            hit = found[name] == wanted[name] or (name in ("language", "kind") and not wanted[name])
            exact[name] += hit
            if not hit:
                misses.append(f"{row['file']}: {name} {found[name]!r}, expected {wanted[name]!r}")
    return {
        "papers": len(rows),
        **{name: round(count / max(len(rows), 1), 4) for name, count in exact.items()},
    }


def agendas(reading: Reading, misses: list[str]) -> dict[str, object]:
    """Items and documents of agendas."""
    truth = json.loads((reading.folder / "agendas.json").read_text(encoding="utf-8"))
    found_items, wanted_items, found_documents, wanted_documents = [], [], [], []
    for each in truth:
        name = each.get("file") or each["source"].split(" (")[0]
        agenda = read_agenda(reading.papers[name])
        for item in agenda.items if agenda else ():
            found_items.append((name, item.number, plain(item.title)))
            found_documents += [
                (name, item.number, one.symbol) for one in item.documents if one.symbol
            ]
        for item in each["items"]:
            wanted_items.append((name, item["number"], plain(item["title"])))
            wanted_documents += [
                (name, item["number"], one["symbol"])
                for one in item.get("documents", ())
                if one["symbol"]
            ]
    for found, wanted in (
        (set(found_items), set(wanted_items)),
        (set(found_documents), set(wanted_documents)),
    ):
        misses.extend(f"agenda: missing {each}" for each in sorted(wanted - found))
        misses.extend(f"agenda: not there {each}" for each in sorted(found - wanted))
    return {
        "agenda_items": f1(found_items, wanted_items),
        "agenda_documents": f1(found_documents, wanted_documents),
    }


def twins(reading: Reading, misses: list[str]) -> dict[str, object]:
    """Paragraphs of PDFs, and of their Word twins as we read them, against the Word files."""
    found: dict[str, object] = {}
    for name, suffix in (("twins_pdf", ".pdf"), ("twins_docx", ".docx")):
        compared = [
            compare_twin(reading.folder / f"{stem}.docx", reading.papers[stem + suffix], misses)
            for stem in sorted(Path(file).stem for file in reading.papers if file.endswith(".pdf"))
            if f"{stem}.docx" in reading.papers
        ]
        if compared:
            found[name] = summed(compared)
    return found


def measure(folder: Path) -> tuple[dict[str, object], list[str]]:
    """All measures that a folder allows, and each miss in words."""
    reading = read_folder(folder)
    misses: list[str] = []
    found: dict[str, object] = {"read": len(reading.papers), "unread": reading.unread}
    if (folder / "manifest.csv").exists():
        found |= mastheads(reading, misses)
    if (folder / "agendas.json").exists():
        found |= agendas(reading, misses)
    found |= twins(reading, misses)
    left = [
        leftovers(folder / name, paper, misses)
        for name, paper in reading.papers.items()
        if name.lower().endswith(".pdf")
    ]
    lines = sum(each.lines for each in left)
    found["lines"] = lines
    found["leftovers_per_1000_lines"] = round(
        1000 * sum(each.furniture + each.notes for each in left) / max(lines, 1), 3
    )
    found["pages"] = reading.pages
    found["pages_per_second"] = round(reading.pages / max(reading.seconds, 1e-9), 1)
    found["peak_memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return found, misses


def _shown(value: object) -> str:
    """A value as a cell of the table."""
    if isinstance(value, dict):
        return ", ".join(f"{key} {each}" for key, each in value.items()) or "none"
    return str(value)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[1])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--misses", action="store_true", help="name each on standard error")
    asked = parser.parse_args()
    found, misses = measure(asked.folder)
    if asked.misses:
        print("\n".join(misses), file=sys.stderr)
    if asked.json:
        print(json.dumps(found, indent=2))
        return
    print("| measure | value |\n|---|---|")
    for name, value in found.items():
        print(f"| {name} | {_shown(value)} |")


if __name__ == "__main__":
    main()

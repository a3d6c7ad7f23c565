"""
How exactly papers are read: a folder of papers against what people read on their first pages.

    python bench/reading.py FOLDER [--json] [--misses]

FOLDER holds papers, `manifest.csv` (file, symbol, title, date, language, type) and
`agendas.json` (items with their documents). Prints one table; exact means equal but for
case, accents, spacing and punctuation of titles, and signs that join two symbols.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
import time
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from wgsearch.agenda import read_agenda
from wgsearch.errors import PaperUnreadableError
from wgsearch.papers.reader import read_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wgsearch.papers.paper import Paper

FIELDS = ("symbol", "date", "title", "language", "kind")


def plain(text: str | None) -> str:
    """Words of a title for comparing."""
    letters = unicodedata.normalize("NFKD", text or "")
    letters = "".join(each for each in letters if not unicodedata.combining(each))
    return " ".join(re.findall(r"\w+", letters.casefold()))


def joined(symbol: str | None) -> str:
    """A symbol with one sign between joint ones."""
    return re.sub(r"[\u2010-\u2015\u2212]", "-", symbol or "")


def read_values(paper: Paper) -> dict[str, str]:
    """What was read, in the words of the manifest."""
    return {
        "symbol": joined(paper.symbol),
        "date": paper.date or "",
        "title": plain(paper.title),
        "language": paper.language,
        "kind": str(paper.kind),
    }


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


def mastheads(folder: Path, *, misses: bool) -> dict[str, object]:
    """Exact fields over the manifest, and the speed of one process."""
    rows = list(csv.DictReader((folder / "manifest.csv").open(encoding="utf-8")))
    exact = dict.fromkeys(FIELDS, 0)
    unread, pages, seconds = [], 0, 0.0
    for row in rows:
        started = time.perf_counter()
        try:
            paper = read_file(folder / row["file"])
        except PaperUnreadableError as error:
            unread.append(f"{row['file']}: {error.code}")
            continue
        finally:
            seconds += time.perf_counter() - started
        pages += paper.pages or 0
        wanted = {
            "symbol": joined(row["symbol"]),
            "date": row["date"],
            "title": plain(row["title"]),
            "language": row["language"],
            "kind": row["type"],
        }
        for name, value in read_values(paper).items():
            hit = value == wanted[name] or (name in ("language", "kind") and not wanted[name])
            exact[name] += hit
            if misses and not hit:
                print(
                    f"{row['file']}: {name} {value!r}, expected {wanted[name]!r}", file=sys.stderr
                )
    return {
        "papers": len(rows),
        "unread": unread,
        **{name: round(count / len(rows), 4) for name, count in exact.items()},
        "pages_per_second": round(pages / seconds, 1),
    }


def agendas(folder: Path) -> dict[str, object]:
    """Items and documents of agendas."""
    truth = json.loads((folder / "agendas.json").read_text(encoding="utf-8"))
    found_items, wanted_items, found_documents, wanted_documents = [], [], [], []
    for each in truth:
        name = each.get("file") or each["source"].split(" (")[0]
        agenda = read_agenda(read_file(folder / name))
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
    return {
        "agenda_items": f1(found_items, wanted_items),
        "agenda_documents": f1(found_documents, wanted_documents),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[1])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--misses", action="store_true", help="name each on standard error")
    asked = parser.parse_args()
    found = mastheads(asked.folder, misses=asked.misses) | agendas(asked.folder)
    if asked.json:
        print(json.dumps(found, indent=2))
        return
    print("| measure | value |\n|---|---|")
    for name, value in found.items():
        shown = value["f1"] if isinstance(value, dict) else value
        print(
            f"| {name} | {shown if not isinstance(shown, list) else '; '.join(shown) or 'none'} |"
        )


if __name__ == "__main__":
    main()

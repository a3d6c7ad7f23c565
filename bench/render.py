"""
results of all parts -> docs/performance.md and its plots.

    python bench/render.py [RESULTS] [--page docs/performance.md]

Every JSON file directly under RESULTS (bench/results) is one part:

    {"part": name, "machine": {...}, "rows": [{...}, ...]}     must be there
    "command", "notes": [text, ...], "left_out": [text, ...]   may be
    "title", "tables", "plots"                                 may be, else layouts.py has them

    table: {"title": ..., "columns": {key: heading}}; without any, all keys of the rows
    plot:  {"kind": "bars", "file": ..., "title": ..., "label": key, "value": key}
           {"kind": "lines", "file": ..., "title": ..., "x": key, "y": {key: name of its line},
            "series": key of a row that names it, "x_title": ..., "y_title": ..., "log": true}

`machine` is what machine.machine() gives. Records within rows are opened: {"ms": {"p50": 1}}
has the key `ms.p50`. Rows without the keys of a plot are left out of it. A row with
`"ours": true` stands out, one with `"all_text": false` gets a star.

The page keeps what people wrote: a part stands between `<!-- part: NAME -->` and
`<!-- end: NAME -->`, which are added at the end of the page where they are missing.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from layouts import LAYOUTS
from svg import Bar, Series, bars, lines, number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Row = Mapping[str, object]
    Part = Mapping[str, object]

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "performance.md"
RESULTS = ROOT / "bench" / "results"
REQUIRED = {"part": str, "machine": dict, "rows": list}
_MISSING = "–"


class PartError(Exception):
    """A file of results is none; the message says which, and what it lacks."""


def read_part(path: Path) -> dict[str, object]:
    """
    One part of the results.

    Raises:
        PartError: It is no JSON object, or lacks what a part must have.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise PartError(f"{path.name} is no JSON: {error}; measure that part again") from error
    for key, kind in REQUIRED.items():
        if not isinstance(found, dict) or not isinstance(found.get(key), kind):
            raise PartError(f"{path.name} has no {key!r} ({kind.__name__}); see bench/render.py")
    if not re.fullmatch(r"[a-z][a-z0-9-]*", found["part"]):
        raise PartError(f"{path.name} calls its part {found['part']!r}; use a-z, 0-9 and hyphens")
    layout = LAYOUTS.get(found["part"], {})
    return {**layout, **found, "rows": [opened(row) for row in found["rows"]]}


def opened(row: Row) -> dict[str, object]:
    """A row whose inner records are opened, keys joined by dots; lists of records are dropped."""
    flat: dict[str, object] = {}
    for key, value in row.items():
        if isinstance(value, dict):
            flat |= {f"{key}.{inner}": each for inner, each in opened(value).items()}
        elif not (isinstance(value, list) and any(isinstance(each, dict) for each in value)):
            flat[key] = value
    return flat


def cell(value: object) -> str:
    """One value as a table shows it."""
    match value:
        case None:
            return _MISSING
        case bool():
            return "yes" if value else "no"
        case int():
            return f"{value:,}"
        case float():
            return number(value)
        case list() | tuple():
            return ", ".join(map(cell, value))
        case _:
            return str(value).replace("|", "\\|").replace("\n", " ")


def table(rows: Sequence[Row], columns: Mapping[str, str]) -> str:
    """A Markdown table of some keys of the rows; numbers stand right."""
    sides = ["---:" if _is_numeric(rows, key) else "---" for key in columns]
    lines_ = [_line(columns.values()), "|" + "|".join(sides) + "|"]
    first = next(iter(columns))
    for row in rows:
        cells = [cell(row.get(key)) for key in columns]
        if "all_text" in row and not row["all_text"] and first in row:
            cells[0] += " *"
        if _ours(row):
            cells[0] = f"**{cells[0]}**"
        lines_.append(_line(cells))
    return "\n".join(lines_)


def markdown(part: Part, plots: Sequence[str] = ()) -> str:
    """A part as Markdown: heading, plots, tables, notes, the machine and the command."""
    rows = part["rows"]
    blocks = [f"## {part.get('title') or part['part'].capitalize()}", *plots]
    for each in part.get("tables") or [{"columns": {key: key for key in _keys(rows)}}]:
        if each.get("title"):
            blocks.append(f"### {each['title']}")
        if rows:
            blocks.append(table(rows, each["columns"]))
    notes = [*part.get("notes", ()), *(f"Left out: {each}" for each in part.get("left_out", ()))]
    if notes:
        blocks.append("\n".join(f"- {_starred(each)}" for each in notes))
    blocks.append(_machine(part["machine"]))
    if part.get("command"):
        blocks.append(f"Printed by `{part['command']}`.")
    return "\n\n".join(blocks)


def plot(rows: Sequence[Row], wanted: Mapping[str, object]) -> str | None:
    """One plot as SVG; None when no row has what it shows."""
    title = wanted["title"]
    if wanted["kind"] == "bars":
        shown = [row for row in rows if row.get(wanted["value"]) is not None]
        given = [
            Bar(label=str(row[wanted["label"]]), value=row[wanted["value"]], own=_ours(row))
            for row in shown
        ]
        return bars(title, given) if given else None
    if wanted["kind"] != "lines":
        raise PartError(f"plot {title!r} is of kind {wanted['kind']!r}; bars and lines are known")
    x, series = wanted["x"], wanted.get("series")
    points: dict[str, list[tuple[float, float]]] = {}
    for row in rows:
        for y, line in wanted["y"].items():
            if row.get(x) is not None and row.get(y) is not None:
                name = " ".join([*([cell(row.get(series))] if series else []), line]).strip()
                points.setdefault(name, []).append((row[x], row[y]))
    if not points:
        return None
    return lines(
        title,
        [Series(name=name, points=tuple(each)) for name, each in points.items()],
        x_title=wanted.get("x_title", x),
        y_title=wanted.get("y_title", ""),
        log=bool(wanted.get("log")),
    )


def put(page: str, name: str, text: str) -> str:
    """A page with a part between its marks; the marks are added where they are missing."""
    start, end = f"<!-- part: {name} -->", f"<!-- end: {name} -->"
    if page.count(start) != page.count(end) or page.count(start) > 1:
        raise PartError(f"the page must hold {start!r} and {end!r} once each, or neither")
    whole = f"{start}\n\n{text}\n\n{end}"
    if start not in page:
        return f"{page.rstrip()}\n\n{whole}\n"
    before, _, rest = page.partition(start)
    return before + whole + rest.partition(end)[2]


def render(results: Path, page: Path) -> list[str]:
    """
    Write the page and its plots.

    Returns:
        Names of the parts written.

    Raises:
        PartError: A file is no part, or there is none.
    """
    parts = [read_part(path) for path in sorted(results.glob("*.json"))]
    if not parts:
        raise PartError(f"{results} holds no results; run `make bench` first")
    text = page.read_text(encoding="utf-8") if page.is_file() else "# Performance\n"
    pictures = page.with_suffix("")
    drawn: dict[Path, str] = {}
    for part in parts:
        shown = []
        for wanted in part.get("plots", ()):
            if picture := plot(part["rows"], wanted):
                path = pictures / f"{part['part']}-{wanted['file']}.svg"
                drawn[path] = picture
                shown.append(f"![{_alternative(picture)}]({pictures.name}/{path.name})")
        text = put(text, part["part"], markdown(part, shown))
    # Nothing is written until everything could be made: no page with half its parts.
    pictures.mkdir(parents=True, exist_ok=True)
    for path, picture in drawn.items():
        _write(path, picture)
    _write(page, text)
    return [part["part"] for part in parts]


def _write(path: Path, text: str) -> None:
    """Replace a file whole."""
    aside = path.with_name(f"{path.name}.part")
    aside.write_text(text, encoding="utf-8")
    aside.replace(path)


def _alternative(picture: str) -> str:
    """What a plot shows, in words: its title and description."""
    said = re.findall(r"<(?:title|desc) [^>]*>(.*?)</", picture, re.DOTALL)
    return ". ".join(said).replace("[", "(").replace("]", ")")


def _line(cells: object) -> str:
    """One line of a table."""
    return "| " + " | ".join(cells) + " |"


def _starred(note: str) -> str:
    """A note whose star is a star and no list of its own."""
    return note.replace("* ", "\\* ", 1) if note.startswith("* ") else note


def _is_numeric(rows: Sequence[Row], key: str) -> bool:
    """Whether a column holds numbers only, missing ones apart."""
    values = [row[key] for row in rows if row.get(key) is not None]
    return bool(values) and all(
        isinstance(each, int | float) and not isinstance(each, bool) for each in values
    )


def _keys(rows: Sequence[Row]) -> list[str]:
    """Keys of all rows, in the order in which they come."""
    return list(dict.fromkeys(key for row in rows for key in row))


def _ours(row: Row) -> bool:
    """Whether a row is this project's."""
    return bool(row.get("ours"))


def _machine(found: Row) -> str:
    """What it ran on, in one line."""
    quiet = "" if found.get("quiet", True) else "; **the machine was busy: read the ratios only**"
    return (
        f"Machine: {found.get('processor', 'unknown')}, {found.get('cores', '?')} cores, "
        f"{cell(found.get('memory_gb'))} GB, {found.get('system', '')}, "
        f"Python {found.get('python', '')}, load at start {cell(found.get('load'))}{quiet}."
    )


def main() -> int:
    """Render what the command line names."""
    parser = argparse.ArgumentParser(description="Write docs/performance.md from results.")
    parser.add_argument("results", type=Path, nargs="?", default=RESULTS)
    parser.add_argument("--page", type=Path, default=PAGE)
    asked = parser.parse_args()
    try:
        written = render(asked.results, asked.page)
    except PartError as error:
        print(f"render: {error}", file=sys.stderr)
        return 1
    print(f"{asked.page}: {', '.join(written)}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())

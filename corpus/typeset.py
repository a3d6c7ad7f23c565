"""
Sources -> papers: run this after changing a source, and commit what it writes.

With `--check` nothing is written; the exit status is 1 when a committed paper is not what its
source would give now.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from typesetting.docx import to_docx
from typesetting.pdf import to_pdf
from typesetting.source import Paper, SourceError, read_source

ROOT = Path(__file__).parent


def typeset(paper: Paper) -> bytes:
    """Return the file of the paper in the format that its source asks for."""
    return to_docx(paper) if paper.front.format == "docx" else to_pdf(paper)


def main(arguments: list[str] | None = None) -> int:
    """Typeset every source, or with `--check` compare; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 when a paper is out of date"
    )
    parser.add_argument(
        "--sources", type=Path, default=ROOT / "sources", help="folder of the Markdown sources"
    )
    parser.add_argument("--papers", type=Path, default=ROOT / "papers", help="folder of the papers")
    options = parser.parse_args(arguments)

    expected: set[str] = set()
    faults = 0
    for path in sorted(options.sources.glob("*.md")):
        try:
            paper = read_source(path)
        except SourceError as error:
            print(f"fault    {error}", file=sys.stderr)
            faults += 1
            continue
        target = options.papers / f"{paper.stem}.{paper.front.format}"
        expected.add(target.name)
        faults += _settle(target, typeset(paper), check=options.check)
    for stray in sorted({path.name for path in options.papers.glob("DEMO_*")} - expected):
        print(f"stray    {stray}: no source asks for it")
        faults += 1
    return 1 if faults else 0


def _settle(target: Path, content: bytes, *, check: bool) -> int:
    """Write the paper where it differs; a check only says so, and returns 1."""
    if target.exists() and target.read_bytes() == content:
        return 0
    print(f"{'differs ' if check else 'written '} {target.name}")
    if check:
        return 1
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())

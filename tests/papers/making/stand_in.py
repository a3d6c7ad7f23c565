"""A stand-in for the program `tesseract`: it answers what it is told, in that program's form."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_PROGRAM = """#!{python} -I
import json, sys, time
told = json.loads({told!r})
if "--list-langs" in sys.argv:
    print("List of available languages in \\"/usr/share\\" (2):", *told["languages"], sep="\\n")
    raise SystemExit
picture = sys.stdin.buffer.read()
kind, width, height, _ = picture.split(None, 4)[:4]
assert (kind, int(width) * int(height)) == (b"P5", len(picture.split(b"\\n", 1)[1])), "no picture"
time.sleep(told["seconds"])
print("level page_num block_num par_num line_num word_num left top width height conf text"
      .replace(" ", "\\t"))
for row in told["rows"]:
    print(*row, sep="\\t")
print("asked", *sys.argv[1:], file=sys.stderr)
raise SystemExit(told["status"])
"""

Word = tuple[int, int, float, str]


def install(
    folder: Path,
    lines: Sequence[Sequence[Word]],
    *,
    languages: Sequence[str] = ("eng", "osd", "rus"),
    confidence: float = 95.0,
    seconds: float = 0.0,
    status: int = 0,
) -> Path:
    """
    Write the program; each line is its words: left and top in dots, height in dots, letters.

    Every line is a block of its own, as columns of a masthead are.
    """
    rows: list[list[object]] = [[1, 1, 0, 0, 0, 0, 0, 0, 2479, 3508, -1, ""]]
    for at, words in enumerate(lines, start=1):
        rows.append([2, 1, at, 0, 0, 0, 0, 0, 10, 10, -1, ""])
        for number, (left, top, height, text) in enumerate(words, start=1):
            width = round(height * 0.6 * len(text))
            rows.append([5, 1, at, 1, 1, number, left, top, width, round(height), confidence, text])
    told = json.dumps(
        {"languages": list(languages), "rows": rows, "seconds": seconds, "status": status}
    )
    program = folder / "tesseract"
    program.write_text(_PROGRAM.format(python=sys.executable, told=told), encoding="utf-8")
    program.chmod(0o755)
    return program

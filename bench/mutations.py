"""
Damaged copies of good papers: what becomes of each, and that nothing else suffers.

Every copy is made from a paper by one seeded change or several: bits flipped, a piece cut out,
doubled, overwritten or moved, the end cut off, a number of the file's own tables changed. It is
read as a build reads it. Good papers stand between the damaged ones, and must all be read.

    python bench/mutations.py corpus/papers --copies 10000

prints outcomes by kind of file and code, the slowest copies, and the largest memory of a child.
It ends with status 1 when a good paper was not read, or when a file was left behind.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from wgsearch.errors import PaperUnreadableError
from wgsearch.papers.children import read_papers
from wgsearch.papers.corpus import SUFFIXES
from wgsearch.papers.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

if sys.platform != "win32":
    import resource

# A good paper after so many damaged ones.
BETWEEN = 25
_NUMBER = re.compile(rb"\d+")


def _flip(data: bytearray, dice: random.Random) -> None:
    for _ in range(dice.choice((1, 8, 64))):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)


def _cut(data: bytearray, dice: random.Random) -> None:
    at = dice.randrange(len(data))
    del data[at : at + dice.choice((1, 100, 5_000))]


def _double(data: bytearray, dice: random.Random) -> None:
    at = dice.randrange(len(data))
    data[at:at] = data[at : at + dice.choice((1, 100, 5_000))]


def _overwrite(data: bytearray, dice: random.Random) -> None:
    at, length = dice.randrange(len(data)), dice.choice((4, 100, 2_000))
    data[at : at + length] = dice.choice((bytes(length), dice.randbytes(length), b"\xff" * length))


def _move(data: bytearray, dice: random.Random) -> None:
    at, length = dice.randrange(len(data)), dice.choice((10, 1_000))
    piece = data[at : at + length]
    del data[at : at + length]
    place = dice.randrange(len(data) + 1)
    data[place:place] = piece


def _truncate(data: bytearray, dice: random.Random) -> None:
    del data[dice.randrange(1, len(data)) :]


def _renumber(data: bytearray, dice: random.Random) -> None:
    """Another number in the place of one: offsets, lengths, counts and references."""
    found = list(_NUMBER.finditer(data))
    for _ in range(dice.choice((1, 5)) if found else 0):
        match = dice.choice(found)
        width = match.end() - match.start()
        digits = dice.choice((b"0", b"9", b"1")) * width
        data[match.start() : match.end()] = digits


CHANGES: Sequence[Callable[[bytearray, random.Random], None]] = (
    _flip,
    _cut,
    _double,
    _overwrite,
    _move,
    _truncate,
    _renumber,
)


def mutated(data: bytes, dice: random.Random) -> bytes:
    """A damaged copy."""
    copy = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 4))):
        if copy:
            dice.choice(CHANGES)(copy, dice)
    return bytes(copy)


def campaign(folder: Path, *, copies: int, seed: int, limits: Limits) -> bool:
    """Make and read copies, print what became of them; whether nothing else suffered."""
    papers = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    dice = random.Random(seed)  # noqa: S311 - damage, not secrets
    outcomes: Counter[tuple[str, str]] = Counter()
    slow: list[tuple[float, str, str]] = []
    whole = True
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        for first in range(0, copies, BETWEEN):
            made = []
            for number in range(first, min(first + BETWEEN, copies)):
                path = dice.choice(papers)
                name = f"{number:06}{path.suffix}"
                (root / name).write_bytes(mutated(path.read_bytes(), dice))
                made.append(name)
            good = dice.choice(papers)
            (root / f"good{good.suffix}").write_bytes(good.read_bytes())
            before = time.perf_counter()
            for each in read_papers(root, [*made, f"good{good.suffix}"], limits=limits):
                took, before = time.perf_counter() - before, time.perf_counter()
                code = each.code if isinstance(each, PaperUnreadableError) else "read"
                if each.file.startswith("good"):
                    if code != "read":
                        print(f"a good paper was not read: {good.name}: {code}")
                        whole = False
                    continue
                outcomes[Path(each.file).suffix, code] += 1
                slow.append((took, each.file, code))
            if {path.name for path in root.iterdir()} != {*made, f"good{good.suffix}"}:
                print("a file was left behind")
                whole = False
            for path in root.iterdir():
                path.unlink()
    _print(outcomes, slow, time.perf_counter() - started)
    return whole


def _print(
    outcomes: Counter[tuple[str, str]], slow: list[tuple[float, str, str]], took_s: float
) -> None:
    """One table."""
    kinds = sorted({kind for kind, _ in outcomes})
    codes = sorted({code for _, code in outcomes}, key=lambda code: (code != "read", code))
    print(f"{'':14}" + "".join(f"{kind:>8}" for kind in kinds))
    for code in codes:
        print(f"{code:14}" + "".join(f"{outcomes[kind, code]:8}" for kind in kinds))
    print(f"{outcomes.total()} copies in {took_s:.0f} s; the slowest:")
    for seconds, file, code in sorted(slow, reverse=True)[:5]:
        print(f"  {seconds:6.2f} s  {file}  {code}")
    if sys.platform != "win32":
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        print(f"largest child: {peak / 1024:.0f} MB")


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--copies", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    limits = Limits(ocr_pages=0)
    sys.exit(
        0 if campaign(asked.folder, copies=asked.copies, seed=asked.seed, limits=limits) else 1
    )


if __name__ == "__main__":
    main()

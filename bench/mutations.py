"""
Damaged copies of good papers: what becomes of each, and that nothing else suffers.

Every copy is made from a paper by one seeded change or several: bits flipped, a piece cut out,
doubled, overwritten or moved, the end cut off, a number of the file's own tables changed. Every
other copy of a Word document is damaged in one of its parts and packed anew, so that its checksums
are right. Kinds of files take turns. Copies are read as a build reads papers, in children that are
kept as long as they live; good papers stand between them, and must be read as they are without
such neighbours.

    python bench/mutations.py corpus/papers --copies 10000 --workers 1

prints outcomes by kind of file and code, the slowest copies, processor time, and the largest
memory of a child. It ends with status 1 when a good paper was not read as it is, when a copy has no
reason, when a limit was passed, or when a file was left behind.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import overload

from wgsearch.errors import PaperUnreadableError
from wgsearch.papers.children import read_papers
from wgsearch.papers.corpus import SUFFIXES
from wgsearch.papers.limits import Limits
from wgsearch.papers.paper import Paper

if sys.platform != "win32":
    import resource

# A good paper after so many damaged ones.
BETWEEN = 25
SLOWEST = 5
_CODE = re.compile(r"[a-z][a-z_]+")
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
    if data.startswith(b"PK") and dice.random() < 0.5:  # noqa: PLR2004 - every other one
        return _repacked(data, dice)
    return _damaged(data, dice)


def _repacked(data: bytes, dice: random.Random) -> bytes:
    """An archive with one part that is damaged, all checksums right."""
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    name = dice.choice([name for name in parts if parts[name]])
    parts[name] = _damaged(parts[name], dice)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in parts.items():
            archive.writestr(each, content)
    return made.getvalue()


def _damaged(data: bytes, dice: random.Random) -> bytes:
    """Bytes with one change or several."""
    copy = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 4))):
        if copy:
            dice.choice(CHANGES)(copy, dice)
    return bytes(copy)


class Copies(Sequence[str]):
    """
    Names of files that are made when they are asked for, in order: damaged ones, some good.

    Args:
        papers: The papers that copies are made of.
        root: Where copies stand.
        count: Number of damaged copies.
        dice: What decides.

    Attributes:
        good: The papers that good copies are of, by their names.
    """

    def __init__(self, papers: Sequence[Path], root: Path, count: int, dice: random.Random) -> None:
        kinds = sorted({path.suffix.lower() for path in papers})
        self._by_kind = [[path for path in papers if path.suffix.lower() == kind] for kind in kinds]
        self._root, self._count, self._dice = root, count, dice
        self.good: dict[str, Path] = {}

    def __len__(self) -> int:
        return self._count + self._count // BETWEEN

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        if isinstance(at, slice):
            raise TypeError("copies are made one by one")
        if at >= len(self):
            raise IndexError(at)
        path = self._dice.choice(self._by_kind[at % len(self._by_kind)])
        is_good = at % (BETWEEN + 1) == BETWEEN
        name = f"{at:06}{path.suffix}"
        data = path.read_bytes()
        if is_good:
            # Under its own name: a symbol that no page prints is read from it.
            name = f"{at:06}/{path.name}"
            (self._root / name).parent.mkdir()
            self.good[name] = path
        (self._root / name).write_bytes(data if is_good else mutated(data, self._dice))
        return name


@dataclass(slots=True)
class Tally:
    """What became of copies."""

    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    slow: list[tuple[float, str, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    good: int = 0

    def add(self, found: Paper | PaperUnreadableError, took_s: float) -> None:
        """One damaged copy."""
        code = found.code if isinstance(found, PaperUnreadableError) else "read"
        if isinstance(found, PaperUnreadableError) and not (_CODE.fullmatch(code) and found.reason):
            self.wrong.append(f"{found.file}: no reason")
        self.outcomes[Path(found.file).suffix, code] += 1
        self.slow = sorted([*self.slow, (took_s, found.file, code)], reverse=True)[:SLOWEST]

    def compare(self, found: Paper | PaperUnreadableError, expected: Paper) -> None:
        """One good copy, against what it is without damaged neighbours."""
        self.good += 1
        if isinstance(found, PaperUnreadableError):
            self.wrong.append(f"{expected.file}: a good paper was not read: {found.code}")
        elif replace(found, file=expected.file) != expected:
            self.wrong.append(f"{expected.file}: a good paper was read differently")


def campaign(folder: Path, *, copies: int, seed: int, workers: int, limits: Limits) -> bool:
    """Make and read copies, print what became of them; whether nothing else suffered."""
    papers = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    dice = random.Random(seed)  # noqa: S311 - damage, not secrets
    expected = {
        path: found
        for path, found in zip(
            papers,
            read_papers(folder, [str(path.relative_to(folder)) for path in papers], limits=limits),
            strict=True,
        )
        if isinstance(found, Paper)
    }
    tally = Tally()
    started = before = time.perf_counter()
    with tempfile.TemporaryDirectory() as place, tempfile.TemporaryDirectory() as temporary:
        tempfile.tempdir = temporary
        root = Path(place)
        made = Copies(tuple(expected), root, copies, dice)
        for each in read_papers(root, made, workers=workers, limits=limits):
            took, before = time.perf_counter() - before, time.perf_counter()
            if each.file in made.good:
                tally.compare(each, expected[made.good.pop(each.file)])
            else:
                tally.add(each, took)
            (root / each.file).unlink()
            if (root / each.file).parent != root:
                (root / each.file).parent.rmdir()
        left = [path.name for where in (place, temporary) for path in Path(where).iterdir()]
        tempfile.tempdir = None
    tally.wrong += [f"{name}: was left behind" for name in left]
    _print(tally, time.perf_counter() - started, limits)
    return not tally.wrong


def _print(tally: Tally, took_s: float, limits: Limits) -> None:
    """One table, and what is wrong."""
    kinds = sorted({kind for kind, _ in tally.outcomes})
    codes = sorted({code for _, code in tally.outcomes}, key=lambda code: (code != "read", code))
    print(f"{'':14}" + "".join(f"{kind:>8}" for kind in kinds))
    for code in codes:
        print(f"{code:14}" + "".join(f"{tally.outcomes[kind, code]:8}" for kind in kinds))
    print(f"{tally.outcomes.total()} copies, {tally.good} good papers between, in {took_s:.0f} s")
    print("the slowest:")
    for seconds, file, code in tally.slow:
        print(f"  {seconds:6.2f} s  {file}  {code}")
    if sys.platform != "win32":
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(f"processor time of the children: {used.ru_utime + used.ru_stime:.0f} s")
        print(f"largest child: {used.ru_maxrss / 1024:.0f} MB resident")
        if used.ru_maxrss * 1024 > limits.memory_bytes:
            tally.wrong.append("a child took more memory than it may")
    for each in tally.wrong:
        print(each)


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--copies", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1, help="Children at work side by side.")
    asked = parser.parse_args()
    whole = campaign(
        asked.folder,
        copies=asked.copies,
        seed=asked.seed,
        workers=asked.workers,
        limits=Limits(ocr_pages=0),
    )
    sys.exit(0 if whole else 1)


if __name__ == "__main__":
    main()

"""
`wgsearch search` in new processes -> seconds to the last printed line, and to the end.

    python bench/cold.py INDEX [--times 9]

The first of them, which may prepare the encoder, is not counted.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from statistics import median

QUESTION = "Who pays the cost of recruiting workers abroad?"


def one(index: str) -> tuple[float, float]:
    """Seconds to the last line, and until the process has ended."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "wgsearch.cli", "search", QUESTION, "--index", index]
    printed = 0.0
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        for _ in process.stdout or ():
            printed = time.perf_counter() - started
    if process.returncode:
        raise SystemExit(f"the search ended with {process.returncode}")
    return printed, time.perf_counter() - started


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("index")
    parser.add_argument("--times", type=int, default=9)
    asked = parser.parse_args()
    one(asked.index)
    took = [one(asked.index) for _ in range(asked.times)]
    for name, some in zip(("printed", "ended"), zip(*took, strict=True), strict=True):
        print(f"{name}: median {median(some):.2f} s, from {min(some):.2f} to {max(some):.2f}")


if __name__ == "__main__":
    main()

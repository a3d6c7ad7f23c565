"""
rows that bench/growth.py measured -> the constants of a plan, computed again and compared.

Why from the two largest sizes: `wgsearch.planning.measured` says it. What is predicted for every
size stands beside what was measured.

    python bench/plan.py FILE        a file of `bench/growth.py --json`
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from wgsearch.planning import footprint, measured

MIB = 2**20


def slope(rows: list[dict[str, Any]], value: Any) -> tuple[float, float]:  # noqa: ANN401 - a function of a row
    """What does not grow, and what each passage adds, through the two largest sizes."""
    low, high = sorted(rows, key=lambda row: row["passages"])[-2:]
    each = (value(high) - value(low)) / (high["passages"] - low["passages"])
    return value(low) - each * low["passages"], each


def constants(rows: list[dict[str, Any]]) -> dict[str, tuple[float, float]]:
    """Constants by name: as rows have it, and as the plan does."""
    served = slope(rows, lambda row: row["memory_mb"]["served"]["rss"] * MIB)
    own = slope(rows, lambda row: row["memory_mb"]["served"]["anonymous"] * MIB)
    build = slope(rows, lambda row: row["build"]["peak_mb"] * MIB)
    answer = slope(rows, lambda row: row["cpu_ms"])
    coded = slope(rows, lambda row: row["stages_thread_ms"]["meaning"]["p50"])
    words = slope(rows, lambda row: row["stages_thread_ms"]["words"]["p50"])
    writing = slope(rows, lambda row: row["build"]["seconds"] * 1000)
    most = max(row["passages"] for row in rows)
    vectors = footprint.vector_bytes(most, measured.GENERATED.dimension)
    rest = served[1] - own[1] - vectors - measured.GENERATED.sayings_bytes
    return {
        "shared_fixed": (served[0] - own[0], measured.SHARED_FIXED.value),
        "shared_other": (rest, measured.SHARED_OTHER.value),
        "own_fixed": (own[0], measured.OWN_FIXED.value),
        "own": (own[1], measured.OWN.value),
        "build_fixed": (build[0], measured.BUILD_FIXED.value),
        "build": (build[1], measured.BUILD.value),
        "answer_fixed": (answer[0], measured.ANSWER_FIXED.value),
        "coded_ms": (coded[1], measured.CODED_MS.value),
        "words_ms": (words[1], measured.WORDS_MS.value),
        "other_ms": (answer[1] - coded[1] - words[1], measured.OTHER_MS.value),
        "writing_ms": (writing[1], measured.WRITING_MS.value),
    }


def predicted(row: dict[str, Any]) -> dict[str, tuple[float, float]]:
    """Figures of one size by name: measured, predicted."""
    count = row["passages"]
    profile = replace(measured.GENERATED, passages_per_paper=count / row["papers"])
    memory = footprint.memory_bytes(count, profile, 1) - measured.HTTP_OWN.value
    return {
        "disk, MB": (row["index_mb"], footprint.disk_bytes(count, profile) / 1e6),
        "memory, MiB": (row["memory_mb"]["served"]["rss"], memory / MIB),
        "processor, ms": (row["cpu_ms"], footprint.answer_processor_ms(count)),
        "memory of a build, MiB": (
            row["build"]["peak_mb"],
            footprint.build_memory_bytes(count) / MIB,
        ),
        "writing, s": (row["build"]["seconds"], count * measured.WRITING_MS.value / 1000),
    }


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("file", type=Path, help="what `bench/growth.py --json` wrote")
    rows = json.loads(parser.parse_args().file.read_text(encoding="utf-8"))["rows"]
    print("| constant | of these rows | of the plan |\n|---|---:|---:|")
    for name, (here, there) in constants(rows).items():
        print(f"| {name} | {here:.3g} | {there:.3g} |")
    print("\n| passages | figure | measured | predicted | off |\n|---:|---|---:|---:|---:|")
    for row in rows:
        for name, (seen, said) in predicted(row).items():
            off = said / seen - 1
            print(f"| {row['passages']:,} | {name} | {seen:,} | {said:,.1f} | {off:+.1%} |")


if __name__ == "__main__":
    main()

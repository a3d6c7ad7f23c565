"""
An index -> what making it last, and trusting it, costs.

    python bench/faults/cost.py INDEX WORK [--times 5]

copies the generation in use into an index in the folder WORK, on a real disk, and measures: reading
digests before opening, opening, publishing the copy as a build does (syncing all files, manifest,
two renames), and the lease. WORK is left empty.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from wgsearch.index import publish
from wgsearch.index.lease import Lease
from wgsearch.index.manifest import MANIFEST, check_files, read_manifest
from wgsearch.index.places import current, folder_of
from wgsearch.index.snapshot import open_folder

if TYPE_CHECKING:
    from collections.abc import Callable


def seconds(act: Callable[[], object], times: int) -> float:
    """Median time of something."""
    took = []
    for _ in range(times):
        started = time.perf_counter()
        act()
        took.append(time.perf_counter() - started)
    return median(took)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("index", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--times", type=int, default=5)
    asked = parser.parse_args()
    source = folder_of(asked.index, current(asked.index))
    manifest = read_manifest(source)
    size = sum(each.size for each in manifest.files.values())
    print(f"{manifest.passages} passages, {len(manifest.papers)} papers, {size / 1e6:.0f} MB")
    costs = {
        "lease": lambda: Lease(source).close(),
        "manifest with its checksum": lambda: read_manifest(source),
        "sizes of files": lambda: check_files(source, manifest, verify=False),
        "digests of files": lambda: check_files(source, manifest),
        "opening the parts": lambda: open_folder(source, manifest),
    }
    for name, act in costs.items():
        print(f"{name:<28} {seconds(act, asked.times):8.3f} s")
    published = []
    for _ in range(max(1, asked.times // 2)):
        with tempfile.TemporaryDirectory(dir=asked.work) as folder:
            index = Path(folder) / "index"
            with publish.writing(index), publish.new_folder(index) as made:
                shutil.copytree(source, made, dirs_exist_ok=True)
                (made / MANIFEST).unlink()
                started = time.perf_counter()
                publish.publish(index, made, manifest)
                published.append(time.perf_counter() - started)
    print(f"{'publishing':<28} {median(published):8.3f} s, of files just copied")


if __name__ == "__main__":
    main()

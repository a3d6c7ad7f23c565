"""The machine that a measurement ran on, as every part of the results states it."""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path

# Load of a machine on which others work; a quiet one stays well below a tenth of a core.
BUSY = 0.3


def machine() -> dict[str, object]:
    """Processor, cores that may be used, memory, load now, Python: what a reader compares by."""
    load = os.getloadavg()[0]
    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "load": round(load, 2),
        "quiet": load < BUSY,
    }


def warn_when_busy(found: dict[str, object]) -> None:
    """Say on standard error that figures of a busy machine are worth little."""
    if not found["quiet"]:
        print(
            f"warning: the load is {found['load']} before anything was started; read the ratios,"
            " and measure again on a quiet machine",
            file=sys.stderr,
        )


def _processor() -> str:
    """Name of the processor as its maker gives it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())

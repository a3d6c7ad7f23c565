"""
A command in a network namespace of its own, where there is nothing but the loopback interface.

The old server listens on every interface and asks nobody's name: here nobody can reach it.
"""

from __future__ import annotations

import os
import subprocess
import sys

_INSIDE = "WGSEARCH_IN_NAMESPACE"


def command(words: str | None) -> list[str]:
    """What stands after `--`; without any, `words` is shown, and that is all."""
    if "--" not in sys.argv:
        sys.stderr.write(words or "")
        sys.exit(2)
    return sys.argv[sys.argv.index("--") + 1 :]


def enter() -> None:
    """Go on in a new namespace; needs Linux, and the right to make one (root)."""
    if not os.environ.get(_INSIDE):
        inside = ["unshare", "--net", sys.executable, *sys.argv]
        sys.exit(subprocess.call(inside, env=os.environ | {_INSIDE: "1"}))
    subprocess.check_call(["ip", "link", "set", "lo", "up"])  # noqa: S607 - where it lies differs

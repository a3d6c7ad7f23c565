"""
words on a command line -> the same functions that the service calls, printed.

Why a package: the commands (app), what people see (printed) and how long work shows
itself (progress) change for different reasons.
"""

import os

# Before numpy is imported: what is multiplied for a question is small, and threads that wait for
# one another take several times as long.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from wgsearch.cli.app import main

__all__ = ["main"]

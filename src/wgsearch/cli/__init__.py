"""
words on a command line -> the same functions that the service calls, printed.

Why a package: the commands (app), what people see (printed) and how long work shows
itself (progress) change for different reasons.
"""

import os

# Threads within one product of matrices gain nothing here, and cost a server half of its
# processor time; the library looks at this once, when it is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from wgsearch.cli.app import main

__all__ = ["main"]

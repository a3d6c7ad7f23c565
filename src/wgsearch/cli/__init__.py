"""
words on a command line -> the same functions that the service calls, printed.

Why a package: the commands (app), what people see (printed) and how long work shows
itself (progress) change for different reasons.
"""

from wgsearch.cli.app import main

__all__ = ["main"]

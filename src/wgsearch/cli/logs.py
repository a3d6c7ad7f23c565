"""
Records of the log -> lines: words for people, or one JSON object each for programs.

Why two streams: standard error is for people, and standard output of a server that logs for
programs holds nothing but objects.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from wgsearch.api.guard import places

if TYPE_CHECKING:
    from typing import Literal


class ObjectFormatter(logging.Formatter):
    """
    A record as one JSON object on a line.

    An exception is told by its type and where it happened: its words may be those of a question.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "process": record.process,
            "message": record.getMessage(),
            **getattr(record, "told", {}),
        }
        if record.exc_info and (error := record.exc_info[1]):
            told |= {"error": type(error).__name__, "at": places(error)}
        return json.dumps(told)


def configure(form: Literal["text", "json"], *, unanswered: bool) -> None:
    """
    Where the log of this process goes.

    Args:
        form: For people or for programs; programs get a line for each request too.
        unanswered: Write questions that found nothing, with their words.
    """
    is_json = form == "json"
    handler = logging.StreamHandler(sys.stdout if is_json else sys.stderr)
    handler.setFormatter(ObjectFormatter() if is_json else logging.Formatter("%(message)s"))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("wgsearch").setLevel(logging.INFO if is_json else logging.WARNING)
    # Questions of people: stated either way, so that no level above decides it.
    level = logging.INFO if unanswered else logging.CRITICAL
    logging.getLogger("wgsearch.unanswered").setLevel(level)


def tell_started(shown: dict[str, str]) -> None:
    """A line with the configuration, for programs."""
    told = {"event": "started", "pid": os.getpid(), "settings": shown}
    logging.getLogger("wgsearch.serving").info("started", extra={"told": told})

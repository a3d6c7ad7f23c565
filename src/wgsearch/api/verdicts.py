"""
verdict -> words: what is said to people about whether the papers cover a question.

Why in one place: pages, command line and JSON say the same, and none says more than is known.
"""

from __future__ import annotations

from wgsearch.phrases import said

WORDS = {
    "covered": said("The papers probably answer this."),
    "touched": said("The papers touch on this; no paragraph answers it outright."),
    "not_covered": said("Probably no paper covers this."),
}
# What follows the words where passages are shown.
SHOWN = {
    "covered": "",
    "touched": said("These passages come nearest."),
    "not_covered": said("These passages come nearest, and may be about something else."),
}
HELP = said(
    "The verdict is a computer’s guess: it compares how well the best passages answer with how"
    " well passages answer questions that no paper covers. It can be wrong both ways, and it"
    " knows only the papers held here. Read the passages before you rely on it."
)


def note(verdict: str | None) -> str | None:
    """A verdict in a sentence; None where nothing was judged."""
    return None if verdict is None else WORDS[verdict]

"""
glossary and text -> what a person or a program reads of it.

Why a command: whoever edits a list wants to see at once what it makes of a question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from wgsearch.glossary.entries import LANGUAGES
from wgsearch.glossary.match import Glossary
from wgsearch.index.terms import telling_tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from wgsearch.glossary.entries import Entry


def terms_json(
    entries: Sequence[Entry], own: Sequence[Entry], text: str | None
) -> dict[str, object]:
    """
    Counts, and the terms that a text names, as `wgsearch glossary --json` prints them.

    Args:
        entries: All terms in use.
        own: Rows of the corpus folder's list among them, and those that take others away.
        text: The text; None for counts alone.
    """
    found: dict[str, object] = {
        "entries": len(entries),
        "own": len(own),
        "forms": {
            "abbr": sum(len(each.abbr) for each in entries),
            **{name: sum(len(each.of(name)) for each in entries) for name in LANGUAGES},
        },
    }
    if text is not None:
        matches = Glossary(entries, telling_tokens).matches(text, LANGUAGES)
        found["text"] = text
        found["matches"] = [
            {
                "start": each.start,
                "end": each.end,
                "text": text[each.start : each.end],
                "entries": [_entry(entry) for entry in each.entries],
            }
            for each in matches
        ]
    return found


def print_terms(
    console: Console, entries: Sequence[Entry], own: Sequence[Entry], text: str | None
) -> None:
    """The same for people."""
    if text is None:
        console.print(f"{len(entries)} terms, {len(own)} of them stated by glossary.csv")
        for name in LANGUAGES:
            counts = [len(each.of(name)) for each in entries]
            having = len(entries) - counts.count(0)
            console.print(f"  {name}  {sum(counts):>6} forms of {having} terms")
        return
    matches = Glossary(entries, telling_tokens).matches(text, LANGUAGES)
    if not matches:
        console.print(
            "No term of the glossary is named; docs/glossary-lists.md says how to add one."
        )
    for match in matches:
        for entry in match.entries:
            head = Text(text[match.start : match.end], style="bold")
            head.append(f"  {entry.id}", style="dim")
            console.print(head)
            for name in ("abbr", *LANGUAGES):
                forms = entry.abbr if name == "abbr" else entry.of(name)
                if forms:
                    console.print(Text(f"    {name:<4}  {' · '.join(forms)}"))


def _entry(entry: Entry) -> dict[str, object]:
    """An entry with all its forms."""
    return {
        "id": entry.id,
        "abbr": list(entry.abbr),
        **{name: list(entry.of(name)) for name in LANGUAGES},
    }

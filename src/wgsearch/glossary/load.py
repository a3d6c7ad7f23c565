"""
list files -> Entries: those that come with wgsearch, and the corpus folder's own over them.

Why two: what a community's words mean is known before any corpus is there, and what this
corpus calls things is known only to its keeper.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from wgsearch.errors import GlossaryUnreadableError
from wgsearch.glossary.entries import LANGUAGES, Entry, merged, parse_entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from wgsearch.glossary.match import Stems

FILE = "glossary.csv"
# Twenty thousand rows in six languages have about 6 MB.
_MAX_BYTES = 10_000_000
_PACKED = ("id", "abbr", *LANGUAGES)


def read_glossary(corpus: Path) -> tuple[Entry, ...]:
    """
    The entries for a corpus folder.

    Raises:
        GlossaryUnreadableError: The folder's `glossary.csv` cannot be read; the message names
            the line. Building without it would silently find less.
    """
    own = read_own(corpus)
    return merged(read_bundled(), own, FILE) if own else read_bundled()


@cache
def read_bundled() -> tuple[Entry, ...]:
    """The entries that come with wgsearch, list by list."""
    found: dict[str, Entry] = {}
    folder = resources.files("wgsearch.glossary") / "terms"
    for path in sorted(folder.iterdir(), key=lambda each: each.name):
        if not path.name.endswith(".csv"):
            continue
        for entry in parse_entries(_decoded(path.read_bytes(), path.name), path.name):
            if entry.id in found:
                raise GlossaryUnreadableError(
                    f"{path.name}: id {entry.id!r} stands in another list already; rename it"
                )
            found[entry.id] = entry
    return tuple(found.values())


def read_own(corpus: Path) -> tuple[Entry, ...]:
    """
    The entries of a corpus folder's own list; none where it holds no `glossary.csv`.

    Raises:
        GlossaryUnreadableError: It cannot be opened, is too large, or has a fault.
    """
    path = corpus / FILE
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise GlossaryUnreadableError(
            f"{str(path)!r} cannot be read ({error.strerror or error}); "
            "let it be read, or take it away"
        ) from error
    if len(data) > _MAX_BYTES:
        raise GlossaryUnreadableError(
            f"{str(path)!r} has more than {_MAX_BYTES // 1_000_000} MB; "
            "a glossary has some thousand rows: is it another file?"
        )
    return parse_entries(_decoded(data, FILE), FILE, removals=True)


def pack(entries: Iterable[Entry], stems: Mapping[str, Sequence[Stems]] | None = None) -> str:
    """
    The entries as a generation keeps them: one list an entry, in a fixed order of forms.

    Args:
        entries: The entries.
        stems: Stems of their forms (`match.all_stems`), so that no search has to cut them.
    """
    rows = [
        [each.id, list(each.abbr), *(list(each.of(language)) for language in LANGUAGES)]
        for each in entries
    ]
    packed: dict[str, Any] = {"columns": _PACKED, "entries": rows}
    if stems is not None:
        packed["stems"] = {
            language: [" ".join(each) for each in some] for language, some in stems.items()
        }
    return json.dumps(packed, ensure_ascii=False)


def unpack(text: str) -> tuple[tuple[Entry, ...], dict[str, list[Stems]] | None]:
    """
    The entries of `pack`, and the stems of their forms where it was given them.

    Raises:
        ValueError: The text is not of `pack`.
    """
    found: Any = json.loads(text)
    if not isinstance(found, dict) or tuple(found.get("columns", ())) != _PACKED:
        raise ValueError(f"expected the columns {_PACKED}")
    entries = tuple(
        Entry(
            id=row[0],
            **{name: tuple(forms) for name, forms in zip(_PACKED[1:], row[1:], strict=True)},
        )
        for row in found["entries"]
    )
    stems = found.get("stems")
    if stems is None:
        return entries, None
    return entries, {
        language: [tuple(each.split()) for each in some] for language, some in stems.items()
    }


def digest(entries: Iterable[Entry]) -> str:
    """SHA-256 over what entries say, in hex."""
    return hashlib.sha256(pack(entries).encode()).hexdigest()


def _decoded(data: bytes, name: str) -> str:
    """Text of UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise GlossaryUnreadableError(
            f"{name}: line {line} is not UTF-8 (byte {data[error.start]:#04x}); "
            "save the list as CSV UTF-8"
        ) from error

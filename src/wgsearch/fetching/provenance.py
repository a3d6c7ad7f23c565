"""
papers that were fetched -> one line each: where from, when, what exactly.

Why lines of JSON beside the papers: they are read without this program, and a line is added whole
or is seen to be torn.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import from_json

from wgsearch.errors import ProvenanceUnreadableError

if TYPE_CHECKING:
    from pathlib import Path

NAME = "fetched.jsonl"
# Of an answer's headers: what says which version it is, and nothing about who asked.
KEPT_HEADERS = ("content-type", "content-length", "etag", "last-modified", "content-disposition")


class Provenance(BaseModel):
    """
    Where a paper of the corpus came from.

    Attributes:
        symbol: The symbol that was asked for.
        language: The language that was asked for.
        file: Name in the corpus folder.
        address: The address that was asked.
        answered: The address that answered, after redirections.
        fetched: When it was whole; ISO time, UTC.
        sha256: Of its bytes, in hex.
        size: Its bytes.
        headers: Headers of the answer, some of them.
    """

    model_config = ConfigDict(frozen=True)

    symbol: str
    language: str
    file: str
    address: str
    answered: str
    fetched: str
    sha256: str
    size: int
    headers: dict[str, str]


def add(folder: Path, record: Provenance) -> None:
    """Add a line, on the disk when this returns."""
    with (folder / NAME).open("a+b") as file:
        line = json.dumps(record.model_dump()).encode("ascii") + b"\n"
        if file.tell() and _last_byte(folder / NAME) != b"\n":
            line = b"\n" + line  # a line torn by a crash stays alone
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def read(folder: Path) -> tuple[Provenance, ...]:
    """
    All lines, in order; one torn by a crash is passed over, since its paper was never placed.

    Raises:
        ProvenanceUnreadableError: A line is no record.
    """
    try:
        lines = (folder / NAME).read_bytes().split(b"\n")
    except FileNotFoundError:
        return ()
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found.append(Provenance.model_validate_json(line))
        except ValidationError as error:
            if _is_torn(line):
                continue
            raise ProvenanceUnreadableError(
                f"line {number} of {str(folder / NAME)!r} does not say where a paper came from"
                f" ({error.errors()[0]['msg']}); mend or remove the line"
            ) from error
    return tuple(found)


def _is_torn(line: bytes) -> bool:
    """Whether a line is the beginning of one: JSON that is not wrong, and not whole."""
    try:
        from_json(line)
    except ValueError:
        pass
    else:
        return False
    try:
        return isinstance(from_json(line, allow_partial=True), dict)
    except ValueError:
        return False


def _last_byte(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1)

"""
pieces of an answer -> a file that is not yet a paper; what broke off goes on where it ended.

Why a note beside it: after a crash a file may be longer than what reached the disk, and the paper
may be another by now. The note says how much is safe, and of which version it is.
"""

from __future__ import annotations

import os
import re
from typing import IO, TYPE_CHECKING, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from wgsearch.errors import PaperNotFetchedError

if TYPE_CHECKING:
    from pathlib import Path

    from wgsearch.fetching.network import Answer

# Hidden, so that a build passes over it.
FOLDER = ".fetching"
_SAFE_EVERY_BYTES = 8_000_000
_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")
_OK = 200


class _Note(BaseModel):
    """How much of which version is on the disk, and how much there is in all, where known."""

    model_config = ConfigDict(frozen=True)

    validator: str
    safe: int
    total: int | None = None


class Arrived(NamedTuple):
    """
    A file whose answer has ended.

    Attributes:
        size: Its bytes.
        received: How many of them came just now.
        is_counted: Whether the answer said where it ends; one that ends with its connection does
            not, and may have been cut.
    """

    size: int
    received: int
    is_counted: bool


class Arriving:
    """
    A paper on its way.

    Args:
        folder: The corpus folder.
        name: What it is called on its way.
        largest: Bytes that a paper may have.

    Attributes:
        path: Where its bytes are.
    """

    def __init__(self, folder: Path, name: str, *, largest: int) -> None:
        self.path = folder / FOLDER / f"{name}.part"
        self._note = folder / FOLDER / f"{name}.json"
        self._largest = largest
        self.path.parent.mkdir(exist_ok=True)

    def ask(self) -> dict[str, str]:
        """Headers by which what is missing is asked for, and the whole if it has changed."""
        note = self._known()
        if note is None or not note.safe:
            return {}
        return {"Range": f"bytes={note.safe}-", "If-Range": note.validator}

    def take(self, answer: Answer) -> Arrived:
        """
        Write what comes.

        Raises:
            PaperNotFetchedError: `too_large`, `broken_off`.
        """
        start, total = self._begin(answer)
        if total is not None and total > self._largest:
            raise self._too_large(total)
        validator = _validator(answer.headers)
        have = safe = start
        with self.path.open("r+b" if start else "wb") as file:
            file.seek(start)
            file.truncate()
            try:
                for piece in answer.pieces:
                    have += len(piece)
                    if have > self._largest:
                        break
                    file.write(piece)
                    if have - safe >= _SAFE_EVERY_BYTES:
                        safe = have
                        self._keep(file, validator, safe, total)
            finally:
                self._keep(file, validator, file.tell(), total)
        if have > self._largest:
            raise self._too_large(have)
        if total is not None and have != total:
            if have > total:
                self.drop()
            raise PaperNotFetchedError(
                "broken_off", f"{have:,} of {total:,} bytes came; try again later"
            )
        chunked = answer.headers.get("transfer-encoding", "").lower() == "chunked"
        return Arrived(size=have, received=have - start, is_counted=chunked or total is not None)

    def drop(self) -> None:
        """Begin again from nothing."""
        self.path.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)

    def _begin(self, answer: Answer) -> tuple[int, int | None]:
        """At which byte an answer begins, and how many there are in all, where it says so."""
        length = answer.headers.get("content-length", "")
        if answer.status == _OK:
            return 0, int(length) if length.isascii() and length.isdigit() else None
        note = self._known()
        match = _RANGE.fullmatch(answer.headers.get("content-range", ""))
        fits = note is not None and match is not None and int(match[1]) == note.safe
        if note is None or match is None or not fits:
            self.drop()
            raise PaperNotFetchedError(
                "broken_off", "another piece of the paper came than was asked for; try again later"
            )
        total = None if match[3] == "*" else int(match[3])
        same_size = None in {total, note.total} or total == note.total
        if _validator(answer.headers) not in {None, note.validator} or not same_size:
            self.drop()
            raise PaperNotFetchedError("broken_off", "the paper changed meanwhile; try again")
        return note.safe, total

    def _too_large(self, size: int) -> PaperNotFetchedError:
        self.drop()
        return PaperNotFetchedError(
            "too_large", f"{size:,} bytes are more than the {self._largest:,} that a paper may have"
        )

    def _known(self) -> _Note | None:
        """What is safe of which version; None where nothing is."""
        try:
            note = _Note.model_validate_json(self._note.read_bytes())
            return note if note.safe <= self.path.stat().st_size else None
        except (FileNotFoundError, ValidationError):
            return None

    def _keep(self, file: IO[bytes], validator: str | None, safe: int, total: int | None) -> None:
        """What was written is on the disk, and then the note that says so."""
        file.flush()
        os.fsync(file.fileno())
        if validator is None:
            # Nobody could tell whether the rest belongs to the same version.
            self._note.unlink(missing_ok=True)
            return
        beside = self._note.with_suffix(".note")
        note = _Note(validator=validator, safe=safe, total=total)
        with beside.open("wb") as stream:
            stream.write(note.model_dump_json().encode())
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(self._note)


def _validator(headers: dict[str, str]) -> str | None:
    """What tells one version from another by its bytes; a weak mark does not (RFC 9110, 8.8.1)."""
    etag = headers.get("etag", "")
    if etag and not etag.startswith("W/"):
        return etag
    return headers.get("last-modified")

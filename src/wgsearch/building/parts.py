"""
what a shard made -> a file named after what it was made of, found again by that.

Why by content: a shard that is done twice writes the same bytes under the same name, and one that
was lost half-way leaves what it had done.
"""

from __future__ import annotations

import hashlib
import os
import uuid
from typing import TYPE_CHECKING

from wgsearch.errors import IndexUnwritableError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_DIGEST = hashlib.sha256().digest_size


def address_of(kind: str, words: Iterable[str]) -> str:
    """The address of what is made of these words: a SHA-256, in hex; their borders count."""
    found = hashlib.sha256()
    for each in (kind, *words):
        data = each.encode()
        found.update(len(data).to_bytes(8, "big") + data)
    return found.hexdigest()


class Parts:
    """
    A folder of parts, which all machines of a cluster see under the same path.

    Args:
        folder: Where they lie; made where it is missing.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, address: str) -> bytes | None:
        """What lies at an address; None where nothing whole does."""
        try:
            data = self._path(address).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._refused(error) from error
        body = data[_DIGEST:]
        return body if hashlib.sha256(body).digest() == data[:_DIGEST] else None

    def has(self, address: str) -> bool:
        """Whether something whole lies at an address."""
        return self.read(address) is not None

    def write(self, address: str, body: bytes) -> None:
        """
        Put something at an address, whole or not at all.

        Raises:
            IndexUnwritableError: The disk is full or fails, or may not be written.
        """
        path = self._path(address)
        beside = path.with_name(f".{path.name}.{uuid.uuid4().hex}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                with beside.open("xb") as file:
                    file.write(hashlib.sha256(body).digest() + body)
                    file.flush()
                    os.fsync(file.fileno())
                beside.replace(path)
            finally:
                beside.unlink(missing_ok=True)
        except OSError as error:
            raise self._refused(error) from error

    def _path(self, address: str) -> Path:
        return self.folder / address[:2] / address

    def _refused(self, error: OSError) -> IndexUnwritableError:
        return IndexUnwritableError(
            f"the shards in {str(self.folder)!r} cannot be read or written: "
            f"{error.strerror or error}; name a folder that every machine of the cluster may "
            "write, or make room in this one"
        )

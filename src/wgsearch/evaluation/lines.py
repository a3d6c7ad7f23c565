"""
a file of JSON lines -> objects with the number of their line.

Why the numbers: whoever writes such a file by hand must be led to the line that is wrong.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from wgsearch.errors import JudgementsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


class Line(NamedTuple):
    """
    One object of a file.

    Attributes:
        where: `line 3 of 'cases.jsonl'`, for messages.
        record: The object.
    """

    where: str
    record: Mapping[str, object]

    def wrong(self, what: str) -> JudgementsError:
        """The error that names this line."""
        return JudgementsError(f"{self.where}: {what}")

    def text(self, name: str) -> str:
        """A text that must be there and say something."""
        value = self.record.get(name)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(f"{name!r} is {_shown(value)}, expected a text")
        return value.strip()

    def text_or_none(self, name: str) -> str | None:
        """A text that may be left out."""
        return None if self.record.get(name) is None else self.text(name)


def objects(path: Path) -> Iterator[Line]:
    """
    Objects of a file; empty lines are passed over.

    Raises:
        JudgementsError: The file is missing, or a line is no JSON object; the message names it.
    """
    if not path.is_file():
        raise JudgementsError(f"there is no file {str(path)!r}; name a file of JSON lines")
    with path.open("rb") as lines:
        for number, raw in enumerate(lines, start=1):
            where = f"line {number} of {path.name!r}"
            try:
                line = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
                record = json.loads(line) if line else None
                if "\\ud" in line.casefold():
                    json.dumps(record, ensure_ascii=False).encode()
            except ValueError as error:
                raise JudgementsError(
                    f"{where} cannot be read ({error}); write one JSON object a line, in UTF-8"
                ) from error
            if not line:
                continue
            if not isinstance(record, dict):
                raise JudgementsError(f"{where} is {_shown(record)}; write one JSON object a line")
            yield Line(where, record)


def _shown(value: object) -> str:
    """A value as the file spells it, cut."""
    if value is None:
        return "missing"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}..."  # noqa: PLR2004 - what a line has room for

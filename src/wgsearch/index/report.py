"""
what a build did -> BuildReport: what was read, left out, warned of and corrected.

Why in full: a paper that is missing or was read badly must be named where people look.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from wgsearch.index.manifest import FailedFile
    from wgsearch.papers.corrections import Refusal


class FileWarning(NamedTuple):
    """What a reader of one paper should know."""

    file: str
    code: str
    message: str


class CorrectedFile(NamedTuple):
    """A file whose masthead is corrected by hand, and in which fields."""

    file: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seconds:
    """
    How long the stages of a build took; the first three are its whole.

    Attributes:
        read: Until all papers were read; texts are encoded meanwhile.
        embed: From then until all had their vectors.
        index: Writing, checking and publishing.
        total: All of it.
        encoding: How long the encoder was at work, while papers were read and afterwards.
    """

    read: float
    embed: float
    index: float
    total: float
    encoding: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """
    What a build did.

    Attributes:
        generation: Name of the generation in use now.
        published: It is new; otherwise nothing had changed.
        read: Number of papers read now.
        unchanged: Number of papers taken from the generation before.
        removed: Number of papers that are gone.
        failed: Files that are not in the index, by name; none stops a build.
        warned: What readers of the papers should know, by file name.
        corrected: Files with corrections by hand, by name.
        refused: What `corrections.toml` says and is not applied.
        passages: Number of passages.
        embedded: Number of texts encoded now.
        reused: Number of passages whose vectors were there already.
        seconds: Times.
    """

    generation: str
    published: bool
    read: int
    unchanged: int
    removed: int
    failed: tuple[FailedFile, ...]
    warned: tuple[FileWarning, ...]
    corrected: tuple[CorrectedFile, ...]
    refused: tuple[Refusal, ...]
    passages: int
    embedded: int
    reused: int
    seconds: Seconds

    def to_json(self) -> dict[str, object]:
        """The report as `wgsearch build --json` prints it."""
        return {
            "generation": self.generation,
            "published": self.published,
            "papers": {
                "read": self.read,
                "unchanged": self.unchanged,
                "removed": self.removed,
                "failed": [
                    {"file": each.file, "code": each.code, "reason": each.reason}
                    for each in self.failed
                ],
                "warned": [
                    {"file": each.file, "code": each.code, "message": each.message}
                    for each in self.warned
                ],
                "corrected": [
                    {"file": each.file, "fields": list(each.fields)} for each in self.corrected
                ],
            },
            "corrections": {
                "refused": [
                    {
                        "name": each.name,
                        "key": each.key,
                        "line": each.line,
                        "reason": each.reason,
                    }
                    for each in self.refused
                ],
            },
            "passages": self.passages,
            "embedded": self.embedded,
            "reused": self.reused,
            "seconds": {
                "read": round(self.seconds.read, 3),
                "embed": round(self.seconds.embed, 3),
                "index": round(self.seconds.index, 3),
                "total": round(self.seconds.total, 3),
                "encoding": round(self.seconds.encoding, 3),
            },
        }

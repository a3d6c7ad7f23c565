"""
A folder <-> saved questions: one file a question, one for what became of it.

Why plain files: who keeps them can read, copy and remove them, and no search writes any.
"""

from __future__ import annotations

import os
import re
import unicodedata
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from filelock import FileLock, Timeout
from pydantic import BaseModel, ValidationError

from wgsearch.errors import QuestionsUnreadableError, UnknownQuestionError
from wgsearch.index.disk import DISK
from wgsearch.saved.records import Kept, SavedQuestion

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Record = TypeVar("Record", bound=BaseModel)

_QUESTION, _KEPT = ".question.json", ".kept.json"
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ID_WORDS, _ID_CHARACTERS, _LONGEST = 5, 40, 60
# Signing needs the secret itself: nobody else on this machine may read the folder.
_OWN = 0o700


class Questions:
    """
    The saved questions of a folder.

    Args:
        folder: The folder; made when the first question is added.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def listed(self) -> tuple[SavedQuestion, ...]:
        """
        All of them, the oldest first.

        Raises:
            QuestionsUnreadableError: A file is none that was written here.
        """
        if not self._folder.is_dir():
            return ()
        if not os.access(self._folder, os.R_OK | os.X_OK):
            # Looking for files would find none, and say nothing.
            raise QuestionsUnreadableError(
                f"the folder {self._folder.name!r} of saved questions may not be read by this user;"
                " run as the user that it belongs to"
            )
        found = (_read(path, SavedQuestion) for path in sorted(self._folder.glob(f"*{_QUESTION}")))
        return tuple(sorted(found, key=lambda each: (each.created_at, each.id)))

    def one(self, ident: str) -> SavedQuestion:
        """
        One of them.

        Raises:
            UnknownQuestionError: There is none of this id.
            QuestionsUnreadableError: Its file is none that was written here.
        """
        path = self._path(ident, _QUESTION)
        if path is None or not path.is_file():
            raise UnknownQuestionError(
                f"there is no saved question {ident!r}; `wgsearch questions list` names them"
            )
        return _read(path, SavedQuestion)

    def kept(self, ident: str) -> Kept:
        """What became of one so far."""
        path = self._path(ident, _KEPT)
        return _read(path, Kept) if path is not None and path.is_file() else Kept()

    def add(self, question: SavedQuestion, kept: Kept) -> None:
        """A new one."""
        DISK.make_lasting(self._folder)
        self._folder.chmod(_OWN)
        # What is known goes first: without it every paper there is would be a new one.
        self.keep(question.id, kept)
        self._write(question.id, _QUESTION, question)

    def keep(self, ident: str, kept: Kept) -> None:
        """What became of one, in one step."""
        self._write(ident, _KEPT, kept)

    def remove(self, ident: str) -> None:
        """
        One less, and what became of it.

        Raises:
            UnknownQuestionError: There is none of this id.
        """
        self.one(ident)
        for ending in (_QUESTION, _KEPT):
            DISK.clear(self._folder / f"{ident}{ending}")

    def free_id(self, text: str) -> str:
        """An id that tells what is asked, and that no other has."""
        plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
        words = re.findall(r"[a-z0-9]+", plain)[:_ID_WORDS]
        stem = "-".join(words)[:_ID_CHARACTERS].strip("-") or "question"
        taken = {each.id for each in self.listed()}
        numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
        return next(each for each in (stem, *numbered) if each not in taken)

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Hold the folder while it is written; False where another process does, and goes on."""
        if not self._folder.is_dir():
            yield True
            return
        lock = FileLock(self._folder / ".lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            yield False
            return
        try:
            yield True
        finally:
            lock.release()

    def _path(self, ident: str, ending: str) -> Path | None:
        """The file of an id; None for what no id is, which might lead elsewhere."""
        is_id = len(ident) <= _LONGEST and ID.fullmatch(ident)
        return self._folder / f"{ident}{ending}" if is_id else None

    def _write(self, ident: str, ending: str, record: BaseModel) -> None:
        path = self._path(ident, ending)
        if path is None:
            raise ValueError(f"{ident!r} is no id of a saved question")
        DISK.replace(path, (record.model_dump_json(indent=2) + "\n").encode())


def _read(path: Path, model: type[Record]) -> Record:
    try:
        return model.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise QuestionsUnreadableError(
            f"{path.name!r} is no saved question that can be read; mend it, or remove it and add"
            " the question again"
        ) from error

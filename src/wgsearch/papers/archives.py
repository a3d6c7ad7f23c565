"""
ZIP bytes -> a Word document's package, or the reason to refuse it, before anything unfolds.

Why by the list of parts: it says what each part unfolds to, and no part unfolds to more than
that. Names of parts are only looked up within the archive; nothing is unpacked to a disk.
"""

from __future__ import annotations

import io
import zipfile

from wgsearch.errors import PaperUnreadableError

MAX_INFLATED = 200_000_000
MAX_RATIO = 200
MAX_PARTS = 10_000


def refuse_bombs(data: bytes, *, file: str) -> None:
    """
    Refuse an archive that is no Word document, or that would unfold beyond the limits.

    Args:
        data: The file's bytes.
        file: Its name, for messages.

    Raises:
        PaperUnreadableError: `not_a_docx`, `encrypted`, `too_large`, `damaged`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        reason = "the file is no Word document, or was cut short; fetch it again"
        raise PaperUnreadableError(file, "not_a_docx", reason) from error
    if "[Content_Types].xml" not in {part.filename for part in parts}:
        raise PaperUnreadableError(file, "not_a_docx", "the archive is no Word document")
    if any(part.flag_bits & 1 for part in parts):
        reason = "the file needs a password; save it without one"
        raise PaperUnreadableError(file, "encrypted", reason)
    inflated = sum(part.file_size for part in parts)
    if (
        len(parts) > MAX_PARTS
        or inflated > MAX_INFLATED
        or inflated > MAX_RATIO * max(len(data), 1)
    ):
        reason = (
            f"{len(parts):,} parts would unfold to {inflated:,} bytes; at most {MAX_PARTS:,} parts,"
            f" {MAX_INFLATED:,} bytes and {MAX_RATIO} times the size of the file are read"
        )
        raise PaperUnreadableError(file, "too_large", reason)

"""
bytes that were received -> the kind of paper they are, or why they are none.

Why by the bytes: a symbol that is not published answers with success and nothing, a page of words
for people is called a PDF, and what a server says of its answers is not what they are.
"""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

from wgsearch.errors import PaperNotFetchedError

if TYPE_CHECKING:
    from pathlib import Path

UNPUBLISHED = "unpublished"
# Where the mark of a PDF may stand (PDF Reference 1.7, appendix H, note 13).
_HEAD_BYTES = 1024
# Where its last mark may stand (likewise, note 18).
_TAIL_BYTES, _END = 1024, b"%%EOF"
_PDF, _ZIP, _OLD_WORD = b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_PAGE = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|\?xml|!--)", re.IGNORECASE
)


def suffix_of(path: Path) -> str:
    """
    The suffix that a file's bytes call for: `.pdf` or `.docx`.

    Raises:
        PaperNotFetchedError: `unpublished`, `web_page`, `old_word`, `wrong_type`.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head.strip(b"\0\r\n\t "):
        raise PaperNotFetchedError(
            UNPUBLISHED,
            "no paper is published under this symbol in this language (an empty answer)",
        )
    if _PAGE.match(head):
        raise PaperNotFetchedError(
            "web_page",
            "a web page came instead of a paper; open the address in a browser, and put the paper"
            " into the corpus folder by hand",
        )
    if _PDF in head:
        return ".pdf"
    if head.startswith(_ZIP) and _is_word(path):
        return ".docx"
    if head.startswith(_OLD_WORD):
        raise PaperNotFetchedError(
            "old_word", "it is a document of Word 97 to 2003; save it as DOCX or PDF and add it"
        )
    raise PaperNotFetchedError(
        "wrong_type", f"it is neither PDF nor DOCX (it begins with {bytes(head[:8])!r})"
    )


def has_end(path: Path) -> bool:
    """Whether a file ends as its kind does; what a DOCX holds is listed at its end."""
    with path.open("rb") as file:
        start = file.read(len(_ZIP))
        file.seek(max(0, path.stat().st_size - _TAIL_BYTES))
        return start == _ZIP or _END in file.read()


def _is_word(path: Path) -> bool:
    """Whether an archive holds a Word document; only its list is read."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return False
    return "[Content_Types].xml" in names and any(name.startswith("word/") for name in names)

"""
papers -> texts of about two hundred word pieces, as people write it who use no framework.

Why here: Chroma, LanceDB and txtai take texts and leave reading and cutting to who calls them.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import docx
from pypdf import PdfReader

if TYPE_CHECKING:
    from pathlib import Path

# Words of a text: 160 words of such papers are 210 to 230 pieces, and the encoder reads 254.
WORDS = 160


def read(paths: list[Path]) -> dict[str, str]:
    """The text of each paper that could be read, by file name; the others are named."""
    texts = {}
    for path in paths:
        try:
            text = _text(path)
        except Exception as error:  # noqa: BLE001 - readers raise whatever a bad file makes them
            print(f"{path.name}: {error}", file=sys.stderr)
            continue
        if text.strip():
            texts[path.name] = text
    return texts


def _text(path: Path) -> str:
    """All text of one paper."""
    match path.suffix.lower():
        case ".pdf":
            return "\n".join(page.extract_text() for page in PdfReader(path).pages)
        case ".docx":
            return "\n".join(each.text for each in docx.Document(str(path)).paragraphs)
        case _:
            return path.read_text(encoding="utf-8", errors="replace")


def cut(text: str) -> list[str]:
    """Texts of so many words each, side by side."""
    words = text.split()
    return [" ".join(words[at : at + WORDS]) for at in range(0, len(words), WORDS)]

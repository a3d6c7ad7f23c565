"""
name of a format -> how a document is written in it.

Why one table: the command line, the API and the buttons of a page offer the same formats.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from wgsearch.errors import UnknownFormatError
from wgsearch.export.docx import to_docx
from wgsearch.export.html import to_html
from wgsearch.export.markdown import to_markdown

if TYPE_CHECKING:
    from collections.abc import Callable

    from wgsearch.export.document import Document

FormatName = Literal["docx", "md", "html", "json", "svg"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """
    A format.

    Attributes:
        name: What it is asked for by; the suffix of its files without the dot.
        media_type: What it is called over HTTP.
        is_text: It can be read on a terminal.
    """

    name: FormatName
    media_type: str
    is_text: bool


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS: tuple[Format, ...] = (
    Format(name="docx", media_type=_WORD, is_text=False),
    Format(name="md", media_type="text/markdown; charset=utf-8", is_text=True),
    Format(name="html", media_type="text/html; charset=utf-8", is_text=True),
    Format(name="json", media_type="application/json", is_text=True),
)
# Plots, of what has some.
SVG = Format(name="svg", media_type="image/svg+xml", is_text=True)
_WRITERS: dict[str, Callable[[Document], bytes]] = {
    "docx": to_docx,
    "md": to_markdown,
    "html": to_html,
}


def format_of(name: str, *, has_plots: bool = False) -> Format:
    """
    The format of a name or of a suffix.

    Args:
        name: With or without a dot.
        has_plots: What is to be written has plots.

    Raises:
        UnknownFormatError: There is no such format.
    """
    wanted = name.casefold().removeprefix(".")
    formats = (*FORMATS, SVG) if has_plots else FORMATS
    for each in formats:
        if each.name == wanted:
            return each
    known = ", ".join(each.name for each in formats)
    what = "a compendium" if has_plots else "a pack"
    raise UnknownFormatError(f"no format {name!r}; {what} is written as {known}")


def written(document: Document, form: Format) -> bytes:
    """
    A document as a file. JSON is no such format: programs read records, not documents.

    Args:
        document: The document.
        form: `docx`, `md` or `html`.
    """
    return _WRITERS[form.name](document)

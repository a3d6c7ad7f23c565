"""The same formats everywhere, and a wrong one is told which there are."""

from __future__ import annotations

import pytest

from wgsearch.errors import UnknownFormatError
from wgsearch.export import format_of


def test_a_format_is_named_or_meant_by_a_suffix() -> None:
    """`docx`, `.docx` and `.DOCX` are the same."""
    assert {format_of(each).name for each in ("docx", ".docx", ".DOCX")} == {"docx"}


def test_an_unknown_format_is_told_the_known_ones() -> None:
    """Who asks for a PDF learns what there is."""
    with pytest.raises(UnknownFormatError, match=r"no format '\.pdf'; .* docx, md, html, json"):
        format_of(".pdf")

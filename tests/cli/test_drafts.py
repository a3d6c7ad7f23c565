"""`wgsearch compare` and `wgsearch check`: where drafts come from, and what is said of bad ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wgsearch.cli.drafts import read_draft
from wgsearch.errors import EmptyDraftError, PaperUnreadableError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_text_file_is_read_as_a_paper(tmp_path: Path) -> None:
    """Numbers and paragraphs of a file are those that `inspect` shows."""
    file = tmp_path / "draft.txt"
    file.write_text("A paragraph of a draft that says enough to be compared with papers.\n")
    assert read_draft(str(file)).name == "draft.txt"


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """`-` takes what another program wrote."""
    import io  # noqa: PLC0415 - used here only

    monkeypatch.setattr("sys.stdin", io.StringIO("1. Words from elsewhere."))
    draft = read_draft("-")
    assert [(each.number, each.text) for each in draft.paragraphs] == [
        ("1", "Words from elsewhere.")
    ]


def test_a_file_that_is_missing_is_told(tmp_path: Path) -> None:
    """Its name, and what may be named."""
    with pytest.raises(PaperUnreadableError, match="no such file; name a PDF"):
        read_draft(str(tmp_path / "none.pdf"))


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    """A file without words is refused with what to do."""
    file = tmp_path / "draft.txt"
    file.write_text(" \n")
    with pytest.raises((EmptyDraftError, PaperUnreadableError)):
        read_draft(str(file))

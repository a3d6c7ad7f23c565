"""The corpus folder: every paper in it, whatever its sub-folder, told by its content."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from wgsearch.errors import CorpusMissingError, PaperUnreadableError
from wgsearch.papers.children import read_papers
from wgsearch.papers.corpus import scan


def test_papers_are_listed_by_name_with_their_digest(tmp_path: Path) -> None:
    """Sub-folders count, names have slashes on every system, and order never changes."""
    (tmp_path / "2024").mkdir()
    (tmp_path / "b.PDF").write_bytes(b"b")
    (tmp_path / "2024" / "a.docx").write_bytes(b"aa")
    (tmp_path / "c.txt").write_bytes(b"")
    found = scan(tmp_path)
    assert [(each.file, each.size) for each in found] == [
        ("2024/a.docx", 2),
        ("b.PDF", 1),
        ("c.txt", 0),
    ]
    assert found[1].digest == hashlib.sha256(b"b").hexdigest()


def test_what_is_no_paper_is_passed_over(tmp_path: Path) -> None:
    """Hidden files, lock files of office programs and other kinds of file are no papers."""
    (tmp_path / ".git").mkdir()
    for name in (".git/a.pdf", ".hidden.pdf", "~$open.docx", "notes.md", "image.png", "paper.pdf"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "folder.pdf").mkdir()
    assert [each.file for each in scan(tmp_path)] == ["paper.pdf"]


def test_a_change_is_seen_by_content_alone(tmp_path: Path) -> None:
    """A file that is written again with the same bytes is the same."""
    path = tmp_path / "a.pdf"
    path.write_bytes(b"one")
    before = scan(tmp_path)
    path.write_bytes(b"one")
    assert scan(tmp_path) == before
    path.write_bytes(b"two")
    assert scan(tmp_path) != before


def test_a_wrong_folder_is_told_with_what_to_do(tmp_path: Path) -> None:
    """Missing, a file, or empty: three messages."""
    with pytest.raises(CorpusMissingError, match=r"does not exist; name one with --corpus"):
        scan(tmp_path / "gone")
    with pytest.raises(CorpusMissingError, match=r"holds no papers"):
        scan(tmp_path)
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(CorpusMissingError, match=r"is a file"):
        scan(tmp_path / "a.txt")


def test_what_cannot_be_opened_stops_nothing(tmp_path: Path) -> None:
    """A link to nowhere and a name that is no UTF-8 are listed, to be reported one by one."""
    (tmp_path / "good.txt").write_text("words")
    (tmp_path / "dangling.pdf").symlink_to(tmp_path / "nowhere")
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/p\xff.pdf"))).write_bytes(b"%PDF-")
    found = {each.file: each.digest for each in scan(tmp_path)}
    assert found.keys() == {"good.txt", "dangling.pdf", "p\\udcff.pdf"}
    assert [bool(digest) for digest in found.values()].count(True) == 1
    for outcome in read_papers(tmp_path, sorted(found.keys() - {"good.txt"}), workers=1):
        assert isinstance(outcome, PaperUnreadableError)
        assert outcome.code == "unreadable"

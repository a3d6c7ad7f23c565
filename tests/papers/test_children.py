"""Files are read in child processes: a bad one costs its own reading and nothing else."""

from __future__ import annotations

import contextlib
import dataclasses
import io
import os
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wgsearch.errors import PaperUnreadableError
from wgsearch.papers.children import read_one, read_papers
from wgsearch.papers.limits import Limits
from wgsearch.papers.paper import Paper
from wgsearch.papers.reader import read_file

if TYPE_CHECKING:
    from collections.abc import Iterator

PAPERS = Path(__file__).parents[2] / "corpus" / "papers"
GOOD = "DEMO_COP_WG.4_2023_3_Corr.1.en.pdf"
WORD = "DEMO_COP_WG.4_2022_4.en.docx"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of two good files among bad ones."""
    for name in (GOOD, WORD):
        (tmp_path / name).write_bytes((PAPERS / name).read_bytes())
    (tmp_path / "empty.pdf").write_bytes(b"")
    (tmp_path / "page.pdf").write_bytes(b"<html>no PDF</html>")
    (tmp_path / "cut.docx").write_bytes((PAPERS / WORD).read_bytes()[:9000])
    (tmp_path / "noise.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 20)
    for name, part, data in (
        ("archive.docx", "readme.txt", b"no Word document"),
        ("bomb.docx", "word/document.xml", bytes(20_000_000)),
    ):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(part, data)
            if name == "bomb.docx":
                archive.writestr("[Content_Types].xml", "<Types/>")
        (tmp_path / name).write_bytes(out.getvalue())
    return tmp_path


def test_a_child_reads_what_the_program_would(folder: Path) -> None:
    """Nothing is lost between child and parent."""
    assert read_one(folder / GOOD) == read_file(folder / GOOD)


def test_bad_files_among_good_ones_cost_only_themselves(folder: Path) -> None:
    """Results come in the order asked for, each a paper or the reason why there is none."""
    expected = {
        "empty.pdf": "empty",
        GOOD: None,
        "page.pdf": "not_a_pdf",
        "cut.docx": "not_a_docx",
        WORD: None,
        "noise.pdf": "damaged",
        "archive.docx": "not_a_docx",
        "bomb.docx": "too_large",
        "gone.pdf": "unreadable",
    }
    found = list(read_papers(folder, list(expected), workers=2))
    assert [each.file for each in found] == list(expected)
    codes = [each.code if isinstance(each, PaperUnreadableError) else None for each in found]
    assert codes == list(expected.values())
    assert (folder / "bomb.docx").stat().st_size < 50_000


def test_nothing_to_read_is_no_error(tmp_path: Path) -> None:
    """An empty list starts nothing."""
    assert list(read_papers(tmp_path, [])) == []


def test_a_file_that_takes_too_long_is_given_up(folder: Path) -> None:
    """The child is put down, and the message says how long it had."""
    with pytest.raises(PaperUnreadableError, match=r"longer than 0\.01 s.*\[too_slow\]"):
        read_one(folder / GOOD, limits=Limits(wall_s=0.01))


def test_after_a_child_is_put_down_the_next_file_is_read(folder: Path) -> None:
    """A new child takes the place of the one that was lost."""
    (folder / "large.txt").write_text("A line of words that is read.\n" * 400_000)
    limits = Limits(memory_bytes=150_000_000)
    found = list(read_papers(folder, ["large.txt", GOOD], workers=1, limits=limits))
    assert isinstance(found[1], Paper)
    if sys.platform != "linux":
        pytest.skip("only Linux holds a process to a limit of memory")
    assert isinstance(found[0], PaperUnreadableError)
    assert found[0].code in {"too_large", "crashed"}


def test_the_reader_may_be_left_before_its_end(folder: Path) -> None:
    """Whoever stops listening leaves no child behind, and does not wait for the file in hand."""
    before = _children()
    papers = read_papers(folder, [GOOD, WORD, GOOD, WORD], workers=2)
    assert isinstance(next(papers), Paper)
    assert len(_children() - before) == 2
    papers.close()
    assert _children() <= before


def test_no_more_is_read_than_can_wait(folder: Path) -> None:
    """Papers that nobody has asked for yet are few, however many files there are."""
    taken = []

    class Files(list[str]):
        def __iter__(self) -> Iterator[str]:
            for file in super().__iter__():
                taken.append(file)
                yield file

    papers = read_papers(folder, Files([GOOD] * 40), workers=2)
    assert isinstance(next(papers), Paper)
    assert len(taken) <= 11
    papers.close()


def _children() -> set[int]:
    """Processes whose parent is this one."""
    if not Path("/proc/self/stat").exists():
        pytest.skip("only Linux lists the children of a process")
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            # The name of the program, in brackets, may hold anything.
            parent = stat.read_text().rpartition(")")[2].split()[1]
            if int(parent) == os.getpid():
                found.add(int(stat.parent.name))
    return found


def test_a_module_among_the_papers_is_not_imported(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file named as a library, in the folder one works in, is never run."""
    (folder / "pypdfium2.py").write_text("raise SystemExit('planted')")
    monkeypatch.chdir(folder)
    assert isinstance(read_one(Path(GOOD)), Paper)


def test_limits_are_what_a_normal_paper_never_reaches() -> None:
    """A report of hundreds of pages takes seconds."""
    assert dataclasses.asdict(Limits()) == {
        "memory_bytes": 1 << 30,
        "cpu_s": 60,
        "wall_s": 90.0,
        "ocr_page_s": 60.0,
        "ocr_pages": 500,
    }

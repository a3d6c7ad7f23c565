"""Single bad files: each has its code, and none costs more than itself."""

from __future__ import annotations

import os
import socket
import tempfile
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import bad_docx
import bad_files
import bad_pdf
import pytest

from wgsearch.errors import PaperUnreadableError
from wgsearch.papers import symbols
from wgsearch.papers.children import read_one, read_papers
from wgsearch.papers.corpus import scan
from wgsearch.papers.limits import Limits
from wgsearch.papers.paper import Paper
from wgsearch.papers.reader import read_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WORDS = bad_pdf.WORDS
# Small, so that what breaks them is made and met in a second.
LIMITS = Limits(memory_bytes=300_000_000, cpu_s=5, wall_s=20.0, ocr_pages=0)
LISTENER = "http://127.0.0.1:{port}/"


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A program on this machine that would be told of any connection."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def test_each_bad_file_has_its_code_and_none_stops_the_others(
    tmp_path: Path, listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Bad files among good ones: all good ones are read, the reason of each bad one is known, no
    secret is read through them, nobody is called, and no file is left behind or changed.
    """
    corpus, temporary = tmp_path / "corpus", tmp_path / "temporary"
    corpus.mkdir()
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    secret = tmp_path / "secret.txt"
    secret.write_text("sesame")
    address = LISTENER.format(port=listener.getsockname()[1])
    made = {
        **bad_files.pdfs(address),
        **bad_files.word_files(address, secret),
        **bad_files.texts(),
    }
    for name, (data, _) in made.items():
        (corpus / name).write_bytes(data)
    found = list(read_papers(corpus, list(made), workers=2, limits=LIMITS))
    outcomes = {
        each.file: each.code if isinstance(each, PaperUnreadableError) else None for each in found
    }
    assert outcomes == {name: code for name, (_, code) in made.items()}
    text = [line.text for each in found if isinstance(each, Paper) for line in each.lines]
    assert not any("sesame" in line for line in text)
    with pytest.raises(BlockingIOError, match="unavailable"):
        listener.accept()
    assert {each.name: each.read_bytes() for each in corpus.iterdir()} == {
        name: data for name, (data, _) in made.items()
    }
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        "corpus",
        "secret.txt",
        "temporary",
    ]
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("make", [bad_pdf.unfolding, bad_pdf.operators])
def test_what_grows_is_held_and_the_next_file_is_read(
    tmp_path: Path, make: Callable[[int], bytes]
) -> None:
    """A file that wants more memory than one may have costs its own reading, and no more."""
    growth = {bad_pdf.unfolding: 200_000_000, bad_pdf.operators: 250_000}
    (tmp_path / "a.pdf").write_bytes(make(growth[make]))
    (tmp_path / "b.pdf").write_bytes(bad_pdf.plain())
    limits = replace(LIMITS, memory_bytes=130_000_000)
    bad, good = read_papers(tmp_path, ["a.pdf", "b.pdf"], workers=1, limits=limits)
    assert isinstance(bad, PaperUnreadableError)
    assert bad.code in {"no_text", "too_large", "crashed"}
    assert isinstance(good, Paper)


def test_ten_thousand_pages_are_read(tmp_path: Path) -> None:
    """Long is not bad; 20,000 pages are read."""
    (tmp_path / "a.pdf").write_bytes(bad_pdf.pages(10_000))
    assert read_one(tmp_path / "a.pdf").pages == 10_000


def test_characters_that_print_nothing_or_lie_are_dropped(tmp_path: Path) -> None:
    """What ends a text for the next program, or turns its direction, is no part of a paper."""
    (tmp_path / "a.pdf").write_bytes(bad_pdf.mapped("a\0b\u202ec\ufb01d"))
    (tmp_path / "a.docx").write_bytes(
        bad_docx.package(bad_docx.body(bad_docx.paragraph(f"\u202e{WORDS}\u2066")))
    )
    (tmp_path / "a.txt").write_text(f"{WORDS * 20} It is a\0 sign\u202e.\x93Quoted\x94", "utf-8")
    assert [line.text for line in read_file(tmp_path / "a.pdf").lines] == ["abcfid"]
    assert [line.text for line in read_file(tmp_path / "a.docx").lines] == [WORDS]
    (line,) = read_file(tmp_path / "a.txt").lines
    assert line.text.endswith("It is a sign.“Quoted”")


NAMES = (
    "a" * 251 + ".txt",
    "\N{GRINNING FACE}\N{RIGHT-TO-LEFT OVERRIDE}.txt",
    "two\nlines.txt",
    "-rf.txt",
    "--help.txt",
    "..txt",
    "a..b.txt",
    "$(touch gone).txt",
    unicodedata.normalize("NFC", "é.txt"),
    unicodedata.normalize("NFD", "é.txt"),
)


def test_any_name_is_a_name(tmp_path: Path) -> None:
    """Names of 255 bytes, with line breaks, dashes or pictures; twins that look the same."""
    made = [name for name in NAMES if name != "..txt"]
    for at, name in enumerate(NAMES):
        (tmp_path / name).write_text(f"{WORDS} Paper {at}.")
    assert sorted(each.file for each in scan(tmp_path)) == sorted(made)  # `..txt` is hidden
    found = list(read_papers(tmp_path, NAMES, workers=1))
    assert [each.file for each in found] == list(NAMES)
    assert all(isinstance(each, Paper) for each in found)
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted(NAMES)


def test_a_pipe_or_a_device_is_no_paper(tmp_path: Path) -> None:
    """Reading from it would never end."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes in folders here")
    os.mkfifo(tmp_path / "pipe.pdf")
    (tmp_path / "endless.txt").symlink_to("/dev/zero")
    (tmp_path / "folder.pdf").mkdir()
    (tmp_path / "good.txt").write_text(WORDS)
    assert [(each.file, each.digest == "") for each in scan(tmp_path)] == [
        ("endless.txt", True),
        ("good.txt", False),
        ("pipe.pdf", True),
    ]
    for name in ("pipe.pdf", "endless.txt", "folder.pdf"):
        with pytest.raises(PaperUnreadableError, match=r"no file.*\[unreadable\]"):
            read_file(tmp_path / name)


def test_a_symbol_never_leads_anywhere(tmp_path: Path) -> None:
    """Steps upwards are no part of a symbol, wherever they are printed."""
    (tmp_path / "a.txt").write_text(
        "United Nations\tA/AC.1/../../etc/passwd\nGeneral Assembly\n1 March 2024\n\nTitle\n\n"
        + WORDS
    )
    paper = read_file(tmp_path / "a.txt")
    assert not any(".." in each or "passwd" in each for each in paper.symbols)
    assert not any(".." in each for each in symbols.find("see A/AC.1/../../etc/passwd"))


def test_what_the_process_needs_for_itself_is_gone_with_it(tmp_path: Path) -> None:
    """Its temporary folder is removed, also when it is killed."""
    before = set(Path(tempfile.gettempdir()).glob("wgsearch-*"))
    (tmp_path / "a.pdf").write_bytes(bad_pdf.plain())
    with pytest.raises(PaperUnreadableError, match="too_slow"):
        read_one(tmp_path / "a.pdf", limits=Limits(wall_s=0.001))
    assert set(Path(tempfile.gettempdir()).glob("wgsearch-*")) <= before

"""Bad files among good ones: all good ones are found, and the bad ones cost one reading each."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wgsearch.index.build import build
from wgsearch.index.manifest import read_manifest
from wgsearch.index.publish import current, folder_of
from wgsearch.index.reading import paper_reader
from wgsearch.papers.children import read_papers
from wgsearch.papers.limits import Limits

sys.path.insert(0, str(Path(__file__).parents[1] / "papers" / "making"))

import bad_files  # found by the line above

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wgsearch.embedding import Encoder
    from wgsearch.errors import PaperUnreadableError
    from wgsearch.index.build import BuildReport
    from wgsearch.papers.paper import Paper

LIMITS = Limits(memory_bytes=300_000_000, cpu_s=5, wall_s=20.0, ocr_pages=0)
GOOD = "DEMO_COP_WG.4_2030_{number}.en.txt"
TEXT = (
    "DEMO/COP/WG.4/2030/{number}\n\nA title\n\n1.\tWords about rivers and shelters, no. {number}.\n"
)


class Batch:
    """A corpus of bad files with good ones between, and builds of it."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self.corpus, self.index, self._encoder = folder / "corpus", folder / "index", encoder
        self.corpus.mkdir()
        self.read: list[str] = []
        (folder / "secret.txt").write_text("sesame")
        made = {
            **bad_files.pdfs("http://127.0.0.1:9/"),
            **bad_files.word_files("http://127.0.0.1:9/", folder / "secret.txt"),
            **bad_files.texts(),
        }
        del made["too-long.txt"]  # 50 MB: read in tests/papers
        self.expected = {name: code for name, (_, code) in made.items() if code}
        self.good = []
        for number, (name, (data, code)) in enumerate(made.items()):
            if code:
                (self.corpus / name).write_bytes(data)
            self.good.append(GOOD.format(number=number))
            (self.corpus / self.good[-1]).write_text(TEXT.format(number=number))

    def build(self, *, full: bool = False) -> BuildReport:
        """One build; which files were read is remembered."""
        self.read = []

        def read(root: Path, files: Sequence[str]) -> Iterator[Paper | PaperUnreadableError]:
            self.read += files
            return read_papers(root, files, workers=2, limits=LIMITS)

        reader = replace(paper_reader(), read=read)
        return build(self.corpus, self.index, self._encoder, full=full, reader=reader)

    def indexed(self) -> list[str]:
        """Files whose papers are found."""
        manifest = read_manifest(folder_of(self.index, current(self.index)))
        return sorted(each.file for each in manifest.papers)


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Batch:
    """A corpus in which every second file is bad."""
    return Batch(tmp_path_factory.mktemp("batch"), encoder)


def test_no_file_stops_the_batch(batch: Batch) -> None:
    """Each bad one with its code and a reason, each good one indexed."""
    report = batch.build()
    assert {each.file: each.code for each in report.failed} == batch.expected
    assert all(each.reason for each in report.failed)
    assert batch.indexed() == sorted(batch.good)


def test_bad_ones_are_not_read_again_until_they_change_or_it_is_asked(batch: Batch) -> None:
    """A good paper more: it alone is read. A bad one that was mended: likewise. `--full`: all."""
    if not (batch.index / "CURRENT").exists():
        batch.build()
    more = GOOD.format(number=1000)
    (batch.corpus / more).write_text(TEXT.format(number=1000))
    report = batch.build()
    assert batch.read == [more]
    assert {each.file: each.code for each in report.failed} == batch.expected
    (batch.corpus / "page.pdf").write_bytes((batch.corpus / "scan.pdf").read_bytes())
    report = batch.build()
    assert batch.read == ["page.pdf"]
    assert {each.file: each.code for each in report.failed}["page.pdf"] == "no_text"
    batch.build(full=True)
    assert set(batch.read) == {*batch.good, more, *batch.expected}

"""What is still being written is left alone, and what it was before stays found."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from wgsearch.index.build import build
from wgsearch.index.manifest import read_manifest
from wgsearch.index.publish import current, folder_of
from wgsearch.index.reading import paper_reader, settled_only

if TYPE_CHECKING:
    from pathlib import Path

    from wgsearch.embedding import Encoder
    from wgsearch.index.build import BuildReport

TEXT = "{symbol}\n\nTitle of a paper\n\n1.\tWords of {symbol} about rivers.\n"


class Corpus:
    """A corpus folder of texts, some of which are being written."""

    def __init__(self, folder: Path, index: Path, encoder: Encoder) -> None:
        self.folder, self.index, self.encoder = folder, index, encoder
        folder.mkdir()

    def put(self, number: int, words: str = "") -> str:
        """A paper; gives the name of its file."""
        symbol = f"DEMO/COP/WG.4/2030/{number}"
        name = f"{symbol.replace('/', '_')}.en.txt"
        (self.folder / name).write_text(TEXT.format(symbol=symbol) + words)
        return name

    def build(self, *writing: str) -> BuildReport:
        """Build while files are being written."""
        known = {}
        if (self.index / "CURRENT").exists():
            manifest = read_manifest(folder_of(self.index, current(self.index)))
            known = {each.file: each.digest for each in (*manifest.papers, *manifest.failed)}
        reader = settled_only(paper_reader(), lambda _, file: file not in writing, known)
        return build(self.folder, self.index, self.encoder, reader=reader)

    def indexed(self) -> set[str]:
        """Files whose papers are found."""
        manifest = read_manifest(folder_of(self.index, current(self.index)))
        return {each.file for each in manifest.papers}


@pytest.fixture
def corpus(tmp_path: Path, encoder: Encoder) -> Corpus:
    """An empty corpus."""
    return Corpus(tmp_path / "corpus", tmp_path / "index", encoder)


def test_a_new_paper_comes_when_it_is_whole(corpus: Corpus) -> None:
    """Until then it is as if it were not there; it is no failed paper either."""
    first, second = corpus.put(1), corpus.put(2)
    report = corpus.build(second)
    assert (corpus.indexed(), report.failed) == ({first}, ())
    corpus.build()
    assert corpus.indexed() == {first, second}


def test_a_paper_that_is_being_replaced_stays_as_it_was(corpus: Corpus) -> None:
    """Half of the new one on the disk, the old one is found; nothing is removed or read."""
    first, second = corpus.put(1), corpus.put(2)
    corpus.build()
    (corpus.folder / second).write_bytes(b"\0half")
    third = corpus.put(3)
    report = corpus.build(second)
    assert (report.read, report.unchanged, report.removed) == (1, 2, 0)
    assert corpus.indexed() == {first, second, third}
    corpus.put(2, "2.\tAnd more words.\n")
    report = corpus.build()
    assert (report.read, report.passages) == (1, 4)


def test_in_the_end_it_is_the_index_of_an_undisturbed_build(corpus: Corpus, tmp_path: Path) -> None:
    """The same papers in one build: the same digest."""
    names = [corpus.put(number) for number in range(4)]
    corpus.build(*names[1:])
    corpus.put(0, "2.\tChanged.\n")
    corpus.build(names[0], names[3])
    corpus.build()
    shutil.copytree(corpus.folder, tmp_path / "copy")
    build(tmp_path / "copy", tmp_path / "other", corpus.encoder)
    digests = [
        read_manifest(folder_of(index, current(index))).content_digest
        for index in (corpus.index, tmp_path / "other")
    ]
    assert digests[0] == digests[1]

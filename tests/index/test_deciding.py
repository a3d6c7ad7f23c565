"""What a build would do is said before, and is what it does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from wgsearch.errors import PaperUnreadableError
from wgsearch.index.build import build, planned
from wgsearch.index.manifest import read_manifest
from wgsearch.index.places import current, folder_of
from wgsearch.index.states import State, states

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from wgsearch.embedding import Encoder
    from wgsearch.index.build import BuildReport
    from wgsearch.index.deciding import Decision
    from wgsearch.index.reading import PaperReader
    from wgsearch.papers.paper import Paper


class Shelf:
    """Papers that lie in a corpus, and an index over them; remembers what was read."""

    def __init__(
        self, index: Path, encoder: Encoder, reader_of: Callable[..., PaperReader]
    ) -> None:
        self.index, self.encoder = index, encoder
        self.papers: list[Paper] = []
        self.bad: set[str] = set()
        self.read: list[str] = []
        self._reader_of = reader_of

    def reader(self) -> PaperReader:
        """What reads them; files named in `bad` cannot be read."""
        inner = self._reader_of(self.papers)

        def read(root: Path, files: Sequence[str]) -> Iterator[Paper | PaperUnreadableError]:
            self.read += files
            for file, paper in zip(files, inner.read(root, files), strict=True):
                bad = PaperUnreadableError(file, "encrypted", "it is locked; unlock it")
                yield bad if file in self.bad else paper

        return replace(inner, read=read)

    def plan(self, **asked: bool) -> Decision:
        """What a build would do."""
        return planned(self.index, self.index, self.encoder, reader=self.reader(), **asked)

    def build(self, **asked: bool) -> BuildReport:
        """Build."""
        self.read = []
        return build(self.index, self.index, self.encoder, reader=self.reader(), **asked)


@pytest.fixture
def shelf(
    tmp_path: Path,
    encoder: Encoder,
    make_paper: Callable[..., Paper],
    memory_reader: Callable[..., PaperReader],
) -> Shelf:
    """Four papers, one of which cannot be read."""
    shelf = Shelf(tmp_path / "index", encoder, memory_reader)
    shelf.papers = [make_paper(f"AB/2022/{n}", [f"Text of {n}."]) for n in range(1, 5)]
    shelf.bad = {shelf.papers[3].file}
    return shelf


def test_a_plan_writes_nothing(shelf: Shelf) -> None:
    """Asking what would be done makes no folder, and reads no paper."""
    decided = shelf.plan()
    assert decided.reasons == ("there is no index yet",)
    assert len(decided.plan.added) == 4
    assert not shelf.index.exists()
    assert shelf.read == []


def test_the_plan_is_what_the_build_does(shelf: Shelf, make_paper: Callable[..., Paper]) -> None:
    """Added, changed, removed, unchanged, failed before: each file, before and by the build."""
    shelf.build()
    first, second, third, bad = shelf.papers
    new, changed = make_paper("AB/2022/9", ["New."]), make_paper("AB/2022/2", ["Changed."])
    shelf.papers = [first, changed, bad, new]
    shown = shelf.plan().to_json()
    assert shown["publishes"] is True
    assert shown["reasons"] == ["files were added, changed or removed"]
    [since] = [each.since for each in read_manifest(_folder(shelf)).failed]
    assert since
    assert shown["plan"] == {
        "added": [new.file],
        "changed": [second.file],
        "removed": [third.file],
        "unchanged": [first.file],
        "recorrected": [],
        "retried": [],
        "failed_before": [
            {
                "file": bad.file,
                "code": "encrypted",
                "reason": "it is locked; unlock it",
                "since": since,
            }
        ],
    }
    report = shelf.build()
    assert sorted(shelf.read) == sorted([new.file, changed.file])
    assert (report.read, report.unchanged, report.removed) == (2, 1, 1)
    after = shelf.plan()
    assert after.reasons == ()
    assert not shelf.build().published


def test_a_bad_paper_is_read_again_when_it_changes_or_when_asked(
    shelf: Shelf, make_paper: Callable[..., Paper]
) -> None:
    """A paper in quarantine costs nothing, keeps its date, and comes back when it can be read."""
    shelf.build()
    bad = shelf.papers[3]
    since = states(read_manifest(_folder(shelf)))[3].since
    assert not shelf.build().published
    again = shelf.plan(retry_failed=True)
    assert again.reasons == ("1 files that could not be read are read again",)
    assert again.plan.retried == (bad.file,)
    shelf.build(retry_failed=True)
    assert shelf.read == [bad.file]
    after = states(read_manifest(_folder(shelf)))[3]
    assert (after.state, after.since) == (State.QUARANTINED, since)
    shelf.bad = set()
    assert not shelf.build().published
    assert shelf.build(retry_failed=True).failed == ()
    shelf.bad = {bad.file}
    shelf.papers[3] = make_paper(bad.symbol, ["Other bytes."])
    assert [each.file for each in shelf.build().failed] == [bad.file]
    assert shelf.read == [bad.file]


def test_each_paper_has_a_state(shelf: Shelf, make_paper: Callable[..., Paper]) -> None:
    """Indexed, left out for another file of it, quarantined: with reason, and since when."""
    shelf.build()
    shelf.papers.append(make_paper("AB/2022/1", ["Text of 1."], file="twin.docx"))
    shelf.build()
    found = {each.file: each for each in states(read_manifest(_folder(shelf)))}
    assert {file: each.state.value for file, each in found.items()} == {
        "AB_2022_1.en.pdf": "indexed",
        "AB_2022_2.en.pdf": "indexed",
        "AB_2022_3.en.pdf": "indexed",
        "AB_2022_4.en.pdf": "quarantined",
        "twin.docx": "left_out",
    }
    bad = found["AB_2022_4.en.pdf"]
    assert (bad.code, bad.reason) == ("encrypted", "it is locked; unlock it")
    assert found["AB_2022_1.en.pdf"].symbol == "AB/2022/1"
    assert found["twin.docx"].code == "duplicate"
    assert not found["twin.docx"].failed_before


def test_why_everything_is_read_again_is_said(shelf: Shelf) -> None:
    """A damaged generation, another version and a full build each have their words."""
    shelf.build()
    assert shelf.plan(full=True).reasons == ("all papers are asked for",)
    path = _folder(shelf) / "sayings.npy"
    path.write_bytes(path.read_bytes() + b"x")
    [reason] = shelf.plan().reasons
    assert reason.startswith("the generation in use is damaged: file 'sayings.npy'")


def _folder(shelf: Shelf) -> Path:
    return folder_of(shelf.index, current(shelf.index))

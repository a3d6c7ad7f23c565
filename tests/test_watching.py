"""Builds follow what arrives: when it is whole, one at a time, whatever fails between."""

from __future__ import annotations

import itertools
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wgsearch.errors import BuildBusyError, CorpusMissingError, IndexDamagedError
from wgsearch.watching import Rhythm, Seen, Watcher, looks_of, seen_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

RHYTHM = Rhythm(every_s=5, quiet_s=10, patience_s=60, anyway_s=3600)


class Folder:
    """A folder whose files change when a test says so, and builds that take no time."""

    def __init__(self) -> None:
        self.files: dict[str, Seen] = {}
        self.now = 0.0
        self.put_at: dict[str, float] = {}
        self.builds: list[tuple[float, list[str]]] = []
        self.built: dict[str, Seen] = {}
        self.hasty: list[str] = []
        self.told: list[str] = []
        self.trouble: Callable[[], None] = lambda: None
        self.missing = False
        self.takes_s = 0.0
        self.watcher = Watcher(
            look=self.look,
            build=self.build,
            failed=lambda error: self.told.append(str(error)),
            rhythm=RHYTHM,
            now=lambda: self.now,
            sleep=self.pass_by,
        )

    def look(self) -> Mapping[str, Seen]:
        """The files now."""
        if self.missing:
            raise CorpusMissingError("the share is gone")
        return dict(self.files)

    def build(self, settled: Mapping[str, Seen]) -> None:
        """One build."""
        self.trouble()
        self.builds.append((self.now, sorted(settled)))
        self.built = dict(settled)
        self.hasty += [name for name in settled if self.now - self.put_at[name] < RHYTHM.quiet_s]
        self.now += self.takes_s

    def pass_by(self, seconds: float) -> None:
        """Time passes."""
        self.now += seconds

    def put(self, name: str, size: int = 1, written: int = 1) -> None:
        """A file as it looks from now on."""
        self.files[name] = Seen(size, written)
        self.put_at[name] = self.now

    def watch(self, seconds: float) -> None:
        """Look every five seconds for so long."""
        until = self.now + seconds
        while self.now < until:
            self.watcher.step()
            self.now += RHYTHM.every_s


@pytest.fixture
def folder() -> Folder:
    """An empty folder of one paper that was built."""
    made = Folder()
    made.put("a.pdf")
    made.watch(20)
    assert made.builds == [(10.0, ["a.pdf"])]
    made.builds.clear()
    return made


def test_nothing_is_built_while_nothing_changes(folder: Folder) -> None:
    """An hour without changes: no build until the hour is over."""
    folder.watch(3500)
    assert folder.builds == []


def test_a_paper_is_built_when_it_has_come_to_rest(folder: Folder) -> None:
    """Ten seconds the same, not before."""
    arrived = folder.now
    folder.put("b.pdf")
    folder.watch(30)
    assert folder.builds == [(arrived + 10, ["a.pdf", "b.pdf"])]


def test_a_file_that_is_being_copied_is_left(folder: Folder) -> None:
    """It grows for fifty seconds; one build, ten seconds after its last byte."""
    for size in range(10):
        folder.put("b.pdf", size=size)
        folder.watch(5)
    assert folder.builds == []
    last = folder.now - 5
    folder.watch(30)
    assert folder.builds == [(last + 10, ["a.pdf", "b.pdf"])]


def test_a_copy_whose_size_is_there_at_once_is_left_too(folder: Folder) -> None:
    """Some programs make room for the whole file first: its time still moves."""
    for written in range(10):
        folder.put("b.pdf", size=1000, written=written)
        folder.watch(5)
    assert folder.builds == []


def test_others_do_not_wait_for_one_that_never_ends(folder: Folder) -> None:
    """After a minute they are built; the one that grows is left out, and is not built over."""
    folder.put("b.pdf")
    for size in range(40):
        folder.put("growing.pdf", size=size)
        folder.watch(5)
    assert [files for _, files in folder.builds] == [["a.pdf", "b.pdf"]]
    folder.watch(30)
    assert [files for _, files in folder.builds][1:] == [["a.pdf", "b.pdf", "growing.pdf"]]


def test_many_at_once_are_one_build(folder: Folder) -> None:
    """A folder copied file by file, for forty seconds."""
    for number in range(8):
        folder.put(f"{number}.pdf")
        folder.watch(5)
    folder.watch(60)
    assert len(folder.builds) == 1


def test_builds_do_not_pile_up(folder: Folder) -> None:
    """A build takes ten minutes, papers come meanwhile: one more build holds them all."""
    folder.takes_s = 600
    folder.put("b.pdf")
    folder.watch(15)
    folder.put("c.pdf")
    folder.put("d.pdf")
    folder.watch(30)
    folder.takes_s = 0
    folder.watch(100)
    assert [files for _, files in folder.builds] == [
        ["a.pdf", "b.pdf"],
        ["a.pdf", "b.pdf", "c.pdf", "d.pdf"],
    ]


def test_a_paper_that_goes_is_built_away(folder: Folder) -> None:
    """Once it has been gone for ten seconds: replacing may be removing and putting."""
    folder.put("b.pdf")
    folder.watch(20)
    del folder.files["b.pdf"]
    folder.watch(5)
    folder.put("b.pdf", size=9)
    folder.watch(30)
    del folder.files["b.pdf"]
    folder.watch(30)
    assert [files for _, files in folder.builds] == [
        ["a.pdf", "b.pdf"],
        ["a.pdf", "b.pdf"],
        ["a.pdf"],
    ]


def test_a_change_that_shows_nowhere_is_found_within_the_hour(folder: Folder) -> None:
    """Equal size and time: a build compares by content every hour, whatever was seen."""
    folder.watch(3 * 3600)
    assert len(folder.builds) in {2, 3}
    times = [at for at, _ in folder.builds]
    assert all(b - a >= 3600 for a, b in itertools.pairwise(times))


def test_a_failed_build_is_tried_again_later_and_later(folder: Folder) -> None:
    """A full disk for twenty minutes: told, not asked every five seconds; then it is built."""

    def full() -> None:
        raise OSError(28, "No space left on device")

    folder.trouble = full
    folder.put("b.pdf")
    folder.watch(1200)
    assert 5 <= len(folder.told) <= 10
    folder.trouble = lambda: None
    folder.watch(700)
    assert [files for _, files in folder.builds] == [["a.pdf", "b.pdf"]]


def test_what_is_put_right_is_not_waited_for(folder: Folder) -> None:
    """A build failed on a file; when the file changes, it is tried at once."""

    def damaged() -> None:
        raise IndexDamagedError("no")

    folder.trouble = damaged
    folder.put("b.pdf")
    folder.watch(1000)
    folder.trouble = lambda: None
    folder.put("b.pdf", size=2)
    folder.watch(20)
    assert len(folder.builds) == 1


def test_a_mistake_of_ours_does_not_end_it(folder: Folder) -> None:
    """Anything that a build raises is told."""

    def mistake() -> None:
        raise KeyError("x")

    folder.trouble = mistake
    folder.put("b.pdf")
    folder.watch(30)
    assert folder.told


def test_another_builder_is_waited_for(folder: Folder) -> None:
    """Asked again at the next look, without growing pauses."""

    def busy() -> None:
        if folder.now < 200:
            raise BuildBusyError("busy")

    folder.trouble = busy
    folder.put("b.pdf")
    folder.watch(300)
    assert [at for at, _ in folder.builds] == [200.0]


def test_a_share_that_is_gone_is_no_empty_folder(folder: Folder) -> None:
    """Nothing is built while it is away, and nothing when it is back as it was."""
    folder.missing = True
    folder.watch(600)
    assert set(folder.told) == {"the share is gone"}
    folder.missing = False
    folder.watch(600)
    assert folder.builds == []


def test_watching_sleeps_between_looks(folder: Folder) -> None:
    """Until it is stopped."""
    looked: list[float] = []

    def stop(seconds: float) -> None:
        folder.now += seconds
        looked.append(folder.now)
        if len(looked) == 3:
            raise KeyboardInterrupt

    folder.watcher.sleep = stop
    with pytest.raises(KeyboardInterrupt):
        folder.watcher.run()
    assert [b - a for a, b in itertools.pairwise(looked)] == [5.0, 5.0]


def test_how_files_look(tmp_path: Path) -> None:
    """Papers in all folders, and what a build reads beside them; not what is hidden."""
    (tmp_path / "in").mkdir()
    (tmp_path / ".fetching").mkdir()
    names = ("a.pdf", "in/b.DOCX", "notes.odt", ".hidden.pdf", "~$a.docx", "corrections.toml")
    for name in (*names, ".fetching/c.pdf"):
        (tmp_path / name).write_text(name)
        os.utime(tmp_path / name, ns=(7, 7))
    (tmp_path / "gone.pdf").symlink_to(tmp_path / "nowhere")
    assert looks_of(tmp_path, ("corrections.toml", "glossary.csv")) == {
        "a.pdf": Seen(5, 7),
        "in/b.DOCX": Seen(9, 7),
        "corrections.toml": Seen(16, 7),
    }
    assert seen_of(tmp_path, "gone.pdf") is None
    with pytest.raises(CorpusMissingError, match="does not exist"):
        looks_of(tmp_path / "nowhere")


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["put a", "put b", "remove a", "remove b", "lose", "find", "fail"]),
        st.sampled_from([0.0, 5.0, 15.0, 70.0, 700.0]),
    ),
    max_size=20,
)


@given(changes=CHANGES)
def test_whatever_happened_what_is_there_is_built_in_the_end(
    changes: list[tuple[str, float]],
) -> None:
    """
    Files come, grow and go, the share is lost and found, builds fail: once it is calm, the last
    build is of what is there, and nothing was built that had not been quiet.
    """
    folder = Folder()

    def fail() -> None:
        raise OSError(28, "No space left on device")

    for written, (change, seconds) in enumerate(changes):
        verb, _, name = change.partition(" ")
        if verb == "put":
            folder.put(f"{name}.pdf", size=written, written=written)
        elif verb == "remove":
            folder.files.pop(f"{name}.pdf", None)
        elif verb == "fail":
            folder.trouble = fail
        else:
            folder.missing = verb == "lose"
            folder.trouble = lambda: None
        folder.watch(seconds)
    folder.missing = False
    folder.trouble = lambda: None
    folder.watch(700)
    assert folder.built == folder.files
    assert folder.hasty == []

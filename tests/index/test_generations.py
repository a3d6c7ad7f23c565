"""Whoever keeps an index goes back and forth, makes room, and never takes what is being read."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wgsearch.errors import IndexDamagedError, IndexMissingError
from wgsearch.index.build import build
from wgsearch.index.lease import Lease, is_held
from wgsearch.index.places import current, folder_of, names
from wgsearch.index.pruning import Dated, chosen, prune
from wgsearch.index.publish import writing
from wgsearch.index.rollback import rollback
from wgsearch.index.snapshot import open_current

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from wgsearch.embedding import Encoder
    from wgsearch.index.build import PaperReader
    from wgsearch.papers.paper import Paper

NOW = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture
def index(
    tmp_path: Path,
    encoder: Encoder,
    make_paper: Callable[..., Paper],
    memory_reader: Callable[..., PaperReader],
) -> Path:
    """An index of three generations, of a paper each time longer."""
    texts = ["Debt binds.", "Fees turn into debt.", "Shelters are few."]
    for count in range(1, 4):
        reader = memory_reader([make_paper(texts=texts[:count])])
        build(tmp_path / "c", tmp_path / "index", encoder, reader=reader)
    return tmp_path / "index"


def test_back_and_forth(index: Path) -> None:
    """One command goes to the generation before, to the next, or to any by its name."""
    first, second, third = names(index)
    assert rollback(index) == (third, second)
    assert current(index) == second
    assert open_current(index, None).store.rows == 2
    assert rollback(index) == (second, first)
    with pytest.raises(IndexMissingError, match=f"no generation before '{first}'"):
        rollback(index)
    assert rollback(index, forward=True) == (first, second)
    assert rollback(index, third) == (second, third)
    assert rollback(index, third) == (third, third)
    with pytest.raises(IndexMissingError, match=f"no generation after '{third}'"):
        rollback(index, forward=True)
    with pytest.raises(IndexMissingError, match="there are"):
        rollback(index, "g000009-00000000")


def test_a_damaged_generation_is_never_gone_back_to(index: Path) -> None:
    """Whoever goes back never comes to something worse: the one in use stays."""
    _, second, third = names(index)
    path = folder_of(index, second) / "vectors" / "rows.npy"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(IndexDamagedError, match=r"rows\.npy"):
        rollback(index)
    assert current(index) == third


def test_a_build_after_going_back_goes_on_from_there(
    index: Path,
    encoder: Encoder,
    make_paper: Callable[..., Paper],
    memory_reader: Callable[..., PaperReader],
) -> None:
    """Names go on being counted: no generation ever has the name of another."""
    rollback(index)
    reader = memory_reader([make_paper(texts=["Something else."])])
    report = build(index / "c", index, encoder, reader=reader)
    assert report.generation.startswith("g000004-")
    assert len(names(index)) == 4


def test_what_is_read_stays(index: Path) -> None:
    """A generation that a process has open is not removed; it goes once that has ended."""
    first, second, third = names(index)
    rollback(index, first)
    script = (
        "import sys, pathlib; from wgsearch.index.snapshot import open_current\n"
        "opened = open_current(pathlib.Path(sys.argv[1]), None)\n"
        "print(opened.name, flush=True); sys.stdin.read(); print(opened.store.rows)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(index)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline().strip() == first
        rollback(index, third)
        assert is_held(folder_of(index, first))
        with writing(index):
            found = prune(index, keep=0)
        assert (found.removed, found.held, found.kept) == ((second,), (first,), (third,))
        assert names(index) == [first, third]
        assert reader.communicate("")[0].strip() == "1"
    with writing(index):
        assert prune(index, keep=0).removed == (first,)
    assert [path.name for path in (index / "generations").iterdir()] == [third]


def test_asking_removes_nothing(index: Path) -> None:
    """A dry run says what would go."""
    before = names(index)
    assert prune(index, keep=1, dry_run=True).removed == (before[0],)
    assert names(index) == before


def test_a_hold_ends_with_who_held_it(index: Path) -> None:
    """A generation that nobody has open any more is free, without anybody letting go."""
    folder = folder_of(index, current(index))
    lease, other = Lease(folder), Lease(folder)
    lease.close()
    lease.close()
    assert is_held(folder)
    del other
    assert not is_held(folder)


def test_what_is_gone_cannot_be_held(index: Path) -> None:
    """Opening what was pruned meanwhile is damage, which makes the reader look again."""
    with pytest.raises(IndexDamagedError, match="manifest"):
        Lease(folder_of(index, "g000009-00000000"))


def test_a_reader_keeps_its_generation_while_it_lives(index: Path) -> None:
    """A snapshot holds what it reads; let go of, it holds nothing."""
    folder = folder_of(index, current(index))
    snapshot = open_current(index, None)
    assert is_held(folder)
    del snapshot
    assert not is_held(folder)


@pytest.mark.parametrize(
    ("keep", "days", "gone"),
    [
        (0, None, "acde"),
        (2, None, "ac"),
        (9, None, ""),
        (None, 10, "ac"),
        (1, 10, "ac"),
        (3, 10, "a"),
        (0, 1000, ""),
        (None, None, ""),
    ],
)
def test_which_go_by_hand(keep: int | None, days: int | None, gone: str) -> None:
    """Both rules must agree; the one in use stays, and age is not guessed where it is not known."""
    ages = {"a": 40, "b": 30, "c": 20, "d": None, "e": 1}
    dated = [
        Dated(name, None if age is None else NOW - timedelta(days=age))
        for name, age in ages.items()
    ]
    age = None if days is None else timedelta(days=days)
    assert "".join(chosen(dated, "b", keep=keep, older_than=age, now=NOW)) == gone


@given(
    ages=st.lists(st.integers(0, 50), max_size=8),
    used=st.integers(0, 7),
    keep=st.integers(0, 9),
    days=st.none() | st.integers(0, 50),
)
def test_never_more_than_asked(ages: list[int], used: int, keep: int, days: int | None) -> None:
    """The one in use and so many of the newest beside it always stay."""
    dated = [Dated(f"g{at}", NOW - timedelta(days=age)) for at, age in enumerate(ages)]
    older = None if days is None else timedelta(days=days)
    gone = chosen(dated, f"g{used}", keep=keep, older_than=older, now=NOW)
    others = [each.name for each in dated if each.name != f"g{used}"]
    assert f"g{used}" not in gone
    assert not {*gone} & {*(others[-keep:] if keep else ())}
    assert list(gone) == [name for name in others if name in gone]

"""Editions are kept in the index folder, whole, and read as they were written."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hand_made import compendium_of

from wgsearch.compendium import editions, serial
from wgsearch.errors import BuildBusyError, EditionDamagedError, EditionMissingError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from wgsearch.compendium.records import Compendium
    from wgsearch.papers.paper import Paper


@pytest.fixture(scope="module")
def edition(tiny_papers: tuple[Paper, ...]) -> Compendium:
    """A compendium that has everything an edition can hold."""
    made = compendium_of(tiny_papers[1:5], "g000001-aaaaaaaa", "0" * 64)
    return replace(made, edition=1, changes=())


def _file(index: Path, number: int = 1) -> Path:
    return editions.folder_of(index) / f"e{number:06d}.json"


def test_json_holds_everything(edition: Compendium) -> None:
    """What is written as JSON is read as the same compendium, and written as the same bytes."""
    written = serial.to_json(edition)
    assert serial.from_json(written) == edition
    assert serial.to_json(serial.from_json(written)) == written
    assert serial.from_object(serial.to_object(edition)) == edition


def test_json_that_is_no_compendium_names_the_field() -> None:
    """A missing or wrong value is named."""
    with pytest.raises(ValueError, match="edition: "):
        serial.from_object({})
    with pytest.raises(ValueError, match="Invalid JSON"):
        serial.from_json(b"{")


def test_an_edition_is_read_as_it_was_saved(tmp_path: Path, edition: Compendium) -> None:
    """The edition in use is the one last saved; earlier ones stay readable."""
    assert editions.pointer(tmp_path) is None
    assert editions.numbers(tmp_path) == ()
    with editions.writing(tmp_path):
        first = editions.save(tmp_path, edition, "made of this")
        second = editions.save(tmp_path, replace(edition, notes=("Another note.",)))
    assert (first.edition, second.edition) == (1, 2)
    assert editions.numbers(tmp_path) == (1, 2)
    assert editions.current(tmp_path) == second
    assert editions.read(tmp_path, 1) == first == edition


def test_an_edition_that_says_the_same_is_not_written_again(
    tmp_path: Path, edition: Compendium
) -> None:
    """A build that changes no topic makes no edition: the old one holds for the new generation."""
    editions.folder_of(tmp_path).mkdir(parents=True)
    editions.save(tmp_path, edition)
    text = _file(tmp_path).read_bytes()
    again = editions.save(tmp_path, replace(edition, generation="g000002-bbbbbbbb"))
    assert (again.edition, again.generation) == (1, "g000002-bbbbbbbb")
    assert editions.current(tmp_path).generation == "g000002-bbbbbbbb"
    assert editions.numbers(tmp_path) == (1,)
    assert _file(tmp_path).read_bytes() == text


def test_what_is_not_there_is_said(tmp_path: Path, edition: Compendium) -> None:
    """Without any edition, and with another number, the message says what to do."""
    with pytest.raises(EditionMissingError, match="run `wgsearch compendium"):
        editions.current(tmp_path)
    with editions.writing(tmp_path):
        editions.save(tmp_path, edition)
    with pytest.raises(EditionMissingError, match=r"no edition 7 .* there are: 1"):
        editions.read(tmp_path, 7)


def _cut(text: str) -> str:
    return text[: len(text) // 2]


def _other_words(text: str) -> str:
    return text.replace("Recruitment fees", "Recruitment gifts", 1)


def _other_version(text: str) -> str:
    return text.replace('"version": 1', '"version": 99')


def _no_theme(text: str) -> str:
    made = json.loads(text)
    del made["compendium"]["themes"]
    return json.dumps(made)


BROKEN = (
    (_cut, "is no edition"),
    (_other_words, "is not what was written"),
    (_other_version, "written by another version"),
    (_no_theme, r"is no edition \(themes: "),
    (lambda _: "[]", "is no edition"),
    (lambda _: "7", "is no edition"),
)


@pytest.mark.parametrize(("harm", "told"), BROKEN)
def test_a_damaged_edition_is_refused(
    tmp_path: Path, edition: Compendium, harm: Callable[[str], str], told: str
) -> None:
    """A file cut off, changed by hand or of another version is no edition; its path is named."""
    with editions.writing(tmp_path):
        editions.save(tmp_path, edition)
    path = _file(tmp_path)
    path.write_text(harm(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(EditionDamagedError, match=told) as caught:
        editions.current(tmp_path)
    assert str(path) in str(caught.value)
    assert "is made anew" in str(caught.value)


def test_a_missing_or_damaged_pointer_is_refused(tmp_path: Path, edition: Compendium) -> None:
    """Editions without a pointer, a pointer without its edition, and nonsense are all told."""
    with editions.writing(tmp_path):
        editions.save(tmp_path, edition)
        editions.save(tmp_path, replace(edition, notes=("Another note.",)))
    pointer = editions.folder_of(tmp_path) / "CURRENT"
    kept = pointer.read_bytes()
    for text in (b"{", b"[]", b"7", b'{"edition": "one"}'):
        pointer.write_bytes(text)
        with pytest.raises(EditionDamagedError, match="names no edition"):
            editions.current(tmp_path)
    pointer.unlink()
    with pytest.raises(EditionDamagedError, match="2 editions are there"):
        editions.pointer(tmp_path)
    pointer.write_bytes(kept)
    _file(tmp_path, 2).unlink()
    with pytest.raises(EditionDamagedError, match=r"edition 2, .* is missing"):
        editions.current(tmp_path)


def test_a_killed_writer_leaves_the_edition_in_use(tmp_path: Path, edition: Compendium) -> None:
    """What is half written is not read, and goes with the next writer; the number is used again."""
    with editions.writing(tmp_path):
        editions.save(tmp_path, edition)
    half = editions.folder_of(tmp_path) / ".e000002.json.part"
    half.write_text("{", encoding="utf-8")
    _file(tmp_path, 2).write_text("{", encoding="utf-8")
    assert editions.current(tmp_path) == edition
    assert editions.numbers(tmp_path) == (1,)
    with editions.writing(tmp_path):
        assert not half.exists()
        second = editions.save(tmp_path, replace(edition, notes=("Another note.",)))
    assert editions.read(tmp_path, 2) == second


def test_two_writers_do_not_write_at_once(tmp_path: Path) -> None:
    """The second one is told at once that another edition is being made."""
    wait = re.escape("wait for it to end")
    with editions.writing(tmp_path), pytest.raises(BuildBusyError, match=wait):
        editions.writing(tmp_path).__enter__()


def test_the_file_of_an_editor_is_kept(tmp_path: Path) -> None:
    """A build uses the file that was last given, whatever its suffix."""
    given = tmp_path / "mine.TOML"
    given.write_bytes(b"[names]\n")
    other = tmp_path / "mine.yaml"
    other.write_bytes(b"names:\n")
    assert editions.kept(tmp_path, "edits") is None
    with editions.writing(tmp_path):
        assert editions.keep(tmp_path, "edits", given).name == "edits.toml"
        editions.keep(tmp_path, "edits", other)
    assert editions.kept(tmp_path, "edits") == editions.Kept(name="edits.yaml", text=b"names:\n")

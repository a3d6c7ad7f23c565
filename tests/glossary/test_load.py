"""List files: the bundled ones are whole, a folder's own is put over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wgsearch.errors import GlossaryUnreadableError
from wgsearch.glossary.load import FILE, digest, pack, read_bundled, read_glossary, unpack
from wgsearch.glossary.match import all_stems
from wgsearch.index.terms import telling_tokens

if TYPE_CHECKING:
    from pathlib import Path


def test_bundled_lists_are_whole() -> None:
    """All lists that come along can be read, and no id stands in two of them."""
    entries = read_bundled()
    assert len({each.id for each in entries}) == len(entries)


def test_a_folder_without_a_list_has_the_bundled_ones(tmp_path: Path) -> None:
    """Nobody must write a list to be served."""
    assert read_glossary(tmp_path) == read_bundled()


def test_a_spreadsheets_list_is_read(tmp_path: Path) -> None:
    """Spreadsheets put a mark before the first column and end lines with two characters."""
    (tmp_path / FILE).write_bytes("\ufeffid,en,fr\r\nhive,beehive,ruche à miel\r\n".encode())
    assert read_glossary(tmp_path)[-1].fr == ("ruche à miel",)


def test_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    """A list saved in an old encoding is refused with the line and what to save it as."""
    (tmp_path / FILE).write_bytes("id,en,fr\nhive,beehive,clé\n".encode("latin-1"))
    with pytest.raises(GlossaryUnreadableError, match=r"line 2 is not UTF-8 .*save the list as"):
        read_glossary(tmp_path)


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    """Eleven megabytes are no glossary, and are not taken into memory."""
    (tmp_path / FILE).write_bytes(b"id,en\n" + b"x" * 11_000_000)
    with pytest.raises(GlossaryUnreadableError, match="more than 10 MB"):
        read_glossary(tmp_path)


def test_a_list_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    """What cannot be opened is not taken for missing."""
    (tmp_path / FILE).mkdir()
    with pytest.raises(GlossaryUnreadableError, match="cannot be read"):
        read_glossary(tmp_path)


def test_a_generation_gives_back_what_it_keeps(tmp_path: Path) -> None:
    """Packed and unpacked, entries and stems are the same; another list has another digest."""
    (tmp_path / FILE).write_text("id,en,fr,abbr\nhive,beehive|skep,ruche,BH\n", encoding="utf-8")
    entries = read_glossary(tmp_path)
    stems = all_stems(entries, telling_tokens)
    assert unpack(pack(entries)) == (entries, None)
    assert unpack(pack(entries, stems)) == (entries, stems)
    assert digest(entries) != digest(entries[:-1])


def test_a_damaged_glossary_is_no_glossary() -> None:
    """Columns of another version are not read as if they were this one's."""
    with pytest.raises(ValueError, match="expected the columns"):
        unpack('{"columns": ["id"], "entries": []}')

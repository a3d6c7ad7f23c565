"""Real papers, where they stand beside the checkout, are read as they were transcribed by hand."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from wgsearch.agenda import read_agenda
from wgsearch.papers.reader import read_file

UN = Path(__file__).parents[3] / "shared" / "un"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not UN.is_dir(), reason="no folder ../shared/un beside the checkout"),
]

# Chosen by what they show.
CHOSEN = {
    "A_HRC_EMRIP_2025_1.en.pdf": "an agenda whose documents stand in footnotes",
    "DP_2025_14_Corr.1.en.pdf": "a corrigendum of one page",
    "A_52_613.en.pdf": "a report of 1997",
    "A_CONF.230_2025_2.en.pdf": "a note with chapters and sections",
    "A_RES_79_154.pdf": "a resolution",
    "A_80_604_Add.1.docx": "a Word paper with tables",
}


@pytest.mark.parametrize("file", CHOSEN)
def test_symbol_date_and_language_are_those_of_the_printed_page(file: str) -> None:
    """What identifies a paper is read from papers of every age and kind."""
    with (UN / "manifest.csv").open(encoding="utf-8", newline="") as stream:
        (row,) = [row for row in csv.DictReader(stream) if row["file"] == file]
    paper = read_file(UN / file)
    assert (paper.symbol, paper.date or "", paper.language) == (
        row["symbol"],
        row["date"],
        row["language"],
    )


def test_a_dotted_number_is_whole_in_word_papers() -> None:
    """`16.1` is no `16.` with the mark of a note."""
    paper = read_file(UN / "A_81_6 (SECT. 16).docx")
    numbers = [each.number for each in paper.paragraphs if each.number]
    assert numbers[:11] == [f"16.{n}" for n in range(1, 12)]


def test_an_agenda_kept_as_text_gives_items_and_documents() -> None:
    """Items, sub-items and documentation are those transcribed from the printed page."""
    expected = json.loads((UN / "agendas.json").read_text(encoding="utf-8"))[0]
    found = read_agenda(read_file(UN / "CTOC_COP_WG.4_2021_1.en.txt"))
    assert found is not None
    assert found.symbol == expected["agenda_symbol"]
    assert {item.number: item.title for item in found.items} == {
        item["number"]: item["title"] for item in expected["items"]
    }
    for item, other in zip(found.items, expected["items"], strict=True):
        assert [each.number for each in item.sub_items] == [
            each["number"] for each in other.get("subitems", [])
        ]
        assert [each.symbol for each in item.documents] == [
            each["symbol"] for each in other["documents"]
        ]
    assert len(found.timetable) == 4

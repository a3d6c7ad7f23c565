"""An agenda is brought as a file, as its bytes, or as a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from wgsearch.briefing.source import agenda_in_file, agenda_in_text, agenda_in_upload
from wgsearch.errors import NotAnAgendaError, PaperUnreadableError

CORPUS = Path(__file__).parents[2] / "corpus/papers"
TEXT = """Provisional agenda

1. Opening of the meeting.
2. Recruitment fees and debt bondage.
3. Other matters.

Annotations

1. Opening of the meeting

The meeting will be opened at 10 a.m.

2. Recruitment fees and debt bondage

Under item 2, the Working Group may wish to discuss fees that turn into debt.

3. Other matters

No other matters have come to the attention of the Secretariat.
"""


def test_a_file_and_its_bytes_are_the_same_agenda() -> None:
    """Whether somebody names a file or sends it, its items are the same."""
    path = CORPUS / "DEMO_COP_WG.4_2026_1.en.pdf"
    named = agenda_in_file(path)
    sent = agenda_in_upload(path.read_bytes(), ".pdf")
    assert named == sent
    assert named.language == "en"
    assert [each.number for each in named.agenda.items] == [str(n) for n in range(1, 8)]


def test_a_pasted_text_is_an_agenda_without_its_masthead() -> None:
    """Items and annotations of a text that somebody pastes."""
    found = agenda_in_text(TEXT).agenda
    assert [each.title for each in found.items] == [
        "Opening of the meeting",
        "Recruitment fees and debt bondage",
        "Other matters",
    ]
    assert found.items[1].annotation is not None
    assert "fees that turn into debt" in found.items[1].annotation


@pytest.mark.parametrize(
    "head",
    ["", "DEMO/COP/WG.4/2031/1\n\n", "DEMO/COP/WG.4/2031/1\n3 May 2031\n", "Fifth session\n\n"],
)
def test_half_a_masthead_loses_no_item(head: str) -> None:
    """Whoever pastes the symbol, or the session, without the rest gets all items."""
    found = agenda_in_text(head + TEXT).agenda
    assert [each.number for each in found.items] == ["1", "2", "3"]
    assert found.symbol == ("DEMO/COP/WG.4/2031/1" if "DEMO" in head else None)


def test_a_text_file_may_lack_its_masthead(tmp_path: Path) -> None:
    """What its first heading calls an agenda is one; other numbered lines are none."""
    path = tmp_path / "items.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert [each.number for each in agenda_in_file(path).agenda.items] == ["1", "2", "3"]
    path.write_text("Notes on fees\n\n1. Fees turn into debt.\n2. Debt binds.\n", encoding="utf-8")
    with pytest.raises(NotAnAgendaError, match="holds no agenda"):
        agenda_in_file(path)


def test_what_is_no_agenda_is_told_so() -> None:
    """A background paper is read, and refused with what to give instead."""
    with pytest.raises(NotAnAgendaError, match="read as a background paper, but it holds no"):
        agenda_in_file(CORPUS / "DEMO_COP_WG.4_2022_3.en.pdf")
    with pytest.raises(NotAnAgendaError, match="the text holds no items"):
        agenda_in_text("Debt keeps workers from leaving.")


def test_what_cannot_be_read_is_told_so() -> None:
    """Bytes that are no PDF are no agenda either."""
    with pytest.raises(PaperUnreadableError, match="not_a_pdf"):
        agenda_in_upload(b"minutes of a lunch", ".pdf")

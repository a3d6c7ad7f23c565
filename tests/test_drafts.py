"""A draft that is pasted or handed in: its paragraphs, as they are compared."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from wgsearch.drafts import MAX_PARAGRAPHS, draft_of_paper, draft_of_text
from wgsearch.errors import DraftTooLongError, EmptyDraftError
from wgsearch.papers.paper import Footnote

if TYPE_CHECKING:
    from collections.abc import Callable

    from wgsearch.papers.paper import Paper


def _read(text: str) -> list[tuple[str | None, str]]:
    return [(each.number, each.text) for each in draft_of_text(text).paragraphs]


def test_blank_lines_part_paragraphs() -> None:
    """A line break within a paragraph stays within it."""
    assert _read("One line,\r\nand its end.\n \nAnother.") == [
        (None, "One line,\nand its end."),
        (None, "Another."),
    ]


def test_numbers_open_paragraphs() -> None:
    """A number is told apart from the words, as it is cited."""
    assert _read("1. First.\n2. Second.\n\n30.1 Third.") == [
        ("1", "First."),
        ("2", "Second."),
        ("30.1", "Third."),
    ]


def test_lines_that_end_sentences_are_paragraphs() -> None:
    """Text without blank lines whose lines are sentences is parted at them; a page's is not."""
    assert len(_read("One.\nTwo.\nThree.")) == 3
    assert len(_read("A line that was\ncut by a page.")) == 1


@pytest.mark.parametrize("text", ["", " \n\n ", "…\n\n---"])
def test_an_empty_draft_is_told(text: str) -> None:
    """Nothing to compare is said, with what to do."""
    with pytest.raises(EmptyDraftError, match="holds no paragraph with words; give the text"):
        draft_of_text(text)


def test_a_draft_too_long_is_told() -> None:
    """More than is compared at once is refused before anything is encoded."""
    with pytest.raises(DraftTooLongError, match="compare it in parts"):
        draft_of_text("\n\n".join("word" for _ in range(MAX_PARAGRAPHS + 1)))


def test_a_file_keeps_numbers_and_notes(make_paper: Callable[..., Paper]) -> None:
    """Of a paper, symbol, numbers and footnotes are kept."""
    paper = replace(
        make_paper(), footnotes=(Footnote(mark="1", text="A/1, para. 2.", page=1, paragraph=0),)
    )
    draft = draft_of_paper(paper)
    assert draft.symbol == "DEMO/COP/WG.4/2022/2"
    assert draft.paragraphs[0].number == "1"
    assert draft.footnotes[0].paragraph == 0

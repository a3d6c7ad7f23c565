"""One paper counts once, and the newest revision speaks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wgsearch.index.selection import select, superseding

if TYPE_CHECKING:
    from collections.abc import Callable

    from wgsearch.papers.paper import Paper


def test_of_twins_the_pdf_is_kept(make_paper: Callable[..., Paper]) -> None:
    """A paper that lies there as PDF, DOCX and text is read from the PDF; the others are named."""
    papers = [make_paper("AB/2022/1", file=f"a.{ending}") for ending in ("docx", "txt", "PDF")]
    selection = select(papers)
    assert [paper.file for paper in selection.papers] == ["a.PDF"]
    assert [(each.file, each.code) for each in selection.duplicates] == [
        ("a.docx", "duplicate"),
        ("a.txt", "duplicate"),
    ]
    assert "'a.PDF'" in selection.duplicates[0].reason


def test_languages_and_nameless_papers_are_no_twins(make_paper: Callable[..., Paper]) -> None:
    """Language versions are papers of their own, and so are papers without a symbol."""
    papers = [
        make_paper("AB/2022/1", language="en"),
        make_paper("AB/2022/1", language="fr"),
        make_paper(None, file="b.pdf"),
        make_paper(None, file="c.pdf"),
    ]
    assert len(select(papers).papers) == 4
    assert select(papers) == select(reversed(papers))


@pytest.mark.parametrize(
    ("symbols", "expected"),
    [
        (["AB/1", "AB/1/Rev.1"], {"ab/1": "AB/1/Rev.1"}),
        (
            ["AB/1", "AB/1/Rev.1", "AB/1/Rev.10"],
            {"ab/1": "AB/1/Rev.10", "ab/1/rev.1": "AB/1/Rev.10"},
        ),
        (["AB/1", "AB/1/Add.1", "AB/1/Corr.1", "AB/1/Rev.1"], {"ab/1": "AB/1/Rev.1"}),
        (["AB/1/Add.1", "AB/1/Add.1/Rev.1"], {"ab/1/add.1": "AB/1/Add.1/Rev.1"}),
        (["AB/1", "AB/2/Rev.1"], {}),
    ],
)
def test_newest_revision_replaces(symbols: list[str], expected: dict[str, str]) -> None:
    """A revision replaces what has its symbol but for Rev., and no addition or correction."""
    assert superseding(symbols) == expected

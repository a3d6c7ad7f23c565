"""One paper counts once, in the file that says it best."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wgsearch.index.selection import select

if TYPE_CHECKING:
    from collections.abc import Callable

    from wgsearch.papers.paper import Paper


def test_of_twins_the_pdf_is_kept(make_paper: Callable[..., Paper]) -> None:
    """A paper that lies there as PDF, DOCX and text is read from the PDF; the others are named."""
    papers = [make_paper("AB/2022/1", file=f"a.{ending}") for ending in ("docx", "txt", "PDF")]
    selection = select(papers)
    assert [paper.file for paper in selection.papers] == ["a.PDF"]
    assert [(each.file, each.code) for each in selection.left_out] == [
        ("a.docx", "duplicate"),
        ("a.txt", "duplicate"),
    ]
    assert "'a.PDF'" in selection.left_out[0].reason


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


def test_a_reissue_replaces_the_earlier_issue(make_paper: Callable[..., Paper]) -> None:
    """Of one symbol with and without a star, the starred file is read, whatever its form."""
    first = make_paper("AB/2022/1", file="first.pdf", date="2022-05-02")
    again = replace(make_paper("AB/2022/1", file="again.docx", date="2022-04-25"), stars=1)
    selection = select([first, again])
    assert [paper.file for paper in selection.papers] == ["again.docx"]
    assert [(each.file, each.code) for each in selection.left_out] == [("first.pdf", "reissued")]
    assert "again.docx" in selection.left_out[0].reason


def test_the_later_of_two_issues_without_stars_is_kept(make_paper: Callable[..., Paper]) -> None:
    """Two files of one form and symbol: the later date of issue decides, not the name."""
    papers = [
        make_paper("AB/2022/1", file="a.pdf", date="2022-04"),
        make_paper("AB/2022/1", file="b.pdf", date="2022-04-25"),
        make_paper("AB/2022/1", file="c.pdf", date=None),
    ]
    selection = select(papers)
    assert [paper.file for paper in selection.papers] == ["b.pdf"]
    assert {each.code for each in selection.left_out} == {"duplicate"}

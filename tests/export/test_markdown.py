"""A pack in Markdown reads as what it is, whatever signs a paper holds."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from wgsearch.export.document import Document, Line, Quotation, Text
from wgsearch.export.markdown import to_markdown

if TYPE_CHECKING:
    from wgsearch.export.document import Inlines


def _document(*content: Text) -> Document:
    inlines: Inlines = content
    return Document(
        title="T",
        subtitle=None,
        language="en",
        date="2026-01-02",
        subject="",
        keywords=(),
        head="",
        foot="end",
        blocks=(Quotation(lines=(Line(content=inlines),), lang="en"),),
    )


def test_notes_are_called_and_written_once(document: Document) -> None:
    """Each `[^n]` in the text has its line at the end, in order."""
    text = to_markdown(document).decode()
    called = re.findall(r"\[\^(\d+)\](?!:)", text)
    assert called == [str(number) for number in range(1, 16)]
    assert re.findall(r"^\[\^(\d+)\]: ", text, re.MULTILINE) == called


def test_links_of_the_contents_lead_to_headings(document: Document) -> None:
    """Each entry of the contents leads to an anchor that there is."""
    text = to_markdown(document).decode()
    anchors = re.findall(r'<a id="([^"]+)"></a>', text)
    targets = re.findall(r"\]\(#([^)]+)\)", text)
    assert targets
    assert set(targets) <= set(anchors)


def test_tables_have_their_rows(document: Document) -> None:
    """A row of a table stays one row, whatever its cells hold."""
    html = MarkdownIt("gfm-like", {"linkify": False}).render(to_markdown(document).decode())
    assert html.count("<table>") == 2
    assert html.count("<tr>") == 4 + 8


@given(st.text(alphabet="a *_`[]()<>|#+-=.1&;~\\!{}\"'", min_size=1, max_size=30))
def test_words_are_never_markup(words: str) -> None:
    """Rendered, a quotation is the words of the paper, and nothing of them became markup."""
    html = MarkdownIt("gfm-like", {"linkify": False}).render(
        to_markdown(_document(Text(text=f"x{words}x", is_verbatim=True))).decode()
    )
    quoted = re.search(r"<blockquote>\n<p>(.*?)</p>\n</blockquote>", html, re.DOTALL)
    assert quoted is not None
    assert unescape(quoted[1]) == f"x{words}x"


@given(st.text(alphabet="a *_`[]<>|#+-=.1)&\\", min_size=1, max_size=12).map(str.strip))
def test_the_beginning_of_a_line_opens_nothing(words: str) -> None:
    """A quotation that begins with a number or a sign is no list and no heading."""
    html = MarkdownIt("gfm-like", {"linkify": False}).render(
        to_markdown(_document(Text(text=f"{words} x"))).decode()
    )
    quoted = re.search(r"<blockquote>\n<p>(.*?)</p>\n</blockquote>", html, re.DOTALL)
    assert quoted is not None
    assert unescape(quoted[1]) == f"{words} x".lstrip()


def test_strong_words_and_directions_are_kept(document: Document) -> None:
    """Weight stands at the words; what runs from right to left says so."""
    text = to_markdown(document).decode()
    assert "**Inspectors saw in case 20 what police officers did not see.**" in text
    assert '<span lang="ar" dir="rtl">' in text

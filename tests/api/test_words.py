"""What a page shows of a paper are the paper's words, and nothing in them is markup."""

from __future__ import annotations

from html import unescape
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wgsearch.api.words import code, lines, marked


def test_matches_are_marked_and_the_rest_is_escaped() -> None:
    """Matched words are in `<mark>`; markup in a paper is shown as the text that it is."""
    text = "a <b> & debt"
    assert marked(text, ((8, 12),)) == "a &lt;b&gt; &amp; <mark>debt</mark>"


def test_spans_may_overlap_or_leave_the_text() -> None:
    """Odd offsets never lose or double a word."""
    assert marked("abcdef", ((0, 3), (2, 5), (4, 99))) == (
        "<mark>abc</mark><mark>de</mark><mark>f</mark>"
    )


@given(
    text=st.text(alphabet="ab<>& \n", max_size=40),
    cuts=st.lists(st.integers(0, 45), max_size=6),
    best=st.tuples(st.integers(0, 45), st.integers(0, 45)),
    start=st.integers(0, 10),
)
def test_setting_off_a_sentence_keeps_every_character(
    text: str, cuts: list[int], best: tuple[int, int], start: int
) -> None:
    """Without marks and bold, the text is the text, wherever the sentence lies."""
    html = str(marked(text, tuple(pairwise(sorted(cuts))), start, best))
    for tag in ("<mark>", "</mark>", '<strong class="best">', "</strong>"):
        html = html.replace(tag, "")
    assert unescape(html) == text


@given(
    text=st.text(alphabet="ab<>&\"' \n(i)", max_size=60),
    cuts=st.lists(st.integers(0, 70), max_size=8),
)
def test_marking_keeps_every_character(text: str, cuts: list[int]) -> None:
    """Without its marks, a marked text is the text."""
    spans = tuple(pairwise(sorted(cuts)))
    html = str(marked(text, spans))
    assert unescape(html.replace("<mark>", "").replace("</mark>", "")) == text


def test_sub_paragraphs_stand_on_lines_of_their_own() -> None:
    """Letters are indented once, roman numbers below them twice; `(i)` after `(h)` is a letter."""
    text = "Agencies:\n(a) Should:\n(i) Be licensed;\n(ii) Be inspected;\n(b) Should not charge."
    assert [line.depth for line in lines(text)] == [0, 1, 2, 2, 1]
    assert [line.depth for line in lines("Open:\n(h) One;\n(i) Two.")] == [0, 1, 1]
    assert [line.depth for line in lines("Open:\n(i) One;\n(ii) Two.")] == [0, 1, 1]


def test_marks_of_later_lines_stay_in_place() -> None:
    """Offsets count from the beginning of the text, whatever line they fall on."""
    text = "Agencies:\n(a) Should be licensed."
    start = text.index("licensed")
    shown = lines(text, ((start, start + 8),))
    assert shown[1].html == "(a) Should be <mark>licensed</mark>."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain <b>", "plain &lt;b&gt;"),
        ("use `k=<5>` here", 'use <span class="code">k=&lt;5&gt;</span> here'),
    ],
)
def test_descriptions_may_hold_code(text: str, shown: str) -> None:
    """Backticks of a description become code, safely."""
    assert code(text) == shown

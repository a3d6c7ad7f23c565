"""What Word counts is printed as Word prints it."""

from __future__ import annotations

import pytest
from lxml import etree

from wgsearch.papers.wordcount import WordCount

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _level(at: int, shape: str, pattern: str, start: int = 1, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{shape}"/>{more}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def _count(levels: str, numbers: str = "") -> WordCount:
    lists = numbers or '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    return WordCount.of(
        etree.fromstring(
            f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
            f"{lists}</w:numbering>"
        )
    )


def test_levels_begin_again_under_the_next_number() -> None:
    """1., (a), (b), 2., (a)."""
    count = _count(_level(0, "decimal", "%1.") + _level(1, "lowerLetter", "(%2)"))
    labels = [count.label("1", depth) for depth in (0, 1, 1, 0, 1)]
    assert labels == ["1.", "(a)", "(b)", "2.", "(a)"]


def test_a_level_that_never_restarts_counts_on() -> None:
    """Paragraphs are numbered through chapters."""
    through = _level(1, "decimal", "%2.", more='<w:lvlRestart w:val="0"/>')
    count = _count(_level(0, "upperRoman", "%1.") + through)
    labels = [count.label("1", depth) for depth in (0, 1, 1, 0, 1)]
    assert labels == ["I.", "1.", "2.", "II.", "3."]


def test_lists_share_the_count_unless_they_begin_anew() -> None:
    """Two lists of one abstract list count on; an override begins at its number, once."""
    count = _count(
        _level(0, "decimal", "%1."),
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="7"/></w:lvlOverride></w:num>',
    )
    assert [count.label(name, 0) for name in "12333"] == ["1.", "2.", "7.", "8.", "9."]


@pytest.mark.parametrize(
    ("shape", "start", "label"),
    [
        ("lowerLetter", 28, "bb"),
        ("upperRoman", 44, "XLIV"),
        ("lowerRoman", 9, "ix"),
        ("decimalZero", 3, "03"),
        ("bullet", 1, "•"),
    ],
)
def test_every_shape_is_printed(shape: str, start: int, label: str) -> None:
    """Letters are doubled after z; Roman numerals have no end; a bullet is a bullet."""
    assert _count(_level(0, shape, "%1", start)).label("1", 0) == label


def test_deep_numbers_are_built_from_all_levels() -> None:
    """3.2.1, the upper levels in figures where the list is legal."""
    legal = _level(1, "decimal", "%1.%2", more="<w:isLgl/>")
    count = _count(_level(0, "upperRoman", "%1.", 3) + legal)
    assert [count.label("1", 0), count.label("1", 1)] == ["III.", "3.1"]


def test_an_unknown_list_prints_nothing() -> None:
    """Also where a document has no lists at all."""
    assert _count(_level(0, "decimal", "%1.")).label("9", 0) is None
    assert WordCount.of(None).label("1", 0) is None

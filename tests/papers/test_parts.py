"""Annexes, rules, draft resolutions and chapters: where numbers may begin again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wgsearch.papers.blocks import blocks_of
from wgsearch.papers.parts import openings

if TYPE_CHECKING:
    from collections.abc import Callable

    from wgsearch.papers.paper import Line


def _names(*lines: Line) -> list[str]:
    found = openings(blocks_of(lines, body_size=11.0).blocks, body_size=11.0)
    return [each.name for _, each in sorted(found.items())]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Annex", "annex"),
        ("Annex II", "annex II"),
        ("Annex III*", "annex III"),
        ("Annex to the letter dated 3 May 2024", "annex"),
        ("Annexe I à la lettre", "annexe I"),
        ("Appendix B", "appendix B"),
        ("Enclosure", "enclosure"),
        ("Приложение II", "приложение II"),
        ("附件二", "附件 二"),
        ("Rule 5", "rule 5"),
        ("Article 12 bis", "article 12 bis"),
        ("Draft resolution II", "draft resolution II"),
        ("Chapter IV", "chapter IV"),
        ("II. Recommendations", "chapter II"),
    ],
)
def test_a_heading_opens_its_part(make_line: Callable[..., Line], text: str, name: str) -> None:
    """The part is called as it is printed, the word in small letters."""
    assert _names(make_line(text, bold=True, gap=None)) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Annexes",
        "Annexed to the report",
        "Article 5 of the Protocol applies;",
        "Rules of procedure",
    ],
)
def test_other_words_open_none(make_line: Callable[..., Line], text: str) -> None:
    """The word alone is not enough."""
    assert _names(make_line(text, bold=True, gap=None)) == []


def test_each_annex_may_have_an_appendix_of_its_own(make_line: Callable[..., Line]) -> None:
    """The second appendix of one name is told by its annex; a repeated head opens nothing."""
    texts = ["Annex I", "Appendix", "Annex II", "Annex II (continued)", "Appendix"]
    lines = [make_line(text, bold=True, gap=2.0) for text in texts]
    assert _names(*lines) == ["annex I", "appendix", "annex II", "annex II, appendix"]

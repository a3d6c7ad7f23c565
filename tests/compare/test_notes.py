"""Notes ready to paste: papers and paragraphs as delegates cite them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from wgsearch.compare.notes import note_of
from wgsearch.passages import passages_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from wgsearch.papers.paper import Paper
    from wgsearch.passages import Passage


@pytest.fixture(name="passage")
def _passage(make_paper: Callable[..., Paper]) -> Passage:
    return passages_of(make_paper())[0]


def test_one_paragraph(passage: Passage) -> None:
    """Word for word and in other words it is `See`, on the same subject `See also`."""
    assert note_of("verbatim", [passage]) == "See DEMO/COP/WG.4/2022/2, para. 1."
    assert note_of("paraphrase", [passage]) == "See DEMO/COP/WG.4/2022/2, para. 1."
    assert note_of("related", [passage]) == "See also DEMO/COP/WG.4/2022/2, para. 1."


def test_a_quotation_is_quoted(passage: Passage) -> None:
    """Words that are copied can be quoted with their place."""
    note = note_of("verbatim", [passage], passage.text)
    assert note == "See DEMO/COP/WG.4/2022/2, para. 1: “Debt keeps workers from leaving.”"


def test_paragraphs_of_one_paper_stand_together(passage: Passage) -> None:
    """In order, runs of three and more as one; annexes apart; papers by semicolons."""
    numbered = [replace(passage, paragraph=each) for each in ("9", "3", "4", "5", "12", "13")]
    annex = replace(passage, part="annex II", paragraph="2")
    other = replace(passage, symbol="DEMO/COP/WG.4/2023/4", paragraph="7")
    assert note_of("paraphrase", [*numbered, annex, other]) == (
        "See DEMO/COP/WG.4/2022/2, paras. 3–5, 9, 12 and 13; DEMO/COP/WG.4/2022/2, annex II,"
        " para. 2; and DEMO/COP/WG.4/2023/4, para. 7."
    )


def test_a_paragraph_without_number_is_cited_by_its_chapter(passage: Passage) -> None:
    """Never by a page: pages differ between languages."""
    bare = replace(passage, paragraph=None)
    assert note_of("related", [bare]) == "See also DEMO/COP/WG.4/2022/2, chap. I."

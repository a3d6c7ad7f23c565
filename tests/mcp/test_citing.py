"""Citations as people write them -> papers and runs of paragraphs."""

from __future__ import annotations

import pytest

from wgsearch.mcp.citing import meant

KNOWN = ("DEMO/COP/WG.4/2022/2", "DEMO/COP/WG.4/2022/3", "DEMO/COP/WG.5/2023/3")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2022/3, para. 11", "DEMO/COP/WG.4/2022/3, para. 11"),
        ("2022/3 paras. 4-6", "DEMO/COP/WG.4/2022/3, paras. 4-6"),
        ("2022/3, paras. 4, 7 and 9-10", "DEMO/COP/WG.4/2022/3, paras. 4, 7, 9-10"),
        ("DEMO/COP/WG.4/2022/3, paras. 4, 7 and 9", "DEMO/COP/WG.4/2022/3, paras. 4, 7, 9"),
        ("DEMO/COP/WG.4/2022/3, annex II, para. 3", "DEMO/COP/WG.4/2022/3, annex II, para. 3"),
        ("(2022/2)", "DEMO/COP/WG.4/2022/2"),
        ("WG.5/2023/3, para. 1", "DEMO/COP/WG.5/2023/3, para. 1"),
        ("DEMO/COP/WG.9/2001/1, para. 2", "DEMO/COP/WG.9/2001/1, para. 2"),
    ],
)
def test_a_citation_is_understood_however_it_is_written(text: str, words: str) -> None:
    """Whole symbols and pieces, paragraphs, ranges, lists, annexes, papers that are not held."""
    assert [each.words for each in meant(text, KNOWN)] == [words]


def test_a_sentence_may_hold_several() -> None:
    """In the order of the sentence, each with its own paragraphs, and each once."""
    text = (
        "As DEMO/COP/WG.4/2022/3, para. 4, says (see also DEMO/COP/WG.4/2022/2),"
        " and again DEMO/COP/WG.4/2022/3, para. 4."
    )
    found = meant(text, KNOWN)
    assert [(each.symbol, each.runs) for each in found] == [
        ("DEMO/COP/WG.4/2022/3", (("4", "4"),)),
        ("DEMO/COP/WG.4/2022/2", ()),
    ]


@pytest.mark.parametrize("text", ["the weather", "para. 4", "2022", "in 12 paras. of it"])
def test_what_cites_nothing_is_no_citation(text: str) -> None:
    """Words, a number, a paragraph of no paper."""
    assert meant(text, KNOWN) == ()

"""Citations of a text: each is looked up, each quotation compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wgsearch.checking import check
from wgsearch.drafts import Draft, DraftNote, DraftParagraph, draft_of_text

if TYPE_CHECKING:
    from wgsearch.checking import CheckedCitation
    from wgsearch.search import LocalEngine

_PAPER = "DEMO/COP/WG.4/2022/2"
_WORDS = "keeps workers from leaving an employer"


def _one(engine: LocalEngine, text: str) -> CheckedCitation:
    (found,) = check(engine, draft_of_text(text)).citations
    assert text[found.start : found.end] == found.text
    return found


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (f"See {_PAPER}, para. 2.", "right"),
        (f"See {_PAPER}.", "right"),
        (f"Debt “{_WORDS}” ({_PAPER}, para. 2).", "right"),
        (f"As {_PAPER}, para. 2, puts it, debt bondage “{_WORDS.upper()}”.", "right"),
        (f"“Debt bondage keeps … leaving an employer” ({_PAPER}, para. 2).", "right"),
        (f"See {_PAPER}, para. 99.", "no_paragraph"),
        ("See DEMO/COP/WG.4/2031/7, para. 1.", "no_paper"),
        (f"Debt “{_WORDS}” ({_PAPER}, para. 1).", "elsewhere"),
        (f"Debt “keeps workers from joining an employer” ({_PAPER}, para. 2).", "misquoted"),
        (f"“Whales swim along northern coasts” ({_PAPER}, para. 2).", "not_found"),
        ("See DEMO/COP/WG.4/2023/3, para. 1.", "superseded"),
    ],
)
def test_each_status(tiny_engine: LocalEngine, text: str, status: str) -> None:
    """What is to be done about a citation is said in one word, and in a sentence."""
    found = _one(tiny_engine, text)
    assert found.status == status
    assert found.message.endswith(".")


def test_every_paragraph_of_a_list_is_looked_up(tiny_engine: LocalEngine) -> None:
    """Of `paras. 1 and 3-5` all four are, and the one that there is not is named."""
    found = _one(tiny_engine, f"See {_PAPER}, paras. 1 and 3-5.")
    assert found.runs == (("1", "1"), ("3", "5"))
    assert [each.paragraph for each in found.cited] == ["1", "3", "4"]
    assert (found.status, found.message) == ("no_paragraph", f"{_PAPER} has no paragraph 5.")
    many = _one(tiny_engine, f"See {_PAPER}, paras. 2-7 and 9.")
    assert many.message == f"{_PAPER} has no paragraphs 5–7, 9."


def test_what_was_meant_is_named(tiny_engine: LocalEngine) -> None:
    """The paragraph that holds the quoted words, and papers of a near symbol."""
    elsewhere = _one(tiny_engine, f"Debt “{_WORDS}” ({_PAPER}, para. 1).")
    assert elsewhere.meant == (f"{_PAPER}, para. 2",)
    unknown = _one(tiny_engine, f"Debt “{_WORDS}” (DEMO/COP/WG.4/2022/20, para. 2).")
    assert unknown.meant[0] == f"{_PAPER}, para. 2"
    assert _PAPER in unknown.meant


def test_what_differs_is_shown_word_by_word(tiny_engine: LocalEngine) -> None:
    """What the text added, and what it left out, in the words of each."""
    found = _one(tiny_engine, f"“keeps workers from joining an employer” ({_PAPER}, para. 2)")
    (quoted,) = found.quotations
    assert [(each.change, each.text) for each in quoted.difference] == [
        ("same", "keeps workers from"),
        ("added", "joining"),
        ("left_out", "leaving"),
        ("same", "an employer"),
    ]
    assert quoted.stands is not None
    assert quoted.stands.text[slice(*quoted.stands.span or (0, 0))] == _WORDS


def test_each_quotation_belongs_to_the_citation_beside_it(tiny_engine: LocalEngine) -> None:
    """Two citations in one paragraph keep their own quotations."""
    text = (
        f"Debt “{_WORDS}” ({_PAPER}, para. 2), and “Prosecutors may drop charges of forced"
        " criminality” (DEMO/COP/WG.4/2022/3, para. 2)."
    )
    found = check(tiny_engine, draft_of_text(text)).citations
    assert [each.status for each in found] == ["right", "right"]
    assert [len(each.quotations) for each in found] == [1, 1]


def test_a_citation_in_a_note_has_the_quotation_of_its_paragraph(tiny_engine: LocalEngine) -> None:
    """Papers cite in footnotes: the one quotation of the paragraph is compared."""
    draft = Draft(
        name="draft",
        symbol=None,
        title=None,
        paragraphs=(DraftParagraph(number="4", text=f"Debt bondage “{_WORDS}”."),),
        footnotes=(DraftNote(mark="7", text=f"See {_PAPER}, para. 1.", paragraph=0),),
    )
    (found,) = check(tiny_engine, draft).citations
    assert (found.note, found.status) == ("7", "elsewhere")


def test_a_text_without_citations_is_told(tiny_engine: LocalEngine) -> None:
    """Nothing to check is no error, and is said."""
    found = check(tiny_engine, draft_of_text("Nothing is cited here."))
    assert found.citations == ()
    assert "no citation was found" in found.notes[0]

"""A place in a paper is referred to in the styles that other programs and publications read."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from wgsearch.errors import UnknownFormatError
from wgsearch.export.references import STYLES, Cited, bibtex, csl, footnote, plain, ris, style_of

PARAGRAPH = Cited(
    symbol="DEMO/COP/WG.4/2022/2",
    citation="DEMO/COP/WG.4/2022/2, annex II, para. 3",
    title="Fees & debts: 50% of all_cases {draft}",
    body="Demonstration Working Group",
    session="First session",
    date="2022-04-25",
    kind="background paper",
    language="en",
    url="http://h/documents/DEMO/COP/WG.4/2022/2#annex-ii-p3",
)
BARE = replace(PARAGRAPH, citation=PARAGRAPH.symbol, title=None, body=None, session=None, date=None)


def test_a_footnote_is_that_of_united_nations_documents() -> None:
    """Symbol and place, and a full stop: United Nations documents cite one another so."""
    assert footnote(PARAGRAPH) == "DEMO/COP/WG.4/2022/2, annex II, para. 3."
    assert footnote(BARE) == "DEMO/COP/WG.4/2022/2."


def test_the_plain_style_says_what_a_reader_elsewhere_needs() -> None:
    """Body, title, kind, date, symbol with place, address; what is unknown is left out."""
    assert plain(PARAGRAPH) == (
        "Demonstration Working Group, “Fees & debts: 50% of all_cases {draft}” (background paper,"
        " 25 April 2022), DEMO/COP/WG.4/2022/2, annex II, para. 3,"
        " http://h/documents/DEMO/COP/WG.4/2022/2#annex-ii-p3"
    )
    french = plain(replace(BARE, language="fr"))
    assert french.startswith("(background paper, undated, in French), DEMO/COP/WG.4/2022/2, ")


def test_bibtex_prints_what_the_paper_says() -> None:
    """What means something to TeX is escaped, the key is plain, the place is the note."""
    lines = bibtex(PARAGRAPH).splitlines()
    assert lines[0] == "@techreport{DEMO-COP-WG-4-2022-2-annex-II-para-3,"
    assert r"  title = {{Fees \& debts: 50\% of all\_cases \{draft\}}}," in lines
    assert "  number = {DEMO/COP/WG.4/2022/2}," in lines
    assert "  note = {annex II, para. 3}," in lines
    assert {"  year = {2022},", "  month = {4},"} <= set(lines)
    assert lines[-1] == "}"
    assert not re.search(r"^  (author|title|year|note) =", bibtex(BARE), re.MULTILINE)


def test_ris_begins_and_ends_as_programs_expect() -> None:
    """Two letters, two spaces, a hyphen; the type first, the end last, CR LF between."""
    lines = ris(PARAGRAPH).split("\r\n")
    assert (lines[0], lines[-2], lines[-1]) == ("TY  - RPRT", "ER  - ", "")
    assert {"PY  - 2022", "DA  - 2022/04/25", "N1  - annex II, para. 3"} <= set(lines)
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", each) for each in lines[:-1])
    assert "DA  - " not in ris(replace(PARAGRAPH, date="2022-04"))


@pytest.mark.parametrize(
    ("date", "parts"), [("2022-04-25", [2022, 4, 25]), ("2022-04", [2022, 4]), ("2022", [2022])]
)
def test_csl_has_as_much_of_the_date_as_is_known(date: str, parts: list[int]) -> None:
    """A year stays a year."""
    assert csl(replace(PARAGRAPH, date=date))["issued"] == {"date-parts": [parts]}
    assert "issued" not in csl(BARE)


def test_a_title_cannot_break_out_of_its_field() -> None:
    """A line break in a title begins no field of its own, in any style."""
    broken = replace(PARAGRAPH, title="One\r\nER  - \n}\n@misc{x,", body="A\nTY  - BOOK")
    assert sum(line.startswith("TY  - ") for line in ris(broken).split("\r\n")) == 1
    assert "\n" not in plain(broken)
    opened = re.sub(r"\\[{}]", "", bibtex(broken))
    assert opened.count("{") == opened.count("}")
    assert len(re.findall(r"^@", bibtex(broken), re.MULTILINE)) == 1
    assert json.loads(style_of("csl-json").written(broken))[0]["title"] == broken.title


def test_language_versions_have_keys_of_their_own() -> None:
    """A list that holds two languages of one paragraph names them apart."""
    assert replace(PARAGRAPH, language="fr").key == f"{PARAGRAPH.key}-fr"
    assert replace(BARE, symbol="…", citation="…").key == "paper"


def test_styles_are_found_by_name() -> None:
    """Every style by its own; another name is told which there are."""
    assert [style_of(each.name) for each in STYLES] == [*STYLES]
    with pytest.raises(UnknownFormatError, match="footnote, plain, bibtex, ris, csl-json"):
        style_of("harvard")

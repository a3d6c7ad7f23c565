"""What a person states of a paper is applied, marked, or refused with its line."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wgsearch.errors import CorrectionsUnreadableError
from wgsearch.papers.corrections import (
    FIELDS,
    Correction,
    Corrections,
    corrected,
    parse_corrections,
    read_corrections,
)
from wgsearch.papers.paper import ItemReference, PaperKind, ReadingWarning

if TYPE_CHECKING:
    from collections.abc import Callable

    from wgsearch.papers.paper import Paper

GUIDE = Path(__file__).parents[2] / "docs/corrections.md"
SYMBOL = "DEMO/COP/WG.4/2022/3"
FILE = "DEMO_COP_WG.4_2022_3.en.pdf"


def _parsed(text: str) -> Corrections:
    return parse_corrections(tomllib.loads(text), text)


def test_every_field_can_be_stated(make_paper: Callable[..., Paper]) -> None:
    """All nine fields, for a file; symbols and languages follow from what is stated."""
    found = _parsed(
        f"""
        ["{FILE}"]
        symbol = "AB/78/1-CD/2024/2*"
        title = " Debt bondage "
        kind = "Report"
        body = "Working Group"
        session = "Second session"
        date = 2024-04-25
        language = "en+fr"
        agenda_item = {{ number = "3 (e)", title = "Fees" }}
        distribution = "Limited"
        """
    )
    assert found.refused == ()
    stated = found.of(FILE, ())
    assert stated is not None
    assert stated.named == FIELDS
    paper = corrected(make_paper(SYMBOL), stated)
    assert paper.symbol == "AB/78/1-CD/2024/2"
    assert paper.symbols == ("AB/78/1", "CD/2024/2")
    assert (paper.title, paper.kind, paper.date) == ("Debt bondage", PaperKind.REPORT, "2024-04-25")
    assert (paper.language, paper.languages) == ("en+fr", ("en", "fr"))
    assert paper.agenda_item == ItemReference(number="3 (e)", title="Fees")
    assert (paper.body, paper.session) == ("Working Group", "Second session")
    assert paper.distribution == "Limited"


def test_a_corrected_paper_says_so(make_paper: Callable[..., Paper]) -> None:
    """Warnings that a stated field settles are gone, the others stay, and one names the fields."""
    warnings = tuple(
        ReadingWarning(code=code, message="") for code in ("no_title", "no_date", "number_gap")
    )
    paper = replace(make_paper(SYMBOL), warnings=warnings)
    found = corrected(
        paper, Correction(title="Fees", agenda_item=ItemReference(number="2", title=None))
    )
    assert [each.code for each in found.warnings] == ["no_date", "number_gap", "corrected"]
    assert found.warnings[-1].message == "corrected by hand: title, agenda item"
    assert corrected(paper, None) is corrected(paper, Correction()) is paper


def test_a_file_goes_before_its_symbol() -> None:
    """Both may be stated for one paper; a field stated twice is the file's."""
    found = _parsed(
        f"""
        ["{SYMBOL.lower()}"]
        title = "Of the symbol"
        date = "2022"
        ["{FILE}"]
        title = "Of the file"
        """
    )
    assert found.of(FILE, (SYMBOL,)) == Correction(title="Of the file", date="2022")
    assert found.of("other.pdf", (SYMBOL,)) == Correction(title="Of the symbol", date="2022")
    assert found.of("other.pdf", ("AB/1", SYMBOL)) is not None
    assert found.of("other.pdf", ("AB/1",)) is None


def test_a_symbol_stated_for_a_file_finds_what_is_stated_for_the_symbol() -> None:
    """A misread symbol is mended for the file; the rest may be stated for the symbol."""
    found = _parsed(f'["{FILE}"]\nsymbol = "{SYMBOL}"\n["{SYMBOL}"]\ntitle = "Fees"')
    assert found.of(FILE, ("DEMO/COP/WG.4/2022/8",)) == Correction(symbol=SYMBOL, title="Fees")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('titel = "Fees"', "no field is named 'titel'; did you mean 'title'?"),
        ("title = 3", "expected words in quotation marks, found 3"),
        ('title = "  "', "leave the key out to keep what was read"),
        ('title = "a\\nb"', "one line of at most 1000 characters"),
        ('kind = "raport"', "no kind is named 'raport'; did you mean 'report'?"),
        ('date = "25 April 2022"', "is no date; write 2022-04-25, 2022-04 or 2022"),
        ('date = "2022-02-30"', "is no date"),
        ("date = 2022-04-25T10:00:00", "expected words in quotation marks"),
        ('language = "English"', "is no language; write its code: en, fr"),
        ('symbol = "number three"', "is no document symbol"),
        (f'symbol = "{SYMBOL} and more"', f"did you mean '{SYMBOL}'?"),
        ('agenda_item = { title = "Fees" }', "an agenda item needs its number"),
        ('agenda_item = { number = "2", note = "x" }', "and no 'note'"),
    ],
)
def test_what_is_wrong_is_refused_and_the_rest_applied(line: str, reason: str) -> None:
    """A wrong key costs itself only; its line, its key and what would be right are named."""
    found = _parsed(f'\n["{FILE}"]\nbody = "Group"\n{line}\n')
    assert found.of(FILE, ()) == Correction(body="Group")
    (refused,) = found.refused
    assert (refused.name, refused.key, refused.line) == (FILE, line.partition(" ")[0], 4)
    assert reason in refused.reason


def test_tables_and_keys_out_of_place_are_refused() -> None:
    """A key outside any table, and a table that states nothing, are named."""
    found = _parsed(f'title = "Fees"\n["{FILE}"]\n')
    assert [(each.name, each.line) for each in found.refused] == [("title", 1), (FILE, 2)]
    assert "outside any table" in found.refused[0].reason


def test_a_symbol_spelled_twice_is_refused() -> None:
    """Two tables for one symbol: the second is named, none is passed over in silence."""
    found = _parsed(f'["{SYMBOL}"]\ntitle = "A"\n["{SYMBOL.lower()}*"]\ntitle = "B"\n')
    (refused,) = found.refused
    assert (refused.line, refused.name) == (3, f"{SYMBOL.lower()}*")
    assert f"the same symbol as {SYMBOL!r}" in refused.reason
    assert found.of("a.pdf", (SYMBOL,)) == Correction(title="A")


def test_names_that_are_nothing_of_the_corpus_are_refused() -> None:
    """A name that is no file and no symbol is refused with the nearest that is one."""
    found = _parsed('["DEMO_COP_WG.4_2022_4.en.pdf"]\ntitle = "Fees"\n["zz"]\ntitle = "Fees"')
    near, far = found.unknown([FILE], [SYMBOL])
    assert near.reason.endswith(f"did you mean {FILE!r}?")
    assert (near.line, far.line) == (1, 3)
    assert "did you mean" not in far.reason
    assert _parsed(f'["{SYMBOL.lower()}*"]\ntitle = "Fees"').unknown([FILE], [SYMBOL]) == ()


def test_the_guide_is_true() -> None:
    """Its sample is applied as it stands, and it names every field and every kind."""
    text = GUIDE.read_text(encoding="utf-8")
    sample = text.partition("```toml\n")[2].partition("```")[0]
    found = _parsed(sample)
    assert (len(found.stated), found.refused) == (2, ())
    for name in (*FIELDS, *(f"`{kind}`" for kind in PaperKind)):
        assert name in text


def test_no_file_no_corrections(tmp_path: Path) -> None:
    """A corpus without the file has nothing corrected."""
    assert read_corrections(tmp_path) == Corrections()
    assert Corrections().digest == ""


def test_a_file_that_is_no_toml_stops_everything(tmp_path: Path) -> None:
    """Losing all corrections over one missing quotation mark would be worse than not building."""
    (tmp_path / "corrections.toml").write_text('["a.pdf"]\ntitle = "Fees\n')
    with pytest.raises(CorrectionsUnreadableError, match=r"no TOML: .*line 2.*mend that line"):
        read_corrections(tmp_path)
    (tmp_path / "corrections.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CorrectionsUnreadableError, match="save it as UTF-8"):
        read_corrections(tmp_path)


def test_digest_tells_meaning_from_layout() -> None:
    """Comments and order change nothing that would have to be built anew; a value does."""
    one = _parsed('["a"]\ntitle = "A"\nbody = "B"\n["b"]\ntitle = "C"\n')
    same = _parsed('# why\n["b"]\ntitle = "C"\n\n["a"]\nbody = "B"\ntitle = "A"\n')
    other = _parsed('["a"]\ntitle = "A"\nbody = "B"\n["b"]\ntitle = "D"\n')
    assert one.digest == same.digest != other.digest


_VALUES = st.one_of(
    st.text(max_size=12),
    st.integers(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.lists(st.text(max_size=3), max_size=2),
    st.dictionaries(st.sampled_from(["number", "title", "x"]), st.text(max_size=5), max_size=3),
)


@given(
    st.dictionaries(
        st.text(max_size=8),
        _VALUES | st.dictionaries(st.sampled_from([*FIELDS, "titel", ""]), _VALUES, max_size=4),
        max_size=3,
    )
)
def test_nothing_is_passed_over_in_silence(tables: dict[str, object]) -> None:
    """Whatever TOML can hold: each key is applied or refused, once."""
    found = parse_corrections(tables)
    refused = {(each.name, each.key) for each in found.refused}
    stated = {each.name: each.correction.named for each in found.stated}
    assert len(refused) == len(found.refused)
    for name, table in tables.items():
        if (name, None) in refused:
            assert name not in stated
            continue
        assert isinstance(table, dict)
        for key in table:
            assert ((name, key) in refused) != (key in stated.get(name, ()))


@given(st.dates(min_value=dt.date(1946, 1, 1), max_value=dt.date(2099, 12, 31)))
def test_a_date_may_be_written_with_or_without_quotation_marks(day: dt.date) -> None:
    """TOML knows dates of its own."""
    bare, quoted = (parse_corrections({"a": {"date": each}}) for each in (day, day.isoformat()))
    assert bare.stated == quoted.stated
    assert bare.stated[0].correction.date == day.isoformat()

"""Lists of terms: what is read, and that each fault is named with its line."""

from __future__ import annotations

import pytest

from wgsearch.errors import GlossaryUnreadableError
from wgsearch.glossary.entries import Entry, merged, parse_entries

HEAD = "id,en,abbr,synonyms,fr,es,ru,ar,zh\n"


def test_a_row_is_an_entry() -> None:
    """Alternatives are separated by a bar; a cell with a comma stands in quotation marks."""
    [entry] = parse_entries(
        f'{HEAD}hive,beehive,BH,"home, of bees| apiary  box ",ruche|ruchette,,,,\n', "a.csv"
    )
    assert entry == Entry(
        id="hive",
        en=("beehive", "home, of bees", "apiary box"),
        abbr=("BH",),
        fr=("ruche", "ruchette"),
    )


def test_columns_may_be_few_and_in_any_order() -> None:
    """A person who knows no Chinese leaves the column out; empty lines are passed over."""
    [entry] = parse_entries("fr,EN,id\n\nruche,beehive,hive\n", "a.csv")
    assert (entry.id, entry.en, entry.fr) == ("hive", ("beehive",), ("ruche",))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "it is empty; its first line names the columns"),
        ("en,fr\nbeehive,ruche\n", "line 1 names no column 'id'"),
        ("id,english\n", "line 1 names a column 'english'"),
        ("id,en,synonym\n", "did you mean 'synonyms'"),
        ("id,en,en\n", "line 1 names 'en' twice"),
        ("id;en;fr\n", "save the list with commas"),
        (HEAD + "hive,beehive\nhive,box\n", "line 3: id 'hive' stands in line 2 already"),
        (HEAD + "hive,,,,ruche\n", "line 2: entry 'hive' has no English term"),
        (HEAD + "hive\n", "line 2: entry 'hive' has no English term"),
        (HEAD + ",beehive\n", "line 2: it has no id"),
        (HEAD + "The Hive,beehive\n", "line 2: 'The Hive' is no id"),
        (HEAD + "hive,beehive,,a,b,c,d,e,f,g\n", "line 2: it has 10 cells"),
        (HEAD + 'hive,"bee\nhive"\n', "line 3: the cell under en holds a line break"),
        (HEAD + f"hive,{'b' * 301}\n", "line 2: a form under en has 301 characters"),
        (HEAD + f"hive,{'|'.join(map(str, range(41)))}\n", "line 2: the cell under en has 41"),
        (HEAD + 'hive,"bee" hive\n', "line 2 is no row of a table"),
    ],
)
def test_a_fault_is_named_with_its_line(text: str, said: str) -> None:
    """Whoever edits the list is told which line, and what to write instead."""
    with pytest.raises(GlossaryUnreadableError, match=r"^a\.csv") as raised:
        parse_entries(text, "a.csv")
    assert said in str(raised.value)


def test_several_faults_are_told_at_once() -> None:
    """A list with seven bad rows names five of them and says that there are more."""
    rows = "".join(f",beehive {n}\n" for n in range(7))
    with pytest.raises(GlossaryUnreadableError, match=r"line 2: .*line 6: .*; and 2 more"):
        parse_entries(HEAD + rows, "a.csv")


def test_own_entries_add_replace_and_take_away() -> None:
    """A row with the id of a term that comes along replaces it; one that says no more ends it."""
    bundled = parse_entries(HEAD + "hive,beehive\nhoney,honey\nwax,wax\n", "a.csv")
    own = parse_entries(HEAD + "hive,skep\nwax\nqueen,queen bee\n", "own.csv", removals=True)
    assert [(each.id, each.en) for each in merged(bundled, own, "own.csv")] == [
        ("hive", ("skep",)),
        ("honey", ("honey",)),
        ("queen", ("queen bee",)),
    ]


def test_taking_away_what_is_not_there_is_a_fault() -> None:
    """A mistyped id would leave the unwanted term in use: it is refused, with the near one."""
    own = parse_entries(HEAD + "hivee\n", "own.csv", removals=True)
    with pytest.raises(GlossaryUnreadableError, match=r"'hivee' .* did you mean 'hive'"):
        merged(parse_entries(HEAD + "hive,beehive\n", "a.csv"), own, "own.csv")

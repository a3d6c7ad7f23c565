"""What a paper is called: the printed page wins, and whatever else was needed is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wgsearch.papers.masthead import Masthead, read_masthead

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wgsearch.papers.paper import Line

SERIES = "DEMO/COP/WG.4"


@pytest.fixture
def read(make_line: Callable[..., Line]) -> Callable[..., Masthead]:
    """`read(symbol, date, *, heads, file, text, title)`: a masthead with these fields."""

    def read_it(
        symbol: str | None,
        date: str | None = "22 April 2024",
        *,
        heads: Sequence[str] = (),
        file: str = "",
        text: Sequence[str] = (),
        title: str = "Shelters",
    ) -> Masthead:
        lines = [
            make_line(each, x=380, y=60.0 + 15 * at)
            for at, each in enumerate(filter(None, ["Distr.: General", symbol, date]))
        ]
        lines.append(make_line(title, y=240, size=15, bold=True))
        lines += [make_line(each, y=300.0 + 15 * at) for at, each in enumerate(text)]
        return read_masthead(lines, heads=heads, size=11.0, file=file)

    return read_it


def codes(found: Masthead) -> list[str]:
    """Codes of the warnings."""
    return [warning.code for warning in found.warnings]


def test_a_wrong_file_name_does_not_win_over_the_page(read: Callable[..., Masthead]) -> None:
    """The printed symbol counts, and the conflict is named with both."""
    found = read(f"{SERIES}/2024/2", file="DEMO_COP_WG.4_2023_7.en.pdf")
    assert found.symbols == (f"{SERIES}/2024/2",)
    assert codes(found) == ["symbol_conflict"]
    assert f"{SERIES}/2023/7" in found.warnings[0].message


def test_a_running_head_of_another_paper_is_a_conflict(read: Callable[..., Masthead]) -> None:
    """Editors copy files and forget the head: the masthead counts, the conflict is named."""
    found = read(f"{SERIES}/2024/2", heads=(f"{SERIES}/2023/2",))
    assert (found.symbols, codes(found)) == ((f"{SERIES}/2024/2",), ["symbol_conflict"])


@pytest.mark.parametrize(
    ("symbol", "heads", "file"),
    [
        (f"{SERIES}/2024/2/Add.1", (f"{SERIES}/2024/2",), "DEMO_COP_WG.4_2024_2_Add.1.en.pdf"),
        ("A/91/6 (Sect. 99)/Part A*", (), "A_91_6 (SECT. 99).pdf"),
        (f"{SERIES}/2024/2", (), "scan0001.pdf"),
    ],
)
def test_names_that_agree_raise_no_warning(
    read: Callable[..., Masthead], symbol: str, heads: tuple[str, ...], file: str
) -> None:
    """Suffixes, parts and names that spell no symbol are no conflict."""
    assert codes(read(symbol, heads=heads, file=file)) == []


@pytest.mark.parametrize(
    ("read_as", "heads", "file", "meant"),
    [
        ("A/91/36I", (), "A_91_361.en.pdf", "A/91/361"),
        ("E/CNA/UO", (), "E_CN.4_110.en.pdf", "E/CN.4/110"),
        ("A./91/435", ("A/91/435",), "x.pdf", "A/91/435"),
        ("A/C.S/91/4", ("A/C.5/91/4",), "A_C.5_91_4.pdf", "A/C.5/91/4"),
    ],
)
def test_a_misread_symbol_is_repaired_where_something_agrees(
    read: Callable[..., Masthead], read_as: str, heads: tuple[str, ...], file: str, meant: str
) -> None:
    """Only characters that scans take for one another may differ, and both forms are named."""
    found = read(read_as, heads=heads, file=file)
    assert (found.symbols, codes(found)) == ((meant,), ["symbol_repaired"])
    assert read_as in found.warnings[0].message
    assert meant in found.warnings[0].message


def test_a_misread_symbol_without_evidence_stays_unknown(read: Callable[..., Masthead]) -> None:
    """A file name that differs in more than a confusable character is no evidence."""
    found = read("A/91/36I", file="A_91_387.en.pdf")
    assert (found.symbols, codes(found)) == ((), ["no_symbol"])
    assert "A/91/36I" in found.warnings[0].message


def test_a_file_name_counts_only_with_support(read: Callable[..., Masthead]) -> None:
    """Nothing is printed: the name counts if the text cites its series, else it is a hint."""
    name = "DEMO_COP_WG.4_2024_2.en.txt"
    cited = read(None, file=name, text=[f"See also document {SERIES}/2024/5."])
    assert (cited.symbols, codes(cited)) == ((f"{SERIES}/2024/2",), ["symbol_inferred"])
    alone = read(None, file=name, text=["See also another document."])
    assert (alone.symbols, codes(alone)) == ((), ["no_symbol"])
    assert f"{SERIES}/2024/2" in alone.warnings[0].message


def test_an_agenda_opens_the_series_that_it_lists(read: Callable[..., Masthead]) -> None:
    """Two papers of one series in the documentation of an agenda: the agenda is its first."""
    text = [f"A paper ({SERIES}/2024/2)", f"A paper ({SERIES}/2024/3)", "A note (DEMO/COP/2023/9)"]
    found = read(None, file="agenda.txt", title="Provisional agenda", text=text)
    assert (found.symbols, codes(found)) == ((f"{SERIES}/2024/1",), ["symbol_inferred"])
    assert read(None, file="note.txt", text=text).symbols == ()


@pytest.mark.parametrize(
    ("printed", "file", "date", "code"),
    [
        ("25 July 19 84", "", "1984-07-25", "date_repaired"),
        ("3 June 19k8", "", "1948-06-03", "date_repaired"),
        ("~9 June 1971", "1971-06-29_paper.pdf", "1971-06-29", "date_repaired"),
        ("~9 June 1971", "1971-07-29_paper.pdf", None, "no_date"),
        ("~9 June 1971", "paper.pdf", None, "no_date"),
        (None, "draft_241114_final.docx", "2024-11-14", "date_from_file_name"),
        (None, "draft.docx", None, "no_date"),
        ("April 2024", "", "2024-04", None),
    ],
)
def test_a_date_is_repaired_or_taken_from_the_name_and_said_so(
    read: Callable[..., Masthead],
    printed: str | None,
    file: str,
    date: str | None,
    code: str | None,
) -> None:
    """A digit that cannot be told needs the file name to agree in all others."""
    found = read(f"{SERIES}/2024/2", printed, file=file)
    assert (found.date, codes(found)) == (date, [code] if code else [])

"""Agendas as different bodies print them, each written for the purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wgsearch.agenda import ListedDocument, read_agenda
from wgsearch.papers.reader import read_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from wgsearch.agenda import Agenda

    Written = Callable[..., Agenda | None]

SERIES = "DEMO/COP/WG.4/2024"


def _items(found: Agenda | None) -> dict[str, str]:
    assert found is not None
    return {item.number: item.title for item in found.items}


def _subs(found: Agenda | None) -> list[tuple[str, str]]:
    assert found is not None
    return [(each.number, each.title) for item in found.items for each in item.sub_items]


def _papers(found: Agenda | None) -> dict[str, list[str | None]]:
    assert found is not None
    return {item.number: [each.symbol for each in item.documents] for item in found.items}


def test_headings_between_items_of_a_long_list_are_no_items(written: Written) -> None:
    """The General Assembly groups items under lettered headings and prints former numbers."""
    found = written(
        """1. Opening of the session by the President (P.1).

2. Credentials of representatives:

(a) Appointment of the members of the Committee;

(b) Report of the Committee.

A. Promotion of growth in accordance with the resolutions of the Conference

3. Shelters [D.12].

B. Maintenance of peace

4. Rivers: report of the Secretary-General.
"""
    )
    assert _items(found) == {
        "1": "Opening of the session by the President",
        "2": "Credentials of representatives",
        "3": "Shelters",
        "4": "Rivers: report of the Secretary-General",
    }


def test_letters_go_on_after_z(written: Written) -> None:
    """After `(z)` come `(aa)` and `(bb)`."""
    letters = [*"abcdefghijklmnopqrstuvwxyz", "aa", "bb"]
    listed = "\n\n".join(f"({each}) Question {each};" for each in letters)
    found = written(f"1. Opening.\n\n2. Follow-up:\n\n{listed}\n\n3. Other matters.\n")
    assert _subs(found) == [(f"2 ({each})", f"Question {each}") for each in letters]
    assert list(_items(found)) == ["1", "2", "3"]


def test_a_list_in_running_text_is_cut_at_the_expected_numbers(written: Written) -> None:
    """Copies lose their line ends; `4 (c)` within a title opens nothing."""
    found = written(
        "1. Opening of the session. 2. Organizational matters: (a) Adoption of the agenda;"
        " (b) Election of officers. 3. Application of article 3, paragraph 4 (c), to victims."
        " 4. Adoption of the report.\n"
    )
    assert _items(found) == {
        "1": "Opening of the session",
        "2": "Organizational matters",
        "3": "Application of article 3, paragraph 4 (c), to victims",
        "4": "Adoption of the report",
    }
    assert _subs(found) == [
        ("2 (a)", "Adoption of the agenda"),
        ("2 (b)", "Election of officers"),
    ]


def test_annotations_numbered_through_keep_their_items(written: Written) -> None:
    """Paragraph numbers run beside item numbers; papers stand in a table of symbol and title."""
    found = written(
        """I. Provisional agenda

1. Opening of the session.

2. Organizational matters:

(a) Adoption of the agenda;

(b) Organization of the work of the session.

3. Reporting from Parties.

II. Background

1. The session will be held in Vienna from 1 to 2 July 2024.

III. Annotations to the provisional agenda

1. Opening of the session

2. The session will be opened by the Chair on 1 July.

2. Organizational matters

(a) Adoption of the agenda

3. The provisional agenda is proposed for adoption.

DEMO/SBI/2024/1\tProvisional agenda and annotations. Note by the Executive Secretary

(b) Organization of the work of the session

4. Background: the Conference requested a report (see DEMO/SBI/2022/9, para. 4).

3. Reporting from Parties

5. Background: Parties were invited to submit views.

DEMO/SBI/2024/MISC.1 and Add.1\tViews of Parties
"""
    )
    assert list(_items(found)) == ["1", "2", "3"]
    assert found is not None
    assert found.items[1].documents == (
        ListedDocument(
            symbol="DEMO/SBI/2024/1",
            title="Provisional agenda and annotations. Note by the Executive Secretary",
            sub_item="2 (a)",
        ),
    )
    assert _papers(found)["3"] == ["DEMO/SBI/2024/MISC.1", "DEMO/SBI/2024/MISC.1/Add.1"]
    assert "Chair on 1 July" in (found.items[0].annotation or "")


def test_documentation_on_one_line_and_its_absence(written: Written) -> None:
    """`Documentation: symbols` lists them; words for nothing become the item's note."""
    found = written(
        f"""I. Provisional agenda

1. Adoption of the agenda.

2. Road signs.

3. Other business.

II. Annotations

1. Adoption of the agenda

Documentation: {SERIES}/1 and Add.1

2. Road signs

The Working Party will resume its discussion of {SERIES}/9.

Documentation
{SERIES}/2/Rev.1, {SERIES}/3, Informal document No. 3

3. Other business

Documentation: None
"""
    )
    assert _papers(found) == {
        "1": [f"{SERIES}/1", f"{SERIES}/1/Add.1"],
        "2": [f"{SERIES}/2/Rev.1", f"{SERIES}/3", None],
        "3": [],
    }
    assert found is not None
    assert found.items[2].note == "Documentation: None"


def test_an_item_without_a_block_has_the_papers_put_before_the_body(written: Written) -> None:
    """Sources of the mandate, papers that are described, and places in papers are mentions."""
    found = written(
        f"""1. Opening of the meeting.

2. Shelters.

3. Other matters.

Annotations

1. Opening of the meeting

The meeting will be opened at 10 a.m. on Monday, 1 July 2024.

2. Shelters

In its resolution 5/2, the Conference, recalling the report on shelters (DEMO/COP/2020/4),
requested a paper. The Working Group will have before it a background paper on shelters
({SERIES}/2) and a note on costs ({SERIES}/3 and Corr.1). See DEMO/COP/WG.4/2020/7, para. 3.

The draft plan is contained in document {SERIES}/9.

3. Other matters

No documentation is expected to be submitted under this item.
"""
    )
    assert _papers(found) == {
        "1": [],
        "2": [f"{SERIES}/2", f"{SERIES}/3", f"{SERIES}/3/Corr.1"],
        "3": [],
    }
    assert found is not None
    assert found.items[2].note == "No documentation is expected to be submitted under this item."


def test_a_block_leaves_sentences_to_be_mentions(written: Written) -> None:
    """Where an item lists its documentation, what its text speaks of besides is no more."""
    found = written(
        f"""Item 1
Evaluation

The Board will have before it the report ({SERIES}/4), with comments ({SERIES}/CRP.5).

Documentation:

Annual report on evaluation ({SERIES}/4)

Item 2
Other matters

The Board will adopt its decisions.

For decision ({SERIES}/L.1)
"""
    )
    assert _items(found) == {"1": "Evaluation", "2": "Other matters"}
    assert _papers(found) == {"1": [f"{SERIES}/4"], "2": [f"{SERIES}/L.1"]}


def test_papers_of_an_earlier_session_are_references(written: Written) -> None:
    """An annotated preliminary list repeats last year's papers under a heading of their own."""
    found = written(
        """1. Opening of the session by the President

The session opens on the second Tuesday.

References for the eighth session (agenda item 1)

Report of the Committee (A/78/400)

2. Shelters

At its eighth session, the Assembly considered the item.

(a) Beds

The Assembly requested a report.

Documents:

(a) Report of the Secretary-General, A/79/100;

(b) Note by the Secretary-General (A/79/101).

References for the eighth session (agenda item 2)

Report of the Second Committee A/78/401

(b) Meals

No advance documentation is expected.
""",
        title="Annotated preliminary list of items to be included in the provisional agenda",
    )
    assert _papers(found) == {"1": [], "2": ["A/79/100", "A/79/101"]}
    assert _subs(found) == [("2 (a)", "Beds"), ("2 (b)", "Meals")]


def test_lettered_headings_name_their_items_in_brackets(written: Written) -> None:
    """`I. Opening of the meeting (item 1 of the provisional agenda)` is item 1."""
    found = written(
        """I. Opening of the meeting (item 1 of the provisional agenda)

1. The meeting will be opened at 10 a.m.

II. Organizational matters (item 2 of the provisional agenda)

A. Adoption of the agenda (item 2 (a) of the provisional agenda)

2. The Committee will adopt its agenda.

III. Waste (item 3 of the provisional agenda)

3. The Committee will have before it a note by the secretariat on waste (DEMO/INC.1/4).
"""
    )
    assert _items(found) == {
        "1": "Opening of the meeting",
        "2": "Organizational matters",
        "3": "Waste",
    }
    assert _subs(found) == [("2 (a)", "Adoption of the agenda")]
    assert _papers(found)["3"] == ["DEMO/INC.1/4"]


def test_items_with_decimal_sub_items(written: Written) -> None:
    """The Health Assembly numbers 1.1, and prints papers under each."""
    found = written(
        """1. Opening of the Assembly

1.1 Appointment of the Committee on Credentials

1.2 Election of the President

2. Pillar one

2.1 Universal coverage

Document A78/4 Add.1

2.2 Primary care

Documents A78/5 and EB156/6
""",
        title="Provisional agenda",
    )
    assert list(_items(found)) == ["1", "2"]
    assert [number for number, _ in _subs(found)] == ["1.1", "1.2", "2.1", "2.2"]
    assert found is not None
    assert [(each.symbol, each.sub_item) for each in found.items[1].documents] == [
        ("A78/4 Add.1", "2.1"),
        ("A78/5", "2.2"),
        ("EB156/6", "2.2"),
    ]


def test_a_list_documents_its_sub_items_or_the_item_as_a_whole(written: Written) -> None:
    """Papers after the last sub-item alone are the item's; under each, they are its own."""
    found = written(
        """1. Shelters:

(a) Beds;

(b) Meals.

Documentation

Report of the Secretary-General on shelters (E/CN.99/2024/2)

2. Staff:

(a) Training;

Documentation

Report of the Secretary-General on training (E/CN.99/2024/3)

(b) Pay.

Documentation

Report of the Secretary-General on pay (E/CN.99/2024/4-A/79/66)
""",
        title="Provisional agenda and documentation",
    )
    assert found is not None
    listed = [(one.symbol, one.sub_item) for item in found.items for one in item.documents]
    assert listed == [
        ("E/CN.99/2024/2", None),
        ("E/CN.99/2024/3", "2 (a)"),
        ("E/CN.99/2024/4-A/79/66", "2 (b)"),
    ]


def test_a_table_of_documents_at_the_end_is_sorted_to_the_items(written: Written) -> None:
    """A row without an item belongs to the item above."""
    found = written(
        f"""1. Opening of the session.

2. Shelters.

3. Staff:

(a) Training;

(b) Pay.

Annex

List of documents

Item\tSymbol\tTitle
1\t{SERIES}/1\tProvisional agenda
2\t{SERIES}/2\tNote on shelters
\t{SERIES}/3\tReport on beds
3 (a)\t{SERIES}/4 and Add.1\tTraining
""",
        title="Provisional agenda",
    )
    assert _papers(found) == {
        "1": [f"{SERIES}/1"],
        "2": [f"{SERIES}/2", f"{SERIES}/3"],
        "3": [f"{SERIES}/4", f"{SERIES}/4/Add.1"],
    }
    assert found is not None
    assert {each.sub_item for each in found.items[2].documents} == {"3 (a)"}


def test_lines_wrapped_by_hand_are_put_together(written: Written) -> None:
    """Without blank lines a heading ends where it is most like the title of the list."""
    found = written(
        f"""Provisional agenda

1. Opening of the session.
2. Shelters for persons who have left their homes and for those
   who help them.
3. Adoption of the report.

Annotations

1. Opening of the session
The session will be opened on 1 July 2024 at 10 a.m. in the
building of the secretariat.
2. Shelters for persons who have left their homes and for those
who help them
The Working Group may wish to consider shelters.
Documentation
Note by the Secretariat on shelters and on what is known of them
in the countries ({SERIES}/2)
Report of the drafting group ({SERIES}/3)
3. Adoption of the report
The report will be adopted.
"""
    )
    assert found is not None
    assert _items(found)["2"] == (
        "Shelters for persons who have left their homes and for those who help them"
    )
    assert _papers(found) == {"1": [], "2": [f"{SERIES}/2", f"{SERIES}/3"], "3": []}
    assert found.items[1].annotation == "The Working Group may wish to consider shelters."


def test_symbols_in_footnotes(written: Written) -> None:
    """A note of nothing but a symbol of the own series is a paper; `See` and other series cite."""
    found = written(
        f"""1. Opening.

2. Shelters.

3. Staff.

Annotations

1. Opening

The session will be opened.

2. Shelters

The experts prepared a draft study thereon.¹ It follows earlier work.² The Secretary-General
wrote on it too.³

3. Staff

The Working Group will have before it the study of another body.⁴


¹ {SERIES}/2.
² See {SERIES}/9, para. 3.
³ A/75/255.
⁴ A/79/12.
"""
    )
    assert _papers(found) == {"1": [], "2": [f"{SERIES}/2"], "3": ["A/79/12"]}


FRENCH = f"""Ordre du jour provisoire

1. Questions d’organisation :

a) Ouverture de la session ;

b) Adoption de l’ordre du jour.

2. Foyers d’accueil.

3. Adoption du rapport.

Annotations

1. Questions d’organisation

a) Ouverture de la session

La session sera ouverte le lundi 1er juillet 2024.

b) Adoption de l’ordre du jour

Documentation : Néant

2. Foyers d’accueil

Le Groupe de travail sera saisi d’un document de base ({SERIES}/2). Voir DEMO/COP/WG.4/2020/7.

3. Adoption du rapport

Documents

Projet de rapport ({SERIES}/L.1 et Add.1 à 3)
"""
SPANISH = f"""Programa provisional

1. Cuestiones de organización:

a) Apertura del período de sesiones;

b) Aprobación del programa.

2. Albergues.

3. Aprobación del informe.

Anotaciones

Tema 1. Cuestiones de organización

a) Apertura del período de sesiones

El período de sesiones se inaugurará el 1 de julio.

Tema 2. Albergues

El Grupo de Trabajo tendrá ante sí un documento de antecedentes ({SERIES}/2).

Tema 3. Aprobación del informe

Documentación

Proyecto de informe ({SERIES}/L.1 y Add.1 a 3)
"""
RUSSIAN = f"""Предварительная повестка дня

1. Организационные вопросы:

a) открытие сессии;

b) утверждение повестки дня.

2. Приюты.

3. Утверждение доклада.

Аннотации

1. Организационные вопросы

a) Открытие сессии

Сессия будет открыта 1 июля.

2. Приюты

Рабочая группа будет располагать справочным документом ({SERIES}/2).

3. Утверждение доклада

Документация

Проект доклада ({SERIES}/L.1 и Add.1-3)
"""


def test_agendas_in_french_spanish_and_russian(written: Written) -> None:
    """`a)` is a letter, `Tema 1` a number, and each language has its words for documentation."""
    for text, title in (
        (FRENCH, "Ordre du jour provisoire annoté"),
        (SPANISH, "Programa provisional y anotaciones"),
        (RUSSIAN, "Аннотированная предварительная повестка дня"),
    ):
        found = written(text, title=title)
        assert list(_items(found)) == ["1", "2", "3"], title
        assert [number for number, _ in _subs(found)] == ["1 (a)", "1 (b)"], title
        assert _papers(found) == {
            "1": [],
            "2": [f"{SERIES}/2"],
            "3": [f"{SERIES}/L.1"] + [f"{SERIES}/L.1/Add.{number}" for number in (1, 2, 3)],
        }, title
        assert found is not None
        assert found.items[0].annotation, title
    assert written(FRENCH, title="Ordre du jour provisoire annoté") is not None


def test_an_agenda_in_chinese(written: Written) -> None:
    """Full-width marks end titles and bracket symbols."""
    found = written(
        f"临时议程\n\n1. 会议开幕。\n\n2. 庇护所。\n\n3. 通过报告。\n\n说明\n\n1. 会议开幕\n\n"
        f"会议将于7月1日开幕。\n\n2. 庇护所\n\n文件\n\n秘书处的说明（{SERIES}/2）\n\n3. 通过报告\n",
        title="临时议程说明",
    )
    assert _items(found) == {"1": "会议开幕", "2": "庇护所", "3": "通过报告"}
    assert _papers(found) == {"1": [], "2": [f"{SERIES}/2"], "3": []}


REPORT = """United Nations DEMO
/COP/WG.4/2024/8

Distr.: General
15 August 2024

Original: English

Demonstration Working Group on Trafficking in Persons
Third session
Vienna, 1 and 2 July 2024

Report of the Working Group on its third session

I. Introduction

1. The Working Group held its session in Vienna.

2. The Working Group considered its provisional agenda for the third session.

II. Next session

{above}

1. Opening of the session.

2. Shelters.

Documentation

Note by the Secretariat

3. Adoption of the report.

III. Closure

3. The Chair closed the session.
"""


def _reported(tmp_path: Path, above: str) -> Agenda | None:
    path = tmp_path / "report.txt"
    path.write_text(REPORT.format(above=above), encoding="utf-8")
    return read_agenda(read_file(path))


def test_a_report_may_hold_the_agenda_of_the_coming_session(tmp_path: Path) -> None:
    """Announced by a heading or by a sentence; what follows the list is not read into it."""
    for above in (
        "Provisional agenda and documentation for the fourth session",
        (
            "The Council approves the provisional agenda and documentation for the fourth session"
            " as set out below:"
        ),
    ):
        found = _reported(tmp_path, above)
        assert found is not None, above
        assert found.title == "Provisional agenda and documentation for the fourth session"
        assert found.symbol == "DEMO/COP/WG.4/2024/8"
        assert _items(found) == {
            "1": "Opening of the session",
            "2": "Shelters",
            "3": "Adoption of the report",
        }
        assert [each.title for each in found.items[1].documents] == ["Note by the Secretariat"]
        assert all(item.annotation is None for item in found.items)


def test_a_list_in_a_report_is_no_agenda_by_itself(tmp_path: Path) -> None:
    """Unless a coming session is named, numbered lines are whatever else they are."""
    assert _reported(tmp_path, "The Working Group discussed the following:") is None
    assert _reported(tmp_path, "Provisional agenda") is None

"""Invented mastheads as bodies, decades and languages print them: each gives its fields."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from wgsearch.papers.masthead import Masthead, read_masthead

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wgsearch.papers.paper import Line


@dataclass(frozen=True, kw_only=True)
class Shape:
    """
    A masthead and what it says.

    Rows are read top down; a row is one or more cells, each `style|words`. Styles: `u` the
    organization, `s` symbol, `f` a field (distribution, date, original) at the right; `h`
    letterhead, `b` body's name, `m` session, meeting and item, `i` item heading, at the left;
    `t` title, `k` kind line; `c` a centred line of a typescript, `x` running text.
    """

    name: str
    rows: tuple[str, ...]
    expected: dict[str, object]


# style: left edge, size, bold, and the space above in points.
STYLES: dict[str, tuple[float, float, bool, float]] = {
    "u": (123, 14, False, 12),
    "s": (460, 10, False, 0),
    "f": (397, 10, False, 0),
    "h": (123, 20, True, 8),
    "b": (60, 12, True, 0),
    "m": (60, 10, False, 0),
    "i": (60, 10, True, 0),
    "t": (123, 14, True, 14),
    "k": (123, 12, True, 14),
    "l": (123, 14, True, 0),
    "c": (190, 10, False, 12),
    "d": (190, 10, False, 0),
    "x": (123, 10, False, 10),
}


def lay_out(rows: Sequence[str], make_line: Callable[..., Line]) -> list[Line]:
    """Lines of a page from rows of cells."""
    lines = []
    y = 40.0
    for row in rows:
        cells = [cell.partition("|")[::2] for cell in row.split(" || ")]
        left, size, bold, above = STYLES[cells[0][0]]
        y += size * 1.2 + above
        if cells[0][0] in "bm" and y < 215:  # left column of a masthead, below its rule
            y = 215.0
        placed = [(words, STYLES[style][0]) for style, words in cells]
        lines.append(
            make_line(
                " ".join(words for words, _ in placed),
                x=left,
                x1=488.0
                if cells[0][0] == "x"
                else min(placed[-1][1] + 5 * len(placed[-1][0]), 552.0),
                y=y,
                size=size,
                bold=bold,
                cells=placed if len(placed) > 1 else (),
            )
        )
        if len(cells) > 1:  # the cells of one line are set in types of their own
            lines[-1] = _retyped(lines[-1], [style for style, _ in cells])
    return lines


def _retyped(line: Line, styles: Sequence[str]) -> Line:
    """A line whose cells have the types of their styles."""
    cells = tuple(
        replace(cell, size=STYLES[style][1], bold=STYLES[style][2])
        for cell, style in zip(line.cells, styles, strict=True)
    )
    return replace(line, cells=cells)


BODY = (
    "x|1. The present document was prepared pursuant to a decision that the parties had taken",
    "x|at the third session, in which they requested that experience be gathered and compared",
    "x|with a view to making it available to all of them before the next session is opened.",
)

SHAPES = [
    Shape(
        name="a working group of a conference of States parties",
        rows=(
            "u|United Nations || s|DEMO/COSP/WG.2/2021/4",
            "h|Conference of the States Parties || f|Distr.: General",
            "h|to the Demonstration Convention || f|23 March 2021",
            "f|Original: English",
            "b|Open-ended Intergovernmental Working Group on Shelter",
            "m|Twelfth meeting",
            "m|Vienna, 14–18 June 2021",
            "m|Item 2 (b) of the provisional agenda*",
            "i|Good practices in the housing of witnesses",
            "t|Housing of witnesses: good practices and",
            "l|challenges",
            "k|Background paper prepared by the Secretariat",
            *BODY,
        ),
        expected={
            "symbols": ("DEMO/COSP/WG.2/2021/4",),
            "date": "2021-03-23",
            "title": "Housing of witnesses: good practices and challenges",
            "kind": "background paper",
            "body": "Conference of the States Parties to the Demonstration Convention, "
            "Open-ended Intergovernmental Working Group on Shelter",
            "session": "Twelfth meeting",
            "meeting": "Vienna, 14–18 June 2021",
            "item": ("2 (b)", "Good practices in the housing of witnesses"),
            "original": ("en",),
        },
    ),
    Shape(
        name="its French edition",
        rows=(
            "u|Nations Unies || s|DEMO/COSP/WG.2/2021/4",
            "h|Conférence des États parties || f|Distr. générale",
            "h|à la Convention de démonstration || f|23 mars 2021",
            "f|Français",
            "f|Original : anglais",
            "b|Groupe de travail intergouvernemental sur l’hébergement",
            "m|Douzième réunion",
            "m|Vienne, 14-18 juin 2021",
            "m|Point 2 b) de l’ordre du jour provisoire*",
            "i|Bonnes pratiques en matière d’hébergement des témoins",
            "t|Hébergement des témoins",
            "k|Rapport du Secrétariat",
            "x|1. Le présent document a été établi en application d’une décision que les parties",
            "x|prise à la troisième session, dans laquelle elles avaient demandé que les données",
            "x|soient rassemblées et comparées avant l’ouverture de la session suivante de la",
        ),
        expected={
            "date": "2021-03-23",
            "title": "Hébergement des témoins",
            "kind": "report",
            "session": "Douzième réunion",
            "meeting": "Vienne, 14-18 juin 2021",
            "item": ("2 b)", "Bonnes pratiques en matière d’hébergement des témoins"),
            "edition": ("fr",),
            "original": ("en",),
        },
    ),
    Shape(
        name="its Spanish edition",
        rows=(
            "u|Naciones Unidas || s|DEMO/COSP/WG.2/2021/4",
            "h|Conferencia de los Estados Partes || f|Distr. general",
            "h|en la Convención de Demostración || f|23 de marzo de 2021",
            "f|Español",
            "f|Original: inglés",
            "b|Grupo de Trabajo Intergubernamental sobre Vivienda",
            "m|12ª reunión",
            "m|Viena, 14 a 18 de junio de 2021",
            "m|Tema 2 b) del programa provisional*",
            "i|Buenas prácticas",
            "t|Vivienda de los testigos",
            "k|Nota de la Secretaría",
            "x|1. El presente documento se preparó de conformidad con una decisión que los Estados",
            "x|adoptaron en el tercer período de sesiones y en la que pidieron que los datos se",
            "x|reunieran y se compararan antes de la apertura del siguiente período de sesiones de",
        ),
        expected={
            "date": "2021-03-23",
            "title": "Vivienda de los testigos",
            "kind": "note",
            "meeting": "Viena, 14 a 18 de junio de 2021",
            "item": ("2 b)", "Buenas prácticas"),
            "edition": ("es",),
        },
    ),
    Shape(
        name="its Russian edition, with English fields",
        rows=(
            "u|Организация Объединенных Наций || s|DEMO/COSP/WG.2/2021/4",
            "h|Конференция государств || f|Distr.: General",
            "h|участников || f|23 March 2021",
            "f|Russian",
            "f|Original: English",
            "b|Рабочая группа по вопросам жилья",
            "m|Двенадцатое совещание",
            "m|Вена, 14–18 июня 2021 года",
            "m|Пункт 2 b) предварительной повестки дня*",
            "i|Виды надлежащей практики",
            "t|Размещение свидетелей",
            "k|Записка Секретариата",
            "x|1. Настоящий документ подготовлен во исполнение решения, которое стороны приняли",
            "x|на третьей сессии и в котором они просили собрать и сопоставить накопленный опыт",
            "x|до открытия следующей сессии рабочей группы, с тем чтобы ознакомить с ним всех.",
        ),
        expected={
            "date": "2021-03-23",
            "title": "Размещение свидетелей",
            "kind": "note",
            "session": "Двенадцатое совещание",
            "meeting": "Вена, 14–18 июня 2021 года",
            "item": ("2 b)", "Виды надлежащей практики"),
            "edition": ("ru",),
            "original": ("en",),
        },
    ),
    Shape(
        name="its Chinese edition",
        rows=(
            "u|联合国 || s|DEMO/COSP/WG.2/2021/4",
            "h|示范公约缔约国会议 || f|Distr.: General",
            "f|23 March 2021",
            "f|Chinese",
            "f|Original: English",
            "b|住房问题工作组",
            "m|第十二次会议",
            "m|2021年6月14日至18日,维也纳",
            "m|临时议程* 项目2(b)",
            "i|良好做法",
            "t|证人的住房",
            "k|秘书处编写的背景文件",
            "x|1. 本文件是根据缔约国在第三届会议上通过的一项决定编写的",
        ),
        expected={
            "date": "2021-03-23",
            "title": "证人的住房",
            "kind": "background paper",
            "session": "第十二次会议",
            "meeting": "2021年6月14日至18日,维也纳",
            "item": ("2(b)", "良好做法"),
            "edition": ("zh",),
        },
    ),
    Shape(
        name="a treaty body",
        rows=(
            "u|United Nations || s|DEMO/C/UTO/CO/9",
            "h|Convention on Demonstrations || f|Distr.: General",
            "f|5 March 2019",
            "f|Original: English",
            "b|Committee on Demonstrations",
            "t|Concluding observations on the ninth periodic report of",
            "l|Utopia*",
            *BODY,
        ),
        expected={
            "title": "Concluding observations on the ninth periodic report of Utopia",
            "kind": "report",
        },
    ),
    Shape(
        name="a letter to the President of the Security Council",
        rows=(
            "u|United Nations || s|S/2031/77",
            "h|Security Council || f|Distr.: General",
            "f|6 February 2031",
            "f|Original: English",
            "k|Letter dated 5 February 2031 from the Permanent Representative of",
            *BODY,
        ),
        expected={
            "title": "Letter dated 5 February 2031 from the Permanent Representative of",
            "kind": "letter",
            "body": "Security Council",
            "date": "2031-02-06",
        },
    ),
    Shape(
        name="the World Health Assembly",
        rows=(
            "h|SEVENTY-SIXTH WORLD HEALTH ASSEMBLY || s|A76/57",
            "m|Provisional agenda item 13.2 || f|5 April 2033",
            "t|Shelters for witnesses",
            "k|Report by the Director-General",
            *BODY,
        ),
        expected={
            "symbols": ("A76/57",),
            "date": "2033-04-05",
            "title": "Shelters for witnesses",
            "kind": "report",
            "item": ("13.2", None),
        },
    ),
    Shape(
        name="a subsidiary body of a framework convention",
        rows=(
            "u|United Nations || s|FCCC/DEMO/2033/INF.3",
            "h|Framework Convention on || f|Distr.: General",
            "h|Demonstrations || f|12 May 2033",
            "f|English only",
            "b|Subsidiary Body for Implementation",
            "m|Fifty-eighth session",
            "m|Bonn, 5–15 June 2033",
            "m|Item 3(a) of the provisional agenda",
            "i|Reporting from Parties",
            "t|Compilation of data on shelters",
            "k|Note by the secretariat",
            *BODY,
        ),
        expected={
            "symbols": ("FCCC/DEMO/2033/INF.3",),
            "edition": ("en",),
            "session": "Fifty-eighth session",
            "item": ("3(a)", "Reporting from Parties"),
            "title": "Compilation of data on shelters",
            "kind": "background paper",
        },
    ),
    Shape(
        name="an environment assembly with languages over two lines",
        rows=(
            "u|United Nations || s|UNEP/DEMO.6/INF/2",
            "h|Environment Assembly || f|Distr.: General",
            "f|3 December 2033",
            "f|Arabic, Chinese, English and",
            "f|French only",
            "b|Open-ended Committee of Permanent Representatives",
            "m|Sixth meeting",
            "m|Nairobi, 19–23 February 2034",
            "m|Item 5 of the provisional agenda*",
            "i|Programme of work",
            "t|Progress in the housing of witnesses",
            "k|Report of the Executive Director",
            *BODY,
        ),
        expected={
            "edition": ("ar", "zh", "en", "fr"),
            "title": "Progress in the housing of witnesses",
            "kind": "report",
        },
    ),
    Shape(
        name="a regional commission whose bodies are set in three sizes",
        rows=(
            "u|United Nations || s|ECE/DEMO/GE.4/2024/9",
            "h|Economic and Social Council || f|Distr.: General",
            "f|5 January 2024",
            "f|Original: English",
            "b|Economic Commission for Demonstrations",
            "b|Committee on Shelter",
            "m|Nineteenth session",
            "m|Geneva, 18-19 March 2024",
            "m|Item 6 of the provisional agenda",
            "i|Work plan for 2024-2025",
            "t|Shelter in winter",
            "k|Note by the Secretariat",
            *BODY,
        ),
        expected={
            "session": "Nineteenth session",
            "title": "Shelter in winter",
            "kind": "note",
            "item": ("6", "Work plan for 2024-2025"),
        },
    ),
    Shape(
        name="a report of the 1990s in monospaced capitals",
        rows=(
            "u|UNITED",
            "u|NATIONS",
            "h|General Assembly || f|Distr.",
            "f|GENERAL",
            "f|A/52/9613",
            "f|19 November 1997",
            "f|ORIGINAL: ENGLISH",
            "m|Fifty-second session",
            "m|Agenda item 18",
            "c|SHELTERS FOR WITNESSES AND",
            "d|THEIR FAMILIES",
            "c|Progress report of the Secretary-General",
            "c|I. INTRODUCTION",
            *BODY,
        ),
        expected={
            "symbols": ("A/52/9613",),
            "distribution": "General",
            "title": "SHELTERS FOR WITNESSES AND THEIR FAMILIES: "
            "Progress report of the Secretary-General",
            "kind": "report",
            "session": "Fifty-second session",
            "item": ("18", None),
        },
    ),
    Shape(
        name="a resolution",
        rows=(
            "u|United Nations || s|A/RES/91/9228",
            "h|General Assembly || f|Distr.: General",
            "f|22 December 2036",
            "m|Ninety-first session",
            "m|Agenda item 107",
            "i|Crime prevention and criminal justice",
            "t|Resolution adopted by the General Assembly on 19 December 2036",
            "k|91/9228. Improving the housing of witnesses and of their families",
            "x|The General Assembly,",
            *BODY,
        ),
        expected={
            "title": "Improving the housing of witnesses and of their families",
            "kind": "resolution",
            "date": "2036-12-22",
        },
    ),
    Shape(
        name="a draft resolution with its sponsors",
        rows=(
            "u|United Nations || s|A/C.3/91/L.94",
            "h|General Assembly || f|Distr.: Limited",
            "f|14 October 2036",
            "f|Original: English",
            "i|Ninety-first session",
            "b|Third Committee",
            "m|Agenda item 107",
            "i|Crime prevention and criminal justice",
            "k|Arcadia, Cockaigne and Utopia: draft resolution",
            "k|Improving the housing of witnesses",
            "x|The General Assembly,",
            *BODY,
        ),
        expected={
            "title": "Improving the housing of witnesses",
            "kind": "draft resolution",
            "body": "General Assembly, Third Committee",
            "distribution": "Limited",
        },
    ),
    Shape(
        name="a part of a draft report",
        rows=(
            "u|United Nations || s|A/AC.999/2036/L.4",
            "h|General Assembly || f|Distr.: Limited",
            "f|21 February 2036",
            "f|Original: English",
            "b|Special Committee on Shelter",
            "m|New York, 18–26 February 2036",
            "t|Draft report",
            "x|Rapporteur: Ms. Ada Example (Utopia)",
            "t|II. Maintenance of shelters",
            *BODY,
        ),
        expected={"title": "Draft report: II. Maintenance of shelters", "kind": "draft report"},
    ),
    Shape(
        name="a board of two organizations that names one above the title",
        rows=(
            "u|United Nations || s|DEMO/ALPHA/2036/4 (Part I)",
            "h|Executive Board of the || f|Distr.: General",
            "h|Alpha Fund and the Beta Office || f|24 April 2036",
            "f|Original: English",
            "i|Annual session 2036",
            "m|2 to 5 June 2036, New York",
            "m|Item 15 of the provisional agenda",
            "i|Alpha Fund – Annual report",
            "t|ALPHA FUND",
            "k|Statistical review, 2035",
            "k|Report of the Executive Director",
            "x|Summary",
            *BODY,
        ),
        expected={
            "symbols": ("DEMO/ALPHA/2036/4 (Part I)",),
            "title": "Statistical review, 2035: Report of the Executive Director",
            "kind": "report",
            "session": "Annual session 2036",
        },
    ),
    Shape(
        name="a section of a budget",
        rows=(
            "u|United Nations || s|A/91/6 (Sect. 99)/Part A*",
            "h|General Assembly || f|Distr.: General",
            "f|9 March 2036",
            "f|Original: English",
            "i|Ninety-first session",
            "m|Items 138 and 139 of the preliminary list**",
            "i|Proposed programme budget for 2037",
            "t|Proposed programme budget for 2037",
            "k|Part IV",
            "k|International cooperation",
            "t|Section 99",
            "l|Shelter and housing",
            "x|Contents",
            *BODY,
        ),
        expected={
            "symbols": ("A/91/6 (Sect. 99)/Part A",),
            "title": "Proposed programme budget for 2037: Section 99, Shelter and housing",
            "kind": "report",
            "item": ("138 and 139", "Proposed programme budget for 2037"),
        },
    ),
    Shape(
        name="an addendum under a note",
        rows=(
            "u|United Nations || s|DEMO/COP/WG.4/2036/2/Add.4",
            "h|Demonstration Conference || f|Distr.: General",
            "f|11 November 2035",
            "f|English",
            "f|Original: French",
            "b|Demonstration Working Group",
            "m|2036 regular session",
            "m|New York, 20–24 and 29–31 January and 11 February 2036",
            "t|Reports submitted by organizations for the period 2031–2035*",
            "k|Note by the Secretary-General",
            "k|Addendum",
            "x|Contents",
            *BODY,
        ),
        expected={
            "title": "Reports submitted by organizations for the period 2031–2035: Addendum",
            "kind": "report",
            "meeting": "New York, 20–24 and 29–31 January and 11 February 2036",
            "session": "2036 regular session",
            "edition": ("en",),
            "original": ("fr",),
        },
    ),
]  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES, ids=[shape.name for shape in SHAPES])
def test_each_shape_gives_its_fields(shape: Shape, make_line: Callable[..., Line]) -> None:
    """Whoever prints a masthead, and in whichever language, its fields go where they belong."""
    found = read_masthead(lay_out(shape.rows, make_line), heads=(), size=10.0)
    assert {name: _value(found, name) for name in shape.expected} == shape.expected


def _value(found: Masthead, name: str) -> object:
    """A field; an item as its number and heading."""
    if name == "item":
        return (found.item.number, found.item.title) if found.item else None
    value = getattr(found, name)
    return str(value) if name == "kind" else value

"""
symbol, title and the lines under it -> what kind of paper it is.

Why in this order: a symbol's segments say it without doubt where they say it at all; a
title says it by its first words; the line under it says how the paper came about, which
decides only where the title leaves it open.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wgsearch.papers import symbols
from wgsearch.papers.paper import PaperKind

if TYPE_CHECKING:
    from collections.abc import Sequence

_I = re.IGNORECASE
_BY_SYMBOL = {
    "conference room paper": PaperKind.CONFERENCE_ROOM_PAPER,
    "resolution": PaperKind.RESOLUTION,
    "decision": PaperKind.DECISION,
    "statement": PaperKind.STATEMENT,
}
# A transmittal: `Note by the Secretariat` above what the note passes on.
_NOTE = re.compile(r"(?:note|nota|записка)\b|.*的说明$|مذكرة", _I)
# What a note may pass on and still be called by: one report, or reports that were submitted.
_PASSED_ON = re.compile(
    r"(?:[\w-]+ ){0,4}report\b(?!ing)|.*\breports?\b.*\bsubmitted\b|(?:[\w-]+ )?rapport\b"
    r"|(?:[\w-]+ )?informe\b|.*доклад\b|.*报告$|تقرير",
    _I,
)
_AGENDA_WORDS = (
    r"(?:(?:annotated|annotations? to the|provisional|preliminary|revised|draft|proposed|adopted"
    r"|supplementary|tentative)\W+)*"
)
# By the first words of a title.
_TITLES: tuple[tuple[re.Pattern[str], PaperKind], ...] = (
    (re.compile(r".*\b(?:corrigendum|rectificatif|corrección|исправление|更正|تصويب)\b", _I),
     PaperKind.CORRIGENDUM),
    (re.compile(r"(?:identical )?letters?\b|notes? verbales?\b|lettres?\b|cartas?\b|письм[оа]"
                r"|telegram\b|.*(?:的信|普通照会)$|رسالة", _I), PaperKind.LETTER),
    (re.compile(r"(?:joint |written |oral )?statements?\b"
                r"|(?:exposé écrit|déclaration) (?:de|du|prés)|declaración (?:de|prese)|заявление",
                _I), PaperKind.STATEMENT),
    (re.compile(rf"{_AGENDA_WORDS}(?:agenda|list of items)\b(?! item)(?!.*\bitems? \d)"
                r"|ordre du jour|liste (?:préliminaire|provisoire)|programa (?:provisional|anotado)"
                r"|temario|(?:аннотированная |предварительная )*повестка дня|.*(?:临时)?议程"
                r"|.*جدول الأعمال", _I), PaperKind.AGENDA),
    (re.compile(r".*(?:\bdraft resolutions?\b|projet de résolution|proyecto de resolución"
                r"|проект резолюции|决议草案|مشروع قرار)", _I), PaperKind.DRAFT_RESOLUTION),
    (re.compile(r".*(?:\bdraft (?:decisions?|conclusions?)\b|\bdraft text\b|projet de décision"
                r"|proyecto de decisión|проект решения|决定草案|مشروع مقرر)", _I),
     PaperKind.DRAFT_DECISION),
    (re.compile(r".*\bresolution adopted\b|resolution \d|résolution \d|resolución \d|резолюция \d",
                _I), PaperKind.RESOLUTION),
    (re.compile(r".*\bdecision adopted\b|decision \d|décision \d|decisión \d|решение \d", _I),
     PaperKind.DECISION),
    (re.compile(r"draft (?:\w+ )?report\b|projet de rapport|proyecto de informe|проект доклада"
                r"|报告草稿|مشروع التقرير", _I), PaperKind.DRAFT_REPORT),
    (re.compile(r"(?:list of issues|replies)\b", _I), PaperKind.OTHER),
    (re.compile(r"national report\b", _I), PaperKind.REPORT),
    (re.compile(r"(?:background|discussion|issues?|working|technical|information|concept|position)"
                r" (?:papers?|notes?|documents?)\b|(?:summary|compilation) (?:prepared|of)\b"
                r"|(?:document|note) d[’']information|documents? de travail"
                r"|documentos? de (?:antecedentes|trabajo)"
                r"|справочный документ|рабочий документ|.*背景文件|(?:.*\b)?(?:draft )?study\b"
                r"|étude\b|estudio\b|исследование", _I), PaperKind.BACKGROUND_PAPER),
    (re.compile(r"(?:.*\b)?reports?\b(?!ing)|(?:.*\b)?rapports?\b|(?:.*\b)?informes?\b|.*доклад"
                r"|.*报告|.*تقرير", _I), PaperKind.REPORT),
    # The budget is the Secretary-General's report on what is asked for.
    (re.compile(r"(?:proposed |revised |draft )*(?:programme |resource )?budget\b|projet de budget"
                r"|proyecto de presupuesto|предлагаемый бюджет", _I), PaperKind.REPORT),
    (re.compile(r"notes?\b|nota\b|записка|.*说明$|مذكرة|memorandum\b|mémorandum", _I),
     PaperKind.NOTE),
)  # fmt: skip
_SPONSORED = re.compile(r".*: (?:revised )?(?:draft (?:resolution|decision)|amendments?)\b", _I)


def kind_of(
    own: Sequence[str], title: str | None, subtitles: Sequence[str], all_lines: Sequence[str]
) -> PaperKind:
    """
    What a paper is: by its symbol where that says it, else by its title and the lines under it.

    Args:
        own: Symbols of the paper.
        title: Its title.
        subtitles: The lines under the title.
        all_lines: Title lines as they stand, for words that the title proper leaves out.
    """
    parsed = [symbols.parse(symbol) for symbol in own]
    if any(suffix.name == "Corr" for each in parsed for suffix in each.suffixes):
        return PaperKind.CORRIGENDUM
    for each in parsed:
        if each.kind in _BY_SYMBOL:
            return _BY_SYMBOL[each.kind]
    for text in all_lines:
        if _SPONSORED.match(text):
            return _first(text) or PaperKind.DRAFT_RESOLUTION
    parts = (title or "").split(": ")
    first = next(
        (kind for part in ("".join(parts[:1]), *parts[1:]) if (kind := _first(part))), None
    )
    if any(_NOTE.match(text) for text in subtitles) and first in (None, PaperKind.REPORT):
        return PaperKind.REPORT if _PASSED_ON.match(title or "") else PaperKind.NOTE
    found = first or _first(title or "")
    return found or next(
        (kind for text in (*subtitles, *all_lines) if (kind := _first(text))), PaperKind.OTHER
    )


def _first(text: str) -> PaperKind | None:
    """The kind that a line names, None when it names none."""
    text = text[:400]  # what a title is stands at its beginning
    return next((kind for pattern, kind in _TITLES if pattern.match(text)), None)

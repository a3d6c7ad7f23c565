"""
title of an item -> whether it is one of procedure, on which papers have nothing to say.

Why by title: every body opens, adopts its agenda, elects its officers, leaves room for other
matters and adopts its report under the same few names, in each of the six languages.
"""

from __future__ import annotations

import re

_SESSION = r"(?:the |its )?(?:[\w-]+ ){0,4}(?:session|meeting|conference|working group|committee)"
_ENGLISH = (
    rf"(?:formal )?opening(?: (?:of|by) {_SESSION}.{{0,60}})?(?: and opening statements?)?",
    r"opening (?:statements?|remarks|ceremony)(?: by .{0,60})?",
    (
        r"(?:organi[sz]ational|procedural|administrative)(?: and (?:organi[sz]ational|procedural"
        r"|administrative))? (?:matters|issues|questions)"
    ),
    r"(?:procedural|organi[sz]ational) and other (?:matters|organi[sz]ational matters)",
    (
        r"(?:consideration and )?(?:adoption|approval) of (?:the )?(?:provisional )?agenda"
        r"(?:,? (?:and )?(?:other )?organi[sz]ation(?:al)? (?:of (?:the )?work|matters))?"
        rf"(?: of {_SESSION})?|adoption of (?:the )?rules of procedure"
    ),
    (
        r"(?:agenda and )?organi[sz]ation of (?:the )?(?:work|session|meeting)"
        r"(?:, including (?:the )?establishment of .{0,60}?organs)?"
    ),
    r"general (?:debate|exchange of views|statements)",
    (
        r"election of (?:the )?(?:two )?(?:officers|bureau|members of the bureau|chair\w*"
        r"|president\w*|vice-\w+|rapporteur).{0,80}"
    ),
    r"(?:other )?organi[sz]ational matters|credentials.{0,80}",
    r"appointment of the credentials committee",
    r"minute of silen(?:t prayer|ce).{0,60}",
    r"(?:any )?other (?:matters|business|issues)",
    (
        r"(?:preparation|consideration)?(?: and )?(?:adoption|approval) of (?:the|its) "
        r"(?:draft )?reports?(?: (?:of|on) .{0,120})?"
    ),
    r"(?:draft )?provisional agenda(?: and documentation)?(?: (?:for|of) .{0,120})?",
    (
        r"(?:dates?|venue)(?:,? (?:and )?(?:place|venue|provisional agenda))?.{0,40}"
        r"(?:next|coming) .{0,60}"
    ),
    rf"(?:formal )?(?:closure|closing)(?: of {_SESSION}.{{0,60}})?",
)
_OTHERS = (
    r"(?:ouverture|clôture) de (?:la )?(?:session|réunion|conférence).{0,60}",
    r"questions (?:d.organisation|de procédure|diverses)(?: et .{0,40})?|autres questions",
    r"adoption (?:de l.ordre du jour|du rapport).{0,100}",
    r"élection (?:du bureau|des membres du bureau|d.un\w* .{0,40}|de la présiden\w+).{0,40}",
    r"organisation des travaux|ordre du jour provisoire.{0,100}",
    r"(?:apertura|clausura) (?:de la|del) (?:reunión|período de sesiones|conferencia).{0,60}",
    (
        r"(?:cuestiones|asuntos) (?:de organización|de procedimiento)(?: y .{0,40})?"
        r"|otros asuntos|otras cuestiones|cuestiones varias"
    ),
    r"aprobación (?:del (?:programa|temario|orden del día)|del informe).{0,100}",
    r"elección (?:de la mesa|de los miembros de la mesa|de .{0,40})",
    r"organización de (?:los|sus) trabajos|programa provisional.{0,100}",
    r"(?:открытие|закрытие) (?:сессии|совещания|конференции).{0,60}",
    r"(?:организационные|процедурные|прочие|другие)(?: и \w+)? вопросы",
    r"утверждение (?:(?:предварительной )?повестки дня|доклада).{0,100}",
    r"выборы (?:должностных лиц|председателя|бюро).{0,60}|организация работы",
    r"предварительная повестка дня.{0,100}",
    (
        r"(?:会议|届会)?(?:开幕|闭幕).{0,20}|组织事项|程序事项|通过议程.{0,20}|选举主席团.{0,20}"
        r"|其他(?:事项|事务)|通过.{0,12}报告.{0,20}|.{0,12}临时议程.{0,20}"
    ),
    (
        r"(?:افتتاح|اختتام) (?:الدورة|الاجتماع|المؤتمر).{0,60}|المسائل التنظيمية.{0,40}"
        r"|إقرار جدول الأعمال.{0,60}|انتخاب (?:أعضاء المكتب|الرئيس|المكتب).{0,60}"
        r"|(?:مسائل|أمور) أخرى|اعتماد التقرير.{0,60}|جدول الأعمال المؤقت.{0,80}"
    ),
)
_ONE = f"(?:{'|'.join((*_ENGLISH, *_OTHERS))})"
_JOINED = r"\s*(?:[;,:–—]\s*(?:(?:and|et|y|и)\s)?|\b(?:and|et|y|и)\b)\s*"
_PROCEDURE = re.compile(rf"{_ONE}(?:{_JOINED}{_ONE})*", re.IGNORECASE)


def is_procedural(title: str) -> bool:
    """Whether the title of an item is nothing but names of procedure."""
    return _PROCEDURE.fullmatch(title.strip(" .:;*")) is not None

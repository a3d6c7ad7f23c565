"""
words of an addressee -> the classes of addressee that they name.

Why classes: a delegate asks what States are asked to do, a secretariat what it is asked itself,
and the same body is called by many names.
"""

from __future__ import annotations

import re

from wgsearch.register.records import Addressee

# In this order, each taken out before the next is looked for: the Conference of the Parties
# asks no party, and the Secretariat of the Office is not the Office.
_NAMED = (
    (
        Addressee.CONFERENCE,
        (
            r"\b(?:conference|meeting)s? of the (?:states )?parties(?: to the [\w ]+)?"
            r"|\b(?:conf[ée]rence|r[ée]union) des (?:états )?parties"
            r"|\b(?:conferencia|reunión) de las partes|\bconf[eé]rence\b|\bconferencia\b"
            r"|конференци\w+(?: участников| сторон)?|缔约方会议|缔约国会议|مؤتمر الأطراف"
        ),
    ),
    (
        Addressee.WORKING_GROUP,
        (
            r"\bworking group|\bgroupes? de travail|\bgrupos? de trabajo|рабоч\w+ групп\w+|工作组"
            r"|الفريق العامل"
        ),
    ),
    (
        Addressee.UNODC,
        (
            r"\bunodc\b|\bonudc\b|office on drugs and crime"
            r"|office des nations unies contre la drogue"
            r"|oficina de las naciones unidas contra la droga"
            r"|юнодк|управлени\w+ .{0,40}по наркотикам"
            r"|毒品和犯罪问题办公室|毒罪办|المكتب المعني بالمخدرات والجريمة"
        ),
    ),
    (
        Addressee.SECRETARIAT,
        (
            r"\bsecr[eé]tar[ií]ats?\b|\bsecretar[ií]as?\b|\bsecretary-general"
            r"|\bsecrétaires? général|\bsecretari[oa] general|секретариат\w*"
            r"|генеральн\w+ секретар\w+|秘书处|秘书长"
            r"|الأمانة|الأمين العام"
        ),
    ),
    (
        Addressee.STATES,
        (
            r"\b(?:member |participating |administering |states? )*(?:states?|governments?"
            r"|countries|powers?)\b(?: part(?:y|ies))?(?: to the [\w ]+)?"
            r"|^(?:the |all |participating |each )*part(?:y|ies)\b"
            r"(?! (?:involved|concerned|to the conflict))"
            r"|\b(?:états?|gouvernements?|pays)\b(?: (?:parties|membres))?"
            r"|\b(?:estados?|gobiernos?|países)\b(?: (?:partes?|miembros?))?"
            r"|государств\w*|правительств\w*|缔约国|会员国|各国|国家|政府|الدول|الحكومات"
        ),
    ),
)
_LISTED = tuple((kind, re.compile(words)) for kind, words in _NAMED)
# What is left of an addressee when these are taken out: others are named beside them.
_OTHERS = re.compile(
    r"organi[sz]ation|organism|society|société civile|sociedad civil|sector|secteur|stakeholder"
    r"|agenc|entit|system\b|commission|committee|council|assembly|board\b|director|commissioner"
    r"|rapporteur|donor|institution|partner|communit|companies|business|universit|academi|media"
    r"|observers?\b|\bbod(?:y|ies)\b|comité|comisión|consejo|asamblea|entreprise|empresa|организаци|组织|机构"
)
# An addressee after a comma is named beside the first; what begins so says how or when.
_BESIDE = re.compile(
    r",\s+(?!(?:in|within|bearing|taking|as|through|including|where|when|while|with|under|on|by"
    r"|for|at|after|before|if|consistent|subject|recalling|noting|upon|inter alia|also|to|that"
    r"|which|who|whose|should|shall|must|may|are|is|dans|en|avec|selon|sous|conformément|compte|lorsque|con"
    r"|según|cuando|de|par|por)\b)"
    r"(?:and |et |y )?[^,.;:\n]{3,80}?"
    r"(?=,|\s(?:to|should|shall|must|may|are|is|à|de|a que|devraient|deberían)\b)"
)


def enumerated(text: str, end: int) -> str:
    """
    What is named beside an addressee, after commas: `States, academia and the media to train`.

    Args:
        text: The recommendation.
        end: Where its addressee ends.
    """
    at = end
    while match := _BESIDE.match(text, at):
        at = match.end()
    return text[end:at]


def addressed(words: str) -> tuple[Addressee, ...]:
    """
    The classes of addressee that some words name.

    Args:
        words: Who is asked, as printed.

    Returns:
        At least one, in the order of `Addressee`; others where none of the classes is named.
    """
    rest = " ".join(words.casefold().split())
    found = set()
    for kind, listed in _LISTED:
        rest, count = listed.subn(" ", rest)
        if count:
            found.add(kind)
            rest = rest.strip()
    if not found or _OTHERS.search(rest):
        found.add(Addressee.OTHERS)
    return tuple(kind for kind in Addressee if kind in found)

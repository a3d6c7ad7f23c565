"""
paragraph -> whether it only announces what its paper is.

Why told apart: the first paragraph of a paper names its subject in full, so that it comes near
to every question on it, and answers none.
"""

from __future__ import annotations

import re

_THINGS = (
    r"(?:background |conference room |discussion |issue |information )?"
    r"(?:papers?|documents?|notes?|reports?|addend(?:um|a)|compilation|summary|annex|stud(?:y|ies))"
)
# Editors open a paper so in each language: what it is, who prepared it, on whose request.
_ANNOUNCES = re.compile(
    rf"(?:the present|this) {_THINGS}\b[^.]{{0,120}}?\b(?:was|were|is|has been|have been)\b"
    r"[^.]{0,80}?\b(?:prepared|submitted|issued|drawn up|drafted|compiled|presented|transmitted)\b"
    rf"|(?:the present|this) {_THINGS} (?:contains|sets out|provides|presents|summari[sz]es)\b"
    r"|le présent (?:document|rapport)\b[^.]{0,120}?"
    r"\b(?:été|est) (?:établi|élaboré|présenté|soumis)"
    r"|la présente note\b[^.]{0,120}?\b(?:été|est) (?:établie|présentée|soumise)"
    r"|(?:el presente (?:documento|informe)|la presente nota)\b[^.]{0,120}?"
    r"\b(?:preparad|presentad|elaborad)[oa]"
    r"|настоящ(?:ий|ая) (?:справочный )?(?:документ|доклад|записка)\b[^.]{0,120}?"
    r"\b(?:подготовлен|представлен)"
    r"|本(?:背景文件|报告|文件|说明)(?:是|系|由)[^。]{0,60}(?:编写|编制|提交)"
    r"|(?:أُ?عدّ?ت?|يُ?قدَّ?م) [^.]{0,40}(?:هذه الورقة|هذه الوثيقة|هذا التقرير)",
    re.IGNORECASE,
)


def is_announcement(text: str) -> bool:
    """Whether a paragraph begins by saying what its paper is and who prepared it."""
    return _ANNOUNCES.match(text) is not None

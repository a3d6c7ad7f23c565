"""
paragraph -> what it recommends to whom, and whether that was agreed.

Why by heading and wording together: a report recounts what speakers said States should do,
and lists what was recommended; only the place tells one from the other.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from wgsearch.papers.paper import Paragraph, ParagraphKind, Recommendation
from wgsearch.papers.subjects import subject

if TYPE_CHECKING:
    from collections.abc import Sequence

_PLACE = re.compile(
    r"recommend|recommand|recomend|рекоменд|conclusion|выводы|建议|التوصيات|"
    r"points? for (?:consideration|discussion)|matters? for consideration|way forward",
    re.IGNORECASE,
)
_STATES = (
    r"(?:All |The |Les |Los |Tous les |Todos los )?(?:Member |United Nations )?"
    r"(?:States(?: [Pp]arties)?(?: to the \w+)?|Governments|Parties|[Pp]arties|Member States)"
    r"|(?:Les |Tous les )?(?:États|Gouvernements|Parties)(?: parties| [Mm]embres)?"
    r"|(?:Los |Todos los )?(?:Estados|Gobiernos)(?: (?:parte|partes|Partes|Miembros))?"
)
_WHO = (
    rf"(?P<who>{_STATES}|UNODC|L’ONUDC|La UNODC|[A-Z]{{3,10}}"
    r"|(?:The|Le|La|Les|El|Los|Las) [A-ZÉÁÓ][^.;:]{0,110}?|L’[A-ZÉ][^.;:]{0,110}?"
    r"|(?:Heads|Executive heads|Legislative|Governing) [^.;:]{3,110}?)"
)
_VERB = (
    r"(?P<verb>should(?: be encouraged to)?|shall|must|ought to|may(?: also)? wish to"
    r"|(?:are|is)(?: also| further| strongly)? (?:encouraged|invited|urged|requested|called upon"
    r"|recommended|advised) to"
    r"|devraient|devrait|sont (?:encouragés|encouragées|invités|invitées|priés|priées|instamment "
    r"priés) (?:à|de)|est (?:encouragé|encouragée|invité|invitée|prié|priée) (?:à|de)"
    r"|(?:pourraient|pourrait|voudront peut-être|voudra peut-être)(?: souhaiter)?"
    r"|deberían|debería|se (?:alienta|invita|insta|exhorta|pide) a|tal vez deseen|tal vez desee"
    r"|quizás deseen|podrían|podría)"
)
_LEAD = (
    r"(?:(?:Recommendation|Recommandation|Recomendación) \d{1,3}[.:]?\s+)?"
    r"(?:(?:\((?:[a-z]{1,2}|[ivx]{1,5})\)|•|–|—)\s+)?"
    r"(?:(?:In|With|To|For|As|Where|When|On|Also|Further|À|Dans|En|Al|Con|Para)\b[^.;:]{0,150}?,\s+)?"
)
# An addressee ends at the verb, or at what is said of it: `States that have not done so should`.
_SHOULD = re.compile(
    rf"{_LEAD}{_WHO}"
    rf"(?=,|\s(?:that|which|who|whose|qui|que)\s|\s{_VERB.replace('?P<verb>', '?:')}\b)"
    rf"[^.;:]{{0,120}}?\s{_VERB}\b"
)
_SPANISH = re.compile(
    rf"{_LEAD}(?P<verb>Se (?:alienta|invita|insta|exhorta|pide|recomienda))"
    r" (?:encarecidamente )?(?:a |al )(?P<who>[^.;:,]{3,60}?) (?:a |que )"
)
_BODY_SAYS = re.compile(
    rf"{_LEAD}(?:The|Le|La|El|L’) ?[A-ZÉ][^.;:]{{0,90}}?\s"
    r"(?P<verb>recommends? that|recommended that|recommande que|recomienda que)\s+"
    r"(?P<who>[^.;:,]{3,90}?)(?=\s(?:should|be|consider|continue|adopt|take|ensure|provide)\b|[,;:.])"
)
_OPERATIVE = re.compile(
    r"(?:(?:\d{1,3}|[a-z])[.)]\s+)?"
    r"(?:Also |Further |Strongly |Once again |Again )?"
    r"(?P<verb>(?:re)?(?:Urges|Invites|Requests|Encourages|Recommends|Appeals to|Exhorts)"
    r"|Calls upon|Calls on"
    r"|Invite|Prie|Demande|Engage|Encourage|Exhorte|Recommande"
    r"|Invita|Pide|Solicita|Insta|Exhorta|Alienta|Recomienda)\s"
    r"(?:also |further |strongly |again |in this regard |également |en outre |instamment |también |"
    r"asimismo |además |nuevamente |once again )*(?:that |que |to |à |aux |au |a |al |a los )?"
    r"(?P<who>[^,;:.]{2,90}?)"
    r"(?=[,;:\[]|\.$|\s(?:to|that|de|à|d’|que|a que|should|in|when|within|under|through|as)\b)",
    re.IGNORECASE,  # the World Health Assembly sets verbs in capitals
)
_THAT = re.compile(r"\b(?:that|que)\s+$", re.IGNORECASE)
_DISAGREED = re.compile(
    r"(?:not (?:been )?agreed|no (?:agreement|consensus)|(?:did|could) not (?:reach|agree|come to)"
    r"|without (?:agreement|consensus)|(?:agreement|consensus) (?:was|could) not"
    r"|lack of (?:agreement|consensus)|pas (?:fait l’objet d’un|été) (?:accord|consensus)"
    r"|aucun (?:accord|consensus)|sans consensus|no (?:se )?(?:hubo|llegó a|alcanzó) (?:un )?"
    r"(?:acuerdo|consenso)|sin consenso|не (?:было )?(?:достигнут|согласован))",
    re.IGNORECASE,
)
# A sentence that introduces a list speaks of all of it; any other one of itself.
_INTRODUCES = re.compile(
    r":$|\b(?:following|below|ci-après|suivantes?|siguientes?|a continuación)\b"
    r"|нижеследующ|\bниже\b",
    re.IGNORECASE,
)
# Looked for first, and as plain words: a pattern takes long on every paragraph.
_WORDS_OF_PLACE = ("recommend", "recommand", "recomend", "proposal", "рекоменд")


def recommends(text: str, *, agreed: bool = True) -> Recommendation | None:
    """
    What a paragraph of a list of recommendations recommends, None where it recommends nothing.

    Args:
        text: The paragraph; its first sentence, or the first of its sub-paragraphs, counts.
        agreed: The list is one of agreed recommendations.
    """
    for line in text.split("\n")[:2]:
        opening = line[:500]
        match = _SPANISH.match(opening) or _BODY_SAYS.match(opening) or _SHOULD.match(opening)
        if match:
            return Recommendation(addressee=_who(match), verb=match["verb"], agreed=agreed)
    return None


def asks(text: str) -> Recommendation | None:
    """What an operative paragraph of a resolution asks of whom, None where it asks nothing."""
    match = _OPERATIVE.match(text[:300])
    if match is None:
        return None
    return Recommendation(addressee=_who(match), verb=match["verb"], agreed=True)


def is_place(heading: str) -> bool:
    """A heading under which recommendations stand."""
    return bool(_PLACE.search(heading))


def says_disagreed(text: str) -> bool:
    """A heading or an opening sentence says that no agreement was reached on recommendations."""
    lowered = text.lower()
    return any(word in lowered for word in _WORDS_OF_PLACE) and bool(_DISAGREED.search(text))


def with_recommendations(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Paragraphs with what they recommend: by their heading, their words, and what opens them."""
    found: list[Paragraph] = []
    path: tuple[str, ...] | None = None
    disagreed = placed = False
    for paragraph in paragraphs:
        if paragraph.heading_path != path:
            path = paragraph.heading_path
            disagreed = any(says_disagreed(heading) for heading in path)
            placed = any(is_place(heading) for heading in path)
        if paragraph.kind is ParagraphKind.OPERATIVE:
            found.append(replace(paragraph, recommendation=asks(paragraph.text)))
            continue
        if paragraph.kind in (ParagraphKind.TABLE_ROW, ParagraphKind.PREAMBULAR):
            found.append(paragraph)
            continue
        opening = paragraph.text.partition("\n")[0]
        disagreed = disagreed or (says_disagreed(opening) and bool(_INTRODUCES.search(opening)))
        named = paragraph.text.startswith(("Recommendation ", "Recommandation ", "Recomendación "))
        recommended = None
        if named or placed:
            recommended = recommends(paragraph.text, agreed=not disagreed)
        if recommended and paragraph.kind in (ParagraphKind.PARAGRAPH, ParagraphKind.LIST):
            paragraph = replace(paragraph, kind=ParagraphKind.RECOMMENDATION)  # noqa: PLW2901 - the same paragraph, told apart
        found.append(replace(paragraph, recommendation=recommended) if recommended else paragraph)
    return found


def _who(match: re.Match[str]) -> str:
    """Who is asked: after `that` the subject of the clause, else all that the pattern took."""
    start = match.start("who")
    if _THAT.search(match.string, 0, start):
        return _named(subject(match.string[start:]) or match["who"])
    return _named(match["who"])


def _named(words: str) -> str:
    """An addressee without what leads over to it."""
    return words.strip(" ,")

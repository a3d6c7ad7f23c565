"""
paragraph -> what it recommends to whom, and whether that was agreed.

Why by heading and wording together: a report recounts what speakers said States should do,
and lists what was recommended; only the place tells one from the other.
"""

from __future__ import annotations

import re

from wgsearch.papers.paper import Recommendation

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
_SHOULD = re.compile(rf"{_LEAD}{_WHO},?\s(?:[^.;:]{{0,90}}?\s)?{_VERB}\b")
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
    r"(?P<verb>(?:[Rr]e)?(?:Urges|Invites|Requests|Encourages|Recommends|Appeals to|Exhorts)"
    r"|Calls upon|Calls on|urges|invites|requests|encourages|calls upon|calls on"
    r"|Invite|Prie|Demande|Engage|Encourage|Exhorte|Recommande"
    r"|Invita|Pide|Solicita|Insta|Exhorta|Alienta|Recomienda)\s"
    r"(?:also |further |strongly |again |in this regard |également |en outre |instamment |también |"
    r"asimismo |además |nuevamente |once again )*(?:that |que |à |aux |au |a |al |a los )?"
    r"(?P<who>[^,;:.]{2,90}?)"
    r"(?=,|;|\.$|\s(?:to|de|à|d’|que|a que|should|in|when|within|under|for|through|as|concerned)\b)"
)
_DISAGREED = re.compile(
    r"(?:not (?:been )?agreed|no (?:agreement|consensus)|(?:did|could) not (?:reach|agree|come to)"
    r"|without (?:agreement|consensus)|(?:agreement|consensus) (?:was|could) not"
    r"|lack of (?:agreement|consensus)|pas (?:fait l’objet d’un|été) (?:accord|consensus)"
    r"|aucun (?:accord|consensus)|sans consensus|no (?:se )?(?:hubo|llegó a|alcanzó) (?:un )?"
    r"(?:acuerdo|consenso)|sin consenso|не (?:было )?(?:достигнут|согласован))",
    re.IGNORECASE,
)
_WORDS_OF_PLACE = re.compile(r"recommend|recommand|recomend|proposal|рекоменд", re.IGNORECASE)


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
            return Recommendation(
                addressee=_named(match["who"]), verb=match["verb"], agreed=agreed
            )
    return None


def asks(text: str) -> Recommendation | None:
    """What an operative paragraph of a resolution asks of whom, None where it asks nothing."""
    match = _OPERATIVE.match(text[:300])
    if match is None:
        return None
    return Recommendation(addressee=_named(match["who"]), verb=match["verb"], agreed=True)


def is_place(heading: str) -> bool:
    """A heading under which recommendations stand."""
    return bool(_PLACE.search(heading))


def says_disagreed(text: str) -> bool:
    """A heading or an opening sentence says that no agreement was reached on recommendations."""
    return bool(_WORDS_OF_PLACE.search(text)) and bool(_DISAGREED.search(text))


def _named(words: str) -> str:
    """An addressee without what leads over to it."""
    return words.strip(" ,")

"""
a question about the past -> the topic that it asks for.

Why taken off: "Has the Working Group discussed ... before?" is how people ask, and its words are
found in every report.
"""

from __future__ import annotations

import re

_WHO = (
    r"(?:the |this |our )?(?:working group|group|committee|commission"
    r"|conference(?: of the parties)?"
    r"|states(?: parties)?|anyone|anybody|we|secretariat|delegations|it)"
)
_SAID = (
    r"(?:discuss(?:ed)?|address(?:ed)?|consider(?:ed)?|deal(?:t)? with|look(?:ed)? (?:at|into)"
    r"|tak(?:e|en) up|took up|treat(?:ed)?|examin(?:e|ed)"
    r"|sa(?:y|id) (?:anything |something )?(?:about|on)|sp(?:oke|oken) (?:about|of|on)"
    r"|talk(?:ed)? about|raised?|mention(?:ed)?|cover(?:ed)?|recommend(?:ed)?"
    r"(?: anything)? (?:on|about)|written (?:about|on))"
)
_WHEN = r"(?:ever |already |previously |before |yet |so far )?"
# Who is asked about stands before the verb in French, before or behind it in Spanish.
_FRENCH_SAID = (
    r"(?:examinée?s?|abordée?s?|traitée?s?|discutée?s?|étudiée?s?|débattue?s?|évoquée?s?"
    r"|mentionnée?s?|parlé|inscrite?s? à l[’']ordre du jour)"
)
_FRENCH_OF = r"(?:de la |de l[’']|du |des |de |d[’'])"
_FRENCH_WHEN = r"(?:déjà |jamais |auparavant )?"
_FRENCH = (
    rf"(?:a-t-on|avons-nous|(?:le groupe de travail|le comité) a-t-il|la conférence a-t-elle"
    rf"|les états ont-ils|est-ce qu[’']on a|est-ce que (?:le groupe de travail|nous) (?:a|avons)) "
    rf"{_FRENCH_WHEN}{_FRENCH_SAID}(?: {_FRENCH_WHEN}la question)? {_FRENCH_WHEN}{_FRENCH_OF}?"
    rf"|(?:a-t-il|il a) {_FRENCH_WHEN}été question {_FRENCH_OF}"
    r"|qu[’'](?:a-t-on|est-ce qui a été|est-ce qu[’']on a) (?:déjà )?"
    r"(?:dit|recommandé|décidé) (?:sur|au sujet |à propos )"
    rf"(?:{_FRENCH_OF}|l[’'])?"
)
_SPANISH_WHO = r"(?:el grupo de trabajo |la conferencia |el comité |los estados(?: parte)? )?"
_SPANISH_SAID = (
    r"(?:tratado|examinado|abordado|discutido|hablado|debatido|considerado|estudiado|mencionado)"
)
_SPANISH_THEN = (
    r"(?:trató|trataron|examinó|examinaron|abordó|abordaron|discutió|discutieron|habló|debatió"
    r"|debatieron|consideró|consideraron|mencionó|mencionaron)"
)
_SPANISH = (
    rf"{_SPANISH_WHO}(?:(?:ha|han|se ha|se han|hemos) (?:ya )?{_SPANISH_WHO}(?:ya )?{_SPANISH_SAID}"
    rf"|(?:se )?{_SPANISH_THEN}) (?:ya |alguna vez |antes )?{_SPANISH_WHO}(?:ya )?"
    r"(?:(?:el tema|la cuestión) )?(?:del |de (?:la |los |las )?|sobre )?"
    r"|qué se (?:ha )?(?:dicho|dijo|recomendado|recomendó|decidido|decidió) (?:ya )?"
    r"(?:sobre|acerca de|respecto de|en relación con) "
)
_BEGINS = re.compile(
    rf"(?:(?:has|have|had|did|when did|when has|where has|does|do) {_WHO} {_WHEN}{_SAID}"
    r"|(?:has|have|was|were|is) there (?:ever )?(?:been )?(?:an? |any )?(?:\w+ )?"
    r"(?:item|paper|discussion|debate|recommendation)s? (?:on|about|of)"
    r"|what (?:was|has been) (?:said|recommended|decided) (?:about|on|regarding)"
    rf")\s+|^(?:{_FRENCH}|{_SPANISH})\s*",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    rf"(?:has|have|was|were|is|are|did)\s+(?P<topic>.+?)\s+{_WHEN}(?:been )?{_WHEN}"
    rf"(?:{_SAID}|(?:been )?on (?:the|an|any) agenda|come up|came up|(?:an? )?(?:agenda )?item)"
    rf"(?: (?:before|already|ever|by {_WHO}|(?:at|in) (?:a|any|an earlier|the) \w+))*",
    re.IGNORECASE,
)
_BEEN = r"(?:fue|fueron|ha sido|han sido|se ha|se han)"
_SPANISH_DONE = r"(?:tratad|examinad|abordad|discutid|debatid|considerad|estudiad|mencionad)[oa]s?"
# `La mendicité a-t-elle déjà été traitée ?`, `La mendicidad ya fue tratada`.
_PASSIVES = (
    _PASSIVE,
    re.compile(
        r"(?:est-ce que )?(?P<topic>.+?) (?:a-t-(?:il|elle)|ont-(?:ils|elles)|a|ont) "
        rf"{_FRENCH_WHEN}(?:été ){_FRENCH_WHEN}{_FRENCH_SAID}(?: (?:déjà|auparavant|avant))?",
        re.IGNORECASE,
    ),
    *(
        re.compile(form, re.IGNORECASE)
        for form in (
            rf"{_BEEN} (?:ya )?{_SPANISH_DONE}(?: ya)? (?P<topic>.+)",
            rf"{_BEEN} (?P<topic>.+?) {_SPANISH_DONE}",
            rf"(?P<topic>.+?) (?:ya )?{_BEEN} (?:ya )?{_SPANISH_DONE}(?: (?:ya|antes|alguna vez))?",
        )
    ),
)
_ENDS = re.compile(
    rf"[\s,]+(?:before|already|ever|so far|until now|yet|by {_WHO}|at (?:any|an earlier|previous) "
    r"sessions?|in the past|avant|auparavant|déjà|antes|ya)$",
    re.IGNORECASE,
)
_MARKS = "?¿.! ,"


def topic_of(text: str) -> str:
    """
    The topic without the words that ask whether it was addressed.

    Args:
        text: As typed: a topic, or a question about it.

    Returns:
        The text itself where nothing is to be taken off, or nothing would be left.
    """
    bare = " ".join(text.split())
    asked = bare.strip(_MARKS)
    begun = _BEGINS.sub("", asked, count=1)
    passive = next((found for each in _PASSIVES if (found := each.fullmatch(asked))), None)
    rest = passive["topic"] if passive and begun == asked else begun
    if rest == asked:
        return bare
    while rest != (shorter := _ENDS.sub("", rest).rstrip(_MARKS)):
        rest = shorter
    return rest if re.search(r"\w{2}", rest) else bare

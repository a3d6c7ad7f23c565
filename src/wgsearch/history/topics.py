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
_BEGINS = re.compile(
    rf"(?:(?:has|have|had|did|when did|when has|where has|does|do) {_WHO} {_WHEN}{_SAID}"
    r"|(?:has|have|was|were|is) there (?:ever )?(?:been )?(?:an? |any )?(?:\w+ )?"
    r"(?:item|paper|discussion|debate|recommendation)s? (?:on|about|of)"
    r"|what (?:was|has been) (?:said|recommended|decided) (?:about|on|regarding)"
    r"|(?:a-t-on|le groupe de travail a-t-il|avons-nous) (?:déjà )?"
    r"(?:examiné|abordé|traité|parlé de|discuté(?: de)?|étudié)(?: la question)?"
    r"(?: de(?: la| l’|s)?| du)?"
    r"|¿?(?:ha|han|se ha|hemos) (?:el grupo de trabajo )?(?:ya )?"
    r"(?:tratado|examinado|abordado|discutido|hablado (?:ya )?de|debatido)"
    r"(?: (?:ya|el tema|la cuestión)(?: de)?)?)\s+",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    rf"(?:has|have|was|were|is|are|did)\s+(?P<topic>.+?)\s+{_WHEN}(?:been )?{_WHEN}"
    rf"(?:{_SAID}|(?:been )?on (?:the|an|any) agenda|come up|came up|(?:an? )?(?:agenda )?item)"
    rf"(?: (?:before|already|ever|by {_WHO}|(?:at|in) (?:a|any|an earlier|the) \w+))*",
    re.IGNORECASE,
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
    passive = _PASSIVE.fullmatch(asked)
    rest = passive["topic"] if passive else _BEGINS.sub("", asked, count=1)
    if rest == asked:
        return bare
    while rest != (shorter := _ENDS.sub("", rest).rstrip(_MARKS)):
        rest = shorter
    return rest if re.search(r"\w{2}", rest) else bare

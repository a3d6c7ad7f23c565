"""
verb of a recommendation -> how strongly it is worded.

Why a list: drafters choose these verbs with care, and a reader of lineages asks for nothing
but the step from one to the next. Source: the verbs of operative paragraphs in the United
Nations Editorial Manual, and what drafters of conventions call duties to do, to try and to
consider.
"""

from __future__ import annotations

import re

from wgsearch.register.records import Strength

# By what is found first; English, French and Spanish, as papers are read.
_VERBS = (
    (
        Strength.MAY_WISH,
        r"may(?: also)? wish|pourrai(?:en)?t|voudr(?:ont|a) peut-être|tal vez|quizás|podrían?",
    ),
    (
        Strength.ENCOURAGED,
        r"encourag|invit|alienta|appeals?\b",
    ),
    (
        Strength.SHALL,
        (
            r"shall|must|requests?|requested|urges?|urged|demands?|instructs?"
            r"|pri(?:e|é|ée|és|ées)\b|exhorte\b|insta\b|pide|solicita"
        ),
    ),
    (
        Strength.SHOULD,
        (
            r"should|ought|calls? (?:up)?on|called upon|recommend|recommand|recomienda|advised"
            r"|exhorts?|exhorta|devrai(?:en)?t|engage|demande|deberían?"
        ),
    ),
)
_LISTED = tuple((strength, re.compile(rf"\b(?:re)?(?:{words})")) for strength, words in _VERBS)
# What follows the verb makes it a duty to think or to try, not to do.
_CONSIDER = re.compile(
    r"(?:to |that (?:they|it) |de |d’|à |a |que )?"
    r"(?:[^.;:\n]{0,80},\s+|(?:also|further|carefully|seriously|actively|jointly)\s+){0,2}"
    r"(?:consider\b|give (?:\w+ )?consideration|explore\b|reflect (?:up)?on"
    r"|(?:examine|study|assess|discuss) the (?:possibility|feasibility|desirability|need)"
    r"|endeavou?r\b|strive\b|seek to\b|try to\b"
    r"|envisager?\b|examiner la possibilité|étudier la possibilité|s’efforcer|réfléchir"
    r"|considerar\b|estudiar la posibilidad|examinar la posibilidad|procurar\b|esforzarse)"
)


def strength_of(verb: str, after: str) -> Strength:
    """
    How strongly a recommendation is worded.

    Args:
        verb: Its verb as printed.
        after: What follows the verb, as printed.

    Returns:
        `should consider` for a duty to consider or to try, whatever its auxiliary; for a verb
        that is not in the list, `should`.
    """
    words = " ".join(verb.casefold().split())
    found = next(
        (strength for strength, listed in _LISTED if listed.search(words)), Strength.SHOULD
    )
    if found >= Strength.SHOULD and _CONSIDER.match(after.lstrip()):
        return Strength.SHOULD_CONSIDER
    return found

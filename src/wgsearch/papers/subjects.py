"""
the words after `recommends that` -> who is asked: the subject of the clause, without its verb.

Why a grammar of its own: after `that` the verb stands in its base form (`that States parties
train judges`), and nothing in it tells where the subject ends. So the subject is read, not the
verb: names in capitals, classes of addressee, and what is joined to them.
"""

from __future__ import annotations

import re

_PARTY = r"(?: (?:[Pp]art(?:y|ies|es?)|[Mm]embres|[Mm]iembros)\b)?"
_DETERMINER = (
    r"(?:(?:[Aa]ll|[Tt]he|[Ee]ach|[Ee]very|[Bb]oth|[Aa]ny|[Oo]ther|[Ii]ts|[Tt]hose|[Tt]ous les"
    r"|[Tt]outes les|[Ll]es?|[Ll]a|[Cc]haque|[Tt]odos los|[Tt]odas las|[Ll][oa]s|[Ee]l|[Cc]ada) "
    r"|[Ll]’)*"
)
# Small words within a name: `the Conference of the Parties to the Convention`.
_WITHIN = r"(?: (?:of|to|the|on|and|for|against|in|de|des|du|la|le|les|los|las|el|del|y|et|sur))*"
_CAPITAL = r"[A-ZÀ-Þ][\wÀ-ÿ’-]*"
_NAME = rf"{_CAPITAL}{_PARTY}(?:{_WITHIN} {_CAPITAL}{_PARTY})*"
# Who is asked without a name.
_CLASS = (
    r"(?:(?!(?:in|with|by|on|for|at|to|as|through|under|of|from|dans|avec|par|en|con|por)\b)"
    r"[a-zà-ÿ-]+ ){0,3}?(?:[Ss]tates?|[Gg]overnments?|countries|organi[sz]ations|stakeholders"
    r"|authorities|agencies|institutions|partners|companies|bodies|entities|donors|academia"
    r"|(?:civil |international )society|community|sector|media|organisations|autorités|entidades"
    r"|autoridades|organizaciones)\b"
)
_ONE = rf"(?:{_DETERMINER}(?:{_NAME}|{_CLASS}))"
_SUBJECT = re.compile(rf"{_ONE}(?:(?:,? (?:and|or|as well as|et|y) |, ){_ONE}(?![\w’]))*")
# What follows a subject that is no addressee: something is to be done by somebody.
_DONE_BY = re.compile(rf"\s(?:not )?be (?:[a-z]+ ){{1,6}}?by (?P<who>{_SUBJECT.pattern})")
# Base forms that end a subject without a name.
_BASE = re.compile(
    r"\s(?:not\s)?(?:be|have|consider|continue|adopt|take|ensure|provide|give|make|receive|include"
    r"|remain|should|soit|soient|sea|sean)\b"
)


def subject(clause: str) -> str | None:
    """
    Who is asked in a clause: a part of its words, from its beginning or after `by`.

    Args:
        clause: What follows `that`.

    Returns:
        None where no subject is told from its verb.
    """
    found = _SUBJECT.match(clause)
    if found and re.match(r"[\s,;:.\[]|$", clause[found.end() :]):
        return found[0]
    done = _DONE_BY.search(clause.partition(";")[0])
    if done:
        return done["who"]
    base = _BASE.search(clause.partition(";")[0])
    return clause[: base.start()] if base else None

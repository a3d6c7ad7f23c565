"""
a note -> works that it names without a symbol: books, toolkits, treaties, court cases.

Why by what they are called: such works are cited in a dozen ways, and only the words that say
what they are (a manual, a convention, one party against another) tell them from remarks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wgsearch.papers import symbols

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARTS = re.compile(
    r";\s+(?:and\s+)?|(?<=[a-z\d)])(?<! v)\.\s+(?=[A-Z“])|\s+and (?=(?:in )?[A-Z]\w+ v\.)",
    re.MULTILINE,
)
_LEADS = re.compile(
    r"(?:see(?: also| generally)?,?|cf\.|compare|e\.g\.,?|for (?:example|instance),?(?: see)?"
    r"|on [^;.]{3,80}?, see(?: also)?|adopted by|based on|and|the)\s+",
    re.IGNORECASE,
)
# What of the work is cited.
_TAIL = re.compile(
    r",\s(?:arts?|paras?|pp?|chaps?|sects?|annex(?:es)?|principles?|tables?|box|figs?|preamble"
    r"|general comment|in particular|with data|available|[Cc]ited)\b.*$|\s*\[Cited.*$"
    r"|,\s(?:[Aa]pplications?|[Aa]pp\.|[Cc]ase|[Jj]udgment)(?: [Nn]os?\.| of)?\s.*$"
    r"|,?\s*(?:available at )?https?://.*$",
    re.DOTALL,
)
_WORK = re.compile(
    r"\b(?:toolkits?|manual|handbook|guide(?:book|lines?)?|issue paper|model law|legislative guide"
    r"|global report|compendium|training (?:module|package)|indicators|principles|convention"
    r"|covenant|protocol|directive|framework decision|treaty|statute|declaration|study|survey"
    r"|working paper|policy brief|factsheet|strategy|action plan|code of conduct|database"
    r"|Sales No|ISBN|report)\b|\(\w[\w .,]*(?:19|20)\d\d\)|\bv\.\s",
    re.IGNORECASE,
)
_CASE = re.compile(r"\b[A-Z][\w’' ]+ v\. [A-Z]")
# A remark has a verb, a title hardly ever.
_SAYS = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|may|must|should|shall|can|will|would|requires?"
    r"|provides?|says?|states?|contains?|obliges?)\b(?! Parties)"
)
# Who issued a work, before its title.
_BODY = re.compile(
    r"\b(?:Office|Organi[sz]ation|Programme|Council|Fund|Commission(?:er)?|Agency|Institute|Bank"
    r"|Union|Foundation|Centre|Department|Ministry|Conference|Nations|Rapporteur)\b|^[A-Z]{2,}\b"
)
_NUMBERED = re.compile(r"\b(?:resolution|decision)\s\w*\d", re.IGNORECASE)
_LEAST_WORDS, _MOST_WORDS = 3, 45


def works(note: str) -> Iterator[str]:
    """
    Works that a note names without a symbol, each in words of the note.

    Args:
        note: Text of the note.
    """
    at = 0
    for match in (*_PARTS.finditer(note), None):
        part = note[at : match.start() if match else len(note)]
        at = match.end() if match else at
        if found := _work(part):
            yield found


def _work(part: str) -> str | None:
    """The work that a part of a note names; None where it names none."""
    named = part.strip()
    while lead := _LEADS.match(named):
        named = named[lead.end() :]
    named = _TAIL.sub("", named).rstrip(" .,;:")
    count = len(named.split())
    if (
        not (_LEAST_WORDS <= count <= _MOST_WORDS)
        or not named[:1].isupper()
        or not (_WORK.search(named) or _CASE.search(named))
        or _NUMBERED.search(named)
        or _SAYS.search(named)
        or named.count("(") != named.count(")")
        or any(True for _ in symbols.locate(named))
    ):
        return None
    return named


def key(work: str) -> str:
    """
    What a work is compared by: the words of its title.

    One note names the body that issued it in full, another by its abbreviation, a third not at
    all; what is in brackets, and what comes after the title, is told in other ways each time.
    """
    parts = re.sub(r"\([^)]*\)", " ", work).split(", ")
    while len(parts) > 1 and _BODY.search(parts[0]) and not _WORK.search(parts[0]):
        del parts[0]
    title = _bare(parts[0])
    return title if title.count(" ") + 1 >= _LEAST_WORDS else _bare(work)


def _bare(text: str) -> str:
    """Words in small letters, without signs."""
    return " ".join(re.findall(r"\w+", text.casefold()))

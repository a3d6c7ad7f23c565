"""
text -> citations: a symbol with the paragraphs that it points to.

Why beside symbols: people cite `SYMBOL, para. 4` in six languages, and the same
words typed into a search box should lead straight to the paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wgsearch.papers.symbols import locate, resolve

if TYPE_CHECKING:
    from collections.abc import Sequence

# The longest citations that people type have half of this many characters.
MAX_TYPED = 200

PARAGRAPHS = (
    r"(?:paragraphs?|paragraphes?|párrafos?|paras?\.?|párrs?\.?|parrs?\.?|pars?\.?|¶+"
    r"|пункты?|пп\.|п\.|الفقرات|الفقرة|第)"
)
RANGE = r"(\d{1,4}(?:\.\d{1,4})?)(?:\s?(?:-|–|—|to|and|à|a|et|y|и)\s?(\d{1,4}))?"
# One run of a list: `and` joins two of them, where a typed `paras. 3 and 5` is shown as one range.
_TO = r"(?:-|–|—|to|à|a|по)"
_RUN = rf"(\d{{1,4}}(?:\.\d{{1,4}})?)(?:\s?{_TO}\s?(\d{{1,4}}))?"
# `paras. 4, 7 and 12-14`: what goes on after the first one. A number before a word is none
# (`, 12 members`), and numbers of paragraphs ascend.
_MORE = rf"(\d{{1,4}})(?:\s?{_TO}\s?(\d{{1,4}}))?(?![\d/(])(?!\.\d)"
_JOINED = rf"\s?(?:,(?:\s?(?:and|et|y|и)\b)?|and|et|y|и|&|و|和)\s?{_MORE}"
_NEXT = re.compile(rf"{_JOINED}(?!\s?(?!(?:and|et|y|и)\b)[^\W\d])")
# After a word in the plural a small word may follow, and after `and` any: `paras. 3 and 5 of it`.
_NEXT_OF_MANY = re.compile(
    rf"{_JOINED}(?!\s?(?!(?:and|et|y|и|of|in|on|to|are|were|above|below|des|de|du|dans|del|en)\b)"
    rf"[^\W\d])|(?:\s?(?:and|et|y|и|&)\s|\s?(?:و|和)\s?){_MORE}"
)
_PLURAL = re.compile(
    r"paragraphs|paragraphes|párrafos|paras|párrs|parrs|pars?\b|¶¶|пункты|пп|الفقرات", re.IGNORECASE
)
_SUB = r"((?:\s?\([a-z0-9]{1,4}\))*)"
_AFTER = re.compile(
    r"(?:号文件)?(?:\s*[,:,])?\s*(?:(annex(?:e|o)?(?:\s[IVX]+)?),?\s*)?"
    rf"{PARAGRAPHS}\s?{RANGE}\s?段?{_SUB}",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"(?:号文件)?(?:\s*[,:,])?\s*(?:annex(?:e|o)?(?:\s[IVX]+)?,?\s*)?"
    rf"{PARAGRAPHS}\s?{_RUN}\s?段?{_SUB}",
    re.IGNORECASE,
)
# `paragraphs 3 and 5-7 of`: the same before a symbol.
LISTED_BEFORE = (
    rf"{PARAGRAPHS}\s?\d{{1,4}}(?:\.\d{{1,4}})?(?:\s?(?:,(?:\s?(?:and|et|y|и)\b)?|{_TO}|and|et|y|и|&)"
    r"\s?\d{1,4})*(?:\s?\([a-z0-9]{1,4}\))*"
)
_TYPED = re.compile(
    rf"(?P<piece>.*?\d\S*?)(?:(?:\s*[,:])?\s*(?:(?P<annex>annex(?:e|o)?(?:\s[IVX]+)?),?\s*)?"
    rf"(?:{PARAGRAPHS}|#p)\s?{RANGE}\s?段?{_SUB})?\s*",
    re.IGNORECASE,
)
_PIECE = re.compile(r"[\w.\-]+(?:[/ ][\w.\-()]+)+\**", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """
    A reference to a paper or to paragraphs of it.

    Attributes:
        symbol: Symbol of the paper, as printed.
        first: First paragraph; None when the whole paper is meant.
        last: Last paragraph; equal to `first` for a single one.
        sub: Sub-paragraph, for instance `b` or `b (ii)`; None without one.
        part: `body`, or the annex.
    """

    symbol: str
    first: str | None
    last: str | None
    sub: str | None
    part: str = "body"


def parse_citation(text: str) -> tuple[Citation, ...]:
    """All citations in a text, in order; a symbol without a paragraph cites its whole paper."""
    return tuple(_citation(found.text, _AFTER.match(text, found.end)) for found in locate(text))


def parse_after(text: str, end: int) -> tuple[tuple[str, str], ...]:
    """
    Runs of paragraphs that follow a symbol: `, paras. 4, 7 and 12-14`.

    Args:
        text: The text.
        end: Where the symbol ends.

    Returns:
        First and last number of each run, as printed; empty where no paragraph is cited.
    """
    match = _LISTED.match(text, end)
    if match is None:
        return ()
    runs = [(match[1], match[2] or match[1])]
    at = match.end()
    following = _NEXT_OF_MANY if _PLURAL.search(match[0]) else _NEXT
    while runs[-1][1].isdigit() and (more := following.match(text, at)):
        first, last = (more[1], more[2]) if more[1] else (more[3], more[4])
        if int(first) <= int(runs[-1][1]):
            break
        runs.append((first, last or first))
        at = more.end()
    return tuple(runs)


def parse_typed(text: str, known: Sequence[str]) -> tuple[Citation, ...]:
    """
    What a question means that is nothing but a symbol or a citation, in whole or in part.

    Args:
        text: The whole question, for instance `2021/3 para 5`.
        known: Symbols to choose from.

    Returns:
        One citation a paper that is meant; empty when the text is an ordinary question.
    """
    bare = text.strip()
    if len(bare) > MAX_TYPED:
        return ()
    bare = bare[1:-1] if bare[:1] + bare[-1:] in {"()", "[]"} else bare
    match = _TYPED.fullmatch(bare.rstrip("."))
    if not match or not _PIECE.fullmatch(match["piece"].strip()):
        return ()
    piece = match["piece"].strip()
    if "/" not in piece and not re.search(r"(?i)\b[a-z]+\.?\d", piece):
        return ()
    return tuple(
        Citation(
            symbol=symbol,
            first=match[3],
            last=match[4] or match[3],
            sub=_sub(match[5]),
            part=(match["annex"] or "body").strip(),
        )
        for symbol in resolve(piece, known)
    )


def _citation(symbol: str, after: re.Match[str] | None) -> Citation:
    """A citation from a symbol and what follows it."""
    if after is None:
        return Citation(symbol=symbol, first=None, last=None, sub=None)
    return Citation(
        symbol=symbol,
        first=after[2],
        last=after[3] or after[2],
        sub=_sub(after[4]),
        part=after[1] or "body",
    )


def _sub(text: str | None) -> str | None:
    """`(b) (ii)` as `b (ii)`, the form in which a single letter stands alone."""
    letters = re.findall(r"\(([a-z0-9]{1,4})\)", text or "", re.IGNORECASE)
    if not letters:
        return None
    return " ".join([letters[0], *(f"({each})" for each in letters[1:])])

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
# `paras. 4, 7 and 12-14`: what goes on after the first one. A number before a word is none
# (`, 12 members`), and numbers of paragraphs ascend.
_NEXT = re.compile(
    r"\s?(?:,|and|et|y|и|و|和)\s?(\d{1,4})(?:\s?(?:-|–|—)\s?(\d{1,4}))?"
    r"(?![\d./(])(?!\s?(?!(?:and|et|y|и)\b)[^\W\d])"
)
_SUB = r"((?:\s?\([a-z0-9]{1,4}\))*)"
_AFTER = re.compile(
    r"(?:号文件)?(?:\s*[,:,])?\s*(?:(annex(?:e|o)?(?:\s[IVX]+)?),?\s*)?"
    rf"{PARAGRAPHS}\s?{RANGE}\s?段?{_SUB}",
    re.IGNORECASE,
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
    match = _AFTER.match(text, end)
    if match is None:
        return ()
    runs = [(match[2], match[3] or match[2])]
    at = match.end()
    while (
        (more := _NEXT.match(text, at))
        and runs[-1][1].isdigit()
        and int(more[1]) > int(runs[-1][1])
    ):
        runs.append((more[1], more[2] or more[1]))
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

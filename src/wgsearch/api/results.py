"""
Hits -> what a page shows of them: words, place, why they matched, where else they stand.

Why functions and not template code: what is shown must stay verbatim and safe, and
that is tested here, without a browser.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from wgsearch.api.addresses import anchor, paper_url
from wgsearch.api.phrases import listed, spoken
from wgsearch.api.schemas import also_url
from wgsearch.api.words import ShownLine, lines
from wgsearch.excerpts import excerpt
from wgsearch.passages import citation
from wgsearch.phrases import said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.answers import AlsoIn, Hit, Mode, PaperScore

# Other places shown at once; the rest are a click away.
FEW = 3


class ShownAlso(NamedTuple):
    """
    Another place where the same is said.

    Attributes:
        citation: How it is cited.
        url: Where it is read.
        words: What is not the same there, in words; empty where nothing is.
    """

    citation: str
    url: str
    words: str


class Reason(NamedTuple):
    """One of the reasons why a passage matched: by what, and how well."""

    name: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownHit:
    """
    A result of the search page.

    Attributes:
        hit: What was found.
        citation: How it is cited.
        url: Where it is read.
        lines: Its whole text, or the best part of it.
        whole: Its whole text where `lines` is a part, else empty.
        cut_before: Words were left out before.
        cut_after: Words were left out after.
        best: A sentence of it is set off.
        why: Why it matched, in words.
        reasons: The same in full; empty for a place that was named.
        also: The first other places where the same is said.
        also_more: The rest of them.
        issued_under: The agenda item of its paper, None without one.
    """

    hit: Hit
    citation: str
    url: str
    lines: tuple[ShownLine, ...]
    whole: tuple[ShownLine, ...]
    cut_before: bool
    cut_after: bool
    best: bool
    why: str
    reasons: tuple[Reason, ...]
    also: tuple[ShownAlso, ...]
    also_more: tuple[ShownAlso, ...]
    issued_under: str | None


class ShownPaper(NamedTuple):
    """
    A paper of the results on a page.

    Attributes:
        symbol: Its symbol.
        language: Language of its text.
        title: Its title, or its symbol.
        url: Where it is read.
        ranks: Ranks of its passages on the page.
    """

    symbol: str
    language: str
    title: str
    url: str
    ranks: tuple[int, ...]


def shown_hit(hit: Hit, issued_under: str | None, mode: Mode = "hybrid") -> ShownHit:
    """
    A result as the search page shows it.

    Args:
        hit: What was found.
        issued_under: The agenda item of its paper, None without one.
        mode: Which legs took part.
    """
    passage = hit.passage
    text, spans = passage.text, hit.match.spans
    # A sentence that is all there is needs no setting off.
    alone = hit.best_sentence and text[slice(*hit.best_sentence)] == text.strip()
    best = None if alone else hit.best_sentence
    start, end = excerpt(text, spans, passage.lang or passage.language, best)
    part = (start, end) != (0, len(text))
    place = anchor(passage.paragraph, passage.part, passage.index)
    also = tuple(_also(each, hit) for each in hit.also_in)
    return ShownHit(
        hit=hit,
        citation=citation(passage),
        url=f"{paper_url(passage.symbol, passage.language)}#{place}",
        lines=lines(text, spans, start, end, best),
        whole=lines(text, spans, best=best) if part else (),
        cut_before=start > 0,
        cut_after=end < len(text),
        best=best is not None,
        why=_why(hit),
        reasons=_reasons(hit, mode),
        also=also[:FEW],
        also_more=also[FEW:],
        issued_under=issued_under,
    )


def shown_papers(papers: Sequence[PaperScore], first: int, last: int) -> tuple[ShownPaper, ...]:
    """Papers that have passages among the results from rank `first` to rank `last`."""
    found = (
        ShownPaper(
            symbol=each.symbol,
            language=each.language,
            title=each.title or each.symbol,
            url=paper_url(each.symbol, each.language),
            ranks=tuple(rank for rank in each.ranks if first <= rank <= last),
        )
        for each in papers
    )
    return tuple(each for each in found if each.ranks)


def _also(also: AlsoIn, hit: Hit) -> ShownAlso:
    """Another place, with what is not the same there."""
    if also.likeness is None or also.language != hit.passage.language:
        words: str = said("in {language}", language=spoken(also.language))
    else:
        words = "" if also.likeness == 1 else said("nearly the same words")
    return ShownAlso(citation=also.citation, url=also_url(also), words=words)


def _why(hit: Hit) -> str:
    """Why a passage matched."""
    match = hit.match
    legs = (
        (said("words"), match.lexical_rank),
        (said("meaning"), match.dense_rank),
        (said("word by word"), match.late_rank),
    )
    names = [name for name, rank in legs if rank]
    if not names:
        return said("the place you named")
    return listed(names)


def _reasons(hit: Hit, mode: Mode) -> tuple[Reason, ...]:
    """Why a passage matched, in full: its rank in each leg, and the words in common."""
    match = hit.match
    if match.lexical_rank is match.dense_rank is match.late_rank is None:
        return ()
    ranks = [
        (said("By words"), match.lexical_rank, mode != "dense"),
        (said("By meaning"), match.dense_rank, mode != "lexical"),
        (said("Word by word"), match.late_rank, match.late_rank is not None),
    ]
    found = [
        Reason(name, said("no. {rank}", rank=rank) if rank else said("not among the nearest"))
        for name, rank, took_part in ranks
        if took_part
    ]
    text = hit.passage.text
    words = dict.fromkeys(text[start:end].casefold() for start, end in match.spans)
    found.append(Reason(said("Words in common"), ", ".join(words) or said("none")))
    near = [
        f"{each.asked} → {text[each.start : each.end]}"
        for each in match.answering
        if each.asked.casefold() != text[each.start : each.end].casefold()
    ]
    if near:
        found.append(Reason(said("Words near in meaning"), ", ".join(near)))
    return tuple(found)

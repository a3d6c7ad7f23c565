"""
symbols of all papers -> families: what adds to, corrects, replaces or continues what.

Why from symbols alone: the Editorial Manual ties these papers to one another by their
endings (`Add.`, `Corr.`, `Rev.`, `Amend.`, stacked where they apply to one another), so
that the tie holds whether or not the other paper is there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from wgsearch.papers import symbols

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Relation = Literal["addendum", "corrigendum", "amendment", "part"]

_RELATIONS: dict[str, Relation] = {
    "add": "addendum",
    "corr": "corrigendum",
    "amend": "amendment",
}
# The World Health Organization sets a space where others set a slash: `A77/4 Add.1`.
_ENDING = re.compile(r"(?P<join>[/ ])(?P<name>Add|Corr|Rev|Amend)\.(?P<number>\d+)", re.IGNORECASE)
# Fascicles of one paper are issued as `(Part I)`, `(Sect. 16)` or `/Part A`, records as
# `(Resumption 1)`; a year in parentheses names a resolution and no part.
_PART = re.compile(
    r"(?:\s?\((?:Part|Sect\.|Resumption)\s?[IVXLC\d]+[A-Z]?\)|/Part\s[A-Z])$", re.IGNORECASE
)


class Tie(NamedTuple):
    """
    What one symbol says of its place in a family.

    Attributes:
        thing: The symbol without revisions at its end: papers equal in it replace one another.
        revision: Number of the revision, 0 for a first issue.
        relation: How it belongs to another paper; None for a paper of its own.
        target: Symbol of that paper; None for a paper of its own.
        number: Its number among those of its relation; None for a paper of its own or a part.
    """

    thing: str
    revision: int
    relation: Relation | None
    target: str | None
    number: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """
    What belongs to one paper. Papers are named as they are called by; each tuple by number.

    Attributes:
        relation: How the paper belongs to another one; None for a paper of its own.
        target: What it adds to, corrects, amends or is a part of, held or not; None likewise.
        superseded_by: The newest revision of it, None where there is none newer.
        supersedes: Older versions of it that are held, oldest first.
        addenda: Additions to any version of it: what a revision does not take in.
        corrigenda: Corrections of this very version: a revision takes in those before it.
        amendments: Amendments of any version of it.
        parts: Its parts, where it was issued in several; for a part, all parts of its paper.
        missing: Symbols that the numbers of those held show to exist, and that are not held.
    """

    relation: Relation | None = None
    target: str | None = None
    superseded_by: str | None = None
    supersedes: tuple[str, ...] = ()
    addenda: tuple[str, ...] = ()
    corrigenda: tuple[str, ...] = ()
    amendments: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


# A build asks for each symbol of the corpus several times.
@lru_cache(maxsize=1 << 16)
def tie(symbol: str) -> Tie:
    """
    What a symbol says of its place in a family.

    `X/Add.1/Rev.2` is revision 2 of `X/Add.1`, which adds to `X`; `X/Rev.1/Corr.1` corrects
    `X/Rev.1`. The last ending says what the paper is, those before it what that applies to.
    """
    thing = symbols.parse(symbol).text
    revision = 0
    while (ending := _last(thing)) and ending["name"].casefold() == "rev":
        revision = revision or int(ending["number"])
        thing = _without(thing, ending)
    if ending is not None:
        return Tie(
            thing=thing,
            revision=revision,
            relation=_RELATIONS[ending["name"].casefold()],
            target=_without(thing, ending),
            number=int(ending["number"]),
        )
    if part := _PART.search(thing):
        return Tie(thing, revision, "part", thing[: part.start()], None)
    return Tie(thing, revision, None, None, None)


def stars(own: Iterable[str], head: str) -> int:
    """
    Stars after a paper's own symbol: each marks a reissue for technical reasons.

    Args:
        own: Symbols of the paper.
        head: Text of its masthead; other symbols in it are not looked at.
    """
    mine = {symbols.key(each) for each in own}
    lines = symbols.join_split(head).splitlines()  # a star that begins a line opens a note
    found = [each for line in lines for each in symbols.locate(line)]
    return max((len(each.stars) for each in found if symbols.key(each.text) in mine), default=0)


def superseding(known: Iterable[str]) -> dict[str, str]:
    """
    Which symbols of a list are replaced, and by which.

    `X/Rev.2` replaces `X` and `X/Rev.1`, but no addition or correction of X.

    Args:
        known: Symbols.

    Returns:
        Newest revision by the key of the replaced symbol.
    """
    listed = sorted(set(known))
    newest: dict[str, str] = {}
    for each in listed:
        thing = symbols.key(tie(each).thing)
        if thing not in newest or tie(newest[thing]).revision < tie(each).revision:
            newest[thing] = each
    return {
        symbols.key(each): last
        for each in listed
        if tie(last := newest[symbols.key(tie(each).thing)]).revision > tie(each).revision
    }


def families(papers: Mapping[str, Sequence[str]]) -> dict[str, Family]:
    """
    The family of each paper.

    A joint paper belongs to the families of all its symbols.

    Args:
        papers: What each paper is called by, and its symbols. Language versions of one
            paper count once.

    Returns:
        By what the paper is called by.
    """
    register = _Register(papers)
    return {name: register.family(own) for name, own in papers.items()}


class _Register:
    """All symbols by what they belong to."""

    def __init__(self, papers: Mapping[str, Sequence[str]]) -> None:
        self.named = {symbols.key(own): name for name, each in papers.items() for own in each}
        known = sorted({own for each in papers.values() for own in each})
        self._replaced = superseding(known)
        self._versions: dict[str, list[str]] = defaultdict(list)
        self._children: dict[str, list[str]] = defaultdict(list)
        for own in known:
            where = tie(own)
            self._versions[symbols.key(where.thing)].append(own)
            if where.target is not None:
                self._children[symbols.key(where.target)].append(own)

    def family(self, own: Sequence[str]) -> Family:
        """The family of a paper with these symbols."""
        ties = [tie(each) for each in own]
        first = next((each for each in ties if each.relation), None)
        newer = (self._replaced.get(symbols.key(each)) for each in own)
        versions = [one for each in ties for one in self._versions[symbols.key(each.thing)]]
        revision = max((each.revision for each in ties), default=0)
        older = sorted(
            (each for each in versions if tie(each).revision < revision),
            key=lambda each: tie(each).revision,
        )
        here = self._belonging(own)
        anywhere = self._belonging([*(each.thing for each in ties), *versions])
        beside = self._belonging([each.target for each in ties if each.target])
        parts = [each for each in beside if tie(each).relation == "part"]
        # The gaps among papers that apply to one that is not held are named by each of them.
        orphans = [each for each in beside if not self._held(tie(each).target or each)]
        return Family(
            relation=first.relation if first else None,
            target=self._name(first.target) if first and first.target else None,
            superseded_by=next((self._name(each) for each in newer if each), None),
            supersedes=self._names(older),
            addenda=self._newest(anywhere, "addendum"),
            corrigenda=self._newest(here, "corrigendum"),
            amendments=self._newest(anywhere, "amendment"),
            parts=self._newest((*anywhere, *(parts if {*parts} - {*own} else ())), "part"),
            missing=self._missing(own, (*anywhere, *orphans), (*here, *orphans)),
        )

    def _belonging(self, targets: Iterable[str]) -> list[str]:
        """Symbols of papers that belong to any of some others, once each."""
        found = (child for each in targets for child in self._children[symbols.key(each)])
        return list(dict.fromkeys(found))

    def _missing(
        self, own: Sequence[str], anywhere: Sequence[str], here: Sequence[str]
    ) -> tuple[str, ...]:
        """What is not held: a target, and lower numbers than the highest of a relation."""
        ties = [tie(each) for each in own]
        # A paper issued in parts only has no whole to be missed.
        absent = [each.target for each in ties if each.target and each.relation != "part"]
        for relation, children in (
            ("addendum", anywhere),
            ("corrigendum", here),
            ("amendment", anywhere),
        ):
            highest: dict[str, Tie] = {}
            for child in map(tie, children):
                if child.relation == relation and child.target and child.number:
                    best = highest.setdefault(child.target, child)
                    if (best.number or 0) < child.number:
                        highest[child.target] = child
            absent += [
                _renumbered(last.thing, number)
                for last in highest.values()
                for number in range(1, last.number or 0)
            ]
        return tuple(dict.fromkeys(each for each in absent if not self._held(each)))

    def _held(self, symbol: str) -> bool:
        """The paper is there, or a revision that replaces it."""
        where = tie(symbol)
        versions = self._versions.get(symbols.key(where.thing), ())
        return any(tie(each).revision >= where.revision for each in versions)

    def _newest(self, children: Iterable[str], relation: Relation) -> tuple[str, ...]:
        """Newest versions of the papers of one relation, by number."""
        found = [each for each in children if tie(each).relation == relation]
        found.sort(key=lambda each: (tie(each).number or 0, each))
        return self._names(self._replaced.get(symbols.key(each), each) for each in found)

    def _names(self, found: Iterable[str]) -> tuple[str, ...]:
        """What papers are called by, once each."""
        return tuple(dict.fromkeys(self._name(each) for each in found))

    def _name(self, symbol: str) -> str:
        """What the paper of a symbol is called by; the symbol itself where none is held."""
        return self.named.get(symbols.key(symbol), symbol)


def _last(symbol: str) -> re.Match[str] | None:
    """The ending of a symbol, within its parenthesis where it stands there; None without one."""
    endings = list(_ENDING.finditer(symbol))
    if not endings:
        return None
    return endings[-1] if symbol[endings[-1].end() :] in {"", ")"} else None


def _without(symbol: str, ending: re.Match[str]) -> str:
    """The symbol without an ending."""
    return symbol[: ending.start()] + symbol[ending.end() :]


def _renumbered(symbol: str, number: int) -> str:
    """The symbol with another number in its last ending."""
    ending = _last(symbol)
    if ending is None:
        raise ValueError(f"{symbol!r} has no ending to number")
    return f"{symbol[: ending.start('number')]}{number}{symbol[ending.end('number') :]}"

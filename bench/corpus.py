"""
A number -> a folder with so many invented papers: what builds are timed with.

Why invented: such a corpus can be of any size, is the same on any machine, and may be shown.
Its papers are short texts of the series DEMO/COP/WG.4; no two say quite the same.

    python bench/corpus.py 1000 /tmp/papers
"""

from __future__ import annotations

import random
import sys
from datetime import date, timedelta
from pathlib import Path

SERIES = "DEMO/COP/WG.4"
# Numbered paragraphs of a paper, about: some have fewer, some more.
PARAGRAPHS = 12
_PER_YEAR = 60
_FIRST_YEAR = 2004

_WHO = (
    "Recruiters", "Labour inspectors", "Fishing crews", "Domestic workers", "Consular officers",
    "Trade unions", "Families left behind", "Seasonal harvesters", "Shipping agents",
    "Local councils", "Interpreters", "Young apprentices", "Brick kiln owners", "Money lenders",
    "Port authorities", "Survivors", "Employers of migrants", "Village committees",
)  # fmt: skip
_DOES = (
    "withhold", "register", "translate", "inspect", "pay for", "exchange", "report", "lose",
    "demand", "publish", "repay", "review", "hide", "collect", "verify", "replace", "share",
    "challenge",
)  # fmt: skip
_WHAT = (
    "passports", "contracts", "advances on wages", "recruitment fees", "complaints",
    "inspection reports", "housing conditions", "debts of relatives", "identity papers",
    "working hours", "medical certificates", "travel costs", "residence permits", "safe passage",
    "receipts", "telephone numbers of embassies", "training records", "guarantees by kin",
)  # fmt: skip
_WHERE = (
    "at the border", "in the harvest season", "before departure", "on board of trawlers",
    "in private households", "under bilateral agreements", "in the second year of the project",
    "without a written record", "along the northern corridor", "during the floods",
    "in three of the provinces", "through unlicensed agencies", "after the transfer of the depot",
    "in towns with a market", "for want of interpreters", "by order of the district court",
)  # fmt: skip
_ASIDE = (
    "The secretariat recalls that this was raised before",
    "No figures are available for the islands", "Two delegations asked for a longer period",
    "A pilot scheme is to be evaluated", "The costs are borne by the host community",
    "Practice differs from one coast to the other", "A model form is annexed to an earlier paper",
    "The working group may wish to consider a deadline", "Evidence rests on forty interviews",
)  # fmt: skip
_HEADINGS = (
    "Introduction", "Scope", "Findings", "Good practice", "Protection", "Remedies", "Costs",
    "Cooperation", "Matters for discussion",
)  # fmt: skip


def write_corpus(folder: Path, count: int, *, first: int = 0, paragraphs: int = PARAGRAPHS) -> None:
    """
    Write papers into a folder; paper i is the same whatever the count.

    Args:
        folder: Where to; made where it is missing.
        count: How many.
        first: Number of the first one.
        paragraphs: Numbered paragraphs of a paper, about.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(first, first + count):
        (folder / f"paper-{number:06d}.txt").write_text(paper(number, paragraphs), encoding="utf-8")


def paper(number: int, paragraphs: int = PARAGRAPHS) -> str:
    """One paper as text."""
    dice = random.Random(number)  # noqa: S311 - invented papers keep no secrets
    year, place = _FIRST_YEAR + number // _PER_YEAR, number % _PER_YEAR + 1
    issued = date(year, 1, 4) + timedelta(days=6 * place)
    title = f"{dice.choice(_WHO)} and {dice.choice(_WHAT)} {dice.choice(_WHERE)}"
    lines = [
        f"{SERIES}/{year}/{place}",
        f"{issued.day} {issued:%B} {issued.year}",
        "Original: English",
        "",
        title,
        "",
        "Background paper prepared by the secretariat",
        "",
    ]
    some = dice.randint(max(1, paragraphs * 3 // 4), paragraphs * 5 // 4)
    for each in range(1, some + 1):
        if each % 4 == 1:
            heading = _HEADINGS[each // 4 % len(_HEADINGS)]
            lines += [heading, ""]
        lines += [f"{each}. {_said(dice, number)}", ""]
    return "\n".join(lines)


def _said(dice: random.Random, number: int) -> str:
    """A paragraph of some sixty words; one in eight cites an earlier paper."""
    sentences = [
        f"{dice.choice(_WHO)} {dice.choice(_DOES)} {dice.choice(_WHAT)} {dice.choice(_WHERE)}, "
        f"and {dice.choice(_WHO).lower()} {dice.choice(_DOES)} {dice.choice(_WHAT)} "
        f"{dice.choice(_WHERE)} in {dice.randint(2, 98)} of {dice.randint(99, 400)} cases."
        for _ in range(dice.randint(2, 3))
    ]
    aside = dice.choice(_ASIDE)
    if number and dice.random() < 1 / 8:
        cited = dice.randrange(number)
        year, place = _FIRST_YEAR + cited // _PER_YEAR, cited % _PER_YEAR + 1
        aside += f" (see {SERIES}/{year}/{place}, para. {dice.randint(1, 9)})"
    return " ".join([*sentences, f"{aside}."])


if __name__ == "__main__":
    write_corpus(Path(sys.argv[2]), int(sys.argv[1]))

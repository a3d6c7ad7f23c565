"""
a ranking -> Verdict: do the papers answer this, touch on it, or not?

Why from nearness and names: the best passage's nearness, in deviations from what questions
come to that no paper answers, tells other subjects apart; a name or a figure that no passage
near the top has tells apart what is on the subject and still not there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from wgsearch.answers import Judging
from wgsearch.index.calibration import METHOD
from wgsearch.index.terms import terms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wgsearch.index.calibration import Calibration

Verdict = Literal["covered", "touched", "not_covered"]

# What a name that no passage has takes off, in deviations (docs/decisions/0016-verdict.md).
_MISSING_NAME = 1.5
# Passages looked at for names, best first.
NAMES_IN = 5
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_POSSESSIVE = re.compile(r"[’']s?$")


def nearness(
    calibration: Calibration,
    *,
    dense: float,
    late: float | None,
    question: str,
    passages: Iterable[str],
) -> float:
    """
    How far the best passage stands above what questions come to that no paper answers.

    Args:
        calibration: Of the generation.
        dense: Best cosine.
        late: Best score by late interaction; None where it takes no part.
        question: The question in the words that the encoder read, without operators and without
            what was misspelt; empty for a question that names a paper by its symbol.
        passages: Words of the best passages, with all that is known of their papers; looked at
            only where the question has names or figures.

    Returns:
        Deviations; a missing name or figure takes some off.
    """
    scales = [calibration.dense.of(dense)]
    if late is not None and calibration.late is not None:
        scales.append(calibration.late.of(late))
    missing = missing_names(question, passages)
    return sum(scales) / len(scales) - _MISSING_NAME * len(missing)


def judged(calibration: Calibration, near: float) -> Verdict:
    """The verdict for a nearness."""
    if near < calibration.not_covered_below:
        return "not_covered"
    return "covered" if near >= calibration.covered_from else "touched"


def judging(calibration: Calibration | None) -> Judging | None:
    """How verdicts are made; None where none are, as for a method of another version."""
    if calibration is None or calibration.method != METHOD:
        return None
    return Judging(
        method=calibration.method,
        probes=calibration.probes,
        not_covered_below=calibration.not_covered_below,
        covered_from=calibration.covered_from,
    )


def names_of(question: str) -> tuple[str, ...]:
    """
    Names and figures of a question, each once.

    A name is a word with one capital letter first that does not open a sentence: acronyms are
    written out in papers as often as not, and are left to the glossary.
    """
    words = list(_WORD.finditer(question))
    if sum(word[0][0].isupper() for word in words) > len(words) / 2:
        return ()  # typed in capitals, as a title is
    names = [
        word[0]
        for place, word in enumerate(words)
        if word[0].isdigit()
        or (
            place > 0
            and word[0][0].isupper()
            and word[0][1:].islower()
            and question[: word.start()].rstrip()[-1:] not in {".", "?", "!", ":"}
        )
    ]
    return tuple(dict.fromkeys(names))


def missing_names(question: str, passages: Iterable[str]) -> tuple[str, ...]:
    """Names and figures of a question that no passage has."""
    names = names_of(question)
    known = {term for passage in passages for term in terms(passage, "en")} if names else set()
    return tuple(name for name in names if known.isdisjoint(terms(_POSSESSIVE.sub("", name), "en")))

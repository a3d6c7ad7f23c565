"""Paragraphs that say again what another paper said are found, and told how."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from told import cluster_of, paragraphs_of

from wgsearch.compendium.repeats import repeats
from wgsearch.compendium.weighing import Weights

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wgsearch.compendium.gather import Paragraphs
    from wgsearch.compendium.records import Repeated
    from wgsearch.papers.paper import Paper

SERIES = "DEMO/COP/WG.4"
FEES = (
    "Recruitment fees that are charged to workers turn into debt before the first day of work, and"
    " the agency that lent the money keeps their passports until everything is paid."
)
NEARLY = FEES.replace("everything", "all of it")
AGAIN = (
    "Before their first day of work, fees charged for recruitment become debt of the workers, whose"
    " passports are kept by the agency that lent them money until they have paid."
)
OTHER = (
    "Shelters for men are few in most regions, although half of the persons who are identified as"
    " victims in fishing, farming and construction are men or boys."
)


def _papers(make_paper: Callable[..., Paper], *texts: str) -> Paragraphs:
    """A paper for each text, one a year, the latest first."""
    years = range(2022, 2022 + len(texts))
    papers = [
        make_paper(f"{SERIES}/{year}/2", [text], date=f"{year}-04-25")
        for year, text in zip(years, texts, strict=True)
    ]
    return paragraphs_of(papers[::-1])


def _near(paragraphs: Paragraphs) -> Paragraphs:
    """The same, all paragraphs as near in meaning as can be."""
    return replace(paragraphs, vectors=np.ones_like(paragraphs.vectors) / 8)


def _found(paragraphs: Paragraphs, rows: Sequence[int] | None = None) -> tuple[Repeated, ...]:
    weights = Weights(paragraphs.texts, [each.language for each in paragraphs.places])
    every = range(len(paragraphs.texts)) if rows is None else rows
    clusters = [cluster_of(paragraphs, [*every])] if every else []
    return repeats(paragraphs, weights, clusters)


def _told(found: Sequence[Repeated]) -> list[tuple[str, list[str]]]:
    """How, and the years, earliest paper first."""
    return [(each.kind, [(place.date or "")[:4] for place in each.places]) for each in found]


def test_the_same_words_are_verbatim(make_paper: Callable[..., Paper]) -> None:
    """A paragraph taken over whole is told as such, the earliest paper first."""
    assert _told(_found(_papers(make_paper, FEES, OTHER, FEES))) == [("verbatim", ["2022", "2024"])]


def test_a_few_other_words_are_near(make_paper: Callable[..., Paper]) -> None:
    """A word changed, and it is nearly the same; copies of either are in the same group."""
    assert _told(_found(_papers(make_paper, FEES, NEARLY))) == [("near", ["2022", "2023"])]
    found = _found(_papers(make_paper, FEES, NEARLY, NEARLY, FEES))
    assert _told(found) == [("near", ["2022", "2023", "2024", "2025"])]


def test_the_same_in_other_words_is_restated(make_paper: Callable[..., Paper]) -> None:
    """What is said again in another order of words is found within its topic."""
    paragraphs = _near(_papers(make_paper, FEES, AGAIN, OTHER))
    assert _told(_found(paragraphs)) == [("restated", ["2022", "2023"])]
    assert _found(paragraphs, []) == ()


def test_a_figure_or_a_not_makes_it_another_statement(make_paper: Callable[..., Paper]) -> None:
    """“may not” is no restatement of “may”, and 12 shelters are not 40."""
    other = AGAIN.replace("are kept", "are not kept")
    assert _found(_near(_papers(make_paper, FEES, other))) == ()


def test_a_paper_does_not_repeat_itself(make_paper: Callable[..., Paper]) -> None:
    """What one paper says twice is no repetition across papers; nor is it in another language."""
    assert _found(paragraphs_of([make_paper(texts=[FEES, FEES])])) == ()
    twice = [
        make_paper(f"{SERIES}/2022/{number}", [FEES], language=language)
        for number, language in ((2, "en"), (3, "fr"))
    ]
    assert _found(paragraphs_of(twice)) == ()


def test_short_formulas_and_announcements_are_left_out(make_paper: Callable[..., Paper]) -> None:
    """“The session was closed” stands in every report and tells nothing."""
    formula = "The Chair declared the session closed."
    announced = (
        "The present background paper was prepared by the Secretariat on the request of the Working"
        " Group in order to assist delegations in their discussion of debt bondage."
    )
    assert _found(_papers(make_paper, formula, formula, announced, announced)) == ()


def test_a_hundred_equal_papers_are_one_group_a_paragraph(make_paper: Callable[..., Paper]) -> None:
    """Whoever adds the same paper a hundred times is told so at once."""
    texts = [f"{FEES} This is what {word} said." for word in ("Ada", "Bea", "Cem", "Dan")]
    papers = [make_paper(f"{SERIES}/2022/{number}", texts) for number in range(100)]
    start = time.perf_counter()
    found = _found(paragraphs_of(papers))
    assert [(each.kind, len(each.places)) for each in found] == [("verbatim", 100)] * len(texts)
    # Compared one by one, they would take minutes.
    assert time.perf_counter() - start < 20


def test_of_many_the_most_repeated_stands_first(make_paper: Callable[..., Paper]) -> None:
    """The list begins with what most papers repeat."""
    found = _found(_papers(make_paper, FEES, OTHER, OTHER, FEES, OTHER))
    assert _told(found) == [
        ("verbatim", ["2023", "2024", "2026"]),
        ("verbatim", ["2022", "2025"]),
    ]


def test_a_sentence_taken_over_is_restated(make_paper: Callable[..., Paper]) -> None:
    """A paragraph that takes one long sentence over, and says more, says that again."""
    longer = f"Inspectors see few contracts. {FEES} Courts in three States have said so by now."
    found = _found(_papers(make_paper, f"{OTHER} {FEES}", OTHER, longer))
    assert _told(found) == [("restated", ["2022", "2023", "2024"])]

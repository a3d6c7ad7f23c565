"""A topic is summed up in sentences of its papers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from told import cluster_of, paragraphs_of

from wgsearch.compendium.saying import also_in
from wgsearch.compendium.summaries import MOST, summary
from wgsearch.compendium.weighing import Weights
from wgsearch.papers.paper import ParagraphKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wgsearch.compendium.gather import Paragraphs
    from wgsearch.compendium.records import Sentence
    from wgsearch.papers.paper import Paper

SERIES = "DEMO/COP/WG.4"

DEBT = {
    2022: [
        "Debt bondage is a status that arises when labour is pledged for a debt. It lasts long.",
        "Recruitment fees charged to workers turn into debt before the first day of work.",
        "However, the debt is often invented by the agency that lent the money.",
    ],
    2023: [
        "Creditors of migrant workers raise interest each month, so that the debt never ends.",
        "Recruitment fees charged to workers turn into debt before their first day of work.",
    ],
    2024: [
        "Courts may declare void a debt that was contracted in the course of recruitment.",
        "Labour inspectors can compare wages paid with sums that workers owe to creditors.",
    ],
}


def _papers(make_paper: Callable[..., Paper]) -> list[Paper]:
    return [
        make_paper(f"{SERIES}/{year}/2", texts, date=f"{year}-04-25")
        for year, texts in DEBT.items()
    ]


def _summary(paragraphs: Paragraphs, rows: Sequence[int] = ()) -> tuple[Sentence, ...]:
    weights = Weights(paragraphs.texts, ["en"] * len(paragraphs.texts))
    every = rows or range(len(paragraphs.texts))
    return summary(paragraphs, weights, cluster_of(paragraphs, [*every]))


def test_every_sentence_is_a_papers_own(make_paper: Callable[..., Paper]) -> None:
    """Each sentence stands, letter for letter, in the paragraph that is cited for it."""
    paragraphs = paragraphs_of(_papers(make_paper))
    texts = {
        each.citation: text for each, text in zip(paragraphs.places, paragraphs.texts, strict=True)
    }
    found = _summary(paragraphs)
    assert 3 <= len(found) <= MOST
    assert all(each.text in texts[each.place.citation] for each in found)


def test_several_papers_and_years_are_heard(make_paper: Callable[..., Paper]) -> None:
    """A summary does not take all its sentences from one paper, nor say one thing twice."""
    found = _summary(paragraphs_of(_papers(make_paper)))
    assert {each.place.symbol for each in found} == {f"{SERIES}/{year}/2" for year in DEBT}
    assert sum("Recruitment fees" in each.text for each in found) == 1


def test_recommendations_are_not_said_twice(make_paper: Callable[..., Paper]) -> None:
    """What is listed as recommended is not in the summary above, unless there is little else."""
    asked = "Courts should declare void a debt that was contracted in the course of recruitment."
    report = make_paper(f"{SERIES}/2025/5", [asked], date="2025-04-25")
    paragraphs = paragraphs_of([*_papers(make_paper), report])
    marked = replace(
        paragraphs,
        passages=tuple(
            replace(each, recommendation="should") if text == asked else each
            for each, text in zip(paragraphs.passages, paragraphs.texts, strict=True)
        ),
    )
    rows = range(len(marked.texts))
    assert asked not in {each.text for each in _summary(marked)}
    assert asked in {each.text for each in _summary(marked, [0, rows[-1]])}


def test_a_paragraph_far_from_the_topic_is_not_heard_on_something_else(
    make_paper: Callable[..., Paper],
) -> None:
    """A sentence without a word of the name, of the fifth that is farthest, sums up nothing."""
    stray = "Creditors and inspectors of courts compare workers at the first harbour of the coast."
    papers = [*_papers(make_paper), make_paper(f"{SERIES}/2026/2", [stray], date="2026-04-25")]
    paragraphs = paragraphs_of(papers)
    weights = Weights(paragraphs.texts, ["en"] * len(paragraphs.texts))
    last = [*range(len(paragraphs.texts))]
    first = [last[-1], *last[:-1]]
    alike = replace(paragraphs, vectors=np.ones_like(paragraphs.vectors) / 8)
    cluster = cluster_of(alike, last)
    heard = [
        {each.text for each in summary(alike, weights, replace(cluster, rows=tuple(rows)))}
        for rows in (last, first)
    ]
    assert [stray in each for each in heard] == [False, True]


def test_what_a_topic_is_comes_first_then_by_date(make_paper: Callable[..., Paper]) -> None:
    """The definition opens the summary; what follows is in the order in which it was said."""
    papers = _papers(make_paper)
    # The definition stands in the newest paper.
    papers = [papers[2], papers[1], replace(papers[0], date="2025-04-25")]
    paragraphs = paragraphs_of(papers)
    alike = replace(paragraphs, vectors=np.ones_like(paragraphs.vectors) / 8)
    found = _summary(alike)
    assert found[0].text.startswith("Debt bondage is a status")
    dates = [each.place.date or "" for each in found[1:]]
    assert dates == sorted(dates)


def test_rows_of_tables_are_no_sentences(make_paper: Callable[..., Paper]) -> None:
    """A cell of a table is never shown as a sentence."""
    paper = make_paper(texts=[text.partition(". It")[0] + "." for text in DEBT[2023]])
    rows = tuple(replace(each, kind=ParagraphKind.TABLE_ROW) for each in paper.paragraphs)
    shown = paragraphs_of([replace(paper, paragraphs=rows), _papers(make_paper)[2]])
    assert {each.place.symbol for each in _summary(shown)} == {f"{SERIES}/2024/2"}


def test_a_topic_is_summed_up_in_the_language_of_most(make_paper: Callable[..., Paper]) -> None:
    """A paper in another language does not put one sentence among those of the others."""
    french = make_paper(
        f"{SERIES}/2024/7",
        ["Les travailleurs endettés ne peuvent pas quitter leur employeur sans tout perdre."],
        language="fr",
    )
    paragraphs = paragraphs_of([*_papers(make_paper), french])
    assert {each.place.language for each in _summary(paragraphs)} == {"en"}
    only = [row for row, each in enumerate(paragraphs.places) if each.language == "fr"]
    assert [each.place.language for each in _summary(paragraphs, only)] == ["fr"]


def test_nothing_is_made_up_where_no_sentence_stands_alone(
    make_paper: Callable[..., Paper],
) -> None:
    """A topic of lists and headings has no summary, rather than a bad one."""
    paper = make_paper(
        texts=["Debt bondage:\n(a) Fees;\n(b) Loans;", "However, it ends there soon."]
    )
    assert _summary(paragraphs_of([paper])) == ()


def test_a_sentence_taken_over_is_shown_with_where_else(make_paper: Callable[..., Paper]) -> None:
    """The same sentence in a later paper, set with other signs, is named beside the first."""
    said = "Workers who “agreed” to a debt may not be held to it by any court."
    papers = [
        make_paper(f"{SERIES}/2022/2", [said, "Another paragraph of the same paper on fees."]),
        make_paper(f"{SERIES}/2023/2", [f"In 2022 it read: {said}"], date="2023-04-25"),
        make_paper(
            f"{SERIES}/2024/2", [said.replace("“", '"').replace("”", '"')], date="2024-04-25"
        ),
        make_paper(f"{SERIES}/2025/2", [said.replace("may not", "may")], date="2025-04-25"),
    ]
    paragraphs = paragraphs_of(papers)
    sentence = next(each for each in _summary(paragraphs, [0]) if each.text == said)
    (places,) = also_in(paragraphs, [sentence])
    assert [each.symbol for each in places] == [f"{SERIES}/2023/2", f"{SERIES}/2024/2"]

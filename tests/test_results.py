"""An answer shows each thing once, from as many papers as asked for, and is never short of hits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wgsearch.answers import Filters, Query
from wgsearch.index.build import PaperReader, build
from wgsearch.search import LocalEngine

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from wgsearch.answers import Answer
    from wgsearch.embedding import Encoder
    from wgsearch.papers.paper import Paper

SERIES = "DEMO/COP/WG.4"
SAME = "Debt bondage should be a crime of its own."


@pytest.fixture(scope="module")
def repeating(
    tmp_path_factory: pytest.TempPathFactory,
    encoder: Encoder,
    memory_reader: Callable[..., PaperReader],
    make_paper: Callable[..., Paper],
) -> LocalEngine:
    """Three papers that say the same, one of them in two languages, among twenty passages."""
    papers = [
        make_paper(f"{SERIES}/2022/2", [SAME, *(f"Debt {word} grows." for word in "abcdefgh")]),
        make_paper(f"{SERIES}/2022/2", ["La servidumbre por deudas."], language="es"),
        make_paper(f"{SERIES}/2023/2", ["A first paragraph.", SAME.upper()]),
        make_paper(f"{SERIES}/2024/2", [SAME, "Debt passes to children. Debt is seldom written."]),
    ]
    folder = tmp_path_factory.mktemp("repeating")
    build(folder / "corpus", folder / "index", encoder, reader=memory_reader(papers))
    return LocalEngine(folder / "index", encoder)


def _cited(answer: Answer) -> list[str]:
    return [f"{hit.passage.symbol} {hit.passage.paragraph}" for hit in answer.hits]


def test_what_is_said_thrice_is_one_hit(repeating: LocalEngine) -> None:
    """The hit names the other places, with their citations and how like they are."""
    english = Filters(languages=("en",))
    answer = repeating.search(
        Query(text="bondage a crime of its own", mode="lexical", filters=english)
    )
    (hit,) = [hit for hit in answer.hits if "crime" in hit.passage.text.casefold()]
    assert hit.rank == 1
    places = {hit.passage.symbol, *(each.symbol for each in hit.also_in)}
    assert places == {f"{SERIES}/2022/2", f"{SERIES}/2023/2", f"{SERIES}/2024/2"}
    assert [each.likeness for each in hit.also_in] == [1.0, 1.0]
    again = next(each for each in hit.also_in if each.symbol.endswith("2023/2"))
    assert again.citation == f"{SERIES}/2023/2, para. 2"
    assert (again.paragraph, again.part, again.index) == ("2", "body", 1)


def test_language_versions_are_one_hit(repeating: LocalEngine) -> None:
    """The paragraph in Spanish is named beside the English one."""
    answer = repeating.search(Query(text="bondage crime deudas", k=20))
    hits = [hit for hit in answer.hits if hit.passage.symbol == f"{SERIES}/2022/2"]
    first = next(hit for hit in hits if hit.passage.paragraph == "1")
    versions = [each for each in first.also_in if each.symbol == f"{SERIES}/2022/2"]
    assert [(each.paragraph, each.likeness) for each in versions] == [("1", None)]
    assert {first.passage.language, versions[0].language} == {"en", "es"}


def test_folding_can_be_left_out(repeating: LocalEngine) -> None:
    """Without folding every passage is a hit of its own."""
    answer = repeating.search(Query(text="bondage a crime of its own", mode="lexical", fold=False))
    assert [hit.also_in for hit in answer.hits] == [()] * len(answer.hits)
    assert sum("crime" in hit.passage.text.casefold() for hit in answer.hits) == 3


@pytest.mark.parametrize("k", [1, 3, 5, 9])
def test_folding_never_leaves_an_answer_short(repeating: LocalEngine, k: int) -> None:
    """Ranks run from 1 to k, and a longer answer begins with the shorter one."""
    every = repeating.search(Query(text="debt bondage crime", k=50))
    answer = repeating.search(Query(text="debt bondage crime", k=k))
    assert [hit.rank for hit in answer.hits] == [*range(1, k + 1)]
    assert _cited(answer) == _cited(every)[:k]


def test_more_rows_are_ranked_when_many_say_the_same(
    tmp_path: Path,
    encoder: Encoder,
    memory_reader: Callable[..., PaperReader],
    make_paper: Callable[..., Paper],
) -> None:
    """A paragraph in three hundred papers is one hit, and the others are found behind it."""
    papers = [make_paper(f"{SERIES}/2022/{number}", ["Debt debt."]) for number in range(300)]
    papers.append(make_paper(f"{SERIES}/2023/1", ["Debt of children.", "Debt of adults."]))
    build(tmp_path / "corpus", tmp_path / "index", encoder, reader=memory_reader(papers))
    answer = LocalEngine(tmp_path / "index", encoder).search(
        Query(text="debt", k=3, mode="lexical")
    )
    assert len(answer.hits) == 3
    assert len({hit.passage.text for hit in answer.hits}) == 3


def test_a_paper_gives_no_more_passages_than_asked_for(repeating: LocalEngine) -> None:
    """At most so many of a paper, in whichever language, in the order that they had."""
    every = _cited(repeating.search(Query(text="debt bondage crime", k=50)))
    for limit in (1, 2):
        found = _cited(repeating.search(Query(text="debt bondage crime", k=50, per_paper=limit)))
        taken: list[str] = []
        for each in every:
            if sum(other.split()[0] == each.split()[0] for other in taken) < limit:
                taken.append(each)
        assert found == taken
    with pytest.raises(ValueError, match="per_paper is 0"):
        repeating.search(Query(text="debt", per_paper=0))


def test_papers_are_scored_by_their_best_passage(repeating: LocalEngine) -> None:
    """Each paper of the answer once, best first, with the ranks of its passages."""
    answer = repeating.search(Query(text="debt bondage crime", k=6))
    assert [paper.best_rank for paper in answer.papers] == sorted(
        paper.best_rank for paper in answer.papers
    )
    assert sorted(rank for paper in answer.papers for rank in paper.ranks) == [1, 2, 3, 4, 5, 6]
    for paper in answer.papers:
        own = [answer.hits[rank - 1] for rank in paper.ranks]
        assert {hit.passage.symbol for hit in own} == {paper.symbol}
        assert paper.best_rank == paper.ranks[0]
        assert paper.score == own[0].score


def test_the_best_sentence_is_a_part_of_the_passage(repeating: LocalEngine) -> None:
    """It is the sentence with the rarest words asked for; none where no word is in common."""
    answer = repeating.search(Query(text="is debt written down", mode="lexical"))
    hit = next(hit for hit in answer.hits if hit.passage.text.startswith("Debt passes"))
    assert hit.best_sentence is not None
    start, end = hit.best_sentence
    assert hit.passage.text[start:end] == "Debt is seldom written."
    apart = repeating.search(Query(text="zebra", mode="dense"))
    assert [hit.best_sentence for hit in apart.hits] == [None] * len(apart.hits)


def test_a_citation_is_not_folded_or_limited(repeating: LocalEngine) -> None:
    """Who names a paragraph gets it and what follows it."""
    answer = repeating.search(Query(text=f"{SERIES}/2022/2, para. 1", per_paper=1))
    assert _cited(answer)[:3] == [f"{SERIES}/2022/2 {number}" for number in (1, 2, 3)]
    assert [paper.symbol for paper in answer.papers] == [f"{SERIES}/2022/2"]

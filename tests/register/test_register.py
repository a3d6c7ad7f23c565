"""Every recommendation once, in its own words, with filters that mean what they say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from wgsearch.answers import Filters
from wgsearch.errors import EmptyQuestionError, InvalidFilterError
from wgsearch.index.build import build
from wgsearch.papers.paper import PaperKind
from wgsearch.papers.recommendations import with_recommendations
from wgsearch.passages import MAX_WORDS
from wgsearch.register import Addressee, Strength, Wanted, recommended, register
from wgsearch.search import LocalEngine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from wgsearch.embedding import Encoder
    from wgsearch.index.build import PaperReader
    from wgsearch.papers.paper import Paper

SERIES = "DEMO/COP/WG.4"


@pytest.fixture
def engine_of(
    tmp_path: Path, encoder: Encoder, memory_reader: Callable[[Sequence[Paper]], PaperReader]
) -> Callable[..., LocalEngine]:
    """`engine_of(*papers)`: an engine over papers, read for what they recommend."""

    def make(*papers: Paper) -> LocalEngine:
        read = [
            replace(each, paragraphs=tuple(with_recommendations(each.paragraphs)))
            for each in papers
        ]
        build(tmp_path / "corpus", tmp_path / "index", encoder, reader=memory_reader(read))
        return LocalEngine(tmp_path / "index", encoder)

    return make


def test_every_recommendation_of_every_report(
    report_engine: LocalEngine, report_papers: tuple[Paper, ...]
) -> None:
    """All are there, newest report first, each verbatim with where it stands."""
    found = register(report_engine, Wanted()).found
    assert len(found) == 11
    assert [each.passage.date for each in found] == sorted(
        (each.passage.date for each in found), reverse=True
    )
    texts = {each.key: [p.text for p in each.paragraphs] for each in report_papers}
    for each in found:
        assert each.text in texts[each.passage.symbol]
        assert each.citation == f"{each.passage.symbol}, para. {each.passage.paragraph}"
    assert len({each.id for each in found}) == len(found)
    first = next(each for each in found if each.id == f"{SERIES}/2022/5:2")
    assert (first.addressee, first.addressed) == ("States parties", (Addressee.STATES,))
    assert (first.verb, first.strength) == ("may wish to", Strength.MAY_WISH)
    assert (first.topic, first.agreed) == ("Inspection", True)


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Wanted(addressees=(Addressee.SECRETARIAT,)), ["2022/5:4"]),
        (Wanted(addressees=(Addressee.SECRETARIAT, Addressee.UNODC)), ["2023/5:3", "2022/5:4"]),
        (Wanted(least=Strength.SHALL), ["2024/5:3"]),
        (Wanted(agreed=False), ["2024/5:3"]),
        (Wanted(agreed=True, least=Strength.SHALL), []),
        (Wanted(topics=("SHELT",)), ["2022/5:5", "2022/5:6"]),
        (
            Wanted(papers=Filters(year_from=2023, year_to=2023)),
            ["2023/5:1", "2023/5:2", "2023/5:3"],
        ),
        (
            Wanted(papers=Filters(symbols=(f"{SERIES}/2024/5",))),
            ["2024/5:1", "2024/5:2", "2024/5:3"],
        ),
        (Wanted(papers=Filters(kinds=("resolution",))), []),
    ],
)
def test_filters(report_engine: LocalEngine, wanted: Wanted, ids: list[str]) -> None:
    """Values within a filter are alternatives, filters add up."""
    found = register(report_engine, wanted).found
    assert [each.id.removeprefix(f"{SERIES}/") for each in found] == ids


def test_text_finds_by_relevance_within_filters(report_engine: LocalEngine) -> None:
    """What resembles the question comes first; what a filter leaves out takes no place."""
    found = register(report_engine, Wanted(text="interpreters trained")).found
    assert {each.id for each in found[:2]} == {f"{SERIES}/2022/5:6", f"{SERIES}/2024/5:2"}
    only = Wanted(text="interpreters trained", addressees=(Addressee.UNODC,))
    assert [each.id for each in register(report_engine, only).found] == [f"{SERIES}/2023/5:3"]


def test_bad_input_is_refused(report_engine: LocalEngine) -> None:
    """A text without words, and a filter that cannot be true, say so."""
    with pytest.raises(EmptyQuestionError, match="ask in words"):
        register(report_engine, Wanted(text="?!"))
    with pytest.raises(InvalidFilterError, match="is after"):
        register(report_engine, Wanted(papers=Filters(year_from=2025, year_to=2020)))


def test_one_record_a_work(
    engine_of: Callable[..., LocalEngine], make_paper: Callable[..., Paper]
) -> None:
    """Language versions and replaced editions are not counted again, in whatever language."""
    heading = "II. Recommendations"
    english = "States should train judges."
    french = "Les États devraient former les juges."
    report = PaperKind.REPORT
    engine = engine_of(
        make_paper("AB/1", [english], kind=report, heading=heading),
        make_paper("AB/1", [french], kind=report, heading=heading, language="fr"),
        make_paper("AB/2", [french], kind=report, heading=heading, language="fr"),
        make_paper("AB/2/Rev.1", [english], kind=report, heading=heading),
        make_paper("AB/3", [french], kind=report, heading=heading, language="fr"),
    )
    assert [each.id for each in recommended(engine, Filters())] == [
        "AB/1:1",
        "AB/2/Rev.1:1",
        "AB/3:1",
    ]
    assert [each.text for each in recommended(engine, Filters())] == [english, english, french]
    asked = recommended(engine, Filters(languages=("fr", "en")))
    assert [each.text for each in asked] == [french, english, french]
    named = recommended(engine, Filters(symbols=("AB/2",)))
    assert {each.id for each in named} == {"AB/2:1", "AB/2/Rev.1:1"}


def test_kinds_are_kept_apart(
    engine_of: Callable[..., LocalEngine], make_paper: Callable[..., Paper]
) -> None:
    """What a background paper proposes is no recommendation of the body, unless asked for."""
    heading = "II. Recommendations"
    engine = engine_of(
        make_paper("AB/1", ["States should train judges."], heading=heading),
        make_paper("AB/2", ["States should train."], kind=PaperKind.REPORT, heading=heading),
    )
    assert [each.id for each in recommended(engine, Filters())] == ["AB/2:1"]
    every = recommended(engine, Filters(kinds=tuple(map(str, PaperKind))))
    assert {each.id for each in every} == {"AB/1:1", "AB/2:1"}


def test_long_recommendation_is_one_and_whole(
    engine_of: Callable[..., LocalEngine], make_paper: Callable[..., Paper]
) -> None:
    """A list that is longer than a passage is one record with all of its words."""
    text = "States should:" + "".join(f"\n(a) {'Train judges well ' * 30};" for _ in range(5))
    assert len(text.split()) > 2 * MAX_WORDS
    engine = engine_of(
        make_paper("AB/1", [text], kind=PaperKind.REPORT, heading="II. Recommendations")
    )
    found = register(engine, Wanted()).found
    assert [each.text for each in found] == [text]
    asked = register(engine, Wanted(text="judges")).found
    assert [each.id for each in asked] == ["AB/1:1"]


def test_numbers_that_repeat_have_ids_of_their_own(
    engine_of: Callable[..., LocalEngine], make_paper: Callable[..., Paper]
) -> None:
    """Each can be followed, and none stands for another."""
    paper = make_paper(
        "AB/1 (2020)",
        ["States should train judges.", "States should train clerks."],
        kind=PaperKind.REPORT,
        heading="II. Recommendations",
    )
    twice = tuple(replace(each, number="1", part="annex I") for each in paper.paragraphs)
    engine = engine_of(replace(paper, paragraphs=twice))
    assert [each.id for each in recommended(engine, Filters())] == [
        "AB/1_(2020):annex_I:1",
        "AB/1_(2020):annex_I:1~2",
    ]

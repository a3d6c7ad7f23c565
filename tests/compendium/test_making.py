"""An edition is made whole, the same from the same papers, and changes where papers come."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from told import by_heading

from wgsearch.answers import Query
from wgsearch.compendium import serial
from wgsearch.compendium.edits import read_edits
from wgsearch.compendium.gather import gather
from wgsearch.compendium.looking import entries
from wgsearch.compendium.making import made
from wgsearch.compendium.themes import grouped
from wgsearch.embedding import open_encoder
from wgsearch.index.build import build
from wgsearch.index.reading import paper_reader
from wgsearch.papers.paper import PaperKind
from wgsearch.papers.recommendations import with_recommendations
from wgsearch.search import LocalEngine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wgsearch.compendium.edits import Edits
    from wgsearch.compendium.records import Compendium, Topic
    from wgsearch.embedding import Encoder
    from wgsearch.index.build import PaperReader
    from wgsearch.papers.paper import Paper

    Make = Callable[..., Compendium]

SERIES = "DEMO/COP/WG.4"
SAMPLE = Path(__file__).parents[2] / "corpus" / "papers"
FEES = [
    "Recruitment fees charged to workers turn into debt before the first day of work.",
    "Licensed agencies may charge the employer for tests, papers and transport of workers.",
    "Fees that are paid in cash leave no trace, and inspectors can seldom prove them later on.",
]
SHELTERS = [
    "Shelters for men are few, although half of the victims found in fishing are men.",
    "Staff of shelters should speak the languages of the persons who are placed in them.",
]
CONSENT = [
    "Consent of the victim is irrelevant where any of the means has been used by the accused.",
    "Courts ask about consent although no law of the region makes consent a defence at all.",
]


def _several(paper: Paper, sections: dict[str, list[str]], make: Callable[..., Paper]) -> Paper:
    """A paper with several headings, its paragraphs counted through."""
    placed = [(heading, text) for heading, texts in sections.items() for text in texts]
    whole = make(paper.symbol, [text for _, text in placed])
    paragraphs = [
        replace(each, heading_path=("II. Recommendations", heading))
        for each, (heading, _) in zip(whole.paragraphs, placed, strict=True)
    ]
    return replace(paper, paragraphs=tuple(with_recommendations(paragraphs)))


@pytest.fixture(scope="module")
def corpus(make_paper: Callable[..., Paper]) -> list[Paper]:
    """Papers of three sessions on three topics, a report, a version in French, an agenda."""
    report = make_paper(
        f"{SERIES}/2022/5",
        ["x"],
        kind=PaperKind.REPORT,
        title="Report on the first session",
        date="2022-07-14",
    )
    return [
        make_paper(f"{SERIES}/2022/2", FEES, title="Fees", heading="I. Fees", date="2022-04-25"),
        make_paper(
            f"{SERIES}/2022/2",
            [
                "Les frais de recrutement deviennent une dette avant le premier jour de travail.",
                "Les agences agréées peuvent facturer à l’employeur les examens et le transport.",
                "Les frais payés en espèces ne laissent pas de trace et se prouvent rarement.",
            ],
            title="Frais",
            heading="I. Fees",
            date="2022-04-25",
            language="fr",
        ),
        make_paper(
            f"{SERIES}/2022/3", SHELTERS, title="Shelters", heading="I. Shelters", date="2022-04-26"
        ),
        make_paper(
            f"{SERIES}/2023/2", CONSENT, title="Consent", heading="I. Consent", date="2023-04-25"
        ),
        make_paper(
            f"{SERIES}/2024/2", CONSENT[:1], title="Proof", heading="I. Consent", date="2024-04-25"
        ),
        make_paper(
            f"{SERIES}/2025/2", CONSENT[1:], title="Proof", heading="I. Consent", date="2025-04-25"
        ),
        _several(
            report,
            {"A. Fees": ["States parties should prohibit recruitment fees charged to workers."]},
            make_paper,
        ),
        make_paper(
            f"{SERIES}/2024/1",
            ["Item 2 is about recruitment fees and debt bondage.", "The session opens at 10 a.m."],
            title="Annotated provisional agenda",
            kind=PaperKind.AGENDA,
            date="2024-04-15",
        ),
    ]


@pytest.fixture(scope="module")
def make(
    tmp_path_factory: pytest.TempPathFactory,
    encoder: Encoder,
    memory_reader: Callable[[Sequence[Paper]], PaperReader],
) -> Make:
    """`make(papers, before=None, edits=None)`: an edition with a topic for each heading."""

    def make(
        papers: Sequence[Paper], before: Compendium | None = None, edits: Edits | None = None
    ) -> Compendium:
        folder: Path = tmp_path_factory.mktemp("made")
        build(folder / "corpus", folder / "index", encoder, reader=memory_reader(papers))
        engine = LocalEngine(folder / "index", encoder)
        paragraphs = gather(engine)
        themes = {"Fees": "Recruitment", "Shelters": "Victims", "Consent": "Victims"}
        found = by_heading(paragraphs, themes)
        return made(engine, paragraphs, found, before=before, edits=edits)

    return make


@pytest.fixture(scope="module")
def edition(corpus: list[Paper], make: Make) -> Compendium:
    """The first edition of these papers."""
    return make(corpus)


def _topics(edition: Compendium) -> dict[str, Topic]:
    return {each.topic.id: each.topic for each in entries(edition)}


def test_an_edition_tells_all_of_each_topic(edition: Compendium) -> None:
    """Years, languages, recommendations, repetitions: each with where it stands."""
    topics = _topics(edition)
    assert set(topics) == {"fees", "consent", "shelters"}
    assert edition.papers == 6
    assert edition.latest == "2025-04-25"
    assert topics["fees"].years == {2022: 4}
    assert topics["consent"].years == {2023: 2, 2024: 1, 2025: 1}
    assert topics["fees"].languages == {"fr": (f"{SERIES}/2022/2",)}
    assert [each.place.citation for each in topics["fees"].advice] == [f"{SERIES}/2022/5, para. 1"]
    assert topics["shelters"].advice == ()
    assert [(each.kind, len(each.places)) for each in edition.repeats] == [("verbatim", 2)] * 2
    assert edition.changes == ()


def test_every_sentence_is_found_in_its_paper(corpus: list[Paper], edition: Compendium) -> None:
    """Whatever is shown as a paper's words is in that paper, where it is said to be."""
    texts = {
        (paper.symbol, paper.language, at): each.text
        for paper in corpus
        for at, each in enumerate(paper.paragraphs)
    }
    for topic in _topics(edition).values():
        for each in (*topic.summary, *topic.advice):
            where = each.place
            assert each.text in texts[where.symbol, where.language, where.index]


def test_a_sentence_that_two_papers_have_names_both(edition: Compendium) -> None:
    """A summary says a thing once, and names the other papers that say it."""
    consent = _topics(edition)["consent"]
    assert sorted(each.text for each in consent.summary) == sorted(CONSENT)
    assert all(len(each.also_in) == 1 for each in consent.summary)


def test_what_is_missing_is_told_with_figures(edition: Compendium) -> None:
    """Topics left for years, topics without a recommendation, items without papers."""
    gaps = {(each.kind, each.subject): each.words for each in edition.gaps}
    assert gaps == {
        ("long not addressed", "fees"): (
            "Last addressed in 2022; no paragraph of the papers of 2023, 2024 and 2025 is mainly"
            " on it."
        ),
        ("long not addressed", "shelters"): (
            "Last addressed in 2022; no paragraph of the papers of 2023, 2024 and 2025 is mainly"
            " on it."
        ),
        ("no recommendation", "consent"): "4 paragraphs of 3 papers, and no recommendation.",
        ("no recommendation", "shelters"): "2 paragraphs of 1 paper, and no recommendation.",
        ("paper without recommendation", f"{SERIES}/2022/3"): (
            "1 report, resolution or decision came after it; none recommends anything on Shelters."
        ),
    }


def test_an_item_for_which_no_paper_is_held_is_told(corpus: list[Paper], make: Make) -> None:
    """What is on an agenda and has no paper is a gap; the papers that it lists are named."""
    rest = [each for each in corpus if each.symbol != f"{SERIES}/2022/2"]
    found = [each for each in make(rest).gaps if each.kind == "agenda topic without papers"]
    assert [each.subject for each in found] == ["Recruitment fees and debt bondage"]
    assert f"{SERIES}/2022/2 and {SERIES}/2024/9 not held" in found[0].words


def test_the_order_of_files_does_not_matter(
    corpus: list[Paper], edition: Compendium, make: Make
) -> None:
    """The same papers give the same bytes, in whatever order they are read."""
    assert serial.to_json(make(corpus[::-1])) == serial.to_json(edition)
    assert serial.to_json(make([*corpus[3:], *corpus[:3]])) == serial.to_json(edition)


def test_a_paper_changes_only_the_topics_it_touches(
    corpus: list[Paper], edition: Compendium, make: Make, make_paper: Callable[..., Paper]
) -> None:
    """What is said of other topics stays as it was; ids stay, and the change is told."""
    added = make_paper(
        f"{SERIES}/2026/2",
        ["Shelters that accept men have opened in two ports since the first session was held."],
        title="Ports",
        heading="I. Shelters",
        date="2026-04-25",
    )
    after = make([*corpus, added], edition)
    assert (edition.edition, after.edition) == (1, 2)
    assert [(each.kind, each.topic) for each in after.changes] == [("grew", "shelters")]
    assert after.changes[0].joined == (f"{SERIES}/2026/2, para. 1",)
    old, new = _topics(edition), _topics(after)
    assert list(old) == list(new)
    changed = {each for each in old if old[each] != new[each]}
    assert changed == {"shelters"}


def test_a_paper_on_something_new_is_a_new_topic(
    corpus: list[Paper], edition: Compendium, make: Make, make_paper: Callable[..., Paper]
) -> None:
    """A topic that nobody treated before is told as born, beside the others as they were."""
    texts = ["Organs are removed in clinics that no authority has licensed for any transplant."]
    added = make_paper(f"{SERIES}/2026/3", texts, heading="I. Organs", date="2026-04-26")
    after = make([*corpus, added], edition)
    assert [(each.kind, each.topic) for each in after.changes] == [("born", "organs")]
    old, new = _topics(edition), _topics(after)
    assert {each: new[each].summary for each in old} == {e: old[e].summary for e in old}


def test_recommendations_of_a_list_are_on_what_they_are_about(
    corpus: list[Paper], make: Make, make_paper: Callable[..., Paper]
) -> None:
    """A report that lists recommendations on many things under one heading hides none of them."""
    report = make_paper(
        f"{SERIES}/2023/5",
        ["x"],
        kind=PaperKind.REPORT,
        title="Report on the second session",
        date="2023-07-14",
    )
    listed = [
        "States parties should prohibit recruitment fees and debt before the first day of work.",
        "States parties should open shelters for men who are victims found in fishing.",
        "States parties should provide in law that consent of the victim is irrelevant.",
    ]
    edition = make([*corpus, _several(report, {"B. Common to all": listed}, make_paper)])
    topics = _topics(edition)
    found = {each.text: name for name, topic in topics.items() for each in topic.advice}
    assert [found[each] for each in listed] == ["fees", "shelters", "consent"]
    assert topics["common-to-all"].advice == ()
    without = {each.subject for each in edition.gaps if each.kind == "no recommendation"}
    assert without == {"common-to-all"}


def test_what_an_editor_decides_is_shown(
    corpus: list[Paper], edition: Compendium, make: Make
) -> None:
    """A name, a merger and what is hidden: in the edition, and told as changes."""
    text = b"[names]\nfees = 'Fees and debt'\n[merges]\nfees = ['shelters']\n"
    after = make(corpus, edition, read_edits(text))
    topics = _topics(after)
    assert set(topics) == {"fees", "consent"}
    assert (topics["fees"].name, topics["fees"].named_by) == ("Fees and debt", "editor")
    assert len(topics["fees"].places) == 6
    assert topics["fees"].advice
    assert {each.kind for each in after.changes} == {"merged", "renamed", "grew"}
    assert topics["consent"].summary == _topics(edition)["consent"].summary


def test_a_topic_is_told_anew_where_a_paper_says_otherwise(
    corpus: list[Paper], edition: Compendium, make: Make
) -> None:
    """A sentence that is no longer in its paper is not kept from the edition before."""
    paper = corpus[2]
    texts = [
        each.text.replace("Shelters for men", "Shelters for boys") for each in paper.paragraphs
    ]
    changed = replace(
        paper,
        digest="f" * 64,
        paragraphs=tuple(
            replace(each, text=text) for each, text in zip(paper.paragraphs, texts, strict=True)
        ),
    )
    after = make([changed if each is paper else each for each in corpus], edition)
    said = {each.text for each in _topics(after)["shelters"].summary}
    assert said
    assert all(any(each in text for text in texts) for each in said)


def test_one_paper_makes_an_edition(corpus: list[Paper], make: Make) -> None:
    """A single paper is a small compendium, not a failure."""
    edition = make(corpus[:1])
    assert list(_topics(edition)) == ["fees"]
    assert _topics(edition)["fees"].related == ()
    assert (edition.repeats, edition.gaps) == ((), ())


def test_no_paper_makes_an_empty_edition(corpus: list[Paper], make: Make) -> None:
    """With nothing but an agenda there is nothing to tell, and that is no failure."""
    edition = make(corpus[-1:])
    assert edition.themes == ()
    assert (edition.papers, edition.latest) == (0, None)
    # What was to be discussed is known all the same.
    assert [each.kind for each in edition.gaps] == ["agenda topic without papers"]


def test_a_hundred_equal_papers_say_one_thing(make: Make, make_paper: Callable[..., Paper]) -> None:
    """The same paper under a hundred symbols gives each sentence once, with where else it is."""
    papers = [
        make_paper(f"{SERIES}/2022/{number}", FEES, heading="I. Fees") for number in range(1, 101)
    ]
    edition = make(papers)
    summary = _topics(edition)["fees"].summary
    assert len({each.text for each in summary}) == len(summary) == len(FEES)
    assert {len(each.also_in) for each in summary} == {99}
    assert [len(each.places) for each in edition.repeats] == [100] * len(FEES)


def test_papers_in_three_languages_are_each_told(
    make: Make, make_paper: Callable[..., Paper]
) -> None:
    """A topic whose papers are in three languages names them, and is summed up in one."""
    said = {
        "en": "Recruitment fees charged to workers turn into debt before the first day of work.",
        "fr": "Les frais de recrutement deviennent une dette avant le premier jour de travail.",
        "es": "Las comisiones de contratación se convierten en deuda antes del primer día laboral.",
    }
    papers = [
        make_paper(f"{SERIES}/2022/{at}", [text], heading="I. Fees", language=language)
        for at, (language, text) in enumerate(said.items(), start=2)
    ]
    topic = _topics(make(papers))["fees"]
    assert dict(topic.languages) == {"es": (f"{SERIES}/2022/4",), "fr": (f"{SERIES}/2022/3",)}
    assert [each.text for each in topic.summary] == [said["en"]]


def _bare(topic: Topic) -> Topic:
    """A topic without what another paper adds from outside: that it is held, or says the same."""
    summary = tuple(replace(each, also_in=()) for each in topic.summary)
    return replace(topic, summary=summary, knowledge=())


def _found(engine: LocalEngine, before: Compendium | None = None) -> Compendium:
    """An edition whose topics are found, as users have it."""
    paragraphs = gather(engine)
    found = grouped(paragraphs, engine.encoded, before=before)
    return made(engine, paragraphs, found, before=before)


@pytest.fixture(scope="module")
def sample(sample_engine: LocalEngine) -> Compendium:
    """The compendium of the sample corpus."""
    return _found(sample_engine)


@pytest.mark.model
def test_the_sample_corpus_is_told_in_its_own_words(
    sample_engine: LocalEngine, sample: Compendium
) -> None:
    """Every sentence, question and recommendation of the compendium stands where it is cited."""
    topics = _topics(sample)
    assert sum(len(each.summary) for each in topics.values()) > 3 * len(topics)
    for topic in topics.values():
        assert len(topic.summary) <= 7
        for each in (*topic.summary, *topic.advice):
            where = each.place
            paper = sample_engine.paper(where.symbol, where.language)
            assert each.text in paper.paragraphs[where.index].text
        for each in topic.questions:
            where = each.place
            paragraph = sample_engine.paper(where.symbol, where.language).paragraphs[where.index]
            assert any(each.text in part for part in (paragraph.text, *paragraph.heading_path))


@pytest.mark.model
def test_each_citation_leads_to_its_paragraph(
    sample_engine: LocalEngine, sample: Compendium
) -> None:
    """Who looks a citation up gets the paragraph whose words are shown."""
    numbered = 0
    for topic in _topics(sample).values():
        for each in topic.summary:
            for where in (each.place, *each.also_in):
                if where.paragraph is None:
                    continue
                found = sample_engine.search(Query(text=where.citation, k=3)).hits
                numbered += 1
                first = found[0].passage
                assert (first.symbol, first.index) == (where.symbol, where.index), where.citation
    assert numbered > 100


@pytest.mark.model
def test_the_sample_corpus_gives_the_same_bytes_in_any_order(
    tmp_path: Path, sample: Compendium
) -> None:
    """Files that come in another order make the same compendium, byte for byte."""
    reader = paper_reader()
    backwards = replace(reader, scan=lambda root: tuple(reversed(reader.scan(root))))
    build(SAMPLE, tmp_path, open_encoder(), reader=backwards)
    again = _found(LocalEngine(tmp_path, open_encoder))
    assert serial.to_json(again) == serial.to_json(sample)


@pytest.mark.model
def test_a_paper_added_to_the_sample_leaves_the_rest_as_it_was(
    tmp_path: Path, sample_engine: LocalEngine
) -> None:
    """Topics that hold none of its paragraphs are told as they were, to the last word."""
    added = "DEMO_COP_WG.4_2026_2.en.pdf"
    for file in SAMPLE.iterdir():
        if file.is_file() and file.name != added:
            shutil.copy(file, tmp_path / file.name)
    build(tmp_path, tmp_path / "index", open_encoder())
    before = _found(LocalEngine(tmp_path / "index", open_encoder))
    after = _found(sample_engine, before)
    old, new = _topics(before), _topics(after)
    touched = {
        each
        for each, topic in new.items()
        if any(place.symbol == f"{SERIES}/2026/2" for place in topic.places)
    }
    assert {each.topic for each in after.changes if each.kind != "born"} <= touched
    for each in old.keys() - touched:
        assert _bare(new[each]) == _bare(old[each])
    assert len(old.keys() - touched) > len(old) / 2

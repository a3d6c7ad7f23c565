"""A topic is told with its sub-questions, its neighbours and what its paragraphs lean on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from told import cluster_of, paragraphs_of

from wgsearch.compendium.citing import Cited, cited_by
from wgsearch.compendium.knowledge import knowledge
from wgsearch.compendium.questions import Headings, questions
from wgsearch.compendium.relating import related
from wgsearch.compendium.works import key, works
from wgsearch.holdings import Holdings
from wgsearch.papers.paper import Footnote
from wgsearch.papers.references import references
from wgsearch.search import LocalEngine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from wgsearch.compendium.gather import Paragraphs
    from wgsearch.embedding import Encoder
    from wgsearch.index.build import PaperReader
    from wgsearch.papers.paper import Paper

SERIES = "DEMO/COP/WG.4"


def _asked(paragraphs: Paragraphs, rows: Sequence[int], name: str = "Debt") -> list[str]:
    cluster = cluster_of(paragraphs, rows, name)
    return [each.text for each in questions(paragraphs, Headings(paragraphs), cluster)]


def test_headings_are_sub_questions(make_paper: Callable[..., Paper]) -> None:
    """What its parts are called says what a topic treats; headings that any paper has do not."""
    papers = [
        make_paper(f"{SERIES}/2022/2", ["Fees become debt."], heading="I. Introduction"),
        make_paper(f"{SERIES}/2022/3", ["Agencies charge fees."], heading="II. Fees and loans"),
        make_paper(f"{SERIES}/2022/4", ["Courts void such debts."], heading="A. How debts end"),
        make_paper(f"{SERIES}/2022/5", ["Debts are inherited."], heading="III. Other matters"),
        make_paper(f"{SERIES}/2022/6", ["Debts are pledges."], heading="B. Debt"),
    ]
    assert _asked(paragraphs_of(papers), range(5)) == ["Fees and loans", "How debts end"]


def test_a_heading_that_is_mostly_of_another_topic_is_none_of_it(
    make_paper: Callable[..., Paper],
) -> None:
    """One paragraph of five under a heading does not make the heading a sub-question."""
    texts = [f"Paragraph {word} on shelters." for word in ("one", "two", "three", "four", "five")]
    paragraphs = paragraphs_of([make_paper(texts=texts, heading="I. Shelters for men")])
    assert _asked(paragraphs, [0]) == []
    assert _asked(paragraphs, [0, 1, 2]) == ["Shelters for men"]


def test_the_name_of_another_topic_is_no_sub_question(make_paper: Callable[..., Paper]) -> None:
    """A heading that another topic is called by stands with that topic alone."""
    paper = make_paper(
        f"{SERIES}/2022/2", ["Fees turn into debt.", "Loans do."], heading="Recruitment fees"
    )
    paragraphs = paragraphs_of([paper])
    cluster = cluster_of(paragraphs, [0, 1], "Debt")
    headings = Headings(paragraphs)
    assert [each.text for each in questions(paragraphs, headings, cluster)] == ["Recruitment fees"]
    assert questions(paragraphs, headings, cluster, ["Recruitment Fees"]) == ()


def test_questions_of_the_papers_are_sub_questions(make_paper: Callable[..., Paper]) -> None:
    """A question that can be understood alone is shown; one to somebody in a story is not."""
    asked = "Which fees may an agency charge to workers whom it sends abroad?"
    texts = [
        f"{asked} Few laws say so.",
        "The inspector asked: “Do you owe money to the agency that sent you?”",
        "Is this enough to be free of it?",
    ]
    paragraphs = paragraphs_of([make_paper(texts=texts, heading="I. Introduction")])
    assert _asked(paragraphs, range(3)) == [asked]


def _three(make_paper: Callable[..., Paper]) -> Paragraphs:
    """Two topics near in meaning, of two papers; a third, far off, of the first paper."""
    papers = [
        make_paper(f"{SERIES}/2022/2", ["Fees turn into debt.", "Organs are removed."]),
        make_paper(f"{SERIES}/2022/3", ["Loans turn into bondage."]),
        make_paper(f"{SERIES}/2022/4", ["Judges hear children."]),
    ]
    return paragraphs_of(papers, [(1, 0, 0), (0, 1, 0), (0.98, 0.2, 0), (0, 0, 1)])


def _related(
    paragraphs: Paragraphs, cited: dict[int, list[Cited]]
) -> dict[str, list[tuple[str, str]]]:
    clusters = [cluster_of(paragraphs, [row], key=f"t{row}") for row in range(4)]
    found = related(paragraphs, clusters, cited)
    return {
        cluster.key: [(each.topic, each.why) for each in some]
        for cluster, some in zip(clusters, found, strict=True)
    }


def test_related_topics_say_why(make_paper: Callable[..., Paper]) -> None:
    """Near in meaning, of the same papers, or citing one another: each with its reason."""
    paragraphs = _three(make_paper)
    cited = {3: [Cited(f"{SERIES}/2022/3", (2,))] * 3, 2: [Cited(f"{SERIES}/2022/4", (3,))]}
    found = _related(paragraphs, cited)
    assert ("t2", "near in meaning") in found["t0"]
    assert ("t1", "same papers") in found["t0"]
    assert ("t2", "cite one another") in found["t3"]


def test_a_topic_alone_is_related_to_nothing(make_paper: Callable[..., Paper]) -> None:
    """One topic has no other, and topics without anything in common none either."""
    paragraphs = _three(make_paper)
    assert related(paragraphs, [cluster_of(paragraphs, [0])], {}) == ((),)
    assert _related(paragraphs, {})["t3"] == []


TOOLKIT = "United Nations Office on Drugs and Crime, Toolkit to Combat Trafficking (Vienna, 2008)"
TREATY = "Council of Europe Convention on Action against Trafficking in Human Beings (2005)"
ILO = "International Labour Office, ILO Indicators of Forced Labour (Geneva, 2012)"
WORKS = (
    (f"See {ILO}, p. 4.", [ILO]),
    (f"{TOOLKIT}, annex; and {TREATY}, art. 4.", [TOOLKIT, TREATY]),
    ("Rantsev v. Cyprus and Russia, Application No. 25965/04.", ["Rantsev v. Cyprus and Russia"]),
    ("This is explained in the manual that is used at present.", []),
    ("DEMO/COP/WG.4/2022/2, para. 4.", []),
    ("General Assembly resolution 55/25, annex II.", []),
)


@pytest.mark.parametrize(("note", "named"), WORKS)
def test_notes_name_works_without_symbols(note: str, named: list[str]) -> None:
    """Toolkits, treaties and cases are told in words of the note; remarks are no works."""
    found = list(works(note))
    assert found == named
    assert all(each in note for each in found)


def test_one_work_is_one_however_its_publisher_is_named() -> None:
    """“UNODC” and the Office in full issued the same report; another year is another report."""
    full = "United Nations Office on Drugs and Crime, Global Report on Trafficking in Persons 2024"
    short = "UNODC, Global Report on Trafficking in Persons 2024 (Vienna, December 2024)"
    assert key(full) == key(short) == key("Global Report on Trafficking in Persons 2024")
    assert key(full) != key(full.replace("2024", "2022"))
    # Without a title that tells, the publisher does.
    assert key("UNODC, Toolkit 2") != key("Council of Europe, Toolkit 2")


@pytest.fixture(scope="module")
def citing(
    tmp_path_factory: pytest.TempPathFactory,
    encoder: Encoder,
    make_paper: Callable[..., Paper],
    memory_reader: Callable[[Sequence[Paper]], PaperReader],
) -> tuple[LocalEngine, Paragraphs]:
    """An engine over a paper that leans on others, one of which is held, and its paragraphs."""
    from wgsearch.compendium.gather import gather  # noqa: PLC0415
    from wgsearch.index.build import build  # noqa: PLC0415

    paper = make_paper(
        f"{SERIES}/2023/2",
        [
            f"Fees were treated in {SERIES}/2022/2, paras. 1 and 2, and in A/55/383/Add.1.",
            f"Loans were treated in document {SERIES}/2022/2 as well.",
            "Debts end when courts say so in a judgment.",
        ],
        date="2023-04-25",
    )
    note = Footnote(
        mark="1", text="See ILO, Indicators of Forced Labour (Geneva, 2012).", page=1, paragraph=2
    )
    paragraphs = tuple(
        replace(each, footnotes=("1",) if at == note.paragraph else ())
        for at, each in enumerate(paper.paragraphs)
    )
    paper = replace(paper, paragraphs=paragraphs, footnotes=(note,))
    paper = replace(paper, references=references(paper.symbols, paragraphs, (note,)))
    held = make_paper(f"{SERIES}/2022/2", ["Fees turn into debt.", "So do loans."], title="Fees")
    folder: Path = tmp_path_factory.mktemp("citing")
    build(folder / "corpus", folder / "index", encoder, reader=memory_reader([paper, held]))
    engine = LocalEngine(folder / "index", encoder)
    return engine, gather(engine)


def test_what_paragraphs_lean_on_is_counted(citing: tuple[LocalEngine, Paragraphs]) -> None:
    """Papers and works with how many paragraphs point to each, held ones with their title."""
    engine, paragraphs = citing
    holdings = Holdings(engine)
    cited = cited_by(engine, paragraphs, holdings)
    rows = [row for row, each in enumerate(paragraphs.places) if each.symbol.endswith("2023/2")]
    found = knowledge(paragraphs, cluster_of(paragraphs, rows), cited, holdings)
    assert [(each.symbol, each.title, each.held, each.count) for each in found] == [
        (f"{SERIES}/2022/2", "Fees", True, 2),
        ("A/55/383/Add.1", None, False, 1),
        ("ILO, Indicators of Forced Labour (Geneva, 2012)", None, False, 1),
    ]
    assert [each.paragraph for each in found[0].places] == ["1", "2"]
    # The paragraphs cited are known one by one, so that topics are tied to one another.
    tied = {paragraphs.places[row].citation for each in cited[rows[0]] for row in each.rows}
    assert tied == {f"{SERIES}/2022/2, para. {number}" for number in (1, 2)}

"""How papers stand to one another: families, citations both ways, language versions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from wgsearch.agenda import Agenda, AgendaItem, ListedDocument
from wgsearch.index.build import build
from wgsearch.papers.editions import Place
from wgsearch.papers.paper import Reference
from wgsearch.search import Filters, LocalEngine

if TYPE_CHECKING:
    from collections.abc import Callable

    from wgsearch.embedding import Encoder
    from wgsearch.papers.paper import Paper

BASE = "DEMO/COP/WG.4/2022/3"


def _cites(symbol: str, paragraph: int | None = 0, **fields: str | None) -> Reference:
    values = {"note": None, "first": None, "last": None} | fields
    return Reference(symbol=symbol, paragraph=paragraph, **values)


@pytest.fixture(scope="module")
def engine(
    tmp_path_factory: pytest.TempPathFactory,
    encoder: Encoder,
    make_paper: Callable[..., Paper],
    memory_reader: Callable[..., object],
) -> LocalEngine:
    """A paper in two languages with an addendum and a revision, and papers that cite it."""
    papers = [
        replace(
            make_paper(BASE, ["Fees.", "Debt.", "Control."]),
            references=(
                _cites("AB/2000/1", 1, first="4", last="6"),
                _cites("DEMO/COP/WG.4/2021/2", 1, note="3"),
                _cites("AB/2000/1", None, note="*"),
            ),
        ),
        make_paper(BASE, ["Frais.", "Dette."], language="fr"),
        make_paper(f"{BASE}/Add.2", ["More fees."]),
        make_paper(f"{BASE}/Rev.1", ["All fees."], date="2022-06-01"),
        replace(
            make_paper("DEMO/COP/WG.4/2021/2", ["Before."], date="2021-01-01"),
            references=(_cites(BASE.lower(), 0, first="2", last="2"),),
        ),
        replace(
            make_paper("DEMO/COP/WG.4/2023/2", ["After."], date="2023-01-01"),
            references=(
                _cites(BASE),
                _cites(f"{BASE}/Rev.1"),
                _cites("AB/78/1"),
                _cites("CD/2024/2", note="1"),
            ),
        ),
        replace(
            make_paper("DEMO/COP/WG.4/2023/2", ["Après."], language="fr", date="2023-01-01"),
            references=(_cites(BASE),),
        ),
    ]
    joint = make_paper("AB/78/1-CD/2024/2", ["Both."], file="joint.pdf")
    papers.append(replace(joint, symbols=("AB/78/1", "CD/2024/2")))
    papers.append(make_paper("DEMO/COP/WG.4/2025/1/Rev.1/Corr.1", ["For fee read fees."]))
    folder = tmp_path_factory.mktemp("relations")
    build(folder / "corpus", folder / "index", encoder, reader=memory_reader(papers))
    return LocalEngine(folder / "index", encoder)


def test_a_family_names_what_is_held_and_what_is_not(engine: LocalEngine) -> None:
    """The revision and the addendum have entries; the first addendum is known to be missing."""
    found = engine.relations(BASE)
    assert found.family.superseded_by == f"{BASE}/Rev.1"
    assert found.family.addenda == (f"{BASE}/Add.2",)
    assert found.family.missing == (f"{BASE}/Add.1",)
    assert {*found.held} == {f"{BASE}/Rev.1", f"{BASE}/Add.2"}
    addendum = engine.relations(f"{BASE}/Add.2")
    assert (addendum.family.relation, addendum.family.target) == ("addendum", BASE)
    assert addendum.held[BASE].language == "en"


def test_cites_in_the_order_of_the_text(engine: LocalEngine) -> None:
    """Each paper once, with all places; one that is not held is named all the same."""
    cited = engine.relations(BASE, "en").cites
    assert [(each.symbol, each.entry is not None) for each in cited] == [
        ("AB/2000/1", False),
        ("DEMO/COP/WG.4/2021/2", True),
    ]
    assert [(p.number, p.note, p.first, p.last) for p in cited[0].places] == [
        ("2", None, "4", "6"),
        (None, "*", None, None),
    ]


def test_cited_by_newest_first_in_the_language_asked(engine: LocalEngine) -> None:
    """A citing paper in two languages counts once, in the language of the paper shown."""
    for language, citing in (("en", "en"), ("fr", "fr")):
        found = engine.relations(BASE, language).cited_by
        assert [each.symbol for each in found] == ["DEMO/COP/WG.4/2023/2", "DEMO/COP/WG.4/2021/2"]
        assert found[0].entry is not None
        assert found[0].entry.language == citing
    assert [(p.number, p.first) for p in found[1].places] == [("1", "2")]
    assert [each.symbol for each in engine.relations(f"{BASE}/Rev.1").cited_by] == [
        "DEMO/COP/WG.4/2023/2"
    ]


def test_a_joint_paper_cited_by_both_symbols_is_one(engine: LocalEngine) -> None:
    """Both places stand under what the paper is called by, and lead back."""
    joint = engine.relations("DEMO/COP/WG.4/2023/2", "en").cites[-1]
    assert (joint.symbol, len(joint.places)) == ("AB/78/1-CD/2024/2", 2)
    (back,) = engine.relations("AB/78/1").cited_by
    assert [place.note for place in back.places] == [None, "1"]


def test_language_versions_know_one_another(engine: LocalEngine) -> None:
    """The sister edition is named with the paragraphs that it has, and its warning is counted."""
    (french,) = engine.relations(BASE, "en").sisters
    assert french.entry.language == "fr"
    assert {*french.places} == {Place("body", "1"), Place("body", "2")}
    assert engine.state().warnings == {"editions_differ": 2}
    filtered = engine.papers(Filters(warnings=("editions_differ",)))
    assert {(each.symbol, each.language) for each in filtered} == {(BASE, "en"), (BASE, "fr")}


@pytest.mark.parametrize("symbol", ["AB/78/1", "cd/2024/2", "AB/78/1-CD/2024/2"])
def test_either_symbol_finds_a_joint_paper(engine: LocalEngine, symbol: str) -> None:
    """By each of its symbols, in any case, and by both together."""
    assert engine.entry(symbol).file == "joint.pdf"


@pytest.mark.parametrize(
    ("symbol", "held"),
    [
        (BASE, True),
        ("CD/2024/2", True),
        ("DEMO/COP/WG.4/2025/1/Rev.1/Corr.1", True),
        ("DEMO/COP/WG.4/2025/1/Corr.1", False),
        ("DEMO/COP/WG.4/2025/1", False),
    ],
)
def test_a_listed_paper_is_held_in_some_version_of_its_own(
    engine: LocalEngine, symbol: str, *, held: bool
) -> None:
    """A revision stands for the paper; the corrigendum of a revision stands for nothing else."""
    item = AgendaItem(
        number="1",
        title="Fees",
        sub_items=(),
        annotation=None,
        documents=(ListedDocument(symbol=symbol, title=None),),
    )
    agenda = Agenda(symbol=None, title=None, items=(item,), timetable=())
    assert engine.item(agenda, item, k=1, filters=Filters()).listed == (held,)

"""What went into the index comes out of it, and filters mean what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wgsearch.answers import Filters
from wgsearch.errors import IndexDamagedError
from wgsearch.index.analysis import analysed, lengths
from wgsearch.index.cards import card_of
from wgsearch.index.indexed import IndexedPaper
from wgsearch.index.shelf import Placed, Shelf, merge
from wgsearch.index.store import Store
from wgsearch.papers.paper import PaperKind
from wgsearch.papers.series import families
from wgsearch.passages import passages_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from wgsearch.agenda import Agenda
    from wgsearch.papers.paper import Paper


def write_store(path: Path, indexed: Sequence[IndexedPaper]) -> None:
    """Papers in the order given, by way of a shelf."""
    shelf = Shelf(path.with_name("shelf"))
    held = []
    for each in indexed:
        words = [analysed(passage) for passage in each.passages]
        keys = b"\0" * 32 * len(words)
        held.append(shelf.add(each, card_of(each, lengths(words)), keys, words))
    shelf.close()
    related = families({each.paper.key: each.paper.symbols for each in indexed})
    placed = [
        Placed(held=each, findings=(), family=related[each.card.entry.symbol]) for each in held
    ]
    merge(path, placed, left_out=())


@pytest.fixture
def store(tmp_path: Path, tiny_papers: tuple[Paper, ...], tiny_agenda: Agenda) -> Store:
    """The nine papers, stored in the order given."""
    indexed = [
        IndexedPaper(
            as_read=paper,
            agenda=tiny_agenda if paper.symbol == tiny_agenda.symbol else None,
            passages=passages_of(paper),
        )
        for paper in tiny_papers
    ]
    write_store(tmp_path / "store", indexed)
    return Store(tmp_path / "store")


def test_papers_come_back_whole(store: Store, tiny_papers: tuple[Paper, ...]) -> None:
    """A stored paper equals the one that was read."""
    assert tuple(store.paper(number) for number in range(len(tiny_papers))) == tiny_papers


def test_agenda_comes_back(store: Store, tiny_agenda: Agenda) -> None:
    """The agenda is stored with its paper, and other papers hold none."""
    assert store.agenda(0) == tiny_agenda
    assert store.agenda(1) is None


def test_passages_come_back_in_the_order_asked(
    store: Store, tiny_papers: tuple[Paper, ...]
) -> None:
    """A row is one passage, with the metadata of its own paper."""
    every = [passage for paper in tiny_papers for passage in passages_of(paper)]
    rows = list(reversed(range(store.rows)))
    assert store.passages(rows) == tuple(every[row] for row in rows)
    assert [store.entries[n].file for n in store.paper_of] == [each.file for each in every]
    assert list(store.rows_of(1)) == [2, 3, 4, 5]


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (Filters(), 9),
        (Filters(kinds=(PaperKind.REPORT, PaperKind.AGENDA)), 2),
        (Filters(bodies=("trafficking IN persons",)), 9),
        (Filters(bodies=("fisheries",)), 0),
        (Filters(symbols=("demo/cop/wg.4/2022/2",)), 1),
        (Filters(symbols=("DEMO/COP/WG.4/2022",)), 3),
        (Filters(symbols=("DEMO/COP/WG.4/202",)), 0),
        (Filters(symbols=("DEMO/COP/WG.4/2023/3",)), 2),
        (Filters(languages=("fr",)), 1),
        (Filters(year_from=2023), 5),
        (Filters(year_to=2022), 3),
        (Filters(not_symbols=("DEMO/COP/WG.4/2023/3",)), 8),
        (Filters(year_from=2024, languages=("en",), kinds=(PaperKind.BACKGROUND_PAPER,)), 1),
        (Filters(symbols=("'; DROP TABLE papers; --",)), 0),
    ],
)
def test_filters(store: Store, filters: Filters, count: int) -> None:
    """Values within a filter are alternatives, filters add up, a paper without date has no year."""
    assert int(store.select(filters).sum()) == count


def test_what_is_recommended_comes_back(tmp_path: Path, report_papers: tuple[Paper, ...]) -> None:
    """What a paragraph recommends is stored with it, and which paragraphs do is known at once."""
    indexed = [
        IndexedPaper(as_read=paper, agenda=None, passages=passages_of(paper))
        for paper in report_papers
    ]
    write_store(tmp_path / "store", indexed)
    store = Store(tmp_path / "store")
    every = [passage for each in indexed for passage in each.passages]
    assert store.passages(range(store.rows)) == tuple(every)
    assert store.recommending.tolist() == [each.recommendation is not None for each in every]
    assert store.select(Filters(recommendations=True)).tolist() == [True, True, True, False]


def test_replaced_papers_are_known(store: Store) -> None:
    """A paper whose revision is there in its language says so."""
    replaced = [store.entries[n] for n in store.replaced.nonzero()[0]]
    assert [(e.symbol, e.superseded_by) for e in replaced] == [
        ("DEMO/COP/WG.4/2023/3", "DEMO/COP/WG.4/2023/3/Rev.1")
    ]


def test_revision_in_another_language_replaces_nothing(
    tmp_path: Path, make_paper: Callable[..., Paper]
) -> None:
    """A French reader keeps the French text while only the English one was revised."""
    papers = [make_paper("AB/1", language="fr"), make_paper("AB/1/Rev.1", language="en")]
    write_store(
        tmp_path / "store",
        [IndexedPaper(as_read=p, agenda=None, passages=passages_of(p)) for p in papers],
    )
    store = Store(tmp_path / "store")
    assert store.entries[0].superseded_by == "AB/1/Rev.1"
    assert not store.replaced.any()


def test_no_store_is_refused(tmp_path: Path) -> None:
    """A file that is no store is an error of ours, with what to do."""
    (tmp_path / "store").write_bytes(b"nothing of the kind" * 100)
    with pytest.raises(IndexDamagedError, match="wgsearch build --full"):
        Store(tmp_path / "store")


def test_what_rows_say_is_what_their_passages_say(store: Store) -> None:
    """The short form of a row agrees with its passage, in the order asked for."""
    rows = [5, 0, store.rows - 1]
    assert [tuple(each) for each in store.said(rows)] == [
        (each.symbol, each.language, each.part, each.paragraph, each.text)
        for each in store.passages(rows)
    ]

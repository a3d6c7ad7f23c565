"""The edition kept beside an index: made once, with what was given, and left alone by mistakes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wgsearch.compendium import editions
from wgsearch.compendium.looking import entries
from wgsearch.compendium.means import files_for, is_held
from wgsearch.compendium.renewing import renewed
from wgsearch.errors import CorpusMissingError, EditsUnreadableError, TaxonomyUnreadableError
from wgsearch.index.build import build
from wgsearch.papers.paper import PaperKind
from wgsearch.search import LocalEngine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from wgsearch.embedding import Encoder
    from wgsearch.index.build import PaperReader
    from wgsearch.papers.paper import Paper

    Engined = Callable[[Sequence[Paper]], LocalEngine]

SERIES = "DEMO/COP/WG.4"
FEES = ("Recruitment fees turn into debt.", "Fees are charged by agencies.", "Debt keeps workers.")
ORGANS = ("Organs are removed in clinics.", "Surgeons remove organs.", "Clinics need a licence.")


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """An index folder."""
    return tmp_path / "index"


@pytest.fixture
def engined(
    index: Path,
    tmp_path: Path,
    encoder: Encoder,
    memory_reader: Callable[[Sequence[Paper]], PaperReader],
) -> Engined:
    """`engined(papers)`: an engine over the index folder with these papers in it, and no others."""

    def built(papers: Sequence[Paper]) -> LocalEngine:
        build(tmp_path / "corpus", index, encoder, reader=memory_reader(papers))
        return LocalEngine(index, encoder)

    return built


@pytest.fixture
def papers(make_paper: Callable[..., Paper]) -> tuple[Paper, ...]:
    """A paper on fees and one on organs."""
    return (
        make_paper(f"{SERIES}/2022/2", FEES, title="Fees", heading="I. Recruitment fees"),
        make_paper(f"{SERIES}/2023/3", ORGANS, title="Organs", heading="I. Removal of organs"),
    )


def test_an_edition_is_made_once(index: Path, engined: Engined, papers: tuple[Paper, ...]) -> None:
    """Asked again for the same papers, nothing is made and nothing written."""
    engine = engined(papers)
    first = renewed(engine, index, files_for(index))
    assert (first.is_made, first.is_new, first.compendium.edition) == (True, True, 1)
    assert {p.symbol for each in entries(first.compendium) for p in each.topic.places} | {
        p.symbol for p in first.compendium.unplaced
    } == {f"{SERIES}/2022/2", f"{SERIES}/2023/3"}
    again = renewed(engine, index, files_for(index))
    assert (again.is_made, again.is_new) == (False, False)
    assert is_held(index, files_for(index))
    assert again.compendium == first.compendium == editions.current(index)


def test_a_new_paper_makes_a_new_edition(
    index: Path, engined: Engined, papers: tuple[Paper, ...], make_paper: Callable[..., Paper]
) -> None:
    """It tells what joined; the edition before stays as it was."""
    first = renewed(engined(papers), index, files_for(index)).compendium
    more = make_paper(f"{SERIES}/2024/2", FEES, title="Fees again", heading="I. Recruitment fees")
    engine = engined((*papers, more))
    assert not is_held(index, files_for(index))
    second = renewed(engine, index, files_for(index)).compendium
    assert second.edition == 2
    assert second.generation != first.generation
    assert any(SERIES + "/2024/2" in cited for each in second.changes for cited in each.joined)
    assert editions.read(index, 1) == first


def test_what_was_given_once_is_used_again(
    index: Path, engined: Engined, papers: tuple[Paper, ...], tmp_path: Path
) -> None:
    """A taxonomy named on the command line is what the next build follows too; `-` forgets it."""
    engine = engined(papers)
    given = tmp_path / "ours.yaml"
    given.write_text("themes:\n  - name: Crimes\n    topics:\n      - name: Removal of organs\n")
    first = renewed(engine, index, files_for(index)).compendium
    with_it = renewed(engine, index, files_for(index, taxonomy=given)).compendium
    assert "Crimes" in [each.name for each in with_it.themes]
    given.unlink()
    files = files_for(index)
    assert files.taxonomy is not None
    assert not renewed(engine, index, files).is_made
    without = renewed(engine, index, files_for(index, taxonomy=tmp_path.__class__("-")))
    assert without.is_made
    assert "Crimes" not in [each.name for each in without.compendium.themes]
    assert files_for(index).taxonomy is None
    # Its topics are those of before it came.
    assert [{*each.topic.places} for each in entries(without.compendium)] == [
        {*each.topic.places} for each in entries(first)
    ]


def test_a_corpus_brings_its_own_files(
    index: Path, engined: Engined, papers: tuple[Paper, ...], tmp_path: Path
) -> None:
    """`edits.toml` in the folder of papers is followed without being named."""
    engine = engined(papers)
    first = renewed(engine, index, files_for(index)).compendium
    topic = next(entries(first)).topic
    corpus = tmp_path / "papers"
    corpus.mkdir()
    (corpus / "edits.toml").write_text(f'[names]\n{topic.id} = "As we call it"\n')
    second = renewed(engine, index, files_for(index, corpus=corpus)).compendium
    named = {each.topic.id: each.topic for each in entries(second)}[topic.id]
    assert (named.name, named.named_by) == ("As we call it", "editor")


@pytest.mark.parametrize(
    ("option", "text", "error", "words"),
    [
        ("edits", '[names]\nfees = "Fees"\norgans = 3\n', EditsUnreadableError, "line 3: organs"),
        ("edits", "[names\n", EditsUnreadableError, "is no TOML"),
        ("taxonomy", "themes:\n  - nam: Fees\n", TaxonomyUnreadableError, "line 2"),
        ("taxonomy", "themes: [", TaxonomyUnreadableError, "is no YAML"),
        ("taxonomy", "\udcff", TaxonomyUnreadableError, "save it as UTF-8"),
    ],
)
def test_a_file_with_a_fault_changes_nothing(  # noqa: PLR0917 - fixtures and a table
    index: Path,
    engined: Engined,
    papers: tuple[Paper, ...],
    tmp_path: Path,
    option: str,
    text: str,
    error: type[Exception],
    words: str,
) -> None:
    """It is refused with its line, is not kept, and the next edition is made without it."""
    engine = engined(papers)
    renewed(engine, index, files_for(index))
    before = sorted((index / "compendium").iterdir())
    given = tmp_path / f"given.{'toml' if option == 'edits' else 'yaml'}"
    given.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(error, match=words):
        renewed(engine, index, files_for(index, **{option: given}))
    assert sorted((index / "compendium").iterdir()) == before
    assert not renewed(engine, index, files_for(index)).is_made


def test_a_file_that_is_not_there_is_named(index: Path, tmp_path: Path) -> None:
    """What was mistyped is said before anything long begins."""
    for option, error in (("edits", EditsUnreadableError), ("taxonomy", TaxonomyUnreadableError)):
        with pytest.raises(error, match=r"missing\.txt' cannot be read"):
            files_for(index, **{option: tmp_path / "missing.txt"})


def test_an_index_without_papers_on_anything_is_told(
    index: Path, engined: Engined, make_paper: Callable[..., Paper]
) -> None:
    """Agendas alone make no compendium; nothing is kept."""
    agenda = make_paper(f"{SERIES}/2024/1", ["Item 2."], kind=PaperKind.AGENDA)
    with pytest.raises(CorpusMissingError, match="only agendas and corrigenda"):
        renewed(engined([agenda]), index, files_for(index))
    assert editions.pointer(index) is None


def test_one_paper_and_equal_papers_make_an_edition(
    index: Path, engined: Engined, make_paper: Callable[..., Paper]
) -> None:
    """However little there is to tell apart, it is shown."""
    equal = [make_paper(f"{SERIES}/2022/{n}", FEES, title="Fees") for n in range(2, 22)]
    for some in (equal[:1], equal):
        made = renewed(engined(some), index, files_for(index)).compendium
        assert made.papers == len(some)
        assert made.themes or made.unplaced

"""Real papers, where they stand beside the checkout, are built, found, cited and prepared for."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from wgsearch.embedding import open_encoder
from wgsearch.index.build import BuildReport, build
from wgsearch.search import Filters, LocalEngine, Query

UN = Path(__file__).parents[2] / "shared" / "un"

pytestmark = [
    pytest.mark.model,
    pytest.mark.shared,
    pytest.mark.skipif(not UN.is_dir(), reason="no folder ../shared/un beside the checkout"),
]

AGENDA = "CTOC/COP/WG.4/2021/1"
# By file; None where the pages are pictures.
SYMBOLS = {
    "A_RES_78_228.pdf": "A/RES/78/228",
    "A_RES_79_154.pdf": "A/RES/79/154",
    "A_RES_80_228.pdf": "A/RES/80/228",
    "A_C.3_80_L.4.pdf": "A/C.3/80/L.4",
    "A_HRC_EMRIP_2025_1.en.pdf": "A/HRC/EMRIP/2025/1",
    "E_HLPF_2025_3.en.pdf": "E/HLPF/2025/3",
    "CTOC_COP_WG.4_2021_1.en.txt": AGENDA,
    "2022-03-04_Note_Verbale_from_the_Office_of_Legal_Affairs_to_the_Permanent_Mission_of_"
    "Ukraine.pdf": None,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """Eight papers built and opened."""

    report: BuildReport
    engine: LocalEngine


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """An index of the eight papers with the real encoder."""
    folder = tmp_path_factory.mktemp("real")
    corpus = folder / "papers"
    corpus.mkdir()
    for file in SYMBOLS:
        shutil.copy(UN / file, corpus / file)
    encoder = open_encoder()
    report = build(corpus, folder / "index", encoder)
    return Built(report=report, engine=LocalEngine(folder / "index", encoder))


def test_every_readable_paper_is_indexed_under_its_symbol(built: Built) -> None:
    """Seven of eight papers are there, by the symbol that they print, with passages."""
    entries = {entry.file: entry for entry in built.engine.papers(Filters())}
    for file, symbol in SYMBOLS.items():
        if symbol:
            assert entries[file].symbol == symbol
            assert entries[file].passages


def test_a_paper_of_pictures_is_recognised_or_named_with_its_reason(built: Built) -> None:
    """
    The eighth has no text: where OCR is installed it is read and says so; elsewhere the report
    and the index give the reason, instead of leaving it out.
    """
    (picture,) = (file for file, symbol in SYMBOLS.items() if symbol is None)
    entries = {entry.file: entry for entry in built.engine.papers(Filters())}
    if shutil.which("tesseract"):
        assert "ocr" in entries[picture].warning_codes
        assert built.report.failed == ()
    else:
        assert picture not in entries
        for failed in (built.report.failed, built.engine.state().failed):
            assert [(each.file, each.code) for each in failed] == [(picture, "no_text")]


def test_hits_are_verbatim_with_symbol_and_page(built: Built) -> None:
    """What is shown for a question is in its paper, word for word, on a page that it has."""
    hits = built.engine.search(Query(text="trafficking in persons for removal of organs")).hits
    assert len(hits) == 10
    for hit in hits:
        passage = hit.passage
        paper = built.engine.paper(passage.symbol)
        assert passage.symbol == SYMBOLS[passage.file]
        assert passage.text
        assert passage.text in paper.paragraphs[passage.index].text
        assert 1 <= passage.page_first <= passage.page_last <= (paper.pages or 1)


def test_the_best_hit_speaks_of_the_removal_of_organs(built: Built) -> None:
    """A question in the words of a resolution finds a paragraph that has them."""
    first, *_ = built.engine.search(Query(text="trafficking in persons for removal of organs")).hits
    assert {"organ", "removal"} <= set(re.findall(r"organ(?=s?\b)|removal", first.passage.text))


def test_an_agenda_is_answered_item_by_item(built: Built) -> None:
    """
    Five items; items 2, 3 and 4 list four papers, none of them held; passages are of other
    papers than the agenda.
    """
    agenda = built.engine.agenda(AGENDA)
    answers = [built.engine.item(agenda, item, k=5, filters=Filters()) for item in agenda.items]
    assert {
        each.item.number: [document.symbol for document in each.item.documents] for each in answers
    } == {
        "1": [],
        "2": ["CTOC/COP/WG.4/2021/2"],
        "3": ["CTOC/COP/WG.4/2021/3"],
        "4": ["CTOC/COP/2020/CRP.2", "CTOC/COP/WG.4/2021/5"],
        "5": [],
    }
    assert not any(held for each in answers for held in each.listed)
    for each in answers:
        assert each.answer.hits
        assert AGENDA not in {hit.passage.symbol for hit in each.answer.hits}

"""Pages of papers as pictures, with the boxes of their paragraphs."""

from __future__ import annotations

import hashlib
import shutil
import struct
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from wgsearch.answers import Filters
from wgsearch.api.app import create_app
from wgsearch.index.build import build
from wgsearch.search import LocalEngine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wgsearch.embedding import Encoder

PAPERS = Path(__file__).parents[2] / "corpus" / "papers"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a PDF of some pages, and the shortest Word document of the sample."""
    folder = tmp_path_factory.mktemp("papers")
    shutil.copy(PAPERS / "DEMO_COP_WG.4_2022_2.en.pdf", folder / "paper.pdf")
    word = min(PAPERS.glob("*.docx"), key=lambda each: each.stat().st_size)
    shutil.copy(word, folder / "paper.docx")
    return folder


@pytest.fixture(scope="module")
def engine(corpus: Path, tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> LocalEngine:
    """An engine over these two."""
    index = tmp_path_factory.mktemp("paged")
    build(corpus, index, encoder)
    return LocalEngine(index, encoder)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pictures are kept."""
    return tmp_path_factory.mktemp("kept") / "pages"


@pytest.fixture(scope="module")
def caller(engine: LocalEngine, corpus: Path, kept: Path) -> Iterator[TestClient]:
    """A caller of the API and the pages."""
    app = create_app(engine, corpus_dir=corpus, hosts=("testserver",), pages_dir=kept)
    with TestClient(app, follow_redirects=False) as found:
        yield found


def _symbol(engine: LocalEngine, ending: str) -> str:
    return next(each.symbol for each in engine.papers(Filters()) if each.file == f"paper.{ending}")


def test_a_page_is_a_picture_as_wide_as_asked(
    caller: TestClient, engine: LocalEngine, kept: Path
) -> None:
    """A PNG in the proportions of the page, kept by content, and not sent twice."""
    place = f"/api/v1/documents/{_symbol(engine, 'pdf')}/pages/1"
    page = caller.get(place).json()
    answer = caller.get(f"{place}.png?width=800")
    assert answer.headers["content-type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG\r\n")
    width, height = struct.unpack(">II", answer.content[16:24])
    assert width == pytest.approx(800, abs=1)
    assert height / width == pytest.approx(page["height"] / page["width"], rel=0.01)
    assert [each.read_bytes() for each in kept.iterdir()] == [answer.content]
    again = caller.get(f"{place}.png?width=800", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert answer.headers["cache-control"] == "no-cache"
    named = caller.get(page["images"][0].removeprefix("http://testserver"))
    assert "immutable" in named.headers["cache-control"]
    assert named.content == answer.content


def test_each_paragraph_has_its_lines_inside_the_page(
    caller: TestClient, engine: LocalEngine
) -> None:
    """Words come with rectangles, and none reaches beyond the paper."""
    page = caller.get(f"/api/v1/documents/{_symbol(engine, 'pdf')}/pages/2").json()
    assert len(page["paragraphs"]) >= 2
    for each in page["paragraphs"]:
        assert each["boxes"]
        for box in each["boxes"]:
            assert 0 <= box["x0"] < box["x1"] <= page["width"]
            assert 0 <= box["y0"] < box["y1"] <= page["height"]


def test_a_paragraph_over_two_pages_is_marked_on_both(
    caller: TestClient, engine: LocalEngine
) -> None:
    """Both pages are shown, with as many marks as there are lines."""
    symbol = _symbol(engine, "pdf")
    paper = engine.paper(symbol)
    over = [each for each in paper.paragraphs if each.page_first != each.page_last and each.number]
    assert over, "the sample must hold one"
    one = over[0]
    answer = caller.get(
        f"/documents/{symbol}/pages/{one.page_first}?paragraph=p{one.number}",
        headers={"Accept": "text/html"},
    )
    assert answer.status_code == 200
    assert answer.text.count("<img ") == 2
    assert answer.text.count("<rect ") == len(one.boxes)


@pytest.mark.parametrize(
    ("path", "status", "slug"),
    [
        ("/pages/0.png", 404, "no-page"),
        ("/pages/999.png", 404, "no-page"),
        ("/pages/999", 404, "no-page"),
        ("/pages/one.png", 422, "invalid-parameter"),
        ("/pages/1.png?width=99999", 422, "invalid-parameter"),
    ],
)
def test_what_is_no_page_is_refused_in_words(
    caller: TestClient, engine: LocalEngine, path: str, status: int, slug: str
) -> None:
    """Numbers beyond the paper and widths that nobody offers draw nothing."""
    answer = caller.get(f"/api/v1/documents/{_symbol(engine, 'pdf')}{path}")
    assert answer.status_code == status
    assert answer.json()["type"].endswith(f"/problems/{slug}")


def test_a_word_document_has_no_page(caller: TestClient, engine: LocalEngine) -> None:
    """It says that the file has no pages, and does not draw something else."""
    answer = caller.get(f"/api/v1/documents/{_symbol(engine, 'docx')}/pages/1.png")
    assert answer.status_code == 404
    assert "without pages" in answer.json()["detail"]


def test_a_file_that_changed_is_not_shown(
    engine: LocalEngine, corpus: Path, tmp_path: Path
) -> None:
    """Boxes of the indexed file would stand on other lines: nothing is drawn."""
    shutil.copytree(corpus, tmp_path / "changed")
    pdf = tmp_path / "changed" / "paper.pdf"
    pdf.write_bytes(pdf.read_bytes() + b"\n")
    app = create_app(engine, corpus_dir=tmp_path / "changed", hosts=("testserver",))
    with TestClient(app) as caller:
        symbol = _symbol(engine, "pdf")
        assert caller.get(f"/api/v1/documents/{symbol}/pages/1.png").status_code == 409
        page = caller.get(f"/documents/{symbol}/pages/1", headers={"Accept": "text/html"})
        assert "not the one that was indexed" in page.text
        assert "<img " not in page.text
    assert hashlib.sha256(pdf.read_bytes()).hexdigest() != engine.paper(symbol).digest

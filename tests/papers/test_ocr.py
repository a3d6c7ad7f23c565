"""Pages that are pictures are recognised, where the program for it is installed."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

import bad_pdf
import pytest
import stand_in

from wgsearch.errors import PaperUnreadableError
from wgsearch.papers.children import read_one, read_papers
from wgsearch.papers.limits import Limits
from wgsearch.papers.ocr import Recogniser
from wgsearch.papers.pages import read_pages
from wgsearch.papers.reader import read_file
from wgsearch.papers.scans import Picture, Scans

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wgsearch.papers.paper import Line

PAPERS = Path(__file__).parents[2] / "corpus" / "papers"
# At 300 dots an inch a point is 300/72 dots: letters of 12 points are 50 dots high, 35 of which
# are those of a capital.
PAGE = (
    ((300, 200, 35, "UNITED"), (450, 200, 35, "NATIONS")),
    ((1500, 202, 35, "DEMO/COP/WG.4/2024/9"),),
    (
        (300, 500, 35, "The"),
        (380, 500, 35, "shelters"),
        (570, 503, 35, "for"),
        (650, 505, 35, "men"),
    ),
    ((300, 560, 35, "are"), (380, 560, 35, "few"), (460, 560, 35, "there.")),
    (
        (300, 620, 35, "Others"),
        (450, 620, 35, "are"),
        (530, 620, 35, "turned"),
        (680, 620, 35, "away."),
    ),
    (
        (300, 3200, 28, "1"),
        (350, 3200, 28, "Counted"),
        (490, 3200, 28, "in"),
        (540, 3200, 28, "2023"),
    ),
)
PICTURE = Picture(width=20, height=10, grey=bytes(200), dpi=300.0)


def _recogniser(program: Path | str, told: list[int] | None = None, **limits: int) -> Recogniser:
    return Recogniser(
        program=str(program),
        page_s=limits.get("page_s", 20),
        pages=limits.get("pages", 10),
        starts=(told if told is not None else []).append,
    )


def _texts(lines: Sequence[Line]) -> list[str]:
    return [line.text for line in lines]


def test_words_become_lines_in_points_of_the_page(tmp_path: Path) -> None:
    """Boxes are in points from the top left; columns are cells; smaller type is smaller."""
    told: list[int] = []
    program = stand_in.install(tmp_path, PAGE)
    lines = _recogniser(program, told).read(PICTURE, page=3, language=None)
    assert told == [3]
    assert _texts(lines) == [
        "UNITED NATIONS DEMO/COP/WG.4/2024/9",
        "The shelters for men",
        "are few there.",
        "Others are turned away.",
        "1 Counted in 2023",
    ]
    assert [[cell.text for cell in line.cells] for line in lines[:2]] == [
        ["UNITED NATIONS", "DEMO/COP/WG.4/2024/9"],
        ["The shelters for men"],
    ]
    box = lines[0].box
    assert box is not None
    assert (box.page, box.x0, box.y0, box.y1) == (3, 72.0, 48.0, 56.9)
    assert lines[0].size == lines[1].size == lines[2].size == pytest.approx(12.0, abs=0.5)
    assert lines[4].size == pytest.approx(9.6, abs=0.5)


@pytest.mark.parametrize(
    ("language", "asked"),
    [(None, "eng+fra+rus"), ("fr", "eng+fra"), ("ru", "rus+eng"), ("zh", "eng+fra+rus")],
)
def test_languages_of_the_papers_script_are_expected(
    tmp_path: Path, language: str | None, asked: str
) -> None:
    """All that are installed until the language is known, and those of its script then."""
    installed = ("osd", "fra", "eng", "rus", "jpn")
    recogniser = _recogniser(stand_in.install(tmp_path, PAGE, languages=installed))
    recogniser.read(PICTURE, page=1, language=language)
    known = recogniser._languages(language)
    assert "+".join(known) == asked if language != "zh" else known == ("eng",)


@pytest.mark.parametrize(
    "how",
    [{"confidence": 30.0}, {"status": 1}, {"languages": ()}, {"lines": ()}],
    ids=["unsure", "failing", "no languages", "no words"],
)
def test_what_is_no_text_gives_none(tmp_path: Path, how: dict[str, object]) -> None:
    """A photograph, a failing program, a program without languages: nothing is made up."""
    program = stand_in.install(tmp_path, **{"lines": PAGE, **how})  # type: ignore[arg-type]
    assert _recogniser(program).read(PICTURE, page=1, language=None) == ()
    assert _recogniser(tmp_path / "gone").read(PICTURE, page=1, language=None) == ()


def test_a_page_that_takes_too_long_is_left(tmp_path: Path) -> None:
    """The program is ended, and the paper goes on without the page."""
    program = stand_in.install(tmp_path, PAGE, seconds=60)
    started = time.monotonic()
    assert _recogniser(program, page_s=1).read(PICTURE, page=1, language=None) == ()
    assert time.monotonic() - started < 30


def test_a_paper_of_pictures_is_read_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever reads the paper knows that its words were recognised; boxes show where."""
    stand_in.install(tmp_path, PAGE)
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "a.pdf").write_bytes(bad_pdf.joined(bad_pdf.scan(), bad_pdf.scan()))
    paper = read_one(tmp_path / "a.pdf")
    codes = {warning.code: warning.message for warning in paper.warnings}
    assert paper.reader == "ocr"
    assert codes["ocr"].startswith("pages 1-2 recognised")
    assert not {"picture_pages", "little_text"} & set(codes)
    assert paper.symbol == "DEMO/COP/WG.4/2024/9"
    assert all(paragraph.boxes for paragraph in paper.paragraphs)


def test_only_pictures_are_recognised_and_only_so_many(tmp_path: Path) -> None:
    """Text stays as it was printed; pages beyond the limit stay pictures, and are named."""
    told: list[int] = []
    recogniser = _recogniser(stand_in.install(tmp_path, PAGE), told, pages=1)
    data = bad_pdf.joined(bad_pdf.plain(), bad_pdf.scan(), bad_pdf.plain(), bad_pdf.scan())
    found = read_pages(data, file="a.pdf", recogniser=recogniser)
    assert told == [2]
    assert (found.reader, _texts(found.lines[0])) == ("pdfium", [bad_pdf.WORDS])
    assert {warning.code: warning.message.split(" ")[:2] for warning in found.warnings} == {
        "ocr": ["page", "2"],
        "picture_pages": ["page", "4"],
    }


def test_recognising_takes_its_time_page_by_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A long scan is not given up where a paper of text would be."""
    stand_in.install(tmp_path, PAGE, seconds=1.0)
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "a.pdf").write_bytes(bad_pdf.joined(*[bad_pdf.scan()] * 3))
    paper = read_one(tmp_path / "a.pdf", limits=Limits(wall_s=2.5, ocr_page_s=30.0))
    assert (paper.pages, paper.reader) == (3, "ocr")


def test_the_program_ends_with_the_child_that_started_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever stops listening leaves no program at work."""
    if not Path("/proc/self/cmdline").exists():
        pytest.skip("only Linux lists the programs at work")
    program = stand_in.install(tmp_path, PAGE, seconds=120)
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "a.pdf").write_bytes(bad_pdf.scan())
    (tmp_path / "b.pdf").write_bytes(bad_pdf.plain())
    papers = read_papers(tmp_path, ["b.pdf", "a.pdf"], workers=2)
    next(papers)
    assert _eventually(lambda: _at_work(program))
    papers.close()
    assert _eventually(lambda: not _at_work(program))


def _eventually(happens: Callable[[], bool]) -> bool:
    """Within twenty seconds."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if happens():
            return True
        time.sleep(0.05)
    return False


def _at_work(program: Path) -> bool:
    """A process runs the program on a picture."""
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            said = each.read_bytes()
            if os.fsencode(program) in said and b"tsv" in said:
                return True
    return False


def test_without_the_program_a_scan_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reason names the program, and how to read the paper then."""
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "a.pdf").write_bytes(bad_pdf.scan())
    with pytest.raises(
        PaperUnreadableError, match=r"pictures; install tesseract .*build --full.*\[no_text\]"
    ):
        read_one(tmp_path / "a.pdf")


def test_a_scanned_paper_of_the_sample_is_read(tmp_path: Path) -> None:
    """The real program reads a clean page nearly without a fault, and boxes lie where words are."""
    program = shutil.which("tesseract")
    if program is None:
        pytest.skip("tesseract is not installed")
    data = (PAPERS / "DEMO_COP_WG.4_2023_3_Corr.1.en.pdf").read_bytes()
    with Scans(data) as scans:
        picture = scans.picture(1)
    assert picture is not None
    scanned = bad_pdf.pictured(picture.grey, picture.width, picture.height)
    (tmp_path / "a.pdf").write_bytes(scanned)
    recogniser = _recogniser(program, page_s=300)
    found = read_file(tmp_path / "a.pdf", recogniser=recogniser)
    (tmp_path / "b.pdf").write_bytes(data)
    printed = read_file(tmp_path / "b.pdf")
    assert (found.reader, found.date, found.language) == ("ocr", printed.date, printed.language)
    words = {word for line in found.lines for word in line.text.split()}
    expected = [word for line in printed.lines if line.page == 1 for word in line.text.split()]
    assert sum(word not in words for word in expected) <= 0.03 * len(expected)
    compared = 0
    for line in found.lines:
        twin = next((each for each in printed.lines if each.text == line.text), None)
        if twin and twin.box and line.box:
            compared += 1
            assert line.box.x0 == pytest.approx(twin.box.x0, abs=3)
            assert line.box.y1 == pytest.approx(twin.box.y1, abs=6)
    assert compared > 3

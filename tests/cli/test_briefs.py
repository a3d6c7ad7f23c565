"""`wgsearch brief`: an agenda becomes one document, or the reason why not."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from wgsearch.cli.app import app
from wgsearch.errors import (
    NotAnAgendaError,
    PlaceUnwritableError,
    UnknownFormatError,
    UnknownItemError,
)
from wgsearch.index.build import build

if TYPE_CHECKING:
    from click.testing import Result

CORPUS = Path(__file__).parents[2] / "corpus/papers"
AGENDA = "DEMO_COP_WG.4_2026_1.en.pdf"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of an agenda and two papers, by the encoder that the command line takes."""
    corpus = tmp_path_factory.mktemp("corpus")
    for name in (AGENDA, "DEMO_COP_WG.4_2022_3.en.pdf", "DEMO_COP_WG.4_2026_2.en.pdf"):
        (corpus / name).write_bytes((CORPUS / name).read_bytes())
    folder = tmp_path_factory.mktemp("index")
    from wgsearch.cli.terminal import encoder_of, settings_of  # noqa: PLC0415 - loads an encoder

    build(corpus, folder, encoder_of(settings_of()))
    return folder


def _run(index: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["brief", *arguments, "--index", str(index)])


@pytest.mark.model
def test_a_suffix_names_the_format(index: Path, tmp_path: Path) -> None:
    """DOCX, Markdown, HTML and JSON, each where it was asked for; and nothing else is left."""
    for name in ("pack.docx", "pack.md", "pack.html", "pack.json"):
        done = _run(index, "2026/1", "-o", str(tmp_path / name), "--item", "2")
        assert done.exit_code == 0, done.output
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted(
        ("pack.docx", "pack.md", "pack.html", "pack.json")
    )
    assert zipfile.is_zipfile(tmp_path / "pack.docx")
    pack = json.loads((tmp_path / "pack.json").read_text(encoding="utf-8"))
    assert [each["number"] for each in pack["items"]] == ["2"]
    assert (tmp_path / "pack.md").read_text(encoding="utf-8").startswith("# Briefing pack")


@pytest.mark.model
def test_the_same_day_the_same_bytes(index: Path, tmp_path: Path) -> None:
    """Made twice with the same date, a pack is the same file."""
    made = []
    for name in ("a.docx", "b.docx"):
        path = tmp_path / name
        _run(index, "2026/1", "-o", str(path), "--item", "2", "--prepared", "2026-04-14")
        made.append(path.read_bytes())
    assert made[0] == made[1]


@pytest.mark.model
def test_standard_output_takes_text(index: Path) -> None:
    """`-` writes Markdown, or the format that is named; links lead where papers are served."""
    links = ("--links", "https://papers.example.org")
    done = _run(index, str(CORPUS / AGENDA), "--item", "2", *links)
    assert done.stdout.startswith("# Briefing pack")
    assert "](https://papers.example.org/documents/DEMO/COP/WG.4/2026/2#p" in done.stdout
    assert "Preparing items: 1 of 1" in done.stderr


@pytest.mark.model
def test_what_cannot_be_done_is_told_and_leaves_nothing(index: Path, tmp_path: Path) -> None:
    """A wrong place, format, item or paper: clear words, no file, no half of one."""
    wrong: list[tuple[tuple[str, ...], type[Exception], str]] = [
        (("2026/1", "-o", str(tmp_path / "no" / "a.docx")), PlaceUnwritableError, "no folder"),
        (("2026/1", "-o", str(tmp_path / "a.pdf")), UnknownFormatError, "no format '.pdf'"),
        (("2026/1", "-o", str(tmp_path / "a")), UnknownFormatError, "has no suffix"),
        (("2026/1", "--format", "docx"), UnknownFormatError, "is no text for a terminal"),
        (("2026/1", "--item", "9", "-o", str(tmp_path / "a.md")), UnknownItemError, "no item '9'"),
        (("2026/2", "-o", str(tmp_path / "a.md")), NotAnAgendaError, "holds no agenda"),
        (
            (str(CORPUS / "DEMO_COP_WG.4_2022_3.en.pdf"), "-o", str(tmp_path / "a.md")),
            NotAnAgendaError,
            "was read as a background paper",
        ),
    ]
    for arguments, error, words in wrong:
        done = _run(index, *arguments)
        assert isinstance(done.exception, error)
        assert words in str(done.exception)
    assert [*tmp_path.iterdir()] == []

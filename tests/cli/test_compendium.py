"""`wgsearch compendium`: editions made, shown, looked up, compared, written; builds keep up."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from wgsearch.cli.app import app
from wgsearch.compendium import editions
from wgsearch.compendium.looking import entries
from wgsearch.errors import (
    CorpusMissingError,
    EditionMissingError,
    EditsUnreadableError,
    IndexMissingError,
    PlaceUnwritableError,
    TaxonomyUnreadableError,
    UnknownFormatError,
    UnknownParagraphError,
    UnknownSymbolError,
    UnknownTopicError,
)
from wgsearch.index.publish import current

if TYPE_CHECKING:
    from click.testing import Result

    from wgsearch.compendium.records import Compendium

CORPUS = Path(__file__).parents[2] / "corpus/papers"
NAMES = ("2022_3.en.pdf", "2026_2.en.pdf", "2022_5.en.pdf", "2026_1.en.pdf")
LATER = "DEMO_COP_WG.4_2024_2.en.pdf"
PAPER = "DEMO/COP/WG.4/2026/2"
FORMATS = ("docx", "md", "html", "json", "svg")

pytestmark = pytest.mark.model


def _run(*arguments: str, index: Path, corpus: Path | None = None) -> Result:
    more = ("--corpus", str(corpus)) if corpus else ()
    return CliRunner().invoke(app, [*arguments, "--index", str(index), *more])


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two background papers, a report and an agenda of the sample."""
    folder = tmp_path_factory.mktemp("corpus")
    for name in NAMES:
        shutil.copy(CORPUS / f"DEMO_COP_WG.4_{name}", folder)
    return folder


@pytest.fixture(scope="module")
def bare(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of them, without a compendium; not to be changed."""
    folder = tmp_path_factory.mktemp("bare")
    done = _run("build", index=folder, corpus=corpus)
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture(scope="module")
def made(bare: Path, corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same index with its first edition; not to be changed."""
    folder = tmp_path_factory.mktemp("made") / "index"
    shutil.copytree(bare, folder)
    done = _run("compendium", index=folder, corpus=corpus)
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def own(made: Path, tmp_path: Path) -> Path:
    """A copy of the index with its first edition, to be changed."""
    shutil.copytree(made, tmp_path / "own")
    return tmp_path / "own"


def test_the_plain_command_makes_and_shows_it(bare: Path, corpus: Path, tmp_path: Path) -> None:
    """What is done is told beside the result; asked again, nothing is made."""
    shutil.copytree(bare, tmp_path / "index")
    first = _run("compendium", index=tmp_path / "index", corpus=corpus)
    assert first.stdout.startswith("Thematic compendium, edition 1\n")
    assert "Compendium, edition 1: " in first.stderr
    assert "gathering paragraphs" in first.stderr
    again = _run("compendium", index=tmp_path / "index", corpus=corpus)
    assert again.stdout == first.stdout
    assert again.stderr == ""
    assert editions.numbers(tmp_path / "index") == (1,)


def test_a_topic_is_shown_by_number_id_and_name(made: Path) -> None:
    """Each of them shows the same, every sentence with its citation; a theme shows its topics."""
    first = next(entries(editions.current(made)))
    shown = [
        _run("compendium", name, index=made).stdout
        for name in ("1.1", first.topic.id, first.topic.name)
    ]
    assert len(set(shown)) == 1
    words = " ".join(shown[0].split())
    for sentence in first.topic.summary:
        assert f"{' '.join(sentence.text.split())} {sentence.place.citation}" in words
    theme = _run("compendium", "1", index=made).stdout
    assert all(f"\n{1}.{at} " in theme for at in range(1, len(first.theme.topics) + 1))


def test_it_is_looked_up_by_paragraph_paper_and_words(made: Path) -> None:
    """Which topic a paragraph is in, which a paper has, which are on something."""
    at = next(
        (each, place)
        for each in entries(editions.current(made))
        for place in each.topic.places
        if place.symbol == PAPER and place.paragraph
    )
    entry, place = at
    one = _run("compendium", str(place.paragraph), "--symbol", "2026/2", index=made).stdout
    assert one.startswith(f"1 topic of {PAPER}, para. {place.paragraph}\n")
    assert entry.topic.id in one
    assert entry.topic.id in _run("compendium", "--symbol", PAPER, index=made).stdout
    found = json.loads(
        _run("compendium", "--term", "fees that workers pay", "--json", index=made).stdout
    )
    assert found["q"] == "fees that workers pay"
    assert PAPER in {place["symbol"] for place in found["topics"][0]["places"]}


def test_programs_get_one_object_of_each(made: Path) -> None:
    """Whole, a topic, a theme, gaps, changes, editions: JSON and nothing else on the output."""
    asked = {
        (): "themes", ("1.1",): "topic", ("1",): "topics", ("--gaps",): "repeats",
        ("--changes",): "changes", ("--editions",): "editions",
    }  # fmt: skip
    for arguments, key in asked.items():
        found = json.loads(_run("compendium", *arguments, "--json", index=made).stdout)
        assert key in found, arguments


def test_it_is_written_in_every_format(made: Path, tmp_path: Path) -> None:
    """The suffix names the format; the same edition is the same bytes."""
    for name in (*(f"a.{suffix}" for suffix in FORMATS), "b.docx"):
        done = _run("compendium", "--out", str(tmp_path / name), index=made)
        assert done.exit_code == 0, done.output
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
    assert zipfile.is_zipfile(tmp_path / "a.docx")
    assert (tmp_path / "a.md").read_text(encoding="utf-8").startswith("# Thematic compendium")
    assert (tmp_path / "a.svg").read_text(encoding="utf-8").startswith("<svg ")
    assert len([*tmp_path.iterdir()]) == len(FORMATS) + 1


def test_what_cannot_be_done_is_told_and_leaves_nothing(
    made: Path, bare: Path, tmp_path: Path
) -> None:
    """Each mistake has its words, and no file is left behind."""
    (tmp_path / "edits.toml").write_text("[names]\nfees = 3\n")
    (tmp_path / "ours.yaml").write_text("themes:\n  - nam: Fees\n")
    topic = next(entries(editions.current(made))).topic.id
    wrong: list[tuple[Path, tuple[str, ...], type[Exception], str]] = [
        (bare, ("1.1",), EditionMissingError, "run `wgsearch compendium"),
        (bare, ("--changes",), EditionMissingError, "no compendium was made"),
        (bare, ("--editions",), EditionMissingError, "no compendium was made"),
        (tmp_path / "none", (), IndexMissingError, "run `wgsearch build"),
        (made, (f"x{topic[1:]}",), UnknownTopicError, f"did you mean {topic}"),
        (made, ("--symbol", "2031/7"), UnknownSymbolError, "no paper '2031/7'"),
        (made, ("999", "--symbol", PAPER), UnknownParagraphError, "has no paragraph 999"),
        (made, ("--edition", "4"), EditionMissingError, "there are: 1"),
        (made, ("--since", "1"), EditionMissingError, "those before it are: none"),
        (made, ("--out", str(tmp_path / "a.pdf")), UnknownFormatError, "a compendium is written"),
        (made, ("--out", str(tmp_path / "a")), UnknownFormatError, "has no suffix"),
        (made, ("--out", str(tmp_path / "no/a.md")), PlaceUnwritableError, "no folder"),
        (made, ("--edits", str(tmp_path / "edits.toml")), EditsUnreadableError, "line 2: fees"),
        (made, ("--taxonomy", str(tmp_path / "ours.yaml")), TaxonomyUnreadableError, "line 2"),
    ]
    for index, arguments, error, words in wrong:
        done = _run("compendium", *arguments, index=index)
        assert isinstance(done.exception, error), (arguments, done.output)
        assert words in str(done.exception), arguments
    assert _run("compendium", "1.1", "--out", "x.md", index=made).exit_code == 2
    assert _run("compendium", "--term", "x", "--symbol", "y", index=made).exit_code == 2
    assert sorted(each.name for each in tmp_path.iterdir()) == ["edits.toml", "ours.yaml"]


def test_an_index_of_agendas_alone_has_none(tmp_path: Path) -> None:
    """It is told what is missing, and a later build goes on without one."""
    (tmp_path / "corpus").mkdir()
    shutil.copy(CORPUS / f"DEMO_COP_WG.4_{NAMES[3]}", tmp_path / "corpus")
    index = tmp_path / "index"
    built = _run("build", index=index, corpus=tmp_path / "corpus")
    assert "`wgsearch compendium` makes a compendium" in built.stdout
    done = _run("compendium", index=index)
    assert isinstance(done.exception, CorpusMissingError)
    assert editions.pointer(index) is None


def test_a_build_keeps_it_up(own: Path, corpus: Path, tmp_path: Path) -> None:
    """Where there is an edition, a build with another paper makes the next; changes are told."""
    more = tmp_path / "corpus"
    shutil.copytree(corpus, more)
    shutil.copy(CORPUS / LATER, more)
    report = json.loads(_run("build", "--json", index=own, corpus=more).stdout)
    assert report["compendium"] == {"state": "made", "edition": 2, "reason": None}
    assert editions.current(own).generation == report["generation"]
    assert "DEMO/COP/WG.4/2024/2" in _run("compendium", "--changes", index=own).stdout
    listed = _run("compendium", "--editions", index=own).stdout.splitlines()
    assert [line.split()[0] for line in listed if line.startswith("   ")] == ["2", "1"]
    again = json.loads(_run("build", "--json", index=own, corpus=more).stdout)
    assert again["compendium"] == {"state": "held", "edition": 2, "reason": None}
    old = _run("compendium", "--edition", "1", index=own).stdout
    assert old.startswith("Thematic compendium, edition 1\n")


def test_a_build_without_one_makes_none(bare: Path, corpus: Path, tmp_path: Path) -> None:
    """Nobody who never asked for a compendium waits for it."""
    shutil.copytree(bare, tmp_path / "index")
    report = json.loads(_run("build", "--json", index=tmp_path / "index", corpus=corpus).stdout)
    assert report["compendium"] == {"state": "none", "edition": None, "reason": None}
    assert not (tmp_path / "index/compendium/CURRENT").exists()


def test_a_build_can_leave_it(own: Path, corpus: Path, tmp_path: Path) -> None:
    """With --no-compendium it stays; a paper that is gone is gone from what it shows."""
    fewer = tmp_path / "corpus"
    shutil.copytree(corpus, fewer)
    (fewer / f"DEMO_COP_WG.4_{NAMES[1]}").unlink()
    report = json.loads(_run("build", "--no-compendium", "--json", index=own, corpus=fewer).stdout)
    assert report["compendium"]["state"] == "left"
    shown = _run("compendium", "--gaps", index=own)
    assert "was made before papers came, changed or went" in shown.stderr
    topics = json.loads(_run("compendium", "1", "--json", index=own).stdout)
    assert topics["is_current"] is False
    refused = _run("compendium", "--symbol", PAPER, index=own)
    assert isinstance(refused.exception, UnknownSymbolError)
    assert PAPER in json.dumps(_places(editions.current(own)))
    assert PAPER not in _run("compendium", "1", index=own).stdout


def test_a_compendium_that_fails_stops_no_build(own: Path, corpus: Path, tmp_path: Path) -> None:
    """The index is published all the same, the reason is told, the exit is that of success."""
    more = tmp_path / "corpus"
    shutil.copytree(corpus, more)
    shutil.copy(CORPUS / LATER, more)
    (more / "edits.toml").write_text("[names]\nfees = 3\n")
    before = current(own)
    done = _run("build", "--json", index=own, corpus=more)
    assert done.exit_code == 0
    report = json.loads(done.stdout)
    assert report["generation"] == current(own) != before
    assert report["compendium"]["state"] == "failed"
    assert "line 2: fees" in report["compendium"]["reason"]
    assert "could not be brought up to date; edition 1 goes on" in done.stderr
    (own / "compendium/CURRENT").write_text("nothing")
    assert _run("build", "--full", index=own, corpus=more).exit_code == 0


def _places(edition: Compendium) -> list[str]:
    """Symbols of all paragraphs of topics."""
    return [place.symbol for each in entries(edition) for place in each.topic.places]

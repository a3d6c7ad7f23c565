"""The command line, run as people run it: a process, its output, its exit status."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wgsearch.cli.app import app, sample_corpus
from wgsearch.index.places import current, folder_of
from wgsearch.index.publish import writing

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[str]]

SYMBOL = "DEMO/COP/WG.4/2022/3"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs `wgsearch` with an index folder of its own."""
    index = tmp_path_factory.mktemp("index")

    def start(*arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"WGSEARCH_INDEX": str(index), "HF_HUB_OFFLINE": "1"}
        done = subprocess.run(
            [sys.executable, "-m", "wgsearch.cli", *arguments],
            capture_output=True,
            text=True,
            check=False,
            env=environment,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done

    return start


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three sample papers and two files that are none."""
    folder = tmp_path_factory.mktemp("corpus")
    for name in ("2022_3.en.pdf", "2022_4.en.docx", "2022_1.en.pdf"):
        source = sample_corpus() / f"DEMO_COP_WG.4_{name}"
        (folder / source.name).write_bytes(source.read_bytes())
    (folder / "notes.pdf").write_text("minutes of a lunch")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 but nothing else")
    return folder


@pytest.fixture(scope="module")
def built(run: Run, corpus: Path) -> dict[str, object]:
    """The report of a first build."""
    done = run("build", "--corpus", str(corpus), "--json")
    report: dict[str, object] = json.loads(done.stdout)
    return report


@pytest.mark.model
class TestBuilt:
    """With an index over three sample papers."""

    def test_a_build_names_every_file_it_left_out(self, built: dict[str, object]) -> None:
        """Two of five files are no papers: they are named with a reason and stop nothing."""
        papers = built["papers"]
        assert isinstance(papers, dict)
        assert papers["read"] == 3
        codes = {each["file"]: each["code"] for each in papers["failed"]}
        assert codes == {"notes.pdf": "not_a_pdf", "broken.docx": "not_a_docx"}
        assert all(each["reason"] for each in papers["failed"])

    def test_a_second_build_encodes_nothing_and_says_so(
        self, run: Run, corpus: Path, built: dict[str, object]
    ) -> None:
        """The same papers again: the generation stays, and nothing is encoded."""
        again = json.loads(run("build", "--corpus", str(corpus), "--json").stdout)
        assert again["generation"] == built["generation"]
        assert again["embedded"] == 0
        told = run("build", "--corpus", str(corpus)).stdout
        assert "Nothing changed" in told
        assert "0 passages encoded" in told

    @pytest.mark.usefixtures("built")
    def test_search_prints_one_json_object_of_verbatim_passages(self, run: Run) -> None:
        """Each hit is found word for word in its paper, and has symbol, paragraph and page."""
        question = "May victims be prosecuted for crimes they were made to commit?"
        found = json.loads(run("search", question, "-k", "5", "--json").stdout)
        assert {"query", "verdict", "generation", "took_ms", "hits"} <= found.keys()
        assert SYMBOL in {hit["symbol"] for hit in found["hits"][:3]}
        for hit in found["hits"]:
            paper = json.loads(run("show", hit["symbol"], "--json").stdout)
            assert any(hit["text"] in each["text"] for each in paper["paragraphs"])
            assert hit["citation"].startswith(hit["symbol"])
            assert hit["page_first"] >= 1

    @pytest.mark.usefixtures("built")
    def test_search_takes_one_passage_of_each_paper(self, run: Run) -> None:
        """`--per-paper 1` draws on as many papers as passages; `--no-fold` folds nothing."""
        options = ("--per-paper", "1", "--no-fold", "--json")
        found = json.loads(run("search", "victims of trafficking", *options).stdout)
        symbols = [hit["symbol"] for hit in found["hits"]]
        assert len(set(symbols)) == len(symbols) > 1
        assert [each["ranks"] for each in found["papers"]] == [[n + 1] for n in range(len(symbols))]
        assert all(hit["also_in"] == [] for hit in found["hits"])
        run("search", "victims", "--per-paper", "0", code=2)

    @pytest.mark.usefixtures("built")
    def test_search_word_by_word(self, run: Run) -> None:
        """`--mode late` ranks by what tokens have in common, and shows which words those are."""
        options = ("--mode", "late", "--no-fold")
        found = json.loads(run("search", "punishing victims", *options, "--json").stdout)
        ranks = [hit["matched"]["late_rank"] for hit in found["hits"]]
        assert ranks == list(range(1, 11))
        first = found["hits"][0]
        assert first["symbol"] == SYMBOL
        near = [each for each in first["matched"]["answering"] if each["asked"] == "punishing"]
        assert "punish" in first["text"][near[0]["start"] : near[0]["end"]].casefold()
        assert "word by word no. 1" in run("search", "punishing victims", *options).stdout

    @pytest.mark.usefixtures("built")
    def test_show_finds_a_paragraph_by_a_piece_of_its_symbol(self, run: Run) -> None:
        """`2022/3` is enough, and the neighbours come along."""
        found = json.loads(run("show", "2022/3", "13", "--context", "1", "--json").stdout)
        assert found["symbol"] == SYMBOL
        assert found["paragraph"]["number"] == "13"
        assert [each["number"] for each in found["before"] + found["after"]] == ["12", "14"]

    @pytest.mark.usefixtures("built")
    def test_agenda_tells_held_papers_from_missing_ones(self, run: Run) -> None:
        """Of the papers that the agenda lists, two are in this corpus and one is not."""
        found = json.loads(run("agenda", "2022/1", "-k", "3", "--json").stdout)
        listed = {
            each["symbol"]: each["in_corpus"]
            for item in found["items"]
            for each in item["documents"]
        }
        assert listed == {
            "DEMO/COP/WG.4/2022/2": False,
            "DEMO/COP/WG.4/2022/3": True,
            "DEMO/COP/WG.4/2022/4": True,
        }
        item = next(each for each in found["items"] if each["number"] == "3")
        assert item["passages"][0]["symbol"] == SYMBOL
        agenda = found["agenda"]["symbol"]
        assert all(hit["symbol"] != agenda for each in found["items"] for hit in each["passages"])

    @pytest.mark.usefixtures("built")
    def test_agenda_reads_a_file_that_is_not_in_the_corpus(self, run: Run) -> None:
        """An agenda may be any file; one item of it may be asked for."""
        file = sample_corpus() / "DEMO_COP_WG.4_2024_1.en.pdf"
        found = json.loads(run("agenda", str(file), "--item", "3", "--json").stdout)
        assert [each["number"] for each in found["items"]] == ["3"]

    @pytest.mark.usefixtures("built")
    @pytest.mark.parametrize(
        ("arguments", "code", "words"),
        [
            (("search", ""), 2, "holds no letter"),
            (("search", "?!"), 2, "holds no letter"),
            (("search", "x", "--from", "2024", "--to", "2022"), 2, "2024"),
            (("search", "x", "--mode", "sideways"), 2, "sideways"),
            (("search", "x", "--encoder", "no-such-model"), 1, "no-such-model"),
            (("search", "x", "--reranker", "no-such-reranker"), 1, "no-such-reranker"),
            (("show", "DEMO/COP/WG.4/2022/9"), 1, "DEMO/COP/WG.4/2022/9"),
            (("show", SYMBOL, "999"), 1, "999"),
            (("agenda", SYMBOL), 1, "no agenda"),
            (("agenda", "2022/1", "--item", "77"), 1, "77"),
            (("index", "verify", "g000099-00000000"), 1, "g000099"),
        ],
    )
    def test_bad_asking_ends_with_a_message(
        self, run: Run, arguments: tuple[str, ...], code: int, words: str
    ) -> None:
        """Nothing on standard output, what is wrong on standard error, no traceback."""
        done = run(*arguments, "--json", code=code)
        assert words in done.stderr
        assert not done.stdout.strip()
        assert "Traceback" not in done.stderr

    @pytest.mark.usefixtures("built")
    def test_a_dry_run_says_what_a_build_would_do(self, run: Run, corpus: Path) -> None:
        """The plan in words and as JSON; files that failed before are named with their reason."""
        asked = ("build", "--corpus", str(corpus), "--dry-run")
        shown = json.loads(run(*asked, "--json").stdout)
        assert (shown["publishes"], shown["reasons"]) == (False, [])
        assert len(shown["plan"]["unchanged"]) == 3
        failed = [each["file"] for each in shown["plan"]["failed_before"]]
        assert failed == ["broken.docx", "notes.pdf"]
        told = run(*asked, "--retry-failed").stdout
        assert "2 to read again" in told
        assert "2 files that could not be read are read again" in told
        papers = json.loads(run("index", "papers", "--not-indexed", "--json").stdout)["papers"]
        assert [each["state"] for each in papers] == ["quarantined"] * 2

    def test_index_lists_and_verifies(self, run: Run) -> None:
        """The generation in use is named, and every file of it is what was written."""
        listed = json.loads(run("index", "list", "--json").stdout)["generations"]
        verified = json.loads(run("index", "verify", "--json").stdout)
        assert [each["name"] for each in listed if each["current"]] == [verified["generation"]]
        assert verified["verified"] is True
        assert verified["papers"] == 3


def test_a_second_builder_is_told_and_ends_with_75(run: Run, corpus: Path, tmp_path: Path) -> None:
    """A scheduler can tell a build that met another one from one that failed."""
    index = tmp_path / "index"
    with writing(index):
        for command in (
            ("build", "--corpus", str(corpus)),
            ("index", "prune", "--keep", "1"),
            ("index", "rollback"),
        ):
            (index / "CURRENT").write_text("g000001-00000000\n")
            done = run(*command, "--index", str(index), code=75)
            assert "another build holds" in done.stderr


def test_generations_from_the_command_line(run: Run, tiny_index: Path, tmp_path: Path) -> None:
    """Back up, restore, go back and forth, prune, look into: each prints one JSON object."""
    index, file = tmp_path / "index", tmp_path / "file"

    def told(*arguments: str) -> dict[str, object]:
        found: dict[str, object] = json.loads(run("index", *arguments, "--json").stdout)
        return found

    saved = told("backup", str(file), "--index", str(tiny_index))
    assert saved["bytes"] == file.stat().st_size
    first = told("restore", str(file), "--index", str(index))["generation"]
    second = told("restore", str(file), "--index", str(index), "--force")["generation"]
    assert first == saved["generation"] != second
    assert "--force" in run("index", "restore", str(file), "--index", str(index), code=1).stderr
    at = ("--index", str(index))
    assert told("rollback", *at) == {"before": second, "generation": first}
    assert told("rollback", "--forward", *at) == {"before": first, "generation": second}
    deep = told("verify", "--deep", *at)
    assert deep["verified"] is True
    assert deep["checks"]
    found = told("papers", *at)
    assert found["counts"] == {"indexed": 9, "left_out": 0, "quarantined": 0}
    plan = told("prune", "--keep", "0", "--dry-run", *at)
    assert plan == {"removed": [first], "held": [], "kept": [second], "dry_run": True}
    assert told("prune", "--keep", "0", *at)["removed"] == [first]
    assert "no generation before" in run("index", "rollback", *at, code=1).stderr
    assert "say which" in run("index", "prune", *at, code=2).stderr


def test_a_deep_look_that_finds_something_ends_with_1(
    run: Run, tiny_index: Path, tmp_path: Path
) -> None:
    """What is wrong is in the object, and the exit status says so too."""
    index = shutil.copytree(tiny_index, tmp_path / "index")
    (folder_of(index, current(index)) / "strange").write_text("x")
    done = run("index", "verify", "--deep", "--json", "--index", str(index), code=1)
    assert json.loads(done.stdout)["verified"] is False
    assert "'strange' is not in the manifest" in done.stderr


def test_an_answer_from_an_earlier_generation_is_told(
    run: Run, tiny_index: Path, tmp_path: Path
) -> None:
    """A search over a damaged generation is answered from the one before, and says so."""
    index, file = shutil.copytree(tiny_index, tmp_path / "index"), tmp_path / "file"
    before = current(index)
    run("index", "backup", str(file), "--index", str(index))
    run("index", "restore", str(file), "--index", str(index), "--force")
    (folder_of(index, current(index)) / "sayings.npy").write_bytes(b"x")
    done = run("show", "DEMO/COP/WG.4/2022/3", "--index", str(index))
    assert "sayings.npy" in done.stderr
    assert f"{before!r}, an earlier generation, answers" in done.stderr
    assert "Non-punishment" in done.stdout


def test_serving_with_a_reranker_that_is_not_there_ends_at_once(run: Run) -> None:
    """The operator hears of it at the start, not from whoever asks first."""
    done = run("serve", "--reranker", "no-such-reranker", code=1)
    assert "'no-such-reranker' is neither a folder nor in the local cache" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_folder_is_named(run: Run, tmp_path: Path) -> None:
    """A corpus that is missing, empty, or a file: each is said in words."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    for name, words in (
        ("none", "does not exist"),
        ("empty", "holds no papers"),
        ("file", "is a file"),
    ):
        done = run("build", "--corpus", str(tmp_path / name), code=1)
        assert words in done.stderr


def test_an_index_that_is_a_file_is_named(run: Run, tmp_path: Path, corpus: Path) -> None:
    """A folder that cannot be made: exit 1, its name and the cause, no traceback."""
    (tmp_path / "file").touch()
    done = run("build", "--corpus", str(corpus), "--index", str(tmp_path / "file"), code=1)
    assert str(tmp_path / "file") in done.stderr
    assert "Traceback" not in done.stderr
    done = run("index", "list", "--index", str(tmp_path / "none"), code=1)
    assert "wgsearch build" in done.stderr


def test_a_mistyped_corpus_makes_no_index(run: Run, tmp_path: Path) -> None:
    """Nothing is written when there is nothing to read."""
    run("build", "--corpus", str(tmp_path / "none"), "--index", str(tmp_path / "index"), code=1)
    assert not (tmp_path / "index").exists()


def test_search_without_an_index_says_how_to_build_one(run: Run, tmp_path: Path) -> None:
    """No index: exit 1 and the command that makes one."""
    done = run("search", "anything", "--index", str(tmp_path / "none"), code=1)
    assert "wgsearch build" in done.stderr


def test_inspect_prints_the_promised_shape(run: Run) -> None:
    """The keys that other programs rely on, with what the sample agenda prints."""
    file = sample_corpus() / "DEMO_COP_WG.4_2026_1.en.pdf"
    found = json.loads(run("inspect", str(file), "--json").stdout)
    assert {
        "file",
        "paper",
        "headings",
        "paragraphs",
        "footnotes",
        "agenda",
        "warnings",
    } <= found.keys()
    assert found["paper"]["symbol"] == "DEMO/COP/WG.4/2026/1"
    assert found["paper"]["kind"] == "agenda"
    assert found["paper"]["date"] == "2026-04-13"
    assert [each["number"] for each in found["agenda"]["items"]] == list("1234567")
    assert found["agenda"]["timetable"][0]["start"] == "10:00"


def test_inspect_applies_corrections(run: Run, tmp_path: Path) -> None:
    """
    The nearest corrections.toml above the file is applied and marked; a wrong line is said
    on standard error. Another folder may be named.
    """
    corpus = tmp_path / "corpus"
    file = corpus / "2022" / "a.pdf"
    file.parent.mkdir(parents=True)
    sample = sample_corpus() / "DEMO_COP_WG.4_2022_3.en.pdf"
    file.write_bytes(sample.read_bytes())
    (corpus / "corrections.toml").write_text(
        f'["2022/a.pdf"]\ntitle = "Fees"\ntitel = "x"\n["{SYMBOL}"]\ndate = 2022-04-01\n'
    )
    done = run("inspect", str(file), "--json")
    found = json.loads(done.stdout)
    assert (found["paper"]["title"], found["paper"]["date"]) == ("Fees", "2022-04-01")
    assert [each["message"] for each in found["warnings"] if each["code"] == "corrected"] == [
        "corrected by hand: title, date"
    ]
    assert "corrections.toml, line 3: 2022/a.pdf, titel: no field is named" in done.stderr
    elsewhere = run("inspect", str(sample), "--corpus", str(corpus))
    assert "Warning: corrected by hand: date [corrected]" in elsewhere.stdout
    (corpus / "corrections.toml").write_text("[")
    assert "no TOML" in run("inspect", str(file), code=1).stderr


def test_inspect_refuses_what_is_no_paper(run: Run, tmp_path: Path) -> None:
    """A file that is no paper is refused with its code."""
    file = tmp_path / "picture.pdf"
    file.write_bytes(b"\xff\xd8\xff\xe0 a photograph")
    assert "[not_a_pdf]" in run("inspect", str(file), code=1).stderr


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    """A port that is no number: usage, and the name of the setting."""
    done = subprocess.run(
        [sys.executable, "-m", "wgsearch.cli", "search", "x"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env=os.environ | {"WGSEARCH_PORT": "harbour"},
    )
    assert done.returncode == 2
    assert "WGSEARCH_PORT" in done.stderr


def test_history_without_an_index(run: Run, tmp_path: Path) -> None:
    """Where nothing was built yet, it is said what to do, and nothing is made up."""
    done = run("history", "debt bondage", "--index", str(tmp_path / "none"), code=1)
    assert not done.stdout
    assert "wgsearch build" in done.stderr


def test_every_command_is_documented(run: Run) -> None:
    """A command that the README does not show fails here."""
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    help_text = run("--help").stdout
    names = [
        str(each.name or each.callback.__name__)
        for each in app.registered_commands
        if each.callback
    ]
    names += [str(each.name) for each in app.registered_groups]
    assert {"build", "index"} <= set(names)
    for name in names:
        assert name in help_text
        assert f"wgsearch {name}" in readme


def test_glossary_shows_what_a_text_names(run: Run, tmp_path: Path) -> None:
    """Whoever edits glossary.csv sees at once which terms a question names."""
    (tmp_path / "glossary.csv").write_text(
        "id,en,synonyms,fr\nskep-of-straw,skep of straw,straw hive,ruche de paille\n",
        encoding="utf-8",
    )
    done = run("glossary", "deux ruches de paille", "--corpus", str(tmp_path), "--json")
    found = {match["text"]: match["entries"] for match in json.loads(done.stdout)["matches"]}
    assert found["ruches de paille"][0]["en"] == ["skep of straw", "straw hive"]
    assert "straw hive" in run("glossary", "skep of straw", "--corpus", str(tmp_path)).stdout
    assert "1 of them" in run("glossary", "--corpus", str(tmp_path)).stdout
    assert "No term" in run("glossary", "qwxz", "--corpus", str(tmp_path)).stdout


def test_a_bad_glossary_is_named_with_its_line(run: Run, tmp_path: Path) -> None:
    """The command says which line to mend."""
    (tmp_path / "glossary.csv").write_text("id,en\nskep\n,hive\n", encoding="utf-8")
    assert "line 3: it has no id" in run("glossary", "--corpus", str(tmp_path), code=1).stderr

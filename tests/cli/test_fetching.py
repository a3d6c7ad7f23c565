"""`wgsearch fetch`, run as people run it, as far as that goes without a network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from wgsearch.cli.app import sample_corpus

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]

SYMBOL = "DEMO/COP/WG.4/2030/1"
CONTACT = {"WGSEARCH_FETCH_CONTACT": "library@example.org"}


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs `wgsearch fetch` into an empty folder; settings by name."""

    def start(
        *arguments: str, code: int, pasted: str = "", **settings: str
    ) -> subprocess.CompletedProcess[str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("WGSEARCH_FETCH")}
        where = {
            "WGSEARCH_CORPUS": str(tmp_path / "corpus"),
            "WGSEARCH_INDEX": str(tmp_path / "index"),
        }
        done = subprocess.run(
            [sys.executable, "-m", "wgsearch.cli", "fetch", *arguments],
            capture_output=True,
            text=True,
            check=False,
            input=pasted,
            env=kept | where | settings,
        )
        assert done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done

    return start


def test_without_a_contact_nothing_is_fetched(run: Run, tmp_path: Path) -> None:
    """What to set is said, with an example; no folder is made."""
    done = run(SYMBOL, code=2)
    assert "set WGSEARCH_FETCH_CONTACT to your address of mail" in done.stderr
    assert not (tmp_path / "corpus").exists()


@pytest.mark.parametrize(
    ("arguments", "settings", "words"),
    [
        ((), CONTACT, "name symbols"),
        (("hello",), CONTACT, "is no symbol of a paper"),
        ((SYMBOL, "--language", "de"), CONTACT, "name one of ar, zh, en"),
        ((SYMBOL,), CONTACT | {"WGSEARCH_FETCH_PAUSE_S": "0.1"}, "WGSEARCH_FETCH_PAUSE_S"),
        ((SYMBOL,), CONTACT | {"WGSEARCH_FETCH_ADDRESS": "https://a.b/"}, "must hold {symbol}"),
        ((SYMBOL,), {"WGSEARCH_FETCH_CONTACT": "me"}, "which is no address of mail"),
    ],
)
def test_a_wrong_call_says_what_to_do(
    run: Run, arguments: tuple[str, ...], settings: dict[str, str], words: str
) -> None:
    """Usage: status 2."""
    said = run(*arguments, code=2, **settings).stderr
    assert words in " ".join(said.replace("│", "").split())


def test_a_plan_shows_addresses_and_asks_nothing(run: Run, tmp_path: Path) -> None:
    """`--dry-run`, for each symbol and language once."""
    done = run(SYMBOL, SYMBOL, "--language", "en", "--language", "fr", "--dry-run", "--json",
               code=0, **CONTACT)  # fmt: skip
    papers = json.loads(done.stdout)["papers"]
    assert [(each["language"], each["state"]) for each in papers] == [
        ("en", "wanted"),
        ("fr", "wanted"),
    ]
    address = f"https://documents.un.org/api/symbol/access?s={SYMBOL}&l=fr&t=pdf"
    assert papers[1]["address"] == address
    assert address in run(SYMBOL, "--language", "fr", "--dry-run", code=0, **CONTACT).stdout
    assert not (tmp_path / "corpus").exists()


def test_papers_that_an_agenda_lists_are_planned(run: Run, tmp_path: Path) -> None:
    """From a file, without an index; one that is there already is not asked for."""
    agenda = sample_corpus() / "DEMO_COP_WG.4_2022_1.en.pdf"
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "DEMO_COP_WG.4_2022_3.en.pdf").write_bytes(b"any")
    done = run("--listed-in", str(agenda), "--dry-run", "--json", code=0, **CONTACT)
    assert {each["symbol"]: each["state"] for each in json.loads(done.stdout)["papers"]} == {
        "DEMO/COP/WG.4/2022/2": "wanted",
        "DEMO/COP/WG.4/2022/3": "held",
        "DEMO/COP/WG.4/2022/4": "wanted",
    }


def test_a_pasted_agenda_and_one_of_the_index(run: Run) -> None:
    """`-` reads it; a symbol needs an index, and says so where there is none."""
    text = "Provisional agenda\n\n1. Opening.\n2. Rivers.\nDocumentation\nDEMO/COP/WG.4/2030/2\n"
    done = run("--listed-in", "-", "--dry-run", "--json", code=0, pasted=text, **CONTACT)
    papers = json.loads(done.stdout)["papers"]
    assert [each["symbol"] for each in papers] == ["DEMO/COP/WG.4/2030/2"]
    said = run("--listed-in", "DEMO/COP/WG.4/2030/1", code=1, **CONTACT).stderr
    assert "wgsearch build" in said


def test_a_host_that_is_not_listed_is_not_asked(run: Run) -> None:
    """The address may be set; the hosts must be listed too. Status 1, one object with counts."""
    settings = CONTACT | {"WGSEARCH_FETCH_ADDRESS": "https://papers.example/{symbol}"}
    found = json.loads(run(SYMBOL, "--json", code=1, **settings).stdout)
    assert [each["code"] for each in found["papers"]] == ["address_refused"]
    assert found["counts"] == {"fetched": 0, "held": 0, "unpublished": 0, "failed": 1}
    told = run(SYMBOL, code=1, **settings).stdout
    assert "WGSEARCH_FETCH_HOSTS" in told
    assert "0 fetched, 0 already there, 0 not published, 1 failed." in told


def test_what_is_there_is_done(run: Run, tmp_path: Path) -> None:
    """Nothing to fetch is no fault."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "DEMO_COP_WG.4_2030_1.en.pdf").write_bytes(b"any")
    assert "already there" in run(SYMBOL, code=0, **CONTACT).stdout

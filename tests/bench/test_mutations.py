"""Damaged copies of good papers suffer alone; and a campaign says so when one does not."""

from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import mutations
import pytest

from wgsearch.cli.app import sample_corpus
from wgsearch.errors import PaperUnreadableError
from wgsearch.papers.reader import read_file

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """Two papers of the sample, a PDF and a DOCX."""
    for name in ("DEMO_COP_WG.4_2023_3_Corr.1.en.pdf", "DEMO_COP_WG.4_2022_4.en.docx"):
        (tmp_path / name).write_bytes((sample_corpus() / name).read_bytes())
    return tmp_path


def test_no_damaged_copy_harms_a_good_paper(papers: Path) -> None:
    """Sixty copies with two good papers between: all have a reason, the good ones are whole."""
    # A process of its own: what children took is counted for all that it ever had.
    asked = [sys.executable, mutations.__file__, str(papers), "--copies", "60", "--workers", "2"]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "60 copies, 2 good papers between" in done.stdout
    assert "damaged" in done.stdout


def test_damage_is_the_same_each_time() -> None:
    """A copy that did harm can be made again from its seed."""
    data = (sample_corpus() / "DEMO_COP_WG.4_2022_4.en.docx").read_bytes()

    def copies(seed: int) -> list[bytes]:
        dice = random.Random(seed)  # noqa: S311 - no secret
        return [mutations.mutated(data, dice) for _ in range(5)]

    assert copies(1) == copies(1)
    assert copies(1) != copies(2)
    assert data not in copies(1)


def test_harm_is_told(papers: Path) -> None:
    """A good paper that is not read, or read differently; a copy without a reason."""
    good = read_file(papers / "DEMO_COP_WG.4_2023_3_Corr.1.en.pdf")
    tally = mutations.Tally()
    tally.compare(replace(good, file="000001-good.pdf"), good)
    assert tally.wrong == []
    tally.compare(replace(good, title="Another"), good)
    tally.compare(PaperUnreadableError(good.file, "crashed", "it crashed"), good)
    tally.add(PaperUnreadableError("000002.pdf", "crashed", ""), 0.1)
    assert [each.partition(": ")[2] for each in tally.wrong] == [
        "a good paper was read differently",
        "a good paper was not read: crashed",
        "no reason",
    ]

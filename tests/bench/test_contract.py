"""What all contenders share: whether a passage holds what a question quotes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from contract import Timed, is_held, papers

BENCH = Path(__file__).parents[2] / "bench"


def test_a_sentence_is_found_in_a_passage_that_holds_it() -> None:
    """A mark of a note or other case do not hide it; other words in its place do."""
    quoted = "States should keep registers of recruiters and publish them each year."
    held = "12. STATES should keep registers of recruiters and publish them each year.3 They also"
    assert is_held(quoted, ["nothing of it", held])
    assert not is_held(quoted, ["Each year them publish and recruiters of registers keep should"])
    assert not is_held(quoted, ["States should keep registers of ships and publish nothing."])
    assert not is_held(quoted, [])


def test_parts_add_up_over_files() -> None:
    """A part that is entered for each file counts all of them, also when one fails."""
    timed = Timed()
    for _ in range(2):
        with timed("reading"):
            pass
    assert list(timed.parts) == ["reading"]
    assert timed.parts["reading"] > 0


def test_all_contenders_get_the_same_files(tmp_path: Path) -> None:
    """Papers by name; lists and notes that lie beside them are no papers."""
    for name in ("b.pdf", "a.DOCX", "c.txt", "manifest.csv", "README.md"):
        (tmp_path / name).touch()
    assert [each.name for each in papers(tmp_path)] == ["a.DOCX", "b.pdf", "c.txt"]


def test_a_wrong_contender_or_folder_is_refused(tmp_path: Path) -> None:
    """Before anything is installed, the message says what there is."""
    for arguments, said in (
        (["--contenders", "nobody"], "no contender is called nobody"),
        (["--corpus", str(tmp_path)], "holds no papers"),
        (["--rounds", "0"], "--rounds must be at least 1"),
    ):
        command = [sys.executable, BENCH / "compare.py", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert said in done.stderr

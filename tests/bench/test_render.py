"""Results become a page: tables, plots, and what people wrote around them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from render import PartError, cell, markdown, opened, plot, put, read_part, render

if TYPE_CHECKING:
    from pathlib import Path

MACHINE = {
    "processor": "Example 1",
    "cores": 2,
    "memory_gb": 8.0,
    "system": "Linux x86_64",
    "python": "3.11.0",
    "load": 0.05,
    "quiet": True,
}
PART = {
    "part": "sample",
    "title": "A sample",
    "machine": MACHINE,
    "rows": [
        {"name": "ours", "seconds": 1.234, "ours": True, "all_text": True},
        {"name": "a|b", "seconds": 12.0, "ours": False, "all_text": False},
        {"name": "failed", "seconds": None, "ours": False, "all_text": True},
    ],
    "tables": [{"title": "Times", "columns": {"name": "", "seconds": "s"}}],
    "plots": [
        {"file": "times", "kind": "bars", "title": "Times", "label": "name", "value": "seconds"}
    ],
    "notes": ["* a|b drops the ends of its passages"],
}


def test_a_part_is_a_table_that_shows_what_stands_out() -> None:
    """Ours is bold, who drops text has a star, a missing value a dash, a bar does no harm."""
    shown = markdown(PART)
    assert "## A sample" in shown
    assert "| **ours** | 1.23 |" in shown
    assert "| a\\|b * | 12 |" in shown
    assert "| failed | – |" in shown
    assert "- \\* a|b drops" in shown
    assert "Example 1, 2 cores, 8 GB" in shown
    assert "busy" not in shown


def test_figures_of_a_busy_machine_say_so() -> None:
    """Who reads the page learns that others worked on the machine."""
    assert "busy" in markdown({**PART, "machine": MACHINE | {"load": 4.0, "quiet": False}})


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "–"),
        (True, "yes"),
        (1207, "1,207"),
        (0.01234, "0.0123"),
        (1207.4, "1,207"),
        (81.25, "81.2"),
        (0.0, "0"),
        (["a", 2], "a, 2"),
    ],
)
def test_values_have_three_figures(value: object, shown: str) -> None:
    """Numbers keep three figures that count; counts keep all of them."""
    assert cell(value) == shown


def test_records_within_rows_are_opened() -> None:
    """`{"ms": {"p50": 1}}` is shown under `ms.p50`; lists of records have no cell."""
    row = {"n": 1, "ms": {"p50": 1.0, "of": {"words": 0.5}}, "filters": [{"kept": 1}]}
    assert opened(row) == {"n": 1, "ms.p50": 1.0, "ms.of.words": 0.5}


def test_a_part_without_a_layout_shows_all_it_has() -> None:
    """Another measurement needs no more than its name, its machine and its rows."""
    bare = {"part": "other", "machine": MACHINE, "rows": [{"size": 1000, "p50_ms": 0.5}]}
    shown = markdown(bare)
    assert "## Other" in shown
    assert "| size | p50_ms |" in shown
    assert "| 1,000 | 0.5 |" in shown


def test_lines_are_named_by_their_series() -> None:
    """Two ways at two sizes are two lines; a row without the value has no point."""
    rows = [
        {"way": "exact", "size": 1000, "ms": 1.0},
        {"way": "exact", "size": 10000, "ms": 8.0},
        {"way": "coded", "size": 1000, "ms": 0.5},
        {"way": "coded", "size": 10000, "ms": None},
    ]
    wanted = {
        "file": "f", "kind": "lines", "title": "Growth", "x": "size", "y": {"ms": "p50"},
        "series": "way", "x_title": "passages", "y_title": "ms", "log": True,
    }  # fmt: skip
    picture = plot(rows, wanted)
    assert picture is not None
    assert "exact p50: 1 at 1,000, 8 at 10,000 passages" in picture
    assert "coded p50: 0.5 at 1,000 passages" in picture
    assert plot([{"way": "exact"}], wanted) is None


def test_what_people_wrote_stays() -> None:
    """A second run replaces the part between its marks, and nothing else."""
    page = put("# Performance\n\nOur words.\n", "sample", "first")
    page = page.replace("<!-- end: sample -->", "<!-- end: sample -->\n\nMore words.")
    page = put(page, "sample", "second")
    assert page.count("<!-- part: sample -->") == 1
    assert "first" not in page
    assert "second" in page
    assert page.startswith("# Performance\n\nOur words.\n")
    assert "More words." in page


def test_broken_marks_are_refused() -> None:
    """A page whose marks do not pair is not written over."""
    with pytest.raises(PartError, match="once each"):
        put("<!-- part: sample -->\nwords", "sample", "new")


def test_a_page_and_its_plots_are_written(tmp_path: Path) -> None:
    """Every part of the results is on the page; each plot has a file and says what it shows."""
    results, page = tmp_path / "results", tmp_path / "docs" / "performance.md"
    results.mkdir()
    page.parent.mkdir()
    (results / "sample.json").write_text(json.dumps(PART), encoding="utf-8")
    assert render(results, page) == ["sample"]
    text = page.read_text(encoding="utf-8")
    assert "![Times. ours: 1.23; a|b: 12](performance/sample-times.svg)" in text
    assert (page.parent / "performance" / "sample-times.svg").is_file()
    assert render(results, page) == ["sample"]
    assert page.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{", "no JSON"),
        ("[]", "no 'part'"),
        ('{"part": "a", "machine": {}}', "no 'rows'"),
        ('{"part": "../a", "machine": {}, "rows": []}', "calls its part"),
    ],
)
def test_what_is_no_part_is_named(tmp_path: Path, written: str, said: str) -> None:
    """A file that cannot be shown stops the page, and the message says which and why."""
    (tmp_path / "bad.json").write_text(written, encoding="utf-8")
    with pytest.raises(PartError, match=said):
        read_part(tmp_path / "bad.json")
    with pytest.raises(PartError, match=r"bad\.json"):
        render(tmp_path, tmp_path / "page.md")
    assert not (tmp_path / "page.md").exists()


def test_without_results_there_is_no_page(tmp_path: Path) -> None:
    """The message says what to run first."""
    with pytest.raises(PartError, match="make bench"):
        render(tmp_path, tmp_path / "page.md")

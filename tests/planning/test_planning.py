"""What somebody is told who plans a library, and whether it is what was measured."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from wgsearch.errors import PlanImpossibleError
from wgsearch.index.manifest import FileRecord, IndexedFile, Manifest
from wgsearch.index.vectors import EXACT_ROWS
from wgsearch.planning import footprint, measured, plan
from wgsearch.planning.measured import CONSTANTS, GENERATED
from wgsearch.planning.measuring import profile_of
from wgsearch.planning.records import Machine, Plan, Prices, Profile, Wanted, Way
from wgsearch.planning.saturation import limits, most

ROOT = Path(__file__).parents[2]
MACHINE = Machine(cores=2, memory_bytes=25.3e9, disk_bytes=None)
WANTED = Wanted(questions_per_s=1, answer_ms=1000, build_hours=None)
FREE = Prices(machine_hour=None, gb_month=None)
MIB = 2**20


def planned(papers: int = 10_000, **given: object) -> Plan:
    """A plan, with what is not named as on the machine that was measured."""
    asked: dict[str, object] = {
        "profile": GENERATED, "machine": MACHINE, "wanted": WANTED, "prices": FREE,
    }  # fmt: skip
    return plan(papers, **(asked | given))  # type: ignore[arg-type] # names are those above


def figure(way: Way, name: str) -> float:
    """The number of a figure."""
    return next(each.value for each in way.figures if each.name == name)


def measured_rows() -> list[list[float]]:
    """Rows of "As an index grows" in docs/performance.md, as numbers."""
    text = (ROOT / "docs/performance.md").read_text(encoding="utf-8")
    part = text.partition("<!-- part: growth -->")[2].partition("<!-- end: growth -->")[0]
    lines = re.findall(r"^\| [\d,]+ \|.*$", part, re.MULTILINE)
    return [
        [float(cell.replace(",", "")) for cell in line.strip("| ").split("|")] for line in lines
    ]


def test_formulas_say_what_was_measured() -> None:
    """
    From 1,000 to 1,000,000 passages, disk is right within 5 %, memory within 7 % and processor
    within 15 % of what docs/performance.md says was measured.
    """
    rows = measured_rows()
    assert [row[0] for row in rows] == [1e3, 1e4, 1e5, 1e6]
    in_process = measured.HTTP_OWN.value
    for row in rows:
        passages, papers, processor, resident, own, disk = (row[at] for at in (0, 1, 4, 6, 7, 8))
        profile = replace(GENERATED, passages_per_paper=passages / papers)
        count = int(passages)
        assert footprint.disk_bytes(count, profile) == pytest.approx(disk * 1e6, rel=0.05)
        memory = footprint.memory_bytes(count, profile, 1) - in_process
        assert memory == pytest.approx(resident * MIB, rel=0.07)
        second = footprint.memory_bytes(count, profile, 2) - in_process - memory
        assert second - in_process == pytest.approx(own * MIB, rel=0.07)
        assert footprint.answer_processor_ms(count) == pytest.approx(processor, rel=0.15)


def test_the_line_between_kinds_is_that_of_builds() -> None:
    """Vectors are planned as they are written: all compared up to the same number of rows."""
    assert measured.EXACT_ROWS.value == EXACT_ROWS
    assert footprint.vector_bytes(EXACT_ROWS, 384) == 4 * 384 + 2 * 384
    assert footprint.vector_bytes(EXACT_ROWS + 1, 384) == 4 * 384 + 96 + 20


def test_disk_by_hand() -> None:
    """Ten passages of two papers: 5 fixed, 10·(1 + 2 + 3 + 4 + 6·4 numbers), 2·7 for papers."""
    profile = Profile(
        passages_per_paper=5, dimension=4, store_bytes=1, words_bytes=2, tokens_bytes=3,
        sayings_bytes=4, paper_bytes=7, fixed_bytes=5, source="by hand",
    )  # fmt: skip
    assert footprint.disk_bytes(10, profile) == 5 + 10 * (1 + 2 + 3 + 4 + 24) + 14


def test_every_constant_has_a_source_and_a_formula_that_names_it() -> None:
    """A number without a source, or that nothing uses, is not in a plan."""
    code = "".join(
        (ROOT / "src/wgsearch/planning" / f"{name}.py").read_text(encoding="utf-8")
        for name in ("footprint", "saturation", "planned")
    )
    for each in CONSTANTS:
        assert each.source
        assert f"{each.name.upper()}.value" in code
        for place in re.findall(r"(?:docs|bench)/[\w./-]+", each.source):
            assert (ROOT / place.rstrip(".")).exists(), place


def test_what_is_full_first_comes_first() -> None:
    """The first limit is the least; on a small disk it is the disk."""
    found = limits(GENERATED, MACHINE, WANTED)
    assert [each.passages for each in found] == sorted(each.passages for each in found)
    small = replace(MACHINE, disk_bytes=1e9)
    first = limits(GENERATED, small, WANTED)[0]
    assert first.resource == "disk"
    assert footprint.builder_disk_bytes(first.passages, GENERATED) <= 1e9
    assert footprint.builder_disk_bytes(first.passages + 1, GENERATED) > 1e9


def test_most_on_both_sides_of_the_line() -> None:
    """The last number that holds is found, below 75,000 and above, and 0 where none does."""
    assert most(lambda passages: passages <= 17) == 17
    assert most(lambda passages: passages <= 123_456_789) == 123_456_789
    assert most(lambda _: False) == 0


def test_a_library_that_outgrows_one_machine_is_split() -> None:
    """No index of a plan is larger than the machine holds, and it is said that it is split."""
    way = planned(10_000_000).ways[0]
    least = min(each.passages for each in way.limits if each.resource != "processor")
    assert way.indexes > 1
    assert figure(way, "passages of an index") <= least
    assert "not brought together" in way.notes[0]


def test_more_questions_take_more_machines() -> None:
    """At 1,000 questions a second: of 43.44 ms, at most 0.7 of two cores each."""
    many = planned(wanted=replace(WANTED, questions_per_s=1000)).ways[0]
    busy_s = figure(many, "processor, a request")
    assert busy_s == pytest.approx(43.44, abs=0.01)
    assert figure(many, "machines of each index") == 32
    assert figure(many, "busy") == pytest.approx(43.44 / (2 * 32), rel=0.001)
    assert planned().ways[0].machines == 1


def test_milvus_memory_by_hand() -> None:
    """Two collections of 1,060,000 rows: 1,536 of vector, 661 of fields, 256 of graph."""
    way = planned().ways[1]
    assert figure(way, "memory of the server") == 2 * 1_060_000 * (1536 + 661 + 256)
    assert figure(way, "query nodes") == 1
    assert figure(way, "machines of other services") == 7


def test_cost_is_what_is_given() -> None:
    """Nothing is priced unless a price is given; then machines by the hour, disk by the month."""
    assert not [each for each in planned().ways[0].figures if each.name.startswith("cost")]
    way = planned(prices=Prices(machine_hour=2, gb_month=0.5)).ways[0]
    stored = figure(way, "disk of all")
    assert figure(way, "cost, a month") == pytest.approx(2 * 730.5 + 0.5 * stored / 1e9)


def test_more_machines_build_in_time() -> None:
    """
    A build that one machine makes in 2.68 hours is made in one: of 1.06 million passages writing
    takes 0.274 hours, reading and encoding 2.403 on one machine, so four for the 0.726 left.
    """
    hurried = replace(WANTED, build_hours=1)
    prices = Prices(machine_hour=3, gb_month=None)
    way = planned(wanted=hurried, prices=prices).ways[0]
    assert figure(way, "machines that build") == 4
    hours = figure(way, "hours of building")
    assert hours == pytest.approx(0.274 + 2.403 / 4, abs=0.001)
    assert figure(way, "cost of one build") == pytest.approx(3 * 4 * hours)


def test_what_one_core_writes_in_half_the_hours_is_an_index() -> None:
    """Writing is not divided among machines: what it cannot do in half the time is split."""
    way = planned(wanted=replace(WANTED, build_hours=0.1)).ways[0]
    assert way.limits[0].resource == "hours of writing"
    assert figure(way, "hours of building") <= 0.1
    with pytest.raises(ValueError, match="takes 1 hours or more"):
        footprint.builders(10**9, 2, 1)


def test_what_no_machine_does_is_refused() -> None:
    """Asked for answers in 10 ms, it is said what stands in the way."""
    with pytest.raises(PlanImpossibleError, match="'answer time' is used up"):
        planned(wanted=replace(WANTED, answer_ms=10))


def test_an_index_is_measured_by_its_manifest() -> None:
    """Bytes a passage are sizes of files over passages; vectors are computed, not measured."""
    sizes = {
        "passages.sqlite": 40, "lexical/a.term": 10, "lexical/b.pos": 10, "tokens/starts.npy": 8,
        "vectors/rows.npy": 999, "sayings.npy": 4, "glossary.json": 7,
    }  # fmt: skip
    manifest = Manifest(
        schema_version=1, reader_version=1, encoder="e", dimension=8, corpus_digest="",
        content_digest="", failed=(), passages=4, built_at="",
        papers=tuple(
            IndexedFile(file=name, digest="", symbol=name, language="en") for name in "ab"
        ),
        files={name: FileRecord(size=size, sha256="") for name, size in sizes.items()},
    )  # fmt: skip
    found = profile_of(manifest, manifest_bytes=20)
    assert (found.passages_per_paper, found.dimension, found.fixed_bytes) == (2, 8, 7)
    assert (found.store_bytes, found.words_bytes, found.tokens_bytes) == (10, 5, 2)
    assert (found.sayings_bytes, found.paper_bytes) == (1, 10)
    with pytest.raises(PlanImpossibleError, match="no passages to measure"):
        profile_of(manifest.model_copy(update={"passages": 0}), manifest_bytes=20)


def test_the_guide_says_what_the_plan_says() -> None:
    """The table of docs/scaling.md is what is computed now."""
    guide = (ROOT / "docs/scaling.md").read_text(encoding="utf-8")
    for size in (10**6, 10**7, 10**8, 10**9):
        found = planned(1, profile=replace(GENERATED, passages_per_paper=size))
        for way in found.ways:
            line = rf"\| {size:,} \| {way.name} \| ([\d,.]+) (GB|TB) \| ([\d,]+) \| ([\d,]+) \|"
            stated = re.search(line, guide)
            assert stated, (size, way.name)
            unit = 1e12 if stated[2] == "TB" else 1e9
            disk = figure(way, "disk of all")
            assert float(stated[1].replace(",", "")) == pytest.approx(disk / unit, rel=0.02)
            assert (int(stated[3]), int(stated[4])) == (way.machines, way.indexes)

"""what a plan is made of, and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Constant(NamedTuple):
    """
    A number of a formula, and where it comes from.

    Attributes:
        name: As formulas call it.
        value: The number.
        unit: What it counts.
        source: Who measured or documents it.
    """

    name: str
    value: float
    unit: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """
    What the passages of a library take, on average.

    Attributes:
        passages_per_paper: Passages of a paper.
        dimension: Numbers of a vector.
        store_bytes: Papers and passages, a passage.
        words_bytes: The index of words, a passage.
        tokens_bytes: Signs of token vectors, a passage; 0 for an encoder without any.
        sayings_bytes: Bits of the words of a passage.
        paper_bytes: What the manifest says of a paper.
        fixed_bytes: Files that do not grow.
        source: Where it was measured.
    """

    passages_per_paper: float
    dimension: int
    store_bytes: float
    words_bytes: float
    tokens_bytes: float
    sayings_bytes: float
    paper_bytes: float
    fixed_bytes: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """
    A machine that answers, builds or holds vectors.

    Attributes:
        cores: Processor cores.
        memory_bytes: Memory.
        disk_bytes: Disk; None where it is as large as is needed.
    """

    cores: int
    memory_bytes: float
    disk_bytes: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """
    What is asked of a library.

    Attributes:
        questions_per_s: Questions a second that were never asked before.
        answer_ms: Milliseconds within which 99 of 100 are answered, with nobody waiting.
        build_hours: Hours that a build from nothing may take; None for any.
    """

    questions_per_s: float
    answer_ms: float
    build_hours: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """
    What is paid; nothing here is assumed.

    Attributes:
        machine_hour: For a machine, an hour; None where it is not known.
        gb_month: For 10⁹ bytes of disk, a month; likewise.
    """

    machine_hour: float | None
    gb_month: float | None


class Figure(NamedTuple):
    """
    One number of a plan.

    Attributes:
        name: What it is.
        value: The number.
        unit: What it counts.
        formula: How it is computed, in names of constants.
    """

    name: str
    value: float
    unit: str
    formula: str


class Limit(NamedTuple):
    """
    How far one machine goes.

    Attributes:
        resource: What is used up.
        passages: So many passages use it up.
    """

    resource: str
    passages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """
    One way of serving a library.

    Attributes:
        name: `one machine` (embedded) or `milvus`.
        figures: What it takes.
        limits: How many passages each resource of one machine that answers holds out for, the
            first to be used up first.
        indexes: Indexes that the library must be split into, by body or series.
        machines: Machines in all.
        notes: What the figures leave out.
    """

    name: str
    figures: tuple[Figure, ...]
    limits: tuple[Limit, ...]
    indexes: int
    machines: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """
    What a library of some size takes.

    Attributes:
        papers: Papers.
        passages: Passages.
        ways: On machines of one kind alone, and with Milvus.
    """

    papers: int
    passages: int
    ways: tuple[Way, ...]

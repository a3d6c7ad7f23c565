"""
passages, machines and what is asked of them -> a plan for each way of serving.

Why a question goes to every index: a library that is split by body or series is asked whole;
what it answers is not brought together by this project.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from wgsearch.errors import PlanImpossibleError
from wgsearch.planning import footprint
from wgsearch.planning import measured as of
from wgsearch.planning.records import Figure, Plan, Way
from wgsearch.planning.saturation import limits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.planning.records import Limit, Machine, Prices, Profile, Wanted

# More machines answer more questions; only what else is used up asks for another index.
_COPIED = "processor"
_SPLIT = "answers of several indexes are not brought together"
INDEXES = "ceil(P / least of limits but processor)"
COPIES = "ceil(questions_per_s·processor(P/indexes)/1000 / (cores·busy))"
BUSY = "questions_per_s·processor/1000 / (cores·copies)"
NODES = "ceil(server_memory / (memory·node_share))"
COST = "price_machine_hour·machines·month_h + price_gb_month·disk/10⁹"
BUILD_COST = "price_machine_hour·indexes·machines that build·hours of building"


def plan(
    papers: int,
    *,
    profile: Profile,
    machine: Machine,
    wanted: Wanted,
    prices: Prices,
) -> Plan:
    """
    What a library of so many papers takes.

    Raises:
        PlanImpossibleError: Not one passage is served as wanted by such a machine.
    """
    return of_passages(
        math.ceil(papers * profile.passages_per_paper),
        papers=papers,
        profile=profile,
        machine=machine,
        wanted=wanted,
        prices=prices,
    )


def of_passages(
    passages: int,
    *,
    papers: int,
    profile: Profile,
    machine: Machine,
    wanted: Wanted,
    prices: Prices,
) -> Plan:
    """Likewise, for a number of passages."""
    ways = (
        _alone(passages, profile, machine, wanted, prices),
        _milvus(passages, profile, machine, wanted, prices),
    )
    return Plan(papers=papers, passages=passages, ways=ways)


def _alone(
    passages: int, profile: Profile, machine: Machine, wanted: Wanted, prices: Prices
) -> Way:
    """Machines that hold everything."""
    found = limits(profile, machine, wanted)
    indexes = _indexes(passages, found)
    part = math.ceil(passages / indexes)
    copies = _copies(footprint.request_processor_ms(part), machine, wanted)
    machines = indexes * copies
    disk = footprint.disk_bytes(part, profile)
    stored = indexes * (footprint.builder_disk_bytes(part, profile) + (copies - 1) * disk)
    figures = (
        *_of_index(part, profile, machine, wanted, vectors=True),
        Figure("indexes", indexes, "", INDEXES),
        Figure("machines of each index", copies, "", COPIES),
        _busy(footprint.request_processor_ms(part), copies, machine, wanted),
        Figure("machines", machines, "", "indexes·copies"),
        Figure("disk of all", stored, "bytes", "indexes·(builder_disk + (copies-1)·disk)"),
        *_cost(machines, stored, prices),
        *_build_cost(part, indexes, machine, wanted, prices),
    )
    notes = () if indexes == 1 else (_SPLIT,)
    return Way(
        name="one machine",
        figures=figures,
        limits=found,
        indexes=indexes,
        machines=machines,
        notes=notes,
    )


def _milvus(
    passages: int, profile: Profile, machine: Machine, wanted: Wanted, prices: Prices
) -> Way:
    """Vectors on a server, everything else on machines that answer."""
    found = limits(profile, machine, wanted, vectors=False)
    indexes = _indexes(passages, found)
    part = math.ceil(passages / indexes)
    copies = _copies(footprint.request_processor_ms(part, vectors=False), machine, wanted)
    server = _server(passages, part, profile, machine)
    machines = indexes * copies + server.nodes + server.services
    disk = footprint.disk_bytes(part, profile, vectors=False)
    stored = server.disk_bytes + indexes * (
        footprint.builder_disk_bytes(part, profile) + (copies - 1) * disk
    )
    figures = (
        *_of_index(part, profile, machine, wanted, vectors=False),
        Figure("indexes", indexes, "", INDEXES),
        Figure("machines of each index", copies, "", COPIES),
        _busy(footprint.request_processor_ms(part, vectors=False), copies, machine, wanted),
        *server.figures,
        Figure("machines", machines, "", "indexes·copies + query nodes + other services"),
        Figure(
            "disk of all",
            stored,
            "bytes",
            "server_disk + indexes·(builder_disk + (copies-1)·disk)",
        ),
        *_cost(machines, stored, prices),
        *_build_cost(part, indexes, machine, wanted, prices),
    )
    notes: tuple[str, ...] = (
        "processor of query nodes is not counted: measured up to 7,312 passages only",
        "one replica; every further one takes the query nodes once more",
    )
    if indexes > 1:
        notes += (_SPLIT,)
    return Way(
        name="milvus",
        figures=figures,
        limits=found,
        indexes=indexes,
        machines=machines,
        notes=notes,
    )


class _Server(NamedTuple):
    """What a server takes that holds the vectors of all indexes."""

    nodes: int
    services: int
    disk_bytes: float
    figures: tuple[Figure, ...]


def _server(passages: int, part: int, profile: Profile, machine: Machine) -> _Server:
    """A collection an index; a graph where one has more rows than are all compared."""
    links = of.GRAPH_M.value * of.LINK_BYTES.value if part > of.EXACT_ROWS.value else 0.0
    row = 4 * profile.dimension + of.FIELDS.value
    held = of.LOADED.value * passages * (row + links)
    nodes = math.ceil(held / (machine.memory_bytes * of.NODE_SHARE.value))
    services = math.ceil(of.SERVICES.value / machine.memory_bytes)
    disk = of.KEPT.value * passages * (row + 4 * profile.dimension + links)
    figures = (
        Figure(
            "memory of the server",
            held,
            "bytes",
            "loaded·indexes·P·(4·d + fields + (graph_m·link_bytes if P > exact_rows else 0))",
        ),
        Figure("query nodes", nodes, "", NODES),
        Figure("machines of other services", services, "", "ceil(services / memory)"),
        Figure(
            "disk of the server",
            disk,
            "bytes",
            "kept·indexes·P·(2·4·d + fields + links): rows, and the index made of them",
        ),
    )
    return _Server(nodes, services, disk, figures)


def _of_index(
    part: int, profile: Profile, machine: Machine, wanted: Wanted, *, vectors: bool
) -> tuple[Figure, ...]:
    """What one index takes on a machine that answers, and on the one that builds."""
    less = "" if vectors else "; without vectors"
    builders = footprint.builders(part, machine.cores, wanted.build_hours)
    return (
        Figure("passages of an index", part, "passages", "P = passages/indexes"),
        Figure(
            "disk of an index",
            footprint.disk_bytes(part, profile, vectors=vectors),
            "bytes",
            footprint.DISK + less,
        ),
        Figure(
            "disk where it is built",
            footprint.builder_disk_bytes(part, profile),
            "bytes",
            footprint.BUILDER_DISK,
        ),
        Figure(
            "memory",
            footprint.memory_bytes(part, profile, machine.cores, vectors=vectors),
            "bytes",
            f"{footprint.MEMORY}; W = cores{less}",
        ),
        Figure(
            "memory of a build",
            footprint.build_memory_bytes(part),
            "bytes",
            footprint.BUILD_MEMORY,
        ),
        Figure(
            "processor, a request",
            footprint.request_processor_ms(part, vectors=vectors),
            "ms",
            footprint.PROCESSOR + less,
        ),
        Figure(
            "answer, 99 of 100",
            footprint.answer_ms(part, vectors=vectors),
            "ms",
            footprint.ANSWER if vectors else "p99·(processor + server_ms)",
        ),
        Figure("machines that build", builders, "", footprint.BUILDERS),
        Figure(
            "hours of building",
            footprint.build_hours(part, machine.cores, builders),
            "hours",
            footprint.HOURS,
        ),
    )


def _indexes(passages: int, found: Sequence[Limit]) -> int:
    """Into how many indexes a library must be split."""
    least = next(each for each in found if each.resource != _COPIED)
    if not least.passages:
        raise PlanImpossibleError(
            f"such a machine serves no passage at all: {least.resource!r} is used up by what does"
            " not grow; allow more of it"
        )
    return math.ceil(passages / least.passages)


def _copies(request_ms: float, machine: Machine, wanted: Wanted) -> int:
    """How many machines share the questions to one index."""
    cores = wanted.questions_per_s * request_ms / 1000 / of.BUSY.value
    return max(1, math.ceil(cores / machine.cores))


def _busy(request_ms: float, copies: int, machine: Machine, wanted: Wanted) -> Figure:
    """How busy each machine that answers is: the row of docs/scaling.md that says who waits."""
    busy = wanted.questions_per_s * request_ms / 1000 / (machine.cores * copies)
    return Figure("busy", busy, "of cores", BUSY)


def _cost(machines: int, stored: float, prices: Prices) -> tuple[Figure, ...]:
    """What is paid a month, of what has a price."""
    if prices.machine_hour is None and prices.gb_month is None:
        return ()
    paid = (prices.machine_hour or 0) * machines * of.MONTH_H.value
    paid += (prices.gb_month or 0) * stored / 1e9
    left_out = [
        name
        for name, price in (("machines", prices.machine_hour), ("disk", prices.gb_month))
        if price is None
    ]
    less = f"; {left_out[0]} without a price" if left_out else ""
    return (Figure("cost, a month", paid, "of the currency of the prices", COST + less),)


def _build_cost(
    part: int, indexes: int, machine: Machine, wanted: Wanted, prices: Prices
) -> tuple[Figure, ...]:
    """What machines cost while everything is built once."""
    if prices.machine_hour is None:
        return ()
    builders = footprint.builders(part, machine.cores, wanted.build_hours)
    hours = footprint.build_hours(part, machine.cores, builders)
    paid = prices.machine_hour * indexes * builders * hours
    return (Figure("cost of one build", paid, "of the currency of the prices", BUILD_COST),)

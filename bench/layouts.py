"""
part -> how it is shown: its title, its tables (key of a row -> heading) and its plots.

Why apart: measuring and showing change for different reasons. Keys of records within a row are
joined by dots (`answer_ms.p50`). A part that brings `title`, `tables` or `plots` of its own
needs no entry here.
"""

from __future__ import annotations

_PEERS_TABLES = [
    {
        "title": "From a folder of papers to a store that answers",
        "columns": {
            "contender": "",
            "ingest_s": "whole, s",
            "ingest_s_ratio": "times as fast as the fastest peer",
            "papers_per_s": "papers/s",
            "imports_s": "imports, s",
            "reading_s": "reading, s",
            "encoding_indexing_s": "encoding and indexing, s",
            "indexing_s": "indexing alone, s",
            "processor_s": "processor, s",
            "ingest_mb": "peak memory, MB",
            "store_mb": "store, MB",
        },
    },
    {
        "title": "From a question to ten passages",
        "columns": {
            "contender": "",
            "cold_s": "first answer, s",
            "cold_s_ratio": "times as fast",
            "p50_ms": "p50, ms",
            "p50_ms_ratio": "times as fast",
            "p99_ms": "p99, ms",
            "answer_mb": "peak memory, MB",
            "found": "sentences found",
            "words": "words in ten passages",
        },
    },
    {
        "title": "What was encoded, and what is installed",
        "columns": {
            "contender": "",
            "papers": "papers",
            "chunks": "passages",
            "read_share": "share of their word pieces that the encoder reads",
            "all_text": "encodes all of the text",
            "install_mb": "installed, MB",
            "versions": "versions",
        },
    },
]
_PEERS_PLOTS = [
    {
        "file": "ingest",
        "kind": "bars",
        "title": "Ingest of all papers, seconds (less is better)",
        "label": "contender",
        "value": "ingest_s",
    },
    {
        "file": "cold",
        "kind": "bars",
        "title": "First answer of a new process, seconds (less is better)",
        "label": "contender",
        "value": "cold_s",
    },
    {
        "file": "warm",
        "kind": "bars",
        "title": "Every further answer, median milliseconds (less is better)",
        "label": "contender",
        "value": "p50_ms",
    },
]


_GROWTH_TABLES = [
    {
        "columns": {
            "passages": "passages",
            "papers": "papers",
            "answer_ms.p50": "answer p50, ms",
            "answer_ms.p99": "p99, ms",
            "cpu_ms": "processor, ms",
            "open_s": "opening, s",
            "memory_mb.served.rss": "resident memory, MB",
            "memory_mb.served.private_dirty": "of its own, MB",
            "index_mb": "on disk, MB",
        },
    },
]
_GROWTH_PLOTS = [
    {
        "file": "answers",
        "kind": "lines",
        "title": "Answer in process by number of passages",
        "x": "passages",
        "y": {"answer_ms.p50": "p50", "answer_ms.p99": "p99"},
        "x_title": "passages",
        "y_title": "ms",
        "log": True,
    },
]
_SERVING_TABLES = [
    {
        "title": "16 clients; `new`: questions never asked before, `again`: the same once more",
        "columns": {
            "workers": "workers",
            "questions": "questions",
            "per_s": "requests/s",
            "p50_ms": "p50, ms",
            "p99_ms": "p99, ms",
            "errors": "errors",
            "server_cpu_ms": "processor, ms a request",
            "ready_s": "ready after, s",
            "memory_mb.rss": "resident memory, MB",
            "memory_mb.anonymous": "of its own, MB",
        },
    },
]
_ENCODING_TABLES = [
    {
        "columns": {
            "way": "",
            "passages_s": "passages/s",
            "ratio": "times sentence-transformers",
            "tokens_s": "tokens/s",
            "cores_used": "cores at work",
            "question_ms": "one question, ms",
            "cosine": "likeness to float32",
            "least_cosine": "least",
            "limit_gops": "limit, 10⁹ operations/s",
            "of_limit": "share of it",
        },
    },
]
_ENCODING_PLOTS = [
    {
        "file": "encoding",
        "kind": "bars",
        "title": "Passages encoded a second (more is better)",
        "label": "way",
        "value": "passages_s",
    },
]
LAYOUTS = {
    "encoding": {
        "title": "Encoding",
        "tables": _ENCODING_TABLES,
        "plots": _ENCODING_PLOTS,
    },
    "peers": {
        "title": "Beside other libraries",
        "tables": _PEERS_TABLES,
        "plots": _PEERS_PLOTS,
    },
    "growth": {
        "title": "As an index grows",
        "tables": _GROWTH_TABLES,
        "plots": _GROWTH_PLOTS,
    },
    "serving": {"title": "Over HTTP", "tables": _SERVING_TABLES},
}

"""
measurements and documents -> the constants of formulas.

Why fitted to the two largest sizes: fixed costs hide what a passage takes at 1,000, and plans are
made for more. `python bench/plan.py FILE` computes them again from the rows of bench/growth.py and
compares; docs/decisions/0036-growth.md says what was refused.
"""

from __future__ import annotations

from wgsearch.planning.records import Constant, Profile

_GROWTH = "bench/growth.py, 100,000 and 1,000,000 passages (docs/performance.md)"
_SERVING = "bench/serving.py, 100,000 passages (docs/performance.md)"
_INGEST = "bench/peers, 1,412 passages on 2 cores (docs/performance.md)"
_TABLE = "docs/scaling.md, Growth"

# Bytes by part of the index of 1,000,000 passages; passages a paper of 69 real papers.
GENERATED = Profile(
    passages_per_paper=106,
    dimension=384,
    store_bytes=2413,
    words_bytes=440,
    tokens_bytes=6141,
    sayings_bytes=40,
    paper_bytes=232,
    fixed_bytes=1.5e6,
    source=f"{_GROWTH}; passages a paper: 7,312 of 69 real papers",
)

EXACT_ROWS = Constant(
    "exact_rows", 75_000, "passages", "all vectors are compared up to here (decision 17)"
)
CODE_BITS = Constant("code_bits", 2, "bits a number", "codes of vectors (decision 17)")
CODE_FACTORS = Constant("code_factors", 20, "bytes a passage", f"beside its code; {_GROWTH}")

SHARED_FIXED = Constant("shared_fixed", 1.59e8, "bytes", f"resident, not its own; {_GROWTH}")
SHARED_OTHER = Constant(
    "shared_other", 176, "bytes a passage", f"resident beside vectors and sayings; {_GROWTH}"
)
OWN_FIXED = Constant("own_fixed", 1.30e8, "bytes a process", f"its own; {_GROWTH}")
OWN = Constant("own", 156, "bytes a passage and process", f"its own; {_GROWTH}")
HTTP_OWN = Constant(
    "http_own", 5.2e7, "bytes a process", f"its own while serving, less in process; {_SERVING}"
)
BUILD_FIXED = Constant("build_fixed", 6.3e8, "bytes", f"peak of a build; {_TABLE}")
BUILD = Constant("build", 2144, "bytes a passage", f"peak of a build; {_TABLE}")

ANSWER_FIXED = Constant("answer_fixed", 13.4, "ms", f"processor, an answer; {_GROWTH}")
EXACT_MS = Constant("exact_ms", 35e-6, "ms a passage", "vectors, all compared (decision 17)")
CODED_MS = Constant("coded_ms", 15.0e-6, "ms a passage", f"vectors, by codes; {_TABLE}")
WORDS_MS = Constant("words_ms", 5.2e-6, "ms a passage", f"words; {_TABLE}")
OTHER_MS = Constant("other_ms", 3.8e-6, "ms a passage", f"all else of an answer; {_GROWTH}")
HTTP_MS = Constant("http_ms", 4.6, "ms", f"processor, a request less an answer; {_SERVING}")
P99 = Constant("p99", 2.02, "times the median", "77.5/38.3 ms at 1,000,000 passages; " + _GROWTH)
BUSY = Constant("busy", 0.7, "share of cores", "bench/queueing.py (docs/scaling.md, Growth)")

READING_MS = Constant("reading_ms", 3.57, "core-ms a passage", f"2.52 s of 2 cores; {_INGEST}")
ENCODING_MS = Constant(
    "encoding_ms", 12.75, "core-ms a passage", "156.9/s on 2 cores, int8 (docs/performance.md)"
)
WRITING_MS = Constant("writing_ms", 0.93, "ms a passage", f"one core; {_TABLE}")
WRITING_SHARE = Constant(
    "writing_share", 0.5, "of hours", "chosen: as much is left for machines that read and encode"
)
CACHE = Constant(
    "cache", 11_570, "bytes a passage", "embeddings.sqlite of the sample, 838 passages"
)
GENERATIONS = Constant(
    "generations", 5, "folders", "in use, three kept, one being built (docs/ARCHITECTURE.md)"
)

FIELDS = Constant(
    "fields", 661, "bytes a passage", "text, citation, typed fields of the sample's 838 passages"
)
GRAPH_M = Constant("graph_m", 32, "links", "M of the graph (decision 35)")
LINK_BYTES = Constant(
    "link_bytes", 8, "bytes a link of M", "2 · M · 4 a vector (FAISS wiki, choosing an index)"
)
LOADED = Constant("loaded", 2, "collections", "the one in use and the one before (decision 35)")
KEPT = Constant("kept", 3, "collections", "in use and two before (decision 35)")
NODE_SHARE = Constant(
    "node_share",
    0.9,
    "of memory",
    "queryCoord.overloadedMemoryThresholdPercentage (milvus.io/docs, configure_querycoord)",
)
SERVICES = Constant(
    "services",
    163.5e9,
    "bytes",
    "least memory of a cluster beside query nodes (zilliz.com/sizing-tool, HNSW, Pulsar)",
)
SERVER_MS = Constant(
    "server_ms", 17, "ms", "a question's calls to a server, waited for (docs/scaling.md)"
)
MONTH_H = Constant("month_h", 730.5, "hours", "365.25 days of 24 hours / 12")

CONSTANTS = (
    EXACT_ROWS, CODE_BITS, CODE_FACTORS, SHARED_FIXED, SHARED_OTHER, OWN_FIXED, OWN, HTTP_OWN,
    BUILD_FIXED, BUILD, ANSWER_FIXED, EXACT_MS, CODED_MS, WORDS_MS, OTHER_MS, HTTP_MS, P99, BUSY,
    READING_MS, ENCODING_MS, WRITING_MS, WRITING_SHARE, CACHE, GENERATIONS, FIELDS, GRAPH_M,
    LINK_BYTES, LOADED, KEPT, NODE_SHARE, SERVICES, SERVER_MS, MONTH_H,
)  # fmt: skip

"""
passages -> how fast each way of running the encoder reads them, and how near to the limit.

    python bench/encoding.py [--corpus FOLDER] [--passages 400] [--rounds 3] [--json FILE]

All ways take the same passages, as an index of the papers embeds them, in turns within one
process. `sentence-transformers` is the library as it comes: its own batches of 32, its own
threads. A passage costs what its tokens cost, so tokens a second are told as well.

The limit is what the same runtime reaches here on one large product of matrices, which leaves
out everything but multiplying: no encoder can be faster than that.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import numpy as np
from machine import machine, warn_when_busy

from wgsearch.embedding import PRECISIONS, SentenceTransformerEncoder, open_encoder
from wgsearch.embedding.network import supported
from wgsearch.papers.children import read_papers
from wgsearch.papers.corpus import scan
from wgsearch.papers.paper import Paper
from wgsearch.passages import embedded_text, passages_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wgsearch.embedding import Encoder
    from wgsearch.embedding.network import Precision

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "un"
# Multiplications and additions of the default encoder: 6 layers, 384 wide, 1,536 between.
LAYERS, WIDTH, BETWEEN = 6, 384, 1536
QUESTION = "Who pays the cost of recruiting workers abroad?"


def texts_of(corpus: Path, count: int) -> list[str]:
    """So many texts as an index embeds them, drawn from all papers of a folder."""
    found: list[str] = []
    for paper in read_papers(corpus, [each.file for each in scan(corpus)]):
        if isinstance(paper, Paper):
            found += [embedded_text(passage) for passage in passages_of(paper)]
    drawn = np.random.default_rng(7).choice(len(found), min(count, len(found)), replace=False)
    return [found[at] for at in sorted(drawn)]


def operations(lengths: Sequence[int]) -> float:
    """Multiplications and additions for texts of so many tokens."""
    every = LAYERS * 2 * (4 * WIDTH**2 + 2 * WIDTH * BETWEEN)
    attention = LAYERS * 4 * WIDTH
    return float(sum(length * every + length**2 * attention for length in lengths))


def limit(precision: Precision, seconds: float = 1.5) -> float:
    """Operations a second of the runtime on one large product, one thread a core."""
    import openvino as ov  # noqa: PLC0415 - what is measured here is the runtime itself
    from openvino import opset13 as op  # noqa: PLC0415 - likewise

    from wgsearch.embedding.network import Network, save  # noqa: PLC0415 - likewise

    rows, inner, outer = 1024, 1536, 1536
    left = op.parameter([-1, -1], np.int64, name="ids")
    mask = op.parameter([-1, -1], np.int64, name="mask")
    # Rows of activations are made of the numbers given, so that the network has the two inputs.
    wide = op.multiply(op.convert(left, "f32"), op.constant(np.float32(0.01)))
    rng = np.random.default_rng(1)
    product = wide
    for _ in range(8):
        weights = op.constant(rng.standard_normal((inner, outer)).astype(np.float32) / 40)
        product = op.matmul(product, weights, transpose_a=False, transpose_b=False)
    used = op.multiply(product, op.convert(op.reduce_max(mask, np.array([0, 1])), "f32"))
    model = ov.Model([product, used], [left, mask], "product")
    ids = rng.integers(-100, 100, (rows, inner))
    with tempfile.TemporaryDirectory() as folder:
        save(model, Path(folder) / "network.xml", precision)
        network = Network(Path(folder) / "network.xml", precision)
        ones = np.ones((1, 1), np.int64)
        network.run(ids, ones)
        done, started = 0, time.perf_counter()
        with ThreadPoolExecutor(network.streams) as pool:
            while (took := time.perf_counter() - started) < seconds:
                list(pool.map(lambda _: network.run(ids, ones), range(2 * network.streams)))
                done += 2 * network.streams
    return done * 8 * 2.0 * rows * inner * outer / took


def timed(encode: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and of the processor."""
    started, used = time.perf_counter(), time.process_time()
    encode()
    return time.perf_counter() - started, time.process_time() - used


def question_ms(encoder: Encoder) -> float:
    """Median milliseconds for one question with its tokens, nothing else at work."""
    took = [timed(lambda: encoder.encode_tokens([QUESTION], role="question"))[0] for _ in range(60)]
    return 1000 * median(took[10:])


def measured(texts: Sequence[str], rounds: int) -> list[dict[str, object]]:
    """A row for each way, in turns."""
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - takes seconds

    own = SentenceTransformerEncoder()
    library = SentenceTransformer(str(own.files.folder), device="cpu")
    ways: dict[str, tuple[Callable[[], object], Encoder | None, Precision]] = {
        "sentence-transformers": (lambda: library.encode(list(texts)), None, "float32"),
        "as it is (torch)": (lambda: own.encode(texts), own, "float32"),
    }
    for precision in reversed(PRECISIONS):
        if supported(precision):
            made = open_encoder(precision=precision)
            ways[f"exported, {precision}"] = (
                lambda made=made: made.encode_tokens(texts),
                made,
                precision,
            )
    lengths = [len(own.spans_of(text).ids) + 2 for text in texts]
    took: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for name, (encode, _, _) in ways.items():
        encode()
        print(f"warm: {name}", file=sys.stderr)
    for at in range(rounds):
        for name, (encode, _, _) in ways.items():
            took[name].append(timed(encode))
        print(f"round {at + 1} of {rounds}", file=sys.stderr)
    reference = own.encode(texts)
    first = median(each for each, _ in took["sentence-transformers"])
    limits = {each: limit(each) for each in dict.fromkeys(way[2] for way in ways.values())}
    rows: list[dict[str, object]] = []
    for name, (_, encoder, precision) in ways.items():
        wall = median(each for each, _ in took[name])
        used = median(each for _, each in took[name])
        cosines = None
        if encoder is not None:
            cosines = (encoder.encode(texts) * reference).sum(axis=1)
        rows.append(
            {
                "way": name,
                "passages_s": round(len(texts) / wall, 1),
                "tokens_s": round(sum(lengths) / wall),
                "ratio": round(first / wall, 2),
                "cores_used": round(used / wall, 2),
                "cosine": None if cosines is None else round(float(cosines.mean()), 5),
                "least_cosine": None if cosines is None else round(float(cosines.min()), 5),
                "question_ms": None if encoder is None else round(question_ms(encoder), 2),
                "limit_gops": round(limits[precision] / 1e9),
                "of_limit": round(operations(lengths) / wall / limits[precision], 3),
                "ours": name == "exported, int8",
            }
        )
    return rows


def main() -> None:
    """Measure, print, and write the part where a file is named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    default = SHARED if SHARED.is_dir() else ROOT / "corpus" / "papers"
    parser.add_argument("--corpus", type=Path, default=default)
    parser.add_argument("--passages", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    os.environ["HF_HUB_OFFLINE"] = "1"
    found = machine()
    warn_when_busy(found)
    texts = texts_of(asked.corpus, asked.passages)
    part = {
        "part": "encoding",
        "machine": found,
        "command": "python bench/encoding.py",
        "rows": measured(texts, asked.rounds),
    }
    print(json.dumps(part["rows"], indent=1))
    if asked.json:
        asked.json.parent.mkdir(parents=True, exist_ok=True)
        asked.json.write_text(json.dumps(part, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()

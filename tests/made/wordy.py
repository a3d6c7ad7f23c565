"""Papers of invented words, an encoder that workers can import, and the files of an index."""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from wgsearch.embedding import Encoded, InOnePass, Tokens, TokenSpans

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wgsearch.embedding import Encoder, Role

_WORDS = "debt fees passport wages hours school loan harvest boats bricks mines homes".split()  # noqa: SIM905 - a line of words

# What tantivy names its files by; in its own words with hyphens.
_LOT = re.compile(rb"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")


class WordyEncoder(InOnePass):
    """A fixed direction a word; a row also moves a little with the batch it is encoded in."""

    identity = "wordy@1/unit/float32"
    dimension = 64
    has_tokens = True

    def encode_tokens(
        self,
        texts: Sequence[str],
        progress: Callable[[int], None] | None = None,
        *,
        role: Role = "passage",
    ) -> Encoded:
        """One token a word."""
        del role
        among = _direction("\n".join(texts)) * np.float32(1e-3)
        tokens = [np.stack([_direction(word) for word in text.split()]) for text in texts]
        rows = np.stack([_unit(each.sum(axis=0) + among) for each in tokens])
        if progress:
            progress(len(texts))
        spans = map(self.spans_of, texts)
        return Encoded(
            rows=rows,
            tokens=tuple(
                Tokens(ids=at.ids, vectors=_unit(each), spans=at.spans)
                for each, at in zip(tokens, spans, strict=True)
            ),
        )

    def spans_of(self, text: str, *, role: Role = "passage") -> TokenSpans:
        """Words between spaces."""
        del role
        found, end = [], 0
        for word in text.split():
            start = text.index(word, end)
            end = start + len(word)
            found.append((start, end))
        ids = [int(hashlib.sha256(word.encode()).hexdigest()[:7], 16) for word in text.split()]
        return TokenSpans(ids=np.array(ids, dtype=np.int32), spans=np.array(found, dtype=np.int32))


def _direction(word: str) -> np.ndarray:
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8])
    return np.random.default_rng(seed).standard_normal(64).astype(np.float32)


def _unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=-1, keepdims=True)).astype(np.float32)


class SlowEncoder(WordyEncoder):
    """Takes its time over each batch, and leaves a note in a folder that it began."""

    def __init__(self, folder: Path, wait_s: float) -> None:
        self._folder, self._wait_s = folder, wait_s

    def encode_tokens(
        self,
        texts: Sequence[str],
        progress: Callable[[int], None] | None = None,
        *,
        role: Role = "passage",
    ) -> Encoded:
        """Likewise, later."""
        digest = hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]
        (self._folder / f"{digest}.{os.getpid()}.{uuid.uuid4().hex}").touch()
        time.sleep(self._wait_s)
        return super().encode_tokens(texts, progress, role=role)


def slow(folder: str, wait_s: float) -> Encoder:
    """A slow encoder, by what workers can be sent."""
    return SlowEncoder(Path(folder), wait_s)


def write_papers(folder: Path, count: int) -> Path:
    """So many papers of the invented series, as texts; some paragraphs stand in several."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(5)  # noqa: S311 - words, the same each time
    said = "Workers keep their passports, whatever they owe to those who found them work."
    for number in range(1, count + 1):
        lines = [f"DEMO/COP/WG.4/2024/{number}", "", "Note by the Secretariat", ""]
        for at in range(1, 13):
            words = " ".join(chance.choices(_WORDS, k=chance.randint(20, 60)))
            lines += [f"{at}. In paper {number}: {words}. {said}", ""]
        (folder / f"paper_{number:03}.txt").write_text("\n".join(lines), encoding="utf-8")
    return folder


def files_of(index: Path) -> dict[str, list[str]]:
    """
    Digests of the files of the generation in use, by name.

    Two things differ between any two builds of the same: the hour in the manifest, and the names
    that tantivy draws by lot for its files. Both are taken out, with the manifest's digests of
    what holds them; everything else is compared byte for byte.
    """
    folder = index / "generations" / (index / "CURRENT").read_text().strip()
    found: dict[str, list[str]] = {}
    for each in sorted(folder.rglob("*")):
        if not each.is_file():
            continue
        data = each.read_bytes()
        if each.name == "manifest.json":
            said = json.loads(data)
            del (
                said["built_at"],
                said["files"],
                said["checksum"],
            )  # of what differs; files are below
            data = json.dumps(said).encode()
        elif each.suffix == ".json":
            data = b"".join(sorted(_LOT.sub(b"-", data).split(b'"')))  # a set, in any order
        name = _LOT.sub(b"-", each.relative_to(folder).as_posix().encode()).decode()
        found.setdefault(name, []).append(hashlib.sha256(data).hexdigest())
    return {name: sorted(digests) for name, digests in found.items()}

"""
sentences of the sample corpus -> papers of any number, with vectors, without encoding them.

Why sentences and invented words: the latency of a search depends on how long its lists are
and on how words are spread. Sentences repeat the common words of real text; invented words,
drawn by Zipf's law, make the vocabulary grow with the corpus as Heaps' law has it.
"""

from __future__ import annotations

import hashlib
import itertools
import math
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, overload

import numpy as np

from wgsearch.embedding import EmbeddingCache, Encoded, InOnePass, open_encoder
from wgsearch.index.indexed import IndexedPaper
from wgsearch.index.tokens import SignCodec
from wgsearch.papers.paper import Box, Heading, Paper, PaperKind, Paragraph, ParagraphKind
from wgsearch.papers.reader import read_file
from wgsearch.passages import MAX_WORDS, count_words, embedded_text, passages_of
from wgsearch.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from wgsearch.embedding import Encoder, Role, TokenSpans, Vectors

# About what the papers of a working group have.
PASSAGES_OF_A_PAPER = 40
# Sentences of a passage: three or four of 24 words, and the invented words among them.
_SENTENCES = (3, 4, 5)
_INVENTED = (2, 3, 4, 5, 6)
# Zipf's law of the invented words: their vocabulary grows about as the root of the text.
_ZIPF = 1.35
_SYLLABLES = [c + v for c in "bdfgklmnprstvz" for v in ("a", "e", "i", "o", "u", "an", "er", "is")]
# Share of the papers of each body: filters that keep about so many are measured.
BODIES = {"Rare Body": 0.001, "Small Body": 0.03, "Half Body": 0.5}
_REST = "Remaining Body"
# Noise of a vector against its length, and share of the signs of tokens that are turned.
_NOISE = 0.35
_TURNED = 0.06
_MARK = struct.Struct("<II")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """
    A sentence with what an encoder makes of it.

    Attributes:
        text: The sentence.
        vector: *Shape:* (dimension,), float32.
        ids: Its tokens. *Shape:* (n,), int32.
        starts: Where they begin. *Shape:* (n,), int32.
        signs: Signs of their vectors, packed. *Shape:* (n, dimension / 8), uint8.
    """

    text: str
    vector: Vectors
    ids: np.ndarray
    starts: np.ndarray
    signs: np.ndarray


class Remembering(InOnePass):
    """
    An encoder that keeps what it encoded of questions, so that a run measures all but encoding.

    Args:
        encoder: What encodes what is not known.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[tuple[str, str], Encoded] = {}
        self.identity = encoder.identity
        self.dimension = encoder.dimension
        self.has_tokens = encoder.has_tokens

    def encode_tokens(
        self,
        texts: Sequence[str],
        progress: Callable[[int], None] | None = None,
        *,
        role: Role = "passage",
    ) -> Encoded:
        """Rows and tokens of the texts."""
        found = [self._one(text, role) for text in texts]
        if progress:
            progress(len(texts))
        return Encoded(
            rows=np.concatenate([each.rows for each in found]),
            tokens=tuple(token for each in found for token in each.tokens or ()),
        )

    def spans_of(self, text: str, *, role: Role = "passage") -> TokenSpans:
        """Tokens of a text."""
        return self._encoder.spans_of(text, role=role)

    def _one(self, text: str, role: Role) -> Encoded:
        if (text, role) not in self._known:
            self._known[text, role] = self._encoder.encode_tokens([text], role=role)
        return self._known[text, role]


def sample_sentences(papers: Path, cache: Path, encoder: Encoder) -> tuple[Sentence, ...]:
    """
    English sentences of papers, each encoded by itself; encoded once, and kept.

    Args:
        papers: Folder of the papers.
        cache: File of vectors, made where it is missing.
        encoder: What encodes.
    """
    texts: dict[str, None] = {}
    for path in sorted(papers.iterdir()):
        paper = read_file(path)
        if paper.language == "en":
            for passage in passages_of(paper):
                spans = sentences(passage.text, "en")
                found = (" ".join(passage.text[s.start : s.end].split()) for s in spans)
                texts |= dict.fromkeys(each for each in found if 4 < len(each.split()) < 80)  # noqa: PLR2004 - fewer are labels, more a list
    kept = EmbeddingCache(cache)
    try:
        encoded = kept.encode(encoder, tuple(texts), None, SignCodec())
    finally:
        kept.close()
    return tuple(
        Sentence(text=text, vector=row, ids=_ids(code), starts=_ids(code, 1), signs=_signs(code))
        for text, row, code in zip(texts, encoded.rows, encoded.codes or (), strict=True)
    )


def _ids(code: bytes, at: int = 0) -> np.ndarray:
    """The first numbers of the tokens, or those after them: where these begin."""
    count, _ = _MARK.unpack_from(code)
    return np.frombuffer(code, "<i4", count, _MARK.size + 4 * at * count)


def _signs(code: bytes) -> np.ndarray:
    count, dimension = _MARK.unpack_from(code)
    return np.frombuffer(code, np.uint8, -1, _MARK.size + 8 * count).reshape(count, dimension // 8)


@lru_cache(maxsize=200_000)
def invented(rank: int) -> str:
    """The word of a rank of the invented vocabulary."""
    word, rest = "", rank + len(_SYLLABLES)
    while rest:
        rest, at = divmod(rest, len(_SYLLABLES))
        word += _SYLLABLES[at]
    return word


class Generated(Sequence[IndexedPaper]):
    """
    Papers made when they are asked for, always the same by number: none is kept.

    Args:
        pool: What passages are made of.
        passages: So many in all.
        seed: Of the numbers that choose.
    """

    def __init__(self, pool: Sequence[Sentence], passages: int, seed: int = 20) -> None:
        self._pool = pool
        self._passages = passages
        self._seed = seed
        self._words = [count_words(each.text) for each in pool]
        self._vectors = np.stack([each.vector for each in pool])
        self._signs = np.concatenate([each.signs for each in pool])
        # Each passage turns other signs: a piece of these, from anywhere.
        chance = np.random.default_rng(seed)
        self._turned = np.packbits(chance.random((1 << 20, 8)) < _TURNED)

    def __len__(self) -> int:
        return math.ceil(self._passages / PASSAGES_OF_A_PAPER)

    @overload
    def __getitem__(self, number: int) -> IndexedPaper: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[IndexedPaper]: ...

    def __getitem__(self, number: int | slice) -> IndexedPaper | Sequence[IndexedPaper]:
        if isinstance(number, slice):
            return [self[at] for at in range(*number.indices(len(self)))]
        if not 0 <= number < len(self):
            raise IndexError(number)
        paper = self._paper(number, self._count(number))
        return IndexedPaper(as_read=paper, agenda=None, passages=passages_of(paper))

    @cached_property
    def bodies(self) -> list[str]:
        """The body of each paper: every share at least once, spread over the numbers."""
        found = [_REST] * len(self)
        rest = np.random.default_rng(self._seed).permutation(len(self)).tolist()
        for body, share in BODIES.items():
            for _ in range(max(1, round(share * len(self)))):
                if rest:
                    found[rest.pop()] = body
        return found

    def vectors(self) -> Vectors:
        """All vectors. *Shape:* (n, dimension), float32, unit rows."""
        found = np.empty((self._passages, self._vectors.shape[1]), np.float32)
        each = itertools.chain.from_iterable(
            (self._vector(number, at) for at in range(self._count(number)))
            for number in range(len(self))
        )
        for row, vector in enumerate(each):
            found[row] = vector
        return found

    def codes(self) -> Iterator[bytes]:
        """Packed tokens of each passage, in order."""
        for number in range(len(self)):
            for at, passage in enumerate(self[number].passages):
                yield self._code(number, at, len(embedded_text(passage)) - len(passage.text))

    def _count(self, number: int) -> int:
        return min(PASSAGES_OF_A_PAPER, self._passages - number * PASSAGES_OF_A_PAPER)

    def head(self, number: int) -> Paper:
        """A paper without its paragraphs: cheap."""
        return self._paper(number, 0)

    def _paper(self, number: int, count: int) -> Paper:
        year, serial = 1990 + number % 36, 1 + number // 36
        symbol = f"DEMO/COP/WG.4/{year}/{serial}"
        name = f"DEMO_COP_WG.4_{year}_{serial}.en.pdf"
        heading = "I. " + self._pool[number % len(self._pool)].text[:40]
        return Paper(
            file=name,
            digest=hashlib.sha256(name.encode()).hexdigest(),
            symbol=symbol,
            symbols=(symbol,),
            title=" ".join(self._pool[(7 * number) % len(self._pool)].text.split()[:8]),
            kind=PaperKind.BACKGROUND_PAPER,
            body=self.bodies[number],
            session="First session",
            meeting=None,
            date=f"{year}-04-25",
            language="en",
            languages=("en",),
            original=("en",),
            distribution="General",
            agenda_item=None,
            pages=1 + count // 4,
            headings=(Heading(level=1, label="I", text=heading[3:], page=1, before=0),),
            paragraphs=tuple(
                Paragraph(
                    number=str(at + 1),
                    part="body",
                    kind=ParagraphKind.PARAGRAPH,
                    heading_path=(heading,),
                    page_first=1 + at // 4,
                    page_last=1 + at // 4,
                    text=self._text(number, at),
                    boxes=(Box(page=1 + at // 4, x0=90, y0=100, x1=500, y1=130),),
                )
                for at in range(count)
            ),
            footnotes=(),
            warnings=(),
        )

    def _chosen(self, number: int, at: int) -> tuple[np.random.Generator, list[int], list[str]]:
        """Numbers by chance for a passage, its sentences, its invented words."""
        chance = np.random.default_rng((self._seed, number, at))
        some = chance.integers(len(self._pool), size=chance.choice(_SENTENCES)).tolist()
        # Longer ones would be cut into several passages.
        while len(some) > 1 and sum(self._words[each] for each in some) > MAX_WORDS - 20:
            some.pop()
        ranks = chance.zipf(_ZIPF, size=chance.choice(_INVENTED))
        return chance, some, [invented(int(rank % 5_000_000)) for rank in ranks]

    def _text(self, number: int, at: int) -> str:
        _, some, strange = self._chosen(number, at)
        texts = [self._pool[each].text for each in some]
        # Words stand within sentences, so that none is a sentence of its own.
        words = texts[0].split(" ")
        texts[0] = " ".join([*words[:-1], *strange, words[-1]])
        return " ".join(texts)

    def _vector(self, number: int, at: int) -> Vectors:
        chance, some, _ = self._chosen(number, at)
        mean = self._vectors[some].mean(axis=0)
        noise = chance.standard_normal(len(mean), dtype=np.float32)
        scale = _NOISE * np.linalg.norm(mean) / np.linalg.norm(noise)
        vector = mean + scale * noise
        return (vector / np.linalg.norm(vector)).astype(np.float32)

    def _code(self, number: int, at: int, before: int) -> bytes:
        chance, some, strange = self._chosen(number, at)
        ids = np.concatenate([self._pool[each].ids for each in some])
        signs = np.concatenate([self._pool[each].signs for each in some])
        # An invented word is read as some three pieces.
        pieces = chance.integers(len(self._signs), size=3 * len(strange))
        signs = np.concatenate([signs, self._signs[pieces]])
        ids = np.concatenate([ids, chance.integers(1000, 30000, size=len(pieces))]).astype("<i4")
        # Invented words stand within the first sentence; their pieces have no place of their own.
        inserted = len(" ".join(strange)) + 1
        lengths = (len(self._pool[each].text) + 1 for each in some)
        ends = [0, *(inserted + end for end in itertools.accumulate(lengths))]
        places = [before + e + self._pool[s].starts for e, s in zip(ends, some, strict=False)]
        starts = np.concatenate([*places, np.full(len(pieces), -1)]).astype("<i4")
        begin = int(chance.integers(len(self._turned) - signs.size))
        signs = signs ^ self._turned[begin : begin + signs.size].reshape(signs.shape)
        head = _MARK.pack(len(ids), 8 * signs.shape[1])
        return head + ids.tobytes() + starts.tobytes() + signs.tobytes()


def default_encoder() -> Encoder:
    """The encoder of the sample's vectors."""
    return open_encoder()

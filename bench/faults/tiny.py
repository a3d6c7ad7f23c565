"""
A few invented papers and an encoder of letters: a build of them takes a tenth of a second.

Why small: what is tested is every step of writing, and there are as many of these for ten papers
as for ten thousand. Papers are read from memory, and each says of which edition of the corpus it
is, so that parts of two editions can be told apart in every leg.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from wgsearch.embedding import Encoded, InOnePass, Tokens, TokenSpans
from wgsearch.index.build import build
from wgsearch.index.inspection import demand, inspect
from wgsearch.index.lexical import Phrase, Within
from wgsearch.index.places import current
from wgsearch.index.reading import PaperReader
from wgsearch.index.snapshot import open_current
from wgsearch.papers.corpus import CorpusFile
from wgsearch.papers.paper import Heading, Paper, PaperKind, Paragraph, ParagraphKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from wgsearch.embedding import Role
    from wgsearch.index.disk import Disk

_LETTERS = 26
# Words that tell the edition of the corpus; any two have different letters in different numbers.
MARKS = (
    *(
        "skep",
        "hive",
        "brood",
        "comb",
        "wax",
        "drone",
        "forage",
        "mead",
        "swarm",
        "queen",
        "apiary",
    ),
    *("nectar", "pollen", "smoker", "veil", "sting", "larva", "pupa", "worker", "super", "frame"),
)


class Letters(InOnePass):
    """Counts of letters as vectors; one token a text."""

    identity = "letters@1"
    dimension = _LETTERS
    has_tokens = True

    def encode_tokens(
        self,
        texts: Sequence[str],
        progress: Callable[[int], None] | None = None,
        *,
        role: Role = "passage",
    ) -> Encoded:
        """A row a text, and the same as its only token."""
        counts = [[1 + text.lower().count(chr(97 + n)) for n in range(_LETTERS)] for text in texts]
        rows = np.array(counts, dtype=np.float32).reshape(-1, _LETTERS)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        if progress:
            progress(len(texts))
        tokens = tuple(
            Tokens(ids=spans.ids, vectors=row.reshape(1, -1), spans=spans.spans)
            for row, spans in zip(rows, map(self.spans_of, texts), strict=True)
        )
        return Encoded(rows=rows, tokens=tokens)

    def spans_of(self, text: str, *, role: Role = "passage") -> TokenSpans:
        """The whole text."""
        del role
        return TokenSpans(
            ids=np.array([len(text)], dtype=np.int32),
            spans=np.array([[0, len(text)]], dtype=np.int32),
        )


def memory() -> str | None:
    """A folder in memory, where there is one: thousands of small files are synced and removed."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - a random folder in it


def papers(edition: int, count: int = 4) -> list[Paper]:
    """Papers of an edition: the first says the same in all of them, the others name theirs."""
    return [_paper(number, edition) for number in range(1, count + 1)]


def mark_of(edition: int) -> str:
    """A word that only papers of an edition hold."""
    return MARKS[edition % len(MARKS)] + "ab" * (edition // len(MARKS))


def _paper(number: int, edition: int) -> Paper:
    symbol = f"DEMO/COP/WG.4/2022/{number}"
    told = "in every year" if number == 1 else f"in the year of the {mark_of(edition)}"
    texts = [f"Fees turn into debt {told}, part {part} of {number}." for part in (1, 2)]
    return Paper(
        file=f"{number}.txt",
        digest=hashlib.sha256("\0".join(texts).encode()).hexdigest(),
        symbol=symbol,
        symbols=(symbol,),
        title=f"Note {number}",
        kind=PaperKind.BACKGROUND_PAPER,
        body="Demonstration Working Group on Trafficking in Persons",
        session="First session",
        meeting="Vienna, 27 and 28 June 2022",
        date="2022-04-25",
        language="en",
        languages=("en",),
        original=("en",),
        distribution="General",
        agenda_item=None,
        pages=1,
        headings=(Heading(level=1, label="I", text="Introduction", page=1, before=0),),
        paragraphs=tuple(
            Paragraph(
                number=str(at),
                part="body",
                kind=ParagraphKind.PARAGRAPH,
                heading_path=("I. Introduction",),
                page_first=1,
                page_last=1,
                text=text,
                boxes=(),
            )
            for at, text in enumerate(texts, start=1)
        ),
        footnotes=(),
        warnings=(),
    )


def reader(held: Sequence[Paper]) -> PaperReader:
    """What reads papers from memory."""
    by_file = {paper.file: paper for paper in held}

    def read(root: Path, files: Sequence[str]) -> Iterator[Paper]:
        del root
        return (by_file[file] for file in files)

    return PaperReader(
        version=1,
        scan=lambda _: tuple(CorpusFile(file=p.file, digest=p.digest, size=0) for p in held),
        read=read,
        agenda=lambda _: None,
    )


def build_edition(index: Path, edition: int, disk: Disk | None = None, *, count: int = 4) -> str:
    """Build an edition; the name of its generation."""
    more = {"disk": disk} if disk else {}
    made = build(index, index, Letters(), reader=reader(papers(edition, count)), **more)
    return made.generation


def edition_read(index: Path, most: int) -> tuple[str, int]:
    """
    What a new reader finds: the generation, and the edition that all of its parts agree on.

    Args:
        index: The index folder.
        most: Editions are counted from 0 to this.

    Raises:
        WgsearchError: Nothing can be opened.
        AssertionError: Parts of the generation are of different editions.
    """
    opened = open_current(index, Letters.identity)
    texts = [each.text for each in opened.store.passages(range(opened.store.rows))]
    marked = [e for e in range(most + 1) if any(f" {mark_of(e)}," in text for text in texts)]
    assert len(marked) == 1, f"{opened.name} holds editions {marked}"
    [edition] = marked
    with_mark = [row for row, text in enumerate(texts) if f" {mark_of(edition)}," in text]
    within = Within(phrases=(Phrase(mark_of(edition)),))
    assert opened.lexical.matching(within).tolist() == with_mark
    for row, text in enumerate(texts):
        assert text in opened.store.paper(int(opened.store.paper_of[row])).paragraphs[row % 2].text
    assert opened.vectors.rows == len(texts)
    return opened.name, edition


def looked_into(index: Path) -> str:
    """The generation in use, after everything in it was compared with everything else."""
    name = current(index)
    demand(inspect(index, name))
    return name

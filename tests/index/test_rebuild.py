"""An index that grew paper by paper is the one that is built at once, in every part."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pytest

from wgsearch.embedding import Encoded
from wgsearch.index.build import PaperReader, build
from wgsearch.index.lexical import Asked, LexicalIndex, Within
from wgsearch.index.publish import current, folder_of, verify_generation
from wgsearch.index.tokens import SignCodec, StoredTokens, write_token_rows, write_tokens
from wgsearch.papers.corrections import parse_corrections

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from wgsearch.embedding import Encoder
    from wgsearch.papers.paper import Paper

# What differs from build to build: when it was, and since when a file is left out.
TIMES: dict[str, Any] = {"files": True, "built_at": True, "failed": {"__all__": {"since"}}}
WORDS = [
    "debt",
    "fees",
    "passports",
    "shelters",
    "harvest",
    "crews",
    "inspectors",
    "contracts",
    "wages",
    "courts",
]
STATED = {"AB/2022/4": {"title": "Fees", "symbol": "AB/2022/44"}}


class Written(NamedTuple):
    """All that a generation answers from, but for what tells one build from another."""

    tables: dict[str, list[tuple[object, ...]]]
    files: dict[str, bytes]
    found: list[list[tuple[int, float]]]
    manifest: dict[str, object]


@pytest.fixture
def papers(make_paper: Callable[..., Paper]) -> list[Paper]:
    """Twelve papers: versions in two languages, an addendum, a revision, one file twice."""

    def one(symbol: str, number: int, **more: object) -> Paper:
        texts = [f"{WORDS[(number + at) % 10]} and {WORDS[at]} of AB/2022/1." for at in range(5)]
        return make_paper(symbol, texts[: 2 + number % 4], **more)

    found = [one(f"AB/2022/{number}", number) for number in range(1, 7)]
    found += [
        one("AB/2022/1/Add.1", 7),
        one("AB/2022/2/Rev.1", 8),
        one("AB/2022/3", 9, language="fr"),
        one("AB/2022/5", 3, language="fr"),
        one("AB/2022/6", 6, file="AB_2022_6.docx"),
        one("AB/2022/7", 11),
    ]
    return found


@pytest.fixture
def building(
    tmp_path: Path, encoder: Encoder, memory_reader: Callable[..., PaperReader]
) -> Callable[..., Written]:
    """`building(index, papers, full=False)`: build, and all that was written."""

    def built(name: str, papers: Sequence[Paper], *, full: bool = False) -> Written:
        reader = replace(memory_reader(papers), corrections=lambda _: parse_corrections(STATED, ""))
        build(tmp_path / name, tmp_path / name, encoder, reader=reader, full=full)
        return _written(tmp_path / name)

    return built


def _written(index: Path) -> Written:
    """What the generation in use consists of."""
    folder = folder_of(index, current(index))
    with sqlite3.connect(folder / "passages.sqlite") as store:
        names = [name for (name,) in store.execute("SELECT name FROM sqlite_master")]
        tables = {
            name: store.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608 - our own names
            for name in ("papers", "passages", "cited", "made", "left_out")
        }
    store.close()
    assert {*tables} <= {*names}
    lexical = LexicalIndex(folder / "lexical")
    found = [
        lexical.top([Asked(" ".join(WORDS[at : at + 3]))], 50, Within()) for at in range(len(WORDS))
    ]
    manifest = verify_generation(index, folder.name)
    return Written(
        tables=tables,
        files={
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in (
                folder / "vectors/rows.npy",
                folder / "glossary.json",
                *(folder / "tokens").iterdir(),
            )
        },
        found=[list(zip(f.rows.tolist(), f.scores.tolist(), strict=True)) for f in found],
        manifest=manifest.model_dump(exclude=TIMES),
    )


@pytest.mark.parametrize("step", [1, 5])
def test_grown_is_built_at_once(
    building: Callable[..., Written], papers: list[Paper], step: int
) -> None:
    """Papers come a few at a time, in an order that is not that of their names."""
    for end in range(1, len(papers) + 1, step):
        building("grown", papers[-end:])
    assert building("grown", papers) == building("whole", papers)


def test_shrunk_and_changed_is_built_at_once(
    building: Callable[..., Written], papers: list[Paper], make_paper: Callable[..., Paper]
) -> None:
    """Papers are removed, others come back with other words."""
    building("changed", papers)
    left = [*papers[2:5], make_paper("AB/2022/1", ["Courts of debt.", "Wages."]), *papers[7:]]
    assert building("changed", left) == building("whole", left)
    assert building("changed", papers, full=True) == building("full", papers)


def test_a_file_that_gave_way_is_read_once_and_not_encoded(
    tmp_path: Path,
    encoder: Encoder,
    memory_reader: Callable[..., PaperReader],
    make_paper: Callable[..., Paper],
) -> None:
    """Of a paper in PDF and Word only one is encoded; the other is read again when it is needed."""
    pdf = make_paper("AB/2022/1", ["Debt of one."])
    word = make_paper("AB/2022/1", ["Debt of one, in Word."], file="AB_2022_1.docx")
    other, third = (make_paper(f"AB/2022/{n}", [f"Fees of {n}."]) for n in (2, 3))
    read: list[str] = []

    def building(*papers: Paper) -> int:
        inner = memory_reader(papers)
        read.clear()

        def reading(root: Path, files: Sequence[str]) -> Iterator[object]:
            for file, paper in zip(files, inner.read(root, files), strict=True):
                read.append(file)
                yield paper

        reader = replace(inner, read=reading)
        return build(tmp_path, tmp_path / "index", encoder, reader=reader).embedded

    assert building(pdf, word, other) == 2
    assert building(pdf, word, other, third) == 1
    assert read == [third.file]
    assert building(word, other, third) == 1
    assert read == [word.file]


class Slow:
    """An encoder that counts what it was given."""

    identity = "slow"
    dimension = 4
    has_tokens = False

    def __init__(self) -> None:
        self.done = 0

    def encode(self, texts: Sequence[str], _: object = None, *, role: str = "") -> np.ndarray:
        """Equal rows."""
        self.done += len(texts) if role != "question" else 0
        return np.full((len(texts), 4), 0.5, dtype=np.float32)

    def encode_tokens(self, texts: Sequence[str], _: object = None, *, role: str = "") -> Encoded:
        """Likewise."""
        return Encoded(rows=self.encode(texts, role=role), tokens=None)


def test_reading_and_encoding_go_side_by_side(
    tmp_path: Path, memory_reader: Callable[..., PaperReader], make_paper: Callable[..., Paper]
) -> None:
    """Encoding begins before all is read, and reading is never far ahead, whatever the corpus."""
    papers = [
        make_paper(f"AB/2022/{number}", [f"Paragraph {at} of {number}." for at in range(100)])
        for number in range(100)
    ]
    slow, inner = Slow(), memory_reader(papers)
    ahead: list[int] = []

    def read(root: Path, files: Sequence[str]) -> Iterator[object]:
        for given, paper in enumerate(inner.read(root, files)):
            ahead.append(100 * given - slow.done)
            yield paper

    report = build(tmp_path, tmp_path, slow, reader=replace(inner, read=read))
    assert report.passages == slow.done == 10_000
    # One chunk at work, three that wait, one that is being filled.
    assert 0 < max(ahead) <= 5 * 1024 + 100


def test_tokens_are_taken_over_as_they_are(tmp_path: Path, encoder: Encoder) -> None:
    """Rows of two indexes, put together, are those that would have been written at once."""
    encoded = encoder.encode_tokens([" ".join(WORDS[at:]) for at in range(10)] + ["!"] * 2)
    codes = [SignCodec().pack(each) for each in encoded.tokens or ()]
    folders = [tmp_path / name for name in ("first", "second", "both", "whole")]
    for folder in folders:
        folder.mkdir()
    write_tokens(folders[0], codes[:4])
    write_tokens(folders[1], codes[2:])
    first, second = (StoredTokens(folder) for folder in folders[:2])
    write_token_rows(
        folders[2], [*first.rows(range(1, 4)), *second.rows(range(2, 10)), *first.rows(range(1))]
    )
    write_tokens(folders[3], [*codes[1:], codes[0]])
    files = [{path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders[2:]]
    assert files[0] == files[1]

"""Tokens are kept as signs and compared one with another, as worked out by hand."""

from __future__ import annotations

from math import log
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wgsearch.embedding import Tokens, TokenSpans
from wgsearch.errors import IndexDamagedError
from wgsearch.index.tokens import AskedTokens, Likenesses, SignCodec, TokenIndex, write_tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from wgsearch.embedding import Vectors


def _tokens(ids: Sequence[int], vectors: Sequence[Sequence[float]], dimension: int = 4) -> Tokens:
    """Tokens of one text, in order."""
    return Tokens(
        ids=np.array(ids, dtype=np.int32),
        vectors=np.array(vectors, dtype=np.float32).reshape(-1, dimension),
        spans=np.array([(at, at + 1) for at in range(len(ids))], dtype=np.int32).reshape(-1, 2),
    )


def _asked(
    ids: Sequence[int], vectors: Sequence[Sequence[float]], weights: Sequence[float] | None = None
) -> AskedTokens:
    """Tokens of a question, in order."""
    return AskedTokens(
        words=tuple(map(str, ids)),
        ids=np.array(ids, dtype=np.int32),
        vectors=np.array(vectors, dtype=np.float32),
        weights=np.array(weights or [1.0] * len(ids)),
    )


def _index(folder: Path, rows: Sequence[Tokens]) -> TokenIndex:
    """Rows packed, written and opened."""
    write_tokens(folder, [SignCodec().pack(row) for row in rows])
    return TokenIndex(folder)


def _near(index: TokenIndex, asked: AskedTokens, *rows: int) -> tuple[Likenesses, ...]:
    """How near the tokens of rows are, of all that were compared."""
    return index.likenesses(index.compare(asked, np.arange(index.rows)), np.array(rows))


# Signs: ++++ and +-+-, ----, none.
ROWS = (
    _tokens([7, 8], [[0.5, 0.5, 0.5, 0.5], [0.9, -0.1, 0.4, -0.2]]),
    _tokens([8], [[-0.5, -0.5, -0.5, -0.5]]),
    _tokens([], []),
)
ASKED = _asked([7, 9], [[1, 0, 0, 0], [0, 0.6, 0, 0.8]])


def test_scores_by_hand(tmp_path: Path) -> None:
    """
    Each sign counts 1/2. The first word finds 0.5, the second (0.6 + 0.8) / 2 = 0.7 in row 0, and
    -0.5 and -0.7 in row 1. Of 3 rows 1 has the first word, which counts log(1 + 2.5 / 1.5), and
    none the second: log(1 + 3.5 / 0.5). A row without words is the last.
    """
    first, second = log(8 / 3), log(8)
    found = _index(tmp_path, ROWS).scores(ASKED, np.arange(3))
    expected = (0.5 * first + 0.7 * second) / (first + second)
    assert found.tolist() == pytest.approx([expected, -expected, -1], abs=1e-6)


def test_rows_are_scored_in_the_order_asked_for(tmp_path: Path) -> None:
    """Any rows, in any order, any number of times."""
    index = _index(tmp_path, ROWS)
    every = index.scores(ASKED, np.arange(3))
    assert index.scores(ASKED, np.array([2, 0, 1, 0])).tolist() == every[[2, 0, 1, 0]].tolist()
    assert index.scores(ASKED, np.empty(0, dtype=np.int64)).tolist() == []


def test_likenesses_by_hand(tmp_path: Path) -> None:
    """Each word of a passage with each of the question, and how telling these are."""
    found = _near(_index(tmp_path, ROWS), ASKED, 0)[0]
    assert np.allclose(found.values, [[0.5, 0.7], [0.5, -0.7]])
    assert found.weights.tolist() == pytest.approx([log(8 / 3), log(8)])


def test_rare_words_tell_more(tmp_path: Path) -> None:
    """The fewer passages have a word, the more it counts, and most where none has it."""
    asked = _asked([8, 7, 9], np.eye(3, 4).tolist())
    common, rare, unknown = _near(_index(tmp_path, ROWS), asked, 0)[0].weights
    assert 0 < common < rare < unknown
    assert common == pytest.approx(log(1 + 1.5 / 2.5))


def test_a_word_said_twice_in_a_row_counts_as_one_row(tmp_path: Path) -> None:
    """How telling a word is depends on how many passages have it, not on how often."""
    twice = (_tokens([7, 7], np.eye(2, 4).tolist()), ROWS[1], ROWS[2])
    asked = _asked([7], [[1, 0, 0, 0]])
    (found,) = _near(_index(tmp_path, twice), asked, 0)
    assert found.weights.tolist() == pytest.approx([log(8 / 3)])


def test_heavier_words_of_a_question_count_more(tmp_path: Path) -> None:
    """The title of an item counts as often as it is weighed."""
    asked = _asked([9, 9], [[1, 0, 0, 0], [0, 0.6, 0, 0.8]], [3, 1])
    found = _index(tmp_path, ROWS).scores(asked, np.array([0]))
    assert found.tolist() == pytest.approx([(3 * 0.5 + 0.7) / 4])


def test_a_question_without_words_is_near_nothing(tmp_path: Path) -> None:
    """No word, and words that weigh nothing, divide by nothing."""
    index = _index(tmp_path, ROWS)
    for asked in (_asked([], np.empty((0, 4)).tolist()), _asked([7], [[1, 0, 0, 0]], [0.0])):
        assert index.scores(asked, np.arange(3)).tolist() == [-1, -1, -1]


def test_places_of_words_are_kept(tmp_path: Path) -> None:
    """What matched is shown where it stands: each row has the places of its own words."""
    index = _index(tmp_path, ROWS)
    found = _near(index, ASKED, 1, 0, 2, 0)
    assert [each.starts.tolist() for each in found] == [[0], [0, 1], [], [0, 1]]
    assert [each.values.shape for each in found] == [(1, 2), (2, 2), (0, 2), (2, 2)]


def test_older_codes_are_renewed_by_the_places() -> None:
    """Tokens kept before places were are those kept now; places of other tokens are refused."""
    row = ROWS[0]
    whole = SignCodec().pack(row)
    older = whole[:16] + whole[24:]
    spans = TokenSpans(ids=row.ids, spans=row.spans)
    assert SignCodec().renewed(older, spans) == whole
    assert SignCodec().renewed(older, TokenSpans(ids=row.ids[:1], spans=row.spans[:1])) is None


def test_nothing_but_rows_without_words(tmp_path: Path) -> None:
    """Passages of signs alone are no damage, and neither is an index of none."""
    (tmp_path / "none").mkdir()
    assert _index(tmp_path / "none", []).rows == 0
    (tmp_path / "signs").mkdir()
    index = _index(tmp_path / "signs", [ROWS[2], ROWS[2]])
    assert index.rows == 2
    assert index.scores(ASKED, np.arange(2)).tolist() == [-1, -1]


def test_a_thirty_second_of_the_size() -> None:
    """A word of 384 numbers costs 48 bytes, its number in the vocabulary and its place."""
    row = _tokens(range(100), np.ones((100, 384)).tolist(), 384)
    assert len(SignCodec().pack(row)) == 8 + 100 * (4 + 4 + 384 // 8)


@st.composite
def _corpora(draw: st.DrawFn) -> tuple[list[Tokens], AskedTokens]:
    """Rows with any number of tokens, more than are unpacked at a time, and a question."""
    dimension = draw(st.sampled_from([3, 8, 12, 17]))
    counts = draw(st.lists(st.integers(0, 4), min_size=1, max_size=90))
    random = np.random.default_rng(draw(st.integers(0, 2**32)))

    def unit(count: int) -> Vectors:
        made = random.standard_normal((count, dimension)).astype(np.float32)
        found: Vectors = made / np.linalg.norm(made, axis=1, keepdims=True)
        return found

    rows = [
        _tokens(random.integers(0, 9, count).tolist(), unit(count).tolist(), dimension)
        for count in counts
    ]
    asked = draw(st.integers(1, 5))
    return rows, _asked(random.integers(0, 12, asked).tolist(), unit(asked).tolist())


def _by_definition(rows: Sequence[Tokens], asked: AskedTokens) -> NDArray[np.float64]:
    """The sum over the question's tokens of the best cosine with a row's signs, row by row."""
    having = [sum(each in row.ids for row in rows) for each in asked.ids]
    weights = np.array([log(1 + (len(rows) - n + 0.5) / (n + 0.5)) for n in having])
    scores = []
    for row in rows:
        if not len(row.ids):
            scores.append(-1.0)
            continue
        signs = np.where(row.vectors > 0, 1.0, -1.0) / np.sqrt(row.vectors.shape[1])
        best = (signs @ asked.vectors.T).max(axis=0)
        scores.append(float(best @ weights / weights.sum()))
    return np.array(scores)


@given(_corpora())
def test_scores_are_those_of_the_definition(made: tuple[list[Tokens], AskedTokens]) -> None:
    """Whatever is packed, written, mapped and unpacked, the scores are those of the signs."""
    rows, asked = made
    with TemporaryDirectory() as folder:
        index = _index(Path(folder), rows)
        assert index.rows == len(rows)
        found = index.scores(asked, np.arange(len(rows)))
    assert np.allclose(found, _by_definition(rows, asked), atol=1e-5)


def test_more_rows_than_are_unpacked_at_a_time(tmp_path: Path) -> None:
    """Row by row or 200 at once, a row has the same score, with rows without words between."""
    random = np.random.default_rng(3)
    rows = [
        _tokens(random.integers(0, 9, count).tolist(), random.standard_normal((count, 4)).tolist())
        for count in random.integers(0, 3, 200)
    ]
    index = _index(tmp_path, rows)
    every = index.scores(ASKED, np.arange(200))
    assert [index.scores(ASKED, np.array([row]))[0] for row in range(200)] == every.tolist()
    assert np.allclose(every, _by_definition(rows, ASKED), atol=1e-5)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def _shorten(path: Path) -> None:
    np.save(path, np.load(path)[:-1])


def _empty(path: Path) -> None:
    np.save(path, np.empty(0, dtype=np.int64))


@pytest.mark.parametrize("name", ["offsets.npy", "signs.npy", "counts.npy"])
@pytest.mark.parametrize(
    "harm", [Path.unlink, lambda path: path.write_bytes(b"no numbers"), Path.touch, _cut, _empty]
)
def test_damaged_files_are_refused(
    tmp_path: Path, name: str, harm: Callable[[Path], object]
) -> None:
    """A missing, cut or foreign file is named damage, with what to do."""
    _index(tmp_path, ROWS)
    if harm is Path.touch:
        (tmp_path / name).unlink()
    harm(tmp_path / name)
    with pytest.raises(IndexDamagedError, match=r"wgsearch build --full"):
        TokenIndex(tmp_path)


@pytest.mark.parametrize("name", ["offsets.npy", "signs.npy", "starts.npy"])
def test_files_of_two_builds_are_refused(tmp_path: Path, name: str) -> None:
    """Tokens that are not as many as the rows need are damage."""
    write_tokens(tmp_path, [SignCodec().pack(row) for row in ROWS[:2]])
    _shorten(tmp_path / name)
    with pytest.raises(IndexDamagedError, match=r"has \d tokens and \d places, expected \d"):
        TokenIndex(tmp_path)

"""What passages cannot repeat is told without reading them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from wgsearch.errors import IndexDamagedError
from wgsearch.index.sayings import Sayings, comparable, sayings, write_sayings
from wgsearch.index.store import Said

if TYPE_CHECKING:
    from pathlib import Path


def _said(text: str, language: str = "en", paragraph: str | None = "4", part: str = "body") -> Said:
    return Said("DEMO/COP/WG.4/2022/2", language, part, paragraph, text)


def test_a_word_of_its_own_is_told() -> None:
    """Fewer words may be a repetition, other words are none; the first repeats nothing."""
    passages = [
        _said("fees are debts", paragraph="1"),
        _said("Debts; fees.", paragraph="2"),
        _said("fees are loans", paragraph=None),
        _said("Fees are debts!", paragraph=None),
    ]
    assert comparable(sayings(passages)).tolist() == [
        [False, False, False, False],
        [True, False, False, False],
        [False, False, False, False],
        [True, False, False, False],
    ]


def test_versions_of_a_paragraph_are_told() -> None:
    """Whatever the words: the same number of the same annex in another language."""
    passages = [
        _said("fees", part="annex II"),
        _said("frais", "fr", part="annexe II"),
        _said("frais", "fr", part="annexe II", paragraph="5"),
    ]
    assert np.flatnonzero(comparable(sayings(passages))).tolist() == [3, 7]


def test_rows_are_found_by_number(tmp_path: Path) -> None:
    """Any rows, in any order, or all that follow one another."""
    numbers = sayings([_said("one"), _said("two"), _said("three", paragraph=None)])
    write_sayings(tmp_path / "sayings.npy", 3, [numbers[:1], numbers[1:]])
    known = Sayings(tmp_path / "sayings.npy")
    assert known.rows == 3
    assert np.array_equal(known.of([2, 0]), numbers[[2, 0]])
    assert np.array_equal(known.of(range(1, 3)), numbers[1:])


def test_damage_is_told(tmp_path: Path) -> None:
    """A file that is cut off, or holds something else, is refused with what to do."""
    path = tmp_path / "sayings.npy"
    write_sayings(path, 1, [sayings([_said("one")])])
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    with pytest.raises(IndexDamagedError, match="wgsearch build --full"):
        Sayings(path)
    np.save(path, np.zeros((1, 2)))
    with pytest.raises(IndexDamagedError, match=r"holds float64 of shape \(1, 2\)"):
        Sayings(path)

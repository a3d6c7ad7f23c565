"""
Characters of a line in a right-to-left script -> their reading order.

Why by place and not by the file's order alone: files hold Arabic as it is spoken or as it is
printed, and columns of a table in any order; where a character stands is the same in all.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

RIGHT_TO_LEFT, LEFT_TO_RIGHT, NEITHER = 1, 2, 0

# Brackets are drawn as they look and named by what they do: a file that holds a line as it is
# printed has the opening one of a right-to-left line as a closing one.
_MIRRORED = dict(zip("()[]{}<>«»", ")(][}{><»«", strict=True))


@dataclass(slots=True)
class Sign:
    """
    One character of a line.

    Attributes:
        at: Its place on the page.
        char: The character.
        direction: How its script runs.
        x0: Left edge in points.
        x1: Right edge.
        size: Type size.
        spaced: A space follows it.
    """

    at: int
    char: str
    direction: int
    x0: float
    x1: float
    size: float
    spaced: bool


def has_leftward(codes: NDArray[np.uint32]) -> bool:
    """There may be letters of a right-to-left script among the characters."""
    return bool((((codes >= 0x0590) & (codes <= 0x08FF)) | (codes >= 0xFB1D)).any())


def directions(codes: NDArray[np.uint32]) -> NDArray[np.int8]:
    """
    How the script of each character runs; digits run to the right in every script.

    *Shape:* (characters,). Source: ranges of Hebrew and Arabic letters of the Unicode standard.
    """
    right = (
        ((codes >= 0x0590) & (codes <= 0x08FF))
        | ((codes >= 0xFB1D) & (codes <= 0xFDFF))
        | ((codes >= 0xFE70) & (codes <= 0xFEFC))
    )
    digits = ((codes >= 0x0660) & (codes <= 0x0669)) | ((codes >= 0x06F0) & (codes <= 0x06F9))
    # The Arabic comma, semicolon and question mark stand with the letters.
    lower = codes | 0x20
    left = ((lower >= ord("a")) & (lower <= ord("z"))) | ((codes >= 0x00C0) & (codes < 0x0590))
    digits |= (codes >= ord("0")) & (codes <= ord("9"))
    found: NDArray[np.int8] = np.where(right & ~digits, RIGHT_TO_LEFT, NEITHER).astype(np.int8)
    found[left | digits] = LEFT_TO_RIGHT
    return found


def is_leftward(ways: NDArray[np.int8], codes: NDArray[np.uint32], *, page: bool) -> bool:
    """
    A line is read from the right: most of its letters are of a right-to-left script.

    Args:
        ways: How the scripts of its characters run.
        codes: The characters.
        page: The page is read from the right, and with it lines without letters.
    """
    right = int((ways == RIGHT_TO_LEFT).sum())
    left = int(((ways == LEFT_TO_RIGHT) & (codes >= ord("A")) & (codes < 0x0590)).sum())
    return right > left or (page and not right and not left)


def reading_order(runs: Sequence[list[Sign]], *, cell_gap: float) -> list[list[Sign]]:
    """
    The cells of a right-to-left line, from the right, each with its characters in reading order.

    Args:
        runs: Characters as they were drawn, piece by piece.
        cell_gap: Space between cells in letter heights.
    """
    rights = _cells([sign for run in runs for sign in run], cell_gap)
    cells: list[list[list[Sign]]] = [[] for _ in rights]
    for run in runs:
        signs = _spoken(run) if _is_as_printed(run) else run
        last = -1
        for sign in signs:
            cell = next(at for at, right in enumerate(rights) if sign.x0 < right)
            if cell != last:
                cells[cell].append([])
            cells[cell][-1].append(sign)
            last = cell
    return [_joined(pieces) for pieces in reversed(cells)]


def _cells(signs: list[Sign], cell_gap: float) -> list[float]:
    """Right edges of a line's cells, from the left."""
    signs = sorted(signs, key=lambda sign: sign.x0)
    rights = [signs[0].x1]
    for sign in signs:
        if sign.x0 - rights[-1] > cell_gap * sign.size:
            rights.append(sign.x1)
        rights[-1] = max(rights[-1], sign.x1)
    return [right + 0.01 for right in rights]  # what has no width stands in its cell, too


def _joined(pieces: list[list[Sign]]) -> list[Sign]:
    """Pieces of a cell from the right, with spaces where they do not touch."""
    pieces.sort(key=lambda piece: -max(sign.x1 for sign in piece))
    joined: list[Sign] = []
    for piece in pieces:
        if joined:
            left, right = min(sign.x0 for sign in joined), max(sign.x1 for sign in piece)
            joined[-1].spaced |= left - right > 0.1 * piece[0].size
        joined.extend(piece)
    return joined


def _is_as_printed(run: list[Sign]) -> bool:
    """Most letters of a right-to-left script stand to the right of the one before."""
    steps = [
        1 if other.x0 > one.x0 else -1
        for one, other in pairwise(run)
        if one.direction == other.direction == RIGHT_TO_LEFT and one.x0 != other.x0
    ]
    return sum(steps) > 0


def _spoken(run: list[Sign]) -> list[Sign]:
    """A run that is held as it is printed, as it is spoken: words and numbers keep their order."""
    spaces = [sign.spaced for sign in run[:-1]]
    turned = run[::-1]
    for sign, spaced in zip(turned, [*reversed(spaces), run[-1].spaced], strict=True):
        sign.spaced = spaced
        sign.char = _MIRRORED.get(sign.char, sign.char)
    at = 0
    while at < len(turned):
        end = _leftward_end(turned, at)
        if end - at > 1:
            part = turned[at:end]
            spaces = [sign.spaced for sign in part[:-1]]
            for sign, spaced in zip(part, [part[-1].spaced, *spaces], strict=True):
                sign.spaced = spaced
                sign.char = _MIRRORED.get(sign.char, sign.char)
            turned[at:end] = reversed(part)
        at = max(end, at + 1)
    return turned


def _leftward_end(turned: list[Sign], at: int) -> int:
    """
    End of the Latin words or the number that begin at a place; the place where none do.

    Points and brackets within them belong to them, and so do spaces between words; a number is
    read by itself.
    """
    end = at
    for place in range(at, len(turned)):
        sign, last = turned[place], turned[end - 1]
        if sign.direction == RIGHT_TO_LEFT or (place == at and sign.direction == NEITHER):
            break
        parted = any(each.spaced for each in turned[max(end - 1, at) : place])
        if parted and not (sign.char.isalpha() and last.char.isalpha()):
            break
        if sign.direction == LEFT_TO_RIGHT:
            end = place + 1
    return end

"""
likeness of things -> places on a sheet: what is alike lies near, and nothing lies on another.

Why classical scaling and not a method that begins at random: the same likeness gives the same map.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Array = npt.NDArray[np.float64]

# Rounds of pushing apart; with room for all, far fewer are needed.
_ROUNDS = 400
# Turns from one direction to the next for things in one place: they spread as seeds of a sunflower.
_GOLDEN_ANGLE = 2.399963229728653


def sheet(likeness: Array, radii: Array, side: float) -> Array:
    """
    Where the middle of each thing lies.

    Args:
        likeness: From 0 to 1, symmetric. *Shape:* (n, n).
        radii: How much room each takes. *Shape:* (n,).
        side: Length of the sheet's sides.

    Returns:
        Within the sheet, from its upper left corner. *Shape:* (n, 2).

    Source:
        Classical scaling: Torgerson, Multidimensional scaling, Psychometrika 17 (1952).
    """
    count = len(radii)
    if count == 0:
        return np.zeros((0, 2))
    squares = (1.0 - likeness) ** 2
    np.fill_diagonal(squares, 0.0)
    middle = np.eye(count) - 1.0 / count
    values, vectors = np.linalg.eigh(-0.5 * middle @ squares @ middle)
    best = np.argsort(-values, kind="stable")[:2]
    flat = np.zeros((count, 2))
    axes = vectors[:, best] * np.sqrt(np.maximum(values[best], 0.0))
    # Either sign of an axis solves the equation; the one whose largest part is positive is taken.
    axes *= np.where(axes[np.abs(axes).argmax(axis=0), np.arange(len(best))] < 0, -1.0, 1.0)
    flat[:, : len(best)] = axes
    return _apart(_spread(flat, radii, side), radii, side)


def _spread(flat: Array, radii: Array, side: float) -> Array:
    """The places, scaled to fill the sheet but for its edge."""
    edge = radii.max()
    low, high = flat.min(axis=0), flat.max(axis=0)
    wide = np.where(high - low > 1e-9, high - low, 1.0)  # noqa: PLR2004 - all in one place
    room = np.where(high - low > 1e-9, side - 2 * edge, 0.0)  # noqa: PLR2004 - likewise
    return np.where(room > 0, edge + (flat - low) / wide * room, side / 2)


def _apart(places: Array, radii: Array, side: float) -> Array:
    """The places, each pair pushed apart as long as they overlap and the sheet has room."""
    count = len(radii)
    turns = np.arange(count) * _GOLDEN_ANGLE
    # Too little to see, enough to say in which direction things in one place go.
    places = places + 1e-3 * np.column_stack((np.cos(turns), np.sin(turns)))
    wanted = radii[:, None] + radii[None, :] + 2.0
    for _ in range(_ROUNDS):
        gaps = places[:, None, :] - places[None, :, :]
        far = np.linalg.norm(gaps, axis=2)
        np.fill_diagonal(far, np.inf)
        push = np.maximum(wanted - far, 0.0)
        if not push.any():
            break
        steps = (gaps / np.maximum(far, 1e-9)[:, :, None] * push[:, :, None]).sum(axis=1)
        places = np.clip(places + 0.25 * steps, radii[:, None], side - radii[:, None])
    return places

"""
a published generation -> its compendium, where there is one to bring up to date.

Why after publishing, and never in its way: papers are searched whether or not a compendium of them
can be made; what fails here is told, and the edition before goes on without what is gone.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from wgsearch.cli.compendium import renew
from wgsearch.cli.terminal import say
from wgsearch.errors import WgsearchError

if TYPE_CHECKING:
    from collections.abc import Callable

    from wgsearch.search import LocalEngine
    from wgsearch.settings import Settings

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptUp:
    """
    What became of the compendium.

    Attributes:
        state: `made`: there is a new edition; `held`: the one there was says the same; `none`:
            there never was one; `left`: it was not wanted; `failed`: the one before goes on.
        edition: Number of the edition in use; None without one.
        reason: Why it failed.
    """

    state: Literal["made", "held", "none", "left", "failed"]
    edition: int | None = None
    reason: str | None = None

    def to_json(self) -> dict[str, object]:
        """The part `compendium` of what `wgsearch build --json` prints."""
        return {"state": self.state, "edition": self.edition, "reason": self.reason}


def keep_up(
    settings: Settings, engine: Callable[[], LocalEngine], *, is_wanted: bool = True
) -> KeptUp:
    """
    Bring the compendium of an index up to date, if it ever had one.

    Args:
        settings: Which index, and what it is made with.
        engine: Opens the generation in use.
        is_wanted: `--no-compendium` was not given.
    """
    from wgsearch.compendium import editions  # noqa: PLC0415 - other commands start faster

    number = None
    try:
        used = editions.pointer(settings.index)
        if used is None:
            return KeptUp(state="none")
        number = used.edition
        if not is_wanted:
            return KeptUp(state="left", edition=number)
        number, is_new = renew(settings, engine)
    except (WgsearchError, OSError) as error:
        return _failed(number, str(error))
    except Exception as error:  # the edge: the index is published, whatever fails here
        log.exception("the compendium could not be made")
        return _failed(number, f"{type(error).__name__}: {error}")
    return KeptUp(state="made" if is_new else "held", edition=number)


def _failed(number: int | None, reason: str) -> KeptUp:
    """Told, and nothing else: what was built stays in use."""
    before = f"edition {number} goes on without what is gone" if number else "there is none"
    say(
        f"The index is published, but its compendium could not be brought up to date; {before}."
        f" {reason}"
    )
    return KeptUp(state="failed", edition=number, reason=reason)

"""
All saved questions and a generation -> entries kept, messages posted; failures recorded.

Why in this order: what was found is on the disk before anything is posted, and what was posted is
told there afterwards, so that a message may come twice and none is lost.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wgsearch.errors import WgsearchError
from wgsearch.fetching.pacing import Clock, Pace
from wgsearch.saved.answering import brought_up

if TYPE_CHECKING:
    from collections.abc import Callable

    from wgsearch.answers import Engine, Hit
    from wgsearch.saved.keeping import Questions
    from wgsearch.saved.posting import Poster
    from wgsearch.saved.records import Kept, Message, SavedQuestion

log = logging.getLogger(__name__)

# Twelve tries, one at each check or build: then somebody has to look.
MOST_ATTEMPTS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """
    What became of a saved question in one check.

    Attributes:
        id: The question.
        found: Number of new entries.
        delivered: Number of messages that were taken.
        due: Number of messages that are still to be posted.
        reason: What went wrong; None where nothing did.
    """

    id: str
    found: int = 0
    delivered: int = 0
    due: int = 0
    reason: str | None = None


def check(
    questions: Questions,
    engine: Engine,
    poster: Poster,
    *,
    path_of: Callable[[Hit], str],
    tries: int = 1,
    clock: Clock | None = None,
) -> tuple[Checked, ...]:
    """
    Ask every saved question of what is new, and post what was found.

    Args:
        questions: The questions.
        engine: The generation in use.
        poster: What posts.
        path_of: Where a hit is read.
        tries: How often a message is tried now, with a longer pause each time.
        clock: The time.

    Returns:
        One a question; none where another process checks at this moment.
    """
    clock = clock or Clock()
    with questions.alone() as is_alone:
        if not is_alone:
            return ()
        asked = questions.listed()
        # First all questions, then all messages: a service that is slow holds up no other.
        found = {each.id: _asked(questions, engine, each, path_of, clock) for each in asked}
        return tuple(
            _posted(questions, each, found[each.id], poster, tries=tries, clock=clock)
            for each in asked
        )


def _asked(
    questions: Questions,
    engine: Engine,
    question: SavedQuestion,
    path_of: Callable[[Hit], str],
    clock: Clock,
) -> Checked:
    """One question, asked of what is new; what fails is told, and the others go on."""
    try:
        kept = questions.kept(question.id)
        if kept.generation == engine.state().generation:
            return Checked(id=question.id)
        now = clock.now().isoformat(timespec="seconds")
        after = brought_up(engine, question, kept, now=now, path_of=path_of)
        questions.keep(question.id, after)
        return Checked(id=question.id, found=len(after.entries) - len(kept.entries))
    except WgsearchError as error:
        return Checked(id=question.id, reason=str(error))


def _posted(
    questions: Questions,
    question: SavedQuestion,
    so_far: Checked,
    poster: Poster,
    *,
    tries: int,
    clock: Clock,
) -> Checked:
    """The messages of one question, the oldest first, each as often as it may be tried now."""
    if so_far.reason is not None:
        return so_far
    kept, delivered, reason = questions.kept(question.id), 0, None
    for message in kept.messages:
        if not message.is_due:
            continue
        tried = message
        for attempt in range(1, tries + 1):
            tried = _tried(question, kept, tried, poster, clock)
            kept = _with(kept, tried)
            questions.keep(question.id, kept)
            if not tried.is_due or attempt == tries:
                break
            clock.sleep(Pace(clock=clock).backoff_s(attempt))
        delivered += tried.delivered_at is not None
        if tried.delivered_at is None:
            reason = tried.reason
            break  # the order in which things were found is kept
    return Checked(
        id=question.id,
        found=so_far.found,
        delivered=delivered,
        due=sum(each.is_due for each in kept.messages),
        reason=reason,
    )


def _tried(
    question: SavedQuestion, kept: Kept, message: Message, poster: Poster, clock: Clock
) -> Message:
    """A message after one more attempt."""
    now = clock.now().isoformat(timespec="seconds")
    attempts = message.attempts + 1
    if question.webhook is None:
        return message.model_copy(update={"given_up": True, "reason": "it has no webhook"})
    wanted = {*message.entries}
    entries = [each for each in kept.entries if each.id in wanted]
    posted = poster.post(question, question.webhook, message, entries)
    if posted.is_taken:
        return message.model_copy(
            update={"attempts": attempts, "delivered_at": now, "reason": None}
        )
    log.warning("webhook of %s: %s", question.id, posted.reason)
    return message.model_copy(
        update={
            "attempts": attempts,
            "failed_at": now,
            "reason": posted.reason,
            "given_up": attempts >= MOST_ATTEMPTS,
        }
    )


def _with(kept: Kept, message: Message) -> Kept:
    """What became of a question, with one message as it is now."""
    messages = tuple(message if each.id == message.id else each for each in kept.messages)
    return kept.model_copy(update={"messages": messages})

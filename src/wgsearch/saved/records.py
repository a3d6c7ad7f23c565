"""
A saved question, what new papers answered it, and what is still to be told: as kept in files.

Why two files a question: the one says what was asked and is written once; the other changes with
each generation, and holds nothing that cannot be made again but what was told to whom.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from wgsearch.answers import Filters

Least = Literal["covered", "touched"]


class _Kept(BaseModel):
    """What is written to a file: a key that is not known is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Webhook(_Kept):
    """
    Where new answers are posted to.

    Attributes:
        address: An https address.
        secret: What messages are signed with; known to the two ends alone.
    """

    address: str
    secret: str


class SavedQuestion(_Kept):
    """
    A question that stays.

    Attributes:
        id: Its name in addresses.
        text: The question, as a search takes it.
        kinds: Kinds of paper; all without any.
        languages: Languages, likewise.
        bodies: Words of the body's name, likewise.
        least: The verdict from which on a paper answers it.
        created_at: ISO time, UTC.
        webhook: Where new answers are posted to; None for nowhere.
    """

    id: str
    text: str
    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    least: Least = "touched"
    created_at: str
    webhook: Webhook | None = None

    def filters(self) -> Filters:
        """Which papers are asked."""
        return Filters(kinds=self.kinds, languages=self.languages, bodies=self.bodies)


class Entry(_Kept):
    """
    A passage of a new paper that answers.

    Attributes:
        id: `urn:uuid:…`, the same whenever the same passage is found again.
        symbol: Symbol of its paper.
        language: Language of its paper.
        title: Title of its paper, None without one.
        paragraph: Number as printed, None without one.
        citation: How it is cited.
        text: Its words, verbatim.
        path: Where it is read, without the address of the service.
        verdict: How its paper answers.
        generation: Generation that it was found in.
        found_at: ISO time, UTC.
    """

    id: str
    symbol: str
    language: str
    title: str | None
    paragraph: str | None
    citation: str
    text: str
    path: str
    verdict: str
    generation: str
    found_at: str


class Message(_Kept):
    """
    New entries that are to be posted together.

    Attributes:
        id: The same for every attempt, so that the other end can tell a repetition.
        entries: Identities of the entries.
        attempts: How often it was tried.
        failed_at: ISO time of the last attempt that failed; None before any.
        reason: Why it failed.
        delivered_at: ISO time at which the other end took it; None until then.
        given_up: It was tried as often as anything is, and is not tried again.
    """

    id: str
    entries: tuple[str, ...]
    attempts: int = 0
    failed_at: str | None = None
    reason: str | None = None
    delivered_at: str | None = None
    given_up: bool = False

    @property
    def is_due(self) -> bool:
        """Whether it is still to be posted."""
        return self.delivered_at is None and not self.given_up


class Kept(_Kept):
    """
    What became of a saved question so far.

    Attributes:
        generation: Generation that was asked last; None before any.
        known: Papers that were there then, as symbol and language.
        entries: What was found, oldest first.
        messages: What is to be posted and what was, oldest first.
    """

    generation: str | None = None
    known: tuple[tuple[str, str], ...] = ()
    entries: tuple[Entry, ...] = Field(default=())
    messages: tuple[Message, ...] = Field(default=())

"""
saved questions on a command line: added, listed, removed, and asked of what is new.

Why imports stand in the commands: what searches takes half a second to load, what posts uses a
network.
"""

from __future__ import annotations

import logging
import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import urlsplit

import typer
from rich.markup import escape

from wgsearch.cli.terminal import (
    EncoderOption,
    IndexOption,
    JsonOption,
    console,
    engine_of,
    print_json,
    say,
    settings_of,
)
from wgsearch.errors import IndexMissingError, WgsearchError
from wgsearch.settings import MASK

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wgsearch.answers import Engine, Hit
    from wgsearch.saved.checking import Checked
    from wgsearch.saved.keeping import Questions
    from wgsearch.saved.posting import Poster
    from wgsearch.saved.records import SavedQuestion
    from wgsearch.settings import Settings

log = logging.getLogger(__name__)

questions_app = typer.Typer(
    no_args_is_help=True, help="Saved questions, asked again whenever papers are indexed."
)
QuestionsOption = Annotated[
    Path | None,
    typer.Option("--questions", help="Folder of the saved questions.", show_default="questions"),
]
_SECRET_BYTES = 32


@questions_app.command("add")
def add(
    question: Annotated[str, typer.Argument(help="As a search takes it.")],
    *,
    kind: Annotated[list[str] | None, typer.Option(help="Kind of paper; may be repeated.")] = None,
    language: Annotated[list[str] | None, typer.Option(help="Language, for instance en.")] = None,
    body: Annotated[list[str] | None, typer.Option(help="Words of the body's name.")] = None,
    least: Annotated[
        Literal["covered", "touched"],
        typer.Option(help="The verdict from which on a new paper answers."),
    ] = "touched",
    webhook: Annotated[
        str | None, typer.Option(help="An https address that new answers are posted to.")
    ] = None,
    questions: QuestionsOption = None,
    index: IndexOption = None,
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Save a question: what is there now is known; new papers that answer it are told."""
    from wgsearch.saved.answering import begun  # noqa: PLC0415 - loads what searches
    from wgsearch.saved.records import Kept, SavedQuestion, Webhook  # noqa: PLC0415 - likewise

    settings = settings_of(questions=questions, index=index, encoder=encoder)
    kept_in = _questions(settings)
    hook = None
    if webhook is not None:
        _poster(settings).refuse(webhook)
        hook = Webhook(address=webhook, secret=secrets.token_hex(_SECRET_BYTES))
    saved = SavedQuestion(
        id=kept_in.free_id(question),
        text=question,
        kinds=tuple(kind or ()),
        languages=tuple(language or ()),
        bodies=tuple(body or ()),
        least=least,
        created_at=datetime.now(UTC).isoformat(timespec="seconds"),
        webhook=hook,
    )
    try:
        kept = begun(engine_of(settings), saved)
    except IndexMissingError:
        kept = Kept()
        say("there is no index yet: what the first one holds is taken as known")
    kept_in.add(saved, kept)
    if as_json:
        # The one time that the secret is shown: the other end needs it.
        print_json(_wire(saved) | ({"secret": hook.secret} if hook else {}))
        return
    console().print(f"saved as [bold]{saved.id}[/bold]; feed: /questions/{saved.id}.atom")
    if hook:
        console().print(f"secret of its webhook, shown this once: {hook.secret}")


@questions_app.command("list")
def list_(*, questions: QuestionsOption = None, as_json: JsonOption = False) -> None:
    """List the saved questions, and what became of them."""
    kept_in = _questions(settings_of(questions=questions))
    found = kept_in.listed()
    if as_json:
        print_json({"questions": [_wire(each) | _state(kept_in, each) for each in found]})
        return
    if not found:
        console().print("no questions are saved; `wgsearch questions add` saves one")
    for each in found:
        state = _state(kept_in, each)
        told = f"{state['answers']} new"
        told += f", {state['due']} to be posted" if state["due"] else ""
        told += f", {state['given_up']} given up" if state["given_up"] else ""
        console().print(f"[bold]{each.id}[/bold]  {escape(each.text)}  [dim]{told}[/dim]")
        if each.webhook:
            console().print(f"  [dim]posted to {escape(_masked(each.webhook.address))}[/dim]")
        if state["reason"]:
            console().print(f"  [yellow]{escape(str(state['reason']))}[/yellow]")


@questions_app.command("remove")
def remove(
    id: Annotated[str, typer.Argument(help="Id of a saved question.")],  # noqa: A002 - as it is called everywhere
    *,
    questions: QuestionsOption = None,
) -> None:
    """Remove a saved question, its feed and what is still to be posted."""
    _questions(settings_of(questions=questions)).remove(id)
    console().print(f"removed {id}")


@questions_app.command("check")
def check_(
    *,
    tries: Annotated[
        int, typer.Option(min=1, max=12, help="How often a message is tried now.")
    ] = 3,
    questions: QuestionsOption = None,
    index: IndexOption = None,
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask the saved questions of new papers, and post what is still to be posted."""
    settings = settings_of(questions=questions, index=index, encoder=encoder)
    found = checked(settings, engine_of(settings), tries=tries)
    if not found and _questions(settings).listed():
        say("another process is asking them at this moment")
    if as_json:
        print_json({"questions": [to_json(each) for each in found]})
    else:
        for each in found:
            _told(each)
    if any(each.reason for each in found):
        sys.exit(1)


def answer_saved(
    settings: Settings, engine: Callable[[], Engine], *, tries: int = 1
) -> tuple[Checked, ...]:
    """
    Ask the saved questions after a build, if there are any: whatever fails, the index is published.

    Args:
        settings: Where they are.
        engine: Opens the generation in use.
        tries: How often a message is tried now.
    """
    try:
        if not _questions(settings).listed():
            return ()
        found = checked(settings, engine(), tries=tries)
    except (WgsearchError, OSError) as error:
        say(f"The index is published, but the saved questions were not asked. {error}")
        return ()
    except Exception as error:  # the edge: the index is published, whatever fails here
        log.exception("the saved questions could not be asked")
        say(f"The index is published, but the saved questions were not asked. {error!r}")
        return ()
    for each in found:
        if each.reason:
            say(f"saved question {each.id}: {each.reason}")
    return found


def checked(settings: Settings, engine: Engine, *, tries: int) -> tuple[Checked, ...]:
    """Every saved question, asked of what is new in a generation."""
    from wgsearch.saved.checking import check  # noqa: PLC0415 - loads what searches and posts

    return check(_questions(settings), engine, _poster(settings), path_of=_path_of, tries=tries)


def to_json(found: Checked) -> dict[str, object]:
    """What became of a question in one check, for programs."""
    return {
        "id": found.id,
        "found": found.found,
        "delivered": found.delivered,
        "due": found.due,
        "reason": found.reason,
    }


def _questions(settings: Settings) -> Questions:
    from wgsearch.saved.keeping import Questions  # noqa: PLC0415 - other commands start faster

    return Questions(settings.questions)


def _poster(settings: Settings) -> Poster:
    from wgsearch.saved.posting import Poster  # noqa: PLC0415 - loads what uses a network

    return Poster(settings.webhook_inside)


def _path_of(hit: Hit) -> str:
    from wgsearch.api.addresses import anchor, paper_url  # noqa: PLC0415 - for what is found

    passage = hit.passage
    place = anchor(passage.paragraph, passage.part, passage.index)
    return f"{paper_url(passage.symbol, passage.language)}#{place}"


def _wire(saved: SavedQuestion) -> dict[str, object]:
    """A saved question for programs; of its webhook no more than where it is."""
    hook = saved.webhook
    return saved.model_dump(mode="json", exclude={"webhook"}) | {
        "webhook": {"address": _masked(hook.address), "secret": MASK} if hook else None
    }


def _state(questions: Questions, saved: SavedQuestion) -> dict[str, object]:
    """What became of a saved question so far."""
    kept = questions.kept(saved.id)
    reasons: Sequence[str] = [each.reason for each in kept.messages if each.reason]
    return {
        "generation": kept.generation,
        "answers": len(kept.entries),
        "due": sum(each.is_due for each in kept.messages),
        "given_up": sum(each.given_up for each in kept.messages),
        "reason": reasons[-1] if reasons else None,
    }


def _masked(address: str) -> str:
    """Where a webhook is, without what in its address may be a secret."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}/{MASK}"


def _told(found: Checked) -> None:
    words = f"{found.found} new, {found.delivered} posted, {found.due} to be posted"
    console().print(f"[bold]{found.id}[/bold]  {words}")
    if found.reason:
        console().print(f"  [yellow]{escape(found.reason)}[/yellow]")

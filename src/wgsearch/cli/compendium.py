"""
`wgsearch compendium`: make the edition for the index in use, look things up in it, write it out.

Why only the plain command makes an edition: looking something up changes nothing, and is answered
at once from the edition that there is.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path  # noqa: TC003 - typer reads the types of options
from typing import TYPE_CHECKING, Annotated

import typer

from wgsearch.cli.sources import resolved
from wgsearch.cli.terminal import (
    CorpusOption,
    EncoderOption,
    IndexOption,
    JsonOption,
    console,
    engine_of,
    print_json,
    say,
    settings_of,
)
from wgsearch.errors import UnknownFormatError

if TYPE_CHECKING:
    from collections.abc import Callable

    from wgsearch.compendium.means import Files
    from wgsearch.compendium.records import Compendium
    from wgsearch.compendium.renewing import Renewed
    from wgsearch.search import LocalEngine
    from wgsearch.settings import Settings


def compendium(
    what: Annotated[
        str | None,
        typer.Argument(
            help="A topic or theme: its id, number or words of its name. After --symbol, the number"
            " of a paragraph."
        ),
    ] = None,
    *,
    symbol: Annotated[
        str | None, typer.Option(help="Symbol of a paper: which topics is it in?")
    ] = None,
    part: Annotated[
        str, typer.Option(help="With --symbol and a number: body, or the annex.")
    ] = "body",
    term: Annotated[str | None, typer.Option(help="Which topics are on these words?")] = None,
    gaps: Annotated[
        bool, typer.Option("--gaps", help="What is missing, and what is said more than once.")
    ] = False,
    changes: Annotated[
        bool, typer.Option("--changes", help="What changed since the edition before.")
    ] = False,
    since: Annotated[
        int | None, typer.Option(min=1, help="What changed since this edition.")
    ] = None,
    listed: Annotated[
        bool, typer.Option("--editions", help="List the editions that were made.")
    ] = False,
    edition: Annotated[
        int | None, typer.Option(min=1, help="This edition, as it was, instead of the newest.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            help="Write it to a file whose suffix names the format: .docx, .md, .html (to print),"
            " .json, .svg (plots).",
        ),
    ] = None,
    links: Annotated[
        str | None,
        typer.Option(help="Address that papers are served at, for links.", show_default="none"),
    ] = None,
    taxonomy: Annotated[
        Path | None,
        typer.Option(
            help="Themes and topics to follow, YAML or JSON; kept for editions to come. - for none."
        ),
    ] = None,
    edits: Annotated[
        Path | None,
        typer.Option(
            help="An editor's names, merges and pins, TOML; kept for editions to come. - for none."
        ),
    ] = None,
    corpus: CorpusOption = None,
    index: IndexOption = None,
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make the thematic compendium, look topics up in it, write it as a document."""
    settings = settings_of(
        index=index, corpus=corpus, encoder=encoder, taxonomy=taxonomy, edits=edits
    )
    asked = _Asked(
        settings=settings,
        edition=edition,
        makes=not (what or symbol or term or gaps or changes or since or listed or edition),
        as_json=as_json,
    )
    if listed:
        _editions(asked)
    elif changes or since:
        _changes(asked, since)
    elif symbol or term:
        _found(asked, symbol=symbol, paragraph=what, part=part, term=term)
    elif gaps:
        _gaps(asked)
    elif out is not None:
        if what:
            raise typer.BadParameter(
                f"--out writes the whole compendium; leave {what!r} out, or leave --out out"
            )
        _write(asked, out, links or "")
    elif what:
        _one(asked, what)
    else:
        _whole(asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """
    What is asked of which edition.

    Attributes:
        settings: Index, corpus, encoder, files.
        edition: Number of the edition; None for the newest.
        makes: The newest edition is brought up to date first.
        as_json: For programs.
    """

    settings: Settings
    edition: int | None
    makes: bool
    as_json: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """An edition, the engine that was opened for it, and whether it holds for the index."""

    compendium: Compendium
    engine: LocalEngine | None
    is_current: bool


def _opened(asked: _Asked) -> _Opened:
    """The edition that is asked for; the newest without what the index no longer holds."""
    from wgsearch.compendium import editions  # noqa: PLC0415 - other commands start faster
    from wgsearch.compendium.remaining import is_current, remaining  # noqa: PLC0415 - likewise

    settings = asked.settings
    if asked.makes:
        renew(settings, lambda: engine_of(settings))
        return _Opened(compendium=editions.current(settings.index), engine=None, is_current=True)
    if asked.edition is not None:
        found = editions.read(settings.index, asked.edition)
        engine = engine_of(settings)
        return _Opened(compendium=found, engine=engine, is_current=is_current(found, engine))
    found = editions.current(settings.index)
    engine = engine_of(settings)
    holds = is_current(found, engine)
    if not holds:
        say(
            f"Edition {found.edition} was made before papers came, changed or went; run"
            " `wgsearch compendium` for a new one."
        )
    return _Opened(compendium=remaining(found, engine), engine=engine, is_current=holds)


def renew(settings: Settings, engine: Callable[[], LocalEngine]) -> tuple[int, bool]:
    """
    Bring the edition up to date, telling what is done and what came of it.

    Args:
        settings: Which index, and what it is made with.
        engine: Opens the generation in use; not where the edition in use holds for it.

    Returns:
        Number of the edition in use, and whether it is new.
    """
    from wgsearch.cli import progress  # noqa: PLC0415 - loads bars
    from wgsearch.compendium import editions  # noqa: PLC0415 - likewise
    from wgsearch.compendium.means import is_held  # noqa: PLC0415 - likewise

    began = time.monotonic()
    files = _files(settings)
    used = editions.pointer(settings.index)
    if used is not None and is_held(settings.index, files):
        return used.edition, False
    from wgsearch.compendium.renewing import renewed  # noqa: PLC0415 - loads what clusters

    with progress.steps("Compendium") as tell:
        done = renewed(engine(), settings.index, files, progress=tell)
    if done.is_new:
        _tell(done, f"made in {time.monotonic() - began:.1f} s")
    elif done.is_made:
        _tell(done, "nothing in it changed")
    return done.compendium.edition, done.is_new


def _files(settings: Settings) -> Files:
    """What an edition is made with."""
    from wgsearch.compendium.means import files_for  # noqa: PLC0415 - likewise
    from wgsearch.glossary.load import read_glossary  # noqa: PLC0415 - reads lists

    return files_for(
        settings.index,
        corpus=settings.corpus,
        taxonomy=settings.taxonomy,
        edits=settings.edits,
        standard=tuple(form for each in read_glossary(settings.corpus) for form in each.en),
    )


def _tell(done: Renewed, what: str) -> None:
    """Which edition there is now, and what it was made with."""
    from wgsearch.export.wording import counted  # noqa: PLC0415 - likewise

    edition = done.compendium
    topics = sum(len(theme.topics) for theme in edition.themes)
    used = [each.name for each in (done.files.taxonomy, done.files.edits) if each]
    beside = f", with {' and '.join(used)}" if used else ""
    say(
        f"Compendium, edition {edition.edition}: {counted(len(edition.themes), 'theme')},"
        f" {counted(topics, 'topic')} of {counted(edition.papers, 'paper')}{beside}; {what}."
    )


def _whole(asked: _Asked) -> None:
    """Contents; for programs all of it."""
    from wgsearch.cli import compendium_printed as shown  # noqa: PLC0415 - likewise

    opened = _opened(asked)
    if asked.as_json:
        from wgsearch.api import schemas  # noqa: PLC0415 - for programs

        print_json(schemas.compendium_json(opened.compendium, is_current=opened.is_current))
    else:
        shown.print_contents(console(), opened.compendium)


def _one(asked: _Asked, what: str) -> None:
    """A topic or a theme."""
    from wgsearch.cli import compendium_printed as shown  # noqa: PLC0415 - likewise
    from wgsearch.compendium.looking import chosen, entries  # noqa: PLC0415 - likewise

    opened = _opened(asked)
    found = chosen(opened.compendium, what)
    if asked.as_json:
        from wgsearch.api import schemas  # noqa: PLC0415 - for programs

        made = (
            schemas.topics_object(
                opened.compendium, theme=found[0].theme.id, is_current=opened.is_current
            )
            if len(found) > 1
            else schemas.one_topic_object(opened.compendium, found[0], is_current=opened.is_current)
        )
        print_json(made.model_dump(mode="json"))
    elif len(found) > 1:
        shown.print_theme(console(), found)
    else:
        known = {each.topic.id: each for each in entries(opened.compendium)}
        shown.print_topic(console(), found[0], known)


def _found(
    asked: _Asked, *, symbol: str | None, paragraph: str | None, part: str, term: str | None
) -> None:
    """Topics of a paper, of its paragraph, or on something."""
    from wgsearch.cli import compendium_printed as shown  # noqa: PLC0415 - likewise
    from wgsearch.compendium.finding import found_by_symbol, found_by_words  # noqa: PLC0415 - likewise

    if symbol and term:
        raise typer.BadParameter("give --symbol or --term, and not both")
    opened = _opened(asked)
    engine = opened.engine or engine_of(asked.settings)
    found = (
        found_by_symbol(engine, opened.compendium, resolved(engine, symbol), paragraph, part)
        if symbol
        else found_by_words(engine, opened.compendium, term or "")
    )
    if asked.as_json:
        from wgsearch.api import schemas  # noqa: PLC0415 - for programs

        made = schemas.lookup_object(opened.compendium, found, is_current=opened.is_current)
        print_json(made.model_dump(mode="json"))
    else:
        shown.print_found(console(), found)


def _gaps(asked: _Asked) -> None:
    """What is missing."""
    from wgsearch.cli import compendium_printed as shown  # noqa: PLC0415 - likewise

    opened = _opened(asked)
    if asked.as_json:
        from wgsearch.api import schemas  # noqa: PLC0415 - for programs

        made = schemas.gaps_object(opened.compendium, is_current=opened.is_current)
        print_json(made.model_dump(mode="json"))
    else:
        shown.print_gaps(console(), opened.compendium)


def _changes(asked: _Asked, since: int | None) -> None:
    """What changed between two editions."""
    from wgsearch.cli import compendium_printed as shown  # noqa: PLC0415 - likewise
    from wgsearch.compendium.redline import redlined  # noqa: PLC0415 - likewise

    found = redlined(asked.settings.index, since, asked.edition)
    if asked.as_json:
        from wgsearch.api import schemas  # noqa: PLC0415 - for programs

        print_json(schemas.redline_object(found).model_dump(mode="json"))
    else:
        shown.print_changes(console(), found)


def _editions(asked: _Asked) -> None:
    """Which editions there are."""
    from wgsearch.cli import compendium_printed as shown  # noqa: PLC0415 - likewise
    from wgsearch.compendium import editions  # noqa: PLC0415 - likewise
    from wgsearch.compendium.redline import Editions  # noqa: PLC0415 - likewise

    index = asked.settings.index
    found = Editions(index).listed(editions.current(index))
    if asked.as_json:
        from wgsearch.api import schemas  # noqa: PLC0415 - for programs

        print_json(schemas.editions_object(found).model_dump(mode="json"))
    else:
        shown.print_editions(console(), found)


def _write(asked: _Asked, path: Path, links: str) -> None:
    """The whole as a file; the place is tried before anything long begins."""
    from wgsearch.api.compending import compendium_file  # noqa: PLC0415 - likewise
    from wgsearch.export import format_of  # noqa: PLC0415 - likewise
    from wgsearch.export.placing import placed  # noqa: PLC0415 - likewise

    if not path.suffix:
        raise UnknownFormatError(
            f"{str(path)!r} has no suffix that names a format; end it with .docx, .md, .html, .json"
            " or .svg"
        )
    form = format_of(path.suffix, has_plots=True)
    with placed(path) as file:
        opened = _opened(asked)
        file.write(compendium_file(opened.compendium, form, links, is_current=opened.is_current))
    say(f"Wrote {path}.")

"""an agenda -> one document for the meeting, in a file or on standard output."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wgsearch.cli.sources import agenda_of
from wgsearch.cli.terminal import (
    EncoderOption,
    IndexOption,
    RerankerOption,
    engine_of,
    say,
    settings_of,
)
from wgsearch.errors import UnknownFormatError

if TYPE_CHECKING:
    from wgsearch.export import Format

_STANDARD_OUTPUT = "-"
_DAY = "%Y-%m-%d"


def brief(
    source: Annotated[
        str,
        typer.Argument(
            help="A file, - for a pasted text, or the symbol of an agenda of the corpus."
        ),
    ],
    *,
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            help="Where to: a file whose suffix names the format (.docx, .md, .html, .json), or -"
            " for standard output.",
        ),
    ] = _STANDARD_OUTPUT,
    item: Annotated[
        list[str] | None, typer.Option("--item", help="Only this item; may be repeated.")
    ] = None,
    form: Annotated[
        str | None,
        typer.Option("--format", help="docx, md, html or json.", show_default="by the suffix"),
    ] = None,
    links: Annotated[
        str | None,
        typer.Option(help="Address that papers are served at, for links.", show_default="none"),
    ] = None,
    prepared: Annotated[
        dt.datetime | None,
        typer.Option(formats=[_DAY], help="Date that the pack bears.", show_default="today"),
    ] = None,
    index: IndexOption = None,
    encoder: EncoderOption = None,
    reranker: RerankerOption = None,
) -> None:
    """Make the briefing pack for an agenda: one document for the meeting, every quotation cited."""
    from wgsearch.api.packing import packed  # noqa: PLC0415 - other commands start faster
    from wgsearch.briefing import brief as brief_agenda  # noqa: PLC0415 - likewise
    from wgsearch.cli import progress  # noqa: PLC0415 - loads bars
    from wgsearch.export.placing import placed  # noqa: PLC0415 - likewise

    chosen = _format(output, form)
    engine = engine_of(settings_of(index=index, encoder=encoder, reranker=reranker))
    brought = agenda_of(engine, source)
    day = (prepared or dt.datetime.now().astimezone()).date().isoformat()

    def made() -> bytes:
        with progress.shown() as tell:
            pack = brief_agenda(
                engine,
                brought.agenda,
                prepared=day,
                language=brought.language,
                items=tuple(item or ()),
                progress=lambda _, done, total: tell("brief", done, total),
            )
        return packed(pack, chosen, links or "")

    if output == _STANDARD_OUTPUT:
        sys.stdout.buffer.write(made())
        return
    with placed(Path(output)) as file:
        file.write(made())
    say(f"Wrote {output}.")


def _format(output: str, form: str | None) -> Format:
    """The format that is meant: the one that is named, else that of the suffix."""
    from wgsearch.export import format_of  # noqa: PLC0415 - likewise

    if output == _STANDARD_OUTPUT:
        found = format_of(form or "md")
        if not found.is_text:
            raise UnknownFormatError(
                f"{found.name} is no text for a terminal; name a file with -o, or another --format"
            )
        return found
    suffix = Path(output).suffix
    if form is None and not suffix:
        raise UnknownFormatError(
            f"{output!r} has no suffix that names a format; end it with .docx, .md, .html or"
            " .json, or give --format"
        )
    return format_of(form or suffix)

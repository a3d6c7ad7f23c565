"""`wgsearch compare` and `wgsearch check`: a draft -> what was said before, and its citations."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.padding import Padding
from rich.text import Text

from wgsearch.cli.sources import STANDARD_INPUT
from wgsearch.cli.terminal import (
    EncoderOption,
    IndexOption,
    JsonOption,
    console,
    engine_of,
    print_json,
    settings_of,
)
from wgsearch.errors import PaperUnreadableError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from wgsearch.checking.records import Checked, CheckedCitation, Difference
    from wgsearch.compare.records import ComparedParagraph, Comparison
    from wgsearch.drafts import Draft

DraftArgument = Annotated[
    str,
    typer.Argument(help="A draft: PDF, DOCX or plain text; `-` reads text from standard input."),
]
_STYLES = {"verbatim": "bold red", "paraphrase": "bold yellow", "related": "cyan", "new": "green"}
_INDENT = (0, 0, 0, 4)
_CHANGES = {"same": ("", "dim"), "added": ("[+", "red"), "left_out": ("[-", "green")}
# A paragraph is known by its beginning; JSON has all of it.
_SHOWN = 200


def compare(
    draft: DraftArgument,
    *,
    exclude: Annotated[
        list[str] | None,
        typer.Option(
            "--exclude",
            help="Symbol of a paper that is no source, beside the draft's own; with its revisions."
            " May be repeated.",
        ),
    ] = None,
    index: IndexOption = None,
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say of each paragraph of a draft whether it was said before, and where."""
    from wgsearch.compare import compare as compared  # noqa: PLC0415 - commands start faster

    engine = engine_of(settings_of(index=index, encoder=encoder))
    found = compared(engine, read_draft(draft), exclude=exclude or ())
    if as_json:
        from wgsearch.api import schemas  # noqa: PLC0415 - for programs

        print_json(schemas.comparison_object(found).model_dump(mode="json"))
    else:
        _print_comparison(console(), found)


def check(
    file: DraftArgument,
    *,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check the citations of a text: do they exist, do quotations match, what was meant."""
    from wgsearch.checking import check as checked  # noqa: PLC0415 - likewise

    engine = engine_of(settings_of(index=index))
    found = checked(engine, read_draft(file))
    if as_json:
        from wgsearch.api import schemas  # noqa: PLC0415 - for programs

        print_json(schemas.checked_object(found).model_dump(mode="json"))
    else:
        _print_checked(console(), found)


def read_draft(source: str) -> Draft:
    """
    The draft in a file, or on standard input.

    Raises:
        PaperUnreadableError: There is no such file, or it is none that is read.
        EmptyDraftError: It holds no paragraph.
    """
    from wgsearch.drafts import draft_of_paper, draft_of_text  # noqa: PLC0415 - likewise
    from wgsearch.papers.children import read_one  # noqa: PLC0415 - loads what reads papers

    if source == STANDARD_INPUT:
        return draft_of_text(sys.stdin.read(), name="standard input")
    path = Path(source)
    if not path.is_file():
        reason = "there is no such file; name a PDF, DOCX or text file, or - for standard input"
        raise PaperUnreadableError(source, "missing", reason)
    return draft_of_paper(read_one(path))


def _print_comparison(out: Console, found: Comparison) -> None:
    """A draft, paragraph by paragraph."""
    for each in found.paragraphs:
        _print_paragraph(out, each)
    for note in found.notes:
        out.print(Text(note, style="dim"))
    if found.left_out:
        out.print(Text(f"{len(found.left_out)} short paragraphs were not compared", style="dim"))
    shares = ", ".join(f"{label} {share:.0%}" for label, share in found.shares.items())
    out.print(Text(f"Share of words: {shares}", style="bold"))
    out.print(
        f"[dim]{len(found.paragraphs)} paragraphs, {found.took_ms:.0f} ms,"
        f" generation {found.generation}[/dim]"
    )


def _print_paragraph(out: Console, each: ComparedParagraph) -> None:
    """A paragraph with its label, its note and where it stands."""
    head = Text(f"{each.label:<11}", style=_STYLES[each.label])
    number = f"{each.paragraph.number}. " if each.paragraph.number else ""
    head.append(f" {number}{_beginning(each.paragraph.text)}", style="not bold default")
    out.print(head)
    if each.note:
        out.print(Padding(Text(each.note, style="bold"), _INDENT))
    for source in each.sources[:3]:
        words = max((run.words for run in source.shared), default=0)
        run = f", {words} words alike" if words else ""
        old = f", superseded by {source.hit.superseded_by}" if source.hit.superseded_by else ""
        line = f"{source.label}{run}{old}: {source.note}"
        out.print(Padding(Text(line, style="dim"), _INDENT))
    out.print()


def _print_checked(out: Console, found: Checked) -> None:
    """Citations, one by one."""
    for each in found.citations:
        _print_citation(out, each)
    for note in found.notes:
        out.print(Text(note, style="dim"))
    counts = ", ".join(f"{status} {count}" for status, count in found.counts.items())
    many = len(found.citations)
    total = f"{many} citation{'' if many == 1 else 's'}"
    out.print(Text(f"{total}: {counts or 'none'}", style="bold"))


def _print_citation(out: Console, each: CheckedCitation) -> None:
    """A citation, what was found, and what differs."""
    right = each.status == "right"
    head = Text(f"{each.status:<12}", style="green" if right else "bold red")
    head.append(f" {each.text}", style="not bold default")
    out.print(head)
    out.print(Padding(Text(each.message, style="dim"), _INDENT))
    if each.meant:
        out.print(Padding(Text(f"perhaps meant: {'; '.join(each.meant)}"), _INDENT))
    for quoted in each.quotations:
        if quoted.difference:
            out.print(Padding(_difference(quoted.difference), _INDENT))
    out.print()


def _difference(difference: Sequence[Difference]) -> Text:
    """What a quotation adds `[+…]` and leaves out `[-…]`."""
    shown = Text()
    for each in difference:
        before, style = _CHANGES[each.change]
        shown.append(f"{before}{each.text}{']' if before else ''} ", style=style)
    return shown


def _beginning(text: str) -> str:
    """The beginning of a paragraph, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN].rsplit(' ', 1)[0]} …"

"""
arguments -> one command: what `wgsearch` understands.

Why imports stand in the commands: a search prints its answer before what reads papers, or what
describes answers to programs, could be loaded.

Exit status: 0 done; 1 the world's fault, the message says what to do; 2 usage; 75
another build is at work, or another fetching. With `--json` one object stands on standard output,
nothing else.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from pydantic import ValidationError
from rich.markup import escape

from wgsearch.answers import Filters, Query
from wgsearch.cli import printed
from wgsearch.cli.assistants import mcp
from wgsearch.cli.belonging import belonging
from wgsearch.cli.briefs import brief
from wgsearch.cli.building import (
    Asked,
    RayOption,
    SharedOption,
    TrustedOption,
    reader_on_ray,
)
from wgsearch.cli.cluster import cluster_app
from wgsearch.cli.compendium import compendium
from wgsearch.cli.drafts import check, compare
from wgsearch.cli.fetching import fetch
from wgsearch.cli.generations import index_app
from wgsearch.cli.judged import cases, evaluate
from wgsearch.cli.keys import keys_app
from wgsearch.cli.past import history
from wgsearch.cli.planned import plan
from wgsearch.cli.questions import questions_app
from wgsearch.cli.register import recommendations as recommendations_command
from wgsearch.cli.serving import serve
from wgsearch.cli.sources import agenda_of, resolved
from wgsearch.cli.terminal import (
    CorpusOption,
    CountOption,
    EncoderOption,
    IndexOption,
    JsonOption,
    ModeOption,
    RerankerOption,
    console,
    encoder_of,
    engine_of,
    print_json,
    say,
    settings_of,
)
from wgsearch.cli.watching import watch
from wgsearch.errors import (
    BuildBusyError,
    ContactMissingError,
    DraftTooLongError,
    EmptyDraftError,
    EmptyQuestionError,
    FetchBusyError,
    InvalidFilterError,
    NotAnAgendaError,
    PlanImpossibleError,
    QuestionTooLongError,
    UnfetchableSymbolError,
    UnjudgedQuestionError,
    UnknownFormatError,
    UnknownItemError,
    WebhookRefusedError,
    WgsearchError,
)
from wgsearch.papers.callers import notes_of

if TYPE_CHECKING:
    from wgsearch.agenda import Agenda
    from wgsearch.papers.paper import Paper
    from wgsearch.search import LocalEngine

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Find, cite and reuse what a working group has already said.",
)
app.add_typer(index_app, name="index")
app.add_typer(keys_app, name="keys")
app.add_typer(questions_app, name="questions")
app.add_typer(cluster_app, name="cluster")
app.command()(evaluate)
app.command()(cases)
app.command()(brief)
app.command()(serve)
app.command()(history)
app.command()(compendium)
app.command()(compare)
app.command()(check)
app.command()(fetch)
app.command()(watch)
app.command()(mcp)
app.command()(plan)
app.command(name="recommendations")(recommendations_command)

_USAGE, _WORLD, _BUSY, _STOPPED = 2, 1, 75, 130
DEMO_INDEX = Path("index/demo")
_WRONG_ASKING = (
    EmptyQuestionError,
    QuestionTooLongError,
    InvalidFilterError,
    EmptyDraftError,
    DraftTooLongError,
    UnknownFormatError,
    ContactMissingError,
    UnfetchableSymbolError,
    UnjudgedQuestionError,
    WebhookRefusedError,
    PlanImpossibleError,
)


def main() -> None:
    """Run the command line."""
    try:
        app()
    except WgsearchError as error:
        _fail(error)
    except OSError as error:
        # The process edge: a full disk, a folder that may not be written, a name that is a file.
        say(f"wgsearch: {error.filename or 'the system'}: {error.strerror or error}")
        sys.exit(_WORLD)
    except ValidationError as error:
        for each in error.errors():
            name = "_".join(str(part) for part in each["loc"]).upper()
            say(f"WGSEARCH_{name}: {each['msg']}")
        sys.exit(_USAGE)
    except KeyboardInterrupt:
        say("stopped; the index in use is what it was")
        sys.exit(_STOPPED)


def _fail(error: WgsearchError) -> NoReturn:
    """End with the status that says whose fault it is."""
    say(f"wgsearch: {error}")
    if isinstance(error, BuildBusyError | FetchBusyError):
        sys.exit(_BUSY)
    sys.exit(_USAGE if isinstance(error, _WRONG_ASKING) else _WORLD)


@app.command()
def build(
    *,
    corpus: CorpusOption = None,
    index: IndexOption = None,
    encoder: EncoderOption = None,
    full: Annotated[bool, typer.Option("--full", help="Read every paper again.")] = False,
    retry_failed: Annotated[
        bool,
        typer.Option("--retry-failed", help="Read those again that could not be read."),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done; write nothing.")
    ] = False,
    with_compendium: Annotated[
        bool,
        typer.Option(
            "--compendium/--no-compendium", help="Bring the compendium up to date, if there is one."
        ),
    ] = True,
    ray: RayOption = None,
    shared: SharedOption = None,
    ray_trusted: TrustedOption = False,
    progress_lines: Annotated[
        bool,
        typer.Option("--progress-lines", help="Tell progress as JSON lines on standard error."),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Read what changed, encode what is new, publish a generation."""
    from wgsearch.cli import progress  # noqa: PLC0415 - loads bars
    from wgsearch.cli.keeping_up import keep_up  # noqa: PLC0415 - likewise
    from wgsearch.cli.questions import answer_saved, to_json  # noqa: PLC0415 - likewise
    from wgsearch.index.build import build as build_index  # noqa: PLC0415 - loads FAISS
    from wgsearch.index.build import planned  # noqa: PLC0415 - likewise

    settings = settings_of(corpus=corpus, index=index, encoder=encoder)
    given = (settings.corpus, settings.index, encoder_of(settings))
    if dry_run:
        decided = planned(*given, full=full, retry_failed=retry_failed)
        if as_json:
            print_json(decided.to_json())
        else:
            printed.decision(console(), decided)
        return
    with progress.shown(lines=progress_lines) as tell:
        reader = None
        if ray:
            where = (ray, shared or settings.index / "shards")
            wanted = Asked(trusted=ray_trusted, full=full, retry_failed=retry_failed)
            reader = reader_on_ray(settings, *where, wanted, tell)
        report = build_index(
            *given, full=full, retry_failed=retry_failed, reader=reader, progress=tell
        )
    if not as_json:
        printed.build_report(console(), report)
    try:
        kept = keep_up(settings, lambda: engine_of(settings), is_wanted=with_compendium)
    except KeyboardInterrupt:
        say(f"stopped; {report.generation} is in use, its compendium is the edition before")
        sys.exit(_STOPPED)
    asked = answer_saved(settings, lambda: engine_of(settings)) if report.published else ()
    if as_json:
        saved = [to_json(each) for each in asked]
        print_json(report.to_json() | {"compendium": kept.to_json(), "questions": saved})
    elif kept.state == "none":
        console().print("[dim]`wgsearch compendium` makes a compendium of these papers.[/dim]")
    elif kept.state == "left":
        console().print(f"[dim]The compendium is edition {kept.edition}, as it was.[/dim]")


@app.command()
def inspect(
    file: Annotated[Path, typer.Argument(help="A paper: PDF, DOCX or plain text.")],
    *,
    corpus: Annotated[
        Path | None,
        typer.Option(
            help="Folder whose corrections.toml applies; by default the nearest above the file."
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Show how a file was read: masthead, headings, paragraphs, agenda, warnings."""
    from wgsearch.agenda import read_agenda  # noqa: PLC0415 - loads what reads papers
    from wgsearch.papers.children import read_one  # noqa: PLC0415 - likewise
    from wgsearch.papers.corrections import corpus_of  # noqa: PLC0415 - likewise

    paper = _mended(read_one(file), file, corpus or corpus_of(file))
    agenda = read_agenda(paper)
    if as_json:
        from wgsearch.api import schemas  # noqa: PLC0415 - for programs

        print_json(schemas.paper_json(paper, agenda))
    else:
        printed.inspected(console(), paper, agenda)


def _mended(paper: Paper, file: Path, corpus: Path | None) -> Paper:
    """A paper with what the corrections of a folder state for it; what is refused is said."""
    from wgsearch.papers.corrections import corrected, read_corrections  # noqa: PLC0415 - likewise

    if corpus is None:
        return paper
    corrections = read_corrections(corpus)
    for each in corrections.refused:
        say(f"not applied: {each}")
    whole, root = file.resolve(), corpus.resolve()
    name = whole.relative_to(root).as_posix() if whole.is_relative_to(root) else file.name
    return corrected(paper, corrections.of(name, paper.symbols))


@app.command()
def search(
    question: Annotated[
        str, typer.Argument(help='Words; "quoted words" must appear; or a symbol.')
    ],
    *,
    k: CountOption = 10,
    kind: Annotated[list[str] | None, typer.Option(help="Kind of paper; may be repeated.")] = None,
    year_from: Annotated[int | None, typer.Option("--from", help="First year of issue.")] = None,
    year_to: Annotated[int | None, typer.Option("--to", help="Last year of issue.")] = None,
    body: Annotated[list[str] | None, typer.Option(help="Words of the body's name.")] = None,
    symbol: Annotated[list[str] | None, typer.Option(help="Symbol, or its beginning.")] = None,
    language: Annotated[list[str] | None, typer.Option(help="Language, for instance en.")] = None,
    recommendations: Annotated[
        bool, typer.Option("--recommendations", help="Only what recommends something.")
    ] = False,
    mode: ModeOption = "hybrid",
    per_paper: Annotated[
        int | None, typer.Option(min=1, help="At most so many passages of one paper.")
    ] = None,
    no_fold: Annotated[
        bool, typer.Option("--no-fold", help="Show one by one what several papers repeat.")
    ] = False,
    index: IndexOption = None,
    encoder: EncoderOption = None,
    reranker: RerankerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find the passages that answer a question."""
    filters = Filters(
        kinds=tuple(kind or ()),
        bodies=tuple(body or ()),
        symbols=tuple(symbol or ()),
        languages=tuple(language or ()),
        year_from=year_from,
        year_to=year_to,
        recommendations=recommendations,
    )
    engine = engine_of(settings_of(index=index, encoder=encoder, reranker=reranker))
    found = engine.search(
        Query(text=question, k=k, filters=filters, mode=mode, per_paper=per_paper, fold=not no_fold)
    )
    if as_json:
        from wgsearch.api import schemas  # noqa: PLC0415 - for programs

        print_json(schemas.search_json(found))
    else:
        printed.answer(console(), found)


@app.command()
def show(
    symbol: Annotated[str, typer.Argument(help="Symbol of a paper, in whole or in part.")],
    paragraph: Annotated[str | None, typer.Argument(help="Number of a paragraph.")] = None,
    *,
    context: Annotated[int, typer.Option(min=0, max=20, help="Neighbours a side.")] = 1,
    part: Annotated[
        str, typer.Option(help="body, or the annex that the number stands in.")
    ] = "body",
    language: Annotated[str | None, typer.Option(help="Language version.")] = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show a paper, or one paragraph with its neighbours."""
    engine = engine_of(settings_of(index=index))
    symbol = resolved(engine, symbol)
    if paragraph is None:
        _show_paper(engine, symbol, language, as_json=as_json)
        return
    from wgsearch.api import schemas  # noqa: PLC0415 - for programs

    near = schemas.neighbourhood(
        engine, symbol, paragraph, part=part, context=context, language=language
    )
    if as_json:
        print_json(near.model_dump(mode="json"))
        return
    paper, out = engine.paper(symbol, language), console()
    out.print(
        f"[bold cyan]{escape(near.paragraph.citation)}[/bold cyan]"
        f"  [dim]page {near.paragraph.page_first}[/dim]"
    )
    for each in (*near.before, near.paragraph, *near.after):
        here = each.index == near.paragraph.index
        printed.paragraph(out, paper.paragraphs[each.index], style="none" if here else "dim")
        if here:
            printed.notes(out, notes_of(paper, each.index))


def _show_paper(engine: LocalEngine, symbol: str, language: str | None, *, as_json: bool) -> None:
    """A paper, whole, and how it stands to others."""
    found = engine.paper(symbol, language)
    related = engine.relations(symbol, language)
    if not as_json:
        printed.paper(console(), found, related)
        return
    from wgsearch.api import schemas  # noqa: PLC0415 - for programs

    shown = schemas.document_object(
        found,
        _agenda_or_none(engine, found.key),
        generation=engine.generation,
        entry=engine.entry(symbol, language),
        editions=[engine.entry(symbol, language), *(each.entry for each in related.sisters)],
        related=related,
    )
    print_json(shown.model_dump(mode="json"))


def _agenda_or_none(engine: LocalEngine, symbol: str) -> Agenda | None:
    """The agenda of a paper, None when it holds none."""
    try:
        return engine.agenda(symbol)
    except NotAnAgendaError:
        return None


@app.command()
def agenda(
    source: Annotated[
        str | None,
        typer.Argument(
            help="A file, - for a pasted text, or the symbol of an agenda of the corpus;"
            " with --for none means all."
        ),
    ] = None,
    *,
    item: Annotated[str | None, typer.Option("--item", help="Only this item.")] = None,
    question: Annotated[
        str | None,
        typer.Option("--for", help="A question or a proposal: under which items it belongs."),
    ] = None,
    k: CountOption = 5,
    index: IndexOption = None,
    encoder: EncoderOption = None,
    reranker: RerankerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find, for each item of an agenda, its documents and the passages that bear on it."""
    if question is not None and item is not None:
        raise typer.BadParameter("--for looks for the item: leave out --item")
    if question is None and source is None:
        raise typer.BadParameter("name an agenda, or ask with --for on which one it belongs")
    engine = engine_of(settings_of(index=index, encoder=encoder, reranker=reranker))
    if question is not None:
        belonging(engine, source, question, k=k, as_json=as_json)
        return
    assert source is not None  # noqa: S101 - one of the two is given
    brought = agenda_of(engine, source)
    found = brought.agenda
    items = [each for each in found.items if item is None or each.number == item]
    if not items:
        known = ", ".join(each.number for each in found.items)
        raise UnknownItemError(f"the agenda has no item {item!r}; its items are {known}")
    answers = [engine.item(found, each, k=k, filters=Filters()) for each in items]
    from wgsearch.briefing import item_brief, setting_of  # noqa: PLC0415 - searches start faster

    setting = setting_of(engine, found, language=brought.language)
    briefs = [item_brief(engine, setting, each) for each in items]
    if as_json:
        from wgsearch.api import schemas  # noqa: PLC0415 - for programs

        print_json(schemas.agenda_json(found, answers, briefs))
        return
    out = console()
    out.print(f"[bold]{escape(found.title or 'Agenda')}[/bold]  {escape(found.symbol or source)}\n")
    for each, brief_of_it in zip(answers, briefs, strict=True):
        printed.item_answer(out, each)
        printed.addressed(out, brief_of_it.history)


@app.command()
def glossary(
    text: Annotated[
        str | None, typer.Argument(help="A word or a question; without it, what there is.")
    ] = None,
    *,
    corpus: CorpusOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the terms that a text names, in six languages."""
    from wgsearch.cli.terms import print_terms, terms_json  # noqa: PLC0415 - loads tantivy
    from wgsearch.glossary.load import read_glossary, read_own  # noqa: PLC0415 - reads lists

    folder = settings_of(corpus=corpus).corpus
    entries, own = read_glossary(folder), read_own(folder)
    if as_json:
        print_json(terms_json(entries, own, text))
    else:
        print_terms(console(), entries, own, text)


@app.command()
def demo(*, index: IndexOption = None, corpus: CorpusOption = None) -> None:
    """Build the sample corpus and show what can be asked of it."""
    from wgsearch.cli.demo import run  # noqa: PLC0415 - the demonstration is seldom run

    # A folder of its own: the sample must not be published over somebody's papers.
    settings = settings_of(index=index or DEMO_INDEX, corpus=corpus or sample_corpus())
    run(settings, encoder_of(settings), console())


def sample_corpus() -> Path:
    """The sample corpus: of the checkout, else of the installed package."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package.parent.parent / "corpus" / "papers", package / "sample"):
        if folder.is_dir():
            return folder
    return Path("corpus/papers")

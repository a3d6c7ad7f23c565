"""
arguments -> one command: what `wgsearch` understands.

Exit status: 0 done; 1 the world's fault, the message says what to do; 2 usage; 75
another build is at work. With `--json` one object stands on standard output, nothing else.
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape

from wgsearch.agenda import read_agenda
from wgsearch.answers import Filters, Mode, Query
from wgsearch.api import schemas
from wgsearch.cli import printed, progress
from wgsearch.errors import (
    BuildBusyError,
    EmptyQuestionError,
    EncoderUnavailableError,
    IndexMissingError,
    InvalidFilterError,
    NotAnAgendaError,
    QuestionTooLongError,
    UnknownItemError,
    UnknownSymbolError,
    WgsearchError,
)
from wgsearch.glossary.load import read_glossary, read_own
from wgsearch.papers import symbols
from wgsearch.papers.children import read_one
from wgsearch.papers.corrections import corpus_of, corrected, read_corrections
from wgsearch.settings import Settings

if TYPE_CHECKING:
    from wgsearch.agenda import Agenda
    from wgsearch.embedding import Encoder
    from wgsearch.papers.paper import Paper
    from wgsearch.search import LocalEngine

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Find, cite and reuse what a working group has already said.",
)
index_app = typer.Typer(no_args_is_help=True, help="Generations of the index.")
app.add_typer(index_app, name="index")

_USAGE, _WORLD, _BUSY = 2, 1, 75
_FILE_WIDTH = 100
DEMO_INDEX = Path("index/demo")
_WRONG_ASKING = (EmptyQuestionError, QuestionTooLongError, InvalidFilterError)

IndexOption = Annotated[
    Path | None, typer.Option("--index", help="Folder of the index.", show_default="index")
]
CorpusOption = Annotated[
    Path | None,
    typer.Option("--corpus", help="Folder of the papers.", show_default="corpus/papers"),
]
EncoderOption = Annotated[
    str | None, typer.Option("--encoder", help="Name or folder of a sentence-transformers model.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
ModeOption = Annotated[
    Mode, typer.Option("--mode", help="Both legs, meaning (dense) alone, or words (lexical) alone.")
]
CountOption = Annotated[int, typer.Option("-k", min=1, max=100, help="How many passages at most.")]


def main() -> None:
    """Run the command line."""
    try:
        app()
    except WgsearchError as error:
        _fail(error)
    except OSError as error:
        # The process edge: a full disk, a folder that may not be written, a name that is a file.
        _say(f"wgsearch: {error.filename or 'the system'}: {error.strerror or error}")
        sys.exit(_WORLD)
    except ValidationError as error:
        for each in error.errors():
            name = "_".join(str(part) for part in each["loc"]).upper()
            _say(f"WGSEARCH_{name}: {each['msg']}")
        sys.exit(_USAGE)
    except KeyboardInterrupt:
        _say("stopped; the index in use is what it was")
        sys.exit(130)


def _say(message: str) -> None:
    """A line for people on standard error."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(escape(message))


def _fail(error: WgsearchError) -> NoReturn:
    """End with the status that says whose fault it is."""
    _say(f"wgsearch: {error}")
    if isinstance(error, BuildBusyError):
        sys.exit(_BUSY)
    sys.exit(_USAGE if isinstance(error, _WRONG_ASKING) else _WORLD)


def _settings(**given: object) -> Settings:
    """Settings of the environment, with what the command line names put over them."""
    return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type] # checked by the model


def _print_json(found: object) -> None:
    """One object on standard output."""
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")


def _out() -> Console:
    """Where people read results; a file or a pipe gets lines of a readable length."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else _FILE_WIDTH)


def _encoder(settings: Settings) -> Encoder:
    """The encoder that the settings name; its weights are loaded when it is first used."""
    from wgsearch.embedding import SentenceTransformerEncoder  # noqa: PLC0415 - commands that need none start faster

    return SentenceTransformerEncoder(settings.encoder)


def _engine(settings: Settings) -> LocalEngine:
    """The engine over the index that the settings name."""
    from wgsearch.search import LocalEngine  # noqa: PLC0415 - likewise

    return LocalEngine(settings.index, lambda: _encoder(settings))


@app.command()
def build(
    *,
    corpus: CorpusOption = None,
    index: IndexOption = None,
    encoder: EncoderOption = None,
    full: Annotated[bool, typer.Option("--full", help="Read every paper again.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Read what changed, encode what is new, publish a generation."""
    from wgsearch.index.build import build as build_index  # noqa: PLC0415 - loads FAISS

    settings = _settings(corpus=corpus, index=index, encoder=encoder)
    with progress.shown() as tell:
        report = build_index(
            settings.corpus, settings.index, _encoder(settings), full=full, progress=tell
        )
    if as_json:
        _print_json(report.to_json())
    else:
        printed.build_report(_out(), report)


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
    paper = _mended(read_one(file), file, corpus or corpus_of(file))
    agenda = read_agenda(paper)
    if as_json:
        _print_json(schemas.paper_json(paper, agenda))
    else:
        printed.inspected(_out(), paper, agenda)


def _mended(paper: Paper, file: Path, corpus: Path | None) -> Paper:
    """A paper with what the corrections of a folder state for it; what is refused is said."""
    if corpus is None:
        return paper
    corrections = read_corrections(corpus)
    for each in corrections.refused:
        _say(f"not applied: {each}")
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
    mode: ModeOption = "hybrid",
    index: IndexOption = None,
    encoder: EncoderOption = None,
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
    )
    engine = _engine(_settings(index=index, encoder=encoder))
    found = engine.search(Query(text=question, k=k, filters=filters, mode=mode))
    if as_json:
        _print_json(schemas.search_json(found))
    else:
        printed.answer(_out(), found)


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
    engine = _engine(_settings(index=index))
    symbol = _resolved(engine, symbol)
    if paragraph is None:
        _show_paper(engine, symbol, language, as_json=as_json)
        return
    near = schemas.neighbourhood(
        engine, symbol, paragraph, part=part, context=context, language=language
    )
    if as_json:
        _print_json(near.model_dump(mode="json"))
        return
    paper, out = engine.paper(symbol, language), _out()
    out.print(
        f"[bold cyan]{escape(near.paragraph.citation)}[/bold cyan]"
        f"  [dim]page {near.paragraph.page_first}[/dim]"
    )
    for each in (*near.before, near.paragraph, *near.after):
        here = each.index == near.paragraph.index
        printed.paragraph(out, paper.paragraphs[each.index], style="none" if here else "dim")
        if here:
            printed.notes(out, schemas.notes_of(paper, each.index))


def _show_paper(engine: LocalEngine, symbol: str, language: str | None, *, as_json: bool) -> None:
    """A paper, whole, and how it stands to others."""
    found = engine.paper(symbol, language)
    related = engine.relations(symbol, language)
    if not as_json:
        printed.paper(_out(), found, related)
        return
    shown = schemas.document_object(
        found,
        _agenda_or_none(engine, found.key),
        generation=engine.generation,
        entry=engine.entry(symbol, language),
        editions=[engine.entry(symbol, language), *(each.entry for each in related.sisters)],
        related=related,
    )
    _print_json(shown.model_dump(mode="json"))


def _resolved(engine: LocalEngine, symbol: str) -> str:
    """The one symbol of the index that a piece of one means; the piece itself where none is."""
    known = tuple(dict.fromkeys(each.symbol for each in engine.papers(Filters())))
    meant = symbols.resolve(symbol, known)
    if len(meant) > 1:
        raise UnknownSymbolError(symbol, meant)
    return meant[0] if meant else symbol


def _agenda_or_none(engine: LocalEngine, symbol: str) -> Agenda | None:
    """The agenda of a paper, None when it holds none."""
    try:
        return engine.agenda(symbol)
    except NotAnAgendaError:
        return None


@app.command()
def agenda(
    source: Annotated[
        str, typer.Argument(help="A file, or the symbol of an agenda of the corpus.")
    ],
    *,
    item: Annotated[str | None, typer.Option("--item", help="Only this item.")] = None,
    k: CountOption = 5,
    index: IndexOption = None,
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find, for each item of an agenda, its documents and the passages that bear on it."""
    engine = _engine(_settings(index=index, encoder=encoder))
    found = _agenda(engine, source)
    items = [each for each in found.items if item is None or each.number == item]
    if not items:
        known = ", ".join(each.number for each in found.items)
        raise UnknownItemError(f"the agenda has no item {item!r}; its items are {known}")
    answers = [engine.item(found, each, k=k, filters=Filters()) for each in items]
    if as_json:
        _print_json(schemas.agenda_json(found, answers))
        return
    out = _out()
    out.print(f"[bold]{escape(found.title or 'Agenda')}[/bold]  {escape(found.symbol or source)}\n")
    for each in answers:
        printed.item_answer(out, each)


def _agenda(engine: LocalEngine, source: str) -> Agenda:
    """The agenda that a file holds, or that a paper of the corpus is."""
    path = Path(source)
    if not path.exists():
        return engine.agenda(_resolved(engine, source))
    found = read_agenda(read_one(path))
    if found is None:
        raise NotAnAgendaError(f"{source!r} was read, but it holds no agenda with items")
    return found


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

    folder = _settings(corpus=corpus).corpus
    entries, own = read_glossary(folder), read_own(folder)
    if as_json:
        _print_json(terms_json(entries, own, text))
    else:
        print_terms(_out(), entries, own, text)


@app.command()
def evaluate(
    folder: Annotated[Path, typer.Argument(help="corpus.jsonl, queries.jsonl, qrels/test.tsv.")],
    *,
    mode: ModeOption = "hybrid",
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Measure judged questions through the code that serves searches."""
    from wgsearch.evaluation import evaluate as measure  # noqa: PLC0415 - loads FAISS

    with progress.shown() as tell:
        measured = measure(folder, _encoder(_settings(encoder=encoder)), mode=mode, progress=tell)
    found = measured.to_json()
    if as_json:
        _print_json(found)
    else:
        for name, value in found.items():
            _out().print(f"{name:>12}  {value}")


@index_app.command("list")
def index_list(*, index: IndexOption = None, as_json: JsonOption = False) -> None:
    """List the generations that the index folder holds."""
    from wgsearch.index.publish import folder_of, list_generations  # noqa: PLC0415 - likewise

    folder = _settings(index=index).index
    if not folder.is_dir():
        raise IndexMissingError(
            f"no index folder {str(folder)!r}; run `wgsearch build` to make one"
        )
    found = list_generations(folder)
    if as_json:
        _print_json({"generations": [each._asdict() for each in found]})
        return
    if not found:
        _out().print(f"no generations in {str(folder)!r}; run `wgsearch build`")
    for each in found:
        size = sum(
            path.stat().st_size
            for path in folder_of(folder, each.name).rglob("*")
            if path.is_file()
        )
        mark = "in use" if each.current else ""
        _out().print(f"{each.name}  {size / 1e6:8.1f} MB  {mark}")


@index_app.command("verify")
def index_verify(
    generation: Annotated[
        str | None, typer.Argument(help="Name; the one in use by default.")
    ] = None,
    *,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Compare every file of a generation with its manifest."""
    from wgsearch.index.publish import current, verify_generation  # noqa: PLC0415 - likewise

    folder = _settings(index=index).index
    name = generation or current(folder)
    manifest = verify_generation(folder, name)
    found = {
        "generation": name,
        "verified": True,
        "papers": len(manifest.papers),
        "passages": manifest.passages,
        "encoder": manifest.encoder,
        "content_digest": manifest.content_digest,
    }
    if as_json:
        _print_json(found)
    else:
        _out().print(
            f"{name} is whole: {len(manifest.papers)} papers, {manifest.passages} passages"
        )


@app.command()
def serve(
    *,
    host: Annotated[
        str | None, typer.Option(help="Address to listen on.", show_default="127.0.0.1")
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="Port to listen on.", show_default="8000")
    ] = None,
    corpus: CorpusOption = None,
    index: IndexOption = None,
    encoder: EncoderOption = None,
) -> None:
    """Serve the API and the web pages."""
    import uvicorn  # noqa: PLC0415 - only this command needs it

    from wgsearch.api.app import create_app  # noqa: PLC0415 - likewise
    from wgsearch.api.guard import Limits  # noqa: PLC0415 - likewise
    from wgsearch.api.serving import NewestEngine  # noqa: PLC0415 - likewise
    from wgsearch.index.publish import current  # noqa: PLC0415 - likewise

    settings = _settings(host=host, port=port, corpus=corpus, index=index, encoder=encoder)
    encoder_in_use = _encoder(settings)
    from wgsearch.search import LocalEngine  # noqa: PLC0415 - likewise

    engine = NewestEngine(
        lambda: LocalEngine(settings.index, encoder_in_use), lambda: current(settings.index)
    )
    try:
        engine()  # an index that cannot be opened is said here, before anyone asks
    except IndexMissingError as error:
        _say(f"wgsearch: {error}; it is served as soon as it is there")
    _warm(encoder_in_use)
    limits = Limits(url_bytes=settings.max_url_bytes, body_bytes=settings.max_body_bytes)
    web = create_app(engine, corpus_dir=settings.corpus, hosts=settings.served_hosts, limits=limits)
    _say(
        f"wgsearch serves {settings.index} at http://{settings.host}:{settings.port}/"
        " (stop with Ctrl+C)"
    )
    uvicorn.run(
        web, host=settings.host, port=settings.port, log_level="warning", server_header=False
    )


def _warm(encoder: Encoder) -> None:
    """Load the encoder's weights beside the first requests, so that the first question need not."""

    def load() -> None:
        try:
            encoder.encode(["a question"])
        except EncoderUnavailableError as error:
            _say(f"wgsearch: {error}")

    threading.Thread(target=load, name="warm", daemon=True).start()


@app.command()
def demo(*, index: IndexOption = None, corpus: CorpusOption = None) -> None:
    """Build the sample corpus and show what can be asked of it."""
    from wgsearch.cli.demo import run  # noqa: PLC0415 - the demonstration is seldom run

    # A folder of its own: the sample must not be published over somebody's papers.
    settings = _settings(index=index or DEMO_INDEX, corpus=corpus or sample_corpus())
    run(settings, _encoder(settings), _out())


def sample_corpus() -> Path:
    """The sample corpus: of the checkout, else of the installed package."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package.parent.parent / "corpus" / "papers", package / "sample"):
        if folder.is_dir():
            return folder
    return Path("corpus/papers")

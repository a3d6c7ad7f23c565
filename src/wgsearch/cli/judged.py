"""`wgsearch evaluate` and `wgsearch cases`: arguments -> measures of judged questions."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

from wgsearch.cli.terminal import (
    EncoderOption,
    JsonOption,
    ModeOption,
    RerankerOption,
    console,
    encoder_of,
    engine_of,
    print_json,
    reranker_of,
    settings_of,
)


def evaluate(
    source: Annotated[
        Path,
        typer.Argument(
            help="A judged set (folder: corpus.jsonl, queries.jsonl, qrels/test.tsv), or relevance"
            " cases (file of JSON lines)."
        ),
    ],
    *,
    mode: ModeOption = "hybrid",
    index: Annotated[
        Path | None,
        typer.Option(
            "--index",
            help="Cases: the index that is asked. Judged set: where to keep the index of it, so"
            " that nothing is encoded twice; by default nothing is kept.",
        ),
    ] = None,
    encoder: EncoderOption = None,
    reranker: RerankerOption = None,
    with_annotation: Annotated[
        bool,
        typer.Option(
            "--with-annotation",
            help="Ask a question that has an annotation as an agenda item is asked.",
        ),
    ] = False,
    per_query: Annotated[
        bool, typer.Option("--per-query", help="Tell each question by itself, the worst first.")
    ] = False,
    compare: Annotated[
        Path | None,
        typer.Option("--compare", help="An earlier report (made with --per-query -o FILE)."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write the JSON report to a file, too.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Measure judged questions through the code that serves searches."""
    from wgsearch.cli import evaluating, measured, progress  # noqa: PLC0415 - loads FAISS

    evaluating.check_output(output, source)
    settings = settings_of(index=index, encoder=encoder, reranker=reranker)
    with progress.shown() as tell:
        found = evaluating.evaluated(
            source,
            mode=mode,
            index=index,
            encoder=encoder_of(settings),
            reranker=reranker_of(settings),
            engine=lambda: engine_of(settings),
            earlier=compare,
            with_annotation=with_annotation,
            progress=tell,
        )
    report = found.to_json(per_query=per_query)
    if output:
        evaluating.write_report(output, report)
    if as_json:
        print_json(report)
        return
    measured.measured(console(), found.measured, per_query=per_query)
    if found.comparison:
        measured.compared(console(), found.comparison)


def cases(
    marks: Annotated[list[Path], typer.Argument(help="Marks of experts: files of JSON lines.")],
    *,
    output: Annotated[Path, typer.Option("--output", "-o", help="The file of cases to write.")],
    as_json: JsonOption = False,
) -> None:
    """Make relevance cases of marks that experts gave, for `evaluate`."""
    from wgsearch.cli import evaluating, measured  # noqa: PLC0415 - loads FAISS
    from wgsearch.evaluation import merge, read_marks  # noqa: PLC0415 - likewise

    evaluating.check_output(output, *marks)
    found = merge([mark for file in marks for mark in read_marks(file)])
    evaluating.write_marked(output, found)
    if as_json:
        print_json({**found.to_json(), "file": str(output)})
    else:
        measured.merged(console(), found, str(output))

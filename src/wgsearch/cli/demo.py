"""
the sample corpus -> an index, three answers and an agenda's passages, on one screen.

Why it asks these questions: one in plain words, one whose words no paper uses, one that
quotes; then what a secretariat does before each session, item by item.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from wgsearch.answers import Filters, Query
from wgsearch.cli import printed, progress
from wgsearch.cli.compendium import renew
from wgsearch.index.build import build
from wgsearch.search import LocalEngine

if TYPE_CHECKING:
    from rich.console import Console

    from wgsearch.embedding import Encoder
    from wgsearch.settings import Settings

QUESTIONS = (
    "Can a victim be punished for crimes that the traffickers made them commit?",
    "brokers who pay poor people for a kidney",
    'who pays the "recruitment fees" of a worker',
)
AGENDA = "DEMO/COP/WG.4/2026/1"


def run(settings: Settings, encoder: Encoder, out: Console) -> None:
    """Build, ask, and say how to go on."""
    with progress.shown() as tell:
        report = build(settings.corpus, settings.index, encoder, progress=tell)
    printed.build_report(out, report)
    engine = LocalEngine(settings.index, encoder)
    renew(settings, lambda: engine)
    for question in QUESTIONS:
        out.rule(Text(question, style="bold"), align="left")
        printed.answer(out, engine.search(Query(text=question, k=3)))
    agenda = engine.agenda(AGENDA)
    out.rule(Text(f"The agenda {AGENDA}, item by item", style="bold"), align="left")
    for item in agenda.items:
        printed.item_answer(out, engine.item(agenda, item, k=2, filters=Filters()))
    command = f"wgsearch serve --index {settings.index} --corpus {settings.corpus}"
    out.print("[bold]To go on:[/bold]")
    out.print(
        f"  pages and API      {command}\n                     then open http://{settings.host}:{settings.port}/"
    )
    out.print(f'  ask                wgsearch search "your question" --index {settings.index}')
    out.print(f"  the compendium     wgsearch compendium --index {settings.index}")
    out.print(f"  your own papers    wgsearch build --corpus FOLDER --index {settings.index}-mine")
    out.print(
        "\n[dim]The sample papers are demonstration papers, written for wgsearch;"
        " no paper of the United Nations is among them.[/dim]"
    )

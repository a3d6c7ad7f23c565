"""
records -> what a person reads on a terminal.

Why apart from the commands: wording and layout are looked at as a whole, and programs
read JSON instead.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from wgsearch.api import verdicts
from wgsearch.export.past import VERDICTS
from wgsearch.papers.callers import notes_of
from wgsearch.papers.paper import READERS
from wgsearch.papers.warnings import WARNINGS
from wgsearch.passages import citation

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from rich.console import Console

    from wgsearch.agenda import Agenda
    from wgsearch.answers import AlsoIn, Answer, Hit, ItemAnswer, Relations
    from wgsearch.history import History
    from wgsearch.index.build import BuildReport
    from wgsearch.papers.paper import Footnote, Heading, Paper, Paragraph

# Hits are read in passing: a long paragraph is cut here, `show` prints it whole.
SHOWN_CHARACTERS = 600
# A line of names is read at a glance; JSON has all.
SHOWN_NAMES = 8
_INDENT = (0, 0, 0, 4)


def answer(console: Console, found: Answer) -> None:
    """The hits of a search."""
    judged(console, found)
    for note in found.notes:
        console.print(Text(note, style="dim"))
    if not found.hits:
        console.print("Nothing found. Ask in other words, or take a filter away.")
    for each in found.hits:
        hit(console, each)
    if len(found.papers) > 1:
        listed = (f"{each.symbol} ({', '.join(map(str, each.ranks))})" for each in found.papers)
        console.print(Text(f"Papers: {'; '.join(listed)}", style="dim"))
    console.print(
        f"[dim]{len(found.hits)} passages, {found.took_ms:.0f} ms,"
        f" generation {found.generation}[/dim]"
    )


def judged(console: Console, found: Answer) -> None:
    """Whether the papers cover the question, and the question as it was perhaps meant."""
    if found.verdict:
        words = Text(verdicts.WORDS[found.verdict], style="bold")
        if found.hits and (more := verdicts.SHOWN[found.verdict]):
            words.append(f" {more}", style="not bold")
        console.print(words)
    if found.suggestion:
        console.print(Text(f"Did you mean: {found.suggestion}"))


def hit(console: Console, each: Hit) -> None:
    """One passage: its citation, where it stands, its words with the matches marked."""
    passage = each.passage
    head = Text(f"{each.rank:>2}. ")
    head.append(citation(passage), style="bold cyan")
    head.append(f"  page {passage.page_first}", style="dim")
    if passage.language != "en":
        head.append(f"  [{passage.language}]", style="dim")
    console.print(head)
    where = " › ".join((passage.title or "", *passage.heading_path))
    console.print(Padding(Text(where, style="italic"), _INDENT))
    if each.superseded_by:
        console.print(Padding(Text(f"superseded by {each.superseded_by}", style="yellow"), _INDENT))
    if each.corrigenda:
        words = f"corrected by {', '.join(each.corrigenda)}"
        console.print(Padding(Text(words, style="yellow"), _INDENT))
    console.print(Padding(_marked(passage.text, each.match.spans, each.best_sentence), _INDENT))
    if each.also_in:
        listed = (_also(also, passage.language) for also in each.also_in[:SHOWN_NAMES])
        more = len(each.also_in) - SHOWN_NAMES
        words = "; ".join(listed) + (f" and {more} more" if more > 0 else "")
        console.print(Padding(Text(f"also in {words}"), _INDENT))
    if why := _why(each):
        console.print(Padding(Text(why, style="dim"), _INDENT))
    console.print()


def _also(also: AlsoIn, language: str) -> str:
    """Another place where the same is said."""
    if also.language != language:
        return f"{also.citation} [{also.language}]"
    return also.citation if also.likeness == 1 else f"{also.citation} (nearly)"


def _why(each: Hit) -> str:
    """Ranks in the legs that found it; empty for a place that was named."""
    legs = {
        "words": each.match.lexical_rank,
        "meaning": each.match.dense_rank,
        "word by word": each.match.late_rank,
    }
    return " · ".join(f"{name} no. {rank}" for name, rank in legs.items() if rank)


def _marked(text: str, spans: Sequence[tuple[int, int]], best: tuple[int, int] | None) -> Text:
    """A passage's words, matches bold, the best sentence underlined; of a long one, a part."""
    shown = Text(text)
    if best and text[slice(*best)] != text.strip():
        shown.stylize("underline", *best)
    for start, end in spans:
        shown.stylize("bold", start, end)
    first = best[0] if best and best[1] > SHOWN_CHARACTERS else 0
    if len(text) - first > SHOWN_CHARACTERS:
        cut = text.rfind(" ", first, first + SHOWN_CHARACTERS)
        shown = shown[: cut if cut > first else first + SHOWN_CHARACTERS]
        shown.append(" …", style="dim")
    return Text("… ", style="dim").append_text(shown[first:]) if first else shown


def build_report(console: Console, report: BuildReport) -> None:
    """What a build did, and every file that it had to leave out."""
    if report.published:
        console.print(
            f"Published [bold]{report.generation}[/bold]: {report.read} papers read,"
            f" {report.unchanged} unchanged, {report.removed} removed; {report.passages} passages,"
            f" {report.embedded} encoded, {report.reused} vectors reused,"
            f" {report.seconds.total:.1f} s."
        )
    else:
        console.print(
            f"Nothing changed: {report.generation} stays in use, 0 passages encoded,"
            f" {report.seconds.total:.1f} s."
        )
    for each in report.failed:
        console.print(Text(f"Left out: {each.file}: {each.reason} [{each.code}]", style="yellow"))
    for refused in report.refused:
        console.print(Text(f"Not applied: {refused}", style="yellow"))
    if report.corrected:
        console.print(f"Corrected by hand: {len(report.corrected)} papers.")
    noted = Counter(code for _, code in {(w.file, w.code) for w in report.warned})
    noted.pop("corrected", None)
    if noted:
        counts = ", ".join(f"{code} {count}" for code, count in noted.most_common())
        console.print(f"Warnings, papers by code: {counts}.")
        console.print("[dim]`wgsearch inspect FILE` says which and what to do.[/dim]")


def inspected(console: Console, paper: Paper, agenda: Agenda | None) -> None:
    """How a file was read."""
    table = Table(show_header=False, box=None, pad_edge=False)
    item = paper.agenda_item
    rows = {
        "symbol": " = ".join(paper.symbols) or "none printed",
        "title": paper.title,
        "kind": paper.kind,
        "body": paper.body,
        "session": paper.session,
        "meeting": paper.meeting,
        "date": paper.date,
        "language": paper.language,
        "distribution": paper.distribution,
        "agenda item": f"{item.number}: {item.title or ''}" if item else None,
        "job number": paper.job,
        "pages": paper.pages,
        "read by": READERS[paper.reader],
        "paragraphs": f"{sum(each.number is not None for each in paper.paragraphs)} numbered,"
        f" {sum(each.number is None for each in paper.paragraphs)} without a number",
        "footnotes": len(paper.footnotes),
        "cites": _listed(dict.fromkeys(each.symbol for each in paper.references)),
    }
    for name, value in rows.items():
        table.add_row(f"[dim]{name}[/dim]", Text("–" if value is None else str(value)))
    console.print(table)
    for heading in paper.headings:
        label = f"{heading.label}. " if heading.label else ""
        console.print(Text(f"{'  ' * heading.level}{label}{heading.text}"))
    if agenda:
        agenda_items(console, agenda)
    warnings(console, paper)


def warnings(console: Console, found: Paper) -> None:
    """What a reader of the paper should know, and what to do about it."""
    for each in found.warnings:
        console.print(Text(f"Warning: {each.message} [{each.code}]", style="yellow"))
        if (known := WARNINGS.get(each.code)) and each.code != "corrected":
            console.print(Padding(Text(known.action, style="dim"), _INDENT))


def _listed(names: Collection[str]) -> str | None:
    """A few names, and how many more; None without any."""
    few = ", ".join([*names][:SHOWN_NAMES])
    more = f" and {len(names) - SHOWN_NAMES} more" if len(names) > SHOWN_NAMES else ""
    return few + more or None


def agenda_items(console: Console, agenda: Agenda) -> None:
    """The items of an agenda with their documents, and the timetable."""
    for item in agenda.items:
        console.print(Text(f"{item.number}. {item.title}", style="bold"))
        for sub in item.sub_items:
            console.print(Padding(Text(f"{sub.number} {sub.title}"), _INDENT))
        for document in item.documents:
            console.print(
                Padding(Text(f"{document.symbol or 'no symbol'}: {document.title or ''}"), _INDENT)
            )
    for slot in agenda.timetable:
        items = ", ".join(slot.items)
        console.print(
            Text(
                f"{slot.date or ''} {slot.start or ''}–{slot.end or ''}  items {items}", style="dim"
            )
        )


def item_answer(console: Console, found: ItemAnswer) -> None:
    """An agenda item with its documents, held or missing, and its passages."""
    item = found.item
    console.rule(Text(f"Item {item.number}. {item.title}", style="bold"), align="left")
    for document, held in zip(item.documents, found.listed, strict=True):
        state = "in the corpus" if held else "not in the corpus"
        line = Text(f"{document.symbol or 'no symbol'} ", style="bold")
        line.append(f"({state}) {document.title or ''}", style="none" if held else "yellow")
        console.print(line)
    if not item.documents:
        console.print("[dim]No documentation is listed.[/dim]")
    console.print()
    judged(console, found.answer)
    if not found.answer.hits:
        console.print("No passage of the corpus bears on this item.\n")
    for each in found.answer.hits:
        hit(console, each)


def addressed(console: Console, found: History | None) -> None:
    """Whether an agenda item was addressed before, and where it came up as a whole."""
    if found is None:
        return
    line = Text("Addressed before? ", style="bold")
    console.print(line.append(f"{VERDICTS[found.verdict]} Confidence: {found.confidence}."))
    for each in found.timeline:
        if each.is_about:
            words = f"{each.date or 'undated'}  {each.citation}: {each.words}"
            console.print(Padding(Text(words, style="dim"), _INDENT))
    console.print()


def paper(console: Console, found: Paper, related: Relations) -> None:
    """A paper, whole, and how it stands to others."""
    console.print(Text(found.key, style="bold cyan"))
    console.print(Text(found.title or "untitled", style="bold"))
    facts = (found.kind, found.body, found.session, found.date, found.language)
    console.print(Text(" · ".join(str(fact) for fact in facts if fact), style="dim"))
    relations(console, related)
    warnings(console, found)
    headings: dict[int, list[Heading]] = {}
    for heading in found.headings:
        headings.setdefault(heading.before, []).append(heading)
    for at, each in enumerate(found.paragraphs):
        for heading in headings.get(at, ()):
            label = f"{heading.label}. " if heading.label else ""
            console.print(Text(f"\n{label}{heading.text}", style="bold"))
        paragraph(console, each)
        notes(console, notes_of(found, at))


def relations(console: Console, related: Relations) -> None:
    """What belongs to a paper, what it belongs to, and citations both ways."""
    family = related.family
    if family.superseded_by:
        console.print(Text(f"superseded by {family.superseded_by}", style="yellow"))
    rows = {
        f"{family.relation} to" if family.relation != "part" else "part of": family.target,
        "replaces": _listed(family.supersedes),
        "addenda": _listed(family.addenda),
        "corrigenda": _listed(family.corrigenda),
        "amendments": _listed(family.amendments),
        "parts": _listed(family.parts),
        "not held": _listed(family.missing),
        "languages": _listed([each.entry.language for each in related.sisters]),
        "cites": _listed([each.symbol for each in related.cites]),
        "cited by": _listed([each.symbol for each in related.cited_by]),
    }
    for name, value in rows.items():
        if value:
            console.print(Text(f"{name}: {value}", style="dim"))


def notes(console: Console, found: Iterable[Footnote]) -> None:
    """Footnotes of a paragraph, below it."""
    for each in found:
        console.print(Padding(Text(f"{each.mark}  {each.text}", style="dim"), _INDENT))


def paragraph(console: Console, found: Paragraph, *, style: str = "none") -> None:
    """One paragraph with its number."""
    if found.recommendation:
        state = "" if found.recommendation.agreed else "; no agreement was reached on it"
        mark = f"Recommendation to {found.recommendation.addressee}{state}"
        console.print(Padding(Text(mark, style="green"), (1, 0, 0, 0)))
    number = f"{found.number}. " if found.number else ""
    above = 0 if found.recommendation else 1
    console.print(Padding(Text(f"{number}{found.text}", style=style), (above, 0, 0, 0)))

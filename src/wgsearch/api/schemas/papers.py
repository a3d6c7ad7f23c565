"""Papers -> JSON: as read, and as the index holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wgsearch.api import wire
from wgsearch.api.addresses import anchor, file_url, paper_url
from wgsearch.api.related import (
    cited_objects,
    citing_objects,
    family_object,
    paragraph_editions,
)
from wgsearch.api.schemas.agendas import agenda_object
from wgsearch.errors import UnknownParagraphError
from wgsearch.papers.callers import notes_of
from wgsearch.papers.warnings import WARNINGS
from wgsearch.passages import citation, passages_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.agenda import Agenda
    from wgsearch.answers import Engine, PaperEntry, Relations, Sister
    from wgsearch.papers.paper import Footnote, Paper, Paragraph, ReadingWarning

    Json = dict[str, Any]  # a JSON object on its way out


def paper_json(paper: Paper, agenda: Agenda | None) -> Json:
    """The object of `inspect --json`: how one file was read."""
    return wire.InspectObject(**_inspected(paper, agenda)).model_dump(mode="json")


def document_object(
    paper: Paper,
    agenda: Agenda | None,
    *,
    generation: str,
    entry: PaperEntry,
    editions: Sequence[PaperEntry],
    related: Relations,
    base: str = "",
) -> wire.DocumentObject:
    """
    A paper of the index, whole.

    Args:
        paper: The paper.
        agenda: The agenda it holds, None without one.
        generation: Name of the index generation it was read from.
        entry: Its entry in the index.
        editions: Entries of all its language versions.
        related: How it stands to others.
        base: What to put before addresses.
    """
    return wire.DocumentObject(
        **_inspected(paper, agenda),
        generation=generation,
        symbol=paper.key,
        digest=paper.digest,
        superseded_by=entry.superseded_by,
        editions=[
            wire.EditionObject(
                language=each.language,
                title=each.title,
                file=each.file,
                url=base + paper_url(each.symbol, each.language),
            )
            for each in editions
        ],
        url=base + paper_url(paper.key, paper.language),
        file_url=base + file_url(paper.key, paper.language),
        family=family_object(related, base),
        cites=cited_objects(paper, related, base),
        cited_by=citing_objects(related, base),
    )


def _inspected(paper: Paper, agenda: Agenda | None) -> Json:
    """Fields that `inspect` and the API have in common."""
    return {
        "file": paper.file,
        "paper": _masthead(paper),
        "headings": [
            wire.HeadingObject(level=each.level, label=each.label, text=each.text, page=each.page)
            for each in paper.headings
        ],
        "paragraphs": [wire.ParagraphObject(**_paragraph(each)) for each in paper.paragraphs],
        "footnotes": [_footnote(each) for each in paper.footnotes],
        "agenda": agenda_object(agenda) if agenda else None,
        "warnings": [warning_object(each) for each in paper.warnings],
        "references": [
            wire.ReferenceObject(
                symbol=each.symbol,
                paragraph=each.paragraph,
                note=each.note,
                first=each.first,
                last=each.last,
            )
            for each in paper.references
        ],
    }


def warning_object(warning: ReadingWarning) -> wire.WarningObject:
    """A warning, with what can be done about it."""
    known = WARNINGS.get(warning.code)
    return wire.WarningObject(
        code=warning.code, message=warning.message, action=known.action if known else None
    )


def _paragraph(paragraph: Paragraph) -> Json:
    """Fields that all objects of a paragraph have in common."""
    found = paragraph.recommendation
    return {
        "number": paragraph.number,
        "part": paragraph.part,
        "kind": str(paragraph.kind),
        "heading_path": list(paragraph.heading_path),
        "page_first": paragraph.page_first,
        "page_last": paragraph.page_last,
        "text": paragraph.text,
        "lang": paragraph.lang,
        "recommendation": (
            wire.RecommendationObject(
                addressee=found.addressee, verb=found.verb, agreed=found.agreed
            )
            if found
            else None
        ),
    }


def _masthead(paper: Paper) -> wire.PaperObject:
    item = paper.agenda_item
    return wire.PaperObject(
        symbol=paper.symbol,
        symbols=list(paper.symbols),
        title=paper.title,
        kind=str(paper.kind),
        body=paper.body,
        session=paper.session,
        date=paper.date,
        language=paper.language,
        languages=list(paper.languages),
        distribution=paper.distribution,
        agenda_item=(
            wire.ItemReferenceObject(number=item.number, title=item.title) if item else None
        ),
        pages=paper.pages,
        edition=list(paper.edition),
        job=paper.job,
        stars=paper.stars,
        reader=paper.reader,
    )


def _footnote(note: Footnote) -> wire.FootnoteObject:
    return wire.FootnoteObject(
        mark=note.mark, text=note.text, page=note.page, paragraph=note.paragraph
    )


def paragraph_objects(
    paper: Paper, base: str = "", sisters: Sequence[Sister] = ()
) -> list[wire.CitedParagraphObject]:
    """
    All paragraphs of a paper, each with its citation, address and footnotes.

    Args:
        paper: The paper.
        base: What to put before addresses.
        sisters: Its other language versions, for the same paragraph there.
    """
    citations = {each.index: citation(each) for each in passages_of(paper)}
    url = base + paper_url(paper.key, paper.language)
    return [
        wire.CitedParagraphObject(
            **_paragraph(each),
            index=index,
            citation=citations.get(index, paper.key),
            url=f"{url}#{anchor(each.number, each.part, index)}",
            footnotes=[_footnote(note) for note in notes_of(paper, index)],
            editions=paragraph_editions(each, sisters, base),
        )
        for index, each in enumerate(paper.paragraphs)
    ]


def neighbourhood(
    engine: Engine,
    symbol: str,
    number: str,
    *,
    part: str = "body",
    context: int = 0,
    language: str | None = None,
    base: str = "",
) -> wire.NeighbourhoodObject:
    """
    One paragraph of a paper, with its neighbours.

    Args:
        engine: What is asked.
        symbol: Symbol of the paper.
        number: Number of the paragraph, as printed.
        part: `body`, or the annex that the number stands in.
        context: How many neighbours a side.
        language: Language version, None for the preferred one.
        base: Address of the service.

    Raises:
        UnknownSymbolError: There is no such paper.
        UnknownParagraphError: The paper has no such paragraph.
    """
    paper = engine.paper(symbol, language)
    every = paragraph_objects(paper, base, engine.relations(symbol, language).sisters)
    places = (each.index for each in every if each.number == number and same_part(each.part, part))
    at = next(places, None)
    if at is None:
        raise UnknownParagraphError(_no_paragraph(paper.key, number, part, every))
    return wire.NeighbourhoodObject(
        generation=engine.state().generation,
        symbol=paper.key,
        title=paper.title,
        language=paper.language,
        superseded_by=engine.entry(symbol, language).superseded_by,
        before=every[max(0, at - context) : at],
        paragraph=every[at],
        after=every[at + 1 : at + 1 + context],
    )


def same_part(part: str, asked: str) -> bool:
    """Two names of one part: case and spaces do not count."""
    return part.casefold().split() == asked.casefold().split()


def _no_paragraph(
    symbol: str, number: str, part: str, every: list[wire.CitedParagraphObject]
) -> str:
    """What is missing, and what there is."""
    numbers = [each.number for each in every if each.number and same_part(each.part, part)]
    parts = ", ".join(dict.fromkeys(each.part for each in every))
    has = f"its numbers run from {numbers[0]} to {numbers[-1]}" if numbers else f"parts: {parts}"
    return f"{symbol} has no paragraph {number!r} in {part!r}; {has}"


def documents_object(
    entries: Sequence[PaperEntry], generation: str, base: str = ""
) -> wire.DocumentsObject:
    """
    Papers of the index as a list.

    Args:
        entries: Those that are listed.
        generation: Name of the index generation.
        base: What to put before addresses.
    """
    return wire.DocumentsObject(
        generation=generation,
        count=len(entries),
        documents=[entry_object(each, base) for each in entries],
    )


def entry_object(entry: PaperEntry, base: str = "") -> wire.EntryObject:
    """A paper in a list."""
    return wire.EntryObject(
        symbol=entry.symbol,
        symbols=list(entry.symbols),
        title=entry.title,
        kind=entry.kind,
        body=entry.body,
        session=entry.session,
        date=entry.date,
        language=entry.language,
        file=entry.file,
        pages=entry.pages,
        paragraphs=entry.paragraphs,
        passages=entry.passages,
        has_agenda=entry.has_agenda,
        superseded_by=entry.superseded_by,
        warnings=entry.warnings,
        url=base + paper_url(entry.symbol, entry.language),
        warning_codes=list(entry.warning_codes),
        reader=entry.reader,
        corrigenda=list(entry.corrigenda),
    )

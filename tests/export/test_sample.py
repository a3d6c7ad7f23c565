"""The packs for the agendas of the sample corpus: every word quoted stands in its paper."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wgsearch.answers import Filters
from wgsearch.api.addresses import Addresses
from wgsearch.briefing import brief
from wgsearch.export import FORMATS, pack_document, written
from wgsearch.export.document import Call, Quotation, Table, Text, text_of
from wgsearch.index.build import build
from wgsearch.search import LocalEngine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wgsearch.embedding import Encoder
    from wgsearch.export.document import Document, Inlines

CORPUS = Path(__file__).parents[2] / "corpus/papers"
BASE = "https://papers.example.org"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> LocalEngine:
    """An engine over the sample corpus."""
    folder = tmp_path_factory.mktemp("sample")
    build(CORPUS, folder, encoder)
    return LocalEngine(folder, encoder)


@pytest.fixture(scope="module")
def documents(sample: LocalEngine) -> dict[str, Document]:
    """The pack of each agenda, by its symbol."""
    agendas = [each.symbol for each in sample.papers(Filters()) if each.has_agenda]
    return {
        symbol: pack_document(
            brief(sample, sample.agenda(symbol), prepared="2026-04-14"), links=Addresses(BASE)
        )
        for symbol in dict.fromkeys(agendas)
    }


def _quoted(document: Document) -> Iterator[Inlines]:
    """What is quoted, each with the call of its note at its end."""
    for block in document.blocks:
        if isinstance(block, Quotation):
            yield tuple(each for line in block.lines for each in line.content)
        elif isinstance(block, Table):
            yield from (row[-1] for row in block.rows if isinstance(row[-1][-1], Call))


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_every_quotation_stands_in_the_paper_that_is_cited(
    sample: LocalEngine, documents: dict[str, Document]
) -> None:
    """For every agenda: each quoted run is found word for word in the paper that its note names."""
    held = {each.symbol for each in sample.papers(Filters())}
    texts: dict[str, str] = {}
    runs = 0
    assert len(documents) >= 3
    for document in documents.values():
        for content in _quoted(document):
            call = content[-1]
            assert isinstance(call, Call)
            symbol = call.note[0].text.partition(", ")[0]
            assert symbol in held
            if symbol not in texts:
                versions = sample.papers(Filters(symbols=(symbol,)))
                texts[symbol] = "\n".join(
                    _squeezed(text)
                    for each in versions
                    if each.symbol == symbol
                    for text in _words(sample, each.symbol, each.language)
                )
            for each in content:
                if isinstance(each, Text) and each.is_verbatim:
                    runs += 1
                    assert _squeezed(each.text) in texts[symbol], (symbol, each.text)
    assert runs > 150


def _words(sample: LocalEngine, symbol: str, language: str) -> Iterator[str]:
    """What a paper says: its paragraphs, its headings, and its agenda."""
    paper = sample.paper(symbol, language)
    yield from (each.text for each in paper.paragraphs)
    yield from (each.text for each in paper.headings)
    if any(each.has_agenda for each in sample.papers(Filters(symbols=(symbol,)))):
        for item in sample.agenda(symbol).items:
            yield item.title
            yield item.annotation or ""


def test_every_citation_leads_to_a_paragraph_that_there_is(
    sample: LocalEngine, documents: dict[str, Document]
) -> None:
    """Each `para. n` that a note cites is a paragraph of its paper, in its part."""
    seen = 0
    for document in documents.values():
        for content in _quoted(document):
            call = content[-1]
            assert isinstance(call, Call)
            found = re.fullmatch(r"(\S+)(?:, (annex[^,]*))?, para\. ([\w.]+)", call.note[0].text)
            if found is None:
                continue
            seen += 1
            numbers = {(each.part, each.number) for each in sample.paper(found[1]).paragraphs}
            assert (found[2] or "body", found[3]) in numbers
            assert (call.note[0].href or "").startswith(f"{BASE}/documents/{found[1]}")
    assert seen > 80


@pytest.mark.parametrize("form", FORMATS[:3], ids=lambda form: form.name)
def test_every_format_has_every_quotation(documents: dict[str, Document], form: object) -> None:
    """Each agenda is written in each format, and none is empty."""
    for document in documents.values():
        made = written(document, form)  # type: ignore[arg-type] # a format
        assert len(made) > 10_000
        title = document.subtitle
        assert title is not None
        if form.name != "docx":  # type: ignore[attr-defined] # likewise
            assert text_of((title,)) in made.decode()

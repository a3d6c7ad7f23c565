"""
documents of a judged set -> papers of one paragraph, and the reader that a build asks.

Why papers: they are cut into passages, encoded and indexed by the code that serves.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from wgsearch.glossary.load import read_glossary
from wgsearch.index.build import PaperReader
from wgsearch.papers import languages
from wgsearch.papers.corpus import CorpusFile
from wgsearch.papers.paper import Paper, PaperKind, Paragraph, ParagraphKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# No reader of files has this version: an index of a judged set is known by it.
READER_VERSION = 0


def document(identifier: str, record: Mapping[str, object]) -> Paper:
    """
    A document as a paper of one numbered paragraph; one with a title only says its title.

    Its language is the one that its metadata states as `language` or `lang`, else the one that
    its words are in.
    """
    title = as_text(record.get("title"))
    text = as_text(record.get("text")) or title
    metadata = record.get("metadata")
    stated = metadata if isinstance(metadata, dict) else {}
    language = (
        as_text(stated.get("language"))
        or as_text(stated.get("lang"))
        or languages.detect(text)
        or "en"
    )
    paragraph = Paragraph(
        number="1",
        part="body",
        kind=ParagraphKind.PARAGRAPH,
        heading_path=(),
        page_first=1,
        page_last=1,
        text=text,
    )
    return Paper(
        file=identifier,
        digest=hashlib.sha256(f"{language}\0{title}\0{text}".encode()).hexdigest(),
        symbol=None,
        symbols=(),
        title=title or None,
        kind=PaperKind.OTHER,
        body=None,
        session=None,
        meeting=None,
        date=None,
        language=language,
        languages=(language,),
        original=(),
        distribution=None,
        agenda_item=None,
        pages=None,
        headings=(),
        paragraphs=(paragraph,) if text else (),
        footnotes=(),
        warnings=(),
    )


def as_text(value: object) -> str:
    """A value of a record as text; empty for what is missing."""
    return "" if value is None else str(value).strip()


def reader_of(documents: Sequence[Paper]) -> PaperReader:
    """A reader whose papers are there already."""
    by_file = {paper.file: paper for paper in documents}

    def read(_root: object, files: Sequence[str]) -> Iterator[Paper]:
        return (by_file[file] for file in files)

    return PaperReader(
        version=READER_VERSION,
        scan=lambda _: tuple(CorpusFile(file=p.file, digest=p.digest, size=0) for p in documents),
        read=read,
        agenda=lambda _: None,
        glossary=read_glossary,
    )

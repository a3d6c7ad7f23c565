"""
plan -> papers of the corpus: read now or taken over, corrected, one a symbol and language.

Why corrections and comparisons are kept apart from what was read: they change while the
files do not, and nothing has to be read again to take them back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wgsearch.agenda import read_agenda
from wgsearch.errors import CorpusMissingError, PaperUnreadableError
from wgsearch.glossary.load import read_glossary
from wgsearch.index.indexed import Added, IndexedPaper
from wgsearch.index.manifest import FailedFile
from wgsearch.index.selection import select
from wgsearch.papers.children import read_papers
from wgsearch.papers.corpus import scan
from wgsearch.papers.corrections import Corrections, corrected, read_corrections
from wgsearch.papers.editions import alignment
from wgsearch.papers.reader import READER_VERSION
from wgsearch.passages import passages_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from wgsearch.agenda import Agenda
    from wgsearch.glossary.entries import Entry
    from wgsearch.index.plan import Plan
    from wgsearch.index.store import Store
    from wgsearch.papers.corpus import CorpusFile
    from wgsearch.papers.paper import Paper

    # Stage (`read`, `embed`, `index`), how many are done, how many there are.
    Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperReader:
    """
    How a build gets its papers.

    Attributes:
        version: Raised whenever reading changes: stored papers of another one are read again.
        scan: Corpus folder to files with digests. Raises CorpusMissingError.
        read: Corpus folder and file names to one outcome a file, in their order.
        agenda: The agenda that a paper holds, if any.
        corrections: Corpus folder to what is stated by hand.
        glossary: Corpus folder to the terms by which its papers are asked.
    """

    version: int
    scan: Callable[[Path], Sequence[CorpusFile]]
    read: Callable[[Path, Sequence[str]], Iterator[Paper | PaperUnreadableError]]
    agenda: Callable[[Paper], Agenda | None]
    corrections: Callable[[Path], Corrections] = lambda _: Corrections()
    glossary: Callable[[Path], tuple[Entry, ...]] = lambda _: ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """
    The corpus after reading.

    Attributes:
        papers: Papers to index, by file name.
        failed: Files that are not among them, by name.
        read: Number of files read now.
    """

    papers: tuple[IndexedPaper, ...]
    failed: tuple[FailedFile, ...]
    read: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A paper of the generation in use, as it was read, with its agenda."""

    paper: Paper
    agenda: Agenda | None


def paper_reader() -> PaperReader:
    """Files of a folder, read in child processes."""
    return PaperReader(
        version=READER_VERSION,
        scan=scan,
        read=read_papers,
        agenda=read_agenda,
        corrections=read_corrections,
        glossary=read_glossary,
    )


def stored(store: Store, planned: Plan) -> dict[str, Stored]:
    """Unchanged papers from the generation in use, by file name."""
    wanted = set(planned.unchanged)
    return {
        entry.file: Stored(paper=store.as_read(number), agenda=store.agenda_as_read(number))
        for number, entry in enumerate(store.entries)
        if entry.file in wanted
    }


def read_corpus(
    reader: PaperReader,
    corpus: Path,
    planned: Plan,
    *,
    files: Sequence[CorpusFile],
    corrections: Corrections,
    known: Mapping[str, Stored],
    tell: Progress,
) -> Reading:
    """
    Papers taken over and papers read, corrected, one a symbol and language, with passages.

    Args:
        reader: How papers are read.
        corpus: The corpus folder.
        planned: What is to be read.
        files: All files of the corpus.
        corrections: What is stated by hand.
        known: Papers to take over, by file name.
        tell: Told how many are read.

    Raises:
        CorpusMissingError: No file gave a passage.
    """
    digests = {each.file: each.digest for each in files}
    failed = list(planned.failed)
    fresh: dict[str, Paper] = {}
    to_read = planned.to_read
    for done, outcome in enumerate(reader.read(corpus, to_read), start=1):
        if isinstance(outcome, PaperUnreadableError):
            failed.append(_failed(outcome, digests))
        else:
            fresh[outcome.file] = outcome
        tell("read", done, len(to_read))
    as_read = {file: each.paper for file, each in known.items()} | fresh
    stated = {file: corrections.of(file, each.symbols) for file, each in as_read.items()}
    selection = select(corrected(each, stated[file]) for file, each in as_read.items())
    failed += [_failed(each, digests) for each in selection.left_out]
    findings = alignment(selection.papers)
    papers = tuple(
        _indexed(
            as_read[paper.file],
            Added(correction=stated[paper.file], findings=findings.get(paper.file, ())),
            reader=reader,
            known=known.get(paper.file),
        )
        for paper in selection.papers
    )
    if not any(each.passages for each in papers):
        raise CorpusMissingError(
            f"none of the {len(files)} files in {str(corpus)!r} gave a passage; "
            f"{'; '.join(f'{f.file}: {f.reason}' for f in failed[:3]) or 'they hold no text'}"
        )
    return Reading(
        papers=papers, failed=tuple(sorted(failed, key=lambda f: f.file)), read=len(fresh)
    )


def _indexed(
    as_read: Paper, added: Added, *, reader: PaperReader, known: Stored | None
) -> IndexedPaper:
    """A paper with what is made of it."""
    paper = added.to(as_read)
    # An agenda is read in the lines, which are not stored: a stated kind is all that may
    # change what is read there, and a file for which another kind is stated is read again.
    agenda = known.agenda if known else reader.agenda(replace(as_read, kind=paper.kind))
    return IndexedPaper(as_read=as_read, agenda=agenda, passages=passages_of(paper), added=added)


def _failed(error: PaperUnreadableError, digests: Mapping[str, str]) -> FailedFile:
    """A failure as the manifest keeps it."""
    return FailedFile(
        file=error.file, digest=digests[error.file], code=error.code, reason=error.reason
    )

"""
corpus folder -> what a build asks of it: files, papers, corrections, terms.

Why a record of functions: judged sets and tests bring papers that lie in no folder.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wgsearch.agenda import read_agenda
from wgsearch.glossary.load import read_glossary
from wgsearch.papers.children import read_papers
from wgsearch.papers.corpus import scan
from wgsearch.papers.corrections import Corrections, read_corrections
from wgsearch.papers.reader import READER_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from wgsearch.agenda import Agenda
    from wgsearch.errors import PaperUnreadableError
    from wgsearch.glossary.entries import Entry
    from wgsearch.papers.corpus import CorpusFile
    from wgsearch.papers.paper import Paper

    # Stage, how much of it is done, how much there is: `read` counts papers, `pages` the pages of
    # those (0: nobody knows how many), `embed` passages (about how many, until all are read),
    # `index` steps.
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


def settled_only(
    reader: PaperReader, is_settled: Callable[[Path, str], bool], known: Mapping[str, str]
) -> PaperReader:
    """
    A reader that leaves alone what is still being written.

    Args:
        reader: How papers are read otherwise.
        is_settled: Corpus folder and file name to whether the file may be read.
        known: File name to digest of what the index holds, or could not read: such a file stays
            as it was while its successor is on the way.
    """

    def scan_settled(root: Path) -> tuple[CorpusFile, ...]:
        found = []
        for each in reader.scan(root):
            if is_settled(root, each.file):
                found.append(each)
            elif each.file in known:
                found.append(replace(each, digest=known[each.file]))
        return tuple(found)

    return replace(reader, scan=scan_settled)


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

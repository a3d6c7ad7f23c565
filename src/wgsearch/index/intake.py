"""
plan -> papers of the corpus: read now or taken over, corrected, one a symbol and language.

Why corrections and comparisons are kept apart from what was read: they change while the
files do not, and nothing has to be read again to take them back. Papers go on a shelf one by
one, and their texts to the encoder; only their cards stay in memory.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from wgsearch.embedding import key_of
from wgsearch.errors import CorpusMissingError, PaperUnreadableError
from wgsearch.index.analysis import analysed, lengths
from wgsearch.index.cards import card_of
from wgsearch.index.indexed import Added, IndexedPaper
from wgsearch.index.manifest import FailedFile
from wgsearch.index.selection import edition, form, preference, select
from wgsearch.index.shelf import Placed, Shelf, Shelved
from wgsearch.papers import symbols
from wgsearch.papers.corrections import corrected
from wgsearch.papers.editions import alignment
from wgsearch.papers.series import families
from wgsearch.passages import embedded_text, passages_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from wgsearch.agenda import Agenda
    from wgsearch.index.cards import Card
    from wgsearch.index.plan import Plan
    from wgsearch.index.reading import PaperReader, Progress
    from wgsearch.index.shelf import Held
    from wgsearch.papers.corpus import CorpusFile
    from wgsearch.papers.corrections import Corrections
    from wgsearch.papers.paper import Paper, ReadingWarning


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """
    The corpus after reading.

    Attributes:
        papers: Papers to index, by file name.
        left_out: Papers that another file is taken for, by file name.
        failed: Files that are not among the papers, by name; those left out too.
        read: Number of files read now.
    """

    papers: tuple[Placed, ...]
    left_out: tuple[Card, ...]
    failed: tuple[FailedFile, ...]
    read: int

    @property
    def passages(self) -> int:
        """Number of passages."""
        return sum(each.held.card.entry.passages for each in self.papers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """
    A generation whose papers may be taken over.

    Attributes:
        store: Its store.
        papers: Its papers.
        left_out: Papers that were left out for these, by file name.
    """

    store: Shelved
    papers: tuple[Held, ...]
    left_out: dict[str, Card]

    def agenda_of(self, number: int) -> Callable[[Paper], Agenda | None]:
        """What finds the agenda of a paper: it was found when the paper was read."""
        return lambda _: self.store.agenda(number)


def known_from(store: Shelved) -> Known:
    """What a generation knows."""
    return Known(store=store, papers=tuple(store.held()), left_out=store.left_out())


class Texts(Protocol):
    """Where texts of papers go, as they are read."""

    def add(self, texts: Iterable[str]) -> None:
        """Take the texts of a paper."""

    def expect(self, texts: int) -> None:
        """Be told about how many there will be."""


class Intake:
    """
    What takes papers in, one by one.

    Args:
        reader: How papers are read.
        corpus: The corpus folder.
        corrections: What is stated by hand.
        shelf: File of the shelf to put papers on.
        encoding: Where their texts go.
        tell: Told how many are read.

    Attributes:
        corpus: The corpus folder.
        cards: Cards of all papers, by file name.
        held: Where those lie that may be indexed.
        failed: Files that could not be read.
        read: Number of papers read.
    """

    def __init__(
        self,
        reader: PaperReader,
        corpus: Path,
        corrections: Corrections,
        *,
        shelf: Path,
        encoding: Texts,
        tell: Progress,
    ) -> None:
        self.cards: dict[str, Card] = {}
        self.held: dict[str, Held] = {}
        self.failed: list[PaperUnreadableError] = []
        self.read = 0
        self.corpus = corpus
        self._reader, self._corrections = reader, corrections
        self._encoding, self._tell = encoding, tell
        self._shelf = Shelf(shelf)
        self._best: dict[tuple[str, str], Card] = {}
        self._done = self._asked = self._pages = self._passages = 0

    def close(self) -> None:
        """Close the shelf, after which it may be read."""
        self._shelf.close()

    def take_over(self, known: Known, planned: Plan) -> None:
        """Papers that did not change, from the generation in use; nothing of them is read."""
        unchanged, mended = {*planned.unchanged}, {*planned.recorrected}
        for held in known.papers:
            if held.card.file in mended:
                self._take(known.store.as_read(held.number), known.agenda_of(held.number))
            elif held.card.file in unchanged:
                self._keep(held.card, held)
        retried = {*planned.retried}
        for file, card in known.left_out.items():
            same = self._corrections.of(file, card.read_as) == card.correction
            if same and file in retried:
                self._keep(card, None)

    def read_files(self, files: Iterable[str]) -> None:
        """
        Read files; of a paper that lies there twice, the file that is preferred comes first.

        The other one is neither put on the shelf nor encoded.
        """
        ordered = sorted(files, key=lambda file: (form(file), file))
        self._asked += len(ordered)
        for outcome in self._reader.read(self.corpus, ordered):
            self._done += 1
            if isinstance(outcome, PaperUnreadableError):
                self.failed.append(outcome)
            else:
                self.read += 1
                self._pages += outcome.pages or 0
                self._take(outcome, self._reader.agenda)
                self._passages += self.cards[outcome.file].entry.passages
                self._encoding.expect(round(self._passages * self._asked / self._done))
                self._tell("pages", self._pages, 0)
            self._tell("read", self._done, self._asked)

    def _take(self, as_read: Paper, agenda_of: Callable[[Paper], Agenda | None]) -> None:
        """One paper as read."""
        stated = self._corrections.of(as_read.file, as_read.symbols)
        added = Added(correction=stated)
        paper = added.to(as_read)
        # An agenda is read in the lines, which are not stored: a stated kind is all that may
        # change what is read there, and a file for which another kind is stated is read again.
        agenda = agenda_of(replace(as_read, kind=paper.kind))
        indexed = IndexedPaper(
            as_read=as_read, agenda=agenda, passages=passages_of(paper), added=added
        )
        words = [analysed(each) for each in indexed.passages]
        card = card_of(indexed, lengths(words))
        if self._is_best(card):
            texts = [embedded_text(each) for each in indexed.passages]
            keys = b"".join(map(key_of, texts))
            self._keep(card, self._shelf.add(indexed, card, keys, words))
            self._encoding.add(texts)
        else:
            self._keep(card, None)

    def _is_best(self, card: Card) -> bool:
        """Whether no file of the same paper that is preferred is known."""
        known = self._best.get(edition(card))
        return known is None or preference(card) < preference(known)

    def _keep(self, card: Card, held: Held | None) -> None:
        """Remember a paper, and where it lies."""
        self.cards[card.file] = card
        if held:
            self.held[card.file] = held
            if self._is_best(card):
                self._best[edition(card)] = card


def read_corpus(
    intake: Intake,
    planned: Plan,
    *,
    files: Sequence[CorpusFile],
    known: Known | None,
) -> Reading:
    """
    Papers taken over and papers read, corrected, one a symbol and language.

    Args:
        intake: What takes them in.
        planned: What is to be read.
        files: All files of the corpus.
        known: The generation whose papers may be taken over.

    Raises:
        CorpusMissingError: No file gave a passage.
    """
    digests = {each.file: each.digest for each in files}
    if known:
        intake.take_over(known, planned)
    intake.read_files(file for file in planned.to_read if file not in intake.cards)
    while True:
        selection = select(intake.cards.values())
        # Left out before, it takes the place of a file that is gone: only its card was kept.
        wanted = [each.file for each in selection.papers if each.file not in intake.held]
        if not wanted:
            break
        for file in wanted:
            del intake.cards[file]
        intake.read_files(wanted)
    intake.close()
    failed = [
        *planned.failed,
        *(_failed(each, digests) for each in (*intake.failed, *selection.left_out)),
    ]
    if not any(each.entry.passages for each in selection.papers):
        raise CorpusMissingError(
            f"none of the {len(files)} files in {str(intake.corpus)!r} gave a passage; "
            f"{'; '.join(f'{f.file}: {f.reason}' for f in failed[:3]) or 'they hold no text'}"
        )
    held = [intake.held[each.file] for each in selection.papers]
    return Reading(
        papers=_placed(held, known),
        left_out=tuple(intake.cards[each.file] for each in selection.left_out),
        failed=tuple(sorted(failed, key=lambda each: each.file)),
        read=intake.read,
    )


def _placed(papers: Sequence[Held], known: Known | None) -> tuple[Placed, ...]:
    """Papers with what comparing them shows."""
    related = families({each.card.entry.symbol: each.card.entry.symbols for each in papers})
    findings = _findings(papers, known)
    return tuple(
        Placed(
            held=each,
            findings=findings.get(each.card.file, ()),
            family=related[each.card.entry.symbol],
        )
        for each in papers
    )


def _findings(papers: Sequence[Held], known: Known | None) -> dict[str, tuple[ReadingWarning, ...]]:
    """
    What comparing language versions shows, by file name.

    Versions that were compared before, all of them and no others, are not compared again.
    """
    before = _works(known.papers) if known else {}
    found: dict[str, tuple[ReadingWarning, ...]] = {}
    opened: dict[Path, Shelved] = {}
    try:
        for key, editions in _works(papers).items():
            if len(editions) == 1:
                continue
            if known and editions == before.get(key):
                found |= {each.card.file: each.findings for each in editions}
                continue
            for path in {each.shelf for each in editions} - opened.keys():
                opened[path] = Shelved(path)
            found |= alignment(
                corrected(opened[each.shelf].as_read(each.number), each.card.correction)
                for each in editions
            )
    finally:
        for each in opened.values():
            each.close()
    return found


def _works(papers: Iterable[Held]) -> dict[str, list[Held]]:
    """Papers by symbol: language versions are one work."""
    works: dict[str, list[Held]] = defaultdict(list)
    for each in papers:
        if each.card.symbol:
            works[symbols.key(each.card.symbol)].append(each)
    return works


def _failed(error: PaperUnreadableError, digests: Mapping[str, str]) -> FailedFile:
    """A failure as the manifest keeps it."""
    return FailedFile(
        file=error.file, digest=digests[error.file], code=error.code, reason=error.reason
    )

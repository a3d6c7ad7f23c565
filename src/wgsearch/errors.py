"""
Every error that wgsearch raises on purpose, and who has to act on it.

WgsearchError
├── CorpusError                    the keeper of the corpus
│   ├── CorpusMissingError           the folder is missing, or holds no papers
│   ├── CorpusUnwritableError        the folder of papers cannot be written into
│   ├── CorrectionsUnreadableError   the corrections by hand cannot be read
│   ├── GlossaryUnreadableError      a list of terms cannot be read
│   ├── EditsUnreadableError         an editor's file for the compendium cannot be read
│   ├── TaxonomyUnreadableError      a taxonomy for the compendium cannot be read
│   ├── PaperUnreadableError         one file could not be read: code and reason
│   │   └── PageUnreadableError      a page of it cannot be drawn
│   ├── PaperNotFetchedError         one paper could not be fetched: code and reason
│   ├── ProvenanceUnreadableError    the list of papers that were fetched cannot be read
│   └── FetchBusyError               papers are being fetched into the folder
├── IndexStateError                the operator
│   ├── IndexMissingError            no generation is published
│   ├── IndexDamagedError            parts of a generation do not belong together
│   ├── SchemaMismatchError          the generation was written by another version
│   ├── EncoderMismatchError         the question encoder is not the one of the index
│   ├── EncoderUnavailableError      the encoder's weights cannot be loaded
│   ├── RerankerUnavailableError     the reranker's weights cannot be loaded
│   ├── ReaderUnavailableError       the process that reads papers does not start
│   ├── IndexUnwritableError         a file of the index cannot be written
│   ├── BackupDamagedError           a file is no backup, or not whole
│   ├── IndexInTheWayError           a backup would be restored over an index
│   ├── BuildBusyError               another build holds the writer's lock
│   ├── KeysUnreadableError          the file of keys cannot be read
│   ├── KeysMissingError             writing is on, and no key is taken
│   ├── PartGoneError                a part that lies on other machines does not answer in time
│   ├── ServerRefusedError           a server is not one that is asked: its address, its version
│   ├── CollectionMissingError       a server holds no collection of what is searched
│   ├── CollectionDamagedError       a collection is half made, or of something else
│   ├── ExtraMissingError            what is asked for needs an extra that is not installed
│   ├── EditionMissingError          no such edition of the compendium
│   ├── EditionDamagedError          an edition of the compendium is not what was written
│   └── QuestionsUnreadableError     a file of a saved question is none
└── RequestError                   the caller
    ├── EmptyQuestionError           nothing was asked
    ├── QuestionTooLongError         more characters than a question may have
    ├── InvalidFilterError           a filter that cannot be true
    ├── UnknownSymbolError           no paper of this symbol; near ones are named
    ├── UnknownParagraphError        the paper has no such paragraph
    ├── UnknownItemError             the agenda has no such item
    ├── UnknownRecommendationError   the register has none of this id; near ones are named
    ├── UnknownTopicError            the compendium has no such topic; near ones are named
    ├── UnknownQuestionError         there is no saved question of this id
    ├── UnjudgedQuestionError        a question on which no verdict can be given is to be saved
    ├── WebhookRefusedError          nothing would be posted to this address
    ├── NotAnAgendaError             the paper is read, but holds no agenda
    ├── EmptyDraftError              the draft holds no paragraph
    ├── DraftTooLongError            the draft has more paragraphs than are compared at once
    ├── UnknownFormatError           nothing is written in such a format
    ├── PlaceUnwritableError         a file cannot be written where it was asked for
    ├── ContactMissingError          papers would be fetched, and nobody is named to write to
    ├── PlanImpossibleError          no number of machines of this kind would do
    ├── UnfetchableSymbolError       what should be fetched is no symbol of one paper
    ├── UnknownKeyError              no key of this name that still holds
    ├── UnknownJobError              no job of this id
    └── JudgementsError              no judged set, cases, marks or report

A message says what, which one, expected against found, and what to do; the
values stand in attributes. `ValueError` is kept for a programmer's mistake.
"""

from __future__ import annotations


class WgsearchError(Exception):
    """Any error that wgsearch raises on purpose."""


class CorpusError(WgsearchError):
    """The keeper of the corpus must act."""


class CorpusMissingError(CorpusError):
    """The corpus folder is missing, is no folder, or holds no papers."""


class CorpusUnwritableError(CorpusError):
    """A paper that is brought or taken away cannot be moved in the folder of papers."""


class CorrectionsUnreadableError(CorpusError):
    """`corrections.toml` cannot be opened, or is no TOML."""


class GlossaryUnreadableError(CorpusError):
    """A list of terms cannot be opened, or a line of it is no entry."""


class EditsUnreadableError(CorpusError):
    """An editor's file for the compendium cannot be opened, or a line of it states nothing."""


class TaxonomyUnreadableError(CorpusError):
    """A taxonomy for the compendium cannot be opened, or a line of it is no theme or topic."""


class PaperUnreadableError(CorpusError):
    """
    One file could not be read.

    Attributes:
        file: The file's name, relative to the corpus folder.
        code: Machine-readable reason, for instance `encrypted` or `not_a_pdf`.
        reason: The same for people, with what to do.
    """

    def __init__(self, file: str, code: str, reason: str) -> None:
        super().__init__(f"{file}: {reason} [{code}]")
        self.file = file
        self.code = code
        self.reason = reason


class PageUnreadableError(PaperUnreadableError):
    """A page of a paper that was read cannot be drawn; the code says why, the paper stays."""


class PaperNotFetchedError(CorpusError):
    """
    One paper could not be fetched.

    Attributes:
        code: Machine-readable reason, for instance `unpublished` or `address_refused`.
        reason: The same for people, with what to do.
    """

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(f"{reason} [{code}]")
        self.code = code
        self.reason = reason


class ProvenanceUnreadableError(CorpusError):
    """A line of the list of papers that were fetched is no record."""


class FetchBusyError(CorpusError):
    """Another process fetches papers into the folder."""


class IndexStateError(WgsearchError):
    """The operator must act."""


class IndexMissingError(IndexStateError):
    """No generation is published in the index folder."""


class IndexDamagedError(IndexStateError):
    """The parts of a generation do not belong together, or a file is damaged."""


class SchemaMismatchError(IndexStateError):
    """The generation was written by another version of wgsearch."""


class EncoderMismatchError(IndexStateError):
    """The question encoder is not the one the index was built with."""


class EncoderUnavailableError(IndexStateError):
    """The encoder's weights are missing or are not the expected ones."""


class RerankerUnavailableError(IndexStateError):
    """The reranker's weights are missing, or are no cross-encoder's with one score."""


class ReaderUnavailableError(IndexStateError):
    """The process that reads papers does not start; no paper is at fault."""


class IndexUnwritableError(IndexStateError):
    """A file of the index cannot be written; what was in use is untouched."""


class BackupDamagedError(IndexStateError):
    """A file is no backup of an index, or is not as it was written."""


class IndexInTheWayError(IndexStateError):
    """A backup would be restored where an index is, and nobody said that it may."""


class BuildBusyError(IndexStateError):
    """Another build holds the writer's lock."""


class KeysUnreadableError(IndexStateError):
    """The file of keys cannot be opened, or holds something else."""


class KeysMissingError(IndexStateError):
    """Writing is on, and there is no key with which anybody could write."""


class PartGoneError(IndexStateError):
    """A part of what is searched lies on other machines, which do not answer in time."""


class ServerRefusedError(IndexStateError):
    """A server is not asked: its address is not safe, or it is of another kind or version."""


class CollectionMissingError(IndexStateError):
    """A server holds no collection of what should be searched."""


class CollectionDamagedError(IndexStateError):
    """A collection on a server is half made, or holds something else than it should."""


class ExtraMissingError(IndexStateError):
    """What is asked for needs an extra of wgsearch that is not installed."""


class EditionMissingError(IndexStateError):
    """No compendium was made yet, or it has no edition of this number."""


class EditionDamagedError(IndexStateError):
    """An edition of the compendium is missing, damaged, or of another version of wgsearch."""


class QuestionsUnreadableError(IndexStateError):
    """A file in the folder of saved questions is none that was written there."""


class RequestError(WgsearchError):
    """The caller must act."""


class EmptyQuestionError(RequestError):
    """The question holds no letter and no digit."""


class QuestionTooLongError(RequestError):
    """The question has more characters than a question may have."""


class InvalidFilterError(RequestError):
    """A filter that cannot be true, for instance years in the wrong order."""


class PlanImpossibleError(RequestError):
    """No number of machines of this kind would do what is wanted."""


class UnknownSymbolError(RequestError):
    """
    No paper of this symbol is in the index.

    Attributes:
        symbol: The symbol as asked.
        near: Symbols of the index that resemble it, best first.
    """

    def __init__(self, symbol: str, near: tuple[str, ...] = ()) -> None:
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        super().__init__(f"no paper {symbol!r} in the index{hint}")
        self.symbol = symbol
        self.near = near


class UnknownParagraphError(RequestError):
    """The paper has no paragraph of this number."""


class UnknownItemError(RequestError):
    """The agenda has no item of this number."""


class UnknownRecommendationError(RequestError):
    """
    The register has no recommendation of this id.

    Attributes:
        name: The id as asked.
        near: Ids of the register that resemble it, best first.
    """

    def __init__(self, name: str, near: tuple[str, ...] = ()) -> None:
        hint = f"; did you mean {' or '.join(near)}?" if near else "; it holds none at all"
        super().__init__(f"no recommendation {name!r} in the register{hint}")
        self.name = name
        self.near = near


class UnknownTopicError(RequestError):
    """
    The compendium has no topic or theme of this id.

    Attributes:
        name: The id as asked.
        near: Ids of the compendium that resemble it, best first.
    """

    def __init__(self, name: str, near: tuple[str, ...] = ()) -> None:
        hint = (
            f"did you mean {' or '.join(near)}?" if near else "ask without a topic for all of them"
        )
        super().__init__(f"no topic {name!r} in the compendium; {hint}")
        self.name = name
        self.near = near


class UnknownQuestionError(RequestError):
    """There is no saved question of this id."""


class UnjudgedQuestionError(RequestError):
    """Whether papers answer it cannot be judged, so it cannot be watched."""


class WebhookRefusedError(RequestError):
    """The address of a webhook is none of those that anything is posted to."""


class NotAnAgendaError(RequestError):
    """The paper was read, but it holds no agenda."""


class EmptyDraftError(RequestError):
    """What should be compared or checked holds no paragraph with words."""


class DraftTooLongError(RequestError):
    """The draft has more paragraphs than are compared at once."""


class UnknownFormatError(RequestError):
    """Nothing is written in a format of this name."""


class PlaceUnwritableError(RequestError):
    """A file cannot be written at the place that was named."""


class ContactMissingError(RequestError):
    """Papers would be fetched, and nobody is named to whom the service could write."""


class UnfetchableSymbolError(RequestError):
    """What should be fetched is no symbol of one paper, or no language of papers."""


class UnknownKeyError(RequestError):
    """There is no key of this name, or it holds no longer."""


class UnknownJobError(RequestError):
    """There is no job of this id, or it is remembered no longer."""


class JudgementsError(RequestError):
    """What should be a judged set, cases, marks or an earlier report is none, or does not fit."""

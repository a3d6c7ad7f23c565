"""
Checked: the citations of a text, each with whether it is right, and what was meant if not.

Why records of their own: the command line, the API and the page show the same.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wgsearch.drafts import Draft

# What is to be done about a citation, the gravest first; what each means stands in MEANINGS.
Status = Literal[
    "no_paper", "no_paragraph", "elsewhere", "misquoted", "not_found", "superseded", "right"
]
STATUSES: tuple[Status, ...] = (
    "no_paper",
    "no_paragraph",
    "elsewhere",
    "misquoted",
    "not_found",
    "superseded",
    "right",
)
MEANINGS: Mapping[Status, str] = {
    "no_paper": "No paper of this symbol is held.",
    "no_paragraph": "The paper has no such paragraph.",
    "elsewhere": "The quoted words stand in another place.",
    "misquoted": "The quoted words differ from those of the paper.",
    "not_found": "The quoted words stand in no paper that is held.",
    "superseded": "A revision or a corrigendum changes what is cited.",
    "right": "The paper and the paragraph exist, and quoted words match.",
}
Change = Literal["same", "added", "left_out"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """
    A piece of a quotation beside the paper's words.

    Attributes:
        change: `same` in both, `added` by the quotation, `left_out` by it.
        text: The words, as the one that has them prints them.
    """

    change: Change
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """
    A paragraph where quoted words stand, or that was perhaps meant.

    Attributes:
        symbol: Symbol of its paper.
        language: Language of its paper.
        paragraph: Number as printed, None without one.
        part: `body`, or the annex.
        index: Position of its paragraph in its paper, from 0.
        citation: How it is cited.
        text: Its words, verbatim.
        span: Offsets (start, end) into its text of the words that correspond; None for all.
    """

    symbol: str
    language: str
    paragraph: str | None
    part: str
    index: int
    citation: str
    text: str
    span: tuple[int, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """
    A quotation beside a citation.

    Attributes:
        text: Its words, without the marks around them.
        start: Offset of its first character in the paragraph that holds it.
        end: Offset of the character after its last.
        stands: Where its words stand, or stand nearly; None where no paper has them.
        difference: Piece by piece; empty where the words match.
    """

    text: str
    start: int
    end: int
    stands: Standing | None
    difference: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedCitation:
    """
    A citation, checked.

    Attributes:
        text: As printed, verbatim.
        paragraph: Index of the paragraph of the draft that holds it, None for a note that no
            paragraph calls.
        note: Mark of the footnote that holds it, None for the text itself.
        start: Offset of its first character in the text of the paragraph or note.
        end: Offset of the character after its last.
        symbol: Symbol that is cited, as printed.
        runs: First and last number of each run of paragraphs; empty for the whole paper.
        part: `body`, or the annex.
        status: What is to be done about it.
        message: The same in a sentence, with what it is about.
        cited: What is cited, of what exists; empty for a whole paper.
        quotations: Quoted words beside it.
        meant: Paragraphs or papers that were perhaps meant, as they are cited, best first.
        superseded_by: Symbol of the revision that replaces the paper; None where there is none.
        corrected_by: Corrections that touch what is cited, as they are cited.
    """

    text: str
    paragraph: int | None
    note: str | None
    start: int
    end: int
    symbol: str
    runs: tuple[tuple[str, str], ...]
    part: str
    status: Status
    message: str
    cited: tuple[Standing, ...]
    quotations: tuple[Quoted, ...]
    meant: tuple[str, ...]
    superseded_by: str | None
    corrected_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """
    The citations of a text.

    Attributes:
        draft: The text.
        generation: Name of the index generation that they were looked up in.
        took_ms: Time that it took, in milliseconds.
        citations: In the order of the text, notes behind the paragraphs that call them.
        notes: What a reader should know.
    """

    draft: Draft
    generation: str
    took_ms: float
    citations: tuple[CheckedCitation, ...]
    notes: tuple[str, ...]

    @property
    def counts(self) -> Mapping[Status, int]:
        """How many citations have each status, those without any left out."""
        found = Counter(each.status for each in self.citations)
        return {status: found[status] for status in STATUSES if found[status]}

"""
file or pasted text -> Draft: the paragraphs that are compared.

Why pasted text is cut here and not read as a paper: what somebody pastes has no masthead and
no running heads, and no line of it may be taken for one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wgsearch.errors import DraftTooLongError, EmptyDraftError
from wgsearch.papers.characters import PRINTED
from wgsearch.passages import count_words

if TYPE_CHECKING:
    from wgsearch.papers.paper import Paper

# The longest papers of such bodies have some 600; a thousand take about ten seconds.
MAX_PARAGRAPHS = 2_000
# Warnings that mean that words of a draft may be missing; others speak of mastheads.
_TOLD = frozenset({"little_text", "lost_pages", "ocr", "pages_without_text", "picture_pages"})
# A line that begins so begins a paragraph, whatever stands above it.
_NUMBERED = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3})?)\.?[ \t]+(?=\S)")
_BLANK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_LINE_NUMBER = re.compile(r"\n(?=[ \t]*\d{1,3}\.[ \t]+\S)")
_SPACES = re.compile(r"[ \t\u00a0]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftParagraph:
    """
    A paragraph of a draft.

    Attributes:
        number: As printed, None without one.
        text: Its words.
    """

    number: str | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftNote:
    """
    A footnote of a draft.

    Attributes:
        mark: As printed.
        text: Its words.
        paragraph: Index of the paragraph that calls it, None where none does.
    """

    mark: str
    text: str
    paragraph: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """
    What is compared.

    Attributes:
        name: File name, or what it is called where it was pasted.
        symbol: Symbol that it prints, None without one.
        title: Title proper, None without one.
        paragraphs: In order; headings are none.
        footnotes: Its notes, in order.
        notes: What a reader of the comparison should know of how the draft was read.
    """

    name: str
    symbol: str | None
    title: str | None
    paragraphs: tuple[DraftParagraph, ...]
    footnotes: tuple[DraftNote, ...] = ()
    notes: tuple[str, ...] = ()


def draft_of_paper(paper: Paper) -> Draft:
    """
    The draft that a file holds.

    Raises:
        EmptyDraftError: It holds no paragraph.
    """
    notes = [f"{each.message} [{each.code}]" for each in paper.warnings if each.code in _TOLD]
    return _draft(
        paper.file,
        [DraftParagraph(number=each.number, text=each.text) for each in paper.paragraphs],
        footnotes=tuple(
            DraftNote(mark=each.mark, text=each.text, paragraph=each.paragraph)
            for each in paper.footnotes
        ),
        symbol=paper.symbol,
        title=paper.title,
        notes=tuple(notes),
    )


def draft_of_text(text: str, *, name: str = "pasted text") -> Draft:
    """
    The draft that somebody pasted: paragraphs are parted by blank lines, or begin with a number.

    Text without a blank line is parted at its lines.

    Raises:
        EmptyDraftError: It holds no word.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").translate(PRINTED).strip()
    parts = _BLANK.split(plain)
    parts = [each for part in parts for each in _LINE_NUMBER.split(part)]
    if len(parts) == 1:
        parts = plain.split("\n") if _is_line_a_paragraph(plain) else parts
    return _draft(name, [_paragraph(each) for each in parts if count_words(each)])


def _is_line_a_paragraph(text: str) -> bool:
    """Whether lines end where sentences do, not where a page was full."""
    lines = [line.strip() for line in text.split("\n")]
    return all(line.endswith((".", "!", "?", ":", ";", "。", "؟")) for line in lines if line)


def _paragraph(text: str) -> DraftParagraph:
    """A paragraph with the number that it begins with."""
    bare = "\n".join(_SPACES.sub(" ", line).strip() for line in text.strip().split("\n"))
    match = _NUMBERED.match(bare)
    if match is None:
        return DraftParagraph(number=None, text=bare)
    return DraftParagraph(number=match["number"], text=bare[match.end() :])


def _draft(
    name: str,
    paragraphs: list[DraftParagraph],
    *,
    footnotes: tuple[DraftNote, ...] = (),
    symbol: str | None = None,
    title: str | None = None,
    notes: tuple[str, ...] = (),
) -> Draft:
    """A draft that holds something."""
    if not any(count_words(each.text) for each in paragraphs):
        raise EmptyDraftError(
            f"{name!r} holds no paragraph with words; give the text of the draft, or a PDF, DOCX or"
            " text file that has one"
        )
    if len(paragraphs) > MAX_PARAGRAPHS:
        raise DraftTooLongError(
            f"{name!r} has {len(paragraphs):,} paragraphs; at most {MAX_PARAGRAPHS:,} are compared"
            " at once: compare it in parts"
        )
    return Draft(
        name=name,
        symbol=symbol,
        title=title,
        paragraphs=tuple(paragraphs),
        footnotes=footnotes,
        notes=notes,
    )

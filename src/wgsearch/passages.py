"""
Paper -> Passages: the unit that is embedded, ranked and cited.

Why one numbered paragraph: it is what delegates cite, it is equal in all languages,
and it is short enough to embed whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wgsearch import agenda
from wgsearch.papers.callers import notes_of
from wgsearch.papers.paper import PaperKind, ParagraphKind
from wgsearch.sentences import CLAUSE_END, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wgsearch.papers.paper import Box, Paper, Paragraph, Recommendation

# The default encoder reads 256 word pieces; title, headings and 180 words of United Nations
# prose (about 1.25 pieces a word) stay below that.
MAX_WORDS = 180
# Fewer words without a number are page furniture or a cell, not something to cite.
MIN_WORDS = 3
# Fewer words in a row of a table are figures with a label.
MIN_ROW_WORDS = 8
# Opening words of a list stand for what its sub-paragraphs are about; more would crowd them out.
OPENING_WORDS = 30

_ENTRY_NUMBER = re.compile(r"\d{1,3}\.\s+")
# One ideograph or one run of other letters and digits: Chinese has no spaces to count by.
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")
_LINE = re.compile(r"\n+")
_SPACE = re.compile(r"\s+")
_INSIDE = re.compile(r"(?<=[\u3400-\u9fff])|(?=[\u3400-\u9fff])|(?<=[^\w\s])(?=\w)")
_LABEL = re.compile(r"([IVXLC]+|[A-Z]|\d{1,2})\. ")
_ROMAN = re.compile(r"[IVXLC]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """
    One paragraph of one paper with its sub-paragraphs, or a piece of a long one.

    Attributes:
        symbol: Document symbol, or file name where the paper prints none.
        file: File name, relative to the corpus folder.
        language: Language of the text, ISO 639-1.
        title: Title of the paper.
        kind: Kind of the paper.
        body: Organ the paper was issued for.
        session: Session, as printed.
        date: ISO date of issue.
        paragraph: Number as printed (numbering restarts in annexes); None where none is printed.
        part: `body`, or the annex.
        index: Position of its paragraph in `Paper.paragraphs`, from 0.
        piece: From 0, the piece of a paragraph too long to embed whole.
        pieces: How many pieces the paragraph has.
        paragraph_kind: What the paragraph is.
        heading_path: Headings above it, outermost first.
        page_first: Page of its first line, counted from 1.
        page_last: Page of its last line.
        text: Its words, verbatim; a piece is a substring of its paragraph's text.
        boxes: Rectangles of the lines of its paragraph.
        footnotes: Marks of its footnotes.
        notes: Texts of its paragraph's footnotes: it is found by their words, which are neither
            embedded nor shown as its own.
        opening: Words that open the list that a later piece belongs to, or the first row of
            the table; for the encoder, never shown. None where there are none.
        lang: Language of its paragraph where that is not the paper's, else None.
        joint: White space between the piece before it and this one: all pieces of a paragraph,
            each after its joint, are the paragraph's text.
        recommendation: What its paragraph recommends to whom; None where it recommends nothing.
    """

    symbol: str
    file: str
    language: str
    title: str | None
    kind: PaperKind
    body: str | None
    session: str | None
    date: str | None
    paragraph: str | None
    part: str
    index: int
    piece: int
    pieces: int
    paragraph_kind: ParagraphKind
    heading_path: tuple[str, ...]
    page_first: int
    page_last: int
    text: str
    boxes: tuple[Box, ...]
    footnotes: tuple[str, ...]
    notes: tuple[str, ...] = ()
    opening: str | None = None
    lang: str | None = None
    joint: str = ""
    recommendation: Recommendation | None = None


def passages_of(paper: Paper, *, max_words: int = MAX_WORDS) -> tuple[Passage, ...]:
    """
    The passages of a paper, in order.

    Args:
        paper: The paper.
        max_words: Longest passage; a longer paragraph is cut at its sub-paragraphs, else at
            sentences, else between words.

    Returns:
        One passage a paragraph, several for a long one; none for an unnumbered fragment, the
        first row of a table, or the lists and tables of an agenda.
    """
    headings = {_bare(heading.text) for heading in paper.headings}
    headers = _headers(paper)
    return tuple(
        passage
        for index, paragraph in enumerate(paper.paragraphs)
        if _says_something(paper, paragraph, headings) and headers.get(index) != paragraph.text
        for passage in _of_paragraph(paper, index, max_words, headers.get(index))
    )


def _headers(paper: Paper) -> dict[int, str]:
    """For each row of a table, the words of its first row: what its cells are about."""
    headers: dict[int, str] = {}
    for index, paragraph in enumerate(paper.paragraphs):
        if paragraph.kind is ParagraphKind.TABLE_ROW:
            headers[index] = headers.get(index - 1, paragraph.text)
    return headers


def _says_something(paper: Paper, paragraph: Paragraph, headings: set[str]) -> bool:
    """
    Whether a paragraph is worth finding.

    The list of an agenda is repeated by the headings of its annotations, its documentation
    names papers, and its table gives times: the few words of such an entry would crowd out
    the paragraphs that say something. So would rows of figures.
    """
    if paragraph.number is not None:
        return True
    row = paragraph.kind is ParagraphKind.TABLE_ROW
    if paper.kind is PaperKind.AGENDA and (
        row or any(agenda.is_documentation(each) for each in paragraph.heading_path[-1:])
    ):
        return False
    if paragraph.kind is ParagraphKind.LIST:
        first = _ENTRY_NUMBER.sub("", paragraph.text.partition("\n")[0])
        if _bare(first) in headings:
            return False
    return count_words(paragraph.text) >= (MIN_ROW_WORDS if row else MIN_WORDS)


def _bare(title: str) -> str:
    """Words of a heading for comparing: case and final marks do not count."""
    return title.strip(" .:;").casefold()


def embedded_text(passage: Passage) -> str:
    """
    What is encoded for a passage: its words, after the title and headings they stand under.

    A title that the words begin with is not said twice.
    """
    opens = passage.text.casefold().startswith
    title = None if passage.title and opens(passage.title.casefold()) else passage.title
    context = ". ".join((*([title] if title else []), *passage.heading_path))
    return "\n".join(part for part in (context, passage.opening, passage.text) if part)


def citation(passage: Passage) -> str:
    """
    How a delegate cites the passage: symbol and paragraph, equal in all languages.

    Returns:
        `SYMBOL, para. 7`; `SYMBOL, annex II, para. 3`; where no number is printed
        `SYMBOL, sect. II.A`, `SYMBOL, chap. II`, or the symbol alone. Never a page:
        pages differ between language versions.
    """
    parts = [passage.symbol]
    if passage.part != "body":
        parts.append(passage.part)
    if passage.paragraph is not None:
        parts.append(f"para. {passage.paragraph}")
    elif labels := _labels(passage.heading_path):
        chapter = len(labels) == 1 and _ROMAN.fullmatch(labels[0])
        parts.append(f"{'chap.' if chapter else 'sect.'} {'.'.join(labels)}")
    return ", ".join(parts)


def count_words(text: str) -> int:
    """Number of words; each ideograph is one."""
    return len(_WORD.findall(text))


def split_text(text: str, max_words: int) -> tuple[str, ...]:
    """
    A text in pieces of at most `max_words`, each a substring of it, nothing between them but space.

    Cut at line breaks where pieces then fit, else at sentences, else between words.
    """
    return tuple(text[span.start : span.end] for span in _spans(text, max_words))


def _labels(heading_path: tuple[str, ...]) -> list[str]:
    """Printed labels of the headings, down to the first heading without one."""
    labels: list[str] = []
    for heading in heading_path:
        match = _LABEL.match(heading)
        if match is None:
            break
        labels.append(match[1])
    return labels


def _of_paragraph(
    paper: Paper, index: int, max_words: int, header: str | None
) -> Iterator[Passage]:
    """The passages of one paragraph; `header` is the first row of the table it is a row of."""
    paragraph = paper.paragraphs[index]
    pieces = _spans(paragraph.text, max_words)
    opening = _opening(paragraph.text)
    notes = tuple(note.text for note in notes_of(paper, index))
    # Pieces of the same paragraph follow one another: what lies between two is white space.
    ends = (0, *(span.end for span in pieces))
    for piece, span in enumerate(pieces):
        yield Passage(
            symbol=paper.key,
            file=paper.file,
            language=paper.language,
            title=paper.title,
            kind=paper.kind,
            body=paper.body,
            session=paper.session,
            date=paper.date,
            paragraph=paragraph.number,
            part=paragraph.part,
            index=index,
            piece=piece,
            pieces=len(pieces),
            paragraph_kind=paragraph.kind,
            heading_path=paragraph.heading_path,
            page_first=paragraph.page_first,
            page_last=paragraph.page_last,
            text=paragraph.text[span.start : span.end],
            boxes=paragraph.boxes,
            footnotes=paragraph.footnotes,
            notes=notes,
            opening=header or (opening if piece else None),
            lang=paragraph.lang,
            joint=paragraph.text[ends[piece] : span.start],
            recommendation=paragraph.recommendation,
        )


def _opening(text: str) -> str | None:
    """The words before a paragraph's first sub-paragraph, None where it has none."""
    first, found, _ = text.partition("\n")
    return " ".join(first.split()[:OPENING_WORDS]) if found else None


def _spans(text: str, max_words: int) -> list[Span]:
    """Spans of the pieces: the coarsest cuts that fit, then neighbours joined while they fit."""
    units = _fit(
        text, _trimmed(text, 0, len(text)), max_words, (_LINE, CLAUSE_END, _SPACE, _INSIDE)
    )
    joined: list[Span] = []
    size = 0
    for unit in units:
        words = count_words(text[unit.start : unit.end])
        if joined and size + words <= max_words:
            joined[-1] = Span(joined[-1].start, unit.end)
            size += words
        else:
            joined.append(unit)
            size = words
    return joined


def _fit(text: str, span: Span, max_words: int, cuts: tuple[re.Pattern[str], ...]) -> list[Span]:
    """The span cut by the first pattern, each part that is still too long by the next ones."""
    if span.start == span.end:
        return []
    if not cuts or count_words(text[span.start : span.end]) <= max_words:
        return [span]
    edges = [span.start]
    for match in cuts[0].finditer(text, span.start, span.end):
        edges += (match.start(), match.end())
    edges.append(span.end)
    parts = (_trimmed(text, *edge) for edge in zip(edges[::2], edges[1::2], strict=True))
    return [piece for part in parts for piece in _fit(text, part, max_words, cuts[1:])]


def _trimmed(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends."""
    inner = text[start:end]
    left = len(inner) - len(inner.lstrip())
    return Span(start + left, max(start + left, start + len(inner.rstrip())))

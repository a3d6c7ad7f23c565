"""
code -> what it means and what to do: the one home of all codes of reading.

Why one table: a code without an explanation helps nobody, and command line, pages,
reports and guide must say the same of it.
"""

from __future__ import annotations

from dataclasses import dataclass

_CORRECT = "State it in `corrections.toml`."
_OTHER_COPY = "Put a better copy of the paper in its place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """
    What a code means.

    Attributes:
        meaning: What was found, as a sentence.
        action: What its reader can do, as a sentence.
        settled_by: Fields of the masthead: a correction of one of them settles the matter.
    """

    meaning: str
    action: str
    settled_by: tuple[str, ...] = ()


# The paper is in the index; its reader should know this.
WARNINGS: dict[str, Explanation] = {
    "contents_differ": Explanation(
        meaning="The contents list and the headings of the paper do not agree.",
        action="Look at the headings named: one was missed, or taken for text.",
    ),
    "corrected": Explanation(
        meaning="Fields of the masthead were corrected by hand; the message names them.",
        action="Nothing. `corrections.toml` in the corpus folder says who wants them so.",
    ),
    "date_from_file_name": Explanation(
        meaning="No date of issue is printed: the one in the file name is taken.",
        action=f"Check it. {_CORRECT}",
        settled_by=("date",),
    ),
    "date_repaired": Explanation(
        meaning="The date of issue was misread by the scanner in one character, and repaired.",
        action=f"Look at the page; both forms are named. {_CORRECT}",
        settled_by=("date",),
    ),
    "editions_differ": Explanation(
        meaning="Language versions of the paper differ in their numbered paragraphs.",
        action="Compare the numbers named: a paragraph was lost in reading, or an edition is"
        " another version. Do not rely on paragraph numbers across the languages until then.",
    ),
    "job_language_differs": Explanation(
        meaning="The job number names another language than the text is in.",
        action=f"Look at the file: it may be filed under the wrong language. {_CORRECT}",
        settled_by=("language",),
    ),
    "language_differs": Explanation(
        meaning="The masthead names another language than the text is in.",
        action=f"Look at the file. {_CORRECT}",
        settled_by=("language",),
    ),
    "little_text": Explanation(
        meaning="Most pages hold hardly any letters: they are pictures.",
        action="Run OCR on the file, or find a copy with text.",
    ),
    "lost_digits": Explanation(
        meaning="The copy lost digits: numbers and dates in it may be incomplete.",
        action=f"{_OTHER_COPY}; do not cite figures from this one.",
    ),
    "lost_pages": Explanation(
        meaning="Some pages cannot be read: the file is damaged there.",
        action=f"{_OTHER_COPY}.",
    ),
    "no_date": Explanation(
        meaning="No date of issue is printed where mastheads print it.",
        action=f"Filters by year leave the paper out. {_CORRECT}",
        settled_by=("date",),
    ),
    "no_symbol": Explanation(
        meaning="No symbol is printed: the paper is called by its file name.",
        action=f"{_CORRECT} Without one it has no editions, revisions or citations.",
        settled_by=("symbol",),
    ),
    "no_title": Explanation(meaning="No title was found.", action=_CORRECT, settled_by=("title",)),
    "note_unmatched": Explanation(
        meaning="A footnote has no mark in the text, or a mark has no footnote.",
        action="Look at the page: the note may belong to a table, a heading or a lost mark.",
    ),
    "number_gap": Explanation(
        meaning="The count of paragraph numbers has a gap.",
        action="Look at the page named: a paragraph was lost or joined to its neighbour, or the"
        " paper misprints its numbers.",
    ),
    "number_repeat": Explanation(
        meaning="A paragraph number is printed twice.",
        action="Cite with the page beside the number; the paper misprints it, or a list was taken"
        " for paragraphs.",
    ),
    "ocr": Explanation(
        meaning="Pages were pictures and were read by OCR: words and signs may be wrong.",
        action="Compare with the page before citing.",
    ),
    "ocr_layer": Explanation(
        meaning="The pages are scanned; their text is a layer of recognised words.",
        action="Compare with the page before citing.",
    ),
    "pages_without_text": Explanation(
        meaning="Nothing was read from some pages.",
        action="Look at the pages named: they are blank, pictures, or drawn without letters.",
    ),
    "picture_pages": Explanation(
        meaning="Some pages are pictures without text and were not read.",
        action="Install OCR and build again with `--full`, or find a copy with text.",
    ),
    "second_reader": Explanation(
        meaning="The first reader failed on pages; the second one gave words without places.",
        action=f"Nothing on the page is highlighted. {_OTHER_COPY}, if there is one.",
    ),
    "symbol_conflict": Explanation(
        meaning="Masthead, running heads or file name give different symbols; the masthead is"
        " believed.",
        action=f"Look at the file; rename it if its name is wrong. {_CORRECT}",
        settled_by=("symbol",),
    ),
    "symbol_inferred": Explanation(
        meaning="The masthead prints no symbol; one was taken from running heads, from the file"
        " name or from the papers that an agenda lists.",
        action=f"Check it. {_CORRECT}",
        settled_by=("symbol",),
    ),
    "symbol_repaired": Explanation(
        meaning="The symbol was misread by the scanner in characters that look alike, and"
        " repaired.",
        action=f"Look at the page; both forms are named. {_CORRECT}",
        settled_by=("symbol",),
    ),
}

# The file is not in the index.
FAILURES: dict[str, Explanation] = {
    "crashed": Explanation(
        meaning="The reader crashed on the file, again and again.",
        action=f"{_OTHER_COPY}. It is not tried again until it changes.",
    ),
    "damaged": Explanation(
        meaning="The file is incomplete, or is not what its ending says.",
        action=f"{_OTHER_COPY}.",
    ),
    "duplicate": Explanation(
        meaning="Another file holds the same symbol in the same language.",
        action="Remove one of the two, or nothing: the one kept is named.",
    ),
    "empty": Explanation(meaning="The file has no bytes.", action="Copy it again."),
    "encrypted": Explanation(
        meaning="The file cannot be opened without a password.",
        action="Save it without a password.",
    ),
    "missing": Explanation(
        meaning="There is no file of this name.", action="Look at the name, and at the folder."
    ),
    "no_text": Explanation(
        meaning="The pages are pictures.", action="Run OCR on the file and add it again."
    ),
    "not_a_docx": Explanation(
        meaning="The file is no Word document, whatever its name says.",
        action="Save it as DOCX or PDF.",
    ),
    "not_a_pdf": Explanation(
        meaning="The file is no PDF, whatever its name says.", action=f"{_OTHER_COPY}."
    ),
    "not_text": Explanation(
        meaning="The file is no text in any known encoding.", action="Save it as UTF-8."
    ),
    "reissued": Explanation(
        meaning="A file of the same symbol and language bears more stars: the paper was reissued.",
        action="Remove the earlier issue, or nothing: the reissue is the one kept.",
    ),
    "stopped": Explanation(
        meaning="Reading was stopped before the file was done.", action="Build again."
    ),
    "too_large": Explanation(
        meaning="Reading needs more memory, or gives more pages or text, than one file may.",
        action="Split the file. It is not tried again until it changes.",
    ),
    "too_slow": Explanation(
        meaning="Reading takes longer than one file may take.",
        action=f"{_OTHER_COPY}. It is not tried again until it changes.",
    ),
    "unreadable": Explanation(
        meaning="The file cannot be opened.",
        action="Let wgsearch read it, and give it a name in UTF-8.",
    ),
}


def as_markdown() -> str:
    """Both tables as `docs/warnings.md` has them."""
    return "\n".join(
        (
            "# Codes",
            "",
            "Made from `src/wgsearch/papers/warnings.py`. `wgsearch inspect`, the build report,",
            "the API and the pages use these codes; [corrections.md](corrections.md) says how to",
            "correct by hand.",
            "",
            "## The paper is in the index",
            "",
            *_rows(WARNINGS),
            "",
            "## The file is not in the index",
            "",
            *_rows(FAILURES),
            "",
        )
    )


def _rows(table: dict[str, Explanation]) -> list[str]:
    """A table in Markdown."""
    return [
        "| code | means | what to do |",
        "|---|---|---|",
        *(f"| `{code}` | {each.meaning} | {each.action} |" for code, each in sorted(table.items())),
    ]

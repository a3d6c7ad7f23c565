"""
words of passages -> the folder that tantivy searches.

Why apart from searching: what is written once a build and what is asked a thousand times a day
change for different reasons.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import tantivy

from wgsearch.index.analysis import PARTS, Analysed, analysed, lengths
from wgsearch.index.disk import unwritable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from wgsearch.passages import Passage

# tantivy weighs length with b = 0.75; with 0.4 seven of nine sets rise. `_padding` says how,
# docs/decisions/0010-words.md how much.
_TANTIVY_B = 0.75
_B = 0.4
_PAD = " ."
# One thread and a large heap keep all rows in one segment, in order.
_HEAP_BYTES = 512_000_000


def write_lexical(folder: Path, passages: Sequence[Passage], papers: Sequence[int]) -> None:
    """
    Write an index of the passages into an empty folder.

    Args:
        folder: Where to.
        passages: Row i is passage i.
        papers: Number of the paper of each passage.
    """
    found = [analysed(passage) for passage in passages]
    write_analysed(folder, zip(papers, found, strict=True), lengths(found), len(found))


def write_analysed(
    folder: Path, passages: Iterable[tuple[int, Analysed]], terms: Mapping[str, int], rows: int
) -> None:
    """
    Write an index of passages whose words are found already into an empty folder.

    Args:
        folder: Where to.
        passages: For each row, in order, the number of its paper and its words.
        terms: Number of terms in each part, of all passages together.
        rows: Number of passages.

    Raises:
        IndexUnwritableError: The disk is full or fails.
    """
    try:
        _write(folder, passages, terms, rows)
    except (ValueError, RuntimeError, OSError) as error:  # what tantivy raises of files
        raise unwritable(folder, error) from error


def _write(
    folder: Path, passages: Iterable[tuple[int, Analysed]], terms: Mapping[str, int], rows: int
) -> None:
    padding = [_padding(terms[part] / max(1, rows)) for part in PARTS]
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row", indexed=True, fast=True)
    builder.add_unsigned_field("paper", indexed=True)
    builder.add_unsigned_field("recommends", indexed=True)
    builder.add_text_field("language", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("symbol", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("cited", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("words", tokenizer_name="terms")
    builder.add_text_field("forms", tokenizer_name="terms", index_option="basic")
    for part in PARTS:
        builder.add_text_field(part, tokenizer_name="terms", index_option="freq")
    index = tantivy.Index(builder.build(), str(folder))
    spaced = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("terms", spaced)
    writer = index.writer(heap_size=_HEAP_BYTES, num_threads=1)
    for row, (paper, passage) in enumerate(passages):
        writer.add_document(_document(row, paper, passage, padding))
    writer.commit()
    writer.wait_merging_threads()


def _padding(mean: float) -> str:
    """
    As many equal tokens for each text as make tantivy's weight of length `_B`, by the mean length.

    With p more tokens in every text, 0.75 (length + p) / (mean + p) is `_B` length / mean and a
    constant, when p = mean (0.75 / _B - 1); and that constant is 1 - `_B` with the 0.25 beside it.

    Args:
        mean: Mean length of the texts.
    """
    return _PAD * round(mean * (_TANTIVY_B / _B - 1))


def _document(row: int, paper: int, passage: Analysed, padding: Sequence[str]) -> tantivy.Document:
    """What is indexed of one passage."""
    document = tantivy.Document()
    document.add_unsigned("row", row)
    document.add_unsigned("paper", paper)
    document.add_unsigned("recommends", int(passage.recommends))
    for language in passage.languages:
        document.add_text("language", language)
    for symbol in passage.symbols:
        document.add_text("symbol", symbol)
    for symbol in passage.cited:
        document.add_text("cited", symbol)
    document.add_text("words", passage.words)
    document.add_text("forms", passage.forms)
    for part, text, pad in zip(PARTS, passage.parts, padding, strict=True):
        document.add_text(part, text + pad)
    return document

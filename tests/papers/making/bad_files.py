"""
Files that are damaged, hostile or odd, by name, each with the code that it is refused with.

Why a list: the same files are read among good ones by tests, built into an index, and measured at
their full size with the limits of a build (`bench/faults/papers.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import bad_docx
import bad_pdf

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WORDS = bad_pdf.WORDS


def pdfs(address: str) -> dict[str, tuple[bytes, str | None]]:
    """PDFs by name; the code that each is refused with, None where it is read."""
    page = bad_pdf.stream(bad_pdf.show(WORDS))
    return {
        "good.pdf": (bad_pdf.plain(), None),
        "empty.pdf": (b"", "empty"),
        "page.pdf": (b"<!DOCTYPE html><html><body>Not found</body></html>", "not_a_pdf"),
        "program.pdf": (b"MZ\x90\x00" + bytes(600), "not_a_pdf"),
        "photo.pdf": (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(600), "not_a_pdf"),
        "truncated.pdf": (bad_pdf.plain()[:300], "damaged"),
        "nested.pdf": (bad_pdf.nested(100_000), None),
        "tree-loop.pdf": (bad_pdf.page_tree_loop(), "no_text"),
        "table-loop.pdf": (bad_pdf.table_loop(), None),
        "huge-size.pdf": (bad_pdf.one_page(page, size=2**31 - 1), None),
        "far-start.pdf": (bad_pdf.one_page(page, gap=b" " * 1_000_000), None),
        "too-many-pages.pdf": (bad_pdf.pages(20_001), "too_large"),
        "no-root.pdf": (bad_pdf.without_root(), None),
        "open.pdf": (bad_pdf.locked(""), None),
        "locked.pdf": (bad_pdf.locked("open sesame"), "encrypted"),
        "active.pdf": (bad_pdf.active(address), None),
        "archive-too.pdf": (bad_pdf.with_archive(), None),
        "scan.pdf": (bad_pdf.scan(), "no_text"),
        "arabic.pdf": (bad_pdf.mapped("تقرير الأمانة العامة عن الأنهار"), None),
        "hebrew-and-latin.pdf": (bad_pdf.mapped("דוח report"), None),
        "chinese.pdf": (bad_pdf.mapped("秘书处关于河流的报告"), None),
        "ligatures.pdf": (bad_pdf.mapped("o\ufb03ce \ufb01les"), None),
        "lying.pdf": (bad_pdf.mapped("a\0b\u202ec\u2066d"), None),
    }


def word_files(address: str, secret: Path) -> dict[str, tuple[bytes, str | None]]:
    """Word documents, likewise."""
    whole = bad_docx.package()
    return {
        "good.docx": (whole, None),
        "cut.docx": (whole[:600], "not_a_docx"),
        "damaged.docx": (bad_docx.damaged_within(), "damaged"),
        "bomb.docx": (bad_docx.package(parts={"word/x.xml": bytes(20_000_000)}), "too_large"),
        "parts.docx": (bad_docx.many_parts(100_000), "too_large"),
        "entities.docx": (bad_docx.entities(), "damaged"),
        "entity-of-a-file.docx": (bad_docx.outside_entity(secret.as_uri()), None),
        "entity-of-an-address.docx": (bad_docx.outside_entity(address), None),
        "links.docx": (bad_docx.outside_links(address), None),
        "macros.docx": (bad_docx.with_macros(), None),
        "style-loop.docx": (bad_docx.style_loop(), None),
        "link-as-part.docx": (bad_docx.linked_part(str(secret)), "damaged"),
        "part-above.docx": (bad_docx.package(main="../../.." + str(secret)), "damaged"),
        "part-absolute.docx": (bad_docx.package(main=str(secret)), "damaged"),
        "names-above.docx": (
            bad_docx.package(parts={"../../above.txt": "x", "/absolute.txt": "x"}),
            None,
        ),
        "part-missing.docx": (
            bad_docx.package(
                of_document=bad_docx.relations(bad_docx.relation(1, "styles", "styles.xml"))
            ),
            "damaged",
        ),
        "no-body.docx": (bad_docx.package("<a/>"), "damaged"),
    }


def texts() -> dict[str, tuple[bytes, str | None]]:
    """Text files, likewise."""
    return {
        "good.txt": (WORDS.encode(), None),
        "binary.txt": (bytes(range(256)) * 40, "not_text"),
        "wide.txt": (WORDS.encode("utf-16"), None),
        "wide-unmarked.txt": (WORDS.encode("utf-16-le"), "not_text"),
        "latin.txt": ("Les réunions ont été tenues à Genève.".encode("latin-1"), None),
        "one-line.txt": (WORDS.encode() * 10_000, None),
        "numbers.txt": (b"1234 5678\n", "no_text"),
        "too-long.txt": (b"word " * 10_000_001, "too_large"),
    }


def large() -> dict[str, Callable[[], bytes]]:
    """What grows, at the size at which it was met: made when asked for."""
    return {
        "unfolding.pdf": lambda: bad_pdf.unfolding(2_000_000_000),
        "operators.pdf": lambda: bad_pdf.operators(2_000_000),
        "nested-deep.pdf": lambda: bad_pdf.nested(5_000_000),
        "pages-10000.pdf": lambda: bad_pdf.pages(10_000),
        "bomb-large.docx": lambda: bad_docx.bomb(2_400_000_000),
    }

"""PDFs that are damaged, hostile or odd, each built from its parts."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

import pypdf

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS = "The shelters for men are few, and the places in them are taken by others."
PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
    b" /Resources << /Font << /F1 5 0 R >> >> >>"
)
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def assemble(
    objects: Sequence[bytes], *, trailer: bytes = b"", size: int | None = None, gap: bytes = b"\n"
) -> bytes:
    """A file of numbered objects, the first of which is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    count = len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % count
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (size or count, trailer)
    return bytes(out + b"startxref%s%d\n%%%%EOF\n" % (gap, start))


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """An object that holds bytes."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def _picture(grey: bytes, width: int, height: int) -> bytes:
    """A picture of grey dots."""
    return stream(
        zlib.compress(grey, 1),
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray"
        b" /BitsPerComponent 8 /Filter /FlateDecode" % (width, height),
    )


GREY = _picture(bytes([255, 0]) * 50, 10, 10)


def show(*texts: str) -> bytes:
    """Operators that show lines of text."""
    lines = (
        b"BT /F1 11 Tf 57 %d Td (%s) Tj ET\n" % (780 - 14 * at, text.encode("cp1252"))
        for at, text in enumerate(texts)
    )
    return b"".join(lines)


def one_page(
    content: bytes,
    *,
    catalogue: bytes = b"",
    resources: bytes = b"",
    font: bytes = FONT,
    more: Sequence[bytes] = (),
    **layout: object,
) -> bytes:
    """A file of one page; *content* is its stream object, *more* are objects from 6 on."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalogue,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> %s >> >>" % resources,
        content,
        font,
        *more,
    ]
    return assemble(objects, **layout)  # type: ignore[arg-type]


def plain(*texts: str) -> bytes:
    """A good page of text."""
    return one_page(stream(show(*(texts or (WORDS,)))))


def unfolding(inflated: int) -> bytes:
    """A few kilobytes that unfold, twice packed, to so many bytes of spaces."""
    packer = zlib.compressobj(9)
    spaces = b" " * 1_000_000
    packed = b"".join(packer.compress(spaces) for _ in range(inflated // len(spaces)))
    twice = zlib.compress(packed + packer.flush(), 9)
    return one_page(stream(twice, b"/Filter [/FlateDecode /FlateDecode]"))


def nested(depth: int) -> bytes:
    """Arrays within arrays, in an object and in the page's own stream."""
    arrays = b"[" * depth + b"]" * depth
    return one_page(stream(arrays + b" TJ\n" + show(WORDS)), catalogue=b"/Nested " + arrays)


def page_tree_loop() -> bytes:
    """A tree of pages that is a branch of itself."""
    return assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 /Parent 2 0 R >>",
        ]
    )


def table_loop() -> bytes:
    """A table of objects whose previous table is itself."""
    data = plain()
    return one_page(stream(show(WORDS)), trailer=b"/Prev %d" % data.rindex(b"xref\n0 "))


def pages(count: int) -> bytes:
    """So many pages, all of them the same object."""
    return assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b"3 0 R " * count, count),
            PAGE,
            stream(show("Page")),
            FONT,
        ]
    )


def operators(count: int) -> bytes:
    """One page of so many text operators."""
    return one_page(stream(b"BT /F1 8 Tf 57 700 Td\n" + b"(word ) Tj\n" * count + b"ET"))


def without_root() -> bytes:
    """The trailer names no catalogue: pdfium gives up, pypdf looks for one."""
    return plain().replace(b"/Root 1 0 R", b"")


def mapped(text: str) -> bytes:
    """A page whose font says that its letters A, B, C ... stand for the characters of a text."""
    rows = b"".join(
        b"<%02X> <%s>\n" % (0x41 + at, char.encode("utf-16-be").hex().encode())
        for at, char in enumerate(text)
    )
    table = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        b"1 begincodespacerange <00> <FF> endcodespacerange\n"
        b"%d beginbfchar\n%sendbfchar endcmap end end" % (len(text), rows)
    )
    letters = bytes(range(0x41, 0x41 + len(text))).decode()
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
    return one_page(stream(show(letters)), font=font, more=[stream(table)])


def scan(*hidden: str, letters: int = 3) -> bytes:
    """
    A page that is a picture; lines lie over it in *letters* of a rendering mode.

    3 are invisible letters, which programs that recognise them lay over a scan.
    """
    text = show(*hidden).replace(b"Tf", b"Tf %d Tr" % letters)
    return one_page(
        stream(b"q 595 0 0 842 0 0 cm /I1 Do Q\n" + text),
        resources=b"/XObject << /I1 6 0 R >>",
        more=[GREY],
    )


def pictured(grey: bytes, width: int, height: int) -> bytes:
    """A page of A4 that is this picture."""
    return one_page(
        stream(b"q 595 0 0 842 0 0 cm /I1 Do Q\n"),
        resources=b"/XObject << /I1 6 0 R >>",
        more=[_picture(grey, width, height)],
    )


def joined(*files: bytes) -> bytes:
    """The pages of several files, one after the other."""
    writer = pypdf.PdfWriter()
    for data in files:
        writer.append(io.BytesIO(data))
    return written(writer)


def locked(password: str, *, algorithm: str = "RC4-128") -> bytes:
    """A page of text that asks for a password; the empty one opens by itself."""
    writer = pypdf.PdfWriter(io.BytesIO(plain()))
    writer.encrypt(password, owner_password=password[::-1] + "x", algorithm=algorithm)
    return written(writer)


def active(address: str) -> bytes:
    """A page with a script, a link to be followed at opening, and an attachment."""
    script = f"app.launchURL('{address}'); this.submitForm('{address}');".encode()
    return one_page(
        stream(show(WORDS)),
        catalogue=b"/OpenAction 6 0 R /Names << /EmbeddedFiles << /Names [(run.exe) 7 0 R] >> >>",
        more=[
            b"<< /S /JavaScript /JS (%s) /Next << /S /URI /URI (%s) >> >>"
            % (script.replace(b"(", b"\\(").replace(b")", b"\\)"), address.encode()),
            b"<< /Type /Filespec /F (run.exe) /EF << /F 8 0 R >> >>",
            stream(b"MZ" + bytes(200), b"/Type /EmbeddedFile"),
        ],
    )


def with_archive() -> bytes:
    """A PDF that is an archive too: programs for either open it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return plain() + out.getvalue()


def written(writer: pypdf.PdfWriter) -> bytes:
    """The bytes that a writer gives."""
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()

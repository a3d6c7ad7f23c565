"""Word documents that are damaged, hostile or odd, each built from its parts."""

from __future__ import annotations

import io
import stat
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

WORDS = "The shelters for men are few, and the places in them are taken by others."
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WITH_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
_STYLES = "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def body(inner: str, *, head: str = "") -> str:
    """The main part; *head* stands before its root."""
    root = f'<w:document xmlns:w="{_W}"><w:body>{inner}</w:body></w:document>'
    return f'<?xml version="1.0"?>{head}{root}'


def paragraph(text: str, *, properties: str = "") -> str:
    """One paragraph."""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def relation(number: int, kind: str, target: str, *, outside: bool = False) -> str:
    """One relation of a part to another, or to an address outside."""
    mode = ' TargetMode="External"' if outside else ""
    return f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"{mode}/>'


def relations(*inner: str) -> str:
    """The list of relations of a part."""
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(inner)}</Relationships>'


def package(
    document: str | None = None,
    *,
    kind: str = MAIN,
    main: str = "word/document.xml",
    of_document: str | None = None,
    parts: Mapping[str, bytes | str] | None = None,
) -> bytes:
    """A package of a main part, its relations, and other parts."""
    types = (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="text/xml"/>'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_STYLES}"/></Types>'
    )
    held: dict[str, bytes | str] = {
        "[Content_Types].xml": types,
        "_rels/.rels": relations(relation(1, "officeDocument", main)),
        "word/document.xml": document or body(paragraph(WORDS)),
    }
    if of_document is not None:
        held["word/_rels/document.xml.rels"] = of_document
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**held, **(parts or {})}.items():
            archive.writestr(name, data)
    return out.getvalue()


def entities(count: int = 9) -> bytes:
    """Names that stand for ten times another name, and so on."""
    names = "".join(
        f'<!ENTITY e{at} "{f"&e{at - 1};" * 10 if at else "lol"}">' for at in range(count)
    )
    return package(body(paragraph(f"{WORDS} &e{count - 1};"), head=f"<!DOCTYPE x [{names}]>"))


def outside_entity(address: str) -> bytes:
    """A name that stands for what a file or an address holds."""
    head = f'<!DOCTYPE x [<!ENTITY secret SYSTEM "{address}">]>'
    return package(body(paragraph(f"{WORDS} &secret;"), head=head))


def with_macros() -> bytes:
    """Macros, under the name of a document without."""
    return package(
        kind=WITH_MACROS,
        of_document=relations(relation(1, "vbaProject", "vbaProject.bin")),
        parts={"word/vbaProject.bin": b"Sub AutoOpen()\nShell 1\nEnd Sub"},
    )


def outside_links(address: str) -> bytes:
    """A picture, a template and a link that lie elsewhere."""
    kinds = ("image", "attachedTemplate", "hyperlink", "footnotes", "numbering")
    return package(
        of_document=relations(
            *(relation(at, kind, address, outside=True) for at, kind in enumerate(kinds, start=1))
        )
    )


def style_loop() -> bytes:
    """Two styles, each of which is based on the other."""
    style = (
        '<w:style w:type="paragraph" w:styleId="{0}">'
        '<w:name w:val="{0}"/><w:basedOn w:val="{1}"/></w:style>'
    )
    styles = f'<w:styles xmlns:w="{_W}">{style.format("A", "B")}{style.format("B", "A")}</w:styles>'
    styled = '<w:pPr><w:pStyle w:val="A"/></w:pPr>'
    return package(
        body(paragraph(WORDS, properties=styled)),
        of_document=relations(relation(1, "styles", "styles.xml")),
        parts={"word/styles.xml": styles},
    )


def linked_part(target: str) -> bytes:
    """A main part that is a symbolic link."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package())) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            if part.filename == "word/document.xml":
                link = zipfile.ZipInfo(part.filename)
                link.create_system = 3
                link.external_attr = (stat.S_IFLNK | 0o777) << 16
                new.writestr(link, target)
            else:
                new.writestr(part.filename, old.read(part))
    return out.getvalue()


def many_parts(count: int) -> bytes:
    """So many parts of nothing."""
    return package(parts={f"word/part{at}.xml": b"" for at in range(count)})


def bomb(inflated: int) -> bytes:
    """A package with a part of so many zeros, never held whole."""
    out, zeros = io.BytesIO(package()), bytes(1_000_000)
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/zeros.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(inflated // len(zeros)):
            part.write(zeros)
    return out.getvalue()


def damaged_within() -> bytes:
    """A package with a byte changed in the middle of its main part."""
    data = bytearray(package(body(paragraph(WORDS * 100))))
    at = data.index(b"word/document.xml") + len("word/document.xml") + 20
    data[at] ^= 0xFF
    return bytes(data)

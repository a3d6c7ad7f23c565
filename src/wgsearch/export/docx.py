"""
Document -> DOCX: real styles, real footnotes, a list of contents that is filled in.

Why the parts are written one by one: each holds what its name says and nothing of a template,
and the same document gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from wgsearch.export.document import (
    Bullets,
    Call,
    Contents,
    Facts,
    Heading,
    Paragraph,
    Quotation,
    Table,
    headings,
    text_of,
)
from wgsearch.export.wording import direction
from wgsearch.export.wordml import (
    DECLARATION,
    FIELD_END,
    NAMESPACES,
    Addresses,
    attribute,
    bookmark,
    escaped,
    field,
    field_begin,
    locale,
    paragraph,
    run,
)
from wgsearch.export.wordstyles import (
    HEADINGS,
    MARGIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    TEXT_WIDTH,
    numbering,
    settings,
    styles,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wgsearch.export.document import Block, Document, Inlines, Line, Text

# The earliest moment that a zip archive can name.
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_COMPRESSION = 6
_STYLES = {"body": "", "label": "Label", "hint": "Hint", "notice": "Notice"}
# Without a paragraph between them, two tables grow together.
_GAP = paragraph(
    "", properties='<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>'
)
# A rule at the side where a text that runs from right to left begins.
_RULED_RIGHT = (
    '<w:pBdr><w:left w:val="nil"/>'
    '<w:right w:val="single" w:sz="12" w:space="10" w:color="9AA7B8"/></w:pBdr>'
)
# A heading that begins a page stands at its top.
_ON_TOP = '<w:pageBreakBefore/><w:spacing w:before="0"/>'
_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
# Part -> its media type and its kind of relation to the document.
_PARTS = {
    "styles": (f"{_PART}.styles+xml", "styles"),
    "numbering": (f"{_PART}.numbering+xml", "numbering"),
    "settings": (f"{_PART}.settings+xml", "settings"),
    "footnotes": (f"{_PART}.footnotes+xml", "footnotes"),
    "header": (f"{_PART}.header+xml", "header"),
    "footer": (f"{_PART}.footer+xml", "footer"),
}


def to_docx(document: Document) -> bytes:
    """A document as DOCX: the same bytes for the same document, dated as it is."""
    return _Writer(document).write()


class _Writer:
    """One file under way: its notes so far, and where its parts lead to."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._notes: list[str] = []
        self._headings = 0
        self._addresses = Addresses()
        self._note_addresses = Addresses()

    def write(self) -> bytes:
        """All parts, in an archive."""
        document = self._document
        body = "".join(self._body())
        parts = {
            "[Content_Types].xml": _content_types(),
            "_rels/.rels": _package_relations(),
            "docProps/core.xml": _core(document),
            "docProps/app.xml": _app(),
            "word/document.xml": (
                f"{DECLARATION}<w:document {NAMESPACES}><w:body>{body}{_section()}"
                "</w:body></w:document>"
            ),
            "word/_rels/document.xml.rels": _relations(
                "".join(
                    f'<Relationship Id="rId{name}" Type="{_RELATION}/{kind}" Target="{name}.xml"/>'
                    for name, (_, kind) in _PARTS.items()
                )
                + self._addresses.relationships()
            ),
            "word/styles.xml": styles(document.language),
            "word/numbering.xml": numbering(),
            "word/settings.xml": settings(document.language),
            "word/footnotes.xml": self._footnotes(),
            "word/_rels/footnotes.xml.rels": _relations(self._note_addresses.relationships()),
            "word/header.xml": _edge("hdr", "Header", run(document.head)),
            "word/footer.xml": _edge("ftr", "Footer", _foot(document.foot)),
        }
        return _archive(parts)

    def _body(self) -> Iterator[str]:
        document = self._document
        yield paragraph(run(document.title), style="Title")
        if document.subtitle:
            language = document.subtitle.lang or ""
            runs = self._inlines((document.subtitle,), self._addresses)
            yield paragraph(runs, style="Subtitle", language=language)
        for block in document.blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading():
                yield self._heading(block)
            case Paragraph():
                runs = self._inlines(block.content, self._addresses)
                yield paragraph(runs, style=_STYLES[block.role], language=_spoken(block.content))
            case Quotation():
                for number, line in enumerate(block.lines):
                    yield self._line(block, line, is_first=number == 0)
            case Bullets():
                for item in block.items:
                    runs = self._inlines(item, self._addresses)
                    yield paragraph(runs, style="ListBullet")
            case Facts():
                yield self._facts(block)
            case Table():
                yield self._table(block)
            case Contents():
                yield from self._contents(block)

    def _heading(self, block: Heading) -> str:
        name = bookmark(block.ident)
        self._headings += 1
        number = self._headings
        runs = self._inlines(block.content, self._addresses)
        return paragraph(
            f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{runs}'
            f'<w:bookmarkEnd w:id="{number}"/>',
            style=f"Heading{min(block.level, HEADINGS)}" if block.is_listed else "FrontHeading",
            properties=_ON_TOP if block.opens_page else "",
        )

    def _line(self, quotation: Quotation, line: Line, *, is_first: bool) -> str:
        label = ""
        if is_first and quotation.label:
            label = run(quotation.label, style="Place") + run("\u2002")
        return paragraph(
            label + self._inlines(line.content, self._addresses),
            style="QuoteList" if line.depth else "Quote",
            properties=_RULED_RIGHT if direction(quotation.lang) == "rtl" else "",
            language=quotation.lang,
        )

    def _facts(self, block: Facts) -> str:
        """Two columns without rules: names, and what they stand for."""
        widths = (round(TEXT_WIDTH * 0.22), TEXT_WIDTH - round(TEXT_WIDTH * 0.22))
        rows = "".join(
            _row(
                (
                    paragraph(run(name), style="TableHead"),
                    paragraph(self._inlines(content, self._addresses), style="TableText"),
                ),
                widths,
            )
            for name, content in block.pairs
        )
        return _grid("Plain", widths, rows, self._document.title)

    def _table(self, block: Table) -> str:
        widths = tuple(round(TEXT_WIDTH * share / 100) for share in block.shares)
        head = _row(
            tuple(paragraph(run(name), style="TableHead") for name in block.head),
            widths,
            properties="<w:tblHeader/>",
        )
        rows = "".join(
            _row(
                tuple(
                    paragraph(
                        self._inlines(cell, self._addresses),
                        style="TableText",
                        language=_spoken(cell),
                    )
                    for cell in row
                ),
                widths,
            )
            for row in block.rows
        )
        caption = paragraph(run(block.caption), style="Caption")
        return f"{caption}{_grid('Ruled', widths, head + rows, block.caption)}{_GAP}"

    def _contents(self, block: Contents) -> Iterator[str]:
        """The list of headings, filled in; only whoever lays out the pages knows their numbers."""
        yield paragraph(run(block.title), style="TOCHeading")
        listed = headings(self._document, block.depth)
        begun = field_begin(f'TOC \\o "1-{block.depth}" \\h \\z \\u')
        for number, heading in enumerate(listed):
            name = bookmark(heading.ident)
            page = field(f"PAGEREF {name} \\h", run("\u2002"), is_stale=True)
            entry = self._addresses(
                f"#{heading.ident}",
                f"{run(text_of(heading.content))}<w:r><w:tab/></w:r>{page}",
            )
            yield paragraph(
                f"{begun if number == 0 else ''}{entry}"
                f"{FIELD_END if number == len(listed) - 1 else ''}",
                style=f"TOC{heading.level}",
            )

    def _inlines(self, content: Inlines, addresses: Addresses) -> str:
        return "".join(
            self._call(each) if isinstance(each, Call) else _text(each, addresses)
            for each in content
        )

    def _call(self, call: Call) -> str:
        """The mark of a note, whose words go to the part of their own."""
        number = len(self._notes) + 1
        mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
        words = "".join(_text(each, self._note_addresses) for each in call.note)
        self._notes.append(
            f'<w:footnote w:id="{number}">'
            + paragraph(f"{mark}<w:footnoteRef/></w:r>{run(' ')}{words}", style="FootnoteText")
            + "</w:footnote>"
        )
        return f'{mark}<w:footnoteReference w:id="{number}"/></w:r>'

    def _footnotes(self) -> str:
        rules = (
            '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p>'
            '</w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r>'
            "<w:continuationSeparator/></w:r></w:p></w:footnote>"
        )
        notes = "".join(self._notes)
        return f"{DECLARATION}<w:footnotes {NAMESPACES}>{rules}{notes}</w:footnotes>"


def _text(text: Text, addresses: Addresses) -> str:
    style = "Hyperlink" if text.href else "Quiet" if text.is_quiet else ""
    made = run(text.text, style=style, is_strong=text.is_strong, language=text.lang or "")
    return addresses(text.href, made) if text.href else made


def _spoken(content: Inlines) -> str:
    """The language of a paragraph: that of its first quoted words."""
    return next(
        (e.lang for e in content if not isinstance(e, Call) and e.is_verbatim and e.lang), ""
    )


def _row(cells: tuple[str, ...], widths: tuple[int, ...], properties: str = "") -> str:
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{properties}</w:trPr>{made}</w:tr>"


def _grid(style: str, widths: tuple[int, ...], rows: str, about: str) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1"/>'
        f"<w:tblCaption w:val={attribute(about)}/></w:tblPr>"
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _foot(words: str) -> str:
    one = run("1")
    return (
        f"{run(words)}<w:r><w:tab/></w:r>{run('Page ')}{field('PAGE', one)}{run(' of ')}"
        f"{field('NUMPAGES', one)}"
    )


def _edge(kind: str, style: str, content: str) -> str:
    """The head or the foot of pages."""
    return f"{DECLARATION}<w:{kind} {NAMESPACES}>{paragraph(content, style=style)}</w:{kind}>"


def _section() -> str:
    """The page, and what stands at its head and foot; the first one has neither."""
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rIdheader"/>'
        '<w:footerReference w:type="default" r:id="rIdfooter"/>'
        f'<w:pgSz w:w="{PAGE_WIDTH}" w:h="{PAGE_HEIGHT}"/>'
        f'<w:pgMar w:top="{MARGIN}" w:right="{MARGIN}" w:bottom="{MARGIN}" w:left="{MARGIN}"'
        ' w:header="709" w:footer="709" w:gutter="0"/><w:titlePg/></w:sectPr>'
    )


def _content_types() -> str:
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{kind}"/>'
        for name, (kind, _) in _PARTS.items()
    )
    return (
        f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_PART}.document.main+xml"/>{parts}'
        '<Override PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        '<Override PartName="/docProps/app.xml"'
        ' ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>'
        "</Types>"
    )


def _relations(inside: str) -> str:
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _package_relations() -> str:
    return _relations(
        f'<Relationship Id="rId1" Type="{_RELATION}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties"'
        ' Target="docProps/core.xml"/>'
        f'<Relationship Id="rId3" Type="{_RELATION}/extended-properties"'
        ' Target="docProps/app.xml"/>'
    )


def _core(document: Document) -> str:
    moment = (
        f'<dcterms:{{}} xsi:type="dcterms:W3CDTF">{escaped(document.date)}T00:00:00Z</dcterms:{{}}>'
    )
    title = document.title
    if document.subtitle:
        title = f"{title}: {document.subtitle.text}"
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escaped(title)}</dc:title><dc:subject>{escaped(document.subject)}</dc:subject>"
        f"<dc:creator>wgsearch</dc:creator>"
        f"<cp:keywords>{escaped(', '.join(document.keywords))}</cp:keywords>"
        f"<dc:description>{escaped(document.foot)}</dc:description>"
        "<cp:lastModifiedBy>wgsearch</cp:lastModifiedBy><cp:revision>1</cp:revision>"
        f"{moment.format('created', 'created')}{moment.format('modified', 'modified')}"
        f"<dc:language>{locale(document.language)}</dc:language></cp:coreProperties>"
    )


def _app() -> str:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return (
        f'{DECLARATION}<Properties xmlns="{kind}"><Application>wgsearch</Application></Properties>'
    )


def _archive(parts: dict[str, str]) -> bytes:
    """An archive with one fixed time for all parts."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text.encode(), zipfile.ZIP_DEFLATED, _COMPRESSION)
    return packed.getvalue()

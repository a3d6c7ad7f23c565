"""
Elements of WordprocessingML -> calls: the few things that python-docx has no call for.

Private members and `Any` are the way in: python-docx names no public types for what it wraps.
"""
# ruff: noqa: SLF001, ANN401 - see above

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

if TYPE_CHECKING:
    from docx.shared import Length
    from docx.table import Table as WordTable

FONT = "Times New Roman"

# How far heads, feet and masthead reach beyond the text column.
OUTDENT = Mm(20)

_EMU_PER_TWIP = 635

# The earliest moment that a zip archive can name.
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)

_UNUSED_PARTS = {"thumbnail", "stylesWithEffects", "customXml", "numbering"}

_SEPARATORS = """<w:footnotes {names}>
<w:footnote w:type="separator" w:id="-1">
<w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:type="continuationSeparator" w:id="0">
<w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>
</w:footnotes>"""


class Footnotes:
    """The footnotes part of a document: python-docx has none, so it is written here."""

    def __init__(self) -> None:
        """Begin with the two rules that Word draws above the notes."""
        self._root = parse_xml(_SEPARATORS.format(names=nsdecls("w")))

    def call(self, paragraph: WordParagraph, *, mark: str | None = None) -> WordParagraph:
        """
        Put a mark at the end of the paragraph, and return the empty note for its text.

        Args:
            paragraph: Where the note is called.
            mark: A sign in place of the running number.
        """
        identity = str(len(self._root) - 1)
        run = paragraph.add_run(style="footnote reference")
        reference = OxmlElement("w:footnoteReference")
        if mark:
            reference.set(qn("w:customMarkFollows"), "1")
        reference.set(qn("w:id"), identity)
        run._r.append(reference)
        if mark:
            run.add_text(mark)
        printed = f"<w:t>{mark}</w:t>" if mark else "<w:footnoteRef/>"
        note = parse_xml(
            f'<w:footnote {nsdecls("w")} w:id="{identity}"><w:p>'
            '<w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
            f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>{printed}</w:r>'
            "</w:p></w:footnote>"
        )
        self._root.append(note)
        text = WordParagraph(note[0], paragraph._parent)
        text.add_run(" ")
        return text

    def attach(self, document: Any) -> None:
        """Make the notes a part of the document, and name their rules in its settings."""
        blob = serialize_part_xml(self._root)
        name = PackURI("/word/footnotes.xml")
        part = Part(name, CONTENT_TYPE.WML_FOOTNOTES, blob, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        rules = '<w:footnote w:id="-1"/><w:footnote w:id="0"/>'
        settings = parse_xml(f"<w:footnotePr {nsdecls('w')}>{rules}</w:footnotePr>")
        # The schema fixes the order of settings: Word repairs a file that has this one too late.
        document.settings.element.find(qn("w:compat")).addprevious(settings)


def note_styles(document: Any, size: Length) -> None:
    """Add the two styles of footnotes under the names and ids that Word knows."""
    text = document.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    text.element.styleId = "FootnoteText"
    text.base_style = document.styles["Normal"]
    text.font.size = size
    text.paragraph_format.space_after = 0
    mark = document.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
    mark.element.styleId = "FootnoteReference"
    mark.font.superscript = True


def remove(element: Any) -> None:
    """Take the element of a paragraph out of its container."""
    element._p.getparent().remove(element._p)


def row_properties(row: Any, *names: str) -> None:
    """Set switches of a table row, such as `w:cantSplit` and `w:tblHeader`."""
    for name in names:
        row._tr.get_or_add_trPr().append(OxmlElement(name))


def face(style: Any, size: Length, *, bold: bool = False) -> None:
    """Give a style the black serif face of the papers, instead of the template's blue headings."""
    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, size, bold, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{name}"), FONT)


def bleed(paragraph: WordParagraph) -> None:
    """Let the line reach beyond the text column, as heads and feet do."""
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = -OUTDENT


def rule(paragraph: WordParagraph) -> None:
    """Draw a rule below the paragraph."""
    line = '<w:bottom w:val="single" w:sz="8" w:space="3" w:color="000000"/>'
    border = parse_xml(f"<w:pBdr {nsdecls('w')}>{line}</w:pBdr>")
    paragraph._p.get_or_add_pPr().insert_element_before(
        border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc"
    )


def field(paragraph: WordParagraph, name: str) -> None:
    """Add a field (PAGE, NUMPAGES) in bold; Word counts when it opens the file."""
    for kind in ("begin", None, "separate", "1", "end"):
        run = paragraph.add_run()
        run.bold = True
        if kind == "1":
            run.add_text(kind)
        elif kind is None:
            instruction = OxmlElement("w:instrText")
            instruction.text = f" {name} "
            run._r.append(instruction)
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def lay_out(table: WordTable, widths: tuple[int, ...], *, indent: int = 0) -> None:
    """Fix the widths of the columns and where the table begins, in English Metric Units."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
    element = parse_xml(
        f'<w:tblInd {nsdecls("w")} w:w="{round(indent / _EMU_PER_TWIP)}" w:type="dxa"/>'
    )
    table._tbl.tblPr.insert_element_before(
        element, "w:tblBorders", "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook"
    )


def borders(cell: Any, **eighths: int) -> None:
    """Rule the named sides of a cell; *eighths* of a point."""
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="{eighths[side]}" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right")
        if side in eighths
    )
    element = parse_xml(f"<w:tcBorders {nsdecls('w')}>{sides}</w:tcBorders>")
    cell._tc.get_or_add_tcPr().append(element)


def prune(document: Any) -> None:
    """Drop what python-docx's template carries and no paper uses: most of 880 KB, and a picture."""
    for relations in (document.part.package.rels, document.part.rels):
        kinds = {key: relation.reltype.rpartition("/")[2] for key, relation in relations.items()}
        for key in [key for key, kind in kinds.items() if kind in _UNUSED_PARTS]:
            del relations[key]
    for style in list(document.styles):
        if style.type is WD_STYLE_TYPE.TABLE and style.name != "Normal Table":
            style.delete()
        elif (numbering := style.element.find(f".//{qn('w:numPr')}")) is not None:
            numbering.getparent().remove(numbering)
    latent = document.styles.element.find(qn("w:latentStyles"))
    if latent is not None:
        document.styles.element.remove(latent)


def reproducible(document: Any) -> bytes:
    """
    Return the file with one fixed time for all parts, and not compressed.

    Compressors differ between machines; the check of committed papers compares bytes.
    """
    saved, result = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with (
        zipfile.ZipFile(saved) as before,
        zipfile.ZipFile(result, "w", zipfile.ZIP_STORED) as after,
    ):
        for name in before.namelist():
            after.writestr(zipfile.ZipInfo(name, _ZIP_EPOCH), before.read(name))
    return result.getvalue()

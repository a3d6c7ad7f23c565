"""
how a document looks -> the styles, numbering and settings of a DOCX.

Why only styles and never formatting by hand: whoever edits a pack changes one style, and screen
readers find headings, quotations and captions by their names.
"""

from __future__ import annotations

from typing import Literal

from wgsearch.export.wordml import DECLARATION, NAMESPACES, escaped, locale

# Faces that Windows, macOS and LibreOffice all have, or have one of the same widths for.
SERIF, SANS = "Times New Roman", "Arial"
_INK, _ACCENT, _QUIET, _LINE = "000000", "1F3A5F", "595959", "9AA7B8"
HEADINGS = 5
# A4 with margins of 25 mm, in twentieths of a point.
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 11906, 16838, 1417
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN


Weight = Literal["", "bold", "plain"]
_WEIGHTS: dict[Weight, str] = {
    "": "",
    "bold": "<w:b/><w:bCs/>",
    "plain": '<w:b w:val="0"/><w:bCs w:val="0"/>',
}


def _face(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:cs="{name}"/>'


def _size(points: float) -> str:
    half = round(points * 2)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def _look(
    face: str = "", weight: Weight = "", colour: str = "", points: float = 0, more: str = ""
) -> str:
    """Properties of characters, in the order of the schema."""
    return (
        (_face(face) if face else "")
        + _WEIGHTS[weight]
        + (f'<w:color w:val="{colour}"/>' if colour else "")
        + (_size(points) if points else "")
        + more
    )


def _spacing(before: int, after: int, line: int = 0) -> str:
    """Space above and below in points; the line in hundredths of one line."""
    lines = f' w:line="{round(line * 2.4)}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before * 20}" w:after="{after * 20}"{lines}/>'


def _paragraph_style(
    ident: str, name: str, paragraph: str = "", characters: str = "", *, following: str = ""
) -> str:
    after = f'<w:next w:val="{following}"/>' if following else ""
    based = '<w:basedOn w:val="Normal"/>' if ident != "Normal" else ""
    default = ' w:default="1"' if ident == "Normal" else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{ident}"><w:name w:val="{name}"/>'
        f"{based}{after}<w:qFormat/>"
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{characters}</w:rPr></w:style>"
    )


def _character_style(ident: str, name: str, characters: str) -> str:
    return (
        f'<w:style w:type="character" w:styleId="{ident}"><w:name w:val="{name}"/>'
        f"<w:rPr>{characters}</w:rPr></w:style>"
    )


def _heading(level: int) -> str:
    points, before, after = (
        (17, 26, 6),
        (13, 16, 4),
        (11, 10, 2),
        (10.5, 7, 1),
        (10, 8, 2),
    )[level - 1]
    colour = _ACCENT if level < HEADINGS - 1 else _INK
    rule = f"<w:pBdr>{_border('top', 8, 8, _ACCENT)}</w:pBdr>" if level == 1 else ""
    return _paragraph_style(
        f"Heading{level}",
        f"heading {level}",
        f"<w:keepNext/><w:keepLines/>{rule}{_spacing(before, after)}"
        f'<w:outlineLvl w:val="{level - 1}"/>',
        _look(SANS, "bold", colour, points),
        following="Normal",
    )


def _border(side: str, size: int, space: int, colour: str = _LINE) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'


def _tab(position: int, kind: str) -> str:
    return f'<w:tabs><w:tab w:val="{kind}" w:pos="{position}"/></w:tabs>'


def _contents_style(level: int) -> str:
    """No leading dots: until the fields are counted, they would lead to nothing."""
    indent = (level - 1) * 400
    return _paragraph_style(
        f"TOC{level}",
        f"toc {level}",
        _tab(TEXT_WIDTH, "right")
        + _spacing(5 if level == 1 else 0, 1)
        + f'<w:ind w:left="{indent + 400}" w:right="700" w:hanging="400"/>',
        _look(SANS, "bold" if level == 1 else "", "", 10 if level == 1 else 9.5),
    )


def _paragraph_styles() -> str:
    quoted = f"<w:pBdr>{_border('left', 12, 10)}</w:pBdr>"
    return "".join(
        (
            _paragraph_style("Normal", "Normal", _spacing(0, 6, 108)),
            _paragraph_style(
                "Title",
                "Title",
                f"<w:keepNext/>{_spacing(60, 4)}",
                _look(SANS, "bold", _ACCENT, 28),
                following="Subtitle",
            ),
            _paragraph_style("Subtitle", "Subtitle", _spacing(0, 20), _look(SERIF, "", _INK, 16)),
            *(_heading(level) for level in range(1, HEADINGS + 1)),
            _paragraph_style(
                "FrontHeading",
                "Front Heading",
                f"<w:keepNext/><w:keepLines/>{_spacing(14, 4)}",
                _look(SANS, "bold", _ACCENT, 13),
                following="Normal",
            ),
            _paragraph_style(
                "Quote",
                "Quote",
                f'{quoted}{_spacing(2, 6, 105)}<w:ind w:left="454" w:right="227"/>',
                _look(SERIF, "", _INK, 10.5),
            ),
            _paragraph_style(
                "QuoteList",
                "Quote List",
                f"{quoted}{_spacing(0, 4, 105)}"
                '<w:ind w:left="454" w:right="227" w:firstLine="340"/>',
                _look(SERIF, "", _INK, 10.5),
            ),
            _paragraph_style(
                "ListBullet",
                "List Bullet",
                '<w:numPr><w:numId w:val="1"/></w:numPr>'
                f'{_spacing(0, 3)}<w:ind w:left="397" w:hanging="284"/>',
            ),
            _paragraph_style(
                "Label", "Label", f"<w:keepNext/>{_spacing(3, 3)}", _look(SANS, "", _QUIET, 8.5)
            ),
            _paragraph_style("Hint", "Hint", _spacing(0, 6), _look(SANS, "", _QUIET, 9)),
            _paragraph_style(
                "Notice",
                "Notice",
                "<w:pBdr>"
                + "".join(_border(side, 6, 6) for side in ("top", "left", "bottom", "right"))
                + f'</w:pBdr>{_spacing(14, 10)}<w:ind w:left="120" w:right="120"/>',
                _look(SANS, "", "", 9.5),
            ),
            _paragraph_style(
                "Caption",
                "caption",
                f"<w:keepNext/>{_spacing(4, 4)}",
                _look(SANS, "", _QUIET, 8.5),
            ),
            _paragraph_style("TableText", "Table Text", _spacing(1, 2), _look(SERIF, "", "", 9.5)),
            _paragraph_style(
                "TableHead",
                "Table Head",
                f"<w:keepNext/>{_spacing(1, 2)}",
                _look(SANS, "bold", "", 8.5),
            ),
            _paragraph_style(
                "TOCHeading",
                "TOC Heading",
                f"<w:keepNext/><w:pageBreakBefore/>{_spacing(0, 8)}",
                _look(SANS, "bold", _ACCENT, 17),
            ),
            *(_contents_style(level) for level in (1, 2, 3)),
            _paragraph_style(
                "Header",
                "header",
                f"<w:pBdr>{_border('bottom', 4, 4)}</w:pBdr>"
                f"{_tab(TEXT_WIDTH, 'right')}{_spacing(0, 0)}",
                _look(SANS, "", _QUIET, 8),
            ),
            _paragraph_style(
                "Footer",
                "footer",
                f"{_tab(TEXT_WIDTH, 'right')}{_spacing(0, 0)}",
                _look(SANS, "", _QUIET, 8),
            ),
            _paragraph_style(
                "FootnoteText",
                "footnote text",
                f'{_spacing(0, 1)}<w:ind w:left="284" w:hanging="284"/>',
                _look(SANS, "", "", 8),
            ),
        )
    )


def _table_style() -> str:
    inside = _border("insideH", 4, 0)
    edges = f"{_border('top', 8, 0, _ACCENT)}{_border('bottom', 8, 0, _ACCENT)}{inside}"
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style>"
        '<w:style w:type="table" w:styleId="Ruled"><w:name w:val="Ruled"/>'
        '<w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{edges}</w:tblBorders></w:tblPr></w:style>"
        '<w:style w:type="table" w:styleId="Plain"><w:name w:val="Plain"/>'
        '<w:basedOn w:val="TableNormal"/></w:style>'
    )


def styles(language: str) -> str:
    """The part with the styles, for a document in a language."""
    defaults = (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        f"{_look(SERIF, '', '', 11)}"
        f'<w:lang w:val="{locale(language)}" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )
    characters = (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        + _character_style("Hyperlink", "Hyperlink", f'<w:color w:val="{_ACCENT}"/>')
        + _character_style(
            "FootnoteReference",
            "footnote reference",
            _look(SANS, "plain", "", 0) + '<w:vertAlign w:val="superscript"/>',
        )
        + _character_style("Place", "Place", _look(SANS, "bold", _QUIET, 8.5))
        + _character_style("Quiet", "Quiet", f'<w:color w:val="{_QUIET}"/>')
    )
    return (
        f"{DECLARATION}<w:styles {NAMESPACES}>{defaults}{characters}{_paragraph_styles()}"
        f"{_table_style()}</w:styles>"
    )


def numbering() -> str:
    """The part with the one kind of list: bullets."""
    return (
        f'{DECLARATION}<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0">'
        '<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/><w:lvlText w:val="•"/>'
        '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="397" w:hanging="284"/></w:pPr></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def settings(language: str) -> str:
    """The part with the settings, for a document in a language."""
    compatible = (
        '<w:compat><w:compatSetting w:name="compatibilityMode"'
        ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    )
    return (
        f'{DECLARATION}<w:settings {NAMESPACES}><w:defaultTabStop w:val="720"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        f'{compatible}<w:themeFontLang w:val="{escaped(locale(language))}"/></w:settings>'
    )

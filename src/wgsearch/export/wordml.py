"""
runs and paragraphs -> WordprocessingML, as text that is well formed whatever a paper contains.

Why written and not built: a pack has thousands of runs; the library that reads DOCX copies a
template of 30 kB, knows no footnotes, and takes a hundred times as long.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from wgsearch.export.wording import direction, language_tag

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Characters that no XML may hold; Word refuses a file with one of them.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Word asks for a region; the ones that the United Nations write in.
_LOCALES = {
    "ar": "ar-SA",
    "de": "de-DE",
    "en": "en-GB",
    "es": "es-ES",
    "fr": "fr-FR",
    "pt": "pt-PT",
    "ru": "ru-RU",
    "zh": "zh-CN",
}
_EAST_ASIAN = frozenset({"ja", "ko", "zh"})


def escaped(text: str) -> str:
    """Characters as XML text."""
    return escape(_ILLEGAL.sub("\ufffd", text))


def attribute(text: str) -> str:
    """Characters as an XML attribute, with its quotes."""
    return quoteattr(_ILLEGAL.sub("\ufffd", text))


def locale(language: str) -> str:
    """A language with the region that Word asks for."""
    tag = language_tag(language)
    return _LOCALES.get(tag, tag)


def run(text: str, *, style: str = "", is_strong: bool = False, language: str = "") -> str:
    """
    A run of text.

    Args:
        text: Its characters.
        style: Id of its character style; empty for none.
        is_strong: Set in bold.
        language: Its language where that is not the document's; empty where it is.
    """
    properties = f'<w:rStyle w:val="{style}"/>' if style else ""
    properties += "<w:b/><w:bCs/>" if is_strong else ""
    if language:
        if direction(language) == "rtl":
            properties += f'<w:rtl/><w:lang w:bidi="{locale(language)}"/>'
        elif language_tag(language) in _EAST_ASIAN:
            properties += f'<w:lang w:eastAsia="{locale(language)}"/>'
        else:
            properties += f'<w:lang w:val="{locale(language)}"/>'
    body = '<w:t xml:space="preserve">' + escaped(text) + "</w:t>"
    return f"<w:r>{_properties('r', properties)}{body}</w:r>"


def paragraph(content: str, *, style: str = "", properties: str = "", language: str = "") -> str:
    """
    A paragraph.

    Args:
        content: Its runs.
        style: Id of its style; empty for running text.
        properties: More properties, in the order of the schema.
        language: Its language: one that runs from right to left begins at the right.
    """
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    side = "<w:bidi/>" if language and direction(language) == "rtl" else ""
    return f"<w:p>{_properties('p', f'{named}{properties}{side}')}{content}</w:p>"


def field(instruction: str, result: str, *, is_stale: bool = False) -> str:
    """
    A field with the result that is shown until it is counted again.

    Args:
        instruction: What it counts, such as `PAGE`.
        result: The runs shown meanwhile.
        is_stale: Ask whoever opens the file to count it.
    """
    return f"{field_begin(instruction, is_stale=is_stale)}{result}{FIELD_END}"


def field_begin(instruction: str, *, is_stale: bool = False) -> str:
    """The beginning of a field, up to its result."""
    dirty = ' w:dirty="true"' if is_stale else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"{dirty}/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escaped(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


class Addresses:
    """
    The addresses that one part of a file leads to, each named once.

    Why each part has its own: an address stands in a list beside the part that names it.
    """

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def __call__(self, href: str, content: str) -> str:
        """Runs that lead somewhere: to an address, or to a bookmark of the file (`#name`)."""
        if href.startswith("#"):
            name = attribute(bookmark(href[1:]))
            return f'<w:hyperlink w:anchor={name} w:history="1">{content}</w:hyperlink>'
        ident = self._known.setdefault(href, f"rIdA{len(self._known) + 1}")
        return f'<w:hyperlink r:id="{ident}" w:history="1">{content}</w:hyperlink>'

    def relationships(self) -> str:
        """The list of addresses."""
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
        return "".join(
            f'<Relationship Id="{ident}" Type="{kind}" Target={attribute(href)}'
            ' TargetMode="External"/>'
            for href, ident in self._known.items()
        )


def bookmark(ident: str) -> str:
    """A name as Word allows it: letters, digits and underscores, 40 at most."""
    return "_" + re.sub(r"\W", "_", ident)[-39:]


def _properties(kind: str, properties: str) -> str:
    return f"<w:{kind}Pr>{properties}</w:{kind}Pr>" if properties else ""

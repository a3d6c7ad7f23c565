"""
a paragraph of Word -> the characters it prints, raised ones marked.

Printed is what a reader sees with all changes accepted (ECMA-376, part 1, sections 17.3 and
17.13): insertions count, deletions do not; results of fields count, their instructions do
not; hidden text, and text boxes that hang on the paragraph, are not part of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from wgsearch.papers.characters import PRINTED
from wgsearch.papers.wordcount import W

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPACES = re.compile(r"[ \t\n\u00a0\u2002-\u200a\u202f]+")
# Signs that stand around raised characters until spaces are normalised.
_RISE, _FALL = "\ue0f0", "\ue0f1"
_RAISED = re.compile(f"{_RISE}([^{_FALL}]*){_FALL}")
_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

_SKIPPED = frozenset(
    f"{W}{tag}"
    for tag in ("del", "moveFrom", "txbxContent", "pict", "object", "instrText", "pPr", "rPr")
) | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice",
    f"{W}drawing",
}
# A call whose own mark (a star) follows as printed text says so by `customMarkFollows`.
_REFERENCES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_SPACE = frozenset(f"{W}{tag}" for tag in ("tab", "ptab", "br", "cr"))
# Characters of the fonts Symbol and Wingdings that papers use, mostly as bullets.
_SYMBOLS = {
    "F0B7": "•",
    "F0A7": "▪",
    "F0D8": "➢",
    "F02D": "–",
    "F0B0": "°",
    "F0B3": "≥",
    "F0A3": "≤",
    "F0B1": "±",
    "F0B4": "×",
}


class Printed(NamedTuple):
    """Characters of a paragraph and the spans of raised ones."""

    text: str
    raised: tuple[tuple[int, int], ...]


class Calls:
    """Notes in the order of their calls: the number that each prints."""

    def __init__(self) -> None:
        self.order: dict[str, list[str]] = {"footnote": [], "endnote": []}

    def number(self, kind: str, key: str) -> int:
        """The number of a note, the next one where it was not called before."""
        known = self.order[kind]
        if key not in known:
            known.append(key)
        return known.index(key) + 1


def printed(paragraph: Any, calls: Calls) -> Printed:  # noqa: ANN401 - lxml elements have no public type
    """The printed characters of a `w:p`; marks of notes are raised digits."""
    text = clean("".join(_pieces(paragraph, calls)))
    if _RISE not in text:
        return Printed(text, ())
    raised: list[tuple[int, int]] = []
    kept: list[str] = []
    at = size = 0
    for match in _RAISED.finditer(text):
        before = text[at : match.start()]
        kept.extend((before, match[1]))
        size += len(before)
        if match[1].strip():
            raised.append((size, size + len(match[1])))
        size += len(match[1])
        at = match.end()
    kept.append(text[at:])
    return Printed("".join(kept), tuple(raised))


def clean(text: str) -> str:
    """Spaces normalised, characters that print nothing dropped, one kind of hyphen."""
    return _SPACES.sub(" ", text.translate(PRINTED).replace("\u2011", "-")).strip()


def mark_is_deleted(paragraph: Any) -> bool:  # noqa: ANN401 - likewise
    """The end of a paragraph is deleted: its text goes on with the next one."""
    properties = paragraph.find(f"{W}pPr/{W}rPr")
    return properties is not None and properties.find(f"{W}del") is not None


def text_boxes(paragraph: Any) -> Iterator[Any]:  # noqa: ANN401 - likewise
    """Paragraphs in the text boxes that hang on a paragraph; each box once, whatever its forms."""
    if paragraph.find(f".//{W}txbxContent") is None:
        return
    for content in paragraph.iter(f"{W}txbxContent"):
        parents = {parent.tag.rpartition("}")[2] for parent in content.iterancestors()}
        if "Fallback" not in parents:
            yield from content.iter(f"{W}p")


def _pieces(element: Any, calls: Calls) -> Iterator[str]:  # noqa: ANN401 - likewise
    """Printed characters of an element and all below it, in order."""
    for node in element:
        tag = node.tag
        if tag == f"{W}r":
            yield from _run(node, calls)
        elif tag not in _SKIPPED and isinstance(tag, str):
            yield from _pieces(node, calls)


def _run(run: Any, calls: Calls) -> Iterator[str]:  # noqa: ANN401 - likewise
    """Printed characters of a run."""
    properties = run.find(f"{W}rPr")
    raised = False
    if properties is not None:
        if _is_on(properties.find(f"{W}vanish")):
            return
        place = properties.find(f"{W}vertAlign")
        raised = place is not None and place.get(f"{W}val") == "superscript"
    parts = "".join(_characters(run, calls))
    yield f"{_RISE}{parts}{_FALL}" if raised and parts.strip() else parts


def _characters(run: Any, calls: Calls) -> Iterator[str]:  # noqa: ANN401 - likewise
    """Characters of a run's children."""
    for node in run:
        tag = node.tag
        if tag == f"{W}t":
            yield node.text or ""
        elif tag in _SPACE:
            yield " "
        elif tag == f"{W}noBreakHyphen":
            yield "-"
        elif tag == f"{W}sym":
            yield _SYMBOLS.get((node.get(f"{W}char") or "").upper(), "")
        elif tag in _REFERENCES and not _is_on(node, "customMarkFollows", unset=False):
            number = calls.number(_REFERENCES[tag], node.get(f"{W}id") or "")
            yield str(number).translate(_DIGITS)


def _is_on(switch: Any | None, name: str = "val", *, unset: bool = True) -> bool:  # noqa: ANN401 - likewise
    """A property is set, and not set to off."""
    if switch is None:
        return False
    value = switch.get(f"{W}{name}")
    return unset if value is None else value not in ("0", "false", "off")

"""
Source of a template -> its messages, or the same source in another language.

Why the source and not marks in it: every text of a page is a message because it stands there, so
none can be forgotten, templates stay readable, and a page costs the same in each language. A
message keeps what stands within it: `{name}` for an expression, `<1>...</1>` for a link.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# The block `layout` names a class of the page; no reader sees it.
_JINJA = re.compile(
    r"\{% block layout %\}.*?\{% endblock %\}|\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL
)
# Private characters that stand for an expression or a statement while HTML is read.
_HELD = re.compile("\ue000(\\d+)\ue001|\ue002(\\d+)\ue003")
_TAG = re.compile(r"<(/?!?)([a-zA-Z][\w-]*)([^<>]*)>")
_ATTRIBUTE = re.compile(r'(\s(?:aria-label|title|alt|placeholder)=")([^"]*)(")')
_ATTRIBUTES = re.compile(r"\s*[a-z-]+=\"")
# Elements that stand within a sentence.
_INLINE = frozenset({"a", "abbr", "b", "code", "em", "i", "mark", "span", "strong", "sup"})
# What is no language: addresses, styles.
_SILENT = frozenset({"script", "style"})
_LETTERS = re.compile(r"[^\W\d_]")
_NAME = re.compile(r"[a-z_]+(?:\.[a-z_]+)*")
_WORDS_OF_JINJA = frozenset(
    {"if", "else", "not", "and", "or", "in", "is", "none", "loop", "format"}
)
# A counted noun, which languages have forms of, is no literal.
_COUNTED = re.compile(r"_n\([^{}]+?, '([^']+)', '([^']+)'\)")
_LITERAL = re.compile(r"(_n\([^{}]+?, '[^']+', '[^']+'\))|'([^']*)'")
# Words for people: with a capital before a small letter, or several of them.
_SPOKEN = re.compile(r"^[“\s]*[A-Z][a-z]|[^\W\d_]{2,} (?:[(“]?[^\W\d_])")
_PLACEHOLDER = re.compile(r"\{[a-z_]+\d*\}|</?\d+>")
_SPACE = re.compile(r"\s+")
_LEFT, _RIGHT = re.compile(r"^(?:\s|</?\d+>)*"), re.compile(r"(?:\s|</?\d+>)*$")
# What is called the same in each language.
_NAMES = re.compile(r"wgsearch|JSON|Markdown|BibTeX|RIS|CSL-JSON|&\w+;")


class _Piece(NamedTuple):
    """A part of a source: markup that breaks a sentence, or a run of words with what is in it."""

    text: str
    is_run: bool


def messages(source: str) -> tuple[str, ...]:
    """The messages of a template, in order, each once."""
    found: dict[str, None] = {}

    def noted(message: str) -> str:
        found.setdefault(message)
        return message

    translated(source, noted)
    return tuple(found)


def nouns(source: str) -> tuple[tuple[str, str], ...]:
    """The nouns that a template counts, for one and for many."""
    return tuple(dict.fromkeys((match[1], match[2]) for match in _COUNTED.finditer(source)))


def placeholders(message: str) -> list[str]:
    """What a message holds beside words, sorted: its translation holds the same."""
    return sorted(_PLACEHOLDER.findall(message))


def translated(source: str, translate: Callable[[str], str]) -> str:
    """
    A template in another language.

    Args:
        source: The template.
        translate: Gives the translation of a message.
    """
    held: list[str] = []

    def hold(match: re.Match[str]) -> str:
        held.append(match[0])
        first, last = ("\ue000", "\ue001") if match[0].startswith("{{") else ("\ue002", "\ue003")
        return f"{first}{len(held) - 1}{last}"

    text = _JINJA.sub(hold, source)
    done = "".join(
        _run(each.text, held, translate) if each.is_run else _markup(each.text, held, translate)
        for each in _pieces(text)
    )
    return _HELD.sub(lambda match: _literals(held[int(match[1] or match[2])], translate), done)


def _literals(code: str, translate: Callable[[str], str]) -> str:
    """An expression or statement with its words for people in another language."""

    def literal(match: re.Match[str]) -> str:
        words = match[2]
        if words is None or not _SPOKEN.search(words):
            return match[0]
        # What stands around words joins them to others.
        left, right = len(words) - len(words.lstrip()), len(words.rstrip())
        other = translate(words[left:right]).replace("'", "’")
        return f"'{words[:left]}{other}{words[right:]}'"

    return _LITERAL.sub(literal, code)


def _pieces(text: str) -> Iterator[_Piece]:
    """Markup and runs of words by turns."""
    run: list[str] = []
    at = 0
    silent = False
    for match in re.finditer(f"{_TAG.pattern}|\ue002\\d+\ue003", text):
        is_inline = match[2] is not None and match[2].casefold() in _INLINE
        run.append(text[at : match.start()])
        at = match.end()
        if is_inline and not silent:
            run.append(match[0])
            continue
        yield _Piece("".join(run), not silent)
        run = []
        if match[2] and match[2].casefold() in _SILENT:
            silent = not match[1]
        yield _Piece(match[0], is_run=False)
    yield _Piece("".join((*run, text[at:])), not silent)


def _markup(text: str, held: list[str], translate: Callable[[str], str]) -> str:
    """A tag with its attributes that are read out or shown."""

    def attribute(match: re.Match[str]) -> str:
        parts = re.split("(\ue002\\d+\ue003)", match[2])
        shown = (
            part if part.startswith("\ue002") else _words(part, held, translate) for part in parts
        )
        return match[1] + "".join(shown) + match[3]

    return _ATTRIBUTE.sub(attribute, text) if text.startswith("<") else text


def _run(text: str, held: list[str], translate: Callable[[str], str]) -> str:
    """A run of words: what points divide are sentences of their own."""
    if _ATTRIBUTES.match(text):  # a macro that writes a part of a tag
        return text
    return "".join(
        part if part.strip() == "·" else _words(part, held, translate)
        for part in re.split(r"(\s·(?=\s|$)|^·(?=\s))", text)
    )


def _words(text: str, held: list[str], translate: Callable[[str], str]) -> str:
    """A sentence in another language; as it is where it has no letter of its own."""
    kept: dict[str, str] = {}
    open_tags: list[str] = []
    count = 0

    def expression(match: re.Match[str]) -> str:
        name = _name(held[int(match[1] or match[2])])
        unique = name
        number = 1
        while f"{{{unique}}}" in kept:
            number += 1
            unique = f"{name}{number}"
        kept[f"{{{unique}}}"] = match[0]
        return f"{{{unique}}}"

    def tag(match: re.Match[str]) -> str:
        nonlocal count
        if match[1]:
            number = open_tags.pop() if open_tags else "0"
            mark = f"</{number}>"
        else:
            count += 1
            open_tags.append(str(count))
            mark = f"<{count}>"
        kept[mark] = _markup(match[0], held, translate)
        return mark

    marked = _HELD.sub(expression, _TAG.sub(tag, text))
    if not _LETTERS.search(_NAMES.sub("", _PLACEHOLDER.sub("", marked))):
        return _restored(marked, kept)
    start, end = _edges(marked)
    message = _SPACE.sub(" ", marked[start:end])
    return _restored(marked[:start] + translate(message) + marked[end:], kept)


def _edges(text: str) -> tuple[int, int]:
    """Where a sentence begins and ends: without the tags that stand around all of it."""
    start, end = len(_LEFT.match(text)[0]), _RIGHT.search(text).start()  # type: ignore[index,union-attr]
    within = text[start:end]
    if sorted(re.findall(r"<(\d+)>", within)) == sorted(re.findall(r"</(\d+)>", within)):
        return start, end
    return len(text) - len(text.lstrip()), len(text.rstrip())


def _restored(text: str, kept: dict[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda match: kept.get(match[0], match[0]), text)


def _name(expression: str) -> str:
    """What an expression is called in a message: the last name of what it shows."""
    if counted := _COUNTED.search(expression):
        return counted[1].replace(",", "").split()[0].casefold()
    bare = re.sub(r"'[^']*'|\"[^\"]*\"", "", expression)
    names = [each for each in _NAME.findall(bare) if each not in _WORDS_OF_JINJA]
    return names[0].rpartition(".")[2] if names else "value"

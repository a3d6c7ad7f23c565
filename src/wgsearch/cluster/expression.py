"""
Filters -> Expression -> the text that a Milvus server reads.

Why typed: a filter pasted into a text can end the condition that it stands in and begin another.
Here names of fields are literals of this module, numbers are numbers, and each text is quoted in
one place; nothing else reaches the server.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from wgsearch.papers import symbols

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from wgsearch.answers import Filters
    from wgsearch.index.dense import Wanted

Number = Literal["row", "paper", "year"]
Text = Literal["kind", "body"]
Texts = Literal["languages", "own", "under", "warnings"]
Flag = Literal["replaced", "recommends"]


@dataclass(frozen=True, slots=True)
class OneOf:
    """
    A field is one of the values; with none, nothing passes.

    Attributes:
        field: Its name.
        values: Numbers or texts, as the field has them.
    """

    field: Number | Text
    values: tuple[int, ...] | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HasAny:
    """
    A field of several texts has one of these; with none, nothing passes.

    Attributes:
        field: Its name.
        values: The texts.
    """

    field: Texts
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """
    A number is no less than the first and no more than the last.

    Attributes:
        field: Its name.
        first: The least.
        last: The most; None for any.
    """

    field: Number
    first: int
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Holds:
    """
    A statement is true.

    Attributes:
        field: Its name.
    """

    field: Flag


@dataclass(frozen=True, slots=True)
class Both:
    """
    All of the parts.

    Attributes:
        parts: One or more.
    """

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """
    One of the parts.

    Attributes:
        parts: One or more.
    """

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """
    What the part is not.

    Attributes:
        part: The part.
    """

    part: Expression


Expression = OneOf | HasAny | Between | Holds | Both | Either | Not


def expression_of(wanted: Wanted, bodies: Iterable[str]) -> Expression | None:
    """
    What filters demand, as the store of an index understands them; None for nothing.

    Args:
        wanted: The filters.
        bodies: Names of all bodies, without case: which of them have a word is told here, since
            servers do not look inside of texts.
    """
    parts = (*_of_fields(wanted.filters, bodies), *_of_symbols(wanted))
    if wanted.spoken:
        parts = (*parts, HasAny("languages", (wanted.spoken,)))
    return Both(parts) if parts else None


def _of_fields(filters: Filters, bodies: Iterable[str]) -> Iterator[Expression]:
    """What is demanded of fields with few values."""
    if filters.kinds:
        yield OneOf("kind", tuple(filters.kinds))
    if filters.bodies:
        asked = [each.casefold() for each in filters.bodies]
        meant = sorted({body for body in bodies if any(each in body for each in asked)})
        yield OneOf("body", tuple(meant))
    if filters.languages:
        yield HasAny("languages", tuple(filters.languages))
    if filters.year_from is not None or filters.year_to is not None:
        # Papers without a date are of year -1, and pass no filter of years.
        yield Between("year", max(0, filters.year_from or 0), filters.year_to)
    if filters.warnings:
        yield HasAny("warnings", tuple(filters.warnings))
    if filters.recommendations:
        yield Holds("recommends")


def _of_symbols(wanted: Wanted) -> Iterator[Expression]:
    """What is demanded of symbols, and of what replaces them."""
    filters = wanted.filters
    if filters.symbols:
        yield HasAny("under", _keys(filters.symbols))
    if filters.not_symbols:
        yield Not(HasAny("own", _keys(filters.not_symbols)))
    if wanted.in_force:
        named = (HasAny("own", _keys(filters.symbols)),) if filters.symbols else ()
        yield Either((Not(Holds("replaced")), *named))


def under(keys: Collection[str]) -> tuple[str, ...]:
    """Keys of symbols, and all their beginnings up to a slash: what `under` holds of a paper."""
    found = {
        key[:end]
        for key in keys
        for end in (*(place for place, sign in enumerate(key) if sign == "/"), len(key))
    }
    return tuple(sorted(found))


def plain(text: str) -> str:
    """
    A text as fields hold it, and filters ask for it: what prints nothing is a space.

    Servers and milvus-lite do not agree on how control characters are escaped, and halves of
    surrogate pairs cannot be sent.
    """
    whole = text.encode("utf-8", "replace").decode()
    return "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in whole)


def narrowed(expression: Expression | None, more: Expression) -> Expression:
    """Both, where there is a first."""
    return more if expression is None else Both((expression, more))


def text_of(expression: Expression | None) -> str:  # noqa: PLR0911 - one for each kind
    """The expression in the words of Milvus; empty for none."""
    match expression:
        case None:
            return ""
        case OneOf(field, values):
            return f"{field} in [{_listed(values)}]" if values else _NOTHING
        case HasAny(field, values):
            return f"array_contains_any({field}, [{_listed(values)}])" if values else _NOTHING
        case Between(field, first, last):
            least = f"{field} >= {int(first)}"
            return least if last is None else f"({least} and {field} <= {int(last)})"
        case Holds(field):
            return f"{field} == true"
        case Both(parts):
            return _joined(" and ", parts)
        case Either(parts):
            return _joined(" or ", parts)
        case Not(part):
            return f"not ({text_of(part)})"


_NOTHING = "row < 0"


def _joined(word: str, parts: tuple[Expression, ...]) -> str:
    """Parts in brackets of their own: none depends on what binds tighter."""
    return word.join(f"({text_of(each)})" for each in parts)


def _listed(values: tuple[int, ...] | tuple[str, ...]) -> str:
    """Values as literals."""
    return ", ".join(_quoted(each) if isinstance(each, str) else str(int(each)) for each in values)


def _quoted(text: str) -> str:
    """A text as one literal: what would end it is escaped, as JSON and all servers have it."""
    return json.dumps(plain(text), ensure_ascii=False)


def _keys(wanted: Iterable[str]) -> tuple[str, ...]:
    """What symbols are compared by, once each."""
    return tuple(dict.fromkeys(symbols.key(each) for each in wanted))

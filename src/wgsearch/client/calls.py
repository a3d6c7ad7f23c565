"""
An operation with its arguments -> a `Call`: what is sent, and how the answer is read.

Why a record: an operation is written once, and both clients send it.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.message import Message
from pathlib import PureWindowsPath
from typing import TYPE_CHECKING, Generic, TypeVar
from urllib.parse import quote

from pydantic import ValidationError

from wgsearch.api.wire.model import Wire
from wgsearch.client.errors import UnexpectedAnswerError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import httpx

T_co = TypeVar("T_co", covariant=True)
W = TypeVar("W", bound=Wire)

Value = str | int | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """
    A file that was sent.

    Attributes:
        name: Its name, never with a folder; None where none was sent.
        media_type: Its type of content.
        content: Its bytes.
    """

    name: str | None
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Generic[T_co]):
    """
    A request of one operation, and how its answer is read.

    Attributes:
        operation: The operationId of the OpenAPI document.
        method: HTTP method.
        path: Path from the root of the service, percent-encoded.
        parameters: Of the query, in order; a repeated name means either value.
        content: Body, or None.
        media_type: Its type of content.
        accept: Type of content that is wanted where there are several, or None.
        is_read: It changes nothing, so that it may be asked again.
        read: Makes the answer of a response.
    """

    operation: str
    method: str
    path: str
    read: Callable[[httpx.Response], T_co]
    parameters: tuple[tuple[str, str], ...] = ()
    content: bytes | None = None
    media_type: str = "application/json"
    accept: str | None = None
    is_read: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream(Generic[T_co]):
    """
    A request whose answer comes in lines.

    Attributes:
        call: What is sent.
        read_line: Makes what a line says of it.
    """

    call: Call[httpx.Response]
    read_line: Callable[[str], T_co]


def path_of(template: str, **values: str) -> str:
    """
    A path with its parameters filled in; slashes of a symbol or an id stay slashes.

    Raises:
        ValueError: A value is empty, or has a segment of dots: it would name another address.
    """
    for name, value in values.items():
        if not value or {".", ".."} & set(value.split("/")):
            raise ValueError(f"{name} is {value!r}; give one as the API prints it")
    filled = {
        name: quote(value, safe="/" if name in {"symbol", "id"} else "")
        for name, value in values.items()
    }
    return template.format(**filled)


def parameters_of(
    given: Mapping[str, Value | Sequence[Value] | None],
) -> tuple[tuple[str, str], ...]:
    """Parameters of a query: what is None is left out, what is a list is repeated."""
    pairs: list[tuple[str, str]] = []
    for name, value in given.items():
        if value is None:
            continue
        several = [value] if isinstance(value, str | int) else value
        pairs.extend((name, _text(each)) for each in several)
    return tuple(pairs)


def _text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def reading(model: type[W]) -> Callable[[httpx.Response], W]:
    """Reads an answer as an object of the API; keys that it does not know are left out."""

    def read(response: httpx.Response) -> W:
        try:
            return model.model_validate_json(response.content)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            place = ".".join(str(each) for each in first["loc"]) or "the body"
            raise UnexpectedAnswerError(
                f"{response.request.url} answered no {model.__name__} that this client knows:"
                f" {place}: {first['msg']}; use a client of the service's version or an earlier one"
            ) from error

    return read


def read_text(response: httpx.Response) -> str:
    """Reads an answer as text."""
    return response.text


def as_it_is(response: httpx.Response) -> httpx.Response:
    """Leaves reading to whoever asked."""
    return response


def read_file(response: httpx.Response) -> File:
    """Reads an answer as a file."""
    head = Message()
    head["Content-Disposition"] = response.headers.get("Content-Disposition", "")
    # Of a name that whoever saves it may trust nothing but the last segment is kept.
    name = PureWindowsPath(head.get_filename() or "").name
    return File(
        name=name or None,
        media_type=response.headers.get("Content-Type", "").partition(";")[0],
        content=response.content,
    )

"""
The body of a request -> the text or the file that somebody sent: JSON, a form, or the file itself.

Why read here and not by the framework: a form must not be kept in memory twice nor written to a
disk without a limit, and the guard has counted the body already.
"""

from __future__ import annotations

import json
import tempfile
from email.parser import BytesParser
from email.policy import HTTP
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qs

from wgsearch.api import problems
from wgsearch.briefing.source import agenda_in_text, agenda_in_upload
from wgsearch.drafts import Draft, draft_of_paper, draft_of_text
from wgsearch.errors import NotAnAgendaError
from wgsearch.papers.children import read_one

if TYPE_CHECKING:
    from starlette.requests import Request

    from wgsearch.briefing.source import Brought

_JSON = "application/json"
_FORM = "application/x-www-form-urlencoded"
_PARTS = "multipart/form-data"
# Endings by type of content, where a file comes without a name: its reader goes by them.
_ENDINGS = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "text/plain": ".txt",
}
_READ = frozenset({".pdf", ".docx", ".txt", ".md"})
# Bytes that files of a kind begin with: browsers name any file as they please.
_BEGINNINGS = ((b"%PDF-", ".pdf"), (b"PK\x03\x04", ".docx"))


class Sent(NamedTuple):
    """
    What somebody sent.

    Attributes:
        text: Pasted text; empty where there is none.
        name: Name of a file; empty where there is none.
        content: Its bytes.
        fields: Other fields of a form or keys of an object.
    """

    text: str
    name: str
    content: bytes
    fields: dict[str, tuple[str, ...]]


async def sent(request: Request, known: frozenset[str]) -> Sent:
    """
    The text or file of a request.

    Args:
        request: The request.
        known: Names of fields that may come beside `text` and `file`.

    Raises:
        RefusedError: The body is of another type, or is malformed, or has a field that is unknown.
    """
    body = await request.body()
    kind = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    if kind == _JSON:
        found = _of_json(body)
    elif kind == _FORM:
        fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
        found = _of_fields({name: tuple(values) for name, values in fields.items()})
    elif kind == _PARTS:
        found = _of_parts(request.headers["content-type"], body)
    elif kind in {*_ENDINGS, "application/octet-stream"}:
        ending = _ENDINGS.get(kind, "")
        found = Sent("", f"draft{ending or _ending('', body)}", body, {})
    else:
        detail = "The body is no JSON, no form, and no PDF, DOCX or text file."
        raise problems.RefusedError(problems.Problem(kind=problems.MEDIA, detail=detail))
    if unknown := sorted(set(found.fields) - known):
        items = [problems.unknown_parameter(each, sorted({*known, "text"})) for each in unknown]
        raise problems.RefusedError(problems.invalid(items))
    return found


def draft_of(found: Sent) -> Draft:
    """
    The draft that was sent; a file goes before pasted text.

    A file is read in a child process with limits, from a folder of its own that is removed.

    Raises:
        EmptyDraftError: There is none, or it holds no paragraph.
        PaperUnreadableError: The file could not be read.
    """
    if not found.content:
        return draft_of_text(found.text)
    with tempfile.TemporaryDirectory(prefix="wgsearch-") as folder:
        # Nothing of the name that was sent reaches the disk but its ending.
        path = Path(folder) / f"draft{_ending(found.name, found.content)}"
        path.write_bytes(found.content)
        return draft_of_paper(read_one(path))


def brought_in(found: Sent) -> Brought:
    """
    The agenda that was sent; a file goes before pasted text.

    Raises:
        NotAnAgendaError: There is none, or it holds no items.
        PaperUnreadableError: The file could not be read.
    """
    if found.content:
        return agenda_in_upload(found.content, _ending(found.name, found.content))
    if not found.text.strip():
        raise NotAnAgendaError("nothing was sent; paste the text of an agenda, or choose its file")
    return agenda_in_text(found.text)


def _ending(name: str, content: bytes) -> str:
    """Ending of a file by which it is read: what its first bytes say, else its name."""
    for beginning, ending in _BEGINNINGS:
        if content.startswith(beginning):
            return ending
    given = PurePosixPath(name).suffix.casefold()
    return given if given in _READ else ".txt"


def _of_json(body: bytes) -> Sent:
    """Text and fields of a JSON object."""
    try:
        found: Any = json.loads(body)
    except ValueError as error:
        raise _malformed("The body is no JSON.") from error
    if not isinstance(found, dict) or not isinstance(found.get("text"), str):
        raise _malformed('The body is no object with `text`, for instance {"text": "1. …"}.')
    text = found.pop("text")
    fields: dict[str, tuple[str, ...]] = {}
    for name, value in found.items():
        values = value if isinstance(value, list) else [value]
        if not all(isinstance(each, str) for each in values):
            raise _malformed(f"`{name}` is no text and no list of texts.")
        fields[name] = tuple(values)
    return Sent(text, "", b"", fields)


def _of_fields(fields: dict[str, tuple[str, ...]]) -> Sent:
    """Text and fields of a form."""
    return Sent("\n".join(fields.pop("text", ())), "", b"", fields)


def _of_parts(kind: str, body: bytes) -> Sent:
    """Text, file and fields of a form in parts, as browsers send it."""
    head = f"Content-Type: {kind}\r\n\r\n".encode("latin-1", "replace")
    message = BytesParser(policy=HTTP).parsebytes(head + body)
    if not message.is_multipart():
        raise _malformed("The form has no parts.")
    fields: dict[str, tuple[str, ...]] = {}
    name, content = "", b""
    for part in message.iter_parts():
        field = part.get_param("name", header="content-disposition")
        value = part.get_payload(decode=True)
        value = value if isinstance(value, bytes) else b""
        file = part.get_filename()
        if file is not None or field == "file":
            if value:  # browsers send an empty one where none was chosen
                name, content = file or "", value
        elif isinstance(field, str):
            fields[field] = (*fields.get(field, ()), value.decode("utf-8", "replace"))
    return _of_fields(fields)._replace(name=name, content=content)


def _malformed(detail: str) -> problems.RefusedError:
    """A refusal of a body that cannot be understood."""
    return problems.RefusedError(problems.Problem(kind=problems.MALFORMED, detail=detail))

"""
An answer that is no good one -> the error that it is: one class by who can do something about it.

ClientError
├── UnreachableError         nothing answered at the address
│   └── TimedOutError          not within the time that is waited
├── UnexpectedAnswerError    what answered is not this API, or of another version
└── ProblemError             the service says what is wrong (RFC 9457)
    ├── RefusedError           the caller can do something
    │   ├── NotAllowedError      401, 403: a key is missing, or may not do this
    │   ├── NotFoundError        404: no such paper, paragraph, item, topic; `near` names others
    │   ├── InvalidRequestError  422: parameters or a body, named one by one in `errors`
    │   └── LimitedError         429: too much at a time; `retry_after_s`
    └── ServiceError           the operator can
        └── UnavailableError     503: not now; `retry_after_s`
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from wgsearch.client.retries import retry_after_s

if TYPE_CHECKING:
    import httpx

_REQUEST_ID = "X-Request-ID"
_SERVER_FAULT = 500
_SHOWN_CHARACTERS = 200


class ClientError(Exception):
    """Anything that the client raises on purpose."""


class UnreachableError(ClientError):
    """Nothing answered at the address."""


class TimedOutError(UnreachableError):
    """It did not answer within the time that is waited."""


class UnexpectedAnswerError(ClientError):
    """What answered is not this API, or a version that lacks what this client reads."""


class Wrong(BaseModel):
    """
    One thing that is wrong with a request.

    Attributes:
        pointer: JSON pointer to the value, in the body or among the parameters.
        name: The parameter.
        detail: What is wrong with it.
        near: The nearest that would have been right.
    """

    pointer: str = ""
    name: str = ""
    detail: str = ""
    near: str | None = None


class _Sent(BaseModel):
    """A problem as RFC 9457 has it: no member is certain, a proxy sends others than we do."""

    type: str = "about:blank"
    title: str = ""
    detail: str = ""
    remedy: str | None = None
    instance: str | None = None
    errors: list[Wrong] = []
    near: list[str] = []


class ProblemError(ClientError):
    """
    The service says what is wrong.

    Attributes:
        status: HTTP status code.
        type: Address of a page that explains this kind of error, and what to do.
        kind: Its last segment, for instance `unknown-symbol`: what a program asks for.
        title: What it is, the same for each occurrence.
        detail: What happened this time.
        remedy: What to do, the same for each occurrence; None from a service that does not say.
        request_id: What the operator finds the request by in the log; None where it was not sent.
        errors: What is wrong with the request, one by one.
        near: Symbols or names that resemble the one asked for, best first.
        retry_after_s: Seconds after which to ask again; None where the service names none.
    """

    def __init__(
        self, status: int, sent: _Sent, request_id: str | None, wait_s: float | None
    ) -> None:
        self.status = status
        self.type = sent.type
        self.kind = sent.type.rstrip("/").rpartition("/")[2]
        self.title = sent.title
        self.detail = sent.detail
        self.remedy = sent.remedy
        self.request_id = request_id or sent.instance
        self.errors = tuple(sent.errors)
        self.near = tuple(sent.near)
        self.retry_after_s = wait_s
        super().__init__(_words(self))


class RefusedError(ProblemError):
    """The caller can do something about it."""


class NotAllowedError(RefusedError):
    """A key is missing, or may not do this."""


class NotFoundError(RefusedError):
    """There is no such paper, paragraph, item or topic."""


class InvalidRequestError(RefusedError):
    """Parameters or a body that cannot be meant."""


class LimitedError(RefusedError):
    """Too much was asked at a time."""


class ServiceError(ProblemError):
    """The operator can do something about it."""


class UnavailableError(ServiceError):
    """The service cannot answer now."""


_BY_STATUS: dict[int, type[ProblemError]] = {
    401: NotAllowedError,
    403: NotAllowedError,
    404: NotFoundError,
    422: InvalidRequestError,
    429: LimitedError,
    503: UnavailableError,
}


def problem_of(response: httpx.Response) -> ProblemError:
    """The error that an answer of status 400 or more is, whoever made it."""
    status = response.status_code
    default = ServiceError if status >= _SERVER_FAULT else RefusedError
    return _BY_STATUS.get(status, default)(
        status,
        _sent(response),
        response.headers.get(_REQUEST_ID),
        retry_after_s(response.headers.get("Retry-After")),
    )


def problem_in_line(found: dict[str, Any]) -> ProblemError | None:
    """The error that a line of a stream is, after it began well; None where it is none."""
    status = found.get("status")
    if not isinstance(status, int) or "type" not in found:
        return None
    default = ServiceError if status >= _SERVER_FAULT else RefusedError
    return _BY_STATUS.get(status, default)(status, _Sent.model_validate(found), None, None)


def _sent(response: httpx.Response) -> _Sent:
    """The problem in a body; of one that is none, what can be told."""
    try:
        found: Any = response.json()
        return _Sent.model_validate(found)
    except (ValueError, ValidationError):
        said = " ".join(response.text.split())[:_SHOWN_CHARACTERS]
        return _Sent(title=f"{response.status_code} {response.reason_phrase}".strip(), detail=said)


def _words(problem: ProblemError) -> str:
    """What it is, what happened, what to do, by what the operator finds it."""
    said = [f"{problem.title}: {problem.detail}" if problem.detail else problem.title]
    if problem.remedy and problem.remedy not in problem.detail:
        said.append(problem.remedy)
    if problem.near and not any(each in problem.detail for each in problem.near):
        said.append(f"Near: {', '.join(problem.near)}.")
    if problem.request_id:
        said.append(f"[request {problem.request_id}]")
    return " ".join(said)

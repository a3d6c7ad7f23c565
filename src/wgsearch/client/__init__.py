"""
The API from another program: typed questions and answers, errors that say what to do.

    from wgsearch.client import Client

    with Client("http://127.0.0.1:8000") as papers:
        for hit in papers.search("recruitment fees", k=3).hits:
            print(hit.citation, hit.text)

`AsyncClient` has the same methods, to be awaited. How the API is used: docs/api.md.
"""

try:
    import httpx as _httpx
except ImportError as error:
    raise ImportError(
        "wgsearch.client needs httpx; install the extra: pip install 'wgsearch[client]'"
    ) from error

from wgsearch.client import operations
from wgsearch.client.calls import Call, File, Stream
from wgsearch.client.clients import AsyncClient, Client
from wgsearch.client.errors import (
    ClientError,
    InvalidRequestError,
    LimitedError,
    NotAllowedError,
    NotFoundError,
    ProblemError,
    RefusedError,
    ServiceError,
    TimedOutError,
    UnavailableError,
    UnexpectedAnswerError,
    UnreachableError,
)
from wgsearch.client.retries import Retries

__all__ = [
    "AsyncClient",
    "Call",
    "Client",
    "ClientError",
    "File",
    "InvalidRequestError",
    "LimitedError",
    "NotAllowedError",
    "NotFoundError",
    "ProblemError",
    "RefusedError",
    "Retries",
    "ServiceError",
    "Stream",
    "TimedOutError",
    "UnavailableError",
    "UnexpectedAnswerError",
    "UnreachableError",
    "operations",
]

del _httpx

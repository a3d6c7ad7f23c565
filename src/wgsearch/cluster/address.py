"""
an address as it is set -> Address: where a server is, and whether it may be asked.

Why refused and not warned of: whoever reads the network between two machines reads the questions,
and whoever can connect can drop every collection.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from wgsearch.errors import ServerRefusedError

_PORT = 19530
_FILE = ".db"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """
    Where a server is.

    Attributes:
        uri: As its client wants it: `http://`, `https://`, or a file.
        token: What proves who asks; None for nothing.
        is_file: It is a file of this machine, which no server reads.
    """

    uri: str
    token: str | None = field(default=None, repr=False)
    is_file: bool = False


def address_of(text: str, *, token: str | None = None, trusted: bool = False) -> Address:
    """
    An address that may be asked.

    Args:
        text: `http://HOST:PORT`, `https://HOST:PORT`, or a file whose name ends in `.db`.
        token: `USER:PASSWORD`, or a key.
        trusted: The network to the server is known to be closed: plain text and nobody's name
            are enough.

    Raises:
        ServerRefusedError: It is no such address, or not safe.
    """
    if "://" not in text and text.endswith(_FILE):
        return Address(uri=text, is_file=True)
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port or _PORT
    except ValueError as error:
        raise _wrong(text) from error
    if parts.scheme not in {"http", "https"} or not host or parts.path not in {"", "/"}:
        raise _wrong(text)
    if parts.username or parts.password:
        raise ServerRefusedError(
            f"the address of the Milvus server at {host!r} holds a user or password, which logs "
            "would show; put them into WGSEARCH_MILVUS_TOKEN as USER:PASSWORD"
        )
    missing = [
        *(["https"] if parts.scheme == "http" else []),
        *([] if token else ["WGSEARCH_MILVUS_TOKEN"]),
    ]
    if missing and not _is_loopback(host) and not trusted:
        raise ServerRefusedError(
            f"the Milvus server at {host!r} is on another machine and would be asked without "
            f"{' and '.join(missing)}: whoever is between reads questions, whoever connects can "
            "drop collections; set these, or WGSEARCH_MILVUS_TRUSTED=true in a closed network"
        )
    shown = f"[{host}]" if ":" in host else host
    return Address(uri=f"{parts.scheme}://{shown}:{port}", token=token)


def _is_loopback(host: str) -> bool:
    """Whether a host is this machine for certain; a name may be resolved to anything."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _wrong(text: str) -> ServerRefusedError:
    return ServerRefusedError(
        f"{text!r} is no address of a Milvus server; expected http://HOST:PORT, "
        "https://HOST:PORT, or a file whose name ends in .db"
    )

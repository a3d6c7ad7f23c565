"""
an address as it is typed -> host and port of a Ray cluster that may be joined, or why not.

Why refused and not warned of: whoever can connect to a cluster without a token runs programs on
all of its machines.
"""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from wgsearch.errors import ServerRefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping

_ADDRESS = re.compile(r"(?:\[(?P<six>[0-9a-fA-F:]+)\]|(?P<host>[A-Za-z0-9._-]+)):(?P<port>\d{1,5})")
_LAST_PORT = 65535


class Head(NamedTuple):
    """Where the head of a cluster is asked."""

    host: str
    port: int

    def __str__(self) -> str:
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return f"{shown}:{self.port}"


def head_of(
    text: str, environment: Mapping[str, str], *, home: Path, trusted: bool = False
) -> Head:
    """
    The head of a cluster that may be joined.

    Args:
        text: `HOST:PORT`, as `ray start --head` says it.
        environment: Variables of this process: they say whether Ray proves who asks.
        home: Where Ray looks for a token that no variable names.
        trusted: The network to the cluster is known to be closed: no token is needed.

    Raises:
        ServerRefusedError: It is no such address, or not safe.
    """
    match = _ADDRESS.fullmatch(text)
    if match is None or not 0 < int(match["port"]) <= _LAST_PORT:
        raise ServerRefusedError(
            f"{text!r} is no address of a Ray cluster; expected HOST:PORT, as `ray start --head` "
            "says it, and this machine must be one of the cluster (`ray start --address=HOST:PORT`)"
        )
    head = Head(match["six"] or match["host"], int(match["port"]))
    if _is_loopback(head.host) or trusted or _has_token(environment, home):
        return head
    raise ServerRefusedError(
        f"the Ray cluster at {str(head)!r} is on another machine and would be joined without a "
        "token: whoever can connect to such a cluster runs programs on it; set "
        "RAY_AUTH_MODE=token and RAY_AUTH_TOKEN_PATH here and on its machines, or say "
        "--ray-trusted in a closed network"
    )


def _has_token(environment: Mapping[str, str], home: Path) -> bool:
    """Whether Ray asks for a token, and has one."""
    if environment.get("RAY_AUTH_MODE", "").lower() != "token":
        return False
    if environment.get("RAY_AUTH_TOKEN", "").strip():
        return True
    named = environment.get("RAY_AUTH_TOKEN_PATH")
    path = Path(named) if named else home / ".ray" / "auth_token"
    try:
        return bool(path.read_text(encoding="utf-8").strip())
    except (OSError, ValueError):
        return False


def _is_loopback(host: str) -> bool:
    """Whether a host is this machine for certain; a name may be resolved to anything."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

"""
an address -> where it may be connected to, or the reason to refuse it.

Why numbers are looked at, and once: a name that is allowed can be made to lead into the network
that this runs in, and can lead elsewhere the next time it is looked up. What was checked is what
is connected to.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from wgsearch.errors import PaperNotFetchedError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_HTTPS_PORT = 443
# What addresses are spelled with: ASCII that prints, and no space.
_LETTERS = re.compile(r"[!-~]+")
# An IPv4 address within an IPv6 one, by which a translator leads back to it (RFC 6052).
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


def _resolved(host: str, port: int) -> Sequence[str]:
    """Numbers that a name stands for."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(each[4][0]) for each in found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """
    What may be connected to.

    Attributes:
        hosts: Names of hosts, exactly; nothing else is asked.
        loopback: This machine alone, also without encryption: for the server of a test. No
            setting sets it.
        inside: They may be of the network that this runs in, at any port, by https.
        resolve: Host and port to numbers.
    """

    hosts: tuple[str, ...]
    loopback: bool = False
    inside: bool = False
    resolve: Callable[[str, int], Sequence[str]] = _resolved

    def refuse(self, address: str) -> None:
        """
        Refuse an address by its words, before anything is looked up.

        Raises:
            PaperNotFetchedError: `address_refused`, with the reason.
        """
        try:
            parts = urlsplit(address)
            port = parts.port
        except ValueError as error:
            raise _refused(address, f"it is no address ({error})") from error
        host = parts.hostname or ""
        if parts.scheme != "https" and not (self.loopback and parts.scheme == "http"):
            raise _refused(address, "only https is used")
        if parts.username is not None or parts.password is not None:
            raise _refused(address, "it names a user")
        if not _LETTERS.fullmatch(address):
            raise _refused(address, "it holds spaces or letters that addresses do not have")
        if host not in self.hosts or not _is_plain(parts, host):
            known = ", ".join(self.hosts) or "none"
            raise _refused(
                address, f"the host {host!r} is not in the list of WGSEARCH_FETCH_HOSTS ({known})"
            )
        if not (self.loopback or self.inside) and port not in {None, _HTTPS_PORT}:
            raise _refused(address, f"port {port} is not the one of https")

    def numbers(self, host: str, port: int) -> tuple[str, ...]:
        """
        Numbers that a host may be connected to by.

        Raises:
            PaperNotFetchedError: `address_refused`: the name is not listed, or one of its numbers
                is none of the public network; `unreachable`: it has none.
        """
        if host not in self.hosts:
            raise _refused(host, "the host is not in the list of WGSEARCH_FETCH_HOSTS")
        try:
            found = tuple(self.resolve(host, port))
        except OSError as error:
            reason = f"the name {host!r} is not known here ({error.strerror or error})"
            raise PaperNotFetchedError("unreachable", f"{reason}; look at the network") from error
        if not found:
            raise PaperNotFetchedError("unreachable", f"the name {host!r} has no number")
        for number in found:
            if not self._is_allowed(number):
                # One is enough: of two numbers, one harmless, the other one is the attack.
                raise _refused(host, f"it leads to {number}, which is not in the public network")
        return found

    def _is_allowed(self, number: str) -> bool:
        address = ipaddress.ip_address(number.partition("%")[0])
        if "%" in number:
            return False
        if self.loopback:
            return address.is_loopback
        return self.inside or is_public(address)


def is_public(address: Address) -> bool:
    """
    Whether an address, and what it leads to, is one of the public network.

    IPv4 addresses that are mapped into IPv6 ones are not, whatever they are: no name has any.
    """
    if isinstance(address, ipaddress.IPv6Address):
        if address in _TRANSLATED:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        inner = [address.sixtofour, *(address.teredo or ())]
        if any(each is not None and not is_public(each) for each in inner):
            return False
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified
    )


def _is_plain(parts: SplitResult, host: str) -> bool:
    """Whether a host stands in an address as it is listed: no other case, no dot behind it."""
    return parts.netloc.partition(":")[0] == host


def _refused(address: str, why: str) -> PaperNotFetchedError:
    return PaperNotFetchedError("address_refused", f"{address!r} is not asked: {why}")

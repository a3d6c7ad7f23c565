"""Nothing but what is listed is asked, and nothing within the network that this runs in."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wgsearch.errors import PaperNotFetchedError
from wgsearch.fetching.addresses import Access, is_public

PUBLIC = "93.184.215.14"
ACCESS = Access(hosts=("documents.un.org",), resolve=lambda *_: (PUBLIC,))


@pytest.mark.parametrize(
    "address",
    [
        "https://documents.un.org/api/symbol/access?s=A/RES/77/1&l=en",
        "https://documents.un.org:443/",
    ],
)
def test_what_is_listed_may_be_asked(address: str) -> None:
    """A listed name over https."""
    ACCESS.refuse(address)


@pytest.mark.parametrize(
    "address",
    [
        "http://documents.un.org/",
        "ftp://documents.un.org/",
        "file:///etc/passwd",
        "//documents.un.org/",
        "documents.un.org/",
        "https://documents.un.org:8443/",
        "https://documents.un.org:99999/",
        "https://user@documents.un.org/",
        "https://documents.un.org@evil.example/",
        "https://evil.example/?documents.un.org",
        "https://documents.un.org.evil.example/",
        "https://xdocuments.un.org/",
        "https://sub.documents.un.org/",
        "https://documents.un.org./",
        "https://DOCUMENTS.un.org/",
        "https://documents.un.org\\@evil.example/",
        "https://documents.un.org\t.evil.example/",
        "https://documents.un.org/a b",
        "https://documents.un.org/\r\nHost: evil.example",
        "https://d\u043ecuments.un.org/",
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://127.1/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:7f00:1]/",
        "https://[::1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://localhost/",
        "https:///nothing",
        "",
    ],
)
def test_anything_else_is_refused_by_its_words(address: str) -> None:
    """Other schemes, ports, users, near names, numbers in any spelling: nobody is asked."""
    with pytest.raises(PaperNotFetchedError, match="is not asked") as caught:
        ACCESS.refuse(address)
    assert caught.value.code == "address_refused"


NOT_PUBLIC = (
    "127.0.0.1",
    "127.8.9.10",
    "0.0.0.0",  # noqa: S104 - refused, not bound
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "2001:db8::1",
    "::ffff:93.184.215.14",
    "::ffff:10.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "2002:7f00:1::",
    "2002:c0a8:101::1",
    "2001:0:7f00:1::1",
    "fe80::1%eth0",
)


@pytest.mark.parametrize("number", NOT_PUBLIC)
def test_a_listed_name_that_leads_inside_is_refused(number: str) -> None:
    """Private, link-local, mapped, translated, tunnelled: the name does not matter."""
    access = Access(hosts=("documents.un.org",), resolve=lambda *_: (number,))
    with pytest.raises(PaperNotFetchedError, match="not in the public network"):
        access.numbers("documents.un.org", 443)


def test_one_number_inside_is_enough() -> None:
    """A name that stands for a public number and for a private one is refused whole."""
    access = Access(hosts=("documents.un.org",), resolve=lambda *_: (PUBLIC, "10.0.0.1"))
    with pytest.raises(PaperNotFetchedError, match=r"leads to 10\.0\.0\.1"):
        access.numbers("documents.un.org", 443)


@pytest.mark.parametrize("number", [PUBLIC, "2606:2800:21f:cb07::1", "64:ff9b::5db8:d70e"])
def test_public_numbers_are_public(number: str) -> None:
    """What is refused is not everything."""
    assert is_public(ipaddress.ip_address(number))


def test_loopback_for_tests_is_loopback_only() -> None:
    """The argument that tests use opens this machine, and no other one."""
    access = Access(hosts=("localhost",), loopback=True, resolve=lambda *_: ("10.0.0.1",))
    access.refuse("http://localhost:8000/")
    with pytest.raises(PaperNotFetchedError, match="not in the public network"):
        access.numbers("localhost", 80)
    with pytest.raises(PaperNotFetchedError, match="only https"):
        Access(hosts=("localhost",)).refuse("http://localhost/")


def test_a_name_without_numbers_is_unreachable() -> None:
    """The network is at fault, and can be looked at."""

    def unknown(*_: object) -> tuple[str, ...]:
        raise OSError(-2, "Name or service not known")

    for resolve in (unknown, lambda *_: ()):
        access = Access(hosts=("documents.un.org",), resolve=resolve)
        with pytest.raises(PaperNotFetchedError, match=r"documents\.un\.org") as caught:
            access.numbers("documents.un.org", 443)
        assert caught.value.code == "unreachable"


@given(
    inside=st.one_of(
        st.ip_addresses(network="10.0.0.0/8"),
        st.ip_addresses(network="127.0.0.0/8"),
        st.ip_addresses(network="169.254.0.0/16"),
        st.ip_addresses(network="172.16.0.0/12"),
        st.ip_addresses(network="192.168.0.0/16"),
        st.ip_addresses(network="100.64.0.0/10"),
    )
)
def test_an_address_inside_is_refused_in_whatever_it_is_wrapped(
    inside: ipaddress.IPv4Address,
) -> None:
    """As it is, mapped, compatible, translated, by 6to4, by Teredo."""
    number = int(inside)
    prefixes = (0xFFFF << 32, 0, 0x64FF9B << 96, 0x2002 << 112)
    wrapped = [ipaddress.IPv6Address(prefix | number) for prefix in prefixes[:3]]
    wrapped.append(ipaddress.IPv6Address(prefixes[3] | number << 80))
    wrapped.append(ipaddress.IPv6Address(0x20010000 << 96 | number << 64 | 1))
    wrapped.append(ipaddress.IPv6Address(0x20010000 << 96 | 1 << 64 | (number ^ 0xFFFFFFFF)))
    assert not any(is_public(each) for each in (inside, *wrapped))

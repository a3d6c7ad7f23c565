"""Which servers are asked: this machine in plain text, others only where nobody can listen."""

from __future__ import annotations

import pytest

from wgsearch.cluster.address import Address, address_of
from wgsearch.errors import ServerRefusedError


@pytest.mark.parametrize(
    ("text", "uri"),
    [
        ("http://127.0.0.1:19530", "http://127.0.0.1:19530"),
        ("http://localhost", "http://localhost:19530"),
        ("http://[::1]:7/", "http://[::1]:7"),
    ],
)
def test_this_machine_may_be_plain(text: str, uri: str) -> None:
    """On this machine nobody listens in, and no key is needed."""
    assert address_of(text) == Address(uri=uri)


def test_a_file_is_no_server() -> None:
    """A name that ends in .db is a file of milvus-lite."""
    assert address_of("/tmp/try.db") == Address(uri="/tmp/try.db", is_file=True)  # noqa: S108 - not opened


@pytest.mark.parametrize(
    ("text", "token", "lacking"),
    [
        ("http://milvus.example", None, "https and WGSEARCH_MILVUS_TOKEN"),
        ("http://milvus.example", "a:b", "without https:"),
        ("https://milvus.example", None, "without WGSEARCH_MILVUS_TOKEN:"),
        ("http://10.0.0.7:19530", None, "https and WGSEARCH_MILVUS_TOKEN"),
        ("http://localhost.example", None, "https and WGSEARCH_MILVUS_TOKEN"),
    ],
)
def test_others_are_refused_in_plain_text(text: str, token: str | None, lacking: str) -> None:
    """Off this machine, what is missing is said, and how to set it."""
    with pytest.raises(ServerRefusedError, match=lacking):
        address_of(text, token=token)


def test_others_are_asked_safely_or_on_ones_own_word() -> None:
    """With https and a key, or where the network is said to be closed, others are asked."""
    safe = address_of("https://milvus.example:443", token="a:b")  # noqa: S106 - invented
    assert safe.uri == "https://milvus.example:443"
    assert "a:b" not in repr(safe)
    assert address_of("http://10.0.0.7", trusted=True).uri == "http://10.0.0.7:19530"


@pytest.mark.parametrize(
    "text", ["milvus", "ftp://127.0.0.1", "http://", "http://h:x", "http://h/db"]
)
def test_what_is_no_address_is_said(text: str) -> None:
    """A wrong address is quoted, with the forms that there are."""
    with pytest.raises(ServerRefusedError, match=r"is no address of a Milvus server; expected"):
        address_of(text)


def test_a_password_in_an_address_is_refused() -> None:
    """Addresses stand in logs and messages; passwords do not."""
    with pytest.raises(ServerRefusedError, match="WGSEARCH_MILVUS_TOKEN") as refused:
        address_of("https://me:hidden@milvus.example")
    assert "hidden" not in str(refused.value)

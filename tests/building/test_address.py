"""Which clusters are joined: on this machine, or where whoever asks is proved by a token."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wgsearch.building.address import head_of
from wgsearch.errors import ServerRefusedError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("127.0.0.1:6379", "127.0.0.1:6379"),
        ("localhost:6379", "localhost:6379"),
        ("[::1]:6379", "[::1]:6379"),
    ],
)
def test_this_machine_needs_no_token(text: str, shown: str, tmp_path: Path) -> None:
    """A cluster on loopback is joined as it is."""
    assert str(head_of(text, {}, home=tmp_path)) == shown


@pytest.mark.parametrize(
    "text",
    ["", "auto", "ray://127.0.0.1:10001", "127.0.0.1", "127.0.0.1:0", "a b:1", "h:65536", "h:1/x"],
)
def test_what_is_no_address_is_quoted(text: str, tmp_path: Path) -> None:
    """The message says what an address looks like."""
    with pytest.raises(ServerRefusedError, match="is no address of a Ray cluster; expected HOST"):
        head_of(text, {}, home=tmp_path, trusted=True)


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"RAY_AUTH_TOKEN": "secret"},
        {"RAY_AUTH_MODE": "disabled", "RAY_AUTH_TOKEN": "secret"},
        {"RAY_AUTH_MODE": "token"},
        {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": " "},
        {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN_PATH": "/nowhere/token"},
    ],
)
@pytest.mark.parametrize("text", ["ray.example:6379", "10.0.0.7:6379", "127.0.0.1.example:6379"])
def test_another_machine_without_a_token_is_refused(
    text: str, environment: dict[str, str], tmp_path: Path
) -> None:
    """A token that is not asked for, or not there, proves nothing."""
    with pytest.raises(ServerRefusedError, match="RAY_AUTH_MODE=token"):
        head_of(text, environment, home=tmp_path)
    assert head_of(text, environment, home=tmp_path, trusted=True).port == 6379


def test_a_token_is_found_where_ray_looks_for_it(tmp_path: Path) -> None:
    """In a variable, in the file that one names, and in the home folder."""
    mode = {"RAY_AUTH_MODE": "token"}
    assert head_of("ray.example:1", mode | {"RAY_AUTH_TOKEN": "secret"}, home=tmp_path)
    (tmp_path / ".ray").mkdir()
    token = tmp_path / ".ray" / "auth_token"
    token.write_text("secret\n")
    named = {"RAY_AUTH_TOKEN_PATH": str(token)}
    assert head_of("ray.example:1", mode | named, home=tmp_path / "other")
    assert head_of("ray.example:1", mode, home=tmp_path)

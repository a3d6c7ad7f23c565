"""Keys: known by their hashes, taken while they hold, refused afterwards."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from wgsearch.errors import KeysUnreadableError, UnknownKeyError
from wgsearch.keys import Scope, add_key, key_of, read_keys, revoke_key, rotate_key

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 3, 2, tzinfo=UTC)
DAY = timedelta(days=1)


def _opens(file: Path, token: str, now: datetime = NOW) -> bool:
    return key_of(token, read_keys(file), now) is not None


def test_a_key_is_taken_and_kept_as_a_hash(tmp_path: Path) -> None:
    """The token opens its key; the file, for its owner alone, holds no part of the secret."""
    file = tmp_path / "in" / "keys.json"
    key, token = add_key(file, "library", (Scope.UPLOAD,), NOW, lasts=None)
    assert key_of(token, read_keys(file), NOW) == key
    assert token.rpartition("_")[2] not in file.read_text("utf-8")
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_wrong_key_is_refused(tmp_path: Path) -> None:
    """Another secret under a known name, an unknown name, no token: none of them opens."""
    file = tmp_path / "keys.json"
    assert not _opens(file, "wgs_" + "0" * 12 + "_" + "0" * 64)
    _, token = add_key(file, "library", (Scope.UPLOAD,), NOW, lasts=None)
    other = "0" if token[-1] != "0" else "1"
    for wrong in (token[:-1] + other, token.upper(), token + " ", token[:-1], "", "\udcff"):
        assert not _opens(file, wrong)


def test_a_key_ends_when_it_expires(tmp_path: Path) -> None:
    """A key for a day opens within the day, not at its end."""
    file = tmp_path / "keys.json"
    _, token = add_key(file, "library", (Scope.BUILD,), NOW, lasts=DAY)
    assert _opens(file, token, NOW + DAY - timedelta(seconds=1))
    assert not _opens(file, token, NOW + DAY)


def test_both_tokens_are_taken_for_a_while(tmp_path: Path) -> None:
    """After a rotation old and new open until the overlap ends, then the new one alone."""
    file = tmp_path / "keys.json"
    key, old = add_key(file, "library", (Scope.BUILD,), NOW, lasts=None)
    _, new = rotate_key(file, key.ident, NOW, overlap=DAY)
    assert _opens(file, old)
    assert _opens(file, new)
    assert not _opens(file, old, NOW + DAY)
    assert _opens(file, new, NOW + DAY)
    rotate_key(file, key.ident, NOW, overlap=2 * DAY)
    assert not _opens(file, old, NOW + DAY), "another rotation must not lengthen it"


def test_a_revoked_key_is_refused_at_once(tmp_path: Path) -> None:
    """No token of it opens, it cannot be rotated, and the other keys hold."""
    file = tmp_path / "keys.json"
    key, token = add_key(file, "library", (Scope.DELETE,), NOW, lasts=None)
    _, other = add_key(file, "archive", (Scope.DELETE,), NOW, lasts=None)
    revoke_key(file, key.ident, NOW)
    assert not _opens(file, token)
    assert _opens(file, other)
    with pytest.raises(UnknownKeyError, match="keys list"):
        rotate_key(file, key.ident, NOW, overlap=DAY)


def test_a_damaged_file_opens_nothing(tmp_path: Path) -> None:
    """A file that is no file of keys is an error that tells nothing of what it holds."""
    file = tmp_path / "keys.json"
    file.write_text('[{"secret": "swordfish"}]', encoding="utf-8")
    with pytest.raises(KeysUnreadableError, match="keys anew") as caught:
        read_keys(file)
    assert "swordfish" not in str(caught.value)

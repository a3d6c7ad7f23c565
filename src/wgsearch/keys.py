"""
A file of keys -> who may change something: keys are made, shown once, kept as hashes alone.

Why a fast hash: a secret is 32 random bytes, which nobody guesses however fast each guess is;
slow hashes are for words that people choose.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import re
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta  # noqa: TC003 - pydantic reads the fields
from enum import StrEnum
from typing import TYPE_CHECKING

from filelock import FileLock
from pydantic import TypeAdapter, ValidationError

from wgsearch.errors import KeysUnreadableError, UnknownKeyError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_TOKEN = re.compile(r"wgs_([0-9a-f]{12})_([0-9a-f]{64})")
_SECRET_BYTES = 32
_NOBODY = "0" * 64


class Scope(StrEnum):
    """What a key allows."""

    UPLOAD = "upload"
    BUILD = "build"
    DELETE = "delete"
    ROLLBACK = "rollback"


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """
    One secret of a key.

    Attributes:
        digest: SHA-256 of the token, in hex.
        until: When it stops being taken, after a rotation; None for as long as the key holds.
    """

    digest: str
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """
    A key as it is kept.

    Attributes:
        ident: By which it is named and found; no secret.
        name: Whose it is, for people.
        scopes: What it allows.
        created: When it was made.
        expires: When it stops being taken; None for never.
        revoked: When it was taken back; None if it was not.
        secrets: The newest last.
    """

    ident: str
    name: str
    scopes: tuple[Scope, ...]
    created: datetime
    expires: datetime | None
    revoked: datetime | None
    secrets: tuple[Secret, ...]

    def holds(self, now: datetime) -> bool:
        """Whether it is taken at a time."""
        return self.revoked is None and (self.expires is None or now < self.expires)


_KEYS = TypeAdapter(tuple[Key, ...])


def read_keys(file: Path) -> tuple[Key, ...]:
    """
    The keys of a file; none where there is no file.

    Raises:
        KeysUnreadableError: It cannot be opened, or is no file of keys.
    """
    try:
        return _KEYS.validate_json(file.read_bytes())
    except FileNotFoundError:
        return ()
    except (OSError, ValidationError) as error:
        # What a file holds that should hold keys stays out of the message.
        raise KeysUnreadableError(
            f"{str(file)!r} is no file of keys that can be read; restore it, or remove it and make"
            " keys anew with `wgsearch keys add`"
        ) from error


def key_of(token: str, keys: tuple[Key, ...], now: datetime) -> Key | None:
    """
    The key that a token opens now; None for one that is unknown, old, expired or revoked.

    A token of an unknown key takes as long as a wrong one of a known key.
    """
    match = _TOKEN.fullmatch(token)
    ident = match[1] if match else ""
    digest = _digest(token)
    key = next((each for each in keys if each.ident == ident), None)
    found = False
    for secret in key.secrets if key else (Secret(digest=_NOBODY, until=None),):
        fits = hmac.compare_digest(secret.digest, digest)
        found |= fits and (secret.until is None or now < secret.until)
    return key if key and found and key.holds(now) else None


def add_key(
    file: Path, name: str, scopes: tuple[Scope, ...], now: datetime, *, lasts: timedelta | None
) -> tuple[Key, str]:
    """A new key, and its token, which is kept nowhere."""
    if not scopes:
        raise ValueError("a key without a scope allows nothing")
    token, secret = _made(ident := secrets.token_hex(6))
    key = Key(
        ident=ident,
        name=name,
        scopes=tuple(sorted(set(scopes))),
        created=now,
        expires=now + lasts if lasts else None,
        revoked=None,
        secrets=(secret,),
    )
    with _held(file):
        _write(file, (*read_keys(file), key))
    return key, token


def rotate_key(file: Path, ident: str, now: datetime, *, overlap: timedelta) -> tuple[Key, str]:
    """
    A new token for a key; those before are taken for a while yet.

    Raises:
        UnknownKeyError: There is none of this name that holds.
    """
    token, secret = _made(ident)
    ends = now + overlap

    def rotated(key: Key) -> Key:
        old = (
            replace(each, until=ends if each.until is None else min(each.until, ends))
            for each in key.secrets
        )
        kept = tuple(each for each in old if each.until is None or each.until > now)
        return replace(key, secrets=(*kept, secret))

    return _changed(file, ident, now, rotated), token


def revoke_key(file: Path, ident: str, now: datetime) -> Key:
    """
    Take a key back, from the next request on.

    Raises:
        UnknownKeyError: There is none of this name that holds.
    """
    return _changed(file, ident, now, lambda key: replace(key, revoked=now, secrets=()))


def _changed(file: Path, ident: str, now: datetime, change: Callable[[Key], Key]) -> Key:
    with _held(file):
        keys = read_keys(file)
        key = next((each for each in keys if each.ident == ident and each.holds(now)), None)
        if key is None:
            raise UnknownKeyError(
                f"no key {ident!r} that still holds; `wgsearch keys list` names them"
            )
        changed = change(key)
        _write(file, tuple(changed if each is key else each for each in keys))
    return changed


def _made(ident: str) -> tuple[str, Secret]:
    token = f"wgs_{ident}_{secrets.token_hex(_SECRET_BYTES)}"
    return token, Secret(digest=_digest(token), until=None)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


@contextlib.contextmanager
def _held(file: Path) -> Iterator[None]:
    """Nobody else changes the file meanwhile."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(file.with_name(f".{file.name}.lock")):
        yield


def _write(file: Path, keys: tuple[Key, ...]) -> None:
    """The file with these keys, in one step, for its owner alone."""
    beside = file.with_name(f".{file.name}.part")
    beside.unlink(missing_ok=True)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(_KEYS.dump_json(keys, indent=1))
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(file)

"""Names and scopes -> keys: made, listed, rotated, taken back; a token is shown once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from wgsearch.cli.terminal import IndexOption, JsonOption, console, print_json, settings_of
from wgsearch.keys import Scope, add_key, read_keys, revoke_key, rotate_key

if TYPE_CHECKING:
    from wgsearch.keys import Key

keys_app = typer.Typer(no_args_is_help=True, help="Keys: who may change something.")

Ident = Annotated[str, typer.Argument(help="Name of the key, as `wgsearch keys list` gives it.")]
FileOption = Annotated[
    Path | None, typer.Option("--keys", help="File of keys; in the index folder by default.")
]


@keys_app.command("add")
def keys_add(
    name: Annotated[str, typer.Argument(help="Whose key it is.")],
    *,
    scope: Annotated[list[Scope], typer.Option(help="What it allows; may be repeated.")],
    days: Annotated[
        int | None, typer.Option(min=1, help="Days that it holds.", show_default="for ever")
    ] = None,
    keys: FileOption = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a key; its token is shown now and never again."""
    lasts = timedelta(days=days) if days else None
    made = add_key(_file(keys, index), name, tuple(scope), datetime.now(UTC), lasts=lasts)
    _show_once(*made, as_json=as_json)


@keys_app.command("list")
def keys_list(
    *, keys: FileOption = None, index: IndexOption = None, as_json: JsonOption = False
) -> None:
    """List the keys, without their secrets."""
    found, now = read_keys(_file(keys, index)), datetime.now(UTC)
    if as_json:
        print_json({"keys": [_described(each, now) for each in found]})
        return
    for each in found:
        state = "" if each.holds(now) else "  (holds no longer)"
        console().print(f"{each.ident}  {escape(each.name)}  {', '.join(each.scopes)}{state}")


@keys_app.command("rotate")
def keys_rotate(
    ident: Ident,
    *,
    overlap_days: Annotated[
        float, typer.Option(min=0, help="Days that the old token is still taken.")
    ] = 7,
    keys: FileOption = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give a key a new token; the old one is taken for some days yet."""
    overlap = timedelta(days=overlap_days)
    made = rotate_key(_file(keys, index), ident, datetime.now(UTC), overlap=overlap)
    _show_once(*made, as_json=as_json)


@keys_app.command("revoke")
def keys_revoke(
    ident: Ident,
    *,
    keys: FileOption = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a key back, at once and with all its tokens."""
    now = datetime.now(UTC)
    key = revoke_key(_file(keys, index), ident, now)
    if as_json:
        print_json(_described(key, now))
    else:
        console().print(f"{key.ident} is revoked")


def _file(keys: Path | None, index: Path | None) -> Path:
    """Where keys are kept."""
    return settings_of(keys=keys, index=index).keys_file


def _show_once(key: Key, token: str, *, as_json: bool) -> None:
    if as_json:
        print_json({**_described(key, datetime.now(UTC)), "token": token})
        return
    out = console()
    out.print(f"{key.ident}  {escape(key.name)}  {', '.join(key.scopes)}")
    out.print(token, soft_wrap=True, highlight=False)
    out.print("Keep it now: it is not shown again.")


def _described(key: Key, now: datetime) -> dict[str, Any]:
    """A key without its secrets."""
    return {
        "id": key.ident,
        "name": key.name,
        "scopes": [each.value for each in key.scopes],
        "created": key.created.isoformat(),
        "expires": key.expires.isoformat() if key.expires else None,
        "revoked": key.revoked.isoformat() if key.revoked else None,
        "holds": key.holds(now),
    }

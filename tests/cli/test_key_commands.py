"""`wgsearch keys`: a token is shown once, and everything else without it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from typer.testing import CliRunner

from wgsearch.cli.app import app

if TYPE_CHECKING:
    from pathlib import Path


def _asked(*words: str) -> dict[str, Any]:
    done = CliRunner().invoke(app, ["keys", *words, "--json"])
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_key_is_made_listed_rotated_and_revoked(tmp_path: Path) -> None:
    """Each step answers with one object; after it was made or rotated, no token is seen again."""
    index = ("--index", str(tmp_path))
    made = _asked("add", "library", "--scope", "upload", "--scope", "build", "--days", "2", *index)
    assert made["scopes"] == ["build", "upload"]
    rotated = _asked("rotate", made["id"], "--overlap-days", "0", *index)
    assert rotated["token"] != made["token"]
    listed = _asked("list", *index)
    assert [each["holds"] for each in listed["keys"]] == [True]
    revoked = _asked("revoke", made["id"], *index)
    assert not revoked["holds"]
    for told in (listed, revoked):
        assert "token" not in json.dumps(told)
    kept = (tmp_path / "keys.json").read_text("utf-8")
    assert made["token"] not in kept
    assert rotated["token"] not in kept

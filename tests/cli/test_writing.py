"""What the service is given to write with: keys first, a build in a child of its own."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from wgsearch.cli import progress
from wgsearch.cli.writing import Builds, demand_key, writes_of
from wgsearch.errors import KeysMissingError
from wgsearch.jobs import WorkFailedError
from wgsearch.keys import Scope, add_key, revoke_key
from wgsearch.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path


def test_writing_is_off_by_default(tmp_path: Path) -> None:
    """Nothing set: nothing is handed to the service with which it could write."""
    assert writes_of(Settings(index=tmp_path)) is None


def test_writing_without_a_key_is_refused(tmp_path: Path) -> None:
    """No key, or only one that was taken back: the service does not start, and says what to do."""
    settings = Settings(index=tmp_path, writes=True)
    with pytest.raises(KeysMissingError, match="wgsearch keys add"):
        demand_key(settings)
    now = datetime.now(UTC)
    key, _ = add_key(settings.keys_file, "library", (Scope.BUILD,), now, lasts=None)
    demand_key(settings)
    assert writes_of(settings) is not None
    revoke_key(settings.keys_file, key.ident, now)
    with pytest.raises(KeysMissingError, match="no key that is taken"):
        demand_key(settings)
    # One process of several that is replaced goes on reading.
    assert writes_of(settings) is not None


def test_a_build_that_fails_is_told(tmp_path: Path) -> None:
    """A folder that is not there ends the child; its words, which name it, stay in the log."""
    builds = Builds(["--corpus", str(tmp_path / "none"), "--index", str(tmp_path / "index")])
    with pytest.raises(WorkFailedError, match="status 1") as caught:
        builds.build(lambda *_: None, False, False)
    assert str(tmp_path) not in str(caught.value)


def test_a_service_that_stops_stops_its_build(tmp_path: Path) -> None:
    """Told to stop, no build goes on or begins."""
    builds = Builds(["--corpus", str(tmp_path), "--index", str(tmp_path / "index")])
    builds.stop()
    with pytest.raises(WorkFailedError, match="the service was stopped"):
        builds.build(lambda *_: None, False, False)


def test_progress_is_told_to_programs(capsys: pytest.CaptureFixture[str]) -> None:
    """One object a line on standard error, and nothing beside it."""
    with progress.shown(lines=True) as tell:
        tell("read", 1, 2)
        tell("pages", 7, 0)
        tell("read", 2, 2)
    lines = [json.loads(each) for each in capsys.readouterr().err.splitlines()]
    assert lines == [
        {"stage": "read", "done": 1, "total": 2},
        {"stage": "read", "done": 2, "total": 2},
    ]

"""`wgsearch mcp`: where it serves, and what it says without its extra."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from wgsearch.cli.app import app

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "wrong", ["here", "127.0.0.1", "127.0.0.1:99999", "http://localhost:1", ""]
)
def test_what_is_no_address_is_refused(wrong: str, tmp_path: Path) -> None:
    """Before anything is loaded, and with an address that would do."""
    done = CliRunner().invoke(app, ["mcp", "--http", wrong, "--index", str(tmp_path)])
    assert done.exit_code == 2
    assert "127.0.0.1:8001" in done.output


def test_without_the_extra_its_name_is_said(tmp_path: Path) -> None:
    """Whoever has not installed it is told what to install, and nothing stands on the output."""
    code = (
        "import sys; sys.modules['mcp'] = None;"
        "from wgsearch.cli import main;"
        f"sys.argv = ['wgsearch', 'mcp', '--index', {str(tmp_path)!r}]; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=os.environ
    )
    assert done.returncode == 1
    assert "pip install 'wgsearch[mcp]'" in done.stderr
    assert done.stdout == ""

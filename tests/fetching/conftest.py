"""Fixtures: a document service on this machine, and a corpus folder beside it."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

# The service that misbehaves; `tests/` mirrors the source without being a package.
sys.path.insert(0, str(Path(__file__).parent / "making"))

from misbehaving import Library, Service, Time  # found by the line above


@pytest.fixture
def time() -> Time:
    """A clock that need not be waited for."""
    return Time()


@pytest.fixture
def service(time: Time) -> Iterator[Service]:
    """A document service on this machine."""
    with Service(time) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.gone.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def library(tmp_path: Path, service: Service, time: Time) -> Library:
    """An empty corpus folder beside the service."""
    return Library(folder=tmp_path / "corpus", service=service, time=time)

"""Callers of the application over the small index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from wgsearch.api.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wgsearch.search import LocalEngine


@pytest.fixture(scope="session")
def caller(tiny_engine: LocalEngine) -> Iterator[TestClient]:
    """A caller to whom a fault is an answer, as to anybody."""
    app = create_app(tiny_engine, hosts=("testserver",))
    with TestClient(app, follow_redirects=False, raise_server_exceptions=False) as made:
        yield made

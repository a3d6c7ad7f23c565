"""The application over the sample corpus, as programs reach it: in memory, and at an address."""

from __future__ import annotations

import socket
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn
from hand_made import compendium_of

from wgsearch.api.app import create_app
from wgsearch.client import Client
from wgsearch.saved.keeping import Questions
from wgsearch.saved.records import Kept, SavedQuestion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi import FastAPI

    from wgsearch.search import LocalEngine

CORPUS = Path(__file__).parents[2] / "corpus/papers"
SERIES = "DEMO/COP/WG.4"


@pytest.fixture(scope="session")
def application(sample_engine: LocalEngine, tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """The API over the sample corpus, with a compendium of some papers and a saved question."""
    saved = Questions(tmp_path_factory.mktemp("saved") / "questions")
    saved.add(
        SavedQuestion(
            id="recruitment-fees", text="recruitment fees", created_at="2026-05-01T08:00:00+00:00"
        ),
        Kept(),
    )
    papers = [sample_engine.paper(f"{SERIES}/2022/{number}") for number in (2, 3, 4, 5)]
    state = sample_engine.state()
    edition = compendium_of(papers, state.generation, state.content_digest)
    return create_app(
        sample_engine,
        corpus_dir=CORPUS,
        hosts=("127.0.0.1", "testserver"),
        compendium=lambda: edition,
        saved=saved,
    )


@pytest.fixture(scope="session")
def site(application: FastAPI) -> Iterator[str]:
    """Address at which it is served, as `wgsearch serve` serves it."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(application, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture(scope="session")
def client(site: str) -> Iterator[Client]:
    """A client of it."""
    with Client(site) as client:
        yield client

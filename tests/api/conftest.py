"""The application over the small index, and papers that tests of it need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from wgsearch.api.app import create_app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from wgsearch.answers import Engine
    from wgsearch.papers.paper import Paper
    from wgsearch.search import LocalEngine

HOSTS = ("testserver",)


@pytest.fixture(scope="session")
def tiny_corpus(tmp_path_factory: pytest.TempPathFactory, tiny_papers: tuple[Paper, ...]) -> Path:
    """A folder with the files of the nine papers: bytes whose digests are those of the index."""
    folder = tmp_path_factory.mktemp("files")
    for paper in tiny_papers:
        path = folder / paper.file
        path.parent.mkdir(parents=True, exist_ok=True)
        texts = (each.text for each in paper.paragraphs)
        path.write_bytes("\0".join((paper.file, paper.title or "", *texts)).encode())
    return folder


@pytest.fixture(scope="session")
def client(tiny_engine: LocalEngine, tiny_corpus: Path) -> Iterator[TestClient]:
    """A caller of the application."""
    app = create_app(tiny_engine, corpus_dir=tiny_corpus, hosts=HOSTS)
    with TestClient(app, follow_redirects=False) as caller:
        yield caller


@pytest.fixture(scope="session")
def judged(
    tiny_engine: LocalEngine, judging: Callable[[LocalEngine], Engine]
) -> Iterator[TestClient]:
    """A caller of an application whose answers are judged by words of the question."""
    app = create_app(judging(tiny_engine), hosts=HOSTS)
    with TestClient(app, follow_redirects=False) as caller:
        yield caller

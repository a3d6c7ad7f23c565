"""Two generations, one with a paper more; a service of this machine that takes messages, or not."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from telling import Service, Two

from wgsearch.cli.app import sample_corpus
from wgsearch.embedding import open_encoder
from wgsearch.index.build import build
from wgsearch.search import LocalEngine

if TYPE_CHECKING:
    from collections.abc import Iterator

BEFORE = ("2022_2.en.pdf", "2022_3.en.pdf")
# On recruitment fees, which the papers before do not treat.
NEW = "2026_2.en.pdf"


@pytest.fixture(scope="session")
def two(tmp_path_factory: pytest.TempPathFactory) -> Two:
    """Two generations of one index."""
    folder = tmp_path_factory.mktemp("two")
    corpus, index, encoder = folder / "corpus", folder / "index", open_encoder()
    corpus.mkdir()
    engines = []
    for names in (BEFORE, (NEW,)):
        for name in names:
            paper = sample_corpus() / f"DEMO_COP_WG.4_{name}"
            (corpus / paper.name).write_bytes(paper.read_bytes())
        build(corpus, index, encoder)
        engines.append(LocalEngine(index, encoder))
    return Two(*engines, index)


@pytest.fixture
def service() -> Iterator[Service]:
    """A service at a port of this machine."""
    found = Service(address="")

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.got.append((dict(self.headers.items()), body))
            self.send_response(found.statuses.pop(0) if found.statuses else 204)
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Taking)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    found.address = f"http://127.0.0.1:{server.server_port}/hooks/new"
    yield found
    server.shutdown()
    thread.join()
    server.server_close()

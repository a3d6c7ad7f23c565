"""Killed at any moment, fetching goes on, and no paper is ever half there."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wgsearch.errors import ProvenanceUnreadableError
from wgsearch.fetching import provenance
from wgsearch.fetching.records import State, wanted

if TYPE_CHECKING:
    from misbehaving import Library, Reply, Script

ONE = wanted("DEMO/COP/WG.4/2030/1")
FILE = "DEMO_COP_WG.4_2030_1.en.pdf"
# Longer than what is asked for again after a kill.
LONG = b"%PDF-1.7\n" + random.Random(1).randbytes(20_000_000)  # noqa: S311 - no secret
FETCH = """
import sys
from pathlib import Path
from wgsearch.fetching.addresses import Access
from wgsearch.fetching.fetching import Fetcher
from wgsearch.fetching.records import wanted
from wgsearch.fetching.service import Source
access = Access(hosts=("localhost",), loopback=True, resolve=lambda *_: ("127.0.0.1",))
source = Source(address=sys.argv[2])
fetcher = Fetcher(Path(sys.argv[1]), access=access, contact="a@example.org", source=source)
print(list(fetcher.run([wanted("DEMO/COP/WG.4/2030/1")])))
"""


def _send(reply: Reply, until: int) -> int:
    """What is asked for, up to a byte of the whole; from which byte that was."""
    asked = reply.headers.get("Range")
    start = int(asked.removeprefix("bytes=").rstrip("-")) if asked else 0
    reply.send_response(206 if asked else 200)
    reply.send_header("ETag", '"v1"')
    reply.send_header("Content-Length", str(len(LONG) - start))
    if asked:
        reply.send_header("Content-Range", f"bytes {start}-{len(LONG) - 1}/{len(LONG)}")
    reply.end_headers()
    reply.wfile.write(LONG[start:until])
    return start


def test_a_process_that_is_killed_again_and_again(library: Library) -> None:
    """Killed at 1, 11 and 19 million bytes; then it is fetched, at most 8 million of it twice."""
    note = library.folder / ".fetching" / f"{ONE.stem}.json"
    starts: list[int] = []
    running: list[subprocess.Popen[bytes]] = []

    def kill_at(place: int, safe: int) -> Script:
        def step(reply: Reply) -> None:
            starts.append(_send(reply, place))
            reply.wfile.flush()
            while safe and (not note.exists() or json.loads(note.read_bytes())["safe"] < safe):
                time.sleep(0.01)
            running[-1].kill()
            running[-1].wait()

        return step

    library.service.script = [
        kill_at(1_000_000, 0),
        kill_at(11_000_000, 8_000_000),
        kill_at(19_000_000, 16_000_000),
    ]
    for _ in range(3):
        command = [sys.executable, "-c", FETCH, str(library.folder), library.service.source.address]
        running.append(subprocess.Popen(command))
        running[-1].wait(timeout=60)
        assert not (library.folder / FILE).exists()
    library.service.script.append(lambda reply: starts.append(_send(reply, len(LONG))))
    (found,) = library.fetcher().run([ONE])
    assert found.state is State.FETCHED
    assert (library.folder / FILE).read_bytes() == LONG
    assert starts[:2] == [0, 0]
    assert 8_000_000 <= starts[2] <= 11_000_000
    assert 16_000_000 <= starts[3] <= 19_000_000


@pytest.mark.parametrize("safe", [0, 1, 5_000, 20_000_000])
@pytest.mark.parametrize("beyond", [b"", b"\0" * 7_000])
def test_what_a_crash_left_beyond_what_is_safe_is_not_believed(
    library: Library, safe: int, beyond: bytes
) -> None:
    """A file may be longer than what reached the disk, and hold zeros there."""
    folder = library.folder / ".fetching"
    folder.mkdir(parents=True)
    (folder / f"{ONE.stem}.part").write_bytes(LONG[:safe] + beyond)
    (folder / f"{ONE.stem}.json").write_text(f'{{"validator": "\\"v1\\"", "safe": {safe}}}')
    starts: list[int] = []
    library.service.script = [lambda reply: starts.append(_send(reply, len(LONG)))]
    list(library.fetcher().run([ONE]))
    assert (library.folder / FILE).read_bytes() == LONG
    assert starts == [safe]


@pytest.mark.parametrize(
    ("part", "note"),
    [
        (None, '{"validator": "x", "safe": 5}'),
        (b"%PDF-", None),
        (b"%PDF-", ""),
        (b"%PDF-", '{"validator": "x", "sa'),
        (b"%PDF-", "[]"),
        (b"%PDF", '{"validator": "x", "safe": 5}'),
    ],
)
def test_what_does_not_belong_together_is_begun_again(
    library: Library, part: bytes | None, note: str | None
) -> None:
    """A note without its file, a file without its note, half a note, a file too short."""
    folder = library.folder / ".fetching"
    folder.mkdir(parents=True)
    if part is not None:
        (folder / f"{ONE.stem}.part").write_bytes(part)
    if note is not None:
        (folder / f"{ONE.stem}.json").write_text(note)
    (found,) = library.fetcher().run([ONE])
    assert found.state is State.FETCHED
    assert "Range" not in library.service.asked[0].headers


def test_a_line_that_a_crash_tore_is_passed_over(library: Library) -> None:
    """Its paper never came to its place; the next line is whole, and all others stay."""
    list(library.fetcher().run([ONE]))
    path = library.folder / provenance.NAME
    whole = path.read_bytes()
    for cut in range(1, len(whole) - 1):
        path.write_bytes(whole + whole[:cut])
        assert len(provenance.read(library.folder)) == 1
    list(library.fetcher().run([wanted("DEMO/COP/WG.4/2030/2")]))
    assert [each.symbol for each in provenance.read(library.folder)] == [
        "DEMO/COP/WG.4/2030/1",
        "DEMO/COP/WG.4/2030/2",
    ]


def test_a_line_without_its_file_is_not_held(library: Library) -> None:
    """A crash between the line and the rename: the paper is fetched again."""
    list(library.fetcher().run([ONE]))
    (library.folder / FILE).unlink()
    (found,) = library.fetcher().run([ONE])
    assert found.state is State.FETCHED


@pytest.mark.parametrize("line", ["[]", "{}", "hello", '{"symbol": "A/1"}'])
def test_a_line_that_somebody_wrote_is_told(library: Library, line: str) -> None:
    """Which line, and what to do; nothing is asked."""
    list(library.fetcher().run([ONE]))
    with (library.folder / provenance.NAME).open("a") as file:
        file.write(line + "\n")
    with pytest.raises(ProvenanceUnreadableError, match=r"line 2 of .*fetched\.jsonl"):
        list(library.fetcher().run([ONE]))
    assert len(library.service.asked) == 1


def test_a_folder_that_cannot_be_written_is_told(library: Library, tmp_path: Path) -> None:
    """The system's own words reach the command line, with the place."""
    if os.geteuid() == 0:
        (tmp_path / "file").write_text("no folder")
        library.folder = tmp_path / "file" / "corpus"
    else:
        tmp_path.chmod(0o500)
    with pytest.raises(OSError, match=str(Path(library.folder.name))):
        list(library.fetcher().run([ONE]))

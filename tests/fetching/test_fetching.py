"""Papers come as they are from a service that misbehaves in every way it can."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from misbehaving import PAPER, Reply

from wgsearch.errors import ContactMissingError, FetchBusyError
from wgsearch.fetching.network import Caps
from wgsearch.fetching.records import Outcome, State, wanted
from wgsearch.papers.corpus import scan

if TYPE_CHECKING:
    from misbehaving import Library, Script

ONE = wanted("DEMO/COP/WG.4/2030/1")
TWO = wanted("DEMO/COP/WG.4/2030/2")
FILE = "DEMO_COP_WG.4_2030_1.en.pdf"
HALF = len(PAPER) // 2
LONGER = len(PAPER) + 1


def paper(reply: Reply) -> None:
    """The paper, whole."""
    reply.say(200, PAPER)


def status(number: int, body: bytes = b"", **headers: str) -> Script:
    """An answer with a status."""
    return lambda reply: reply.say(number, body, **headers)


def cut(reply: Reply, **headers: str) -> None:
    """Half of the paper, then nothing more."""
    reply.send_response(200)
    reply.send_header("Content-Length", str(len(PAPER)))
    for name, value in headers.items():
        reply.send_header(name.replace("_", "-"), value)
    reply.end_headers()
    reply.wfile.write(PAPER[:HALF])


def rest(reply: Reply, **headers: str) -> None:
    """What is asked for of the paper."""
    start = int(reply.headers["Range"].removeprefix("bytes=").rstrip("-"))
    shown = f"bytes {start}-{len(PAPER) - 1}/{len(PAPER)}"
    reply.say(206, PAPER[start:], Content_Range=shown, **headers)


def one(library: Library, *script: Script) -> Outcome:
    """What becomes of one paper."""
    library.service.script = list(script)
    (found,) = library.fetcher().run([ONE])
    return found


def corpus_files(library: Library) -> list[str]:
    """Everything that stands in the corpus folder and is not hidden."""
    return sorted(
        each.relative_to(library.folder).as_posix()
        for each in library.folder.rglob("*")
        if each.is_file() and each.parent.name != ".fetching"
    )


def on_the_way(library: Library) -> list[str]:
    """What is kept of papers that are not whole."""
    folder = library.folder / ".fetching"
    return sorted(each.name for each in folder.iterdir() if each.name != "lock")


def test_a_paper_comes_with_where_it_is_from(library: Library) -> None:
    """Its bytes, under its name; a line that says symbol, address, time, digest, headers."""
    library.service.script = [status(200, PAPER, ETag='"a1"', Set_Cookie="who=1")]
    (found,) = library.fetcher().run([ONE])
    assert (found.state, found.file, found.size) == (State.FETCHED, FILE, len(PAPER))
    assert (library.folder / FILE).read_bytes() == PAPER
    (line,) = (library.folder / "fetched.jsonl").read_text().splitlines()
    address = library.service.source.of(ONE)
    assert json.loads(line) == {
        "symbol": ONE.symbol,
        "language": "en",
        "file": FILE,
        "address": address,
        "answered": address,
        "fetched": "2030-01-01T12:00:00+00:00",
        "sha256": hashlib.sha256(PAPER).hexdigest(),
        "size": len(PAPER),
        "headers": {"content-length": str(len(PAPER)), "etag": '"a1"'},
    }
    assert [each.file for each in scan(library.folder)] == [FILE]
    assert on_the_way(library) == []


def test_the_service_is_told_who_asks(library: Library) -> None:
    """By name and contact; nothing of the environment goes along."""
    one(library, paper)
    asked = library.service.asked[0].headers
    assert asked["User-Agent"].startswith("wgsearch/")
    assert "library@example.org" in asked["User-Agent"]
    assert asked["Accept-Encoding"] == "identity"
    assert not {"Cookie", "Authorization", "Referer"} & set(asked.keys())


@pytest.mark.parametrize("contact", [None, "", "me", "a@b", "http://example.org", "a@b.c\r\nX: y"])
def test_nothing_is_asked_without_somebody_to_write_to(
    library: Library, contact: str | None
) -> None:
    """The message names the setting and an example."""
    with pytest.raises(ContactMissingError, match=r"WGSEARCH_FETCH_CONTACT=library@example\.org"):
        library.fetcher(contact=contact)


def test_papers_come_one_at_a_time_and_two_seconds_apart(library: Library) -> None:
    """Three papers: three requests, the last one four seconds after the first."""
    wants = [ONE, TWO, wanted("DEMO/COP/WG.4/2030/3")]
    assert [each.state for each in library.fetcher().run([*wants, ONE])] == [State.FETCHED] * 3
    assert library.service.at == [0.0, 2.0, 4.0]
    assert [each.symbol for each in library.service.asked] == [each.symbol for each in wants]


def test_what_is_held_is_not_asked_for(library: Library) -> None:
    """By the name of a file, by what was fetched, by what an index knows."""
    library.folder.mkdir()
    (library.folder / "old").mkdir()
    (library.folder / "old" / "DEMO_COP_WG.4_2030_1-E.docx").write_bytes(b"any")
    (library.folder / "renamed.pdf").write_bytes(b"any")
    indexed = {
        "renamed.pdf": ((TWO.symbol,), "fr+en"),
        "gone.pdf": (("DEMO/COP/WG.4/2030/3",), "en"),
    }
    wants = [ONE, TWO, wanted("DEMO/COP/WG.4/2030/3"), wanted(ONE.symbol, "fr")]
    states = {
        (each.symbol, each.language): each.state
        for each in library.fetcher().run(wants, indexed=indexed)
    }
    assert list(states.values()) == [State.HELD, State.HELD, State.FETCHED, State.FETCHED]
    again = [each.state for each in library.fetcher().run(wants, indexed=indexed)]
    assert again == [State.HELD] * 4
    assert len(library.service.asked) == 2


def test_a_paper_is_fetched_anew_when_it_is_said(library: Library) -> None:
    """A re-issued paper replaces the file; until it is whole, the old one stays."""
    one(library, paper)
    library.service.script = [status(200, PAPER), status(503), status(200, PAPER + b"more")]
    (found,) = library.fetcher().run([ONE], again=True)
    assert found.state is State.FETCHED
    assert (library.folder / FILE).read_bytes() == PAPER + b"more"
    assert len((library.folder / "fetched.jsonl").read_text().splitlines()) == 2


def _zip(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return made.getvalue()


@pytest.mark.parametrize(
    ("body", "state", "code"),
    [
        (b"", State.UNPUBLISHED, "unpublished"),
        (b"\n\n  ", State.UNPUBLISHED, "unpublished"),
        (b"<!DOCTYPE html><html>Not found</html>", State.FAILED, "web_page"),
        (b"\xef\xbb\xbf \n<HTML><body>", State.FAILED, "web_page"),
        (b"<?xml version='1.0'?><html/>", State.FAILED, "web_page"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), State.FAILED, "old_word"),
        (b"MZ\x90" + bytes(600), State.FAILED, "wrong_type"),
        (b"\xff\xd8\xff\xe0 JFIF", State.FAILED, "wrong_type"),
        (b'{"error": "no"}', State.FAILED, "wrong_type"),
        (_zip("a.txt"), State.FAILED, "wrong_type"),
        (b"PK\x03\x04 and no more", State.FAILED, "wrong_type"),
    ],
)
def test_what_is_no_paper_is_not_kept_whatever_it_is_called(
    library: Library, body: bytes, state: State, code: str
) -> None:
    """Success and `application/pdf` say nothing: the bytes do. Asked once, nothing left over."""
    found = one(library, status(200, body, Content_Type="application/pdf"))
    assert (found.state, found.code, found.file) == (state, code, None)
    assert found.reason
    assert len(library.service.asked) == 1
    assert (corpus_files(library), on_the_way(library)) == ([], [])


def test_a_word_document_is_named_as_one(library: Library) -> None:
    """The service may answer with a DOCX where a PDF was asked for."""
    found = one(library, status(200, _zip("[Content_Types].xml", "word/document.xml")))
    assert found.file == FILE.replace(".pdf", ".docx")


@pytest.mark.parametrize(
    ("number", "state", "code"),
    [
        (204, State.UNPUBLISHED, "unpublished"),
        (404, State.UNPUBLISHED, "unpublished"),
        (410, State.UNPUBLISHED, "unpublished"),
        (401, State.FAILED, "unexpected_answer"),
        (403, State.FAILED, "unexpected_answer"),
        (206, State.FAILED, "broken_off"),
    ],
)
def test_a_refusal_is_told_with_its_reason(
    library: Library, number: int, state: State, code: str
) -> None:
    """The reason names the status; the next paper is asked for all the same."""
    library.service.script = [status(number)] * (5 if number == 206 else 1) + [paper]
    first, second = library.fetcher().run([ONE, TWO])
    assert (first.state, first.code) == (state, code)
    assert second.state is State.FETCHED


@pytest.mark.parametrize("number", [408, 425, 429, 500, 502, 503, 504])
def test_trouble_is_waited_out(library: Library, number: int) -> None:
    """Asked again after 2 to 4, then 4 to 8 seconds."""
    found = one(library, status(number), status(number), paper)
    assert found.state is State.FETCHED
    first, second, third = library.service.at
    assert 2 <= second - first <= 4
    assert 4 <= third - second <= 8


def test_it_comes_back_when_it_is_told_to_by_seconds(library: Library) -> None:
    """`Retry-After: 90` is ninety seconds."""
    found = one(library, status(429, Retry_After="90"), paper)
    assert found.state is State.FETCHED
    assert library.service.at == [0.0, 90.0]


def test_it_comes_back_when_it_is_told_to_by_date(library: Library) -> None:
    """`Retry-After` with a time of day."""
    one(library, status(503, Retry_After="Tue, 01 Jan 2030 12:01:15 GMT"), paper)
    assert library.service.at == [0.0, 75.0]


def test_a_retry_after_of_nothing_still_waits_two_seconds(library: Library) -> None:
    """A service that says `0` is not asked in a tight loop."""
    one(library, status(503, Retry_After="0"), paper)
    assert library.service.at == [0.0, 2.0]


def test_why_it_waits_is_told(library: Library) -> None:
    """Before each wait: which paper, why, how long."""
    told: list[tuple[str, str, float]] = []
    library.service.script = [status(503, Retry_After="30"), status(200, b"%PDF-1"), paper]
    list(
        library.fetcher().run(
            [ONE], waiting=lambda *each: told.append((each[0].symbol, each[1], each[2]))
        )
    )
    assert [(symbol, wait) for symbol, _, wait in told] == [(ONE.symbol, 30.0)]
    assert "status 503" in told[0][1]


def test_a_service_that_stays_in_trouble_is_left_alone(library: Library) -> None:
    """Five times for one paper; the papers behind it are not asked for, and are named."""
    library.service.script = [status(503)]
    first, second = library.fetcher().run([ONE, TWO])
    assert (first.state, first.code) == (State.FAILED, "busy")
    assert (second.state, second.code) == (State.FAILED, "not_tried")
    assert len(library.service.asked) == 5
    assert corpus_files(library) == []


def test_a_service_that_wants_hours_is_left_alone_at_once(library: Library) -> None:
    """Nobody waits an hour in a run; the message says for how long it asked."""
    library.service.script = [status(429, Retry_After="3600")]
    first, second = library.fetcher().run([ONE, TWO])
    assert "3600 s" in str(first.reason)
    assert second.code == "not_tried"
    assert (len(library.service.asked), library.time.slept) == (1, [])


def test_what_broke_off_goes_on_where_it_ended(library: Library) -> None:
    """The second request asks for the rest, of the same version; the file is what it should be."""
    found = one(library, lambda r: cut(r, ETag='"v1"'), lambda r: rest(r, ETag='"v1"'))
    assert (found.state, found.size) == (State.FETCHED, len(PAPER) - HALF)
    again = library.service.asked[1].headers
    assert (again["Range"], again["If-Range"]) == (f"bytes={HALF}-", '"v1"')
    assert (library.folder / FILE).read_bytes() == PAPER
    assert on_the_way(library) == []


def test_it_goes_on_in_another_run_too(library: Library) -> None:
    """Half of it, then trouble; the next run asks for the other half only."""
    day = "Tue, 01 Jan 2030 10:00:00 GMT"
    found = one(library, lambda reply: cut(reply, Last_Modified=day), status(500))
    assert (found.state, found.code) == (State.FAILED, "busy")
    library.service.script = [rest]
    (found,) = library.fetcher().run([ONE])
    assert found.size == len(PAPER) - HALF
    assert (library.folder / FILE).read_bytes() == PAPER


def test_an_answer_that_ends_with_its_connection_is_whole_or_none(library: Library) -> None:
    """No length is said: half a PDF is seen by its missing end, and asked for again."""

    def uncounted(body: bytes) -> Script:
        def step(reply: Reply) -> None:
            reply.send_response(200)
            reply.send_header("ETag", '"v1"')
            reply.end_headers()
            reply.wfile.write(body)

        return step

    found = one(library, uncounted(PAPER[:HALF]), uncounted(PAPER))
    assert found.state is State.FETCHED
    assert (library.folder / FILE).read_bytes() == PAPER
    assert [each.headers.get("Range") for each in library.service.asked] == [None, None]


def test_what_has_no_version_begins_again(library: Library) -> None:
    """Nobody could tell whether the halves belong together."""
    for weak in ({}, {"ETag": 'W/"v1"'}):
        found = one(library, lambda r, weak=weak: cut(r, **weak), paper)
        assert "Range" not in library.service.asked[-1].headers
        assert found.size == len(PAPER)
        (library.folder / FILE).unlink()
        library.service.asked.clear()


def test_a_paper_that_changed_meanwhile_is_taken_whole(library: Library) -> None:
    """The service answers with the new one instead of the rest."""
    other = PAPER.replace(b"Words", b"Other")
    found = one(library, lambda r: cut(r, ETag='"v1"'), status(200, other, ETag='"v2"'))
    assert found.state is State.FETCHED
    assert (library.folder / FILE).read_bytes() == other


@pytest.mark.parametrize(
    "wrong",
    [
        status(206, PAPER[HALF:]),
        status(206, PAPER[HALF:], Content_Range="bytes 7-99/100"),
        status(206, PAPER[HALF:], Content_Range="nonsense"),
        status(206, PAPER[HALF:] + b"!", Content_Range=f"bytes {HALF}-{len(PAPER)}/{LONGER}"),
        status(206, PAPER[HALF:] + b"!", Content_Range=f"bytes {HALF}-{len(PAPER)}/{len(PAPER)}"),
        status(206, PAPER[HALF:], Content_Range=f"bytes {HALF}-9/{len(PAPER)}", ETag='"v2"'),
        status(416),
    ],
)
def test_a_piece_that_does_not_fit_is_never_put_together(library: Library, wrong: Script) -> None:
    """Another piece, another version, too much of it: begun again, whole at the end."""
    found = one(library, lambda r: cut(r, ETag='"v1"'), wrong, paper)
    assert found.state is State.FETCHED
    assert "Range" not in library.service.asked[-1].headers
    assert (library.folder / FILE).read_bytes() == PAPER


def test_a_paper_that_is_too_large_is_left(library: Library) -> None:
    """By what is announced, and by what comes where nothing is."""

    def unannounced(reply: Reply) -> None:
        reply.send_response(200)
        reply.end_headers()
        reply.wfile.write(PAPER)

    library.caps = Caps(size=5_000)
    for script in (paper, unannounced):
        found = one(library, script)
        assert (found.state, found.code) == (State.FAILED, "too_large")
        assert (corpus_files(library), on_the_way(library)) == ([], [])


@pytest.mark.parametrize("where", ["headers", "body"])
def test_a_service_that_drips_is_left(library: Library, where: str) -> None:
    """A byte every ten seconds never is a silence, and still is over after three hundred."""

    def drip(reply: Reply) -> None:
        if where == "body":
            reply.send_response(200)
            reply.end_headers()
        else:
            reply.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        for _ in range(60):
            library.time.passed += 10
            reply.wfile.write(b"x")
            reply.wfile.flush()
            if reply.server.gone.wait(0.005):
                return

    found = one(library, drip)
    assert (found.state, found.code) == (State.FAILED, "too_slow")
    assert corpus_files(library) == []


def test_a_service_that_says_nothing_is_left(library: Library) -> None:
    """After so many seconds of silence."""
    library.caps = Caps(silence_s=0.05)
    found = one(library, lambda reply: reply.server.gone.wait(0.3))
    assert (found.state, found.code) == (State.FAILED, "too_slow")


@pytest.mark.parametrize(
    "bytes_",
    [
        b"",
        b"hello\r\n\r\n",
        b"HTTP/1.1 two hundred\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 200_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n%PDF-",
    ],
)
def test_what_is_no_answer_is_told_and_not_kept(library: Library, bytes_: bytes) -> None:
    """Closed at once, no HTTP, endless headers, chunks that are none, or cut."""
    found = one(library, lambda reply: reply.wfile.write(bytes_) and None)
    assert (found.state, found.code) == (State.FAILED, "broken_off")
    assert corpus_files(library) == []


def test_a_packed_answer_is_refused(library: Library) -> None:
    """What unfolds may be a thousand times what came."""
    found = one(library, status(200, PAPER, Content_Encoding="gzip"))
    assert (found.state, found.code) == (State.FAILED, "unexpected_answer")


def to(address: str) -> Script:
    """An answer that leads on."""
    return lambda reply: reply.say(302, Location=address)


def test_an_answer_may_lead_on_to_a_listed_host(library: Library) -> None:
    """Relative or whole; where it ended is recorded, and pauses are kept."""
    found = one(library, to("/elsewhere"), paper)
    assert found.state is State.FETCHED
    record = json.loads((library.folder / "fetched.jsonl").read_text())
    assert record["answered"].endswith("/elsewhere")
    assert library.service.at == [0.0, 2.0]


def test_an_address_that_is_spelled_badly_is_followed(library: Library) -> None:
    """Some services leave spaces and letters in their addresses; `%` that is there stays."""
    found = one(library, to("/a paper (Sect. 1) \xe9%20.pdf"), paper)
    assert found.state is State.FETCHED
    assert library.service.asked[1].path == "/a%20paper%20(Sect.%201)%20%E9%20.pdf"


@pytest.mark.parametrize(
    "address",
    [
        "http://evil.example/a.pdf",
        "https://127.0.0.1/",
        "http://2130706433/",
        "http://[::1]/",
        "file:///etc/passwd",
        "ftp://localhost/",
        "//evil.example/",
        "http://user@localhost/",
        "http://localhost.evil.example/",
    ],
)
def test_an_answer_that_leads_elsewhere_is_not_followed(library: Library, address: str) -> None:
    """Hosts that are not listed, numbers, other schemes."""
    found = one(library, to(address))
    assert (found.state, found.code) == (State.FAILED, "address_refused")
    assert len(library.service.asked) == 1


def test_an_answer_that_leads_on_and_on_is_left(library: Library) -> None:
    """Five times, not six."""
    found = one(library, *[to("/again")] * 5, paper)
    assert found.state is State.FETCHED
    (library.folder / FILE).unlink()
    library.service.asked.clear()
    assert one(library, *[to("/again")] * 6, paper).code == "redirections"


def test_a_name_that_leads_elsewhere_the_next_time_is_refused(library: Library) -> None:
    """Each connection looks at its number, and goes to the number that it looked at."""
    numbers = iter(("127.0.0.1", "10.0.0.1"))
    access = replace(library.access, resolve=lambda *_: (next(numbers),))
    library.service.script = [to("/again"), paper]
    (found,) = library.fetcher(access=access).run([ONE])
    assert (found.state, found.code) == (State.FAILED, "address_refused")
    assert "10.0.0.1" in str(found.reason)
    assert len(library.service.asked) == 1


def test_nobody_there_is_told_once(library: Library) -> None:
    """No connection: the papers behind it are not tried."""
    access = replace(library.access, resolve=lambda *_: ())
    first, second = library.fetcher(access=access).run([ONE, TWO])
    assert (first.code, second.code) == ("unreachable", "not_tried")


def test_two_do_not_fetch_at_once(library: Library) -> None:
    """Together they would ask twice as often."""
    running = library.fetcher().run([ONE, TWO])
    next(running)
    with pytest.raises(FetchBusyError, match="wait until that has ended"):
        next(library.fetcher().run([TWO]))
    assert [each.state for each in running] == [State.FETCHED]


def test_a_plan_asks_and_writes_nothing(library: Library) -> None:
    """What would be asked, at which address; no folder is made."""
    ((outcome, address),) = library.fetcher().planned([ONE])
    assert (outcome.state, address) == (State.WANTED, library.service.source.of(ONE))
    assert not library.folder.exists()
    assert library.service.asked == []

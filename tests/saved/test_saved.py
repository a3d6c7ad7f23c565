"""Who saves a question is told of new papers that answer it: in a feed, and by a message."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from fastapi.testclient import TestClient

from wgsearch.api.app import create_app
from wgsearch.errors import (
    QuestionsUnreadableError,
    UnjudgedQuestionError,
    UnknownQuestionError,
    WebhookRefusedError,
)
from wgsearch.fetching.pacing import Clock
from wgsearch.saved.answering import begun
from wgsearch.saved.checking import MOST_ATTEMPTS, check
from wgsearch.saved.feed import atom
from wgsearch.saved.keeping import Questions
from wgsearch.saved.posting import Poster, signature
from wgsearch.saved.records import Entry, Kept, SavedQuestion, Webhook

if TYPE_CHECKING:
    from pathlib import Path

    from telling import Service, Two

    from wgsearch.answers import Engine, Hit
    from wgsearch.saved.checking import Checked

ATOM = "{http://www.w3.org/2005/Atom}"
NEW = "DEMO/COP/WG.4/2026/2"
SECRET = "known to two"  # noqa: S105 - of a test
NOW = datetime(2026, 5, 1, 8, 0, tzinfo=UTC)
pytestmark = pytest.mark.model


def _path(hit: Hit) -> str:
    return f"/documents/{hit.passage.symbol}#p{hit.passage.paragraph}"


def _question(text: str = "recruitment fees charged to workers", **more: object) -> SavedQuestion:
    created = NOW.isoformat(timespec="seconds")
    given = {"id": "fees", "text": text, "created_at": created} | more
    return SavedQuestion.model_validate(given)


class _Waited:
    """A clock that waits for nobody, and knows how long it would have."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    def clock(self) -> Clock:
        """As what posts takes it."""
        return Clock(now=lambda: NOW + timedelta(hours=1), sleep=self.waits.append)


def _check(
    questions: Questions, engine: Engine, tries: int = 1, waited: _Waited | None = None
) -> tuple[Checked, ...]:
    clock = (waited or _Waited()).clock()
    poster = Poster(loopback=True, clock=clock)
    return check(questions, engine, poster, path_of=_path, tries=tries, clock=clock)


@pytest.fixture
def questions(tmp_path: Path) -> Questions:
    """Saved questions in an empty place."""
    return Questions(tmp_path / "questions")


def _hooked(questions: Questions, engine: Engine, address: str) -> SavedQuestion:
    """A question with a webhook, added while a generation is in use."""
    saved = _question(webhook=Webhook(address=address, secret=SECRET))
    questions.add(saved, begun(engine, saved))
    return saved


def test_a_new_paper_that_answers_is_told_once(two: Two, questions: Questions) -> None:
    """What was there when it was saved is not told; what came since is, verbatim, and once."""
    saved = _question()
    questions.add(saved, begun(two.before, saved))
    assert [each.found for each in _check(questions, two.before)] == [0]
    (first,) = _check(questions, two.after)
    assert first.found > 0
    entries = questions.kept("fees").entries
    assert {each.symbol for each in entries} == {NEW}
    assert len({each.id for each in entries}) == len(entries) == first.found
    paper = {each.number: each.text for each in two.after.paper(NEW).paragraphs}
    for each in entries:
        assert each.text in paper[each.paragraph]
        assert each.citation.startswith(NEW)
    (again,) = _check(questions, two.after)
    assert again.found == 0
    assert questions.kept("fees").entries == entries


def test_a_paper_on_something_else_is_not_told(two: Two, questions: Questions) -> None:
    """A new paper that does not answer stays out; so does one that the filters leave out."""
    other = _question("best lens for photographing birds", id="lens")
    foreign = _question(id="french", languages=("fr", "en"), kinds=("resolution", "report"))
    strict = _question("migration of storks over the sea", id="storks", least="covered")
    for each in (other, strict):
        questions.add(each, begun(two.before, each))
    questions.add(foreign, Kept(generation="g", known=()))
    assert [(each.id, each.found) for each in _check(questions, two.after)] == [
        ("french", 0),
        ("lens", 0),
        ("storks", 0),
    ]


def test_an_entry_is_the_same_whenever_it_is_found(two: Two, tmp_path: Path) -> None:
    """The same passage has the same identity, so that no reader shows it twice."""
    found = []
    for name in ("one", "two"):
        questions = Questions(tmp_path / name)
        questions.add(_question(), begun(two.before, _question()))
        _check(questions, two.after)
        found.append([each.id for each in questions.kept("fees").entries])
    assert found[0] == found[1]


def test_the_feed_is_atom() -> None:
    """Any reader takes it: identities, times, links; the newest first; words as they are."""
    saved = _question('fees "and" <b> & others')
    control = Entry(
        id="urn:uuid:1",
        symbol="S",
        language="en+fr",
        title="A <title> & more",
        paragraph="1",
        citation="S, para. 1",
        text="words\x0b with ]]> and \ud7ff",
        path="/documents/S#p1",
        verdict="covered",
        generation="g",
        found_at="2026-05-01T09:00:00+00:00",
    )
    later = control.model_copy(update={"id": "urn:uuid:2", "found_at": "2026-05-02T09:00:00+00:00"})
    content = atom(saved, Kept(entries=(control, later)), "https://papers.example")
    root = ET.fromstring(content)  # noqa: S314 - our own
    assert root.tag == f"{ATOM}feed"
    assert root.findtext(f"{ATOM}id", "").startswith("urn:uuid:")
    assert root.findtext(f"{ATOM}updated") == later.found_at
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    assert saved.text in root.findtext(f"{ATOM}title", "")
    links = {each.attrib["rel"]: each.attrib["href"] for each in root.findall(f"{ATOM}link")}
    assert links["self"] == "https://papers.example/questions/fees.atom"
    entries = root.findall(f"{ATOM}entry")
    assert [each.findtext(f"{ATOM}id") for each in entries] == ["urn:uuid:2", "urn:uuid:1"]
    for each in entries:
        datetime.fromisoformat(each.findtext(f"{ATOM}updated", ""))
        assert each.find(f"{ATOM}link").attrib["href"].startswith("https://papers.example/doc")
        assert each.findtext(f"{ATOM}content") == "words\ufffd with ]]> and \ud7ff"
        assert each.findtext(f"{ATOM}title") == "S, para. 1: A <title> & more"
    empty = ET.fromstring(atom(saved, Kept(), "https://x"))  # noqa: S314 - likewise
    assert empty.findtext(f"{ATOM}updated") == saved.created_at
    assert empty.findtext(f"{ATOM}id") == root.findtext(f"{ATOM}id")


def test_a_message_is_signed_and_comes_once(
    two: Two, questions: Questions, service: Service
) -> None:
    """The other end can tell that it is from here, when it was sent, and what it says."""
    _hooked(questions, two.before, service.address)
    (done,) = _check(questions, two.after)
    assert (done.delivered, done.due, done.reason) == (1, 0, None)
    ((headers, body),) = service.got
    timestamp = headers["Wgsearch-Timestamp"]
    signed = hmac.new(SECRET.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    assert headers["Wgsearch-Signature"] == f"v1={signed.hexdigest()}"
    assert signature("another", timestamp, body) != headers["Wgsearch-Signature"]
    assert int(timestamp) == int((NOW + timedelta(hours=1)).timestamp())
    sent = json.loads(body)
    assert sent["delivery"] == headers["Wgsearch-Delivery"]
    entries = questions.kept("fees").entries
    assert [each["id"] for each in sent["entries"]] == [each.id for each in entries]
    assert SECRET.encode() not in body
    _check(questions, two.after)
    assert len(service.got) == 1


def test_what_is_not_taken_is_tried_again(two: Two, questions: Questions, service: Service) -> None:
    """After trouble it waits longer each time; every attempt has the same id, and one succeeds."""
    _hooked(questions, two.before, service.address)
    service.statuses[:] = [500, 302, 503]
    waited = _Waited()
    (first,) = _check(questions, two.after, tries=2, waited=waited)
    assert (first.delivered, first.due) == (0, 1)
    assert "302" in first.reason
    assert len(waited.waits) == 1
    (then,) = _check(questions, two.after, tries=3)
    assert (then.delivered, then.due, then.reason) == (1, 0, None)
    assert len(service.got) == 4
    assert len(set(service.deliveries)) == 1
    (message,) = questions.kept("fees").messages
    assert message.attempts == 4
    assert message.delivered_at


def test_a_message_survives_a_crash(two: Two, questions: Questions, service: Service) -> None:
    """Where it ended between posting and noting it, the message comes twice, and is not lost."""
    _hooked(questions, two.before, service.address)
    _check(questions, two.after)
    kept = questions.kept("fees")
    unnoted = kept.messages[0].model_copy(update={"delivered_at": None, "attempts": 0})
    questions.keep("fees", kept.model_copy(update={"messages": (unnoted,)}))
    _check(questions, two.after)
    assert len(service.deliveries) == 2
    assert len(set(service.deliveries)) == 1


def test_it_is_given_up_some_day_and_told(two: Two, questions: Questions, service: Service) -> None:
    """A service that is gone is not asked for ever; why stands with the question."""
    _hooked(questions, two.before, service.address)
    service.statuses[:] = [410] * (MOST_ATTEMPTS + 5)
    (last,) = _check(questions, two.after, tries=MOST_ATTEMPTS)
    assert last.due == 0
    (message,) = questions.kept("fees").messages
    assert message.given_up
    assert message.reason == "it answered 410"
    _check(questions, two.after)
    assert len(service.got) == MOST_ATTEMPTS
    assert questions.kept("fees").entries, "the feed has it all the same"


def test_who_cannot_be_reached_stops_nobody(
    two: Two, questions: Questions, service: Service
) -> None:
    """A dead service is told; the question beside it is asked and posted."""
    dead = _question(id="dead", webhook=Webhook(address="http://127.0.0.1:1/", secret=SECRET))
    live = _question(id="live", webhook=Webhook(address=service.address, secret=SECRET))
    for each in (dead, live):
        questions.add(each, begun(two.before, each))
    found = {each.id: each for each in _check(questions, two.after)}
    assert (found["dead"].due, found["live"].delivered) == (1, 1)
    assert "no connection" in found["dead"].reason


@pytest.mark.parametrize(
    "address",
    [
        "http://hooks.example/new",
        "https://user:word@hooks.example/",
        "https://hooks.example:8443/",
        "https://HOOKS.example/",
        "https://hooks.example /",
        "ftp://hooks.example/",
        "https://[::1/",
        "",
    ],
)
def test_only_plain_https_is_posted_to(address: str) -> None:
    """Other addresses are refused when they are given, with what to name instead."""
    with pytest.raises(WebhookRefusedError, match="WGSEARCH_WEBHOOK_INSIDE"):
        Poster().refuse(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.0.0.1", "169.254.169.254"])
def test_nothing_is_posted_inside(two: Two, questions: Questions, host: str) -> None:
    """A webhook cannot be used to reach the network that this runs in, unless it is listed."""
    saved = _question(webhook=Webhook(address=f"https://{host}/", secret=SECRET))
    questions.add(saved, begun(two.before, saved))
    (found,) = check(questions, two.after, Poster(), path_of=_path, clock=_Waited().clock())
    assert found.due == 1
    assert "public network" in found.reason


def test_what_cannot_be_judged_is_refused(two: Two) -> None:
    """A question that nothing would ever answer is not saved in silence."""
    with pytest.raises(UnjudgedQuestionError, match="ask in a sentence"):
        begun(two.before, _question("the of and"))


def test_ids_are_plain_and_lead_nowhere(questions: Questions) -> None:
    """An id tells what is asked; no id is a way out of the folder, and a broken file is told."""
    assert questions.free_id("Frais de récrutement: qui paie, et quand?") == (
        "frais-de-recrutement-qui-paie"
    )
    assert questions.free_id("债务") == "question"
    questions.add(_question(), Kept())
    questions.add(_question(id=questions.free_id("Fees!")), Kept())
    assert {each.id for each in questions.listed()} == {"fees", "fees-2"}
    for name in ("../fees", "fees/../fees", "Fees", ".", "", "x" * 300):
        with pytest.raises(UnknownQuestionError, match="list"):
            questions.one(name)
    questions.remove("fees")
    with pytest.raises(UnknownQuestionError, match="fees"):
        questions.remove("fees")
    broken = next(iter(questions._folder.glob("*.question.json")))
    broken.write_text('{"id": 1}')
    with pytest.raises(QuestionsUnreadableError, match="mend it"):
        questions.listed()


def test_the_api_tells_of_them(two: Two, questions: Questions, service: Service) -> None:
    """Lists, answers and feeds over HTTP; never where messages go, nor the secret."""
    _hooked(questions, two.before, service.address)
    app = create_app(two.after, hosts=("testserver",), saved=questions)
    with TestClient(app) as client:
        listed = client.get("/api/v1/questions").json()
        assert listed["count"] == 1
        feed = client.get("/questions/fees.atom")
        _check(questions, two.after)
        found = client.get("/api/v1/questions/fees?k=2").json()
        assert found["question"]["answers"] > 0, "within one generation, too"
        assert len(found["entries"]) == min(2, found["question"]["answers"])
        assert client.get(found["entries"][0]["url"]).status_code == 200
        after = client.get(found["question"]["feed"])
        assert after.headers["content-type"].startswith("application/atom+xml")
        assert feed.headers["etag"] != after.headers["etag"]
        tag = {"If-None-Match": after.headers["etag"]}
        assert client.get("/questions/fees.atom", headers=tag).status_code == 304
        for path in ("/api/v1/questions", "/api/v1/questions/fees", "/questions/fees.atom"):
            text = client.get(path).text
            assert SECRET not in text
            assert "127.0.0.1" not in text
        for path in ("/api/v1/questions/none", "/questions/none.atom", "/questions/..%2fx.atom"):
            assert client.get(path).status_code == 404
    with TestClient(create_app(two.after, hosts=("testserver",))) as client:
        assert client.get("/api/v1/questions").json() == {"count": 0, "questions": []}


def test_asking_changes_nothing_in_the_index(two: Two, questions: Questions) -> None:
    """Saved questions live in their own folder; an index is only read."""
    digests = {each: each.stat().st_mtime_ns for each in two.index.rglob("*") if each.is_file()}
    questions.add(_question(), begun(two.before, _question()))
    _check(questions, two.after)
    assert digests == {e: e.stat().st_mtime_ns for e in two.index.rglob("*") if e.is_file()}
    assert questions._folder.stat().st_mode & 0o077 == 0, "secrets are for the owner alone"


def test_a_check_beside_another_waits_for_its_turn(two: Two, questions: Questions) -> None:
    """Two at a time would post everything twice: the second leaves it to the first."""
    questions.add(_question(), begun(two.before, _question()))
    with questions.alone() as is_alone:
        assert is_alone
        assert _check(questions, two.after) == ()
    assert _check(questions, two.after)[0].found > 0

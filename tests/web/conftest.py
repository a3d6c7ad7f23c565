"""A small corpus with everything a page can show, served on this machine; and a browser."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import uvicorn
from fastapi.testclient import TestClient
from hand_made import compendium_of
from playwright.sync_api import sync_playwright

from wgsearch.agenda import Agenda, AgendaItem, ListedDocument, Slot, SubItem
from wgsearch.api.app import create_app
from wgsearch.errors import PaperUnreadableError
from wgsearch.index.build import PaperReader, build
from wgsearch.papers.corpus import CorpusFile
from wgsearch.papers.paper import (
    Footnote,
    Heading,
    ItemReference,
    Paper,
    PaperKind,
    Paragraph,
    ParagraphKind,
    ReadingWarning,
    Recommendation,
    Reference,
)
from wgsearch.papers.recommendations import with_recommendations
from wgsearch.search import LocalEngine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from fastapi import FastAPI
    from playwright.sync_api import Browser

    from wgsearch.answers import Engine
    from wgsearch.compendium.records import Compendium
    from wgsearch.embedding import Encoder

SERIES = "DEMO/COP/WG.4"
BODY = "Demonstration Working Group on Trafficking in Persons"
# What a hostile paper might hold; the browser must run none of it.
PAYLOADS = (
    "<script>document.title='run'</script>",
    "<img src=x onerror=\"document.title='run'\">",
    "<svg/onload=document.title='run'>",
    '"><script>document.title="run"</script>',
    "' onmouseover='document.title=1' autofocus onfocus='document.title=\"run\"",
    "javascript:document.title='run'",
    "{{ 7 * 7 }}{% raw %}",
    "</textarea></title></style><script>document.title='run'</script>",
    "<iframe srcdoc=\"<script>parent.document.title='run'</script>\">",
    "<a href=javascript:document.title='run'>debt</a>",
    "<!--><script>document.title='run'</script>-->",
    "<details open ontoggle=document.title='run'>",
    "<ScRiPt>document.title='run'</sCrIpT>",
    "<script/x>document.title='run'</script>",
    "<script\n>document.title='run'</script>",
    "<scr<script>ipt>document.title='run'</scr</script>ipt>",
    "<<script>document.title='run'//<</script>",
    "<script src=data:text/javascript,document.title='run'></script>",
    "<script type=module>document.title='run'</script>",
    "<noscript><p title=\"</noscript><img src=x onerror=document.title='run'>\">",
    "<svg><script>document.title='run'</script></svg>",
    "<svg><animate onbegin=document.title='run' attributeName=x dur=1s>",
    "<svg><set attributeName=href to=javascript:document.title='run'>",
    "<svg><a xlink:href=javascript:document.title='run'><text y=20>debt</text></a></svg>",
    "<svg><style><img src=x onerror=document.title='run'></style></svg>",
    "<svg><foreignObject><img src=x onerror=document.title='run'></foreignObject></svg>",
    "<math><mtext></form><form><mglyph><style><img src=x onerror=document.title='run'>",
    "<math href=javascript:document.title='run'>debt</math>",
    "<img src=x:x onerror\t=\ndocument.title='run'>",
    "<img/src/onerror=document.title='run'>",
    "<img src=`x` onerror=document.title='run'>",
    "<img srcset=x onerror=document.title='run'>",
    "<image src=x onerror=document.title='run'>",
    "<input autofocus onfocus=document.title='run'>",
    "<select autofocus onfocus=document.title='run'>",
    "<textarea autofocus onfocus=document.title='run'>",
    "<video src=x onerror=document.title='run'></video>",
    "<video><source onerror=document.title='run'></video>",
    "<audio src=x onerror=document.title='run'></audio>",
    "<body onload=document.title='run'>",
    "<body onpageshow=document.title='run'>",
    "<marquee onstart=document.title='run'>debt</marquee>",
    "<object data=javascript:document.title='run'></object>",
    "<object data=data:text/html,<script>parent.document.title='run'</script>></object>",
    "<embed src=javascript:document.title='run'>",
    "<iframe src=javascript:parent.document.title='run'></iframe>",
    "<iframe onload=document.title='run'></iframe>",
    "<meta http-equiv=refresh content=\"0;url=javascript:document.title='run'\">",
    "<meta http-equiv=refresh content='0;url=/help'>",
    "<base href=//127.0.0.1:9/>",
    "<link rel=stylesheet href=data:text/css,*{display:none}>",
    "<style>*{display:none}</style>",
    "<p style=position:fixed;inset:0;background:url(//127.0.0.1:9/)>debt",
    "<form action=//127.0.0.1:9/><button>Search</button></form>",
    "<button form=ask formaction=javascript:document.title='run'>Search</button>",
    "<div contenteditable onfocus=document.title='run' tabindex=0 autofocus>",
    "<style>@keyframes x{}</style><p style=animation-name:x onanimationstart=document.title='run'>",
    "<template><script>document.title='run'</script></template>",
    "<dialog open onclose=document.title='run'><form method=dialog><button autofocus>",
    "\u2028<script>document.title='run'</script>\u2029",
)
HOSTILE_FILE = 'notes/<img src=x onerror="document.title=1">.txt'
LONG = "Labour inspectors see what police officers do not see, and they see it earlier. " * 12
_CHROMIUM_ARGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


def _paragraphs(
    *given: tuple[str | None, str],
    kind: ParagraphKind = ParagraphKind.PARAGRAPH,
    part: str = "body",
) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(
            number=number,
            part=part,
            kind=kind,
            heading_path=("I. Findings", "A. Fees"),
            page_first=1 + at // 2,
            page_last=1 + at // 2,
            text=text,
            footnotes=("1",) if at == 0 else (),
        )
        for at, (number, text) in enumerate(given)
    )


def _paper(
    symbol: str | None, title: str, paragraphs: Sequence[Paragraph], **fields: object
) -> Paper:
    values: dict[str, object] = {
        "file": f"{(symbol or 'paper').replace('/', '_')}.pdf",
        "digest": hashlib.sha256(f"{symbol} {title}".encode()).hexdigest(),
        "symbol": symbol,
        "symbols": (symbol,) if symbol else (),
        "title": title,
        "kind": PaperKind.BACKGROUND_PAPER,
        "body": BODY,
        "session": "First session",
        "meeting": "Vienna, 27 and 28 June 2022",
        "date": "2022-04-25",
        "language": "en",
        "languages": ("en",),
        "original": ("en",),
        "distribution": "General",
        "agenda_item": ItemReference(number="2", title="Recruitment fees"),
        "pages": 6,
        "headings": (),
        "paragraphs": tuple(paragraphs),
        "footnotes": (),
        "warnings": (),
    }
    return Paper(**(values | fields))  # type: ignore[arg-type] # fields by name


def _full_paper() -> Paper:
    """A paper that has all that a paper can have."""
    sub = (
        "Agencies:\n(a) Should be licensed, in particular:\n(i) Before departure;"
        "\n(b) Should charge no fees."
    )
    return _paper(
        f"{SERIES}/2022/2",
        "Recruitment fees & debt bondage",
        (
            *_paragraphs(("1", "Recruitment fees turn into debt."), ("2", sub), ("3", LONG)),
            *_paragraphs(
                (None, "Act\tWhere the evidence is found\tWho holds it"),
                (None, "Receipt\tWork rosters, messages about arrival\tThe employer"),
                kind=ParagraphKind.TABLE_ROW,
            ),
            *_paragraphs((None, "A worker paid twice for one job."), kind=ParagraphKind.BOX),
            *_paragraphs((None, "No fees to workers."), kind=ParagraphKind.QUOTATION),
            *_paragraphs(
                ("4", "States parties should prohibit fees charged to workers."),
                kind=ParagraphKind.RECOMMENDATION,
            ),
            *_paragraphs(("1", "Numbers restart in the annex."), part="annex II"),
            replace(_paragraphs(("2", "لا تفرض رسوم على العمال."), part="annex II")[0], lang="ar"),
            replace(
                _paragraphs(("3", "The Secretariat should list agencies."), part="annex II")[0],
                recommendation=Recommendation(
                    addressee="the Secretariat", verb="should", agreed=False
                ),
            ),
        ),
        headings=(
            Heading(level=1, label="I", text="Findings", page=1, before=0),
            Heading(level=2, label="A", text="Fees", page=1, before=0),
            Heading(level=1, label=None, text="Annex II", page=6, before=8),
        ),
        footnotes=(Footnote(mark="1", text="See <i>A/55/383/Add.1</i>, para. 63.", page=1),),
        warnings=(ReadingWarning(code="number_gap", message="Paragraph 5 was not found."),),
        job="V.22-01234 (E)",
        stars=1,
        references=(
            Reference(symbol="A/55/383/Add.1", paragraph=0, note="1", first="63", last="63"),
            Reference(symbol=f"{SERIES}/2023/3", paragraph=2, note=None, first="1", last="4"),
            Reference(symbol=f"{SERIES}/2022/1", paragraph=None, note="*", first=None, last=None),
        ),
    )


def _report(year: int, *texts: str) -> Paper:
    """The report of a session with its recommendations, the last of them not agreed."""
    said = _paragraphs(*((str(n), text) for n, text in enumerate(texts, start=1)))
    heading = "II. Recommendations"
    apart = "III. Recommendations on which no agreement was reached"
    placed = [replace(each, heading_path=(heading,)) for each in said[:-1]]
    placed.append(replace(said[-1], heading_path=(apart,)))
    return _paper(
        f"{SERIES}/{year}/5",
        f"Report on the session of {year}",
        with_recommendations(placed),
        kind=PaperKind.REPORT,
        date=f"{year}-07-14",
    )


def _papers() -> tuple[Paper, ...]:
    return (
        _paper(
            f"{SERIES}/2022/1",
            "Annotated provisional agenda",
            _paragraphs(("1", "The session opens at 10 a.m.")),
            kind=PaperKind.AGENDA,
            date="2022-04-11",
        ),
        _full_paper(),
        _report(
            2026,
            "States parties may wish to prohibit fees <b>charged</b> to workers.",
            f"The Secretariat should list agencies, {PAYLOADS[0]}.",
            "States parties shall close agencies.",
        ),
        _report(
            2027,
            "States parties should prohibit fees <b>charged</b> to workers and cooks.",
            "UNODC should publish it:\n(a) In print;\n(b) In Braille.",
            "States parties shall open agencies again.",
        ),
        _paper(
            f"{SERIES}/2022/2",
            "رسوم الاستقدام وعبودية الدين",
            _paragraphs(("1", "تتحول رسوم الاستقدام إلى ديون على العمال.")),
            file="arabic.pdf",
            language="ar",
            languages=("ar",),
        ),
        _paper(
            f"{SERIES}/2022/2/Add.2",
            "Recruitment fees: laws",
            _paragraphs(("1", "Laws differ.")),
            reader="ocr",
            references=(
                Reference(symbol=f"{SERIES}/2022/2", paragraph=0, note=None, first="2", last="2"),
            ),
        ),
        _paper(f"{SERIES}/2022/2/Corr.1", "Corrigendum", _paragraphs((None, "For fee read fees."))),
        _paper(f"{SERIES}/2023/3", "Consent", _paragraphs(("1", "Consent is irrelevant."))),
        _paper(
            f"{SERIES}/2023/3/Rev.1",
            "Consent",
            _paragraphs(("1", "Consent is irrelevant in all cases.")),
            date="2023-05-26",
        ),
        _paper(
            None,
            f"Hostile {PAYLOADS[0]} {PAYLOADS[1]}",
            _paragraphs(
                *((str(at), f"debt {text}") for at, text in enumerate(PAYLOADS[:12], start=1))
            ),
            file=HOSTILE_FILE,
            body=PAYLOADS[2],
            session=PAYLOADS[3],
            date=None,
            headings=(Heading(level=1, label=None, text=PAYLOADS[4], page=1, before=0),),
        ),
    )


_AGENDA = Agenda(
    symbol=f"{SERIES}/2022/1",
    title="Annotated provisional agenda",
    items=(
        AgendaItem(
            number="1",
            title="Organizational matters",
            sub_items=(SubItem(number="1 (a)", title="Opening of the session"),),
            annotation=None,
            documents=(),
        ),
        AgendaItem(
            number="2",
            title="Recruitment fees",
            sub_items=(),
            annotation="The Working Group will consider fees.\n\nIt may wish to hear experts.",
            documents=(
                ListedDocument(symbol=f"{SERIES}/2022/2", title="Background paper on fees"),
                ListedDocument(symbol=f"{SERIES}/2022/9", title="Note <b>on</b> licences"),
                ListedDocument(symbol=None, title="Oral report"),
            ),
        ),
    ),
    timetable=(
        Slot(date="2022-06-27", start="10:00", end="13:00", items=("1 (a)", "2")),
        Slot(date=None, start=None, end=None, items=()),
    ),
)


def _reader() -> PaperReader:
    """Papers in memory, and one file that cannot be read."""
    papers = {paper.file: paper for paper in _papers()}
    broken = PaperUnreadableError("broken.pdf", "encrypted", "the file is <b>encrypted</b>")

    def read(root: Path, files: Sequence[str]) -> Iterator[Paper | PaperUnreadableError]:
        del root
        return (papers.get(file, broken) for file in files)

    found = [CorpusFile(file=paper.file, digest=paper.digest, size=1) for paper in papers.values()]
    found.append(CorpusFile(file="broken.pdf", digest="0" * 64, size=1))
    return PaperReader(
        version=1,
        scan=lambda _: tuple(sorted(found, key=lambda each: each.file)),
        read=read,
        agenda=lambda paper: _AGENDA if paper.symbol == _AGENDA.symbol else None,
    )


@pytest.fixture(scope="session")
def rich_engine(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> LocalEngine:
    """An engine over papers that show all that pages can show."""
    folder = tmp_path_factory.mktemp("rich")
    build(folder / "corpus", folder / "index", encoder, reader=_reader())
    return LocalEngine(folder / "index", encoder)


@pytest.fixture(scope="session")
def rich_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus folder, so that originals are offered."""
    return tmp_path_factory.mktemp("originals")


@pytest.fixture(scope="session")
def edition(rich_engine: LocalEngine) -> Compendium:
    """A compendium over some of these papers, an Arabic and a hostile one among them."""
    state = rich_engine.state()
    papers = _papers()
    chosen = (papers[1], papers[2], papers[4], papers[5], papers[-1])
    return compendium_of(chosen, state.generation, state.content_digest)


@pytest.fixture(scope="session")
def pages(
    rich_engine: LocalEngine,
    rich_corpus: Path,
    judging: Callable[[LocalEngine], Engine],
    edition: Compendium,
) -> Iterator[TestClient]:
    """A reader of pages without a browser."""
    app = create_app(
        judging(rich_engine),
        corpus_dir=rich_corpus,
        hosts=("testserver",),
        compendium=lambda: edition,
    )
    headers = {"Accept": "text/html"}
    with TestClient(app, follow_redirects=False, headers=headers) as caller:
        yield caller


@pytest.fixture(scope="session")
def payloads() -> tuple[str, ...]:
    """Forms in which a paper or a caller might bring a script."""
    return PAYLOADS


@contextmanager
def _served(app: FastAPI) -> Iterator[str]:
    """An app at an address of this machine, served as `wgsearch serve` serves it."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture(scope="session")
def served() -> Callable[[FastAPI], AbstractContextManager[str]]:
    """How an app is served."""
    return _served


@pytest.fixture(scope="session")
def site(
    rich_engine: LocalEngine,
    rich_corpus: Path,
    judging: Callable[[LocalEngine], Engine],
    edition: Compendium,
) -> Iterator[str]:
    """Address of the pages."""
    app = create_app(judging(rich_engine), corpus_dir=rich_corpus, compendium=lambda: edition)
    with _served(app) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """
    A real browser: Debian's chromium, or the one that CHROMIUM names.

    Not for the whole session: while one is open its loop runs, and no other test may start one.
    """
    if os.environ.get("WGSEARCH_NO_BROWSER") == "1":
        pytest.skip("WGSEARCH_NO_BROWSER=1: pages are not tested in a browser")
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if path is None:
        pytest.fail(
            "no chromium: install it (apt-get install chromium), name it with CHROMIUM=/path,"
            " or set WGSEARCH_NO_BROWSER=1 to leave these tests out"
        )
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=_CHROMIUM_ARGS)
        yield launched
        launched.close()

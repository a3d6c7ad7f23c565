"""Sixty forms of script in titles, texts, symbols, file names and parameters: none runs."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import httpx
import pytest
from bs4 import BeautifulSoup

from wgsearch.api.app import create_app
from wgsearch.index.build import PaperReader, build
from wgsearch.search import LocalEngine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from fastapi import FastAPI
    from playwright.sync_api import Browser

    from wgsearch.embedding import Encoder
    from wgsearch.papers.paper import Paper

# Elements that no page of papers has, and none that leaves its page.
FOREIGN = (
    "main script, main iframe, object, embed, main img, main style, base, meta[http-equiv],"
    " main video, main audio, main math, main template, dialog, main svg, main link, body body,"
    " [srcdoc], [formaction], [contenteditable], [onload], [onerror], [onfocus], [autofocus],"
    " [style], a[href^='javascript:' i], form[action^='//']"
)


@pytest.fixture(scope="module")
def hostile(  # noqa: PLR0917 - fixtures, by name
    tmp_path_factory: pytest.TempPathFactory,
    encoder: Encoder,
    served: Callable[[FastAPI], AbstractContextManager[str]],
    make_paper: Callable[..., Paper],
    memory_reader: Callable[[Sequence[Paper]], PaperReader],
    payloads: tuple[str, ...],
) -> Iterator[str]:
    """Address of an index of papers each of which has one form wherever it has words."""
    folder = tmp_path_factory.mktemp("hostile")
    papers = []
    for at, payload in enumerate(payloads):
        # Every second paper prints no symbol: it goes by the name of its file.
        made = make_paper(
            f"DEMO/{payload}/{at}" if at % 2 else None,
            (f"debt {payload}",),
            title=payload,
            file=f"{at}/{payload}.txt",
            heading=f"I. {payload}",
        )
        digest = hashlib.sha256(f"{at} {payload}".encode()).hexdigest()
        papers.append(replace(made, body=payload, session=payload, digest=digest))
    build(folder / "corpus", folder / "index", encoder, reader=memory_reader(papers))
    with served(create_app(LocalEngine(folder / "index", encoder))) as address:
        yield address


@pytest.mark.browser
def test_papers_of_sixty_forms_run_nothing(browser: Browser, hostile: str) -> None:
    """Lists, results and filters show every title, symbol, file name, body and text as words."""
    complaints: list[str] = []
    context = browser.new_context(base_url=hostile)
    page = context.new_page()
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda it: None if hostile in it.url else complaints.append(it.url))
    for path in ("/documents", *(f"/search?q=debt&fold=false&page={at}" for at in range(1, 7))):
        page.goto(path)
        assert page.locator(FOREIGN).count() == 0, path
        assert page.title() not in {"run", "1", "49"}
        page.mouse.move(300, 300)
    assert complaints == []
    context.close()


def test_sixty_forms_stay_words_on_every_page(hostile: str, payloads: tuple[str, ...]) -> None:
    """As a parameter and as a paper, each form stands in the page as text, and nowhere as code."""
    assert len(set(payloads)) >= 60
    with httpx.Client(base_url=hostile, headers={"Accept": "text/html"}) as caller:
        listed = BeautifulSoup(caller.get("/documents").text, "html.parser").get_text(" ")
        read = 0
        for at, payload in enumerate(payloads):
            assert " ".join(payload.split()) in " ".join(listed.split())
            key = f"DEMO/{payload}/{at}" if at % 2 else f"{at}/{payload}.txt"
            asked = urlencode({"q": payload, "body": payload, "symbol": payload})
            for path in (f"/documents/{quote(key)}", f"/search?{asked}"):
                answer = caller.get(path)
                assert answer.status_code in {200, 404}, path
                read += answer.status_code == 200
                page = BeautifulSoup(answer.text, "html.parser")
                assert page.select(FOREIGN) == [], path
                assert "default-src 'self'" in answer.headers["content-security-policy"]
    # An address cannot hold every name: a line end or `//` in it names another paper.
    assert read >= 100

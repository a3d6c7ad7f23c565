"""The page as printed in a real browser: with keys, without script, with real pictures."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import bad_files
import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from wgsearch.api.app import create_app
from wgsearch.index.build import PaperReader, build
from wgsearch.search import LocalEngine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from fastapi import FastAPI
    from playwright.sync_api import Browser, Page

    from wgsearch.embedding import Encoder
    from wgsearch.papers.paper import Paper

    Served = Callable[[FastAPI], AbstractContextManager[str]]

SAMPLE = Path(__file__).parents[2] / "corpus" / "papers" / "DEMO_COP_WG.4_2022_2.en.pdf"
SERIES = "DEMO/COP/WG.4"
SEARCH = "/search?q=recruitment+harbouring+and+receipt+of+persons"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Rectangles that lie on the picture, and on it alone.
ON_THE_PICTURE = """() => [...document.querySelectorAll(".page-image rect")].every((each) => {
  const [box, page] = [each, each.closest(".page-image").querySelector("img")].map(
    (it) => it.getBoundingClientRect());
  return box.width > 3 && box.height > 3 && box.left >= page.left && box.right <= page.right
    && box.top >= page.top && box.bottom <= page.bottom;
})"""
SCROLLED = """async (each) => {
  for (let at = 0; at < 60 && !each.scrollTop; at += 1) await new Promise(requestAnimationFrame);
  return each.scrollTop;
}"""
LOADED = """() => [...document.querySelectorAll(".page-image img")].every(
  (each) => each.complete && each.naturalWidth > 0)"""


@pytest.fixture(scope="module")
def printed(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, served: Served
) -> Iterator[str]:
    """Address of pages over one PDF of the sample, read as it is."""
    folder = tmp_path_factory.mktemp("printed")
    (folder / "papers").mkdir()
    shutil.copy(SAMPLE, folder / "papers")
    build(folder / "papers", folder / "index", encoder)
    engine = LocalEngine(folder / "index", encoder)
    app = create_app(engine, corpus_dir=folder / "papers", pages_dir=folder / "pages")
    with served(app) as address:
        yield address


@pytest.fixture
def page(browser: Browser, printed: str) -> Iterator[Page]:
    """A tab of its own."""
    context = browser.new_context(base_url=printed, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def _marked(page: Page) -> None:
    """The page as printed is there, and the lines of one paragraph are marked on it."""
    page.wait_for_url("**/documents/**/pages/*?paragraph=*")
    page.wait_for_load_state("networkidle")
    assert page.evaluate(LOADED)
    assert page.locator(".sheet rect").count() > 0
    assert page.evaluate(ON_THE_PICTURE)
    assert page.locator(".para[aria-current]").count() == 1
    expect(page.locator("figcaption").first).to_contain_text("is marked")


@pytest.mark.browser
def test_keys_lead_from_a_result_to_its_lines_on_the_page(page: Page) -> None:
    """Without a mouse: ask, next result, its page, enlarge it, scroll it, and back."""
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("recruitment harbouring and receipt of persons")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    page.locator("#main").focus()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    first = page.locator("article.result").first
    expect(first.locator("h3 a")).to_be_focused()
    words = first.locator("blockquote").first.inner_text()
    page.keyboard.press("o")
    _marked(page)
    assert words[:40] in page.locator(".para[aria-current]").inner_text()
    page.get_by_role("link", name="Enlarge the page").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**zoom=1#printed")
    expect(page.locator(".sheet").first).to_be_in_viewport()
    assert page.evaluate(ON_THE_PICTURE)
    sheet = page.get_by_role("group", name="scrolls where it is larger")
    sheet.focus()
    page.keyboard.press("ArrowDown")
    assert sheet.evaluate(SCROLLED) > 0
    page.go_back()
    page.go_back()
    page.wait_for_url("**/search?q=*")


@pytest.mark.browser
def test_without_script_a_result_leads_to_its_lines_on_the_page(
    browser: Browser, printed: str
) -> None:
    """By links alone: the page beside the result, another paragraph of it, the next page."""
    context = browser.new_context(base_url=printed, java_script_enabled=False)
    page = context.new_page()
    page.goto(SEARCH)
    page.locator("article.result a.printed").first.click()
    _marked(page)
    here = page.url
    page.locator(".para:not([aria-current]) a.number").first.click()
    _marked(page)
    assert page.url != here
    page.get_by_role("link", name="Next page").click()
    assert page.locator(".page-image img").count() >= 1
    page.locator(".eyebrow a").click()
    assert page.url.split("#")[0].endswith(f"/documents/{SERIES}/2022/2")
    context.close()


@pytest.mark.browser
def test_a_page_with_its_picture_violates_no_wcag(page: Page) -> None:
    """With a real picture and boxes axe-core objects to nothing, in light, dark and narrow."""
    page.goto(SEARCH)
    page.locator("article.result a.printed").first.click()
    _marked(page)
    for scheme, width, rules in (("light", 1280, WCAG), ("dark", 360, WCAG)):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # two words
        found = Axe().run(page, options={"runOnly": rules}).response["violations"]
        assert [each["id"] for each in found] == []
    inner, outer = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert inner <= outer


@pytest.mark.browser
def test_single_keys_can_be_switched_off_and_are_dead_in_fields(page: Page) -> None:
    """WCAG 2.1.4: on the help page, kept by this browser; in a field a letter is a letter."""
    page.goto(SEARCH)
    page.locator("#q").fill("")
    page.locator("#q").press_sequentially("/jkoc?")
    assert page.locator("#q").input_value() == "/jkoc?"
    assert page.url.endswith(SEARCH)
    page.locator("#main").focus()
    page.keyboard.press("?")
    page.wait_for_url("**/help")
    page.get_by_role("checkbox", name="Single keys act").press("Space")
    for key in ("/", "j", "o", "?"):
        page.goto(SEARCH)
        page.locator("article.result h3 a").first.focus()
        page.keyboard.press(key)
        expect(page.locator("article.result h3 a").first).to_be_focused()
        assert page.url.endswith(SEARCH)
    page.goto("/help")
    box = page.get_by_role("checkbox", name="Single keys act")
    assert not box.is_checked()
    box.press("Space")
    page.goto(SEARCH)
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()


# What is refused, and what is drawn whatever it tries.
HOSTILE = ("empty", "page", "program", "truncated", "locked", "tree-loop", "huge-size", "active")


@pytest.fixture(scope="module")
def hostile(
    tmp_path_factory: pytest.TempPathFactory,
    encoder: Encoder,
    served: Served,
    make_paper: Callable[..., Paper],
    memory_reader: Callable[[Sequence[Paper]], PaperReader],
) -> Iterator[str]:
    """Address of an index that holds papers whose files turned out bad, and a good one."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "papers").mkdir()
    files = {name: data for name, (data, _) in bad_files.pdfs("http://127.0.0.1:9/").items()}
    papers = []
    for at, name in enumerate((*HOSTILE, "good"), start=1):
        data = files[f"{name}.pdf"]
        (folder / "papers" / f"{name}.pdf").write_bytes(data)
        made = make_paper(f"{SERIES}/2030/{at}", file=f"{name}.pdf")
        papers.append(replace(made, digest=hashlib.sha256(data).hexdigest(), pages=1))
    build(folder / "papers", folder / "index", encoder, reader=memory_reader(papers))
    app = create_app(LocalEngine(folder / "index", encoder), corpus_dir=folder / "papers")
    with served(app) as address:
        yield address


def test_a_hostile_paper_is_a_clear_problem_and_the_next_page_is_drawn(hostile: str) -> None:
    """Over HTTP: refused in words or drawn, and after each one a good page is drawn still."""
    refused = set()
    good = f"{hostile}/api/v1/documents/{SERIES}/2030/{len(HOSTILE) + 1}/pages/1.png"
    with httpx.Client(timeout=30) as caller:
        for at, name in enumerate(HOSTILE, start=1):
            place = f"{hostile}/api/v1/documents/{SERIES}/2030/{at}/pages/1.png?width=800"
            answer = caller.get(place)
            if answer.status_code != 200:
                refused.add(name)
                assert answer.headers["content-type"] == "application/problem+json"
                problem = answer.json()
                assert (answer.status_code, problem["title"]) == (
                    422,
                    "The page cannot be drawn",
                )
                assert problem["detail"].startswith(f"Page 1 of {SERIES}/2030/{at}: ")
                assert "Traceback" not in answer.text
                assert str(Path.home()) not in answer.text
                shown = caller.get(f"{hostile}/documents/{SERIES}/2030/{at}/pages/1")
                assert shown.status_code == 200
                assert "Debt keeps workers from leaving." in shown.text
                assert "<img " not in shown.text
            assert caller.get(good).content.startswith(b"\x89PNG")
        assert caller.get(f"{hostile}/readyz").status_code == 200
    assert refused >= {"empty", "page", "program", "truncated", "locked"}

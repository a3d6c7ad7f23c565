"""Pages in a real browser: accessible, narrow, dark, with hostile papers, without script."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PAPER = "/documents/DEMO/COP/WG.4/2022/2"
HOSTILE = "/documents/" + quote('notes/<img src=x onerror="document.title=1">.txt')
HOSTILE_PLACE = HOSTILE.removeprefix("/documents/") + ":i0"
PATHS = {
    "home": "/",
    "search": "/search?q=recruitment+fees+debt",
    "filtered": "/search?q=fees&kind=background+paper&from=2022",
    "covered": "/search?q=covered+fees+turn+into+bondge",
    "not covered": "/search?q=not_covered+recruitment+fees&per_paper=1",
    "one by one": "/search?q=touched+consent+irrelevant&fold=false",
    "nothing": "/search?q=%22zebra+crossing%22",
    "wrong": "/search?q=debt&from=last",
    "documents": "/documents",
    "paper": PAPER,
    "arabic": f"{PAPER}?language=ar",
    "paragraph": f"{PAPER}#p1",
    "printed page": f"{PAPER}/pages/1?paragraph=p1",
    "enlarged page": f"{PAPER}/pages/1?zoom=1",
    "ocr": f"{PAPER}/Add.2",
    "superseded": "/documents/DEMO/COP/WG.4/2023/3",
    "warned": "/documents?warning=editions_differ",
    "agendas": "/agendas",
    "where it belongs": "/agendas/belonging?q=recruitment+fees",
    "where on an agenda": "/agendas/DEMO/COP/WG.4/2022/1/belonging?q=recruitment+fees",
    "history": "/history?topic=recruitment+fees",
    "history of an item": "/history?agenda=DEMO/COP/WG.4/2022/1&item=2",
    "no history": "/history?topic=zebra+crossing&before=2000",
    "history asked wrongly": "/history?topic=fees&before=soon",
    "compare": "/compare",
    "check": "/check",
    "agenda": "/agendas/DEMO/COP/WG.4/2022/1",
    "recommendations": "/recommendations",
    "recommended": "/recommendations?q=fees&addressee=states&agreed=true",
    "none recommended": "/recommendations?topic=zebra",
    "wrongly recommended": "/recommendations?from=soon&strength=sternly",
    "lineage": "/recommendations/DEMO/COP/WG.4/2027/5:1",
    "compendium": "/compendium",
    "topics found": "/compendium?q=recruitment+fees",
    "topics of a paper": "/compendium?symbol=DEMO/COP/WG.4/2022/2&paragraph=1",
    "no topics": "/compendium?symbol=DEMO/COP/WG.4/2022/22",
    "topic": "/compendium/recruitment-fees",
    "hostile topic": "/compendium/undated",
    "gaps": "/compendium/gaps",
    "changes": "/compendium/changes",
    "basket": f"/basket?p={PAPER.removeprefix('/documents/')}:p2&p=DEMO/COP/WG.4/1999/1:p1",
    "marks": f"/marks?q=fees&yes={PAPER.removeprefix('/documents/')}:p2",
    "help": "/help",
    "french search": "/search?q=recruitment+fees+debt&ui=fr",
    "french paper": f"{PAPER}?ui=fr",
    "french basket": f"/basket?p={PAPER.removeprefix('/documents/')}:p2&ui=fr",
    "status": "/status",
    "api": "/api",
    "problem": "/documents/DEMO/COP/WG.4/2022/22",
    "explained": "/problems/unknown-symbol",
}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A tab of its own, without anything from before."""
    context = browser.new_context(base_url=site, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", PATHS)
def test_no_page_violates_wcag(page: Page, name: str) -> None:
    """axe-core finds nothing to object to, in light and in dark."""
    page.goto(PATHS[name])
    assert _violations(page, WCAG) == []
    page.emulate_media(color_scheme="dark")
    # Dark differs in colours alone.
    assert _violations(page, ["color-contrast", "link-in-text-block"]) == []


def _violations(page: Page, rules: list[str]) -> list[tuple[str, list[str]]]:
    """What axe-core objects to: rule, and the first elements that break it."""
    found = Axe().run(page, options={"runOnly": rules}).response["violations"]
    return [(each["id"], [node["html"] for node in each["nodes"]][:3]) for each in found]


@pytest.mark.parametrize("name", PATHS)
def test_pages_fit_320_pixels(page: Page, name: str) -> None:
    """On the narrowest screen, or at 400 % zoom, nothing has to be scrolled sideways."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(PATHS[name])
    inner, outer = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert inner <= outer


_DRAFT = (
    "1. Debt bondage keeps workers from leaving an employer.\n\n"
    "2. “Debt bondage keeps workers from joining an employer” (DEMO/COP/WG.4/2022/2, para. 2);"
    " see also DEMO/COP/WG.4/2031/9.\n\nToo short."
)


@pytest.mark.parametrize("path", ["/compare", "/check"])
def test_a_draft_is_compared_on_a_page_that_all_can_read(page: Page, path: str) -> None:
    """Pasted and sent: axe-core finds nothing in light and dark, and 320 pixels are enough."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(path)
    page.fill("textarea", _DRAFT)
    page.click("main button[type=submit]")
    assert page.locator(".compared > li, .checked > li").count() >= 2
    assert _violations(page, WCAG) == []
    page.emulate_media(color_scheme="dark")
    assert _violations(page, ["color-contrast", "link-in-text-block"]) == []
    inner, outer = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert inner <= outer


def test_papers_run_nothing(page: Page) -> None:
    """Titles, words, bodies and file names of a hostile paper stay words."""
    complaints: list[str] = []
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    payload = quote("\"><script>document.title='run'</script>")
    for path in (
        *(HOSTILE, "/documents", "/status", "/search?q=debt"),
        *("/compendium/undated", "/compendium/gaps", "/compendium/changes", "/compendium.html"),
        *(f"/compendium?q={payload}", f"/compendium?symbol={payload}"),
        *(f"/marks?q={payload}&yes={HOSTILE_PLACE}", f"/basket?p={HOSTILE_PLACE}&q={payload}"),
        *(f"/search?q={payload}", f"/search?q=debt&body={payload}&symbol={payload}"),
    ):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert page.title() not in {"run", "1", "49"}
        assert page.locator("main :is(script, iframe, svg:not(.plot > svg), img)").count() == 0
    # The page that knows no paper of such a symbol is a 404, and the browser says so.
    assert [each for each in complaints if "404 (Not Found)" not in each] == []


def test_nothing_is_loaded_from_elsewhere(page: Page, site: str) -> None:
    """Pages need no network beyond this service."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in PATHS.values():
        page.goto(path)
    assert {url for url in asked if not url.startswith((site, "data:"))} == set()


def test_a_question_can_be_asked_without_script(browser: Browser, site: str) -> None:
    """Without script: ask, filter, open a paragraph, come back."""
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("searchbox").fill("fees charged to workers")
    page.get_by_role("button", name="Search").click()
    assert page.url == f"{site}/search?q=fees+charged+to+workers"
    page.get_by_role("checkbox", name="Background paper").check()
    page.get_by_role("button", name="Apply filters").click()
    assert page.url.endswith("?q=fees+charged+to+workers&kind=background+paper")
    page.locator("article.result h3 a").first.click()
    assert f"{PAPER}#" in page.url
    page.go_back()
    assert page.get_by_role("checkbox", name="Background paper").is_checked()
    context.close()


def test_filters_are_a_drawer_on_phones(page: Page) -> None:
    """On a phone the filters open on demand; on a wide screen they are always there."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(PATHS["search"])
    choice = page.get_by_role("checkbox", name="Background paper")
    assert not choice.is_visible()
    page.get_by_text("Filters", exact=True).click()
    assert choice.is_visible()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(PATHS["search"])
    assert choice.is_visible()


def test_keys_reach_the_box_and_the_content(page: Page) -> None:
    """`/` goes to the question box; the first Tab is the skip link, and it is seen."""
    page.goto(PATHS["search"])
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    assert skip.evaluate("each => each === document.activeElement")
    expect(skip).to_be_in_viewport()
    page.keyboard.press("/")
    assert page.locator("#q").evaluate("each => each === document.activeElement")
    page.keyboard.type("/x")
    assert page.locator("#q").input_value() == "/x"


def test_reasons_and_other_places_need_no_mouse(page: Page) -> None:
    """With keys alone: open why a passage matched, go to another place where the same is said."""
    page.goto("/search?q=recruitment+fees+turn+into+debt&mode=lexical")
    first = page.locator("article.result").first
    reasons = first.locator("details.why")
    summary = reasons.locator("summary")
    assert not reasons.locator("dl").is_visible()
    place = first.locator(".also a").first
    seen: set[str] = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        for name, each in (("summary", summary), ("place", place)):
            if each.evaluate("each => each === document.activeElement"):
                assert each.evaluate("each => each.matches(':focus-visible')")
                seen.add(name)
        if len(seen) == 2:
            break
    assert seen == {"summary", "place"}
    summary.focus()
    page.keyboard.press("Enter")
    assert reasons.locator("dl").is_visible()
    place.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/**#p1")


def test_the_best_sentence_differs_by_more_than_colour(page: Page) -> None:
    """It is heavier than its neighbours, and matched words in it are still marked."""
    page.goto("/search?q=agencies+no+fees+licensed")
    best = page.locator("article.result strong.best").first
    weight, around = best.evaluate(
        "each => [each, each.parentElement].map(it => +getComputedStyle(it).fontWeight)"
    )
    assert weight >= around + 200
    assert best.locator("mark").count() > 0


def test_a_limit_is_chosen_in_the_form(page: Page) -> None:
    """One passage of each paper: chosen, applied, kept, and taken away by its chip."""
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/search?q=recruitment+fees")
    page.get_by_role("group", name="Passages of one paper").get_by_label("One", exact=True).check()
    page.get_by_role("button", name="Apply filters").click()
    assert page.url.endswith("?q=recruitment+fees&per_paper=1")
    assert page.get_by_role("radio", name="One", exact=True).is_checked()
    page.get_by_role("link", name="Passages of one paper: one").click()
    assert page.url.endswith("?q=recruitment+fees")


def test_a_citation_is_copied_whole(browser: Browser, site: str) -> None:
    """The button copies symbol and paragraph, ready to be pasted."""
    context = browser.new_context(base_url=site, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto("/search?q=recruitment+fees+debt")
    first = page.locator("article.result").first
    first.get_by_role("button", name="Copy citation").click()
    first.get_by_text("Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == first.locator(".citation").inner_text()
    assert copied.startswith("DEMO/COP/WG.4/")
    context.close()


def test_an_anchor_shows_its_paragraph(page: Page) -> None:
    """A link to a paragraph brings it into view and sets it off."""
    page.set_viewport_size({"width": 1280, "height": 500})
    page.goto(f"{PAPER}#annex-ii-p1")
    target = page.locator("#annex-ii-p1")
    assert target.evaluate("each => each.matches(':target')")
    expect(target).to_be_in_viewport()


def test_print_expands_addresses(page: Page) -> None:
    """On paper a result carries its address, and what cannot be used there is left out."""
    page.goto(PATHS["search"])
    page.emulate_media(media="print")
    after = page.locator("article.result h3 a").first.evaluate(
        "each => getComputedStyle(each, '::after').content"
    )
    assert PAPER in after
    assert not page.locator("form[role=search]").is_visible()


def test_the_map_of_topics_is_a_picture_with_a_name(page: Page) -> None:
    """It is told as one picture with its title; the table beside opens without a mouse."""
    page.goto(PATHS["compendium"])
    picture = page.get_by_role("img", name="Map of topics")
    assert picture.locator("circle").count() >= 3
    table = page.locator("section[aria-labelledby=map] table")
    assert not table.is_visible()
    page.locator("section[aria-labelledby=map] summary").focus()
    page.keyboard.press("Enter")
    assert table.locator("tbody tr").count() == 3


def test_a_topic_prints_without_what_cannot_be_used(page: Page) -> None:
    """On paper: the words with their citations; no forms, no navigation."""
    page.goto(PATHS["compendium"])
    page.emulate_media(media="print")
    assert not page.locator("form").first.is_visible()
    assert not page.locator("nav.jump").first.is_visible()
    page.goto(PATHS["topic"])
    assert page.locator(".sayings .citation").first.is_visible()
    assert not page.locator("nav.pager").is_visible()


COLLECTED = f"/basket?p={PAPER.removeprefix('/documents/')}:p2"


def test_a_basket_is_filled_and_emptied_with_keys_alone(page: Page) -> None:
    """Without a mouse: collect from results and reader, reorder, remove; the browser keeps it."""
    page.goto(PATHS["search"])
    button = page.locator("article.result button.collect").first
    place = button.get_attribute("data-place")
    button.focus()
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-pressed") == "true"
    expect(page.locator("a[data-basket] .count")).to_have_text("1")
    page.goto(f"{PAPER}?language=ar")
    other = page.locator("button.collect").first
    other.focus()
    page.keyboard.press("Space")
    expect(page.locator("a[data-basket] .count")).to_have_text("2")
    page.locator("a[data-basket]").focus()
    page.keyboard.press("Enter")
    other_place = f"{place}:ar"
    page.wait_for_url(f"**/basket?p={place}&p={other_place}")
    assert page.locator("ol.kept > li").count() == 2
    page.locator("a[data-basket-way]", has_text="Move down").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/basket?p={other_place}&p={place}")
    page.locator("a[data-basket-way]", has_text="Remove").last.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/basket?p={other_place}")
    page.goto(PATHS["search"])
    expect(page.locator("a[data-basket] .count")).to_have_text("1")
    assert page.locator("button.collect[aria-pressed=true]").count() == 0


def test_a_basket_of_somebody_else_does_not_replace_ones_own(page: Page) -> None:
    """A link that was mailed shows its passages; they are added on demand only."""
    page.goto(PATHS["search"])
    page.locator("article.result button.collect").last.click()
    page.goto(COLLECTED)
    expect(page.locator("a[data-basket] .count")).to_have_text("1")
    page.get_by_role("button", name="Put these in my basket").click()
    page.wait_for_url("**/basket?p=**&p=**")
    expect(page.locator("a[data-basket] .count")).to_have_text("2")
    assert not page.locator("[data-put]").is_visible()


def test_a_basket_is_filled_without_script(browser: Browser, site: str) -> None:
    """Without script the address holds it: add, search again, add, reorder, take citations."""
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto(PATHS["search"])
    page.locator("article.result a.collect").first.click()
    assert page.locator("ol.kept > li").count() == 1
    page.get_by_role("searchbox").fill("agencies")
    page.get_by_role("button", name="Search").click()
    page.locator("article.result a.collect").last.click()
    assert page.locator("ol.kept > li").count() == 2
    first = page.locator("ol.kept .citation").first.inner_text()
    page.get_by_role("link", name="Move down").click()
    assert page.locator("ol.kept .citation").last.inner_text() == first
    assert f"{first}." in page.locator("pre.listed").first.inner_text()
    context.close()


def test_marks_are_given_with_keys_and_kept(page: Page) -> None:
    """Marked under a result, there again on the next visit, reviewed, turned round, removed."""
    page.goto(PATHS["search"])
    yes = page.locator("fieldset.marks input").first
    yes.focus()
    page.keyboard.press("Space")
    page.goto("/search?q=agencies")
    page.locator("fieldset.marks input").nth(1).check()
    page.goto(PATHS["search"])
    assert page.locator("fieldset.marks input").first.is_checked()
    page.get_by_role("button", name="Review my marks").click()
    page.wait_for_url("**/marks?q=**&yes=**&q=agencies&no=**")
    page.get_by_role("link", name="Mark as not answering").click()
    page.get_by_role("link", name="Remove all marks").click()
    page.goto(PATHS["search"])
    assert page.locator("fieldset.marks input:checked").count() == 0


def test_the_language_is_changed_with_keys_and_kept(page: Page) -> None:
    """At the foot of a page; links and the question box keep it, words of papers stay."""
    page.goto(PATHS["search"])
    words = page.locator("article.result blockquote").first.inner_text()
    page.get_by_role("link", name="Français").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=recruitment%20fees%20debt&ui=fr")
    assert page.locator("html").get_attribute("lang") == "fr"
    assert page.locator("article.result blockquote").first.inner_text() == words
    assert page.locator("button.collect").first.inner_text().startswith("Ajouter au panier")
    page.get_by_role("searchbox").fill("debt")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=debt&ui=fr")
    page.locator("article.result h3 a").first.click()
    page.wait_for_url("**/documents/**ui=fr#**")


def test_a_basket_prints_with_citations_and_without_controls(page: Page) -> None:
    """On paper: words, citations, the list of citations on a page of its own; no links to act."""
    page.goto(PATHS["basket"])
    page.emulate_media(media="print")
    assert page.locator("ol.kept .citation").first.is_visible()
    assert page.locator("pre.listed").first.is_visible()
    for control in (".ways", ".packs", "header.site", ".copy", ".tongues"):
        assert not page.locator(control).first.is_visible(), control
    breaks = page.locator("section[aria-labelledby=citations]").evaluate(
        "each => getComputedStyle(each).breakBefore"
    )
    assert breaks == "page"


def test_an_agenda_prints_what_its_drawers_hold(page: Page) -> None:
    """On paper nobody opens anything: timeline and earlier recommendations are there."""
    page.goto(PATHS["agenda"])
    page.emulate_media(media="print")
    hidden = page.evaluate(
        "[...document.querySelectorAll('.item > details blockquote')]"
        ".filter(each => !each.closest('.quoted') && !each.checkVisibility({"
        "contentVisibilityAuto: true})).length"
    )
    assert page.locator(".item > details blockquote").count() > 0
    assert hidden == 0


def test_a_full_basket_says_so_where_one_reads(page: Page) -> None:
    """One too many: the page says how many it holds and what to do, and nothing is lost."""
    page.goto(PAPER)
    names = "&".join(f"p=DEMO/COP/WG.4/1999/1:p{number}" for number in range(1, 51))
    page.evaluate("names => localStorage.setItem('wgsearch.basket', names)", names)
    page.reload()
    expect(page.locator("a[data-basket] .count")).to_have_text("50")
    page.locator("button.collect").first.click()
    expect(page.get_by_text("The basket is full: it holds 50 passages.")).to_be_visible()
    assert _violations(page, WCAG) == []
    expect(page.locator("a[data-basket] .count")).to_have_text("50")
    assert page.locator("button.collect[aria-pressed=true]").count() == 0

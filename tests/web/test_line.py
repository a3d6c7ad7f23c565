"""On a bad line: results are readable soon, and a page is small."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

# A telephone in a crowded room: 400 kbit/s each way, 300 ms to the service and back.
LINE = {
    "offline": False,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
    "latency": 300,
}
READABLE_S = 2.0
MOST_BYTES = 60_000


@pytest.mark.parametrize("path", ["/search?q=recruitment+fees", "/search?q=fees&ui=fr"])
def test_results_are_readable_within_two_seconds(browser: Browser, site: str, path: str) -> None:
    """With nothing in the cache, from asking to the first result painted; under 60 kB in all."""
    context = browser.new_context(base_url=site)
    page = context.new_page()
    page.goto("about:blank")
    tab = context.new_cdp_session(page)
    received: list[float] = []
    tab.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    tab.send("Network.enable")
    tab.send("Network.setCacheDisabled", {"cacheDisabled": True})
    tab.send("Network.emulateNetworkConditions", LINE)
    started = time.perf_counter()
    page.goto(path, wait_until="commit")
    page.locator("article.result blockquote").first.wait_for(state="visible")
    # Visible in the tree is not yet on the screen: two frames later it is.
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    took = time.perf_counter() - started
    page.wait_for_load_state("networkidle")
    assert len(received) >= 3
    assert sum(received) < MOST_BYTES
    assert took < READABLE_S
    context.close()

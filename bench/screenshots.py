"""
An index of the sample papers -> the pictures of the README: pages in a real browser.

Run: make screenshots (after `make demo`), or
python bench/screenshots.py --index index/demo --corpus corpus/papers --out docs/images

It serves the index on a free port of this machine and takes each page as a reader has it.
"""

from __future__ import annotations

import argparse
import base64
import os
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]
_ARGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """
    A picture.

    Attributes:
        name: Its file, without `.webp`.
        path: Which page.
        width: Of the window, in CSS pixels.
        height: Of the window.
        scheme: Light or dark.
        scale: Dots in a CSS pixel.
    """

    name: str
    path: str
    width: int = 1280
    height: int = 800
    scheme: Literal["light", "dark"] = "light"
    scale: int = 1


SHOTS = (
    Shot(name="search", path="/search?q=who+pays+the+recruitment+fees+of+a+worker"),
    Shot(name="printed", path="/documents/DEMO/COP/WG.4/2022/2/pages/2?paragraph=p4", height=960),
    Shot(name="agenda", path="/agendas/DEMO/COP/WG.4/2026/1#item-2"),
    Shot(name="compendium", path="/compendium"),
    Shot(
        name="phone",
        path="/search?q=brokers+who+pay+poor+people+for+a+kidney",
        width=360,
        height=720,
        scheme="dark",
        scale=2,
    ),
)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _ready(address: str, server: subprocess.Popen[bytes]) -> None:
    """
    Wait until the server answers.

    Raises:
        SystemExit: It ended, or has not answered within a minute.
    """
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        try:
            with urlopen(f"{address}/readyz", timeout=5):  # noqa: S310 - this machine
                return
        except (URLError, ConnectionError):
            time.sleep(0.2)
    sys.exit("the server did not answer; its messages stand above")


def _take(browser: Browser, address: str, shot: Shot, out: Path) -> Path:
    """Take a picture once everything of the page is there."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": shot.width, "height": shot.height},
        color_scheme=shot.scheme,
        device_scale_factor=shot.scale,
        reduced_motion="reduce",
        locale="en",
    )
    page = context.new_page()
    page.goto(shot.path)
    page.wait_for_load_state("networkidle")
    place = out / f"{shot.name}.webp"
    # The browser itself writes WebP, half as large as PNG; the library offers no such format.
    wanted = {"format": "webp", "quality": 80}
    taken = context.new_cdp_session(page).send("Page.captureScreenshot", wanted)
    place.write_bytes(base64.b64decode(taken["data"]))
    context.close()
    return place


def main() -> None:
    """Serve, take all, say how large they are."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("--index", type=Path, default=ROOT / "index" / "demo")
    asked.add_argument("--corpus", type=Path, default=ROOT / "corpus" / "papers")
    asked.add_argument("--out", type=Path, default=ROOT / "docs" / "images")
    given = asked.parse_args()
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        sys.exit("no chromium: install it (apt-get install chromium), or name it with CHROMIUM")
    given.out.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    command = [sys.executable, "-m", "wgsearch.cli", "serve", "--port", str(port)]
    command += ["--index", str(given.index), "--corpus", str(given.corpus)]
    server = subprocess.Popen(command)
    try:
        address = f"http://127.0.0.1:{port}"
        _ready(address, server)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=list(_ARGS))
            for shot in SHOTS:
                place = _take(browser, address, shot, given.out)
                print(f"{place.name}: {place.stat().st_size:,} bytes")
            browser.close()
    finally:
        server.terminate()
        server.wait(timeout=30)


if __name__ == "__main__":
    main()

"""Every reason why a paper did not come is explained."""

from __future__ import annotations

import re
from pathlib import Path

import wgsearch.fetching
from wgsearch.fetching.contents import UNPUBLISHED

CODE = re.compile(r'(?:PaperNotFetchedError\(|code(?:, reason)? ?=)\s*"([a-z_]+)"')


def test_every_code_is_in_the_guide() -> None:
    """The table of docs/operating.md names all codes, and no other ones."""
    package = Path(wgsearch.fetching.__file__).parent
    used = {code for path in package.glob("*.py") for code in CODE.findall(path.read_text("utf-8"))}
    guide = (Path(__file__).parents[2] / "docs" / "operating.md").read_text("utf-8")
    table = guide.partition("| code | a paper is not there since |")[2].partition("\n\n")[0]
    named = {
        code
        for row in table.splitlines()[2:]
        for code in re.findall(r"`([a-z_]+)`", row.split("|")[1])
    }
    assert named == used | {UNPUBLISHED}

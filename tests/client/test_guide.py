"""What is written for developers is true: examples are run, and answer what is shown."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

Json: TypeAlias = dict[str, "Json"] | list["Json"] | str | float | bool | None

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs/api.md"
README = ROOT / "README.md"
WRITTEN = "http://127.0.0.1:8000"
# What runs a block, and what is told where it is not installed.
RUN_BY = {"sh": "sh", "python": sys.executable, "js": "node"}
NEEDED = {"sh": ("curl", "jq"), "js": ("node",)}
# A block of code, and a block of what it answers where one follows at once.
BLOCKS = r"^```(\w+)\n(.*?)```\n(?:```(json|text)\n(.*?)```\n)?"
# The guide shows errors, too; any other answer that is none must stop an example.
CURL_SETTINGS = "silent\nshow-error\nfail-with-body\n"
WAIT_S = 60


class Example(NamedTuple):
    """A block of code, and what stands below it: kind and words; no words where nothing does."""

    place: str
    kind: str
    code: str
    shown_as: str
    shown: str


def _examples() -> Iterator[Example]:
    readme = README.read_text(encoding="utf-8")
    _, _, rest = readme.partition("## For other applications\n")
    section, _, _ = rest.partition("\n## ")
    assert section, "the README has lost its section for other applications"
    for name, text in (("guide", GUIDE.read_text(encoding="utf-8")), ("readme", section)):
        for found in re.finditer(BLOCKS, text, re.MULTILINE | re.DOTALL):
            kind, code, shown_as, shown = found.groups(default="")
            assert kind in RUN_BY, f"nothing runs {kind} in the {name}"
            line = text.count("\n", 0, found.start()) + 1
            yield Example(f"{name}-{line}", kind, code, shown_as, shown)


def _holds(answer: Json, shown: Json) -> bool:
    """An answer holds what is shown of it: keys of objects, beginnings of lists."""
    if isinstance(shown, dict):
        return isinstance(answer, dict) and all(
            key in answer and _holds(answer[key], value) for key, value in shown.items()
        )
    if isinstance(shown, list):
        return (
            isinstance(answer, list)
            and len(answer) >= len(shown)
            and all(map(_holds, answer, shown))
        )
    return bool(answer == shown)


def _run(example: Example, site: str, folder: Path) -> str:
    """What an example prints at a running server."""
    for needed in NEEDED.get(example.kind, ()):
        if shutil.which(needed) is None and (needed == "node" or f"{needed} " in example.code):
            pytest.skip(f"{needed} is not installed")
    if '"status"' not in example.shown:
        folder.joinpath(".curlrc").write_text(CURL_SETTINGS, encoding="utf-8")
    suffix = {"sh": ".sh", "python": ".py", "js": ".mjs"}[example.kind]
    script = folder / f"example{suffix}"
    head = "set -eu\n" if example.kind == "sh" else ""
    script.write_text(head + example.code.replace(WRITTEN, site), encoding="utf-8")
    shutil.copy(ROOT / "corpus/papers/DEMO_COP_WG.4_2026_1.en.pdf", folder / "AGENDA.pdf")
    done = subprocess.run(
        [RUN_BY[example.kind], str(script)],
        cwd=folder,
        env={**os.environ, "CURL_HOME": str(folder), "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        timeout=WAIT_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout.replace(site, WRITTEN)


@pytest.mark.model
@pytest.mark.parametrize("example", list(_examples()), ids=lambda each: each.place)
def test_each_example_does_what_it_shows(example: Example, site: str, tmp_path: Path) -> None:
    """What a developer copies from the guide works, and answers what stands below it."""
    printed = _run(example, site, tmp_path)
    if example.shown_as == "json":
        assert _holds(json.loads(printed), json.loads(example.shown)), printed
    elif example.shown_as == "text":
        assert printed == example.shown
    for file in tmp_path.glob("*.docx"):
        assert file.read_bytes().startswith(b"PK")


def test_the_guide_shows_each_way_to_ask() -> None:
    """Shell, Python and JavaScript all have examples whose answers are compared."""
    compared = {each.kind for each in _examples() if each.shown}
    assert compared == set(RUN_BY)


def test_what_is_shown_must_be_there() -> None:
    """An example whose answer differs is noticed: another value, a key or an element missing."""
    answer = {"a": [{"b": 1, "c": 2}, {"b": 3}]}
    assert _holds(answer, {"a": [{"b": 1}]})
    for shown in ({"a": [{"b": 2}]}, {"d": 1}, {"a": [{}, {}, {}]}, {"a": {}}, {"a": [{"b": []}]}):
        assert not _holds(answer, shown)

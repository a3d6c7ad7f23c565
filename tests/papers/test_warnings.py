"""No code without an explanation: what it means, and what to do."""

from __future__ import annotations

import ast
from dataclasses import fields
from pathlib import Path

import pytest

from wgsearch.papers.corrections import FIELDS
from wgsearch.papers.warnings import FAILURES, WARNINGS, as_markdown

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs/warnings.md"


def _calls(name: str) -> list[tuple[Path, ast.Call]]:
    """Every call of a function or class of this name in the sources."""
    return [
        (file, node)
        for file in (ROOT / "src").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and (getattr(node.func, "id", None) or getattr(node.func, "attr", None)) == name
    ]


def _literals(node: ast.expr | None) -> list[str]:
    """Texts that an argument may be: one, or one of several."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return [*_literals(node.body), *_literals(node.orelse)]
    return []


def _argument(call: ast.Call, name: str, place: int) -> ast.expr | None:
    named = (each.value for each in call.keywords if each.arg == name)
    return next(named, call.args[place] if len(call.args) > place else None)


def _codes(name: str, place: int) -> set[str]:
    return {code for _, call in _calls(name) for code in _literals(_argument(call, "code", place))}


def test_every_warning_is_explained() -> None:
    """Each code that reading can give has its entry."""
    used = _codes("ReadingWarning", 0) | _codes("warn", 0) | _codes("_warning", 0)
    assert {"number_gap", "no_symbol", "corrected", "editions_differ"} <= used
    assert used <= {*WARNINGS}


def _answered() -> set[str]:
    """Codes that a child process answers with, as JSON."""
    return {
        code
        for file in (ROOT / "src/wgsearch/papers").glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Dict)
        for key, value in zip(node.keys, node.values, strict=True)
        if key is not None and _literals(key) == ["code"]
        for code in _literals(value)
    }


def test_every_failure_is_explained() -> None:
    """Each code that a file can be left out with has its entry."""
    used = _codes("PaperUnreadableError", 1) | _answered()
    assert {"encrypted", "duplicate", "reissued"} <= used
    assert used <= {*FAILURES}


@pytest.mark.parametrize("code", [*WARNINGS, *FAILURES])
def test_explanations_are_sentences(code: str) -> None:
    """What it means and what to do, each in words that end."""
    found = (WARNINGS | FAILURES)[code]
    for text in (found.meaning, found.action):
        assert text[0].isupper() or text.startswith("`")
        assert text.endswith(".")
    assert {*found.settled_by} <= {*FIELDS}
    assert len(fields(found)) == 3


def test_no_code_means_two_things() -> None:
    """A warning and a failure never share a code."""
    assert not {*WARNINGS} & {*FAILURES}


def test_the_guide_says_the_same() -> None:
    """docs/warnings.md is made from the table; to renew it, delete it and run this test."""
    if not GUIDE.exists():
        GUIDE.write_text(as_markdown(), encoding="utf-8")
        pytest.fail("wrote docs/warnings.md: read the difference, then commit it")
    assert GUIDE.read_text(encoding="utf-8") == as_markdown()

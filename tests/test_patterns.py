"""No text makes a pattern take long: each is tried on what patterns are worst at."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import time
from functools import cache
from typing import TYPE_CHECKING

import pytest

import wgsearch
from wgsearch import papers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Recipe = tuple[str, str, str]

SIZE = 100_000
# Ten times what it should take at most: processor time on a busy machine scatters.
ALLOWED_S = 0.5
# How patterns are asked. What a module does not do with a pattern is not held against it.
WAYS: dict[str, Callable[[re.Pattern[str]], Callable[[str], object]]] = {
    "match": lambda pattern: pattern.match,
    "fullmatch": lambda pattern: pattern.fullmatch,
    "search": lambda pattern: pattern.search,
    "sub": lambda pattern: lambda text: pattern.sub("", text),
    "split": lambda pattern: pattern.split,
    "findall": lambda pattern: pattern.findall,
    "finditer": lambda pattern: pattern.findall,
}
# Pieces that repeat: what counters, symbols, dates, leaders, tables and marks are made of.
PIECES = (
    *" .,;:-–*_()[]/\\\"'0aAivxX\t\n\u00a0",
    "a ",
    "A ",
    "Aa",
    "a.",
    "1.",
    "1 ",
    "1,",
    "1-",
    "1/",
    "a/",
    "A/",
    "A/1",
    "A.1/",
    ". ",
    " .",
    "- ",
    "* ",
    "(a",
    "(a)",
    "((",
    "a-",
    "a-\n",
    "I.",
    "Add.1",
    "A/AC.1/",
    "/Add.1/",
    "1 May ",
    "May 1, ",
    "para. 1, ",
    "and 1 ",
    "1 (a) ",
    "item 1 ",
    "[a](",
    "<i>",
    "\u202f1",
    "¹",
    "é",
    "中",
    "ا",
)
# What stands around them: what lets a pattern begin, and what it fails on in the end.
AROUND = (("", ""), ("", "\x00"), ("A/1 ", "\x00"))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Compiled patterns of the modules that read papers and agendas, by where they stand."""
    names = [f"{papers.__name__}.{each.name}" for each in pkgutil.iter_modules(papers.__path__)]
    names += [
        f"wgsearch.{each.name}"
        for each in pkgutil.iter_modules(wgsearch.__path__)
        if each.name.startswith(("agenda", "question", "lookup", "passages"))
    ]
    found: dict[str, re.Pattern[str]] = {}
    for name in names:
        for key, value in vars(importlib.import_module(name)).items():
            for at, pattern in enumerate(_within(value)):
                found[f"{name}.{key}.{at}"] = pattern
        for at, (way, text) in enumerate(_written_out(name)):
            found[f"{name}.re.{way}.{at}"] = re.compile(text)
    return found


def _written_out(module: str) -> Iterator[tuple[str, str]]:
    """Patterns that stand where they are used, `re.search(r"...", text)`, with the way."""
    for node in ast.walk(ast.parse(inspect.getsource(importlib.import_module(module)))):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="re"), attr=way),
                args=[ast.Constant(value=str(text)), *_],
                keywords=[],
            ) if way in WAYS:
                yield way, text


def _within(value: object) -> list[re.Pattern[str]]:
    """A pattern, or those in a collection."""
    if isinstance(value, re.Pattern):
        return [value] if isinstance(value.pattern, str) else []
    if isinstance(value, dict):
        return [each for part in (*value.keys(), *value.values()) for each in _within(part)]
    if isinstance(value, (tuple, list, set, frozenset)):
        return [each for part in value for each in _within(part)]
    return []


def _ways(name: str) -> set[str]:
    """How the module that holds a pattern asks it; all ways where it asks none itself."""
    module, key, _ = name.rsplit(".", 2)
    if module.endswith(".re"):
        return {key}
    source = inspect.getsource(importlib.import_module(module))
    ways = set(re.findall(rf"\b{re.escape(key)}\.(\w+)\(", source)) & {*WAYS}
    # One of a collection goes by another name: any way in which the module asks a pattern.
    return ways or set(re.findall(r"\.(\w+)\(", source)) & {*WAYS} - {"split"} or {*WAYS}


def _took(asked: Sequence[Callable[[str], object]], recipe: Recipe, size: int) -> float:
    """Seconds of processor time that a text of so many characters takes, at least."""
    head, piece, tail = recipe
    text = head + piece * (size // len(piece)) + tail
    times: list[float] = []
    # Once more where it took long: another program may have been at work.
    while not times or (len(times) < 3 and times[-1] > ALLOWED_S / 20):
        before = time.process_time()
        for way in asked:
            way(text)
        times.append(time.process_time() - before)
    return min(times)


@pytest.mark.parametrize("name", _patterns())
def test_no_text_makes_a_pattern_take_long(name: str) -> None:
    """A hundred thousand characters of the worst kind, within half a second at most."""
    pattern = _patterns()[name]
    asked = [WAYS[way](pattern) for way in sorted(_ways(name))]
    recipes = [(head, piece, tail) for piece in PIECES for head, tail in AROUND]
    # What grows by the square shows on short texts, and would take minutes on long ones.
    for size in (SIZE // 200, SIZE // 10):
        slowest = sorted(((_took(asked, each, size), each) for each in recipes), reverse=True)
        assert slowest[0][0] < ALLOWED_S / 10, (pattern.pattern, slowest[0])
        recipes = [each for _, each in slowest[:4]]
    for recipe in recipes:
        assert _took(asked, recipe, SIZE) < ALLOWED_S, (pattern.pattern, recipe)

"""Nothing in the sources turns data into code, and what is installed has no known holes."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
# Modules whose formats may hold code. The one name taken from them is an error to be caught.
_MODULES = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}
_HARMLESS = {"pickle.PickleError"}
_BUILTINS = {"eval", "exec", "compile", "__import__"}
_YAML = {
    *("load", "load_all", "full_load", "full_load_all", "unsafe_load", "unsafe_load_all"),
    *("Loader", "CLoader", "FullLoader", "CFullLoader", "UnsafeLoader", "CUnsafeLoader"),
}
# What an older version lets through is in the notes of each; floors of the project itself.
FLOORS = {
    "pypdf": "6.0",
    "starlette": "1.3.1",
    "torch": "2.10",
    "jinja2": "3.1.6",
    "sentence-transformers": "6.0",
}


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _harm(tree: ast.AST) -> list[str]:
    """What could turn data into code, with its line."""
    return [
        f"line {getattr(node, 'lineno', 0)}: {found}"
        for node in ast.walk(tree)
        for found in (_harm_of(node),)
        if found
    ]


def _harm_of(node: ast.AST) -> str | None:  # noqa: PLR0911 - one return a rule
    match node:
        case ast.ImportFrom(module=str(module)) if module.partition(".")[0] in _MODULES:
            return f"from {module}"
        case ast.Import(names=names):
            wrong = [each.name for each in names if each.name.partition(".")[0] in _MODULES]
            renamed = [each for each in names if each.name == "pickle" and not each.asname]
            return None if not wrong or renamed else f"import {wrong}"
        case ast.Attribute(value=ast.Name(id=module), attr=attr) if module in _MODULES:
            return None if f"{module}.{attr}" in _HARMLESS else f"{module}.{attr}"
        case ast.Attribute(value=ast.Name(id="yaml"), attr=attr) if attr in _YAML:
            return f"yaml.{attr}"
        case ast.Call(func=ast.Name(id=name)) if name in _BUILTINS:
            return f"{name}()"
        case ast.Call(keywords=keywords, func=func):
            given = {each.arg: each.value for each in keywords}
            return _harm_of_call(func, given)
    return None


def _harm_of_call(func: ast.expr, given: dict[str | None, ast.expr]) -> str | None:
    for name in ("trust_remote_code", "shell", "allow_pickle"):
        value = given.get(name)
        if value is not None and not (isinstance(value, ast.Constant) and value.value is False):
            return f"{name}="
    match func:
        case ast.Attribute(value=ast.Name(id="np" | "numpy"), attr="load"):
            return None if "allow_pickle" in given else "np.load without allow_pickle=False"
        case ast.Attribute(value=ast.Name(id="torch"), attr="load"):
            return None if "weights_only" in given else "torch.load without weights_only"
        case ast.Attribute(value=ast.Name(id="os"), attr="system" | "popen"):
            return "a shell"
    return None


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_no_source_turns_data_into_code(path: Path) -> None:
    """No pickle, joblib, yaml.load, eval, shell or code of a model's; arrays hold numbers only."""
    assert _harm(_tree(path)) == []


@pytest.mark.parametrize(
    "source",
    [
        "import joblib",
        "import pickle as p",
        "from pickle import loads",
        "import pickle\npickle.loads(b)",
        "import dill.source",
        "yaml.load(t)",
        "yaml.unsafe_load(t)",
        "yaml.compose(t, Loader=yaml.Loader)",
        "eval(t)",
        "exec(t)",
        "np.load(f)",
        "np.load(f, allow_pickle=True)",
        "np.load(f, allow_pickle=trusted)",
        "torch.load(f)",
        "Model(x, trust_remote_code=True)",
        "run(x, shell=True)",
        "os.system(x)",
    ],
)
def test_what_is_looked_for_is_found(source: str) -> None:
    """The check itself sees each of these."""
    assert _harm(ast.parse(source))


def test_what_is_harmless_is_let_through() -> None:
    """An error to be caught, and loading that runs nothing, are no finding."""
    source = "import pickle\npickle.PickleError\nyaml.safe_load(t)\nnp.load(f, allow_pickle=False)"
    assert _harm(ast.parse(source)) == []
    assert _harm(ast.parse("model.eval()\nModel(x, trust_remote_code=False)")) == []


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(each) for each in re.findall(r"\d+", text.partition("+")[0])[:4])


@pytest.mark.parametrize("name", FLOORS)
def test_what_is_installed_has_no_known_holes(name: str) -> None:
    """Libraries that read what strangers send are as new as their last repairs."""
    assert _numbers(version(name)) >= _numbers(FLOORS[name])


@pytest.mark.parametrize("name", FLOORS)
def test_floors_are_stated(name: str) -> None:
    """The project asks for these versions itself, so that nobody installs older ones."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    stated = [each for each in project["project"]["dependencies"] if each.startswith(f"{name}>=")]
    assert stated
    assert _numbers(stated[0].partition(">=")[2].partition(";")[0]) >= _numbers(FLOORS[name])

"""What is said of judged drafts: no copied sentence is missed, and labels do not get worse."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wgsearch.compare import compare
from wgsearch.embedding import open_encoder
from wgsearch.index.build import build
from wgsearch.search import LocalEngine

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[2]
# A little below what is measured (docs/decisions/0021-compare.md).
FLOORS = {"draft": 0.73, "draft-small": 0.75, "draft-held-out": 0.75}


@pytest.fixture(scope="module")
def drafts() -> ModuleType:
    """`bench/drafts.py`, which prints the same figures."""
    spec = importlib.util.spec_from_file_location("bench_drafts", ROOT / "bench" / "drafts.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_drafts"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> LocalEngine:
    """The sample corpus, with the encoder that ships."""
    index = tmp_path_factory.mktemp("drafts")
    encoder = open_encoder()
    build(ROOT / "corpus" / "papers", index, encoder)
    return LocalEngine(index, encoder)


@pytest.mark.model
@pytest.mark.parametrize("name", FLOORS)
def test_judged_drafts(name: str, drafts: ModuleType, engine: LocalEngine) -> None:
    """No verbatim paragraph is missed, none is wrongly called so, and labels keep their floor."""
    judged = drafts.read_set(name)
    found = drafts.measured(judged, compare(engine, drafts.as_draft(name, judged)))
    assert found["verbatim_missed"] == 0
    assert [found["confusion"][each]["verbatim"] for each in ("paraphrase", "related", "new")] == [
        *(0, 0, 0)
    ]
    assert found["right"] >= FLOORS[name]

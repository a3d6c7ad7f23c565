"""The encoder that is used: as fast as may be, with the vectors of the model as it is."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pytest

from wgsearch.embedding import (
    DEFAULT_SHA256,
    PreparedEncoder,
    SentenceTransformerEncoder,
    comparable,
    network,
    open_encoder,
)
from wgsearch.embedding.export import Limits, export
from wgsearch.embedding.exported import Exported
from wgsearch.embedding.files import ModelFiles
from wgsearch.errors import EncoderUnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXTS = (
    "Who pays the cost of recruitment?",
    "Employers bear all fees; no worker is charged.",
    "The annex gives the timetable of the session. " * 60,
    "",
)


def _opened(name: str, cache: Path, **asked: object) -> PreparedEncoder:
    found = open_encoder(name, cache=cache, **asked)  # type: ignore[arg-type]  # as each test asks
    assert isinstance(found, PreparedEncoder)
    return found


@pytest.mark.model
def test_default_encoder_keeps_its_vectors(tmp_path: Path) -> None:
    """
    What is used gives nearly the vectors of the model as it is, for texts and for the same
    tokens; it says how it computes, and its vectors may be compared with the model's.
    """
    told: list[str] = []
    fast = _opened("all-MiniLM-L6-v2", tmp_path, notify=told.append)
    own = SentenceTransformerEncoder()
    found, expected = fast.encode_tokens(TEXTS), own.encode_tokens(TEXTS)
    assert told == ["Preparing encoder 'all-MiniLM-L6-v2' for this processor (once) ..."]
    assert fast.identity.startswith(f"all-MiniLM-L6-v2@{DEFAULT_SHA256[:12]}/unit/")
    assert comparable(fast.identity, own.identity)
    assert found.rows.shape == (4, fast.dimension)
    assert ((found.rows * expected.rows).sum(axis=1) > 0.99).all()
    assert found.tokens is not None
    assert expected.tokens is not None
    for one, other in zip(found.tokens, expected.tokens, strict=True):
        assert np.array_equal(one.ids, other.ids)
        assert np.array_equal(one.spans, other.spans)
        assert ((one.vectors * other.vectors).sum(axis=1) > 0.97).all()
    assert np.array_equal(fast.spans_of(TEXTS[0]).ids, found.tokens[0].ids)
    assert np.abs(fast.encode(TEXTS) - found.rows).max() < 0.01


@pytest.mark.model
def test_prepared_encoder_starts_without_torch(tmp_path: Path) -> None:
    """A second process answers from what the first prepared, and imports nothing slow for it."""
    fast = _opened("all-MiniLM-L6-v2", tmp_path)
    rows = fast.encode(TEXTS[:1])
    script = (
        "import sys; from pathlib import Path; from wgsearch.embedding import open_encoder\n"
        f"rows = open_encoder(cache=Path({str(tmp_path)!r})).encode([{TEXTS[0]!r}])\n"
        "slow = {'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)\n"
        "print(slow, sys.modules['openvino_telemetry'], float(rows[0, 0]))"
    )
    found = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    slow, telemetry, first = found.stdout.split()
    assert (slow, telemetry) == ("set()", "None")
    assert float(first) == pytest.approx(float(rows[0, 0]), abs=0.01)


def test_first_passes_at_the_same_moment(
    tmp_path: Path, save_tiny_model: Callable[..., Path]
) -> None:
    """
    Threads may encode their first texts at the same moment: none waits for ever.

    New processes, since it is the first pass of a process that could lock: more than half of them
    did, before passes waited for a first one.
    """
    _opened(str(save_tiny_model("threads")), tmp_path).encode(TEXTS[:1])
    (file,) = tmp_path.rglob("network.xml")
    script = (
        "import threading; import numpy as np; from pathlib import Path\n"
        "from wgsearch.embedding.network import Network\n"
        f"network = Network(Path({str(file)!r}), 'float32', 8); gate = threading.Barrier(16)\n"
        "one = np.ones((1, 8), np.int64)\n"
        "def encode(): gate.wait(); network.run(one, one)\n"
        "threads = [threading.Thread(target=encode) for _ in range(16)]\n"
        "[each.start() for each in threads]; [each.join() for each in threads]; print('done')"
    )
    for _ in range(6):
        found = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
        )
        assert found.stdout == "done\n"


@pytest.mark.parametrize(("precision", "off"), [("float32", 1e-4), ("int8", 0.03)])
def test_any_transformer_is_exported(
    precision: str, off: float, tmp_path: Path, save_tiny_model: Callable[..., Path]
) -> None:
    """Forty texts of any length, asked for by several threads, are those of the model itself."""
    folder = str(save_tiny_model("exported"))
    fast = _opened(folder, tmp_path, precision=precision)
    texts = ["debt " * (1 + number * 7 % 11) + str(number) for number in range(40)]
    told: list[int] = []
    model = SentenceTransformerEncoder(folder)
    own = model.encode_tokens(texts)
    found = fast.encode_tokens(texts, told.append)
    assert told[-1] == 40
    assert fast.identity == model.identity.replace("float32", precision)
    assert np.abs(found.rows - own.rows).max() < off
    assert found.tokens is not None
    assert own.tokens is not None
    assert all(
        np.allclose(one.vectors, other.vectors, atol=off)
        for one, other in zip(found.tokens, own.tokens, strict=True)
    )
    with ThreadPoolExecutor(6) as pool:
        asked = list(pool.map(lambda _: fast.encode(texts), range(6)))
    assert all(np.allclose(rows, found.rows, atol=off) for rows in asked)


def test_an_export_that_falls_short_is_refused(
    tmp_path: Path, save_tiny_model: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Weights rounded so far that the order of texts is lost are never used: the next more precise
    way is, and what was refused is said with its figures.
    """
    monkeypatch.setattr(network, "_LEAST_ROUNDED", 8)
    monkeypatch.setattr(network, "_LARGEST_INT8", 1)
    files = ModelFiles(str(save_tiny_model("rounded")))
    found = export(files, tmp_path)
    assert isinstance(found, Exported)
    assert found.precision in {"bfloat16", "float32"}
    assert found.cosine > 0.999
    assert found.refused[0].startswith("int8: cosine 0.")


def test_without_any_good_export_the_model_runs_as_it_is(
    tmp_path: Path, save_tiny_model: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slower and right: it says so, and is not tried again; whoever insisted gets an error."""
    folder = str(save_tiny_model("refused"))
    impossible = Limits(cosine=2.0)
    monkeypatch.setattr("wgsearch.embedding.export.Limits", lambda: impossible)
    told: list[str] = []
    slow = _opened(folder, tmp_path, notify=told.append)
    own = SentenceTransformerEncoder(folder)
    assert slow.identity == own.identity
    assert np.array_equal(slow.encode(["debt"]), own.encode(["debt"]))
    assert len(told) == 2
    assert "runs as it is, which is slower: int8: cosine" in told[1]
    again: list[str] = []
    assert _opened(folder, tmp_path, notify=again.append).exported is None
    assert again == told[1:]
    with pytest.raises(EncoderUnavailableError, match="cannot be exported as asked: float32: cos"):
        _ = _opened(folder, tmp_path, precision="float32").identity


def test_damaged_exports_are_made_anew(
    tmp_path: Path, save_tiny_model: Callable[..., Path]
) -> None:
    """A cache that was cut short gives the same vectors as before, not others."""
    folder = str(save_tiny_model("damaged"))
    before = _opened(folder, tmp_path).encode(["debt"])
    (weights,) = tmp_path.rglob("network.bin")
    weights.write_bytes(weights.read_bytes()[:-8])
    told: list[str] = []
    after = _opened(folder, tmp_path, notify=told.append).encode(["debt"])
    assert np.array_equal(before, after)
    assert len(told) == 1


def test_a_cache_that_cannot_be_written(
    tmp_path: Path, save_tiny_model: Callable[..., Path]
) -> None:
    """The search answers all the same, and the message names the setting that mends it."""
    (tmp_path / "file").write_text("")
    told: list[str] = []
    encoder = _opened(str(save_tiny_model("unwritable")), tmp_path / "file", notify=told.append)
    assert encoder.encode(["debt"]).shape == (1, 16)
    assert "set WGSEARCH_CACHE to a folder that can" in told[-1]


def test_torch_and_graphics_cards(
    tmp_path: Path, save_tiny_model: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With `torch`, or where a graphics card is, the model runs as it is."""
    folder = str(save_tiny_model("torch"))
    assert isinstance(open_encoder(folder, runtime="torch"), SentenceTransformerEncoder)
    device = tmp_path / "nvidia0"
    monkeypatch.setattr("wgsearch.embedding.prepared._CUDA_DEVICE", device)
    assert isinstance(open_encoder(folder), PreparedEncoder)
    device.touch()
    assert isinstance(open_encoder(folder), SentenceTransformerEncoder)
    assert isinstance(open_encoder(folder, runtime="openvino"), PreparedEncoder)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("m@1/unit/int8", "m@1/unit/float32", True),
        ("m@1/unit/int8/prompts-1", "m@1/unit/bfloat16/prompts-1", True),
        ("m@1/unit/int8/prompts-1", "m@1/unit/int8", False),
        ("m@1/unit/int8", "m@2/unit/int8", False),
    ],
)
def test_what_may_be_compared(one: str, other: str, *, expected: bool) -> None:
    """Vectors that differ in precision only; never those of other weights or other prompts."""
    assert comparable(one, other) is expected

"""
An exported network -> vectors, by OpenVINO: the one module that knows it.

Why not torch: importing it takes seconds, and the same network runs several times faster here
(docs/decisions/0018-runtime.md). Why 8-bit weights without calibration: rows of weights are
rounded once, rows of activations as they come, so that nothing depends on texts chosen before.
"""

from __future__ import annotations

import os
import queue
import sys
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from wgsearch.embedding.encoder import Vectors

# How numbers are held while a network runs; vectors are float32 whatever it is.
Precision = Literal["int8", "bfloat16", "float32"]
PRECISIONS: tuple[Precision, ...] = ("int8", "bfloat16", "float32")
# What the conversion and the running of networks may raise.
NETWORK_ERRORS = (RuntimeError, ValueError, TypeError, KeyError, AttributeError, OSError)
# Activations share a scale in groups of so many; the decision has the sweep from 32 to 384.
_GROUP = 128
# Smaller matrices are not worth rounding.
_LEAST_ROUNDED = 64
_LARGEST_INT8 = 127
_CONVERTER = "openvino.tools.ovc"


class Network:
    """
    A network that runs on the processor, on several threads at once.

    Args:
        file: The network, as `save` writes it.
        precision: How it was saved.
        streams: How many passes may run at a time, each on one thread; None for one a core.
    """

    def __init__(self, file: Path, precision: Precision, streams: int | None = None) -> None:
        self.streams = streams or len(os.sched_getaffinity(0))
        core = _openvino().Core()
        prepared: dict[str, object] = {}
        if os.access(file.parent, os.W_OK):
            # What the runtime made of the network for this processor, half a megabyte: the next
            # process takes a third of the time.
            prepared = {"CACHE_DIR": str(file.parent / "prepared"), "CACHE_MODE": "OPTIMIZE_SIZE"}
        self._compiled = core.compile_model(
            str(file),
            "CPU",
            {
                **prepared,
                "PERFORMANCE_HINT": "THROUGHPUT",
                "NUM_STREAMS": str(self.streams),
                "INFERENCE_NUM_THREADS": self.streams,
                # A laptop has other work: a thread is not tied to a core that is busy.
                "ENABLE_CPU_PINNING": False,
                "INFERENCE_PRECISION_HINT": _computed_in(core, precision),
                "DYNAMIC_QUANTIZATION_GROUP_SIZE": _GROUP if precision == "int8" else 0,
            },
        )
        self._idle: queue.SimpleQueue[Any] = queue.SimpleQueue()
        for _ in range(self.streams):
            self._idle.put(self._compiled.create_infer_request())
        # The library's first pass prepares things of its own behind a lock, and asks for Python's:
        # a second thread that holds Python's and waits for the first would wait for ever.
        one = np.ones((1, 1), dtype=np.int64)
        self.run(one, one)

    def run(self, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> tuple[Vectors, Vectors]:
        """
        One pass.

        Args:
            ids: Numbers of tokens. *Shape:* (texts, longest).
            mask: 1 where there is a token, 0 where a text is filled up. *Shape:* likewise.

        Returns:
            Vectors of the texts, *shape:* (texts, dimension), and of their tokens, *shape:*
            (texts, longest, dimension of a token); float32, of any length.
        """
        with self._borrowed() as request:
            found = request.infer([ids, mask], share_inputs=True)
            return np.array(found[0], np.float32), np.array(found[1], np.float32)

    @contextmanager
    def _borrowed(self) -> Iterator[Any]:
        """A request that no other thread uses."""
        request = self._idle.get()
        try:
            yield request
        finally:
            self._idle.put(request)


def convert(module: Any, example: Any) -> Any:  # noqa: ANN401 - neither library is typed
    """A torch module and what it is called with -> a network, in float32."""
    with warnings.catch_warnings():
        # It warns of each condition in the module that it followed one way: the check of what
        # was exported, on texts of other lengths, is what tells whether that was right.
        warnings.simplefilter("ignore")
        _openvino()
        sys.modules.pop(_CONVERTER, None)
        from openvino.tools.ovc import convert_model  # noqa: PLC0415 - rarely needed, and slow

        return convert_model(module, example_input=example)


def save(network: Any, file: Path, precision: Precision) -> None:  # noqa: ANN401 - likewise
    """
    Write a converted network: an XML file and, beside it, its weights.

    Args:
        network: As `convert` gives it; for `int8` its weights are replaced.
        file: The XML file.
        precision: With `int8` rows of weights are rounded to 8 bits; bfloat16 is how it runs,
            not how it is kept.
    """
    if precision == "int8":
        _round_weights(network)
    _openvino().save_model(network, str(file), compress_to_fp16=False)


def supported(precision: Precision) -> bool:
    """Whether this processor computes in a precision, rather than in a wider one in its place."""
    return precision != "bfloat16" or "BF16" in _abilities(_openvino().Core())


def _round_weights(network: Any) -> None:  # noqa: ANN401 - likewise
    """
    Replace matrices of weights by 8-bit ones times a scale a row of outputs.

    OpenVINO multiplies such matrices in 8 bits where the processor can, with activations
    rounded as they come.
    """
    op = _openvino().opset13
    for node in network.get_ordered_ops():
        if node.get_type_name() != "MatMul":
            continue
        source = node.input_value(1).get_node()
        if source.get_type_name() != "Constant" or len(source.shape) != 2:  # noqa: PLR2004 - a matrix
            continue
        asked = node.get_attributes()
        weights = source.data.astype(np.float32)
        rows = weights if asked["transpose_b"] else weights.T
        if min(rows.shape) < _LEAST_ROUNDED:
            continue
        scales = np.maximum(np.abs(rows).max(axis=1, keepdims=True) / _LARGEST_INT8, 1e-12)
        rounded = np.rint(rows / scales).astype(np.int8)
        made = op.multiply(op.convert(op.constant(rounded), "f32"), op.constant(scales))
        product = op.matmul(node.input_value(0), made, asked["transpose_a"], transpose_b=True)
        node.output(0).replace(product.output(0))


def _computed_in(core: Any, precision: Precision) -> str:  # noqa: ANN401 - likewise
    """What is not rounded to 8 bits is computed in bfloat16 where the processor has it."""
    return "f32" if precision == "float32" or "BF16" not in _abilities(core) else "bf16"


def _abilities(core: Any) -> list[str]:  # noqa: ANN401 - likewise
    """Precisions that the processor has instructions for."""
    found: list[str] = core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    return found


def _openvino() -> Any:  # noqa: ANN401 - likewise
    """
    The library, without the part that tells its makers over the network that it is in use, and
    without its converter, which takes as long to import as everything else.

    It does without either when they cannot be imported.
    """
    for part in ("openvino_telemetry", _CONVERTER):
        sys.modules.setdefault(part, None)  # type: ignore[arg-type]  # as Python documents it
    import openvino  # noqa: PLC0415 - only encoding needs it
    from openvino import opset13  # noqa: F401, PLC0415 - made an attribute

    return openvino

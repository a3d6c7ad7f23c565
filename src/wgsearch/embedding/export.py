"""
A model's files -> a network that runs without torch, compared with the model before it is used.

Why compared: rounding to 8 bits leaves the order of passages as it is for most models, and for
some it does not; what falls short is refused, and the next more precise way is tried.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wgsearch.embedding.compiled import CompiledModel
from wgsearch.embedding.encoder import unit
from wgsearch.embedding.exported import NETWORK, TOKENIZER, Exported
from wgsearch.embedding.network import NETWORK_ERRORS, PRECISIONS, convert, save, supported
from wgsearch.embedding.probes import PROBES
from wgsearch.embedding.runtime import load_encoder, traceable

if TYPE_CHECKING:
    from pathlib import Path

    from wgsearch.embedding.encoder import Vectors
    from wgsearch.embedding.files import ModelFiles
    from wgsearch.embedding.network import Precision


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """
    What an export must reach; the decision on the runtime says how these were chosen.

    Attributes:
        cosine: Mean likeness to the model's own vectors.
        least_cosine: The least likeness of any text.
        agreement: Share of pairs of texts in the model's own order.
    """

    cosine: float = 0.997
    least_cosine: float = 0.99
    agreement: float = 0.97


def export(
    files: ModelFiles,
    folder: Path,
    precision: Precision | None = None,
    limits: Limits | None = None,
) -> Exported | str:
    """
    Export a model into a folder, in the first precision that keeps its vectors.

    Args:
        files: The model.
        folder: An empty folder.
        precision: The only one to try; None for 8 bits, then bfloat16, then float32.
        limits: What must be reached.

    Returns:
        The export; or why there can be none, and the model must run as it is.

    Raises:
        EncoderUnavailableError: When the model cannot be loaded.
    """
    model = load_encoder(files)
    own = _own_vectors(model)
    refused: list[str] = []
    for tried in (precision,) if precision else PRECISIONS:
        if not supported(tried):
            refused.append(f"{tried}: this processor does not compute in it")
            continue
        try:
            found = _tried(model, folder, tried, own)
        except NETWORK_ERRORS as error:
            refused.append(f"{tried}: {type(error).__name__}: {str(error).strip()[:200]}")
            continue
        if reason := _falls_short(found, limits or Limits()):
            refused.append(f"{tried}: {reason}")
            continue
        return Exported(
            folder=folder,
            precision=tried,
            dimension=found.dimension,
            cosine=found.cosine,
            least_cosine=found.least_cosine,
            agreement=found.agreement,
            refused=tuple(refused),
        )
    return "; ".join(refused)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compared:
    """An exported network against the model."""

    dimension: int
    cosine: float
    least_cosine: float
    agreement: float


def _tried(model: Any, folder: Path, precision: Precision, own: Vectors) -> _Compared:  # noqa: ANN401 - the library is not typed
    """Export in one precision, and compare."""
    module, example = traceable(model)
    save(convert(module, example), folder / NETWORK, precision)
    tokenizer = model.tokenizer.backend_tokenizer
    # The tokenizer of the library cuts when it is asked to; the file says so by itself.
    tokenizer.enable_truncation(model.get_max_seq_length())
    tokenizer.no_padding()
    tokenizer.save(str(folder / TOKENIZER))
    found = CompiledModel(folder, precision, streams=1).vectors(PROBES)
    cosines = (found * own).sum(axis=1)
    return _Compared(
        dimension=int(found.shape[1]),
        cosine=round(float(cosines.mean()), 5),
        least_cosine=round(float(cosines.min()), 5),
        agreement=round(_agreement(own, found), 4),
    )


def _own_vectors(model: Any) -> Vectors:  # noqa: ANN401 - the library is not typed
    """What the model itself makes of the probes. *Shape:* (probes, dimension), unit rows."""
    return unit(np.asarray(model.encode(list(PROBES), prompt="", show_progress_bar=False)))


def _agreement(own: Vectors, found: Vectors) -> float:
    """Share of pairs of texts that stand in the same order of nearness to a third."""
    before, after = own @ own.T, found @ found.T
    same = total = 0
    for at in range(len(own)):
        others = np.delete(np.arange(len(own)), at)
        one = np.sign(before[at, others][:, None] - before[at, others][None, :])
        two = np.sign(after[at, others][:, None] - after[at, others][None, :])
        pairs = np.triu_indices(len(others), 1)
        same += int((one[pairs] == two[pairs]).sum())
        total += len(pairs[0])
    return same / total


def _falls_short(found: _Compared, limits: Limits) -> str | None:
    """Which limit is not reached; None when all are."""
    for name in ("cosine", "least_cosine", "agreement"):
        reached, asked = getattr(found, name), getattr(limits, name)
        if not reached >= asked:  # not a number is less than any
            return f"{name.replace('_', ' ')} {reached} where {asked} is asked"
    return None

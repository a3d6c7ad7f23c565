"""
A model's verified files -> the loaded model: the one module that knows torch.

Why float32 on the processor: vectors must be the same on every machine, and bfloat16 is
six times slower where a processor lacks it.
"""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

from wgsearch.embedding.files import be_quiet

if TYPE_CHECKING:
    from collections.abc import Callable

    from wgsearch.embedding.files import ModelFiles


# What the libraries raise for files that are missing, cut short, of another format, or that
# need a package of their own.
_BROKEN = (OSError, ValueError, KeyError, EOFError, RuntimeError, ImportError, pickle.PickleError)


def load_encoder(files: ModelFiles) -> Any:  # noqa: ANN401 - the library is not typed
    """The SentenceTransformer in a folder; its weights are digested before."""
    be_quiet()
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - takes seconds

    return _loaded(files, SentenceTransformer)


def load_cross_encoder(files: ModelFiles) -> Any:  # noqa: ANN401 - likewise
    """The CrossEncoder in a folder, giving logits; its weights are digested before."""
    be_quiet()
    import torch  # noqa: PLC0415 - takes seconds
    from sentence_transformers import CrossEncoder  # noqa: PLC0415 - likewise

    return _loaded(files, CrossEncoder, activation_fn=torch.nn.Identity())


def _loaded(files: ModelFiles, make: Callable[..., Any], **asked: Any) -> Any:  # noqa: ANN401 - likewise
    """A model on the processor."""
    _ = files.digest
    import torch  # noqa: PLC0415 - takes seconds; only encoding needs it
    from safetensors import SafetensorError  # noqa: PLC0415 - comes with it
    from transformers.utils import logging  # noqa: PLC0415 - takes seconds

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # untyped there
    try:
        return make(
            str(files.folder),
            device="cpu",
            local_files_only=True,
            model_kwargs={"dtype": torch.float32},
            **asked,
        )
    except (*_BROKEN, SafetensorError) as error:
        raise files.unavailable(
            f"{files.kind} {files.name!r} cannot be loaded ({error}); set another {files.kind}"
        ) from error

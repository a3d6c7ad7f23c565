"""
A model's verified files -> the loaded model: the one module that knows torch.

Why float32 on the processor: vectors must be the same on every machine, and bfloat16 is
six times slower where a processor lacks it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wgsearch.embedding.files import be_quiet

if TYPE_CHECKING:
    from collections.abc import Callable

    from wgsearch.embedding.files import ModelFiles


def load_encoder(files: ModelFiles) -> Any:  # noqa: ANN401 - the library is not typed
    """The SentenceTransformer in a folder; its weights are digested before."""
    be_quiet()
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - takes seconds

    return _loaded(files, SentenceTransformer)


def load_cross_encoder(files: ModelFiles) -> Any:  # noqa: ANN401 - likewise
    """The CrossEncoder in a folder; its weights are digested before."""
    be_quiet()
    from sentence_transformers import CrossEncoder  # noqa: PLC0415 - takes seconds

    return _loaded(files, CrossEncoder)


def _loaded(files: ModelFiles, make: Callable[..., Any]) -> Any:  # noqa: ANN401 - likewise
    """A model on the processor."""
    _ = files.digest
    import torch  # noqa: PLC0415 - takes seconds; only encoding needs it
    from transformers.utils import logging  # noqa: PLC0415 - likewise

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # untyped there
    try:
        return make(
            str(files.folder),
            device="cpu",
            local_files_only=True,
            model_kwargs={"dtype": torch.float32},
        )
    except (OSError, ValueError, KeyError) as error:
        raise files.unavailable(
            f"{files.kind} {files.name!r} cannot be loaded ({error}); set another {files.kind}"
        ) from error

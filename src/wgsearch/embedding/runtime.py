"""
A model's verified files -> the loaded model: the one module that knows torch.

Why float32: this is the reference that other ways of running a model are compared with, and
vectors must be the same on every machine.
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


def traceable(model: Any) -> tuple[Any, dict[str, Any]]:  # noqa: ANN401 - likewise
    """
    A loaded encoder as a module of plain tensors, and what to call it with.

    Tokens in, vectors of the texts and of their tokens out: pooling and whatever follows it are
    part of the network.
    """
    import torch  # noqa: PLC0415 - takes seconds

    class Whole(torch.nn.Module):  # type: ignore[misc]  # the library is not typed
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: Any, attention_mask: Any) -> tuple[Any, Any]:  # noqa: ANN401 - likewise
            features = self.model({"input_ids": input_ids, "attention_mask": attention_mask})
            return features["sentence_embedding"], features["token_embeddings"]

    ids = torch.ones((2, 16), dtype=torch.long)
    mask = torch.ones((2, 16), dtype=torch.long)
    mask[1, 12:] = 0  # one text is shorter, so that nothing is taken to be full
    return Whole().eval(), {"input_ids": ids, "attention_mask": mask}


def has_cuda() -> bool:
    """Whether torch can use a graphics card here."""
    import torch  # noqa: PLC0415 - takes seconds

    return bool(torch.cuda.is_available())


def _loaded(files: ModelFiles, make: Callable[..., Any], **asked: Any) -> Any:  # noqa: ANN401 - likewise
    """A model on the graphics card, where torch can use one, else on the processor."""
    _ = files.verified()
    import torch  # noqa: PLC0415 - takes seconds; only encoding needs it
    from safetensors import SafetensorError  # noqa: PLC0415 - comes with it
    from transformers.utils import logging  # noqa: PLC0415 - takes seconds

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # untyped there
    try:
        return make(
            str(files.folder),
            device="cuda" if has_cuda() else "cpu",
            local_files_only=True,
            model_kwargs={"dtype": torch.float32},
            **asked,
        )
    except (*_BROKEN, SafetensorError) as error:
        raise files.unavailable(
            f"{files.kind} {files.name!r} cannot be loaded ({error}); set another {files.kind}"
        ) from error

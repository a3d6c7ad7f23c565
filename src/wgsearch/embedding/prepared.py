"""
Name of a model -> an encoder that runs it by the fastest way that keeps its vectors.

Why in one place: a search, a build and a server must come to the same choice, and whoever asks
for something else (`runtime`, `precision`) must get that or an error, nothing in between.
"""

from __future__ import annotations

import threading
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from wgsearch.embedding.exported import Exported, default_folder, keep, kept
from wgsearch.embedding.files import DEFAULT_ENCODER
from wgsearch.embedding.transformer import SentenceTransformerEncoder
from wgsearch.errors import EncoderUnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wgsearch.embedding.compiled import CompiledModel
    from wgsearch.embedding.encoder import Encoded, Encoder, Role, TokenSpans, Vectors
    from wgsearch.embedding.network import Precision

Runtime = Literal["auto", "openvino", "torch"]
RUNTIMES: tuple[Runtime, ...] = ("auto", "openvino", "torch")
# Where Linux shows the first graphics card that CUDA can use.
_CUDA_DEVICE = Path("/dev/nvidia0")


def open_encoder(
    name: str = DEFAULT_ENCODER,
    *,
    question_prompt: str | None = None,
    passage_prompt: str | None = None,
    runtime: Runtime = "auto",
    precision: Precision | None = None,
    cache: Path | None = None,
    notify: Callable[[str], None] | None = None,
    streams: int | None = None,
) -> Encoder:
    """
    An encoder; nothing is loaded before it is used.

    Args:
        name: As of `SentenceTransformerEncoder`.
        question_prompt: Likewise.
        passage_prompt: Likewise.
        runtime: `torch` runs the model as it is, `openvino` an export of it; `auto` the second
            where the model can be exported and no graphics card is there.
        precision: The only precision to export in; None for the fastest that keeps the vectors.
        cache: Where exports are kept; None for the user's folder of caches.
        notify: Called with a sentence when something takes long, or is slower than it could be.
        streams: How many passes of an export may run at a time; None for one a core.

    Raises:
        EncoderUnavailableError: On first use, when the model cannot be run as asked.
    """
    model = SentenceTransformerEncoder(
        name, question_prompt=question_prompt, passage_prompt=passage_prompt
    )
    by_torch = runtime == "torch" or (runtime == "auto" and _CUDA_DEVICE.exists())
    if by_torch and precision in {None, "float32"}:
        return model
    return PreparedEncoder(
        model,
        must_export=runtime == "openvino" or precision is not None,
        precision=precision,
        cache=cache or default_folder(),
        notify=notify or (lambda _: None),
        streams=streams,
    )


class PreparedEncoder:
    """
    An encoder that runs an export of its model, made at first use and kept.

    Args:
        model: The encoder as it is.
        must_export: Whether to refuse, rather than to run the model as it is, when it cannot
            be exported.
        precision: As of `open_encoder`.
        cache: Where exports are kept.
        notify: As of `open_encoder`.
        streams: Likewise.
    """

    def __init__(
        self,
        model: SentenceTransformerEncoder,
        *,
        must_export: bool,
        precision: Precision | None,
        cache: Path,
        notify: Callable[[str], None],
        streams: int | None = None,
    ) -> None:
        self.name = model.name
        self._model = model
        self._must_export = must_export
        self._precision: Precision | None = precision
        self._cache = cache
        self._notify = notify
        self._wanted = precision or "auto"
        self._streams = streams
        self._lock = threading.Lock()

    def warm(self) -> None:
        """Load what was exported before; nothing where that was not done, so that it is quick."""
        with self._lock:
            if self.has_tokens and isinstance(self._kept, Exported):
                _ = self._loaded

    @cached_property
    def identity(self) -> str:
        """Says the precision that was chosen; the model's own where it runs as it is."""
        exported = self.exported
        if exported is None:
            return self._model.identity
        return self._model.identity.replace("/float32", f"/{exported.precision}", 1)

    @property
    def exported(self) -> Exported | None:
        """What runs; None where the model runs as it is. Exports it where that was not done."""
        with self._lock:
            return self._found

    @property
    def dimension(self) -> int:
        """Without loading the model where it was exported."""
        exported = self.exported
        return exported.dimension if exported else self._model.dimension

    @property
    def has_tokens(self) -> bool:
        """Without loading the model."""
        return self._model.has_tokens

    def encode(
        self,
        texts: Sequence[str],
        progress: Callable[[int], None] | None = None,
        *,
        role: Role = "passage",
    ) -> Vectors:
        """One row a text."""
        compiled = self._compiled
        if compiled is None or not texts:
            return self._model.encode(texts, progress, role=role)
        return compiled.vectors(texts, self._model.prompts.of(role), progress)

    def encode_tokens(
        self,
        texts: Sequence[str],
        progress: Callable[[int], None] | None = None,
        *,
        role: Role = "passage",
    ) -> Encoded:
        """Rows and tokens of the texts."""
        compiled = self._compiled
        if compiled is None or not texts:
            return self._model.encode_tokens(texts, progress, role=role)
        return compiled.encoded(texts, self._model.prompts.of(role), progress)

    def spans_of(self, text: str, *, role: Role = "passage") -> TokenSpans:
        """By the tokenizer alone."""
        compiled = self._compiled
        if compiled is None:
            return self._model.spans_of(text, role=role)
        return compiled.spans(text, self._model.prompts.of(role))

    @property
    def _compiled(self) -> CompiledModel | None:
        """The network at work; None where the model runs as it is."""
        with self._lock:
            return self._loaded

    @cached_property
    def _loaded(self) -> CompiledModel | None:
        """Likewise; the lock is held."""
        if self._found is None:
            return None
        from wgsearch.embedding.compiled import CompiledModel  # noqa: PLC0415 - loads the runtime

        return CompiledModel(self._found.folder, self._found.precision, self._streams)

    @cached_property
    def _found(self) -> Exported | None:
        """What was exported before, else what is exported now; the lock is held."""
        found = self._kept_or_made() if self.has_tokens else "it has no tokens that can be followed"
        if isinstance(found, Exported):
            return found
        if self._must_export:
            raise EncoderUnavailableError(
                f"encoder {self.name!r} cannot be exported as asked: {found}; unset "
                "WGSEARCH_RUNTIME and WGSEARCH_PRECISION to run it as it is"
            )
        if self.has_tokens:  # others are quick as they are
            self._notify(f"Encoder {self.name!r} runs as it is, which is slower: {found}.")
        return None

    @cached_property
    def _kept(self) -> Exported | str | None:
        """What was exported before, or why it could not be; the lock is held."""
        return kept(self._model.files, self._wanted, self._cache)

    def _kept_or_made(self) -> Exported | str:
        """An export, or why there is none."""
        if self._kept is not None:
            return self._kept
        files = self._model.files
        self._notify(f"Preparing encoder {self.name!r} for this processor (once) ...")
        # Only here, since it brings what takes seconds to import.
        from wgsearch.embedding.export import export  # noqa: PLC0415 - as said above

        try:
            return keep(
                files, self._wanted, self._cache, lambda into: export(files, into, self._precision)
            )
        except OSError as error:
            return (
                f"{str(self._cache)!r} cannot be written ({error.strerror or error}); set "
                "WGSEARCH_CACHE to a folder that can"
            )

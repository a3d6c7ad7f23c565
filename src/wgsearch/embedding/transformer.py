"""
texts -> vectors by a sentence-transformers model, on the processor, without a network.

Why by length: texts of one batch have nearly one length, so that nothing is padded.
"""

from __future__ import annotations

import threading
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from wgsearch.embedding.alignment import align
from wgsearch.embedding.encoder import Encoded, Tokens, TokenSpans, unit
from wgsearch.embedding.files import DEFAULT_ENCODER, ModelFiles
from wgsearch.embedding.prompts import Prompts, read_prompts
from wgsearch.embedding.runtime import load_encoder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from wgsearch.embedding.alignment import Alignment
    from wgsearch.embedding.encoder import Role, Vectors

# On two cores 8 to 32 texts measured alike (19 to 21 a second in float32; bfloat16 3 where a
# processor lacks it).
_BATCH = 16


class SentenceTransformerEncoder:
    """
    An encoder of sentence-transformers.

    Args:
        name: `all-MiniLM-L6-v2` (its weights come with a package), a folder, or a name
            of the Hugging Face hub that is in the local cache already.
        question_prompt: Words to put before questions; None for those that the model states.
        passage_prompt: Words to put before passages; likewise.

    Raises:
        EncoderUnavailableError: On first use, when the weights are missing or not as published.
    """

    def __init__(
        self,
        name: str = DEFAULT_ENCODER,
        *,
        question_prompt: str | None = None,
        passage_prompt: str | None = None,
    ) -> None:
        self.name = name
        self.files = ModelFiles(name)
        self._question_prompt = question_prompt
        self._passage_prompt = passage_prompt
        # Fast tokenizers fail ("already borrowed") when two threads use one at a time.
        self._lock = threading.Lock()

    @cached_property
    def identity(self) -> str:
        """Read without loading the model."""
        files = self.files
        return f"{files.label}@{files.digest[:12]}/unit/float32{self.prompts.mark}"

    @cached_property
    def prompts(self) -> Prompts:
        """What stands before texts: as set, else as the model states; read without loading it."""
        own = read_prompts(self.files)
        question, passage = self._question_prompt, self._passage_prompt
        return Prompts(
            question=own.question if question is None else question,
            passage=own.passage if passage is None else passage,
        )

    @cached_property
    def dimension(self) -> int:
        """Loads the model, but for the default."""
        if self.name == DEFAULT_ENCODER:
            return 384
        with self._lock:
            return int(self._model.get_embedding_dimension())

    @cached_property
    def has_tokens(self) -> bool:
        """
        Read without loading the model.

        True for transformers whose tokenizer says where its tokens stand; one that puts texts
        into a chat of its own reads other words than are given.
        """
        modules = self.files.stated("modules.json") or [{"type": "Transformer", "path": ""}]
        is_transformer = modules[0]["type"].rpartition(".")[2] == "Transformer"
        folder = self.files.folder / modules[0]["path"]
        tokenizer = self.files.stated(f"{modules[0]['path']}/tokenizer_config.json".lstrip("/"))
        chats = "chat_template" in (tokenizer or {}) or any(folder.glob("chat_template.*"))
        return is_transformer and (folder / "tokenizer.json").is_file() and not chats

    def encode(
        self,
        texts: Sequence[str],
        progress: Callable[[int], None] | None = None,
        *,
        role: Role = "passage",
    ) -> Vectors:
        """Rows in the order of the texts; encoded by length, longest first."""
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        with self._lock:
            for batch in _batches(texts, progress):
                rows[batch] = self._passed(
                    [texts[at] for at in batch],
                    role,
                    normalize_embeddings=True,
                    convert_to_numpy=True,
                )
        return rows

    def encode_tokens(
        self,
        texts: Sequence[str],
        progress: Callable[[int], None] | None = None,
        *,
        role: Role = "passage",
    ) -> Encoded:
        """Rows and tokens in the order of the texts; encoded by length, longest first."""
        if not self.has_tokens:
            return Encoded(rows=self.encode(texts, progress, role=role), tokens=None)
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        tokens: dict[int, Tokens] = {}
        with self._lock:
            for batch in _batches(texts, progress):
                some = [texts[at] for at in batch]
                read = self._aligned(some, role)
                passed = self._passed(some, role, output_value=None)
                for at, alignment, features in zip(batch, read, passed, strict=True):
                    rows[at] = unit(_array(features["sentence_embedding"]))
                    tokens[at] = self._tokens(alignment, features)
        return Encoded(rows=rows, tokens=tuple(tokens[at] for at in range(len(texts))))

    def spans_of(self, text: str, *, role: Role = "passage") -> TokenSpans:
        """By the tokenizer alone."""
        if not self.has_tokens:
            return TokenSpans.none()
        with self._lock:
            (alignment,) = self._aligned([text], role)
        return alignment.tokens

    def _aligned(self, texts: list[str], role: Role) -> Iterator[Alignment]:
        """How the tokenizer cuts texts."""
        prompt = self.prompts.of(role)
        read = self._model.tokenizer([prompt + text for text in texts], truncation=True)
        return align(read.encodings, texts, prompt)

    def _passed(self, texts: list[str], role: Role, **asked: Any) -> Any:  # noqa: ANN401 - the library is not typed
        """One batch through the network."""
        by_role = {"question": self._model.encode_query, "passage": self._model.encode_document}
        return by_role[role](
            texts,
            prompt=self.prompts.of(role),
            batch_size=_BATCH,
            show_progress_bar=False,
            **asked,
        )

    def _tokens(self, alignment: Alignment, features: Any) -> Tokens:  # noqa: ANN401 - likewise
        """The tokens of one text out of what the network gave for it."""
        kept = _array(features["attention_mask"]).astype(np.bool_)
        if not np.array_equal(_array(features["input_ids"])[kept], alignment.read):
            raise self.files.unavailable(
                f"encoder {self.name!r} reads other tokens than its tokenizer gives; "
                "set another encoder"
            )
        vectors = _array(features["token_embeddings"])[kept][alignment.places]
        found = alignment.tokens
        return Tokens(ids=found.ids, vectors=unit(vectors), spans=found.spans)

    @cached_property
    def _model(self) -> Any:  # noqa: ANN401 - the library is not typed
        """The loaded model."""
        return load_encoder(self.files)


def _batches(texts: Sequence[str], progress: Callable[[int], None] | None) -> Iterator[list[int]]:
    """Positions of texts by length, longest first, so many at a time."""
    order = sorted(range(len(texts)), key=lambda at: (-len(texts[at]), at))
    for start in range(0, len(order), _BATCH):
        batch = order[start : start + _BATCH]
        yield batch
        if progress:
            progress(start + len(batch))


def _array(tensor: Any) -> Any:  # noqa: ANN401 - of whatever type the tensor has
    """A tensor of the processor as an array."""
    return tensor.detach().cpu().numpy()

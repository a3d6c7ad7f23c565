"""
A model's files -> the words that it wants before questions and before passages.

Why from the files: a model that was trained with such words ranks worse without them, and
few people know which ones; the model states them.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wgsearch.embedding.encoder import Role
    from wgsearch.embedding.files import ModelFiles

_CONFIG = "config_sentence_transformers.json"
# Names under which models state prompts, as `encode_query` and `encode_document` of
# sentence-transformers look them up.
_NAMES: dict[Role, tuple[str, ...]] = {
    "question": ("query",),
    "passage": ("document", "passage", "corpus"),
}
# The published E5 models state their prompts in prose only. Source: Wang et al., Text
# Embeddings by Weakly-Supervised Contrastive Pre-training (2022), and their model cards. The
# models tuned with instructions are not among them: they state prompts of their own.
_E5 = re.compile(r"(?:multilingual-)?e5-(?:small|base|large)(?:-v2|-unsupervised)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompts:
    """
    Words put before texts, with the space that follows them.

    Attributes:
        question: Before a question.
        passage: Before a passage.
    """

    question: str = ""
    passage: str = ""

    def of(self, role: Role) -> str:
        """The words for a role."""
        return self.question if role == "question" else self.passage

    @property
    def mark(self) -> str:
        """What they add to an identity; nothing when there are none."""
        if not (self.question or self.passage):
            return ""
        stated = f"{self.question}\0{self.passage}".encode()
        return f"/prompts-{hashlib.sha256(stated).hexdigest()[:8]}"


def read_prompts(files: ModelFiles) -> Prompts:
    """The prompts that a model states, those of its family where it is known to state none."""
    stated = (files.stated(_CONFIG) or {}).get("prompts") or {}
    found = Prompts(
        question=_first(stated, _NAMES["question"]), passage=_first(stated, _NAMES["passage"])
    )
    if found == Prompts() and _E5.fullmatch(files.label.rpartition("/")[2]):
        return Prompts(question="query: ", passage="passage: ")
    return found


def _first(stated: dict[str, str | None], names: tuple[str, ...]) -> str:
    """The first prompt that is there."""
    return next((words for name in names if (words := stated.get(name))), "")

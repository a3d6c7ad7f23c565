"""
A text as a tokenizer cuts it -> tokens with their places in the text as given.

Why: a token's vector is of use only where one knows which word it stands for; special
tokens and the words of a prompt stand for none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wgsearch.embedding.encoder import TokenSpans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from tokenizers import Encoding


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """
    A text as the network reads it, and its tokens that stand for words of the text.

    Attributes:
        read: Numbers of all tokens that the network reads, special ones and prompt included.
            *Shape:* (read,), int32.
        places: Which of them stand for words of the text. *Shape:* (n,), int64.
        spans: Where these stand in the text. *Shape:* (n, 2), int32.
    """

    read: NDArray[np.int32]
    places: NDArray[np.int64]
    spans: NDArray[np.int32]

    @property
    def tokens(self) -> TokenSpans:
        """The tokens that stand for words of the text."""
        return TokenSpans(ids=self.read[self.places], spans=self.spans)


def align(encodings: Sequence[Encoding], texts: Sequence[str], prompt: str) -> Iterator[Alignment]:
    """
    How a tokenizer reads texts behind a prompt.

    Args:
        encodings: What the tokenizer gave for each prompt and text, cut at the encoder's reach.
        texts: Texts as given.
        prompt: Words put before each.
    """
    before = len(prompt)
    for text, encoding in zip(texts, encodings, strict=True):
        cut = zip(encoding.offsets, encoding.special_tokens_mask, strict=True)
        # A token may begin in the space that ends the prompt.
        own = [
            (place, max(0, start - before), end - before)
            for place, ((start, end), is_special) in enumerate(cut)
            if end > before and end > start and not is_special
        ]
        if any(text[start].isspace() or text[end - 1].isspace() for _, start, end in own):
            own = [
                (place, *span)
                for place, start, end in own
                if (span := _without_spaces(text, start, end))
            ]
        table = np.array(own, dtype=np.int32).reshape(-1, 3)
        yield Alignment(
            read=np.array(encoding.ids, dtype=np.int32),
            places=table[:, 0].astype(np.int64),
            spans=table[:, 1:],
        )


def _without_spaces(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span without the spaces at its ends, which some tokenizers count in; None if empty."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None

"""Each token stands for the characters of the text that it was made of, and for no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
from transformers import PreTrainedTokenizerFast

from wgsearch.embedding.alignment import Alignment, align

if TYPE_CHECKING:
    from collections.abc import Sequence


def _spaced() -> PreTrainedTokenizerFast:
    """Words with the space before them, as the multilingual models cut text."""
    made = Tokenizer(models.WordLevel({"[UNK]": 0}, unk_token="[UNK]"))  # noqa: S106 - no secret
    made.normalizer = normalizers.NFKC()
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    return PreTrainedTokenizerFast(tokenizer_object=made, unk_token="[UNK]")  # noqa: S106 - likewise


SPACED = _spaced()


def _aligned(text: str, prompt: str) -> Alignment:
    (found,) = align(SPACED([prompt + text]).encodings, [text], prompt)
    return found


def _words(text: str, spans: Sequence[Sequence[int]]) -> list[str]:
    return [text[start:end] for start, end in spans]


def test_space_before_a_word_is_not_part_of_it() -> None:
    """Highlighting a token shows its letters, not the space that the tokenizer counts in."""
    text = "debt  bondage"
    found = _aligned(text, "")
    assert _words(text, found.spans.tolist()) == ["debt", "bondage"]


def test_tokens_of_the_prompt_are_left_out() -> None:
    """The first word of the text is kept though its token begins in the prompt's last space."""
    text = "debt bondage"
    with_prompt, without = (_aligned(text, each) for each in ("query: ", ""))
    assert _words(text, with_prompt.spans.tolist()) == ["debt", "bondage"]
    assert with_prompt.spans.tolist() == without.spans.tolist()
    assert len(with_prompt.read) == len(without.read) + 1


@given(st.text(max_size=40))
def test_spans_are_in_order_within_the_text(text: str) -> None:
    """Whatever the letters: spans lie in the text, never run backwards, and hold no outer space."""
    found = _aligned(text, "ask: ")
    assert found.tokens.ids.shape == (len(found.spans),)
    before = 0
    for start, end in found.spans.tolist():
        assert before <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        before = start

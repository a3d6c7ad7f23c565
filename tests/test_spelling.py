"""A misspelt word is told, and its near word searched for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from wgsearch.index.lexical import LexicalIndex
from wgsearch.index.posting import write_lexical
from wgsearch.index.vocabulary import Vocabulary
from wgsearch.passages import passages_of
from wgsearch.search import Query
from wgsearch.spelling import correct

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from wgsearch.papers.paper import Paper
    from wgsearch.search import LocalEngine

TEXTS = (
    ("en", "Recruitment agencies charge fees that turn into debt, and agencies are licensed."),
    ("en", "Recruiting children is forbidden. Children are heard in every proceeding."),
    ("fr", "Le prélèvement d’organes est interdit dans les pays et pour les personnes."),
    ("ru", "Жертвы торговли людьми не должны наказываться."),
)


@pytest.fixture(scope="module")
def lexical(
    tmp_path_factory: pytest.TempPathFactory, make_paper: Callable[..., Paper]
) -> LexicalIndex:
    """One paper a text."""
    folder: Path = tmp_path_factory.mktemp("spelling")
    passages = [
        passages_of(make_paper(f"AB/2022/{row}", [text], title=None, language=language))[0]
        for row, (language, text) in enumerate(TEXTS)
    ]
    write_lexical(folder, passages, list(range(len(passages))))
    return LexicalIndex(folder)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("agancies that charge fees", "agencies that charge fees"),
        ("Recruitmnet of chidlren", "Recruitment of children"),
        ("prélévement d’organes", None),
        ("prelevment organes", "prélèvement organes"),
        ("жертвы торгавли", "жертвы торговли"),
        ("procedings in AB/2022/9", "proceeding in AB/2022/9"),
    ],
)
def test_near_word_is_offered(lexical: LexicalIndex, typed: str, meant: str | None) -> None:
    """One slip in a short word, two in a long one; other forms and missing accents are none."""
    found = correct(lexical, typed)
    assert (found.text if found else None) == meant


@pytest.mark.parametrize(
    "text",
    [
        "licensing an agency",
        "fees",
        "fess",
        "NGOX",
        "xylophone zeppelin",
        "贩运人口",
        "2024",
        "los derechos del niño con su familia según la lei",
    ],
)
def test_nothing_is_offered(lexical: LexicalIndex, text: str) -> None:
    """
    Forms of known words, acronyms, figures, words that nothing is near and languages of no paper
    are left as they are.
    """
    expected = "fees" if text == "fess" else None
    found = correct(lexical, text)
    assert (found.text if found else None) == expected


def test_misspelt_question_is_answered(tiny_engine: LocalEngine) -> None:
    """The paragraph is found as if the word were right, and the answer says what it did."""
    answer = tiny_engine.search(Query(text="recrutiment fees", mode="lexical"))
    assert answer.suggestion == "recruitment fees"
    assert 'no paper has "recrutiment": searched for "recruitment" too' in answer.notes
    assert answer.hits[0].passage.paragraph == "1"
    assert tiny_engine.search(Query(text="recruitment fees")).suggestion is None


@given(
    word=st.text(alphabet="abcdeгдж", min_size=4, max_size=12),
    others=st.lists(st.text(alphabet="abcdeгдж", min_size=4, max_size=12), unique=True),
    slips=st.sampled_from((1, 2)),
)
def test_no_near_word_is_passed_over(word: str, others: list[str], slips: int) -> None:
    """Words left out before they are compared letter by letter are never as near as is asked."""
    vocabulary = Vocabulary([(each, 1) for each in others])
    near = {each for each in others if OSA.distance(word, each) <= slips}
    assert near <= set(vocabulary.near(word, slips))

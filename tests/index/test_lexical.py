"""Rows by words: stems by language, exact phrases, and no syntax to fall over."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wgsearch.errors import IndexDamagedError
from wgsearch.index.lexical import Asked, LexicalIndex, Phrase, Within
from wgsearch.index.matched import matched_spans, matched_words, sought
from wgsearch.index.posting import write_lexical
from wgsearch.passages import passages_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from wgsearch.papers.paper import Paper

# Row, language, text. Titles are empty, so that only texts count.
TEXTS = (
    ("en", "Recruitment fees turn into debt."),
    ("en", "Traffickers recruit children for forced criminality."),
    ("en", "Criminality that is forced upon children. Non-punishment follows."),
    ("fr", "Des organes sont prélevés sur des personnes endettées."),
    ("es", "Las víctimas no deben ser castigadas."),
    ("ru", "Жертвы торговли людьми не должны наказываться."),
    ("zh", "禁止贩运人口的议定书"),
    ("sw", "Watu wengi walisafirishwa."),
    ("ar", "الاتجار بالأشخاص وتهريب المهاجرين"),
)


@pytest.fixture(scope="module")
def index(
    tmp_path_factory: pytest.TempPathFactory, make_paper: Callable[..., Paper]
) -> LexicalIndex:
    """One paper a text; row and paper have one number."""
    folder = tmp_path_factory.mktemp("lexical")
    passages = [
        passages_of(make_paper(f"AB/2022/{row}", [text], title=None, language=language))[0]
        for row, (language, text) in enumerate(TEXTS)
    ]
    write_lexical(folder, passages, list(range(len(passages))))
    return LexicalIndex(folder)


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("recruiting for a fee", 0),
        ("un organe prélevé", 3),
        ("castigar a la víctima", 4),
        ("наказание жертв", 5),
        ("贩运", 6),
        ("walisafirishwa", 7),
        ("الاتجار", 8),
    ],
)
def test_stems_of_each_language(index: LexicalIndex, question: str, row: int) -> None:
    """Another form of a word is found in the languages of working groups."""
    assert index.top([Asked(question)], 3, Within()).rows[0] == row


def test_phrase_is_exact(index: LexicalIndex) -> None:
    """Quoted words must stand side by side, in that order, whatever their case."""
    assert index.matching(Within(phrases=(Phrase("FORCED criminality"),))).tolist() == [1]
    assert index.matching(Within(phrases=(Phrase("criminality"),))).tolist() == [1, 2]
    assert index.matching(Within(phrases=(Phrase("non punishment"),))).tolist() == [2]
    assert index.matching(Within(phrases=(Phrase("preleves sur"),))).tolist() == [3]
    assert index.matching(Within(phrases=(Phrase("贩运人口"),))).tolist() == [6]
    assert index.matching(Within(phrases=(Phrase("贩口"),))).tolist() == []


def test_words_of_a_phrase_may_stand_apart(index: LexicalIndex) -> None:
    """With a number of gaps, so many words may stand between them, and no more."""
    assert 2 in index.matching(Within(phrases=(Phrase("criminality children", 4),)))
    assert 2 not in index.matching(Within(phrases=(Phrase("criminality children", 3),)))


def test_beginning_of_a_word(index: LexicalIndex) -> None:
    """A word that begins so stands in every row; accents and case do not count."""
    assert index.matching(Within(prefixes=("RECRUIT",))).tolist() == [0, 1]
    assert index.matching(Within(prefixes=("prél", "endett"))).tolist() == [3]
    assert index.matching(Within(prefixes=("xyz",))).tolist() == []
    assert index.beginning("recruit", 5) == ("recruit", "recruitment")


def test_weight_decides(index: LexicalIndex) -> None:
    """What is asked for with more weight comes first."""
    light, heavy = Asked("debt", 0.3), Asked("traffickers", 3)
    assert index.top([light, heavy], 1, Within()).rows.tolist() == [1]
    assert index.top([heavy._replace(weight=0.1), light], 1, Within()).rows.tolist() == [0]


def test_neighbours_count(tmp_path: Path, make_paper: Callable[..., Paper]) -> None:
    """Of two texts with the same words, the one that has them together comes first."""
    texts = ["Bondage by fees, in debt of men.", "Fees of men in debt bondage."]
    passages = [
        passages_of(make_paper(f"AB/2022/{row}", [text], title=None))[0]
        for row, text in enumerate(texts)
    ]
    write_lexical(tmp_path, passages, [0, 1])
    assert LexicalIndex(tmp_path).top([Asked("debt bondage")], 2, Within()).rows.tolist() == [1, 0]


def test_words_of_one_language(index: LexicalIndex) -> None:
    """Words in a known language are looked for in its texts only."""
    assert index.top([Asked("personnes", 1, "fr")], 5, Within()).rows.tolist() == [3]
    assert index.top([Asked("personnes", 1, "en")], 5, Within()).rows.tolist() == []


def test_named_paragraph_is_first(index: LexicalIndex) -> None:
    """A citation brings its paragraph first, and none of its words is looked for."""
    asked = [Asked("children"), Asked("AB/2022/4, para. 1", names=True)]
    assert index.top(asked, 3, Within()).rows.tolist() == [4, 1, 2]
    assert index.top([Asked("debt organes", names=True)], 3, Within()).rows.tolist() == []


def test_long_texts_are_not_pushed_down(tmp_path: Path, make_paper: Callable[..., Paper]) -> None:
    """Length counts as in BM25 with b = 0.4 (worked out by hand), though tantivy has 0.75."""
    texts = ["debt alpha", "debt " + "beta " * 29]
    passages = [
        passages_of(make_paper(f"AB/2022/{row}", [text], title=None))[0]
        for row, text in enumerate(texts)
    ]
    write_lexical(tmp_path, passages, [0, 1])
    short, long = LexicalIndex(tmp_path).top([Asked("debt")], 2, Within()).scores
    # Lengths 2 and 30, mean 16: (1 + 1.2 (0.6 + 0.4 * 30 / 16)) / (1 + 1.2 (0.6 + 0.4 * 2 / 16)).
    assert short / long == pytest.approx(2.62 / 1.78, rel=0.01)


def test_excluded_words_are_out(index: LexicalIndex) -> None:
    """A word after a minus never appears in a hit."""
    assert index.top(
        [Asked("criminality")], 5, Within(excluded=(Phrase("traffickers"),))
    ).rows.tolist() == [2]


def test_papers_narrow_exactly(index: LexicalIndex) -> None:
    """A filter keeps exactly its papers; the best outside do not push them out."""
    assert index.top([Asked("criminality")], 1, Within(papers=[2])).rows.tolist() == [2]
    assert index.top([Asked("criminality")], 1, Within(papers=[])).rows.tolist() == []


def test_scores_of_named_rows(index: LexicalIndex) -> None:
    """A row has the same score named as found; one without a common word has none."""
    found = index.top([Asked("forced criminality")], 5, Within())
    assert np.allclose(index.scores([Asked("forced criminality")], found.rows), found.scores)
    assert index.scores([Asked("forced criminality")], np.array([0, 1]))[0] == 0


def test_symbol_in_a_question_brings_its_paper(index: LexicalIndex) -> None:
    """Naming a paper in a question lifts its passages."""
    assert index.top([Asked("children in AB/2022/2")], 1, Within()).rows.tolist() == [2]
    assert index.top([Asked("what ab/2022/3 AB/2022/4 says")], 1, Within()).rows.tolist() == [4]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=60))
def test_any_question_is_answered(index: LexicalIndex, question: str) -> None:
    """Quotes, colons, brackets and operators of query languages are only characters."""
    index.top(
        [Asked(question)], 3, Within(phrases=(Phrase(question),), excluded=(Phrase(question),))
    )


def test_matched_words_are_marked() -> None:
    """Marks stand on whole words with a stem of the question, never on stop words."""
    text = "The victims of debt, and their debts 😀 debts."
    spans = matched_spans(sought("the debt of a victim", "en"), text)
    assert [text[start:end] for start, end in spans] == ["victims", "debt", "debts", "debts"]


def test_matched_words_say_which_word_they_are() -> None:
    """A word that stands twice in a text is one word of the question, in two places."""
    text = "Debts grow, and a debt stays."
    found = matched_words(sought("the debt of a victim", "en"), text)
    assert [(word.stem, text[word.start : word.end]) for word in found] == [
        ("debt", "Debts"),
        ("debt", "debt"),
    ]


def test_rare_words_tell_more(index: LexicalIndex) -> None:
    """A word of one text tells more than a word of two; log(1 + (N - n + 0.5) / (n + 0.5))."""
    once, twice = index.idf("en", "debt"), index.idf("en", "forc")
    assert once == pytest.approx(math.log(1 + (9 - 1 + 0.5) / 1.5))
    assert twice == pytest.approx(math.log(1 + (9 - 2 + 0.5) / 2.5))
    assert index.idf("en", "zebra") > once > twice > 0


def test_chinese_is_marked() -> None:
    """In Chinese, neighbouring characters of the question are marked as one run."""
    assert matched_spans(sought("贩运人口", "zh"), "禁止贩运人口。") == ((2, 6),)


def test_no_index_is_refused(tmp_path: Path) -> None:
    """A folder that tantivy did not write is an error of ours, with what to do."""
    with pytest.raises(IndexDamagedError, match="wgsearch build --full"):
        LexicalIndex(tmp_path)


def test_notes_are_found_after_texts(tmp_path: Path, make_paper: Callable[..., Paper]) -> None:
    """A source that only a note names is found; who says the same in the text comes first."""
    texts = ("Debts were counted.", "The ledger of debts.", "Nothing is owed.")
    passages = [
        replace(passages_of(make_paper(f"AB/2022/{row}", [text], title=None))[0], notes=notes)
        for row, (text, notes) in enumerate(
            zip(texts, (("See the ledger, DEMO/COP/WG.4/1999/7, annex.",), (), ()), strict=True)
        )
    ]
    write_lexical(tmp_path, passages, list(range(len(passages))))
    index = LexicalIndex(tmp_path)
    assert index.top([Asked("ledger")], 10, Within()).rows.tolist() == [1, 0]
    assert index.top([Asked("DEMO/COP/WG.4/1999/7")], 10, Within()).rows.tolist() == [0]
    assert index.occurs("annex")
    assert len(index.matching(Within(phrases=(Phrase("annex"),)))) == 0


def test_a_symbol_in_whole_counts_more_than_its_pieces(
    tmp_path: Path, make_paper: Callable[..., Paper]
) -> None:
    """The note that cites a paper comes before a text with the same numbers and letters."""
    text = "The 7 rules of 1999."
    passages = [
        passages_of(make_paper("AB/2022/1", [text], title=None))[0],
        replace(
            passages_of(make_paper("AB/2022/2", ["Sold."], title=None))[0],
            notes=("DEMO/COP/WG.4/1999/7.",),
        ),
    ]
    write_lexical(tmp_path, passages, [0, 1])
    found = LexicalIndex(tmp_path).top([Asked("DEMO/COP/WG.4/1999/7")], 2, Within())
    assert found.rows.tolist() == [1, 0]

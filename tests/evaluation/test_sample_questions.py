"""
The judged questions over the sample corpus are what they claim to be.

sample.jsonl is the set that constants are chosen on, blind.jsonl one that nobody chose by.

One JSON object a line. A numbered paragraph is named by its number; what no number names (a
row of a table, a box, an annotation of an agenda) by `"paragraph": null` and by the words
that it begins with. Language versions share symbol and number: naming one names all.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from pydantic import BaseModel, ConfigDict

from wgsearch.index.terms import telling
from wgsearch.papers.reader import read_file
from wgsearch.passages import passages_of

ROOT = Path(__file__).parents[2]
SAMPLE, BLIND = "sample.jsonl", "blind.jsonl"
BLIND_KINDS = {"paraphrase", "direct", "acronym", "negative", "cross_language"}
KINDS = BLIND_KINDS | {"exact_phrase", "misspelling", "symbol"}
# Words that carry no matter: a question that shares only these shares nothing with a paragraph.
# Beyond the stop words of the index, whose list is short.
FUNCTION_WORDS = """
    how what when where which who whom whose why
    am been being can could did do does doing done had has have having may might must shall
    should were would don doesn didn won isn aren wasn weren hasn haven s t ll re ve
    i me mine my you your yours we us our ours he him his she her hers it its they them theirs
    himself herself itself themselves those here anybody anyone anything everybody everyone
    everything nobody none nothing one ones somebody someone something other others another own
    above about across after again against all along also any around because before below
    between both during each either else even ever every few from less like little many more
    most much neither never only once out down up off over per same since so some still than
    through too toward towards under until upon very well while within without yet just quite
    get gets got let
"""


class Expected(BaseModel):
    """A paragraph that answers."""

    model_config = ConfigDict(extra="forbid")

    symbol: str
    paragraph: str | None
    part: str = "body"
    begins: str = ""


class Question(BaseModel):
    """A line of a set; only the questions that constants are chosen on have a split."""

    model_config = ConfigDict(extra="forbid")

    id: str
    question: str
    expected: list[Expected]
    kind: str
    split: str | None = None
    note: str | None = None


class Place(NamedTuple):
    """A paragraph of the sample corpus that a search can find."""

    symbol: str
    paragraph: str | None
    part: str
    language: str
    text: str


def read(name: str) -> list[Question]:
    """The judged questions of a set."""
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [Question.model_validate_json(line) for line in lines]


@pytest.fixture(scope="module")
def sample() -> list[Question]:
    """The questions that constants are chosen on."""
    return read(SAMPLE)


@pytest.fixture(scope="module", params=[SAMPLE, BLIND])
def questions(request: pytest.FixtureRequest) -> list[Question]:
    """The questions of one set after the other."""
    return read(request.param)


@pytest.fixture(scope="module")
def places() -> list[Place]:
    """Every paragraph that a passage is made of, as the reader reads corpus/papers."""
    found = []
    for path in sorted((ROOT / "corpus" / "papers").iterdir()):
        paper = read_file(path)
        for index in dict.fromkeys(each.index for each in passages_of(paper)):
            paragraph = paper.paragraphs[index]
            found.append(
                Place(
                    symbol=paper.symbol or paper.file,
                    paragraph=paragraph.number,
                    part=paragraph.part,
                    language=paper.language or "",
                    text=paragraph.text,
                )
            )
    return found


@cache
def _content(text: str, language: str = "en") -> frozenset[str]:
    """Stems of the words that carry matter."""
    return frozenset(telling(text, language)) - frozenset(telling(FUNCTION_WORDS, language))


def _named(expected: Expected, places: list[Place]) -> list[Place]:
    """What is meant by a line of the set, in each language."""
    wanted = (expected.symbol, expected.paragraph, expected.part)
    return [
        place
        for place in places
        if (place.symbol, place.paragraph, place.part) == wanted
        and place.text.startswith(expected.begins)
    ]


def test_every_expected_paragraph_is_in_the_corpus(
    questions: list[Question], places: list[Place]
) -> None:
    """Whoever opens the paper that is named finds the paragraph that is named, and only one."""
    astray = [
        (question.id, expected)
        for question in questions
        for expected in question.expected
        if sum(place.language == "en" for place in _named(expected, places)) != 1
    ]
    assert astray == []


@pytest.mark.parametrize(
    ("name", "answered", "negative", "kinds"),
    [(SAMPLE, 120, 25, KINDS), (BLIND, 100, 30, BLIND_KINDS)],
)
def test_the_set_is_as_large_as_promised(
    name: str, answered: int, negative: int, kinds: set[str]
) -> None:
    """So many questions have an answer, so many have none, and every kind is there."""
    questions = read(name)
    answerable = sum(bool(question.expected) for question in questions)
    assert answerable >= answered
    assert len(questions) - answerable >= negative
    assert {question.kind for question in questions} == kinds
    assert all((question.kind == "negative") != bool(question.expected) for question in questions)


def test_half_of_the_questions_share_no_word_with_their_answer(
    sample: list[Question], places: list[Place]
) -> None:
    """A paraphrase has no stem in common with any paragraph that answers it, but function words."""
    paraphrases = [question for question in sample if question.kind == "paraphrase"]
    shared = {
        (question.id, place.symbol, place.paragraph): common
        for question in paraphrases
        for expected in question.expected
        for place in _named(expected, places)
        if place.language == "en" and (common := _content(question.question) & _content(place.text))
    }
    assert shared == {}
    assert all(_content(question.question) for question in paraphrases)
    assert 2 * len(paraphrases) >= sum(bool(question.expected) for question in sample)


def test_no_paragraph_holds_all_words_of_a_question_without_an_answer(
    questions: list[Question], places: list[Place]
) -> None:
    """What is called unanswerable cannot be answered by a paragraph that repeats the question."""
    held = [
        (question.id, place.symbol, place.paragraph)
        for question in questions
        if not question.expected
        for place in places
        if _content(question.question, "en") <= _content(place.text, "en")
    ]
    assert held == []


def test_no_question_is_asked_twice(questions: list[Question]) -> None:
    """Each id stands for one question, and no question counts double under another spelling."""
    asked = Counter(" ".join(re.findall(r"\w+", each.question.casefold())) for each in questions)
    assert [text for text, times in asked.items() if times > 1] == []
    assert len({question.id for question in questions}) == len(questions)
    repeated = [
        question.id
        for question in questions
        if len({json.dumps(each.model_dump()) for each in question.expected})
        != len(question.expected)
    ]
    assert repeated == []


def test_no_question_is_in_both_sets() -> None:
    """What the blind set measures is not what constants were chosen on."""
    asked = [
        {" ".join(re.findall(r"\w+", each.question.casefold())) for each in read(name)}
        for name in (SAMPLE, BLIND)
    ]
    assert asked[0] & asked[1] == set()


def test_the_blind_set_has_no_half_to_choose_on() -> None:
    """Nobody chooses a constant on the blind set by mistake: it has no split."""
    assert [question.id for question in read(BLIND) if question.split] == []


def test_every_paper_is_asked_about(sample: list[Question], places: list[Place]) -> None:
    """No paper of the corpus could go missing without a question missing it."""
    expected = {each.symbol for question in sample for each in question.expected}
    assert expected == {place.symbol for place in places}


def test_answers_are_in_the_revision_unless_the_first_version_is_asked_for(
    questions: list[Question],
) -> None:
    """A replaced paper is right only for a question that names it by its symbol."""
    symbols = {each.symbol for question in questions for each in question.expected}
    replaced = {symbol.partition("/Rev.")[0] for symbol in symbols if "/Rev." in symbol}
    unasked = [
        question.id
        for question in questions
        if any(each.symbol in replaced and each.symbol not in question.question
               for each in question.expected)
    ]  # fmt: skip
    assert replaced
    assert unasked == []


def test_halves_alternate_within_each_kind(sample: list[Question]) -> None:
    """Constants are chosen on the odd questions of a kind and reported on the even ones."""
    for kind in KINDS:
        halves = [question.split for question in sample if question.kind == kind]
        assert halves == [("dev", "test")[at % 2] for at in range(len(halves))]

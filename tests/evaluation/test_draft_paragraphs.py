"""
The judged paragraphs of a draft ("was this said before?") are what the README beside them says.

One JSON object a line. What is verbatim is decided here by a simple reading of its own: a sentence
of a paper is copied if its letters and digits stand in the draft in the same order.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from pydantic import BaseModel, ConfigDict

from wgsearch.index.terms import telling

if TYPE_CHECKING:
    from wgsearch.papers.paper import Paper

DEVELOPMENT, HELD_OUT = "draft.jsonl", "draft-held-out.jsonl"
Label = Literal["verbatim", "paraphrase", "related", "new"]
Variant = Literal["whole", "sentences", "case", "punctuation", "hyphenation"]
# As the table of the README has them.
COUNTS = {
    DEVELOPMENT: {"verbatim": 18, "paraphrase": 22, "related": 18, "new": 18},
    HELD_OUT: {"verbatim": 17, "paraphrase": 21, "related": 17, "new": 17},
}
# A shorter sentence may be written twice by chance.
COPIED_WORDS = 8
# A place in the corpus: symbol and number of the paragraph.
Place = tuple[str, str]


class Source(BaseModel):
    """A paragraph that says it already, or that is on the same subject."""

    model_config = ConfigDict(extra="forbid")

    symbol: str
    paragraph: str


class Draft(BaseModel):
    """A line of a set."""

    model_config = ConfigDict(extra="forbid")

    id: str
    text: str
    label: Label
    sources: list[Source]
    why: str
    variant: Variant | None = None

    def places(self) -> set[Place]:
        """Where its sources stand."""
        return {(each.symbol, each.paragraph) for each in self.sources}


def read(name: str) -> list[Draft]:
    """The judged paragraphs of a set."""
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [Draft.model_validate_json(line) for line in lines]


@pytest.fixture(scope="module", params=[DEVELOPMENT, HELD_OUT])
def drafts(request: pytest.FixtureRequest) -> list[Draft]:
    """The paragraphs of one set after the other."""
    return read(request.param)


@pytest.fixture(scope="module")
def paragraphs(sample_papers: dict[str, list[Paper]]) -> dict[Place, str]:
    """Every numbered paragraph in English, with its sub-paragraphs."""
    return {
        (symbol, each.number): each.text
        for symbol, papers in sample_papers.items()
        for paper in papers
        if paper.language == "en"
        for each in paper.paragraphs
        if each.number
    }


@pytest.fixture(scope="module")
def sentences(paragraphs: dict[Place, str]) -> dict[str, set[Place]]:
    """Letters and digits of each sentence of some length, with the places where it stands."""
    found: dict[str, set[Place]] = {}
    for place, text in paragraphs.items():
        for line in text.splitlines():
            plain = re.sub(r"^\([a-z]+\) ", "", line)
            for sentence in re.split(r"(?<=[.?!;:])[”\"]?\s+(?=[A-Z“\"])", plain):
                if len(sentence.split()) >= COPIED_WORDS:
                    found.setdefault(_letters(sentence), set()).add(place)
    return found


def _letters(text: str) -> str:
    """Text without case, spaces, hyphens, marks and notes in brackets."""
    return re.sub(r"[\W_]", "", re.sub(r"\[\d+\]", "", text)).casefold()


def _copied_from(draft: Draft, sentences: dict[str, set[Place]]) -> set[Place]:
    """Where the sentences stand that a draft has word for word."""
    letters = _letters(draft.text)
    return {place for each, places in sentences.items() if each in letters for place in places}


def test_every_source_is_in_the_corpus(drafts: list[Draft], paragraphs: dict[Place, str]) -> None:
    """Whoever opens the paper that is named finds the paragraph that is named."""
    astray = [(draft.id, place) for draft in drafts for place in draft.places() - set(paragraphs)]
    assert astray == []


def test_what_is_verbatim_is_in_each_source_word_for_word(
    drafts: list[Draft], sentences: dict[str, set[Place]]
) -> None:
    """At least one whole sentence stands in every source that is named and in no other paper."""
    wrong = {
        draft.id: copied ^ draft.places()
        for draft in drafts
        if draft.label == "verbatim"
        and (copied := _copied_from(draft, sentences)) != draft.places()
    }
    assert wrong == {}


def test_nothing_else_has_a_sentence_of_a_paper(
    drafts: list[Draft], sentences: dict[str, set[Place]]
) -> None:
    """What is called paraphrase, related or new was copied from nowhere in the corpus."""
    copied = {
        draft.id: places
        for draft in drafts
        if draft.label != "verbatim" and (places := _copied_from(draft, sentences))
    }
    assert copied == {}


def test_most_paraphrases_share_few_words_with_their_source(
    drafts: list[Draft], paragraphs: dict[Place, str]
) -> None:
    """In two of three paraphrases, at most a third of the stems stand in a source; not in all."""
    shares = []
    for draft in drafts:
        if draft.label == "paraphrase":
            stems = set(telling(draft.text, "en"))
            sources = [set(telling(paragraphs[place], "en")) for place in draft.places()]
            shares.append(max(len(stems & source) for source in sources) / len(stems))
    few = sum(share <= 1 / 3 for share in shares)
    assert 2 / 3 * len(shares) <= few < len(shares)


def test_a_paragraph_has_sources_unless_it_is_new(drafts: list[Draft]) -> None:
    """Sources name what was said before; how it was copied is noted for what is verbatim alone."""
    assert [draft.id for draft in drafts if bool(draft.sources) != (draft.label != "new")] == []
    noted = [draft.id for draft in drafts if bool(draft.variant) != (draft.label == "verbatim")]
    assert noted == []
    assert [draft.id for draft in drafts if not draft.why.endswith(".")] == []


def test_paragraphs_are_as_long_as_paragraphs_of_a_paper(drafts: list[Draft]) -> None:
    """Neither a heading nor a page: 15 to 120 words."""
    lengths = {draft.id: len(draft.text.split()) for draft in drafts}
    assert {name: words for name, words in lengths.items() if not 15 <= words <= 120} == {}


@pytest.mark.parametrize("name", [DEVELOPMENT, HELD_OUT])
def test_there_are_as_many_of_each_label_as_stated(name: str) -> None:
    """The README's table is true, and every way of copying occurs in both sets."""
    drafts = read(name)
    counts = Counter(draft.label for draft in drafts)
    assert counts == COUNTS[name]
    row = " | ".join(str(each) for each in (counts.total(), *COUNTS[name].values()))
    assert f"| `{name}` | {row} |" in (
        Path(__file__).with_name("README.md").read_text(encoding="utf-8")
    )
    assert {draft.variant for draft in drafts if draft.variant} == {
        "whole",
        "sentences",
        "case",
        "punctuation",
        "hyphenation",
    }


def test_the_sets_do_not_repeat_each_other() -> None:
    """No paragraph is judged twice, and what the held-out set draws on was not drawn on before."""
    development, held_out = read(DEVELOPMENT), read(HELD_OUT)
    texts = Counter(_letters(draft.text) for draft in (*development, *held_out))
    assert [text for text, times in texts.items() if times > 1] == []
    assert len({draft.id for draft in (*development, *held_out)}) == len(texts)
    # The first paragraph of every background paper is the same sentence.
    drawn = [
        {place for draft in drafts for place in draft.places() if place[1] != "1"}
        for drafts in (development, held_out)
    ]
    assert drawn[0] & drawn[1] == set()

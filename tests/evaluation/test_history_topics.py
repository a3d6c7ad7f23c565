"""
The judged topics ("was this addressed before?") are what the README beside them says.

One JSON object a line. Evidence is an item (of an agenda, or the one in the masthead of a paper)
or a paragraph; what no number names is named by the words that it begins with.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
from pydantic import BaseModel, ConfigDict

from wgsearch.agenda import read_agenda
from wgsearch.history.records import Addressed

if TYPE_CHECKING:
    from wgsearch.papers.paper import Paper

DEVELOPMENT, HELD_OUT = "history.jsonl", "history-held-out.jsonl"
# As the table of the README has them.
COUNTS = {
    DEVELOPMENT: {
        "dedicated_item": 16,
        "within_another_item": 15,
        "in_passing": 14,
        "not_found": 15,
    },
    HELD_OUT: {
        "dedicated_item": 13,
        "within_another_item": 13,
        "in_passing": 14,
        "not_found": 12,
    },
}


class Place(BaseModel):
    """What proves a verdict."""

    model_config = ConfigDict(extra="forbid")

    symbol: str
    item: str | None = None
    paragraph: str | None = None
    begins: str | None = None


class Topic(BaseModel):
    """A line of a set."""

    model_config = ConfigDict(extra="forbid")

    id: str
    topic: str
    before: str | None
    verdict: Addressed
    evidence: list[Place]
    why: str


def read(name: str) -> list[Topic]:
    """The judged topics of a set."""
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [Topic.model_validate_json(line) for line in lines]


@pytest.fixture(scope="module", params=[DEVELOPMENT, HELD_OUT])
def topics(request: pytest.FixtureRequest) -> list[Topic]:
    """The topics of one set after the other."""
    return read(request.param)


def _is_in(place: Place, paper: Paper) -> bool:
    """Whether a paper has the item or the paragraph that is named."""
    if place.item:
        agenda = read_agenda(paper)
        items = {each.number for each in agenda.items} if agenda else set()
        if paper.agenda_item:
            items.add(paper.agenda_item.number)
        return place.item in items
    return any(
        each.text.startswith(place.begins) if place.begins else each.number == place.paragraph
        for each in paper.paragraphs
    )


def _words(text: str) -> str:
    """A topic as compared with another: its words alone."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def test_whoever_opens_the_evidence_finds_it(
    topics: list[Topic], sample_papers: dict[str, list[Paper]]
) -> None:
    """Each item and paragraph that is named is in the paper that is named."""
    astray = [
        (topic.id, place)
        for topic in topics
        for place in topic.evidence
        if not any(
            paper.language == "en" and _is_in(place, paper)
            for paper in sample_papers.get(place.symbol, [])
        )
    ]
    assert astray == []


def test_evidence_was_there_before_the_meeting_that_one_asks_for(
    topics: list[Topic], sample_papers: dict[str, list[Paper]]
) -> None:
    """
    Before a date means issued before it; before an agenda, issued before it as well, since a
    session's papers come after its agenda.
    """
    for topic in topics:
        dates = {
            place.symbol: sample_papers[place.symbol][0].date or "" for place in topic.evidence
        }
        if topic.before is None:
            continue
        limit = (
            sample_papers[topic.before][0].date
            if topic.before in sample_papers
            else re.fullmatch(r"\d{4}-\d\d-\d\d", topic.before) and topic.before
        )
        assert limit, f"{topic.id} asks before {topic.before!r}"
        assert [symbol for symbol, date in dates.items() if date >= limit] == [], topic.id


def test_a_verdict_rests_on_evidence_of_its_kind(topics: list[Topic]) -> None:
    """An item proves an item of its own, paragraphs the two weaker ones, nothing an absence."""
    wrong = []
    for topic in topics:
        items = [place for place in topic.evidence if place.item]
        kinds = {
            "dedicated_item": bool(items),
            "within_another_item": bool(topic.evidence) and not items,
            "in_passing": bool(topic.evidence) and not items,
            "not_found": not topic.evidence,
        }
        if not kinds[topic.verdict]:
            wrong.append(topic.id)
    assert wrong == []


@pytest.mark.parametrize("name", [DEVELOPMENT, HELD_OUT])
def test_there_are_as_many_of_each_verdict_as_stated(name: str) -> None:
    """The README's table is true, and no verdict is as rare as to be guessed away."""
    counts = Counter(topic.verdict for topic in read(name))
    assert counts == COUNTS[name]
    assert set(counts) == set(get_args(Addressed))
    row = " | ".join(str(each) for each in (counts.total(), *COUNTS[name].values()))
    assert f"| `{name}` | {row} |" in (
        Path(__file__).with_name("README.md").read_text(encoding="utf-8")
    )


def test_no_topic_is_asked_twice_before_the_same_meeting() -> None:
    """Neither set repeats itself or the other."""
    topics = [*read(DEVELOPMENT), *read(HELD_OUT)]
    asked = Counter((_words(topic.topic), topic.before) for topic in topics)
    assert [each for each, times in asked.items() if times > 1] == []
    assert len({topic.id for topic in topics}) == len(topics)


def test_what_is_not_found_stands_nowhere_as_it_is_asked(
    topics: list[Topic], sample_papers: dict[str, list[Paper]]
) -> None:
    """No paper of the time holds the words of a topic that is said to be nowhere."""
    texts = [
        (paper.date or "", _words(" ".join(each.text for each in paper.paragraphs)))
        for papers in sample_papers.values()
        for paper in papers
    ]
    for topic in topics:
        if topic.verdict != "not_found":
            continue
        limit = topic.before or "9999"
        limit = (sample_papers[limit][0].date or "") if limit in sample_papers else limit
        held = [date for date, text in texts if date < limit and _words(topic.topic) in text]
        assert held == [], topic.id


def test_each_verdict_has_its_reason(topics: list[Topic]) -> None:
    """Whoever doubts a verdict reads in a sentence why it was given."""
    assert [topic.id for topic in topics if not topic.why.endswith(".")] == []

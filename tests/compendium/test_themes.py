"""The sample corpus is grouped into themes and topics, found or as a taxonomy wants them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from wgsearch.compendium.edits import read_edits
from wgsearch.compendium.gather import Paragraphs, gather
from wgsearch.compendium.making import made
from wgsearch.compendium.taxonomy import parse_taxonomy
from wgsearch.compendium.themes import UNCOVERED, grouped

if TYPE_CHECKING:
    from collections.abc import Callable

    from wgsearch.compendium.grouping import Grouped
    from wgsearch.compendium.records import Compendium, Place
    from wgsearch.passages import Passage
    from wgsearch.search import LocalEngine

pytestmark = pytest.mark.model

README = Path(__file__).parents[2] / "README.md"
TAXONOMY = """
themes:
- name: Definition
  topics: [Irrelevance of consent, {name: Vulnerability, synonyms: [position of vulnerability]}]
- name: Organs
  topics: [Trafficking in persons for the removal of organs, Volcanoes of Iceland]
"""


@pytest.fixture(scope="module")
def paragraphs(sample_engine: LocalEngine) -> Paragraphs:
    """All paragraphs of the sample corpus."""
    return gather(sample_engine)


@pytest.fixture(scope="module")
def found(paragraphs: Paragraphs, sample_engine: LocalEngine) -> Grouped:
    """Its themes and topics."""
    return grouped(paragraphs, sample_engine.encoded)


def _where(paragraphs: Paragraphs, keep: Callable[[Passage], bool]) -> Paragraphs:
    """Some of the paragraphs."""
    rows = [row for row, each in enumerate(paragraphs.passages) if keep(each)]
    return replace(
        paragraphs,
        passages=tuple(paragraphs.passages[row] for row in rows),
        texts=tuple(paragraphs.texts[row] for row in rows),
        places=tuple(paragraphs.places[row] for row in rows),
        vectors=np.ascontiguousarray(paragraphs.vectors[rows]),
    )


def _topic_of(edition: Compendium) -> dict[Place, str]:
    """Id of the topic that each paragraph stands in."""
    topics = [topic for theme in edition.themes for topic in theme.topics]
    return {place: topic.id for topic in topics for place in topic.places}


def test_every_paragraph_has_one_place(found: Grouped, paragraphs: Paragraphs) -> None:
    """Nothing is lost, and nothing is counted twice."""
    placed = [row for group in found.groups for each in group.clusters for row in each.rows]
    assert sorted((*placed, *found.unplaced)) == list(range(len(paragraphs.passages)))


def test_names_are_different_and_short(found: Grouped) -> None:
    """No two topics and no two themes are called alike."""
    names = [each.name for group in found.groups for each in group.clusters]
    assert len({name.casefold() for name in names}) == len(names)
    assert len({group.name.casefold() for group in found.groups}) == len(found.groups)
    assert all(0 < len(name) <= 90 and "\n" not in name for name in names)


def test_topics_go_across_papers(found: Grouped, paragraphs: Paragraphs) -> None:
    """A compendium brings together what several papers say: most topics are of several."""
    clusters = [each for group in found.groups for each in group.clusters]
    papers = [{paragraphs.passages[row].symbol for row in each.rows} for each in clusters]
    assert sum(len(each) > 1 for each in papers) > 0.8 * len(papers)


def test_only_what_is_on_a_subject_takes_part(paragraphs: Paragraphs) -> None:
    """Openings, elections, captions and agendas are no part of what was said on the subject."""
    headings = {each for passage in paragraphs.passages for each in passage.heading_path}
    assert not any("Opening of the session" in each for each in headings)
    lines = zip(paragraphs.places, paragraphs.texts, strict=True)
    assert not any(text.startswith("Table 1 ") for place, text in lines if not place.paragraph)
    assert not any(each.kind == "agenda" for each in paragraphs.passages)


def test_one_more_paper_moves_nobody(paragraphs: Paragraphs, sample_engine: LocalEngine) -> None:
    """A paper that arrives joins topics or makes new ones; nothing changes its topic for it."""
    arrives = "DEMO/COP/WG.4/2026/2"
    fewer = _where(paragraphs, lambda each: each.symbol != arrives)
    before = made(sample_engine, fewer, grouped(fewer, sample_engine.encoded))
    after = made(
        sample_engine,
        paragraphs,
        grouped(paragraphs, sample_engine.encoded, before=before),
        before=before,
    )
    was, now = _topic_of(before), _topic_of(after)
    assert {place: now.get(place) for place in was} == was
    untouched = set(was.values()) - {now.get(p) for p in now if p.symbol == arrives}
    assert len(untouched) > len(set(was.values())) / 2
    old = {each.id: each for theme in before.themes for each in theme.topics}
    new = {each.id: each for theme in after.themes for each in theme.topics}
    for each in untouched:
        assert (new[each].name, new[each].terms) == (old[each].name, old[each].terms)
        assert new[each].summary == old[each].summary


def test_a_taxonomy_is_followed(paragraphs: Paragraphs, sample_engine: LocalEngine) -> None:
    """Its themes stand in its order; what they do not cover, and what nobody treats, is told."""
    taxonomy = parse_taxonomy(TAXONOMY, "taxonomy.yaml")
    result = grouped(paragraphs, sample_engine.encoded, taxonomy=taxonomy)
    assert [each.name for each in result.groups] == ["Definition", "Organs", UNCOVERED]
    organs = result.groups[1].clusters[0]
    of_organs = [paragraphs.passages[row].symbol == "DEMO/COP/WG.4/2024/2" for row in organs.rows]
    assert sum(of_organs) > len(of_organs) / 3
    assert len(organs.rows) > 20
    assert result.uncovered == tuple(each.name for each in result.groups[2].clusters)
    assert "taxonomy: no paragraph is on 'Volcanoes of Iceland'" in result.notes
    placed = [row for group in result.groups for each in group.clusters for row in each.rows]
    assert sorted((*placed, *result.unplaced)) == list(range(len(paragraphs.passages)))


def test_nothing_at_all_is_no_failure(paragraphs: Paragraphs, sample_engine: LocalEngine) -> None:
    """An index without papers on a subject has an empty compendium that says so."""
    none = _where(paragraphs, lambda _: False)
    result = grouped(none, sample_engine.encoded)
    assert result.groups == ()
    assert result.notes == ("no paragraph is on a topic",)


def test_key_phrases_are_printed_words(found: Grouped, paragraphs: Paragraphs) -> None:
    """Each stands so in a paragraph of its topic, and none repeats words of one before it."""
    for each in (each for group in found.groups for each in group.clusters):
        texts = [" ".join(paragraphs.texts[row].casefold().split()) for row in each.rows]
        assert all(any(term.casefold() in text for text in texts) for term in each.terms)
        folded = [term.casefold() for term in each.terms]
        assert not any(
            later in earlier for at, earlier in enumerate(folded) for later in folded[at + 1 :]
        )


def test_a_topic_is_called_by_no_question(found: Grouped) -> None:
    """`Who sees victims` is a heading within a topic; what it is about names it."""
    names = [each.name for group in found.groups for each in group.clusters]
    opening = {name.split()[0].casefold() for name in names}
    assert opening.isdisjoint({"who", "what", "how", "where", "when", "why", "before", "from"})


def test_no_two_topics_are_called_alike(paragraphs: Paragraphs, sample_engine: LocalEngine) -> None:
    """A name kept from before gives way to a taxonomy, and to a topic that is new beside it."""
    before = made(sample_engine, paragraphs, grouped(paragraphs, sample_engine.encoded))
    wanted = parse_taxonomy(
        "themes:\n- name: Recruitment\n  topics: [Recruitment fees, Contract clauses]\n", "t.yaml"
    )
    after = made(
        sample_engine,
        paragraphs,
        grouped(paragraphs, sample_engine.encoded, taxonomy=wanted),
        before=before,
    )
    names = [topic.name.casefold() for theme in after.themes for topic in theme.topics]
    assert "contract clauses" in {topic.name.casefold() for topic in before.themes[1].topics}
    assert len(names) == len(set(names))


def test_what_the_readme_shows_works(
    found: Grouped, paragraphs: Paragraphs, sample_engine: LocalEngine
) -> None:
    """Who saves the editor's file and the taxonomy of the README gets what they say."""
    readme = README.read_text(encoding="utf-8").partition("## The compendium")[2]
    shown = readme.partition("```toml\n")[2].partition("```")[0]
    edited = made(sample_engine, paragraphs, found, edits=read_edits(shown.encode()))
    assert not [each for each in edited.notes if "waits" in each]
    ids = {topic.id for theme in edited.themes for topic in theme.topics}
    assert "child-victims" in ids
    assert ids.isdisjoint({"hearing-a-child", "safeguards"})
    wanted = parse_taxonomy(readme.partition("```yaml\n")[2].partition("```")[0], "taxonomy.yaml")
    followed = grouped(paragraphs, sample_engine.encoded, taxonomy=wanted)
    assert followed.groups[0].name == "Recruitment"
    assert followed.groups[0].clusters[0].rows

"""A taxonomy by the user is read, and what is wrong in it is told with its line."""

from __future__ import annotations

import json

import pytest

from wgsearch.compendium.taxonomy import SHAPE, TaxonomyTopic, parse_taxonomy
from wgsearch.errors import TaxonomyUnreadableError


def test_the_shape_that_errors_show_is_read() -> None:
    """What a message tells to write can be written."""
    (theme,) = parse_taxonomy(SHAPE, "taxonomy.yaml").themes
    assert theme.name == "Victims"
    assert theme.topics == (
        TaxonomyTopic(name="Identification of victims", synonyms=("first contact", "screening")),
        TaxonomyTopic(name="Compensation"),
    )


def test_topics_may_be_words_alone() -> None:
    """The shortest way of writing is allowed, and a theme without topics is one."""
    first, second = parse_taxonomy("themes:\n- {name: A, topics: [b, c]}\n- D\n", "t").themes
    assert [each.name for each in first.topics] == ["b", "c"]
    assert [each.name for each in second.topics] == ["D"]


def test_json_with_clusters_is_a_taxonomy() -> None:
    """Files that others made, with their own words and notes, are read as they are."""
    text = json.dumps(
        {
            "note": "made by hand",
            "clusters": [
                {
                    "id": "A",
                    "cluster": "Fees",
                    "topics": [{"id": "A1", "topic": "Debt", "papers": [], "related": []}],
                }
            ],
        }
    )
    (theme,) = parse_taxonomy(text, "taxonomy.json").themes
    assert (theme.name, theme.topics[0].name) == ("Fees", "Debt")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "line 1: expected `themes:`"),
        ("- a\n- b\n", "line 1: expected `themes:`"),
        ("themes: []\n", "line 1: it names no theme"),
        ("themes:\n- nme: x\n", "line 2: unknown key 'nme'; did you mean 'name'"),
        ("themes:\n- topics: [a]\n", "line 2: this theme has no `name:`"),
        ("themes:\n- name: A\n  topics: b\n", "line 3: expected `topics:` and a list"),
        ("themes:\n- name: A\n  topics:\n  - b\n  - B\n", "line 5: topic 'B' stands on line 4"),
        ("themes:\n- name: A\n  topics:\n  - ''\n", "line 4: expected words"),
        ("themes:\n- name: A\n  topics:\n  - [b]\n", "line 4: expected a topic"),
        ("themes:\n- name: A\n  theme: B\n", "line 3: 'theme' stands twice"),
        ("themes:\n- name: A\n  topic:\n  - b\n", "line 3: 'topic' has a list below it; did you"),
        ("themes: [a\n", "line 2: it is no YAML"),
        (f"themes:\n- {'x' * 400}\n", "line 2: expected a name of up to 300"),
    ],
)
def test_a_fault_is_told_with_its_line(text: str, told: str) -> None:
    """Who wrote the file finds the place, and sees how it should look."""
    with pytest.raises(TaxonomyUnreadableError) as caught:
        parse_taxonomy(text, "mine.yaml")
    assert told in str(caught.value)
    assert "mine.yaml" in str(caught.value)
    assert SHAPE in str(caught.value)


def test_only_some_of_many_faults_are_told() -> None:
    """A file full of faults does not fill the screen."""
    text = "themes:\n" + "".join(f"- nme: {each}\n" for each in range(9))
    with pytest.raises(TaxonomyUnreadableError) as caught:
        parse_taxonomy(text, "mine.yaml")
    assert "and 13 more" in str(caught.value)


def test_tags_run_nothing() -> None:
    """A file from elsewhere can name no object that is made when it is read."""
    text = "themes:\n- !!python/object/apply:os.system ['echo no']\n"
    with pytest.raises(TaxonomyUnreadableError, match="line 2"):
        parse_taxonomy(text, "mine.yaml")

"""Editions in a list, and what changed from one to another that is not the one before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hand_made import compendium_of

from wgsearch.compendium import editions
from wgsearch.compendium.changes import changes
from wgsearch.compendium.redline import Editions, redlined, stated
from wgsearch.errors import EditionMissingError

if TYPE_CHECKING:
    from pathlib import Path

    from wgsearch.compendium.records import Compendium
    from wgsearch.papers.paper import Paper


@pytest.fixture
def index(tmp_path: Path, tiny_papers: tuple[Paper, ...]) -> Path:
    """Three editions: in the second a topic is gone, in the third a paragraph of another."""
    made: Compendium | None = None
    for themes_left in (2, 1, 1):
        edition = compendium_of(tiny_papers[1:5], "g000001-00000000", "0" * 64)
        themes = edition.themes[:themes_left]
        if made and made.edition == 2:
            fees, consent = themes[0].topics
            fees = replace(fees, places=fees.places[1:], closeness=fees.closeness[1:])
            themes = (replace(themes[0], topics=(fees, consent)),)
        edition = replace(edition, themes=themes)
        edition = replace(edition, changes=changes(made, edition))
        with editions.writing(tmp_path):
            made = editions.save(tmp_path, edition)
    return tmp_path


def test_editions_are_listed_newest_first(index: Path) -> None:
    """With how much is in each; which one is in use is told."""
    found = Editions(index).listed(editions.current(index))
    assert [(each.edition, each.topics, each.in_use) for each in found] == [
        (3, 2, True),
        (2, 2, False),
        (1, 3, False),
    ]


def test_two_editions_are_compared_that_do_not_follow_one_another(index: Path) -> None:
    """From the first to the third both changes are told, and the topic that ended is named."""
    one_step = redlined(index)
    assert (one_step.before, one_step.after) == (2, 3)
    assert [(each.kind, each.topic) for each in one_step.changes] == [
        ("shrank", "recruitment-fees")
    ]
    assert stated(editions.current(index)).changes == one_step.changes
    both = redlined(index, since=1)
    assert [(each.kind, each.topic) for each in both.changes] == [
        ("ended", "undated"),
        ("shrank", "recruitment-fees"),
    ]
    assert both.names["undated"] == "Whatever else <b>was said</b>"


def test_an_edition_that_is_not_earlier_is_refused(index: Path) -> None:
    """The numbers that could be meant are named."""
    with pytest.raises(EditionMissingError, match="those before it are: 1, 2"):
        redlined(index, since=3)
    with pytest.raises(EditionMissingError, match="no edition 7"):
        redlined(index, since=1, until=7)


def test_the_first_edition_has_none_before_it(index: Path) -> None:
    """That is said, and no error."""
    found = redlined(index, until=1)
    assert (found.before, found.after, found.changes) == (None, 1, ())

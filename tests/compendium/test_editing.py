"""Topics keep their ids over editions, and an editor's decisions survive every rebuild."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wgsearch.compendium.changes import changes
from wgsearch.compendium.edits import Edits, read_edits
from wgsearch.compendium.grouping import Cluster, Group, Grouped
from wgsearch.compendium.identity import Former, Mark, Now, identified, slug
from wgsearch.compendium.records import Compendium, Place, Theme, Topic
from wgsearch.compendium.settling import Settled, settled
from wgsearch.errors import EditsUnreadableError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SERIES = "DEMO/COP/WG.4"


def _place(number: int) -> Place:
    return Place(
        symbol=f"{SERIES}/2022/2",
        language="en",
        part="body",
        paragraph=str(number),
        index=number - 1,
        citation=f"{SERIES}/2022/2, para. {number}",
        date="2022-04-25",
    )


def _grouped(topics: Mapping[str, Sequence[int]], named_by: str = "heading") -> Grouped:
    """Topics by name, each with numbers of its paragraphs from 1."""
    clusters = tuple(
        Cluster(
            key=f"k{at}",
            name=name,
            named_by=named_by,
            terms=(name,),
            rows=tuple(number - 1 for number in numbers),
            closeness=tuple(0.9 for _ in numbers),
        )
        for at, (name, numbers) in enumerate(topics.items())
    )
    return Grouped(groups=(Group(key="g", name="Everything", clusters=clusters),))


def _edition(
    topics: Mapping[str, Sequence[int]],
    before: Compendium | None = None,
    edits: str = "",
    *,
    places: int = 20,
    named_by: str = "heading",
) -> tuple[Compendium, Settled]:
    """An edition of topics that are only named, and what it was made of."""
    all_places = [_place(number) for number in range(1, places + 1)]
    found = settled(
        _grouped(topics, named_by),
        all_places,
        np.eye(places, dtype=np.float32),
        before=before,
        edits=read_edits(edits.encode()) if edits else None,
    )
    themes = tuple(
        Theme(
            id=group.key,
            name=group.name,
            topics=tuple(
                Topic(
                    id=each.key,
                    name=each.name,
                    named_by=each.named_by,
                    terms=each.terms,
                    places=tuple(all_places[row] for row in each.rows),
                    closeness=each.closeness,
                    years={},
                    languages={},
                )
                for each in group.clusters
            ),
        )
        for group in found.grouped.groups
    )
    made = Compendium(
        edition=1 if before is None else before.edition + 1,
        generation="g000001-aaaaaaaa",
        content_digest="0" * 64,
        papers=1,
        latest="2022-04-25",
        themes=themes,
        found=found.found,
        retired=found.retired,
        retired_themes=found.retired_themes,
    )
    return made, found


def _held(made: Compendium) -> dict[str, tuple[str, list[int]]]:
    """Name and paragraphs by id."""
    return {
        topic.id: (topic.name, sorted(int(each.paragraph or 0) for each in topic.places))
        for theme in made.themes
        for topic in theme.topics
    }


FIRST = {"Debt bondage": [1, 2, 3, 4], "Shelters": [5, 6, 7], "Consent": [8, 9]}


def test_an_id_is_words_of_the_name() -> None:
    """An address can be read aloud, and no two topics share one."""
    made, _ = _edition({**FIRST, "Débt  bondage!": [10]})
    assert sorted(_held(made)) == ["consent", "debt-bondage", "debt-bondage-2", "shelters"]
    assert slug("导言", ()) == "导言"
    assert slug("***", ()) == "topic"
    assert len(slug("word " * 40, ())) <= 48


def test_a_topic_keeps_id_and_name_while_most_of_it_stays() -> None:
    """Another name for mostly the same paragraphs is the same topic, at the same address."""
    before, _ = _edition(FIRST)
    after, _ = _edition(
        {"Loans": [2, 3, 4, 10], "Shelters": [5, 6, 7], "Consent": [8, 9, 1]}, before
    )
    assert _held(after)["debt-bondage"] == ("Debt bondage", [2, 3, 4, 10])
    told = {(each.kind, each.topic): each.words for each in changes(before, after)}
    assert told["grew", "debt-bondage"] == (
        f"1 paragraph joined “Debt bondage”: {SERIES}/2022/2, para. 10."
    )
    assert ("shrank", "debt-bondage") in told
    assert ("grew", "consent") in told
    assert not any(topic == "shelters" for _, topic in told)


def test_a_taxonomy_names_a_topic_whatever_it_was_called() -> None:
    """A name that a person gives is used at once; the address stays."""
    before, _ = _edition(FIRST)
    after, _ = _edition({"Bondage": FIRST["Debt bondage"]}, before, named_by="taxonomy")
    assert _held(after)["debt-bondage"][0] == "Bondage"
    assert ("renamed", "debt-bondage") in {(e.kind, e.topic) for e in changes(before, after)}


def test_births_and_ends_are_recorded() -> None:
    """A new topic and one that is gone are told; an id that ended is never used again."""
    before, _ = _edition(FIRST)
    after, _ = _edition({"Debt bondage": [1, 2, 3, 4], "Organs": [11, 12]}, before)
    told = {(each.kind, each.topic) for each in changes(before, after)}
    assert told == {("born", "organs"), ("ended", "shelters"), ("ended", "consent")}
    assert after.retired == ("consent", "shelters")
    again, _ = _edition({"Shelters": [13, 14]}, after)
    assert list(_held(again)) == ["shelters-2"]


def test_a_split_is_recorded() -> None:
    """Where a topic falls apart, the larger part keeps its address and the other names it."""
    before, _ = _edition({"Debt bondage": [1, 2, 3, 4, 5]})
    after, _ = _edition({"Fees": [1, 2, 3], "Loans": [4, 5]}, before)
    assert _held(after) == {"debt-bondage": ("Debt bondage", [1, 2, 3]), "loans": ("Loans", [4, 5])}
    split = next(each for each in changes(before, after) if each.kind == "split")
    assert (split.topic, split.others) == ("debt-bondage", ("loans",))
    assert split.words == "“Loans” (2 paragraphs) was split from “Debt bondage”."


def test_a_merger_is_recorded() -> None:
    """Two topics that become one: the address of the larger one stays, the other is told."""
    before, _ = _edition(FIRST)
    after, _ = _edition({"Debt and shelters": [1, 2, 3, 4, 5, 6, 7], "Consent": [8, 9]}, before)
    assert _held(after)["debt-bondage"][1] == [1, 2, 3, 4, 5, 6, 7]
    merged = next(each for each in changes(before, after) if each.kind == "merged")
    assert (merged.topic, merged.others) == ("debt-bondage", ("shelters",))
    assert "shelters" in after.retired


def test_the_first_edition_changes_nothing() -> None:
    """There is nothing to compare the first one with."""
    made, _ = _edition(FIRST)
    assert changes(None, made) == ()
    assert changes(made, made) == ()


@given(
    st.lists(st.integers(0, 3), min_size=12, max_size=12),
    st.lists(st.integers(0, 3), min_size=12, max_size=12),
)
def test_ids_are_always_different(old: list[int], new: list[int]) -> None:
    """However paragraphs move, no two topics have one id, and none takes another one's."""

    def marks(labels: Sequence[int]) -> dict[int, tuple[Mark, ...]]:
        found: dict[int, tuple[Mark, ...]] = {}
        for number, label in enumerate(labels):
            found[label] = (*found.get(label, ()), Mark("S", "en", "body", str(number)))
        return found

    before = [
        Former(id=f"t{each}", name=f"t{each}", marks=some) for each, some in marks(old).items()
    ]
    now = [Now(name="t0", is_given=False, marks=some) for some in marks(new).values()]
    found = identified(now, before)
    ids = [each.id for each in found]
    assert len(set(ids)) == len(ids)
    for each, cluster in zip(found, now, strict=True):
        if each.former is None:
            assert each.id not in {former.id for former in before}
        else:
            assert len({*each.former.marks} & {*cluster.marks}) * 2 >= len(each.former.marks)


EDITS = f"""
[names]
debt-bondage = "Debt & bondage"
[merges]
shelters = ["consent"]
[pins]
"{SERIES.lower()}/2022/2,  para. 1" = "shelters"
"""


def test_an_editors_decisions_survive_every_rebuild() -> None:
    """Names, merges and pins stay when papers come and clusters are found anew."""
    first, _ = _edition(FIRST)
    edited, _ = _edition(FIRST, first, EDITS)
    expected = {
        "debt-bondage": ("Debt & bondage", [2, 3, 4]),
        "shelters": ("Shelters", [1, 5, 6, 7, 8, 9]),
    }
    assert _held(edited) == expected
    moved = {"Debts": [1, 2, 3, 4, 10], "Places to stay": [5, 6, 7], "Agreement": [9, 8]}
    after, found = _edition(moved, edited, EDITS)
    assert _held(after) == {
        "debt-bondage": ("Debt & bondage", [2, 3, 4, 10]),
        "shelters": ("Shelters", [1, 5, 6, 7, 8, 9]),
    }
    assert found.notes == ()
    # What was decided can be taken back: the topics are still known.
    free, _ = _edition(moved, after)
    assert _held(free) == {
        "debt-bondage": ("Debt bondage", [1, 2, 3, 4, 10]),
        "shelters": ("Shelters", [5, 6, 7]),
        "consent": ("Consent", [8, 9]),
    }


def test_a_hidden_topic_is_not_shown_and_not_forgotten() -> None:
    """Hiding is no end: the topic comes back under its address."""
    first, _ = _edition(FIRST)
    hidden, found = _edition(FIRST, first, '[hidden]\ntopics = ["consent"]')
    assert "consent" not in _held(hidden)
    assert found.retired == ()
    words = [each.words for each in changes(first, hidden)]
    assert words == ["“Consent” is no longer shown, as an editor decided."]
    back, _ = _edition(FIRST, hidden)
    assert _held(back) == _held(first)


def test_a_decision_on_what_is_not_there_is_told() -> None:
    """A mistyped id or citation does nothing, and a note says which line and what was meant."""
    first, _ = _edition(FIRST)
    text = f'[names]\nshelter = "Places"\n[pins]\n"{SERIES}/2022/2, para. 99" = "consent"\n'
    _, found = _edition(FIRST, first, text)
    pins, names = found.notes
    assert "line 2" in names
    assert "did you mean 'shelters'?" in names
    assert "line 4" in pins
    assert "para. 9" in pins


BROKEN = (
    ("[names]\nconsent = ", "is no TOML"),
    ("[names]\nconsent = 7", r"line 2: consent: expected a name of one line"),
    ('[merge]\nconsent = ["shelters"]', r"line 1: merge: there is no such table"),
    ('[merges]\nconsent = "shelters"', r"line 2: consent: expected a list of ids"),
    ('[merges]\nconsent = ["consent"]', "cannot be merged into itself"),
    ('[merges]\na = ["b"]\nb = ["a"]', "comes back to itself"),
    ('[merges]\na = ["c"]\nb = ["c"]', "goes to 'a' already"),
    ('[hidden]\nids = ["a"]', r"expected `topics = "),
    ('consent = "Consent"', "it stands outside any table"),
    ("names = 3", r"write \[names\] on a line of its own"),
)


@pytest.mark.parametrize(("text", "told"), BROKEN)
def test_an_editors_file_with_a_fault_says_where(text: str, told: str) -> None:
    """Each fault is named with its line and what would be right; nothing of the file is used."""
    with pytest.raises(EditsUnreadableError, match=told):
        read_edits(text.encode(), "edits.toml")


def test_an_editors_file_in_another_encoding_says_so() -> None:
    """A file saved otherwise than as UTF-8 is refused in words; every fault is told at once."""
    with pytest.raises(EditsUnreadableError, match="save it as UTF-8"):
        read_edits("[names]\nconsent = 'Zustimmung für alle'".encode("latin-1"))
    with pytest.raises(EditsUnreadableError) as caught:
        read_edits(b'[names]\na = 1\nb = 2\n[pins]\n"c" = 3', "edits.toml")
    assert str(caught.value).count("edits.toml, line") == 3
    assert read_edits(b"") == Edits()

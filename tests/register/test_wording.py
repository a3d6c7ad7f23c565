"""Who is asked, how strongly, and on what: read from the words that a paper prints."""

from __future__ import annotations

import pytest

from wgsearch.register.addressees import addressed, enumerated
from wgsearch.register.records import Addressee, Strength
from wgsearch.register.topics import topic_of
from wgsearch.register.verbs import strength_of

S, W, U = Addressee.STATES, Addressee.WORKING_GROUP, Addressee.UNODC
C, T, O = Addressee.CONFERENCE, Addressee.SECRETARIAT, Addressee.OTHERS  # noqa: E741 - one letter a class


@pytest.mark.parametrize(
    ("words", "classes"),
    [
        ("States parties", (S,)),
        ("Member States that have not yet done so", (S,)),
        ("the Governments of fishing countries", (S,)),
        ("participating Parties", (S,)),
        ("the Demonstration Conference of the Parties", (C,)),
        ("The Conference of the States Parties to the Convention on Ledgers", (C,)),
        ("The Working Group", (W,)),
        ("UNODC", (U,)),
        ("the United Nations Office on Drugs and Crime", (U,)),
        ("the secretariat of the Conference", (T, C)),
        ("the Secretary-General", (T,)),
        ("States parties and the Secretariat", (S, T)),
        ("States, in cooperation with civil society organizations", (S, O)),
        ("Executive heads of organizations", (O,)),
        ("all parties involved", (O,)),
        ("Les États parties et le secrétariat", (S, T)),
        ("los Estados partes", (S,)),
        ("Секретариату", (T,)),
        ("государства-участники", (S,)),
        ("缔约国", (S,)),
        ("秘书处", (T,)),
        ("الدول الأطراف", (S,)),
        ("الأمانة", (T,)),
    ],
)
def test_classes_of_addressee(words: str, classes: tuple[Addressee, ...]) -> None:
    """Each body is counted where it belongs, in six languages; who is no class is `others`."""
    assert set(addressed(words)) == set(classes)


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("Calls upon States, academia and the media to train", ", academia and the media"),
        ("Calls upon States, in line with their law, to train", ""),
        ("Invites States, as appropriate, to train", ""),
        ("States, UNODC and the Secretariat should train", ", UNODC and the Secretariat"),
    ],
)
def test_who_is_named_beside_the_first(text: str, beside: str) -> None:
    """All who are asked in one breath are found; how and when they are asked is no addressee."""
    assert enumerated(text, text.index("States") + len("States")) == beside


@pytest.mark.parametrize(
    ("verb", "after", "strength"),
    [
        ("may wish to", " consider training", Strength.MAY_WISH),
        ("may also wish to", " train", Strength.MAY_WISH),
        ("pourraient", " former", Strength.MAY_WISH),
        ("tal vez deseen", " formar", Strength.MAY_WISH),
        ("are strongly encouraged to", " train", Strength.ENCOURAGED),
        ("Invites", " to train", Strength.ENCOURAGED),
        ("should be encouraged to", " train", Strength.ENCOURAGED),
        ("se alienta a", " formar", Strength.ENCOURAGED),
        ("should", " consider training", Strength.SHOULD_CONSIDER),
        ("should", ", where appropriate, consider training", Strength.SHOULD_CONSIDER),
        ("should", " also give due consideration to training", Strength.SHOULD_CONSIDER),
        ("shall", " endeavour to train", Strength.SHOULD_CONSIDER),
        ("Urges", " to consider training", Strength.SHOULD_CONSIDER),
        ("devraient", " envisager de former", Strength.SHOULD_CONSIDER),
        ("should", " train those who consider leaving", Strength.SHOULD),
        ("ought to", " train", Strength.SHOULD),
        ("Calls upon", " to train", Strength.SHOULD),
        ("Recommends", " train", Strength.SHOULD),
        ("deberían", " formar", Strength.SHOULD),
        ("Exhorta", " a que formen", Strength.SHOULD),
        ("shall", " train", Strength.SHALL),
        ("must", " train", Strength.SHALL),
        ("URGES", " to train", Strength.SHALL),
        ("are requested to", " train", Strength.SHALL),
        ("Prie", " de former", Strength.SHALL),
        ("Insta", " a que formen", Strength.SHALL),
    ],
)
def test_strength_of_verbs(verb: str, after: str, strength: Strength) -> None:
    """The editors' verbs in their order; a duty to consider is weaker than one to do."""
    assert strength_of(verb, after) == strength


@pytest.mark.parametrize(
    ("path", "topic"),
    [
        (("II. Recommendations", "A. Debt bondage"), "Debt bondage"),
        (("II. Recommendations",), None),
        (("II. Recommendations on shelters for men",), "Recommendations on shelters for men"),
        (("III. Recommendations on which no agreement was reached",), None),
        (("Issue: fees", "Conclusions and recommendations"), "Issue: fees"),
        (("II. Recommandations", "1. Travail forcé"), "Travail forcé"),
        ((), None),
    ],
)
def test_topic_is_the_heading_that_names_one(path: tuple[str, ...], topic: str | None) -> None:
    """A recommendation is listed under what it is about, never under the name of its list."""
    assert topic_of(path) == topic

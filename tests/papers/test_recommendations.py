"""Who should do what, and whether that was agreed."""

from __future__ import annotations

import pytest

from wgsearch.papers.paper import Paragraph, ParagraphKind
from wgsearch.papers.recommendations import asks, recommends, with_recommendations


@pytest.mark.parametrize(
    ("text", "addressee", "verb"),
    [
        ("States parties should train inspectors.", "States parties", "should"),
        ("States parties, where possible, should train them.", "States parties", "should"),
        ("States that have not done so should ratify it.", "States", "should"),
        ("The Conference may wish to invite them.", "The Conference", "may wish to"),
        ("The Secretariat is requested to report.", "The Secretariat", "is requested to"),
        ("With regard to shelters, UNODC should publish it.", "UNODC", "should"),
        ("Recommendation 2 The Director should, by 2026, report.", "The Director", "should"),
        ("Les États parties devraient former.", "Les États parties", "devraient"),
        ("Los Estados parte deberían formar.", "Los Estados parte", "deberían"),
        ("Se alienta a los Estados parte a que formen.", "los Estados parte", "Se alienta"),
        ("(a) States should train them.", "States", "should"),
        (
            "The Group recommends that States parties train them.",
            "States parties",
            "recommends that",
        ),
    ],
)
def test_addressee_and_verb_are_as_printed(text: str, addressee: str, verb: str) -> None:
    """In English, French and Spanish, also after words that lead up to them."""
    found = recommends(text)
    assert found is not None
    assert (found.addressee, found.verb, found.agreed) == (addressee, verb, True)


@pytest.mark.parametrize(
    "text", ["The meeting was opened by the Chair.", "Inspectors were trained.", "", "Shoulder."]
)
def test_an_account_recommends_nothing(text: str) -> None:
    """Without someone who should do something there is no recommendation."""
    assert recommends(text) is None


@pytest.mark.parametrize(
    ("text", "addressee", "verb"),
    [
        ("Urges Member States to train inspectors;", "Member States", "Urges"),
        (
            "Also requests the Commission on Fields to report;",
            "the Commission on Fields",
            "requests",
        ),
        ("REQUESTS the Director-General:", "the Director-General", "REQUESTS"),
        ("Prie le Secrétariat de faire rapport;", "le Secrétariat", "Prie"),
        ("Urges States that have not yet done so to ratify it;", "States", "Urges"),
        ("Recommends that States parties open hotlines;", "States parties", "Recommends"),
        (
            "1. Recommends that each State party name a focal point;",
            "each State party",
            "Recommends",
        ),
        ("Recommends that the Secretariat prepare a paper;", "the Secretariat", "Recommends"),
        (
            "Recommends that the Conference of the Parties at its next session consider it;",
            "the Conference of the Parties",
            "Recommends",
        ),
        (
            "Also recommends that Member States, in cooperation with academia, train judges;",
            "Member States",
            "recommends",
        ),
        (
            "Recommends that States parties and observer States share data;",
            "States parties and observer States",
            "Recommends",
        ),
        (
            "Recommends that States, civil society and the media report fees;",
            "States, civil society and the media",
            "Recommends",
        ),
        ("Recommends that national authorities be trained;", "national authorities", "Recommends"),
        (
            "Recommends that a study be prepared by the Secretariat;",
            "the Secretariat",
            "Recommends",
        ),
        ("Recommends to the Conference that it adopt it;", "the Conference", "Recommends"),
        ("Recommande que les États parties forment;", "les États parties", "Recommande"),
        ("Recomienda que los Estados parte formen;", "los Estados parte", "Recomienda"),
    ],
)
def test_operative_paragraphs_ask(text: str, addressee: str, verb: str) -> None:
    """The verb that opens the paragraph, and whom it is about."""
    found = asks(text)
    assert found is not None
    assert (found.addressee, found.verb) == (addressee, verb)
    assert asks("Takes note of the report;") is None


def _paragraph(text: str, *path: str) -> Paragraph:
    return Paragraph(
        number=None,
        part="body",
        kind=ParagraphKind.PARAGRAPH,
        heading_path=path,
        page_first=1,
        page_last=1,
        text=text,
    )


def test_a_list_without_agreement_is_marked() -> None:
    """A heading or an opening sentence says that there was none; the next heading ends that."""
    agreed, other = "II. Recommendations", "III. Other recommendations"
    found = with_recommendations(
        [
            _paragraph("States should train inspectors.", agreed),
            _paragraph("No agreement was reached on the following recommendations:", other),
            _paragraph("States should close shelters.", other),
            _paragraph("States should open shelters.", "IV. Recommendations"),
            _paragraph("States should build.", "V. Recommendations that were not agreed"),
            _paragraph("States should leave.", "VI. Summary of deliberations"),
        ]
    )
    agreements = [each.recommendation and each.recommendation.agreed for each in found]
    assert agreements == [True, None, False, True, False, None]
    assert found[0].kind is ParagraphKind.RECOMMENDATION

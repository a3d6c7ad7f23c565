"""A draft beside the papers: what is copied is found, whatever stands around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wgsearch.compare import LABELS, compare
from wgsearch.drafts import draft_of_text

if TYPE_CHECKING:
    from wgsearch.compare import Comparison
    from wgsearch.search import LocalEngine

_COPIED = "Debt bondage keeps workers from leaving an employer."
_OTHER = "Whales were counted off the northern coast in spring by divers and by aeroplane."


def _compared(engine: LocalEngine, text: str, *exclude: str) -> Comparison:
    return compare(engine, draft_of_text(text), exclude=exclude)


@pytest.mark.parametrize(
    "text",
    [
        _COPIED,
        _COPIED.upper(),
        f"{_OTHER} {_COPIED} {_OTHER}",
        "Debt bond-\nage keeps workers from leaving an employer;7 this we add of our own accord.",
    ],
)
def test_a_copied_sentence_is_verbatim(tiny_engine: LocalEngine, text: str) -> None:
    """Alone, in capitals, among other sentences, divided at a line end."""
    (found,) = _compared(tiny_engine, text).paragraphs
    assert found.label == "verbatim"
    assert found.note == "See DEMO/COP/WG.4/2022/2, para. 2."
    (shared,) = [each for each in found.sources[0].shared if each.whole]
    assert shared.words == 8
    passage = found.sources[0].hit.passage.text
    assert passage[slice(*shared.source)] == _COPIED.rstrip(".")
    assert found.sources[0].note.endswith(f"“{_COPIED}”")


def test_a_changed_word_is_no_copy(tiny_engine: LocalEngine) -> None:
    """One word more turns a sentence round: it is not called verbatim."""
    text = "Debt bondage never keeps workers from leaving an employer."
    (found,) = _compared(tiny_engine, text).paragraphs
    assert found.label != "verbatim"


def test_the_draft_is_no_source_of_itself(tiny_engine: LocalEngine) -> None:
    """A paper that is excluded is not found, nor are its revisions; it is said."""
    text = "Consent of the victim is irrelevant where any of the means has been used."
    assert _compared(tiny_engine, text).paragraphs[0].label == "verbatim"
    found = _compared(tiny_engine, text, "DEMO/COP/WG.4/2023/3")
    assert set(found.excluded) == {"DEMO/COP/WG.4/2023/3", "DEMO/COP/WG.4/2023/3/Rev.1"}
    assert found.paragraphs[0].label != "verbatim"
    assert any("not taken for a source" in note for note in found.notes)


def test_shares_are_of_words(tiny_engine: LocalEngine) -> None:
    """Shares add up to 1; short paragraphs are listed apart and not counted."""
    found = _compared(tiny_engine, f"{_COPIED}\n\n{_OTHER}\n\nToo short.")
    assert sum(found.shares.values()) == pytest.approx(1)
    assert set(found.shares) == set(LABELS)
    assert found.shares["verbatim"] == pytest.approx(8 / 22)
    assert [each.paragraph.text for each in found.left_out] == ["Too short."]


def test_sources_are_verbatim(tiny_engine: LocalEngine) -> None:
    """Words that are shown as a paper's stand in that paper."""
    for paragraph in _compared(tiny_engine, f"{_COPIED}\n\n{_OTHER}").paragraphs:
        for source in paragraph.sources:
            passage = source.hit.passage
            paper = tiny_engine.paper(passage.symbol, passage.language)
            assert passage.text in paper.paragraphs[passage.index].text


def test_a_draft_in_another_language_is_compared_by_words(tiny_engine: LocalEngine) -> None:
    """French words find the French paper, and it is said how they were compared."""
    found = _compared(tiny_engine, "Des organes sont prélevés sur des personnes endettées.")
    assert found.paragraphs[0].label == "verbatim"
    assert found.paragraphs[0].sources[0].hit.passage.language == "fr"
    assert any("by words only" in note for note in found.notes)


def test_nothing_long_enough_is_told(tiny_engine: LocalEngine) -> None:
    """A draft of headings compares nothing, and says so; shares are 0."""
    found = _compared(tiny_engine, "Introduction")
    assert found.paragraphs == ()
    assert found.share_new == 0
    assert "nothing was compared" in found.notes[0]

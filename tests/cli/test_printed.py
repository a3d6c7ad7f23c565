"""What a person reads on a terminal: reports and papers, in words that say what to do."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from wgsearch.answers import AlsoIn, Query
from wgsearch.api.verdicts import WORDS
from wgsearch.cli import printed
from wgsearch.index.report import BuildReport, CorrectedFile, FileWarning, Seconds
from wgsearch.papers.corrections import Refusal
from wgsearch.papers.paper import Footnote, ReadingWarning, Recommendation, Reference

if TYPE_CHECKING:
    from collections.abc import Callable

    from wgsearch.papers.paper import Paper
    from wgsearch.search import LocalEngine

SYMBOL = "DEMO/COP/WG.4/2023/3"


@pytest.fixture
def console() -> Console:
    """A terminal whose words can be read back."""
    return Console(record=True, width=100, file=StringIO())


def test_a_build_says_what_was_warned_of_corrected_and_refused(console: Console) -> None:
    """Papers are counted by code, once each; what is not applied is said line by line."""
    report = BuildReport(
        generation="g1",
        published=True,
        read=3,
        unchanged=0,
        removed=0,
        failed=(),
        warned=(
            FileWarning("a.pdf", "number_gap", "paragraph 3 is followed by 5"),
            FileWarning("a.pdf", "number_gap", "paragraph 8 is followed by 10"),
            FileWarning("b.pdf", "number_gap", "paragraph 1 is followed by 3"),
            FileWarning("b.pdf", "no_date", "no date"),
            FileWarning("b.pdf", "corrected", "corrected by hand: title"),
        ),
        corrected=(CorrectedFile("b.pdf", ("title",)),),
        refused=(Refusal(name="c.pdf", key="titel", line=7, reason="no field"),),
        passages=1,
        embedded=1,
        reused=0,
        seconds=Seconds(read=0.0, embed=0.0, index=0.0, total=0.0, encoding=0.0),
    )
    printed.build_report(console, report)
    words = console.export_text()
    assert "Warnings, papers by code: number_gap 2, no_date 1." in words
    assert "`wgsearch inspect FILE`" in words
    assert "Corrected by hand: 1 papers." in words
    assert "Not applied: corrections.toml, line 7: c.pdf, titel: no field" in words


def test_inspect_says_how_it_was_read_and_what_to_do(
    console: Console, make_paper: Callable[..., Paper]
) -> None:
    """Job number, reader, cited papers, and each warning with its remedy."""
    paper = replace(
        make_paper(),
        reader="ocr",
        job="V.22-01234 (E)",
        warnings=(ReadingWarning(code="no_date", message="no date of issue is printed"),),
        references=tuple(
            Reference(symbol=f"AB/{n}", paragraph=0, note=None, first=None, last=None)
            for n in (*range(1, 11), 1)
        ),
    )
    printed.inspected(console, paper, None)
    words = console.export_text()
    assert "Pictures of pages, by OCR" in words
    assert "V.22-01234 (E)" in words
    assert "AB/7, AB/8 and 2 more" in words
    assert "[no_date]" in words
    assert "State it in `corrections.toml`." in words


def test_a_paper_is_shown_with_its_family_notes_and_recommendations(
    console: Console, tiny_engine: LocalEngine
) -> None:
    """What replaces it goes first; a note stands below its paragraph."""
    paper = tiny_engine.paper(SYMBOL)
    first = replace(
        paper.paragraphs[0],
        footnotes=("1",),
        recommendation=Recommendation(addressee="States", verb="should", agreed=False),
    )
    note = Footnote(mark="1", text="See the Protocol.", page=1, paragraph=0)
    shown = replace(paper, paragraphs=(first,), footnotes=(note,))
    printed.paper(console, shown, tiny_engine.relations(SYMBOL))
    words = console.export_text()
    assert f"superseded by {SYMBOL}/Rev.1" in words
    assert "Recommendation to States; no agreement was reached on it" in words
    assert words.index("Consent of the victim") < words.index("1  See the Protocol.")
    printed.relations(console, tiny_engine.relations(f"{SYMBOL}/Rev.1"))
    assert f"replaces: {SYMBOL}" in console.export_text()


def test_an_answer_says_whether_papers_answer_and_what_was_meant(
    console: Console, tiny_engine: LocalEngine
) -> None:
    """The verdict goes first; without one nothing is claimed."""
    answer = replace(tiny_engine.search(Query(text="debt workers", k=2)), verdict=None)
    printed.answer(console, answer)
    words = console.export_text()
    assert not any(each in words for each in (*WORDS.values(), "Did you mean"))
    for verdict in WORDS:
        judged = replace(answer, verdict=verdict, suggestion="debts of [workers]")
        printed.answer(console, judged)
        words = console.export_text()
        assert words.startswith(WORDS[verdict])
        assert "Did you mean: debts of [workers]" in words
    printed.answer(console, replace(answer, verdict="not_covered", hits=(), papers=()))
    assert console.export_text().startswith("Probably no paper covers this.\nNothing found.")


def test_a_hit_says_why_and_where_else(console: Console, tiny_engine: LocalEngine) -> None:
    """Ranks of the legs, other places with what differs; the best sentence is underlined."""
    found = tiny_engine.search(Query(text="agencies charge workers no fees", k=1)).hits[0]
    also = [
        AlsoIn(
            symbol=f"DEMO/{n}",
            paragraph="2",
            part="body",
            language=language,
            citation=f"DEMO/{n}, para. 2",
            file="a.pdf",
            index=1,
            likeness=likeness,
        )
        for n, language, likeness in ((1, "en", 1.0), (2, "en", 0.95), (3, "fr", None))
    ]
    text = found.passage.text
    assert found.best_sentence is not None
    hit = replace(found, also_in=tuple(also), match=replace(found.match, late_rank=3))
    printed.hit(console, hit)
    styled = console.export_text(styles=True, clear=False)
    words = console.export_text()
    assert "also in DEMO/1, para. 2; DEMO/2, para. 2 (nearly); DEMO/3, para. 2 [fr]" in words
    assert "word by word no. 3" in words
    assert text[slice(*found.best_sentence)] != text
    assert "\x1b[4m" in styled or "\x1b[1;4m" in styled


def test_a_long_passage_is_shown_from_its_best_sentence(
    console: Console, tiny_engine: LocalEngine
) -> None:
    """What answers is seen, even where it stands far down in a long paragraph."""
    found = tiny_engine.search(Query(text="debt", k=1)).hits[0]
    text = "Agencies are many. " * 60 + "Here it is. " + "Fees are high. " * 60
    start = text.index("Here")
    passage = replace(found.passage, text=text)
    match = replace(found.match, spans=())
    printed.hit(
        console, replace(found, passage=passage, match=match, best_sentence=(start, start + 11))
    )
    words = console.export_text()
    assert "… Here it is." in words
    assert "Agencies" not in words

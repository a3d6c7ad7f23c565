"""Other programs rely on these shapes: names and meaning never change."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from wgsearch.answers import Filters, Query
from wgsearch.api.addresses import anchor, file_url, near_url, paper_url
from wgsearch.api.schemas import agenda_json, index_json, paper_json, search_json
from wgsearch.briefing import item_brief, setting_of
from wgsearch.papers.callers import notes_of
from wgsearch.papers.paper import Footnote, Paper, Paragraph, ParagraphKind

if TYPE_CHECKING:
    from wgsearch.agenda import Agenda
    from wgsearch.search import LocalEngine

HIT_KEYS = ["rank", "score", "symbol", "paragraph", "citation", "title", "kind", "date"]
HIT_KEYS += ["page_first", "page_last", "heading_path", "text", "matched"]


def test_search_json_has_the_promised_keys(tiny_engine: LocalEngine) -> None:
    """`search --json` and the API give the promised keys, and plain JSON values."""
    found = search_json(tiny_engine.search(Query(text="recruitment fees", k=3)))
    assert list(found)[:5] == ["query", "verdict", "generation", "took_ms", "hits"]
    assert found["query"] == "recruitment fees"
    hit = found["hits"][0]
    assert list(hit)[: len(HIT_KEYS)] == HIT_KEYS
    matched = hit["matched"]
    assert list(matched) == ["lexical_rank", "dense_rank", "spans", "late_rank", "answering"]
    assert list(matched["answering"][0]) == ["asked", "start", "end", "likeness"]
    assert {"also_in", "best_sentence"} <= hit.keys()
    assert {"verdict_note", "suggestion", "papers"} <= found.keys()
    assert hit["citation"] == f"{hit['symbol']}, para. {hit['paragraph']}"
    assert json.loads(json.dumps(found)) == found


def test_spans_point_at_matched_words(tiny_engine: LocalEngine) -> None:
    """Offsets of a hit cut the matched words out of its text."""
    hit = search_json(tiny_engine.search(Query(text="licensed agencies")))["hits"][0]
    words = [hit["text"][start:end].casefold() for start, end in hit["matched"]["spans"]]
    assert "licensed" in words


def test_answering_words_point_at_the_text(tiny_engine: LocalEngine) -> None:
    """Offsets cut the words that answer out of the text, each with the word that asked for it."""
    hit = search_json(tiny_engine.search(Query(text="licensed agencies")))["hits"][0]
    answering = {
        each["asked"]: hit["text"][each["start"] : each["end"]]
        for each in hit["matched"]["answering"]
    }
    assert answering == {"licensed": "licensed", "agencies": "Agencies"}


def test_hit_url_leads_to_the_paragraph(tiny_engine: LocalEngine) -> None:
    """A hit carries the literal address of its paragraph."""
    answer = tiny_engine.search(Query(text='"domestic worker"'))
    hit = search_json(answer, base="http://127.0.0.1:8000")["hits"][0]
    assert hit["url"] == "http://127.0.0.1:8000/documents/DEMO/COP/WG.4/2022/2#p3"


def test_paper_json_is_the_shape_of_inspect(tiny_papers: tuple[Paper, ...]) -> None:
    """`inspect --json` has exactly the promised keys, null where nothing is printed."""
    found = paper_json(tiny_papers[-1], None)
    assert list(found) == [
        *("file", "paper", "headings", "paragraphs", "footnotes", "agenda", "warnings"),
        "references",
    ]
    assert list(found["paper"]) == [
        *("symbol", "symbols", "title", "kind", "body", "session", "date", "language"),
        *("languages", "distribution", "agenda_item", "pages"),
        *("edition", "job", "stars", "reader"),
    ]
    assert list(found["paragraphs"][0]) == [
        *("number", "part", "kind", "heading_path", "page_first", "page_last", "text"),
        *("lang", "recommendation"),
    ]
    assert list(found["headings"][0]) == ["level", "label", "text", "page"]
    assert found["paper"]["symbol"] is None
    assert found["paper"]["date"] is None
    assert found["agenda"] is None


def test_paper_json_shows_the_agenda_as_read(
    tiny_papers: tuple[Paper, ...], tiny_agenda: Agenda
) -> None:
    """The agenda of a file is part of `inspect --json`; sub-items are numbered `1 (a)`."""
    agenda = paper_json(tiny_papers[0], tiny_agenda)["agenda"]
    assert list(agenda) == ["items", "timetable"]
    assert list(agenda["items"][0]) == [
        *("number", "title", "sub_items", "annotation", "documents"),
        "note",
    ]
    assert agenda["items"][0]["sub_items"] == [
        {"number": "1 (a)", "title": "Opening of the session"}
    ]
    assert agenda["items"][1]["documents"][2] == {
        "symbol": None,
        "title": "Oral report",
        "sub_item": None,
    }


def test_agenda_json_tells_held_from_missing(tiny_engine: LocalEngine, tiny_agenda: Agenda) -> None:
    """`agenda --json` gives each item its documents, held or missing, and its passages."""
    answers = [
        tiny_engine.item(tiny_agenda, item, k=2, filters=Filters()) for item in tiny_agenda.items
    ]
    found = agenda_json(tiny_agenda, answers)
    assert found["agenda"] == {"symbol": tiny_agenda.symbol, "title": tiny_agenda.title}
    second = found["items"][1]
    assert list(second)[:5] == ["number", "title", "documents", "passages", "addressed_before"]
    assert {"verdict", "verdict_note", "papers"} <= second.keys()
    assert [each["in_corpus"] for each in second["documents"]] == [True, False, False]
    assert second["passages"][0]["rank"] == 1
    unasked = {"verdict": None, "confidence": None, "evidence": [], "notes": []}
    assert second["addressed_before"] == unasked
    assert second["listed"] is second["earlier"] is second["parts"] is None


@pytest.mark.model
def test_agenda_json_holds_what_the_pack_does(sample_engine: LocalEngine) -> None:
    """
    Asked with briefs, an item has its verdict with evidence, and its passages paper by paper.

    What was there before keeps its name and its place.
    """
    agenda = sample_engine.agenda("DEMO/COP/WG.4/2026/1")
    items = agenda.items[:3]
    setting = setting_of(sample_engine, agenda)
    briefs = [item_brief(sample_engine, setting, each) for each in items]
    answers = [sample_engine.item(agenda, each, k=2, filters=Filters()) for each in items]
    shown = agenda_json(agenda, answers, briefs)["items"]
    assert {"number", "title", "documents", "passages", "addressed_before"} <= shown[0].keys()
    for found, brief in zip(shown, briefs, strict=True):
        assert [each["paper"]["symbol"] for each in found["earlier"]] == [
            each.entry.symbol for each in brief.earlier
        ]
        assert [each["words"] for each in found["addressed_before"]["evidence"]] == [
            each.words for each in (brief.history.timeline if brief.history else ())
        ]
    judged = [each["addressed_before"]["verdict"] for each in shown]
    assert judged[0] is None
    assert any(judged)


def test_index_json_names_the_generation(tiny_engine: LocalEngine) -> None:
    """What is being searched is named: generation, encoder, counts, failed papers."""
    found = index_json(tiny_engine.state())
    assert found["generation"] == tiny_engine.state().generation
    assert found["papers"] == 9
    assert found["failed"] == []


def test_anchors_are_those_of_citations() -> None:
    """A paragraph is linked as cited: `p12`, `annex-ii-p3`; its place, where it has no number."""
    assert anchor("12", "body", 40) == "p12"
    assert anchor("3", "annex II", 41) == "annex-ii-p3"
    assert anchor(None, "body", 42) == "i42"


def test_addresses_keep_slashes_and_name_other_languages() -> None:
    """Slashes of a symbol stay slashes; what could break an address is escaped."""
    assert paper_url("A/81/6 (Sect. 16)") == "/documents/A/81/6%20%28Sect.%2016%29"
    assert paper_url("DEMO/1", "fr") == "/documents/DEMO/1?language=fr"
    assert paper_url("DEMO/1", "en+fr") == "/documents/DEMO/1"
    assert file_url("DEMO/1?x", "ar") == "/api/v1/documents/DEMO/1%3Fx/file?language=ar"
    assert near_url("DEMO/1 (fr)") == "/documents/DEMO/1?language=fr"
    assert near_url("DEMO/1") == "/documents/DEMO/1"


def test_footnotes_of_the_own_page_go_first(tiny_papers: tuple[Paper, ...]) -> None:
    """Marks begin anew on each page: a paragraph gets the note of its own page."""
    paper = _with_notes(tiny_papers[1])
    assert [note.text for note in notes_of(paper, 1)] == ["On page five."]


def _with_notes(paper: Paper) -> Paper:
    first, second = (
        Paragraph(
            number=str(page),
            part="body",
            kind=ParagraphKind.PARAGRAPH,
            heading_path=(),
            page_first=page,
            page_last=page,
            text="Words that call a note.",
            footnotes=("1",),
        )
        for page in (4, 5)
    )
    fields = {name: getattr(paper, name) for name in Paper.__dataclass_fields__}
    fields["paragraphs"] = (first, second)
    fields["footnotes"] = (
        Footnote(mark="1", text="On page four.", page=4),
        Footnote(mark="1", text="On page five.", page=5),
    )
    return Paper(**fields)


def test_printing_json_needs_no_web_framework() -> None:
    """`wgsearch search --json` does not wait for a web framework to load."""
    code = "import sys, wgsearch.api.schemas; sys.exit('fastapi' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

"""Questions find the paragraphs that answer them, filters hold, and errors say what to do."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wgsearch.agenda import AgendaItem
from wgsearch.errors import (
    EmptyQuestionError,
    EncoderMismatchError,
    IndexMissingError,
    InvalidFilterError,
    NotAnAgendaError,
    QuestionTooLongError,
    UnknownSymbolError,
)
from wgsearch.index.build import build
from wgsearch.papers.paper import PaperKind
from wgsearch.passages import citation
from wgsearch.search import MAX_CHARACTERS, Filters, LocalEngine, Query, item_question

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from wgsearch.agenda import Agenda
    from wgsearch.embedding import Encoder
    from wgsearch.index.build import PaperReader
    from wgsearch.papers.paper import Paper
    from wgsearch.search import Mode

SERIES = "DEMO/COP/WG.4"


@pytest.mark.parametrize("mode", ["hybrid", "dense", "lexical"])
def test_answering_paragraph_is_first(tiny_engine: LocalEngine, mode: Mode) -> None:
    """Each leg alone and both together find the paragraph whose words are asked for."""
    question = "recruitment fees charged to workers turn into debt"
    answer = tiny_engine.search(Query(text=question, k=3, mode=mode))
    first = answer.hits[0]
    assert (first.passage.symbol, first.passage.paragraph) == (f"{SERIES}/2022/2", "1")
    assert first.match.lexical_rank == (None if mode == "dense" else 1)
    assert first.match.dense_rank == (None if mode == "lexical" else 1)
    assert [hit.rank for hit in answer.hits] == [1, 2, 3]
    assert [hit.score for hit in answer.hits] == sorted(
        (hit.score for hit in answer.hits), reverse=True
    )


def test_answer_names_its_generation(tiny_engine: LocalEngine) -> None:
    """Every answer says what it was searched in, and how long it took."""
    answer = tiny_engine.search(Query(text="debt"))
    assert answer.generation == tiny_engine.generation == tiny_engine.state().generation
    assert answer.took_ms > 0
    assert answer.verdict in {"covered", "touched", "not_covered"}


def test_filters_that_leave_no_paper_are_no_verdict(tiny_engine: LocalEngine) -> None:
    """That no paper is of 2090 says nothing of what the papers cover; the answer says why."""
    question = "who must not charge recruitment fees"
    assert tiny_engine.search(Query(text=question)).verdict is not None
    answer = tiny_engine.search(Query(text=question, filters=Filters(year_from=2090)))
    assert (answer.hits, answer.verdict) == ((), None)
    assert "no paper passes the filters" in answer.notes[0]


def test_matched_words_are_marked(tiny_engine: LocalEngine) -> None:
    """Marks are offsets into the words shown."""
    hit = tiny_engine.search(Query(text="how do fees become debts?")).hits[0]
    marked = [hit.passage.text[start:end] for start, end in hit.match.spans]
    assert marked == ["fees", "debt"]


def test_quoted_words_must_appear(tiny_engine: LocalEngine) -> None:
    """Only passages with the quoted words are hits, and the answer says so."""
    answer = tiny_engine.search(Query(text='"forced criminality" of victims'))
    assert [hit.passage.paragraph for hit in answer.hits] == ["2"]
    assert '"forced criminality"' in answer.notes[0]
    assert tiny_engine.search(Query(text='"criminality forced"')).hits == ()


@pytest.mark.parametrize("mode", ["hybrid", "dense", "lexical"])
def test_excluded_words_never_appear(tiny_engine: LocalEngine, mode: Mode) -> None:
    """No hit has a word after a minus, whichever leg found it."""
    hits = tiny_engine.search(Query(text="debt -workers", k=20, mode=mode)).hits
    assert hits
    assert not [hit for hit in hits if "workers" in hit.passage.text.casefold()]


@pytest.mark.parametrize("mode", ["hybrid", "dense", "lexical"])
@pytest.mark.parametrize(
    "filters",
    [
        Filters(kinds=(PaperKind.REPORT,)),
        Filters(symbols=(f"{SERIES}/2022",)),
        Filters(languages=("fr",)),
        Filters(year_from=2023, year_to=2023),
    ],
)
def test_filters_hold_in_every_mode(tiny_engine: LocalEngine, mode: Mode, filters: Filters) -> None:
    """A hit is always of a paper that passes; a narrow filter still finds what there is."""
    allowed = {entry.file for entry in tiny_engine.papers(filters)}
    question = "data debt organes consent victims"
    hits = tiny_engine.search(Query(text=question, filters=filters, k=20, mode=mode)).hits
    assert hits
    assert {hit.passage.file for hit in hits} <= allowed


@pytest.mark.parametrize("mode", ["hybrid", "dense", "lexical", "late"])
@pytest.mark.parametrize("text", ["inspection of agencies", '"every year" inspection'])
def test_only_recommendations_are_found(report_engine: LocalEngine, mode: Mode, text: str) -> None:
    """Accounts of what speakers said never come among recommendations; none of these is lost."""
    only = Filters(recommendations=True)
    hits = report_engine.search(Query(text=text, filters=only, k=20, mode=mode, fold=False)).hits
    assert all(hit.passage.recommendation for hit in hits)
    found = {citation(hit.passage) for hit in hits}
    wanted = {("2022", "2"), ("2023", "1"), ("2024", "3")}
    assert {f"{SERIES}/{year}/5, para. {number}" for year, number in wanted} <= found


def test_every_passage_has_its_vector(tiny_engine: LocalEngine) -> None:
    """Who groups passages gets each of a paper in force with the vector that searches use."""
    every = tiny_engine.embedded(Filters())
    in_force = [each for each in tiny_engine.papers(Filters()) if each.superseded_by is None]
    assert len(every.passages) == len(every.vectors) == sum(each.passages for each in in_force)
    assert every.vectors.dtype == "float32"
    french = tiny_engine.embedded(Filters(languages=("fr",)))
    assert french.passages == tuple(each for each in every.passages if each.language == "fr")
    rows = [every.passages.index(each) for each in french.passages]
    assert (french.vectors == every.vectors[rows]).all()
    assert tiny_engine.embedded(Filters(year_from=2090)).vectors.shape[0] == 0


def test_recommendations_are_listed(report_engine: LocalEngine) -> None:
    """All recommendations of all papers, in order, with whom they ask and whether agreed."""
    every = report_engine.recommendations(Filters())
    listed = [(each.symbol, each.paragraph) for each in every]
    assert listed == sorted(listed)
    assert len(every) == 11
    assert [each.paragraph for each in every if not each.recommendation.agreed] == ["3"]
    late = report_engine.recommendations(Filters(year_from=2024))
    assert {each.symbol for each in late} == {f"{SERIES}/2024/5"}
    assert report_engine.recommendations(Filters(kinds=(PaperKind.AGENDA,))) == ()
    with pytest.raises(InvalidFilterError, match="no kind 'song'"):
        report_engine.recommendations(Filters(kinds=("song",)))


def test_replaced_paper_is_left_out_with_a_note(tiny_engine: LocalEngine) -> None:
    """A revision speaks for its paper, and the answer says what it left out."""
    answer = tiny_engine.search(Query(text="consent irrelevant means", k=20))
    assert answer.hits[0].passage.symbol == f"{SERIES}/2023/3/Rev.1"
    assert f"{SERIES}/2023/3" not in {hit.passage.symbol for hit in answer.hits}
    assert f"{SERIES}/2023/3 is left out" in answer.notes[0]
    named = Filters(symbols=(f"{SERIES}/2023/3",))
    hits = tiny_engine.search(Query(text="consent irrelevant means", filters=named)).hits
    assert {hit.superseded_by for hit in hits} == {None, f"{SERIES}/2023/3/Rev.1"}


def test_long_question_is_answered(tiny_engine: LocalEngine) -> None:
    """A whole agenda item, pasted, is a question."""
    text = "The Working Group will discuss fees that turn into debt. " * 140
    assert len(text) > 7900
    assert tiny_engine.search(Query(text=text, k=2)).hits[0].passage.paragraph == "1"


@pytest.mark.parametrize("text", ["", "  ", "?!", "__", "…", "😀", "\0\x07", "\ud800", "\u200b"])
def test_empty_question(tiny_engine: LocalEngine, text: str) -> None:
    """Nothing asked is said, not answered."""
    with pytest.raises(EmptyQuestionError, match="no letter and no digit"):
        tiny_engine.search(Query(text=text))


@pytest.mark.parametrize("mode", ["hybrid", "dense", "lexical"])
@pytest.mark.parametrize(
    "text",
    [
        "what is the",
        "2",
        "a" * 9000,
        "-debt",
        "+",
        "*",
        '"',
        "~3",
        "de\0bt",
        "debt \ud800",
        "debt😀",
    ],
)
def test_odd_questions_are_answered(tiny_engine: LocalEngine, text: str, mode: Mode) -> None:
    """Stop words, figures, endless words, lone operators and broken characters ask something."""
    if not any(char.isalnum() for char in text):
        with pytest.raises(EmptyQuestionError, match="no letter and no digit"):
            tiny_engine.search(Query(text=text, mode=mode))
        return
    answer = tiny_engine.search(Query(text=text, k=3, mode=mode))
    answer.query.text.encode()
    if "b" in text:
        assert "debt" in answer.hits[0].passage.text.casefold()


def test_only_common_words(tiny_engine: LocalEngine) -> None:
    """Who asks with common words only is told so."""
    notes = tiny_engine.search(Query(text="what is the")).notes
    assert any("every word is a common one" in note for note in notes)


@pytest.mark.parametrize("mode", ["hybrid", "dense", "lexical"])
def test_operators_hold_in_every_mode(tiny_engine: LocalEngine, mode: Mode) -> None:
    """Required words, beginnings and words apart narrow every leg, and the answer says how."""
    for text, shown, note in (
        ("debt +domestic", ["3"], 'only passages with the words "domestic"'),
        ("inspect* debt", ["3"], 'a word that begins with "inspect"'),
        ('"bondage workers"~1', ["2"], "at most 1 words between them"),
    ):
        answer = tiny_engine.search(Query(text=text, k=20, mode=mode))
        assert [hit.passage.paragraph for hit in answer.hits] == shown
        assert any(note in each for each in answer.notes)


def test_quotation_in_a_sentence(tiny_engine: LocalEngine) -> None:
    """Words quoted in a sentence do not hide passages that say it otherwise."""
    text = 'which paper speaks of workers in "criminality forced" upon them?'
    answer = tiny_engine.search(Query(text=text, mode="lexical"))
    assert answer.hits
    assert any("put + before them" in note for note in answer.notes)


def test_piece_of_a_symbol_in_a_question(tiny_engine: LocalEngine) -> None:
    """A paragraph named among other words, by a piece of its symbol, comes first."""
    query = Query(text="what does 2022/2 para. 3 say on fees", mode="lexical")
    answer = tiny_engine.search(query)
    first = answer.hits[0].passage
    assert (first.symbol, first.paragraph) == (f"{SERIES}/2022/2", "3")
    assert any(f"passages of {SERIES}/2022/2, para. 3 come first" in n for n in answer.notes)
    plain = tiny_engine.search(Query(text="what do 1/2 and 24/7 say on fees", mode="lexical"))
    assert not any("come first" in note for note in plain.notes)


def test_too_long_question(tiny_engine: LocalEngine) -> None:
    """A question beyond the limit is refused with the limit."""
    with pytest.raises(QuestionTooLongError, match=f"at most {MAX_CHARACTERS}"):
        tiny_engine.search(Query(text="a" * (MAX_CHARACTERS + 1)))


def test_filters_that_cannot_be_true(tiny_engine: LocalEngine) -> None:
    """Years in the wrong order and unknown kinds are errors of the caller."""
    with pytest.raises(InvalidFilterError, match="year_from 2024 is after year_to 2020"):
        tiny_engine.papers(Filters(year_from=2024, year_to=2020))
    with pytest.raises(InvalidFilterError, match="no kind 'memo'; kinds are agenda, background"):
        tiny_engine.search(Query(text="debt", filters=Filters(kinds=("memo",))))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(min_size=1, max_size=80))
def test_no_question_breaks_it(tiny_engine: LocalEngine, text: str) -> None:
    """Whatever is typed is answered or refused as empty."""
    try:
        tiny_engine.search(Query(text=text, k=3))
    except EmptyQuestionError:
        assert not any(char.isalnum() for char in text)


def test_papers_are_listed_in_order(tiny_engine: LocalEngine) -> None:
    """Papers stand by symbol and language, with what can be known without opening them."""
    entries = tiny_engine.papers(Filters())
    assert [entry.symbol.removeprefix(f"{SERIES}/") for entry in entries] == [
        "2022/2", "2022/3", "2022/5", "2023/3", "2023/3/Rev.1",
        "2024/1", "2024/2", "2024/2", "notes/drafter.txt",
    ]  # fmt: skip
    assert [entry.has_agenda for entry in entries].index(True) == 5
    assert entries[0].passages == entries[0].paragraphs == 4


def test_one_paper(tiny_engine: LocalEngine, tiny_papers: tuple[Paper, ...]) -> None:
    """A paper is found by its symbol in any case, in English unless asked otherwise."""
    symbol = f"{SERIES}/2024/2"
    assert replace(tiny_engine.paper(symbol.lower()), warnings=()) == tiny_papers[6]
    assert replace(tiny_engine.paper(symbol, "fr"), warnings=()) == tiny_papers[7]
    assert tiny_engine.entry(symbol, "fr").title == "Prélèvement d'organes"
    assert [p.paragraph for p in tiny_engine.passages(symbol)] == ["1", "2"]
    assert tiny_engine.paper("notes/drafter.txt").symbol is None


def test_unknown_paper_names_near_ones(tiny_engine: LocalEngine) -> None:
    """A mistyped symbol gets suggestions; a missing language names those that are there."""
    with pytest.raises(UnknownSymbolError, match="did you mean") as caught:
        tiny_engine.entry(f"{SERIES}/2022/33")
    assert f"{SERIES}/2022/3" in caught.value.near
    with pytest.raises(UnknownSymbolError, match=r"2024/2 \(en\) or .*2024/2 \(fr\)"):
        tiny_engine.paper(f"{SERIES}/2024/2", "ru")
    with pytest.raises(UnknownSymbolError, match=r"no paper 'zzz' in the index$"):
        tiny_engine.paper("zzz")


def test_agenda_of_a_paper(tiny_engine: LocalEngine, tiny_agenda: Agenda) -> None:
    """An agenda is kept with its paper; a paper without one is said to have none."""
    assert tiny_engine.agenda(f"{SERIES}/2024/1") == tiny_agenda
    with pytest.raises(NotAnAgendaError, match="holds no agenda"):
        tiny_engine.agenda(f"{SERIES}/2022/2")


def test_item_of_an_agenda(tiny_engine: LocalEngine, tiny_agenda: Agenda) -> None:
    """
    An item brings the passages on it, without the agenda's own words; the papers it lists are
    held or missing.
    """
    found = tiny_engine.item(tiny_agenda, tiny_agenda.items[1], k=10, filters=Filters())
    assert found.listed == (True, False, False)
    assert found.answer.hits[0].passage.symbol == f"{SERIES}/2022/2"
    assert PaperKind.AGENDA not in {hit.passage.kind for hit in found.answer.hits}
    first = [hit.passage.symbol for hit in found.answer.hits[:4]]
    assert first.count(f"{SERIES}/2022/2") == 3


def test_revision_counts_as_held(tiny_engine: LocalEngine, tiny_agenda: Agenda) -> None:
    """A listed paper of which only the revision is in the corpus is not missing."""
    listed = tiny_agenda.items[1].documents[0]
    item = AgendaItem(
        number="3",
        title="Consent",
        sub_items=(),
        annotation=None,
        documents=(
            type(listed)(symbol=f"{SERIES}/2023/3", title=None),
            type(listed)(symbol=f"{SERIES}/2023/3/Rev.2", title=None),
        ),
    )
    assert tiny_engine.item(tiny_agenda, item, k=3, filters=Filters()).listed == (True, False)


def test_title_of_an_item_weighs_most(tiny_agenda: Agenda) -> None:
    """The title counts thrice, annotation and documents once each."""
    weights = {part.text: part.weight for part in item_question(tiny_agenda.items[1]).parts}
    assert weights.pop("Recruitment fees and debt bondage") == 3
    assert set(weights.values()) == {1}


def test_an_engine_answers_from_the_generation_it_opened(
    tmp_path: Path,
    encoder: Encoder,
    memory_reader: Callable[..., PaperReader],
    make_paper: Callable[..., Paper],
) -> None:
    """A generation published meanwhile is another engine's."""
    index = tmp_path / "index"

    def publish(text: str) -> str:
        reader = memory_reader([make_paper(texts=[text])])
        return build(tmp_path, index, encoder, reader=reader).generation

    first = publish("An old text on debt.")
    engine = LocalEngine(index, encoder)
    second = publish("A new text on debt.")
    assert engine.search(Query(text="debt")).generation == first
    answer = LocalEngine(index, encoder).search(Query(text="debt"))
    assert (answer.generation, answer.hits[0].passage.text) == (second, "A new text on debt.")


def test_open_engine_outlives_its_files(tmp_path: Path, tiny_index: Path, encoder: Encoder) -> None:
    """A reader keeps answering from a generation that is removed under it."""
    index = shutil.copytree(tiny_index, tmp_path / "index")
    engine = LocalEngine(index, encoder)
    shutil.rmtree(index)
    assert engine.search(Query(text="debt of workers")).hits
    with pytest.raises(IndexMissingError, match="wgsearch build"):
        LocalEngine(index, encoder)


def test_encoder_is_made_when_needed(tiny_index: Path, encoder: Encoder) -> None:
    """Lists, papers and citations load no encoder; the first question loads it once."""
    made: list[Encoder] = []

    def make() -> Encoder:
        made.append(encoder)
        return encoder

    engine = LocalEngine(tiny_index, make)
    engine.papers(Filters())
    engine.search(Query(text="2022/2 para 1"))
    engine.search(Query(text="debt", mode="lexical"))
    assert not made
    engine.search(Query(text="debt"))
    engine.search(Query(text="fees"))
    assert len(made) == 1


def test_wrong_encoder_is_refused_whenever_it_comes(tiny_index: Path, encoder: Encoder) -> None:
    """An encoder that is not the index's never ranks anything."""

    class Other:
        identity = "other"
        dimension = encoder.dimension
        encode = staticmethod(encoder.encode)

    with pytest.raises(EncoderMismatchError, match="'other'"):
        LocalEngine(tiny_index, Other())
    late = LocalEngine(tiny_index, Other)
    with pytest.raises(EncoderMismatchError, match="'other'"):
        late.search(Query(text="debt"))


def test_threads_share_an_engine(tiny_engine: LocalEngine) -> None:
    """Questions asked at the same time get the answers they get alone."""
    texts = ["debt of workers", "2022/2 para 3", '"forced criminality"', "organes", "data"] * 8

    def ask(text: str) -> list[str]:
        return [citation(hit.passage) for hit in tiny_engine.search(Query(text=text)).hits]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, texts)) == [ask(text) for text in texts]


def test_what_is_left_out_or_cut_short_is_not_corrected(tiny_engine: LocalEngine) -> None:
    """`-bondge` is not asked for, and `bondg*` is the beginning of a word."""
    for text in ("debt of workers -bondge", "debt of workers bondg*"):
        assert tiny_engine.search(Query(text=text)).suggestion is None

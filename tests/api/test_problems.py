"""Each error has a status, words for its reader, and a page that explains it."""

from __future__ import annotations

import inspect
from html import unescape
from typing import NoReturn

import pytest
from fastapi.testclient import TestClient

from wgsearch import errors
from wgsearch.api import problems
from wgsearch.api.app import create_app

STATUS = {
    errors.CorpusMissingError: 503,
    errors.CorrectionsUnreadableError: 503,
    errors.GlossaryUnreadableError: 503,
    errors.TaxonomyUnreadableError: 503,
    errors.EditsUnreadableError: 503,
    errors.CorpusUnwritableError: 503,
    errors.PaperUnreadableError: 422,
    errors.PageUnreadableError: 422,
    errors.PaperNotFetchedError: 502,
    errors.ProvenanceUnreadableError: 503,
    errors.FetchBusyError: 503,
    errors.ContactMissingError: 422,
    errors.UnfetchableSymbolError: 422,
    errors.IndexMissingError: 503,
    errors.QuestionsUnreadableError: 503,
    errors.UnknownQuestionError: 404,
    errors.UnjudgedQuestionError: 422,
    errors.WebhookRefusedError: 422,
    errors.IndexDamagedError: 503,
    errors.SchemaMismatchError: 503,
    errors.EncoderMismatchError: 503,
    errors.EncoderUnavailableError: 503,
    errors.RerankerUnavailableError: 503,
    errors.ReaderUnavailableError: 503,
    errors.PartGoneError: 503,
    errors.ServerRefusedError: 503,
    errors.CollectionMissingError: 503,
    errors.CollectionDamagedError: 503,
    errors.ExtraMissingError: 503,
    errors.IndexUnwritableError: 503,
    errors.BackupDamagedError: 503,
    errors.IndexInTheWayError: 503,
    errors.BuildBusyError: 503,
    errors.KeysUnreadableError: 503,
    errors.UnknownKeyError: 404,
    errors.KeysMissingError: 503,
    errors.UnknownJobError: 404,
    errors.EditionMissingError: 404,
    errors.EditionDamagedError: 503,
    errors.IndexStateError: 503,
    errors.EmptyQuestionError: 422,
    errors.QuestionTooLongError: 422,
    errors.PlanImpossibleError: 422,
    errors.InvalidFilterError: 422,
    errors.UnknownSymbolError: 404,
    errors.UnknownParagraphError: 404,
    errors.UnknownItemError: 404,
    errors.UnknownRecommendationError: 404,
    errors.UnknownTopicError: 404,
    errors.NotAnAgendaError: 404,
    errors.EmptyDraftError: 422,
    errors.DraftTooLongError: 422,
    errors.UnknownFormatError: 422,
    errors.PlaceUnwritableError: 422,
    errors.JudgementsError: 422,
    errors.WgsearchError: 422,
}
OURS = [
    each
    for _, each in inspect.getmembers(errors, inspect.isclass)
    if issubclass(each, errors.WgsearchError)
]


def _raised(error: type[errors.WgsearchError]) -> errors.WgsearchError:
    if issubclass(error, errors.PaperUnreadableError):
        return error("a.pdf", "encrypted", "the file is encrypted")
    if error is errors.PaperNotFetchedError:
        return errors.PaperNotFetchedError("unpublished", "no paper is published")
    return error("what happened in '/some/folder'")


@pytest.mark.parametrize("error", OURS, ids=lambda each: each.__name__)
def test_every_error_has_a_kind(error: type[errors.WgsearchError]) -> None:
    """No error of ours reaches a caller as a nameless one."""
    kind = problems.of_error(_raised(error)).kind
    assert kind.status >= 400
    assert error in problems.BY_ERROR or error.__subclasses__()


@pytest.mark.parametrize(("error", "status"), STATUS.items(), ids=str)
def test_status_of_each_row(error: type[errors.WgsearchError], status: int) -> None:
    """Each row of the table has the status that callers rely on."""
    assert problems.of_error(_raised(error)).kind.status == status


def test_the_table_has_no_other_rows() -> None:
    """A new row comes with its test."""
    assert set(problems.BY_ERROR) == set(STATUS)


def test_slugs_are_unique() -> None:
    """Each kind of problem has a page of its own."""
    slugs = [kind.slug for kind in problems.KINDS]
    assert len(slugs) == len(set(slugs))


@pytest.mark.parametrize("kind", problems.KINDS, ids=lambda kind: kind.slug)
def test_each_type_is_a_page_that_exists(client: TestClient, kind: problems.Kind) -> None:
    """The `type` of a problem can be opened, and says what to do."""
    page = client.get(f"/problems/{kind.slug}")
    assert page.status_code == 200
    words = unescape(page.text)
    assert kind.title in words
    assert all(each in words for each in kind.remedy.split("`"))


def test_no_kind_is_without_a_page() -> None:
    """Whatever kinds of problem there are, each is among those that have a page."""
    kinds = {each for each in vars(problems).values() if isinstance(each, problems.Kind)}
    assert kinds <= set(problems.KINDS)


def test_words_for_the_operator_stay_inside() -> None:
    """A folder of the server's machine is not told to callers."""
    problem = problems.of_error(errors.IndexDamagedError("'/srv/secret/index' is damaged"))
    assert "secret" not in problem.detail
    assert "wgsearch build" in problem.detail


def test_problem_on_the_wire(client: TestClient) -> None:
    """An error is RFC 9457: type, title, status, detail, instance, what was meant, what to do."""
    answer = client.get(
        "/api/v1/documents/DEMO/COP/WG.4/2022/22", headers={"X-Request-ID": "mine-1"}
    )
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["type"] == "http://testserver/problems/unknown-symbol"
    assert problem["status"] == 404
    assert problem["instance"] == "mine-1" == answer.headers["X-Request-ID"]
    assert "DEMO/COP/WG.4/2022/2" in problem["near"]
    assert problem["remedy"].startswith("Take the symbol from the list of papers")


def test_browsers_get_a_page(client: TestClient) -> None:
    """Who reads HTML gets the same problem as a page, with links to near papers."""
    answer = client.get("/documents/DEMO/COP/WG.4/2022/22", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert 'href="/documents/DEMO/COP/WG.4/2022/2"' in answer.text


def test_programs_get_json_from_pages_too(client: TestClient) -> None:
    """Who does not ask for HTML gets the problem as JSON, wherever it happens."""
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert answer.json()["type"].endswith("/problems/not-found")


@pytest.mark.parametrize(
    ("value", "known", "near"),
    [
        ("knd", ("kind", "from", "to"), "kind"),
        ("languages", ("kind", "language"), "language"),
        ("zzzz", ("kind", "from"), None),
        ("anything", (), None),
    ],
)
def test_nearest_parameter(value: str, known: tuple[str, ...], near: str | None) -> None:
    """A mistyped name is answered with the one that was meant, and never with a wild guess."""
    assert problems.nearest(value, known) == near


def test_types_are_explained_without_an_index() -> None:
    """Who is told that there is no index can read what that means, and so for saved questions."""

    def no_engine() -> NoReturn:
        raise errors.IndexMissingError("no generation in '/srv/index'")

    with TestClient(create_app(no_engine, hosts=("testserver",))) as caller:
        problem = caller.get("/api/v1/search?q=debt").json()
        assert problem["status"] == 503
        assert caller.get(problem["type"]).status_code == 200
        assert caller.get("/opensearch.xml").status_code == 200
        assert caller.get("/api/v1/questions").status_code == 200

"""
Saved questions -> JSON, and a feed for each.

Why nothing is written here: who saves a question decides where messages are posted to, which is
for the operator's command line.
"""

import hashlib
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Query, Request, Response

from wgsearch.api import addresses, wire
from wgsearch.api.asking import Base, only, refuse_unknown
from wgsearch.errors import UnknownQuestionError
from wgsearch.saved.feed import MEDIA_TYPE, atom
from wgsearch.saved.keeping import Questions
from wgsearch.saved.records import Entry, Kept, SavedQuestion

MOST = 100

router = APIRouter(prefix=addresses.API, dependencies=[Depends(refuse_unknown)])
pages = APIRouter(include_in_schema=False)
Count = Annotated[int, Query(ge=1, le=MOST, description="How many answers at most.")]


@router.get("/questions", operation_id="listQuestions", tags=["questions"])
def list_questions(request: Request, base: Base) -> wire.SavedQuestionsObject:
    """Saved questions: what is asked again whenever papers are indexed."""
    kept = questions_of(request)
    found = [(each, kept.kept(each.id)) for each in kept.listed()] if kept else []
    return wire.SavedQuestionsObject(
        count=len(found), questions=[question_object(*each, base) for each in found]
    )


@router.get("/questions/{id}", operation_id="getQuestion", tags=["questions"])
def get_question(
    request: Request,
    base: Base,
    id: str,  # noqa: A002 - as the address names it
    k: Count = MOST,
) -> wire.SavedQuestionAnswersObject:
    """A saved question, and passages of papers that were new and answer it, the newest first."""
    question, kept = _one(request, id)
    return wire.SavedQuestionAnswersObject(
        question=question_object(question, kept, base),
        entries=[answer_object(each, base) for each in kept.entries[::-1][:k]],
    )


@pages.get("/questions/{id}.atom")
def question_feed(
    request: Request,
    base: Base,
    id: str,  # noqa: A002 - likewise
) -> Response:
    """The answers of new papers as an Atom feed."""
    only(request)
    content = atom(*_one(request, id), base)
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    asked = request.headers.get("if-none-match", "").split(",")
    known = {each.strip().removeprefix("W/") for each in asked}
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if tag in known:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=MEDIA_TYPE, headers=headers)


def questions_of(request: Request) -> Questions | None:
    """Where saved questions are kept; None where there is no such place."""
    return cast("Questions | None", request.app.state.questions)


def _one(request: Request, ident: str) -> tuple[SavedQuestion, Kept]:
    """A saved question, and what became of it."""
    kept = questions_of(request)
    if kept is None:
        raise UnknownQuestionError(f"there is no saved question {ident!r}; none are kept here")
    return kept.one(ident), kept.kept(ident)


def question_object(question: SavedQuestion, kept: Kept, base: str) -> wire.SavedQuestionObject:
    """A saved question as the API sends it: of its webhook, that there is one."""
    return wire.SavedQuestionObject(
        id=question.id,
        text=question.text,
        kind=list(question.kinds),
        language=list(question.languages),
        body=list(question.bodies),
        least=question.least,
        created_at=question.created_at,
        generation=kept.generation,
        answers=len(kept.entries),
        updated_at=kept.entries[-1].found_at if kept.entries else question.created_at,
        posted=question.webhook is not None,
        url=f"{base}{addresses.API}/questions/{question.id}",
        feed=f"{base}/questions/{question.id}.atom",
    )


def answer_object(entry: Entry, base: str) -> wire.NewAnswerObject:
    """A passage as the API sends it."""
    return wire.NewAnswerObject(
        id=entry.id,
        symbol=entry.symbol,
        language=entry.language,
        title=entry.title,
        paragraph=entry.paragraph,
        citation=entry.citation,
        text=entry.text,
        verdict=entry.verdict,
        generation=entry.generation,
        found_at=entry.found_at,
        url=f"{base}{entry.path}",
    )

"""
Marks of experts on results -> a page to review them, and the file that cases are made of.

Why the address holds them, as that of a basket: whoever marks needs no account, and the marks of a
meeting are mailed as a link. Pairs are read in order: a question, then what was marked under it.
"""

from __future__ import annotations

import json
import re
from itertools import chain
from typing import TYPE_CHECKING, Annotated, NamedTuple, cast

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from wgsearch.api import problems, wire
from wgsearch.api.asking import Asked  # noqa: TC001 - FastAPI reads it
from wgsearch.api.places import address, by_name
from wgsearch.api.results import shown_hit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wgsearch.answers import Engine, Hit
    from wgsearch.api.render import Renderer

PATH = "/marks"
# Enough for an afternoon; their address stays within what is read.
MOST = 200
LINES = "application/x-ndjson"
_VOTES = {"yes": True, "no": False}
# What the buttons of a result send: the place is in the name, so that one vote takes back another.
_BUTTON = "m:"
# Words that no other paragraph of a paper begins with, as they stand in it.
_OPENING = re.compile(r"(?:\S+\s+){0,11}\S+")

pages = APIRouter(include_in_schema=False)

By = Annotated[str, Query(max_length=100)]
Marks = dict[str, dict[str, bool]]  # question -> place -> answers


class ShownMark(NamedTuple):
    """
    A mark, with where it is read, and the addresses that change it.

    Attributes:
        name: The place as addresses name it.
        citation: How it is cited.
        url: Where it is read; None where no paper of the index has it.
        answers: It answers the question.
        other: All marks, with this one turned round.
        without: All marks but this one.
    """

    name: str
    citation: str
    url: str | None
    answers: bool
    other: str
    without: str


class ShownQuestion(NamedTuple):
    """A question, where it is asked again, and its marks."""

    text: str
    url: str
    marks: tuple[ShownMark, ...]


@pages.get(PATH)
def marks(request: Request, engine: Asked, by: By = "") -> Response:
    """What was marked, question by question."""
    pairs = request.query_params.multi_items()
    given, hits = _held(engine, read(pairs))
    by = by.strip()
    tidy = [*_pairs(given), *([("by", by)] if by else [])]
    if tidy != pairs:
        return RedirectResponse(address(PATH, tidy), status_code=303)
    values = {
        "asked": [_question(given, each, hits) for each in given],
        "count": _count(given),
        "most": MOST,
        "pairs": _pairs(given),
        "by": by,
    }
    return cast("Renderer", request.app.state.renderer).page("marks", values, request=request)


@pages.get(f"{PATH}.jsonl")
def marks_file(request: Request, engine: Asked, by: By = "") -> Response:
    """The marks as `wgsearch cases` reads them."""
    given, hits = _held(engine, read(request.query_params.multi_items()))
    lines = (
        json.dumps(_line(question, hit, answers=answers, by=by.strip()), ensure_ascii=False) + "\n"
        for question, own in given.items()
        for name, answers in own.items()
        if (hit := hits[name])
    )
    answer = Response("".join(lines), media_type=LINES)
    answer.headers["Content-Disposition"] = 'attachment; filename="marks.jsonl"'
    return answer


def read(pairs: Iterable[tuple[str, str]]) -> Marks:
    """
    Marks of an address: the last one on a place counts.

    Raises:
        RefusedError: A parameter is unknown, or a mark stands before any question.
    """
    found: Marks = {}
    question: str | None = None
    for name, value in pairs:
        place, vote = (name[len(_BUTTON) :], value) if name.startswith(_BUTTON) else (value, name)
        if name == "q":
            question = " ".join(value.split()) or None
            if question:
                found.setdefault(question, {})
        elif name == "by":
            continue
        elif vote not in _VOTES:
            raise problems.RefusedError(
                problems.invalid([problems.unknown_parameter(name, ("q", *_VOTES, "by"))])
            )
        elif question is None:
            item = wire.ProblemItemObject(
                pointer=f"#/{name}",
                name=name,
                detail="stands before any question; `q` comes first",
                near=None,
            )
            raise problems.RefusedError(problems.invalid([item]))
        else:
            found[question][place] = _VOTES[vote]
    return {each: own for each, own in found.items() if own}


def _held(engine: Engine, given: Marks) -> tuple[Marks, Mapping[str, Hit | None]]:
    """The marks by canonical names of places, and what stands there."""
    if _count(given) > MOST:
        detail = f"{MOST} marks are read at a time, and the address holds {_count(given)}."
        raise problems.RefusedError(problems.Problem(kind=problems.MARKS_FULL, detail=detail))
    known = by_name(engine, dict.fromkeys(chain.from_iterable(given.values())))
    hits: dict[str, Hit | None] = {}
    named: Marks = {}
    for question, own in given.items():
        for place, answers in own.items():
            hits[known[place].name] = known[place].hit
            named.setdefault(question, {})[known[place].name] = answers
    return named, hits


def _count(given: Marks) -> int:
    return sum(map(len, given.values()))


def _pairs(given: Marks) -> list[tuple[str, str]]:
    """Marks as an address holds them: under each question first what answers it."""
    return [
        *chain.from_iterable(
            [
                ("q", question),
                *(("yes", each) for each, answers in own.items() if answers),
                *(("no", each) for each, answers in own.items() if not answers),
            ]
            for question, own in given.items()
        )
    ]


def _question(given: Marks, question: str, hits: Mapping[str, Hit | None]) -> ShownQuestion:
    return ShownQuestion(
        text=question,
        url=address("/search", [("q", question)]),
        marks=tuple(
            _mark(given, question, name, hits[name])
            for name in sorted(given[question], key=lambda each: not given[question][each])
        ),
    )


def _mark(given: Marks, question: str, name: str, hit: Hit | None) -> ShownMark:
    own = given[question]
    turned = {**given, question: {**own, name: not own[name]}}
    rest = {**given, question: {each: own[each] for each in own if each != name}}
    shown = shown_hit(hit, None) if hit else None
    return ShownMark(
        name=name,
        citation=shown.citation if shown else name,
        url=shown.url if shown else None,
        answers=own[name],
        other=address(PATH, _pairs(turned)),
        without=address(PATH, _pairs({each: left for each, left in rest.items() if left})),
    )


def _line(question: str, hit: Hit, *, answers: bool, by: str) -> dict[str, object]:
    """A mark as a line of the file: by number, or by how the paragraph begins."""
    passage = hit.passage
    opening = _OPENING.match(passage.text) if passage.paragraph is None else None
    told = {
        "question": question,
        "symbol": passage.symbol,
        "paragraph": passage.paragraph,
        "begins": opening[0] if opening else None,
        "part": passage.part,
        "language": passage.language,
        "answers": answers,
        "by": by or None,
    }
    return {name: value for name, value in told.items() if value is not None}

"""
Passages collected while reading -> a page, a pack, a list of citations.

Why the address holds them: there is no account, a basket can be mailed and kept as a bookmark,
and a browser without script collects as well.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from wgsearch.api import addresses, problems, schemas
from wgsearch.api.addresses import Addresses
from wgsearch.api.asking import Asked, Base, only
from wgsearch.api.places import MOST, address, find
from wgsearch.api.results import shown_hit
from wgsearch.errors import UnknownFormatError
from wgsearch.export import Collection, collection_document, format_of, written
from wgsearch.export.html import POLICY
from wgsearch.export.references import STYLES, Cited, style_of
from wgsearch.passages import citation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.answers import Engine, Hit
    from wgsearch.api.places import Found
    from wgsearch.api.render import Renderer
    from wgsearch.api.results import ShownHit

PATH = "/basket"
# Lists of citations by the suffix of their address; the first is what delegates write.
_LISTS = {"txt": "footnote", "plain.txt": "plain", "bib": "bibtex", "ris": "ris", "csl": "csl-json"}
_PACKS = ("docx", "md", "html")

pages = APIRouter(include_in_schema=False)


class ShownKept(NamedTuple):
    """
    A passage in the basket.

    Attributes:
        name: The place as addresses name it.
        shown: What stands there; None where no paper of the index has it.
        without: The basket without it.
        up: The basket with it one place earlier; None for the first.
        down: Likewise one place later; None for the last.
    """

    name: str
    shown: ShownHit | None
    without: str
    up: str | None
    down: str | None


@pages.get(PATH)
def basket(request: Request, engine: Asked, base: Base) -> Response:
    """What was collected, with the ways to take it along."""
    only(request, "p", "q")
    found = _found(request, engine)
    question = request.query_params.get("q", "").strip()
    names = [each.name for each in found]
    tidy = _address(PATH, names, question)
    if [*request.query_params.multi_items()] != _pairs(names, question):
        return RedirectResponse(tidy, status_code=303)
    cited = _cited(found, base)
    values = {
        "kept": [_shown(at, found, question) for at in range(len(found))],
        "names": names,
        "q": question,
        "most": MOST,
        "packs": [(each, _address(f"{PATH}.{each}", names)) for each in (*_PACKS, "json")],
        "lists": [
            (style, style_of(style).listed(cited), _address(f"{PATH}.{suffix}", names))
            for suffix, style in _LISTS.items()
        ],
        "search": address("/search", _pairs(names, question)),
        "papers": len({each.symbol for each in cited}),
        "here": PATH,
        "canonical": _address(PATH, names),
    }
    renderer = cast("Renderer", request.app.state.renderer)
    return renderer.page("basket", values, request=request)


@pages.get(f"{PATH}.{{suffix}}")
def basket_file(request: Request, engine: Asked, base: Base, suffix: str) -> Response:
    """The same as a pack, or as a list of citations."""
    only(request, "p", "q")
    found = _found(request, engine)
    if suffix == "json":
        return _file(json.dumps(_object(engine, found, base), ensure_ascii=False), "json")
    if suffix in _LISTS:
        style = style_of(_LISTS[suffix])
        answer = Response(style.listed(_cited(found, base)), media_type=style.media_type)
        return _named(answer, suffix, shown=suffix.endswith("txt"))
    if suffix not in _PACKS:
        known = ", ".join((*_PACKS, "json", *_LISTS))
        raise UnknownFormatError(f"no format {suffix!r}; a basket is written as {known}")
    form = format_of(suffix)
    made = Collection(
        hits=tuple(each.hit for each in found if each.hit),
        missing=tuple(each.name for each in found if each.hit is None),
        state=engine.state(),
        prepared=dt.datetime.now(tz=dt.UTC).date().isoformat(),
    )
    content = written(collection_document(made, links=Addresses(base)), form)
    answer = _named(Response(content, media_type=form.media_type), suffix, shown=suffix == "html")
    if suffix == "html":
        answer.headers["Content-Security-Policy"] = f"{POLICY}; frame-ancestors 'none'"
    # It bears the day on which it was made, which the address does not tell.
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _file(text: str, suffix: str) -> Response:
    return _named(Response(text, media_type="application/json"), suffix, shown=True)


def _named(answer: Response, suffix: str, *, shown: bool) -> Response:
    way = "inline" if shown else "attachment"
    answer.headers["Content-Disposition"] = f'{way}; filename="basket.{suffix}"'
    return answer


def _found(request: Request, engine: Engine) -> tuple[Found, ...]:
    """What the address names, each place once."""
    names = [each for each in request.query_params.getlist("p") if each.strip()]
    found = find(engine, names)
    if len(found) > MOST:
        detail = f"A basket holds {MOST} passages, and the address names {len(found)}."
        raise problems.RefusedError(problems.Problem(kind=problems.BASKET_FULL, detail=detail))
    return found


def _pairs(names: Sequence[str], question: str = "") -> list[tuple[str, str]]:
    return [*(("p", each) for each in names), *([("q", question)] if question else [])]


def _address(path: str, names: Sequence[str], question: str = "") -> str:
    return address(path, _pairs(names, question))


def _shown(at: int, found: Sequence[Found], question: str) -> ShownKept:
    """A passage with the addresses of the basket without it, and of the other orders."""
    names = [each.name for each in found]
    hit = found[at].hit
    return ShownKept(
        name=names[at],
        shown=shown_hit(hit, None) if hit else None,
        without=_address(PATH, [*names[:at], *names[at + 1 :]], question),
        up=_address(PATH, _swapped(names, at - 1), question) if at else None,
        down=_address(PATH, _swapped(names, at), question) if at + 1 < len(names) else None,
    )


def _swapped(names: Sequence[str], at: int) -> list[str]:
    """Names with that at a position and the next one in each other's place."""
    return [*names[:at], names[at + 1], names[at], *names[at + 2 :]]


def _cited(found: Sequence[Found], base: str) -> list[Cited]:
    """The references to what is held."""
    links = Addresses(base)
    return [_reference(each.hit, links) for each in found if each.hit]


def _reference(hit: Hit, links: Addresses) -> Cited:
    passage = hit.passage
    return Cited(
        symbol=passage.symbol,
        citation=citation(passage),
        title=passage.title,
        body=passage.body,
        session=passage.session,
        date=passage.date,
        kind=str(passage.kind),
        language=addresses.one_language(passage.language),
        url=links.passage(passage),
    )


def _object(engine: Engine, found: Sequence[Found], base: str) -> dict[str, Any]:
    """The basket for programs: its passages as searches give them, and the lists of citations."""
    cited = _cited(found, base)
    names = [each.name for each in found]
    hits = schemas.hit_objects([each.hit for each in found if each.hit], base)
    return {
        "generation": engine.state().generation,
        "url": base + _address(PATH, names),
        "places": names,
        "passages": [each.model_dump(mode="json") for each in hits],
        "missing": [each.name for each in found if each.hit is None],
        "citations": {
            **{each.name: each.listed(cited) for each in STYLES if each.name != "csl-json"},
            "csl": json.loads(style_of("csl-json").listed(cited)),
        },
        "packs": {each: base + _address(f"{PATH}.{each}", names) for each in _PACKS},
    }

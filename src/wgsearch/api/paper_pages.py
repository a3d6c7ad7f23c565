"""
page of a paper -> its words and boxes, its picture, and both beside each other.

Why a page of its own: text and picture of one page are read on a phone and over a bad line,
and boxes are drawn where the words were read, or not at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from wgsearch.api import addresses, problems, views, wire
from wgsearch.api.asking import Asked, Base, only, refuse_unknown
from wgsearch.api.page_store import WIDTHS, PageStore, check_page
from wgsearch.api.routes import OneLanguage
from wgsearch.papers.paper import Box, Paper

if TYPE_CHECKING:
    from wgsearch.api.render import Renderer

router = APIRouter(prefix=addresses.API, dependencies=[Depends(refuse_unknown)])
pages = APIRouter(include_in_schema=False)

# Words of an address that names its content stay true for good.
_FOR_GOOD = "private, max-age=31536000, immutable"
Width = Literal["800", "1200", "1600", "2400"]


def _store(request: Request) -> PageStore:
    return cast("PageStore", request.app.state.pages)


@router.get(
    "/documents/{symbol:path}/pages/{page}.png",
    operation_id="getPageImage",
    tags=["documents"],
    response_class=Response,
    responses={200: {"description": "The picture.", "content": {"image/png": {}}}},
)
def get_page_image(
    *,
    request: Request,
    engine: Asked,
    symbol: str,
    page: int,
    width: Annotated[Width, Query(description="Width in dots.")] = "1200",
    language: OneLanguage = None,
    v: Annotated[
        str | None,
        Query(max_length=64, description="The file's SHA-256, or its beginning: kept for good."),
    ] = None,
) -> Response:
    """The picture of a page, drawn from the file that was indexed."""
    paper = engine.paper(symbol, language)
    store = _store(request)
    tag = f'"{store.tag(paper, page, int(width))}"'
    named = v is not None and len(v) >= 12 and paper.digest.startswith(v)  # noqa: PLR2004 - 48 bits
    headers = {"ETag": tag, "Cache-Control": _FOR_GOOD if named else "no-cache"}
    check_page(paper, page)
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    png = store.png(paper, page, int(width))
    return Response(png, media_type="image/png", headers=headers)


@router.get(
    "/documents/{symbol:path}/pages/{page}",
    operation_id="getPage",
    tags=["documents"],
    response_model=wire.PageObject,
)
def get_page(
    *,
    request: Request,
    engine: Asked,
    base: Base,
    symbol: str,
    page: int,
    language: OneLanguage = None,
) -> wire.PageObject:
    """Paragraphs that touch a page, with the rectangles of their lines there."""
    paper = engine.paper(symbol, language)
    check_page(paper, page)
    size = _size(request, paper, page)
    place = base + addresses.paper_url(paper.key, paper.language)
    citations = views.citations(paper)
    return wire.PageObject(
        generation=engine.state().generation,
        symbol=paper.key,
        language=paper.language,
        page=page,
        pages=paper.pages or 0,
        width=size[0] if size else None,
        height=size[1] if size else None,
        paragraphs=[
            wire.PageParagraphObject(
                index=index,
                number=each.number,
                part=each.part,
                citation=citations.get(index, paper.key),
                page_first=each.page_first,
                page_last=each.page_last,
                text=each.text,
                boxes=[_box(box) for box in each.boxes if box.page == page],
                url=f"{place}#{addresses.anchor(each.number, each.part, index)}",
            )
            for index, each in enumerate(paper.paragraphs)
            if each.page_first <= page <= each.page_last
        ],
        images=[
            base + addresses.image_url(paper.key, paper.language, page, width, paper.digest)
            for width in WIDTHS
        ],
        file_url=f"{base}{addresses.file_url(paper.key, paper.language)}#page={page}",
    )


def _box(box: Box) -> wire.BoxObject:
    return wire.BoxObject(x0=box.x0, y0=box.y0, x1=box.x1, y1=box.y1)


def _size(request: Request, paper: Paper, page: int) -> tuple[float, float] | None:
    """Size of a page; None where its file cannot be asked: words and boxes are known still."""
    try:
        return _store(request).size(paper, page)
    except problems.RefusedError:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """
    A page beside the text.

    Attributes:
        page: Its number, counted from 1.
        width: Its width in points.
        height: Its height.
        boxes: Lines of the marked paragraph on it.
        trouble: Why it cannot be shown; None where it can.
    """

    page: int
    width: float
    height: float
    boxes: tuple[Box, ...]
    trouble: str | None = None


@pages.get("/documents/{symbol:path}/pages/{page}")
def paper_page(
    *,
    request: Request,
    engine: Asked,
    symbol: str,
    page: int,
    language: str | None = None,
    paragraph: str | None = None,
    zoom: Literal["1"] | None = None,
) -> Response:
    """A page: its words, its picture, a paragraph marked on every page that it touches."""
    only(request, "language", "paragraph", "zoom")
    paper = engine.paper(symbol, language or None)
    if paper.key != symbol:
        return RedirectResponse(
            addresses.page_url(paper.key, language, page, paragraph), status_code=303
        )
    check_page(paper, page)
    every = [each for block in views.blocks(paper) for each in block.paragraphs]
    at = next((at for at, each in enumerate(every) if each.ident == paragraph), None)
    if paragraph is not None and at is None:
        kind, detail = problems.NOT_FOUND, f"{paper.key} has no place named {paragraph!r}."
        raise problems.RefusedError(problems.Problem(kind=kind, detail=detail))
    marked = paper.paragraphs[at] if at is not None else None
    touched = marked is not None and marked.page_first <= page <= marked.page_last
    boxes: Sequence[Box] = marked.boxes if marked is not None and touched else ()
    numbers = sorted({page, *(box.page for box in boxes)})
    values: dict[str, Any] = {
        "paper": paper,
        "page": page,
        "marked": every[at] if at is not None else None,
        "unboxed": marked is not None and touched and not marked.boxes,
        "sheets": [_sheet(request, paper, number, boxes) for number in numbers],
        "shown": [
            shown
            for shown, each in zip(every, paper.paragraphs, strict=True)
            if each.page_first <= numbers[-1] and each.page_last >= numbers[0]
        ],
        "zoom": zoom is not None,
        "widths": WIDTHS,
        "original": request.app.state.corpus is not None,
    }
    renderer = cast("Renderer", request.app.state.renderer)
    return renderer.page("page", values, request=request)


def _sheet(request: Request, paper: Paper, page: int, boxes: Sequence[Box]) -> Sheet:
    """A page with the boxes on it, or why there is none."""
    own = tuple(box for box in boxes if box.page == page)
    try:
        width, height = _store(request).size(paper, page)
    except problems.RefusedError as error:
        return Sheet(page=page, width=0, height=0, boxes=own, trouble=error.problem.detail)
    return Sheet(page=page, width=round(width, 1), height=round(height, 1), boxes=own)

"""
Template and values -> page: the one place that knows Jinja2, and where problems get a face.

Why here: pages and problem pages share one environment, escaping is on for all of them,
and addresses of static files carry their digest so that browsers may keep them.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, JSONResponse

import wgsearch
from wgsearch.api import addresses, problems, verdicts, words
from wgsearch.api.carrying import PLACE, carried, language_of, on_page, other_languages
from wgsearch.api.languages import ENGLISH, LANGUAGES, NAMES, Language, language_in
from wgsearch.api.places import MOST, address, place_of
from wgsearch.api.texts import translated
from wgsearch.export import wording

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response


def web_folder() -> Path:
    """Where templates and static files lie: inside the wheel, else beside the sources."""
    package = Path(wgsearch.__file__).resolve().parent
    packed = package / "web"
    return packed if packed.is_dir() else package.parents[1] / "web"


class _Translated(FileSystemLoader):
    """Templates of a folder, in a language."""

    def __init__(self, folder: Path, language: Language) -> None:
        super().__init__(folder)
        self._language = language

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """The source of a template."""
        source, name, is_current = super().get_source(environment, template)
        if self._language.code != ENGLISH:
            source = translated(source, self._language.text)
        return source, name, is_current


class Renderer:
    """
    Renders the pages.

    Attributes:
        folder: Where templates, static files and words of other languages lie.
        digest: SHA-256 over all of them: pages change when it does.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        files = sorted(each for each in folder.rglob("*") if each.is_file())
        digest = hashlib.sha256()
        for file in files:
            digest.update(file.read_bytes())
        self.digest = digest.hexdigest()
        self._environments = {code: self._environment(code) for code in LANGUAGES}

    def _environment(self, code: str) -> Environment:
        """The templates in a language."""
        language = language_in(self.folder / "languages", code)
        made = Environment(
            loader=_Translated(self.folder / "templates", language),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=language.shown,
        )
        made.globals.update(
            static=f"/static/{{}}?v={self.digest[:12]}".format,
            paper_url=addresses.paper_url,
            file_url=addresses.file_url,
            image_url=addresses.image_url,
            page_url=addresses.page_url,
            link=addresses.link,
            near_url=addresses.near_url,
            place_of=place_of,
            basket_most=MOST,
            place_address=address,
            verdicts=verdicts,
            ui=code,
            ui_names=NAMES,
            _n=language.noun,
            _foreign=language.foreign,
        )
        made.filters.update(
            day=language.day,
            language_name=language.language_name,
            kind_name=language.kind_name,
            number=language.number,
            told=language.text,
            percent=language.percent,
            direction=wording.direction,
            tag=wording.language_tag,
            code=lambda text: words.code(str(language.shown(text))),
            sentence=lambda text: words.sentence(str(language.shown(text))),
        )
        return made

    def page(
        self,
        name: str,
        values: Mapping[str, object],
        status: int = 200,
        request: Request | None = None,
    ) -> HTMLResponse:
        """
        A page.

        Args:
            name: Its template, without `.html`.
            values: What the template shows.
            status: HTTP status code.
            request: Who asks: its language, and what is carried from page to page and goes on in
                its links; None for a page in English that carries nothing.
        """
        taken = carried(request) if request else ()
        code = language_of(request.scope) if request else ENGLISH
        about = {
            "kept_places": [value for each, value in taken if each == PLACE],
            "ui_links": other_languages(request, LANGUAGES) if request else {},
        }
        template = self._environments[code].get_template(f"{name}.html")
        page = HTMLResponse(
            on_page(template.render({**about, **values}), taken), status_code=status
        )
        page.headers["Content-Language"] = code
        page.headers["Vary"] = "Accept, Accept-Language"
        return page

    def problem(self, request: Request, problem: problems.Problem) -> Response:
        """A problem in the form that the caller reads: a page for browsers, else JSON."""
        sent = problem.object(base_of(request), str(request.scope["state"]["request_id"]))
        headers = {"Vary": "Accept"}
        if wants_page(request):
            page = self.page(
                "problem", {"problem": sent, "kind": problem.kind}, sent.status, request
            )
            page.headers.update(headers)
            return page
        return JSONResponse(
            sent.model_dump(mode="json"),
            status_code=sent.status,
            media_type=problems.MEDIA_TYPE,
            headers=headers,
        )


def wants_page(request: Request) -> bool:
    """The address is one for people, and the caller reads HTML."""
    path = request.url.path
    for_programs = path.startswith(("/api/", "/livez", "/readyz", "/openapi.json"))
    accepts = request.headers.get("accept", "")
    return not for_programs and not path.endswith(".json") and "text/html" in accepts


def base_of(request: Request) -> str:
    """Address of the service as the caller wrote it, without a slash at its end."""
    return str(request.base_url).rstrip("/")

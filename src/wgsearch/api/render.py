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
from wgsearch.export import wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response


def web_folder() -> Path:
    """Where templates and static files lie: inside the wheel, else beside the sources."""
    package = Path(wgsearch.__file__).resolve().parent
    packed = package / "web"
    return packed if packed.is_dir() else package.parents[1] / "web"


class Renderer:
    """
    Renders the pages.

    Attributes:
        folder: Where templates and static files lie.
        digest: SHA-256 over all of them: pages change when it does.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        files = sorted(each for each in folder.rglob("*") if each.is_file())
        digest = hashlib.sha256()
        for file in files:
            digest.update(file.read_bytes())
        self.digest = digest.hexdigest()
        self._environment = Environment(
            loader=FileSystemLoader(folder / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(
            static=f"/static/{{}}?v={self.digest[:12]}".format,
            paper_url=addresses.paper_url,
            file_url=addresses.file_url,
            image_url=addresses.image_url,
            page_url=addresses.page_url,
            link=addresses.link,
            near_url=addresses.near_url,
            verdicts=verdicts,
        )
        self._environment.filters.update(
            day=wording.day,
            language_name=wording.language_name,
            direction=wording.direction,
            tag=wording.language_tag,
            code=words.code,
            sentence=words.sentence,
        )

    def page(self, name: str, values: Mapping[str, object], status: int = 200) -> HTMLResponse:
        """
        A page.

        Args:
            name: Its template, without `.html`.
            values: What the template shows.
            status: HTTP status code.
        """
        template = self._environment.get_template(f"{name}.html")
        return HTMLResponse(template.render(values), status_code=status)

    def problem(self, request: Request, problem: problems.Problem) -> Response:
        """A problem in the form that the caller reads: a page for browsers, else JSON."""
        sent = problem.object(base_of(request), str(request.scope["state"]["request_id"]))
        headers = {"Vary": "Accept"}
        if wants_page(request):
            page = self.page("problem", {"problem": sent, "kind": problem.kind}, sent.status)
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

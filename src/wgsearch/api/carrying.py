"""
What a reader takes along from page to page -> the addresses of a page, and back.

Why in addresses and not in cookies: a copied link shows the same thing, pages that are kept by
a cache stay right, and there is nothing to consent to.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlencode

from starlette.datastructures import Headers, MutableHeaders

from wgsearch.api.languages import ENGLISH, LANGUAGES, negotiated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    Pairs = Sequence[tuple[str, str]]

# Passages collected so far, for who reads without script.
PLACE = "p"
# Language of the interface, where a reader chose one.
INTERFACE = "ui"
CARRIED = (PLACE, INTERFACE)
# The pages of which a parameter is the very subject.
_OWN = {PLACE: "/basket"}
# Addresses for programs, and what is the same for everybody.
_NOT_PAGES = ("/api/", "/static/", "/openapi.json", "/livez", "/readyz", "/metrics", "/llms.txt")
_LINK = re.compile(r'(<(?:a|form)\b[^>]*?\s(?:href|action)=")(/(?!/)[^"]*)"')
_FORM = re.compile(r"<form\b[^>]*>")


class Carrying:
    """Takes what is carried off an address before a route reads it, and puts it on redirects."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or not _is_page(scope["path"]):
            await self._app(scope, receive, send)
            return
        pairs = _pairs_of(scope)
        taken = [each for each in pairs if _is_carried(each[0], scope["path"])]
        if not taken:
            await self._app(scope, receive, send)
            return
        chosen = [value for name, value in taken if name == INTERFACE]
        if len(chosen) > 1 or any(each not in LANGUAGES for each in chosen):
            # Not carried on: the route that takes it for an unknown parameter says so.
            await self._app(scope, receive, send)
            return
        left = urlencode([each for each in pairs if not _is_carried(each[0], scope["path"])])
        pairs = [*dict.fromkeys(taken)]
        scope["state"]["carried"] = pairs
        scope = {**scope, "query_string": left.encode("latin-1")}

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if target := headers.get("location"):
                    headers["location"] = carried_on(target, pairs)
            await send(message)

        await self._app(scope, receive, sending)


def language_of(scope: Scope) -> str:
    """The language that a request is answered in: chosen in its address, else preferred."""
    if not _is_page(scope["path"]):
        return ENGLISH
    pairs = (*scope.get("state", {}).get("carried", ()), *_pairs_of(scope))
    chosen = [value for name, value in pairs if name == INTERFACE and value in LANGUAGES]
    return chosen[0] if chosen else negotiated(Headers(scope=scope).get("accept-language", ""))


def varies(scope: Scope) -> str:
    """What else an answer at this address depends on, for caches."""
    return "Accept, Accept-Language" if _is_page(scope["path"]) else "Accept"


def other_languages(request: Request, codes: Sequence[str]) -> dict[str, str]:
    """The address of a page in each language."""
    own = [each for each in carried(request) if each[0] != INTERFACE]
    pairs = [each for each in _pairs_of(request.scope) if each[0] != INTERFACE]
    return {
        code: f"{quote(request.scope['path'], safe='/:')}?"
        + urlencode([*pairs, *own, (INTERFACE, code)], safe="/:", quote_via=quote)
        for code in codes
    }


def _pairs_of(scope: Scope) -> list[tuple[str, str]]:
    return parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)


def carried(request: Request) -> Pairs:
    """What a request takes along."""
    pairs: Pairs = request.scope["state"].get("carried", ())
    return pairs


def carried_on(target: str, pairs: Pairs) -> str:
    """An address of a page with what is carried; any other as it is."""
    path, mark, fragment = target.partition("#")
    path, _, query = path.partition("?")
    if not path.startswith("/") or not _is_page(path):
        return target
    own = parse_qsl(query, keep_blank_values=True)
    # What was collected before comes before what a link adds; a link that says otherwise has it.
    here = {name for name, _ in own}
    extra = [each for each in pairs if each[0] not in here or path == _OWN.get(each[0])]
    if not extra:
        return target
    joined = [*extra, *own] if path in _OWN.values() else [*own, *extra]
    return f"{path}?{urlencode(joined, safe='/:', quote_via=quote)}{mark}{fragment}"


def on_page(html: str, pairs: Pairs) -> str:
    """
    A page whose links and forms carry on.

    Only markup of templates is found: quotation marks in words are escaped.
    """
    if not pairs:
        return html

    def linked(match: re.Match[str]) -> str:
        return f'{match[1]}{escape(carried_on(unescape(match[2]), pairs))}"'

    def formed(match: re.Match[str]) -> str:
        if 'method="post"' in match[0]:
            return match[0]
        fields = (
            f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
            for name, value in pairs
        )
        return match[0] + "".join(fields)

    return _FORM.sub(formed, _LINK.sub(linked, html))


def _is_page(path: str) -> bool:
    return not path.startswith(_NOT_PAGES)


def _is_carried(name: str, path: str) -> bool:
    """Whether a parameter is passed on at a path, rather than being its subject."""
    own = _OWN.get(name)
    return name in CARRIED and not (own and (path == own or path.startswith(f"{own}.")))

"""
A service at an address -> its operations as methods, of a client that blocks and of one that waits.

Each method is an operation of operations.py with its arguments; what it returns is read from
there, so that none is written twice.
"""

from __future__ import annotations

import asyncio
import time
from functools import update_wrapper
from typing import TYPE_CHECKING, Generic, ParamSpec, Self, TypeVar, cast, overload

import httpx

from wgsearch.client import operations
from wgsearch.client.exchange import Exchange, Wait, read_line
from wgsearch.client.retries import Retries

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping

    from wgsearch.client.calls import Call, Stream, W

P = ParamSpec("P")
T = TypeVar("T")

# A search takes milliseconds, the pack of an agenda of many items some seconds. Reading a file that
# is sent may take 90 s (papers/limits): a caller who sends large ones gives more.
TIMEOUT_S = 30.0


class _Asked(Generic[P, T]):
    """A method of `Client` that asks an operation; of the class, the operation itself."""

    def __init__(self, build: Callable[P, Call[T]]) -> None:
        self._build = build

    @overload
    def __get__(self, client: None, owner: type[Client]) -> Callable[P, Call[T]]: ...
    @overload
    def __get__(self, client: Client, owner: type[Client]) -> Callable[P, T]: ...
    def __get__(
        self, client: Client | None, owner: type[Client]
    ) -> Callable[P, Call[T]] | Callable[P, T]:
        if client is None:
            return self._build

        def ask(*args: P.args, **kwargs: P.kwargs) -> T:
            return client.send(self._build(*args, **kwargs))

        return update_wrapper(ask, self._build)


class _Awaited(Generic[P, T]):
    """A method of `AsyncClient` that asks an operation; of the class, the operation itself."""

    def __init__(self, build: Callable[P, Call[T]]) -> None:
        self._build = build

    @overload
    def __get__(self, client: None, owner: type[AsyncClient]) -> Callable[P, Call[T]]: ...
    @overload
    def __get__(
        self, client: AsyncClient, owner: type[AsyncClient]
    ) -> Callable[P, Awaitable[T]]: ...
    def __get__(
        self, client: AsyncClient | None, owner: type[AsyncClient]
    ) -> Callable[P, Call[T]] | Callable[P, Awaitable[T]]:
        if client is None:
            return self._build

        async def ask(*args: P.args, **kwargs: P.kwargs) -> T:
            return await client.send(self._build(*args, **kwargs))

        return update_wrapper(ask, self._build)


class Client:
    """
    The API, asked one question after the other. Threads may share a client.

    Args:
        base_url: Root of the service, as `http://127.0.0.1:8000`.
        timeout_s: How long the service may be silent, in seconds.
        retries: How patient it is with a service that names a time to ask again.
        headers: Sent with every request, for instance a key.
        cached_bytes: What answers may take together that are kept, so that the service need not
            send them again unless they changed; none that is larger than a tenth, 0 keeps none.
        http: What sends, for instance with certificates of its own; it is not closed here.
        sleep: What waits.
    """

    def __init__(
        self,
        base_url: str,
        *,
        timeout_s: float = TIMEOUT_S,
        retries: Retries = Retries(),  # noqa: B008 - frozen
        headers: Mapping[str, str] | None = None,
        cached_bytes: int = 0,
        http: httpx.Client | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._exchange = Exchange(
            base_url,
            timeout_s=timeout_s,
            retries=retries,
            headers=dict(headers or {}),
            cached_bytes=cached_bytes,
        )
        self._own = httpx.Client() if http is None else None
        self._http = http or cast("httpx.Client", self._own)
        self._sleep = sleep

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections that it opened."""
        if self._own is not None:
            self._own.close()

    def send(self, call: Call[T]) -> T:
        """
        Ask what a call asks.

        Raises:
            ClientError: There is no good answer; see errors.py.
        """
        return self._send(call, stream=False)

    def _send(self, call: Call[T], *, stream: bool) -> T:
        asked = 0
        while True:
            request = self._exchange.request(call)
            try:
                response = self._http.send(request, stream=stream, follow_redirects=False)
                if stream and response.is_error:
                    response.read()
            except httpx.RequestError as error:
                raise self._exchange.failed(request, error) from error
            asked += 1
            found = self._exchange.settled(call, response, asked)
            if not isinstance(found, Wait):
                return found
            self._sleep(found.seconds)

    def stream(self, asked: Stream[T]) -> Iterator[T]:
        """
        What the lines of an answer say, each as soon as it comes.

        Raises:
            ClientError: There is no good answer, or one that ends with a problem.
        """
        response = self._send(asked.call, stream=True)
        try:
            for line in response.iter_lines():
                yield read_line(asked, line)
        except httpx.RequestError as error:
            raise self._exchange.failed(response.request, error) from error
        finally:
            response.close()

    def pages(self, first: W) -> Iterator[W]:
        """A page and those that follow it, as they are asked for."""
        page: W | None = first
        while page is not None:
            yield page
            call = self._exchange.following(page)
            page = cast("W", self.send(call)) if call else None

    search = _Asked(operations.search)
    search_by_body = _Asked(operations.search_by_body)
    search_batch = _Asked(operations.search_batch)
    suggest = _Asked(operations.suggest)
    cite = _Asked(operations.cite)
    list_documents = _Asked(operations.list_documents)
    get_document = _Asked(operations.get_document)
    get_file = _Asked(operations.get_file)
    get_page = _Asked(operations.get_page)
    get_page_image = _Asked(operations.get_page_image)
    list_paragraphs = _Asked(operations.list_paragraphs)
    get_paragraph = _Asked(operations.get_paragraph)
    list_recommendations = _Asked(operations.list_recommendations)
    get_lineage = _Asked(operations.get_lineage)
    get_history = _Asked(operations.get_history)
    list_agendas = _Asked(operations.list_agendas)
    get_agenda = _Asked(operations.get_agenda)
    list_items = _Asked(operations.list_items)
    list_item_passages = _Asked(operations.list_item_passages)
    find_items = _Asked(operations.find_items)
    find_items_anywhere = _Asked(operations.find_items_anywhere)
    brief_agenda = _Asked(operations.brief_agenda)
    brief_agenda_as = _Asked(operations.brief_agenda_as)
    compare_draft = _Asked(operations.compare_draft)
    check_citations = _Asked(operations.check_citations)
    get_compendium = _Asked(operations.get_compendium)
    list_topics = _Asked(operations.list_topics)
    get_topic = _Asked(operations.get_topic)
    look_up_topics = _Asked(operations.look_up_topics)
    list_changes = _Asked(operations.list_changes)
    list_editions = _Asked(operations.list_editions)
    list_gaps = _Asked(operations.list_gaps)
    get_index = _Asked(operations.get_index)
    get_liveness = _Asked(operations.get_liveness)
    get_readiness = _Asked(operations.get_readiness)
    list_questions = _Asked(operations.list_questions)
    get_question = _Asked(operations.get_question)
    get_guide = _Asked(operations.get_guide)


class AsyncClient:
    """
    The API, asked many questions side by side; each method is awaited.

    Args:
        base_url: Root of the service, as `http://127.0.0.1:8000`.
        timeout_s: How long the service may be silent, in seconds.
        retries: How patient it is with a service that names a time to ask again.
        headers: Sent with every request, for instance a key.
        cached_bytes: What answers may take together that are kept, so that the service need not
            send them again unless they changed; none that is larger than a tenth, 0 keeps none.
        http: What sends, for instance with certificates of its own; it is not closed here.
        sleep: What waits.
    """

    def __init__(
        self,
        base_url: str,
        *,
        timeout_s: float = TIMEOUT_S,
        retries: Retries = Retries(),  # noqa: B008 - frozen
        headers: Mapping[str, str] | None = None,
        cached_bytes: int = 0,
        http: httpx.AsyncClient | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._exchange = Exchange(
            base_url,
            timeout_s=timeout_s,
            retries=retries,
            headers=dict(headers or {}),
            cached_bytes=cached_bytes,
        )
        self._own = httpx.AsyncClient() if http is None else None
        self._http = http or cast("httpx.AsyncClient", self._own)
        self._sleep = sleep

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections that it opened."""
        if self._own is not None:
            await self._own.aclose()

    async def send(self, call: Call[T]) -> T:
        """
        Ask what a call asks.

        Raises:
            ClientError: There is no good answer; see errors.py.
        """
        return await self._send(call, stream=False)

    async def _send(self, call: Call[T], *, stream: bool) -> T:
        asked = 0
        while True:
            request = self._exchange.request(call)
            try:
                response = await self._http.send(request, stream=stream, follow_redirects=False)
                if stream and response.is_error:
                    await response.aread()
            except httpx.RequestError as error:
                raise self._exchange.failed(request, error) from error
            asked += 1
            found = self._exchange.settled(call, response, asked)
            if not isinstance(found, Wait):
                return found
            await self._sleep(found.seconds)

    async def stream(self, asked: Stream[T]) -> AsyncIterator[T]:
        """
        What the lines of an answer say, each as soon as it comes.

        Raises:
            ClientError: There is no good answer, or one that ends with a problem.
        """
        response = await self._send(asked.call, stream=True)
        try:
            async for line in response.aiter_lines():
                yield read_line(asked, line)
        except httpx.RequestError as error:
            raise self._exchange.failed(response.request, error) from error
        finally:
            await response.aclose()

    async def pages(self, first: W) -> AsyncIterator[W]:
        """A page and those that follow it, as they are asked for."""
        page: W | None = first
        while page is not None:
            yield page
            call = self._exchange.following(page)
            page = cast("W", await self.send(call)) if call else None

    search = _Awaited(operations.search)
    search_by_body = _Awaited(operations.search_by_body)
    search_batch = _Awaited(operations.search_batch)
    suggest = _Awaited(operations.suggest)
    cite = _Awaited(operations.cite)
    list_documents = _Awaited(operations.list_documents)
    get_document = _Awaited(operations.get_document)
    get_file = _Awaited(operations.get_file)
    get_page = _Awaited(operations.get_page)
    get_page_image = _Awaited(operations.get_page_image)
    list_paragraphs = _Awaited(operations.list_paragraphs)
    get_paragraph = _Awaited(operations.get_paragraph)
    list_recommendations = _Awaited(operations.list_recommendations)
    get_lineage = _Awaited(operations.get_lineage)
    get_history = _Awaited(operations.get_history)
    list_agendas = _Awaited(operations.list_agendas)
    get_agenda = _Awaited(operations.get_agenda)
    list_items = _Awaited(operations.list_items)
    list_item_passages = _Awaited(operations.list_item_passages)
    find_items = _Awaited(operations.find_items)
    find_items_anywhere = _Awaited(operations.find_items_anywhere)
    brief_agenda = _Awaited(operations.brief_agenda)
    brief_agenda_as = _Awaited(operations.brief_agenda_as)
    compare_draft = _Awaited(operations.compare_draft)
    check_citations = _Awaited(operations.check_citations)
    get_compendium = _Awaited(operations.get_compendium)
    list_topics = _Awaited(operations.list_topics)
    get_topic = _Awaited(operations.get_topic)
    look_up_topics = _Awaited(operations.look_up_topics)
    list_changes = _Awaited(operations.list_changes)
    list_editions = _Awaited(operations.list_editions)
    list_gaps = _Awaited(operations.list_gaps)
    get_index = _Awaited(operations.get_index)
    get_liveness = _Awaited(operations.get_liveness)
    get_readiness = _Awaited(operations.get_readiness)
    list_questions = _Awaited(operations.list_questions)
    get_question = _Awaited(operations.get_question)
    get_guide = _Awaited(operations.get_guide)

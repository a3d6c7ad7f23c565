"""
tools -> a server of the Model Context Protocol, over standard streams or HTTP.

Why the library's lower layer: its upper one drops arguments that a tool does not have, and words
errors by itself. Why without sessions over HTTP: nothing is remembered between two calls.
"""

from __future__ import annotations

from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import anyio
from anyio import to_thread
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.server.transport_security import TransportSecuritySettings
from mcp.shared.exceptions import MCPError
from mcp.types import (
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    ToolAnnotations,
)
from mcp.types import Tool as ListedTool
from pydantic.json_schema import GenerateJsonSchema

from wgsearch.mcp.answering import INSTRUCTIONS, reply
from wgsearch.mcp.tools import TOOLS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from starlette.applications import Starlette

    from wgsearch.mcp.tools import Asking, Tool

PATH = "/mcp"
_BY_NAME = {each.name: each for each in TOOLS}


class _Bare(GenerateJsonSchema):
    """Schemas without titles made of names, which an assistant would read again each time."""

    def field_title_should_be_set(self, schema: object) -> bool:
        """None is."""
        del schema
        return False


def create_server(asking: Callable[[], Asking]) -> Server[Any]:
    """
    A server that offers the tools.

    Args:
        asking: What a call may ask; called once a call, from any thread.
    """

    async def list_tools(_: object, __: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=[_listed(each) for each in TOOLS])

    async def call_tool(_: object, params: CallToolRequestParams) -> CallToolResult:
        tool = _BY_NAME.get(params.name)
        if tool is None:
            names = ", ".join(_BY_NAME)
            raise MCPError(INVALID_PARAMS, f"no tool {params.name!r}; the tools are {names}")
        answered = await to_thread.run_sync(partial(reply, tool, params.arguments or {}, asking))
        return CallToolResult(
            content=[TextContent(type="text", text=answered.text)],
            structured_content=answered.structured,
            is_error=answered.is_error,
        )

    server: Server[Any] = Server(
        "wgsearch",
        version=version("wgsearch"),
        title="Papers of a working group",
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )
    server.middleware.clear()  # it would tell whatever collects traces what is asked
    return server


def _listed(tool: Tool) -> ListedTool:
    return ListedTool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.arguments.model_json_schema(schema_generator=_Bare),
        output_schema=tool.result.model_json_schema(mode="serialization", schema_generator=_Bare),
        annotations=ToolAnnotations(
            title=tool.title,
            read_only_hint=True,
            destructive_hint=False,
            idempotent_hint=True,
            open_world_hint=False,
        ),
    )


def serve_streams(server: Server[Any]) -> None:
    """Serve one assistant over standard input and output, until it closes them."""

    async def run() -> None:
        async with stdio_server() as (reading, writing):
            await server.run(reading, writing, server.create_initialization_options())

    anyio.run(run)


def http_app(server: Server[Any], hosts: Sequence[str], body_bytes: int) -> Starlette:
    """
    A web application that serves assistants at `/mcp`.

    Args:
        server: The server.
        hosts: Names of hosts that are served; `*` serves any. A page of another origin that a
            browser has open is refused.
        body_bytes: Largest body of a request.
    """
    names = [f"[{each}]" if ":" in each else each for each in hosts]
    security = TransportSecuritySettings(
        enable_dns_rebinding_protection="*" not in names,
        allowed_hosts=[form for each in names for form in (each, f"{each}:*")],
        allowed_origins=[form for each in names for form in (f"http://{each}", f"http://{each}:*")],
    )
    app: Starlette = server.streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,
        max_request_body_size=body_bytes,
        transport_security=security,
    )
    return app

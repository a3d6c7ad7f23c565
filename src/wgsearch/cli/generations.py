"""The generations of an index -> a list of them, and whether one is whole."""

from __future__ import annotations

from typing import Annotated

import typer

from wgsearch.cli.terminal import IndexOption, JsonOption, console, print_json, settings_of
from wgsearch.errors import IndexMissingError

index_app = typer.Typer(no_args_is_help=True, help="Generations of the index.")


@index_app.command("list")
def index_list(*, index: IndexOption = None, as_json: JsonOption = False) -> None:
    """List the generations that the index folder holds."""
    from wgsearch.index.publish import folder_of, list_generations  # noqa: PLC0415 - loads what writes indexes

    folder = settings_of(index=index).index
    if not folder.is_dir():
        raise IndexMissingError(
            f"no index folder {str(folder)!r}; run `wgsearch build` to make one"
        )
    found = list_generations(folder)
    if as_json:
        print_json({"generations": [each._asdict() for each in found]})
        return
    if not found:
        console().print(f"no generations in {str(folder)!r}; run `wgsearch build`")
    for each in found:
        size = sum(
            path.stat().st_size
            for path in folder_of(folder, each.name).rglob("*")
            if path.is_file()
        )
        mark = "in use" if each.current else ""
        console().print(f"{each.name}  {size / 1e6:8.1f} MB  {mark}")


@index_app.command("verify")
def index_verify(
    generation: Annotated[
        str | None, typer.Argument(help="Name; the one in use by default.")
    ] = None,
    *,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Compare every file of a generation with its manifest."""
    from wgsearch.index.publish import current, verify_generation  # noqa: PLC0415 - loads what writes indexes

    folder = settings_of(index=index).index
    name = generation or current(folder)
    manifest = verify_generation(folder, name)
    found = {
        "generation": name,
        "verified": True,
        "papers": len(manifest.papers),
        "passages": manifest.passages,
        "encoder": manifest.encoder,
        "content_digest": manifest.content_digest,
    }
    if as_json:
        print_json(found)
    else:
        console().print(
            f"{name} is whole: {len(manifest.papers)} papers, {manifest.passages} passages"
        )

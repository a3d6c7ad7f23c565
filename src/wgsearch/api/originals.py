"""
Paper -> the file it was read from, as an attachment.

Why by way of the index: a symbol never becomes a path. The index names the file, the
file must lie in the corpus folder, and its bytes must be those that were indexed.
"""

from __future__ import annotations

import hashlib
import mimetypes
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import Response

from wgsearch.api import problems

if TYPE_CHECKING:
    from pathlib import Path

    from wgsearch.papers.paper import Paper


def original(paper: Paper, corpus: Path | None) -> Response:
    """
    The file of a paper.

    Args:
        paper: The paper.
        corpus: Folder of the papers; None when originals are not served.

    Raises:
        RefusedError: The file is not there, or is not the one that was indexed.
    """
    content = _content(paper, corpus)
    if content is None:
        raise problems.RefusedError(
            problems.Problem(
                kind=problems.FILE_MISSING,
                detail=f"The file of {paper.key} is not in the folder of papers.",
            )
        )
    if hashlib.sha256(content).hexdigest() != paper.digest:
        raise problems.RefusedError(
            problems.Problem(
                kind=problems.FILE_CHANGED,
                detail=f"The file of {paper.key} has changed since it was indexed.",
            )
        )
    name = paper.file.rpartition("/")[2]
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Response(
        content,
        media_type=media_type,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
            "ETag": f'"{paper.digest}"',
        },
    )


def _content(paper: Paper, corpus: Path | None) -> bytes | None:
    """Bytes of the paper's file, None where it is missing or lies elsewhere."""
    if corpus is None:
        return None
    root = corpus.resolve()
    path = (root / paper.file).resolve()
    if not path.is_relative_to(root) or not path.is_file():
        return None
    return path.read_bytes()

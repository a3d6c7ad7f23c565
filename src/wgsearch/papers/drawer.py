"""
the process in which pages are drawn: names in, pictures out, within limits and cut off.

Why not the one that reads: a picture needs less memory and less time than a paper, and whoever
waits for one must not wait behind a build.
"""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path

from wgsearch.errors import PaperUnreadableError
from wgsearch.papers.child import READY, limited, own_output, renew, rest, say
from wgsearch.papers.isolation import isolate
from wgsearch.papers.limits import Limits


def serve(limits: Limits, folder: Path) -> None:
    """
    Draw each page that is named on standard input, answer on standard output.

    Args:
        limits: What one page may cost.
        folder: Where this process may write.
    """
    isolate(folder)
    from wgsearch.papers.drawing import draw  # noqa: PLC0415 - after isolation: numpy has threads

    limited(limits)
    with own_output() as out:
        say(out, READY)
        for line in sys.stdin:
            path, digest, page, dots = json.loads(line)
            renew(limits.cpu_s, limits.wall_s)
            try:
                drawn = draw(Path(path), digest=digest, page=page, dots=dots)
                png = None if drawn.png is None else base64.b64encode(drawn.png).decode()
                answer = {"width": drawn.width, "height": drawn.height, "png": png}
            except PaperUnreadableError as error:
                answer = {"code": error.code, "reason": error.reason}
            except MemoryError:
                reason = f"drawing needs more than {limits.memory_bytes >> 20} MB"
                answer = {"code": "too_large", "reason": reason}
            except Exception as error:  # noqa: BLE001 - the process edge: a file nobody foresaw stops nothing
                reason = f"the page cannot be drawn ({type(error).__name__})"
                answer = {"code": "damaged", "reason": reason}
            say(out, json.dumps(answer) + "\n")
            rest()


if __name__ == "__main__":
    serve(Limits.from_json(sys.argv[1]), Path(sys.argv[2]))

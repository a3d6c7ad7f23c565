"""
Run a command beside a Milvus server 2.3.5 that nobody else can reach.

The server is that of the package `milvus`, in an environment of its own:

    python -m venv /tmp/server && /tmp/server/bin/pip install 'setuptools<70' milvus==2.3.5
    /tmp/server/bin/python tests/cluster/alone.py -- .venv/bin/pytest tests/contract
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time

from namespace import command, enter


def main() -> int:
    """Start the server, run the command, stop the server."""
    asked = command(__doc__)
    enter()
    from milvus import MilvusServer  # noqa: PLC0415 - of the environment of the server alone

    with tempfile.TemporaryDirectory(prefix="milvus-") as folder:
        server = MilvusServer()
        server.set_base_dir(folder)
        began = time.monotonic()
        server.start()
        sys.stderr.write(f"server up after {time.monotonic() - began:.1f} s\n")
        try:
            address = f"http://127.0.0.1:{server.listen_port}"
            return subprocess.call(asked, env=os.environ | {"WGSEARCH_TEST_MILVUS": address})
        finally:
            server.stop()


if __name__ == "__main__":
    sys.exit(main())

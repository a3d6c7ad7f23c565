"""Over https, only a service that proves its name is listened to."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from wgsearch.fetching.records import State, wanted

if TYPE_CHECKING:
    from pathlib import Path

    from misbehaving import Library, Service

ONE = wanted("DEMO/COP/WG.4/2030/1")


def _certificate(folder: Path, name: str) -> Path:
    """A certificate for a name that nobody but itself vouches for, with its key."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("no openssl here, which makes certificates")
    path = folder / f"{name}.pem"
    command = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    command += ["-nodes", "-days", "2", "-subj", f"/CN={name}", "-out", str(path)]
    command += ["-keyout", str(folder / "key.pem"), "-addext", f"subjectAltName=DNS:{name}"]
    subprocess.run([program, *command], check=True, capture_output=True)
    return path


def _secure(service: Service, certificate: Path) -> None:
    """The service speaks https, and shows a certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.parent / "key.pem")
    # In the thread of the request, so that a caller who hangs up costs nothing else.
    service.socket = context.wrap_socket(
        service.socket, server_side=True, do_handshake_on_connect=False
    )
    service.scheme = "https"


def test_a_service_that_the_system_trusts_is_listened_to(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection goes to a number, and the name is proved all the same."""
    certificate = _certificate(tmp_path, "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    _secure(library.service, certificate)
    (found,) = library.fetcher().run([ONE])
    assert found.state is State.FETCHED


@pytest.mark.parametrize("name", ["localhost", "elsewhere.example"])
def test_a_service_that_does_not_prove_its_name_is_not(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Nobody vouches for it, or somebody vouches for another name: nothing is sent to it."""
    """Nobody vouches for it, or somebody vouches for another name: nothing is sent to it."""
    certificate = _certificate(tmp_path, name)
    if name != "localhost":
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    _secure(library.service, certificate)
    (found,) = library.fetcher(attempts=1).run([ONE])
    assert (found.state, found.code) == (State.FAILED, "unreachable")
    assert "certificate" in str(found.reason)
    assert library.service.asked == []


@pytest.mark.parametrize("module", ["wgsearch.cli.app", "wgsearch.api.app", "wgsearch.index.build"])
def test_nothing_else_loads_what_connects(module: str) -> None:
    """Searching, serving and building cannot ask anybody: what would is not even there."""
    code = f"import sys, {module}; print(sorted({{'httpcore', 'httpx'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

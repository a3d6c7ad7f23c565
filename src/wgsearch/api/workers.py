"""
One address -> several processes that answer at it, watched until they are stopped.

Why a socket a process: Linux then shares new connections out evenly, where processes that
wait at one socket leave most to whoever wakes first. Why made here and not by the server: one
made without naming its protocol sends small answers 44 ms late, since nobody turns off the
wait for more to send. Why spawned: a fork after FAISS has used threads hangs.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import socket
import sys
import threading
from dataclasses import dataclass
from multiprocessing import connection
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

log = logging.getLogger(__name__)

_STOP_S = 10
_FAILED = 1


class Work(Protocol):
    """What a process does, importable by name: it answers at a socket until it is stopped."""

    def __call__(self, listener: socket.socket, ready: Callable[[], None]) -> None:
        """Answer; `ready` is called once everything is loaded."""


@dataclass(slots=True)
class _Worker:
    """A process at work, the socket it answers at, and whether it said that it is ready."""

    process: SpawnProcess
    listener: socket.socket
    told: Connection
    ready: bool = False


def listeners(host: str, port: int, count: int) -> list[socket.socket]:
    """
    Sockets at one address, one a process; they listen when their process does.

    Args:
        host: Address or name.
        port: Port; 0 for any that is free.
        count: How many.

    Raises:
        OSError: The address cannot be had.
    """
    family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    try:
        # Another server of ours would share a port with these: this one says that it is taken.
        with _socket(family) as probe:
            probe.bind(address)
            port = probe.getsockname()[1]
        made = [_socket(family) for _ in range(count if _shares_out() else 1)]
        for each in made:
            if _shares_out():
                each.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            each.bind((address[0], port, *address[2:]))
    except OSError as error:
        error.filename = f"{host}:{port}"
        raise
    return made if len(made) == count else made * count


def _shares_out() -> bool:
    """Whether the system shares connections out among sockets of one address."""
    return sys.platform == "linux"


def _socket(family: int) -> socket.socket:
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return made


def run(work: Work, sockets: list[socket.socket], started: Callable[[], None]) -> int:
    """
    Keep a process at work for each socket until the signal to stop comes.

    The first must be ready before the others begin: what is prepared once for this machine is
    then there. One that ends later is replaced.

    Args:
        work: What each does.
        sockets: Where.
        started: Called when all are ready.

    Returns:
        Exit status: 0 when stopped, that of a process which never got ready.
    """
    signal.signal(signal.SIGTERM, _interrupt)
    workers: list[_Worker] = []
    try:
        for listener in sockets:
            workers.append(_started(work, listener))
            if status := _status_unless_ready(workers[-1]):
                return status
        started()
        while True:
            for at in _ended(workers):
                if not workers[at].ready:
                    return workers[at].process.exitcode or _FAILED
                log.error("a worker ended (%s); another begins", workers[at].process.exitcode)
                workers[at] = _started(work, workers[at].listener)
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(workers)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _started(work: Work, listener: socket.socket) -> _Worker:
    """A new process for a socket."""
    context = multiprocessing.get_context("spawn")
    told, telling = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(work, listener, telling), daemon=True)
    process.start()
    telling.close()
    return _Worker(process=process, listener=listener, told=told)


def _work(work: Work, listener: socket.socket, telling: Connection) -> None:
    """In the process: do the work, and end when the one that watches it has ended."""
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()

    def ready() -> None:
        telling.send_bytes(b"ready")
        telling.close()

    work(listener, ready)


def _end_with_parent() -> None:
    """Stop as if told to, once nobody watches."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def _status_unless_ready(worker: _Worker) -> int:
    """Wait until a process is ready: 0, or what it ended with before."""
    try:
        worker.told.recv_bytes()
    except EOFError:
        worker.process.join()
        return worker.process.exitcode or _FAILED
    worker.ready = True
    return 0


def _ended(workers: list[_Worker]) -> Iterator[int]:
    """Wait until something happens; places of the processes that ended."""
    told = [each.told for each in workers if not each.ready]
    happened = connection.wait([*told, *(each.process.sentinel for each in workers)])
    for at, worker in enumerate(workers):
        if worker.told in happened:
            try:
                worker.told.recv_bytes()
            except EOFError:
                continue  # it ended: its sentinel says so, now or the next time
            worker.ready = True
        if worker.process.sentinel in happened:
            yield at


def _stop(workers: list[_Worker]) -> None:
    """Let all finish what they are answering, for some seconds."""
    for worker in workers:
        worker.process.terminate()
    for worker in workers:
        worker.process.join(_STOP_S)
        if worker.process.is_alive():
            worker.process.kill()

"""
shards -> done on the machines of a Ray cluster; the one module that knows Ray.

Why a shard is begun only where a worker is free for it: Ray would queue more, and a machine that
is lost would take those along that nobody had begun.
"""

from __future__ import annotations

import contextlib
import logging
import socket
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import ray
from ray import exceptions

from wgsearch.building.preparing import Outcome
from wgsearch.errors import PartGoneError, WgsearchError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wgsearch.building.address import Head
    from wgsearch.building.shards import Shard

# A shard whose worker is lost so often takes its workers down itself: too little memory, mostly.
_ATTEMPTS = 4
_CONNECT_S = 5.0
# So long without a shard done, all machines are counted again: some may have come.
_LOOK_S = 5.0
_LOST = (
    exceptions.WorkerCrashedError,
    exceptions.NodeDiedError,
    exceptions.ObjectLostError,
    exceptions.OutOfMemoryError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Begun:
    """A shard at work, and how often it was begun before."""

    shard: Shard
    before: int


class Nodes:
    """
    The machines of a cluster, of which this is one.

    Args:
        head: Where its head is.
        gpu_share: How much of a graphics card a worker that encodes takes, where the cluster has
            one.

    Raises:
        PartGoneError: Nothing answers there, or this machine is none of the cluster.
    """

    def __init__(self, head: Head, *, gpu_share: float = 1.0) -> None:
        self._head = head
        self._gpu_share = gpu_share

    def __enter__(self) -> Self:
        try:
            with socket.create_connection(self._head, _CONNECT_S):
                pass
            ray.init(
                address=str(self._head),
                namespace="wgsearch",
                log_to_driver=False,
                logging_level=logging.ERROR,
                configure_logging=False,
            )
        except (OSError, ValueError, RuntimeError) as error:
            raise PartGoneError(
                f"the Ray cluster at {str(self._head)!r} cannot be joined ({_first(error)}); start "
                "it with `ray start --head`, join this machine to it with `ray start "
                "--address=HOST:PORT`, and set RAY_AUTH_MODE and its token as there"
            ) from error
        return self

    def __exit__(self, *_: object) -> None:
        ray.shutdown()

    def run(self, shards: Sequence[Shard]) -> Iterator[Outcome]:
        """
        Do all, each on a machine that is free; one outcome a shard, as they are done.

        Raises:
            PartGoneError: A shard's worker was lost again and again.
            WgsearchError: What a shard raised.
        """
        waiting = deque(_Begun(shard=each, before=0) for each in shards)
        begun: dict[ray.ObjectRef[int], _Begun] = {}
        try:
            while waiting or begun:
                while waiting and len(begun) < self._free(waiting[0].shard):
                    each = waiting.popleft()
                    begun[self._begin(each.shard)] = each
                done, _ = ray.wait(list(begun), num_returns=1, timeout=_LOOK_S)
                for reference in done:
                    each = begun.pop(reference)
                    try:
                        made = ray.get(reference)
                    except _LOST as error:
                        waiting.append(self._again(each, error))
                    except exceptions.RayTaskError as error:
                        cause = error.cause
                        raise (cause if isinstance(cause, WgsearchError) else error) from error
                    else:
                        yield Outcome(shard=each.shard, made=made, again=each.before)
        finally:
            for reference in begun:
                with contextlib.suppress(exceptions.RayError):
                    ray.cancel(reference, force=True)

    def _begin(self, shard: Shard) -> ray.ObjectRef[int]:
        """Begin a shard; Ray itself does nothing again, so that it can be counted."""
        remote = ray.remote(_run).options(
            num_cpus=1,
            num_gpus=self._gpu_share if self._has_gpu(shard) else 0,
            max_retries=0,
            name=type(shard).__name__,
        )
        return remote.remote(shard)

    def _has_gpu(self, shard: Shard) -> bool:
        return shard.encodes and ray.cluster_resources().get("GPU", 0) >= self._gpu_share

    def _free(self, shard: Shard) -> int:
        """How many such shards may be at work at a time; one at least waits for a machine."""
        has = ray.cluster_resources()
        count = has.get("CPU", 0)
        if self._has_gpu(shard):
            count = min(count, has["GPU"] / self._gpu_share)
        return max(1, int(count))

    def _again(self, lost: _Begun, error: Exception) -> _Begun:
        """A shard to be begun again."""
        if lost.before + 1 == _ATTEMPTS:
            raise PartGoneError(
                f"a shard was begun {_ATTEMPTS} times, and its worker was lost each time "
                f"({_first(error)}); look at the memory of the machines, and run the command "
                "again: what is done is kept"
            ) from error
        return _Begun(shard=lost.shard, before=lost.before + 1)


def _run(shard: Shard) -> int:
    """On a worker."""
    return shard.run()


def _first(error: Exception) -> str:
    """The first line of what an error says."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]

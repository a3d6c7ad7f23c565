"""
Things by key -> those used last, as many as fit into so many bytes.

Why by bytes: answers differ in size by a hundred times, and memory is what runs out.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable

V = TypeVar("V")


class Recent(Generic[V]):
    """
    Keeps what was used last. Threads may share it; none waits for what another makes.

    Args:
        most_bytes: What all that is kept may take together; 0 keeps nothing.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[Hashable, tuple[V, int]] = OrderedDict()
        self._lock = threading.Lock()  # held while links are moved, never while anything is made

    def get(self, key: Hashable) -> V | None:
        """What is kept under a key; None where nothing is."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, value: V, size: int) -> None:
        """
        Keep something; what was not used for longest gives way.

        Args:
            key: What it is asked for by.
            value: What is kept.
            size: Its bytes; more than a tenth of all is not kept, it would drive out the rest.
        """
        if size > self._most_bytes // 10:
            return
        with self._lock:
            if before := self._kept.pop(key, None):
                self._bytes -= before[1]
            self._kept[key] = (value, size)
            self._bytes += size
            while self._bytes > self._most_bytes:
                _, (_, freed) = self._kept.popitem(last=False)
                self._bytes -= freed

    def clear(self) -> None:
        """Keep nothing of what there is."""
        with self._lock:
            self._kept.clear()
            self._bytes = 0

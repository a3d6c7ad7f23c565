"""
a process -> the same process without a network, and writing into one folder only.

Why by the kernel: files come from anywhere, and what one of them might make a library do is
then refused to C code too, at no cost for each call. Nothing here needs privileges; what a
system does not offer is left out, and the network is then refused to Python code at least.
"""

from __future__ import annotations

import ctypes
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# include/uapi/linux/sched.h
_NEW_USER = 0x10000000
_NEW_NET = 0x40000000
# include/uapi/linux/landlock.h; the numbers of the calls are the same on every architecture.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION_ONLY = 1
_PATH_BENEATH = 1
_WRITE_FILE = 1 << 1
# Write, remove, and make files, folders, links, sockets and devices of any kind.
_CHANGES = _WRITE_FILE | sum(1 << bit for bit in range(4, 13))
_TRUNCATE, _TRUNCATE_SINCE = 1 << 14, 3
_TCP, _TCP_SINCE = 0b11, 4
# include/uapi/linux/prctl.h
_NO_NEW_PRIVILEGES = 38


@dataclass(frozen=True, slots=True, kw_only=True)
class Isolation:
    """
    What a process was cut off from.

    Attributes:
        network: It has no network of its own: connecting fails in any code.
        disk: It writes below its folder and nowhere else, in any code.
    """

    network: bool
    disk: bool


class _Ruleset(ctypes.Structure):
    """`struct landlock_ruleset_attr`."""

    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    """`struct landlock_path_beneath_attr`."""

    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def isolate(folder: Path) -> Isolation:
    """
    Cut this process off, and all that it starts; there is no way back.

    To be called before the process has threads: a new namespace is refused to one that has.

    Args:
        folder: Where it may still write.
    """
    network = sys.platform == "linux" and _leave_network()
    if not network:
        sys.addaudithook(_refuse_sockets)
    return Isolation(network=network, disk=sys.platform == "linux" and _write_only_in(folder))


def _leave_network() -> bool:
    """An empty network of one's own; for those who are not root, within a user namespace."""
    libc = ctypes.CDLL(None, use_errno=True)
    return any(libc.unshare(flags) == 0 for flags in (_NEW_NET, _NEW_USER | _NEW_NET))


def _refuse_sockets(event: str, arguments: tuple[object, ...]) -> None:
    """What stands in where the kernel grants no network of one's own: Python code opens none."""
    if event == "socket.__new__":
        raise PermissionError(f"papers are read without a network (socket{arguments[1:]})")


def _write_only_in(folder: Path) -> bool:
    """A Landlock domain: files are changed below the folder only. False without Landlock."""
    call = ctypes.CDLL(None, use_errno=True).syscall
    version = call(_CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION_ONLY)
    if version < 1:
        return False
    changes = _CHANGES | (_TRUNCATE if version >= _TRUNCATE_SINCE else 0)
    rules = _Ruleset(files=changes, network=_TCP if version >= _TCP_SINCE else 0)
    size = ctypes.sizeof(rules) if version >= _TCP_SINCE else ctypes.sizeof(ctypes.c_uint64)
    ruleset = call(_CREATE_RULESET, ctypes.byref(rules), ctypes.c_size_t(size), 0)
    if ruleset < 0:
        return False
    try:
        # Programs that are started write what they have to say to nobody there.
        for path, allowed in ((folder, changes), (os.devnull, _WRITE_FILE)):
            where = os.open(path, os.O_PATH | os.O_CLOEXEC)
            try:
                rule = _Beneath(allowed=allowed, folder=where)
                if call(_ADD_RULE, ruleset, _PATH_BENEATH, ctypes.byref(rule), 0) != 0:
                    return False
            finally:
                os.close(where)
        quiet = bool(ctypes.CDLL(None).prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0)
        return quiet and bool(call(_RESTRICT_SELF, ruleset, 0) == 0)
    finally:
        os.close(ruleset)

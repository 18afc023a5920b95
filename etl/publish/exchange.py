"""Two things Linux can do and Python does not offer: two names change places in one step, a disk is made to keep.

In come paths; out comes whether it was done. Where the system or the file system cannot do it, nothing has changed and
the answer is False: what to do then is for the caller. Every other failure is an OSError.
"""

from __future__ import annotations

import ctypes
import errno
import os
from functools import cache
from pathlib import Path

_HERE = -100
"""AT_FDCWD: paths are taken from the current folder."""
_EXCHANGE = 2
"""RENAME_EXCHANGE of renameat2(2)."""
_CANNOT = frozenset({errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.EPERM})
"""How file systems, old kernels and sandboxes say that they do not know it."""


def exchange(one: Path, other: Path) -> bool:
    """Let two names that are both there change places; at no moment is one of them missing. False: cannot be done."""
    renameat2 = _of_libc("renameat2")
    if renameat2 is None:
        return False
    if renameat2(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(one), None, str(other))


def keep(folder: Path) -> None:
    """See everything that was written to the file system of a folder on its disk: names and bytes."""
    syncfs = _of_libc("syncfs")
    if syncfs is None:
        if hasattr(os, "sync"):
            os.sync()
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        if syncfs(descriptor) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(folder))
    finally:
        os.close(descriptor)


@cache
def _of_libc(name: str) -> ctypes._NamedFuncPointer | None:
    """A function of the C library; None where it has none of that name."""
    if os.name != "posix":
        return None
    return getattr(ctypes.CDLL(None, use_errno=True), name, None)

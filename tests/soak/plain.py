"""A Python program whose user is nobody special: `python -m tests.soak.plain ARGUMENTS OF PYTHON`.

Root may read and write whatever the permissions say. Here it may not: the program keeps its user, so that it finds its
libraries wherever they lie, and has lost what lets root pass (capabilities(7)), for itself and all that it starts.
"""

from __future__ import annotations

import ctypes
import os
import sys

PASSING = {"CAP_DAC_OVERRIDE": 1, "CAP_DAC_READ_SEARCH": 2, "CAP_FOWNER": 3}
DROP = 24
"""PR_CAPBSET_DROP of prctl(2): what a program that is started cannot have."""
VERSION = 0x20080522
"""_LINUX_CAPABILITY_VERSION_3: two times effective, permitted, inheritable."""
EFFECTIVE, INHERITABLE = 0, 2
"""Where the first half of a set stands."""


def be_plain() -> None:
    """Drop what lets root pass, from what this process starts; OSError where it may not, and is not plain already."""
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(VERSION, 0)
    sets = (ctypes.c_uint32 * 6)()
    failed = libc.capget(header, sets)
    passing = [number for number in PASSING.values() if sets[EFFECTIVE] & 1 << number]
    for number in passing:
        sets[INHERITABLE] &= ~(1 << number)
        failed |= libc.prctl(DROP, number, 0, 0, 0)
    failed |= libc.capset(header, sets)
    if failed:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


if __name__ == "__main__":
    if os.geteuid() == 0 and sys.platform == "linux":
        be_plain()
    os.execv(sys.executable, [sys.executable, *sys.argv[1:]])

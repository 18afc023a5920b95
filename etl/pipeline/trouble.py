"""What kept a run from its end, where somebody at the machine can do something about it. In: an exception. Out: a word.

Programs that a run starts, and some libraries, hand on the sentence of the system without its number.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

Trouble = Literal["", "full", "forbidden"]
"""Nothing that is known; no room on a disk; no permission."""

_BY_NUMBER: Mapping[int, Trouble] = MappingProxyType(
    {
        errno.ENOSPC: "full",
        errno.EDQUOT: "full",
        errno.EACCES: "forbidden",
        errno.EPERM: "forbidden",
        errno.EROFS: "forbidden",
    }
)


def trouble_of(problem: Exception) -> Trouble:
    """Why it went wrong; empty where it is neither of what is known."""
    if isinstance(problem, OSError) and problem.errno is not None and problem.errno in _BY_NUMBER:
        return _BY_NUMBER[problem.errno]
    said = str(problem)
    return next((trouble for number, trouble in _BY_NUMBER.items() if os.strerror(number) in said), "")

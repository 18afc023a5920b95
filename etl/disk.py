"""Names that survive a loss of power. In: folders. Out: nothing; what their names lead to is on the disk by then.

Bytes of a file are made to last through the file, its name through the folder. So whoever writes something that is
there to stay does so in this order: the bytes, the name, the folder, and then whatever speaks of it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path


def settle(folders: Iterable[Path]) -> None:
    """Make the names in folders survive, each folder once and in this order, where a folder can be opened."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    for folder in dict.fromkeys(folders):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

"""What was built takes its place: the earlier folder away, the new one in, the earlier one deleted.

In come folders that are complete, and the places they are to have; nothing else changes what the public sees. Until
the last moment the earlier site stands, and where anything fails it stands again. What a killed run left behind is
put right at the next. One run at a time.

    build/site   complete          site -> .site.earlier,  build/site -> site,  .site.earlier deleted
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


class AnotherRunError(Exception):
    """Somebody is publishing from the same folder at this moment."""


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Hold a jurisdiction folder for one run; the hold ends with the process, however that ends."""
    descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise AnotherRunError(str(root)) from problem
        yield
    finally:
        os.close(descriptor)


def recover(places: Iterable[Path]) -> None:
    """Put right what a run left that was killed while it swapped."""
    for place in places:
        earlier = _earlier(place)
        if not _is_there(earlier):
            continue
        if _is_there(place):
            remove(earlier)
        else:
            earlier.rename(place)


def swap(built: Mapping[Path, Path]) -> None:
    """Give every built folder its place. All of them get it, or none."""
    try:
        for place in built.values():
            if _is_there(place):
                place.rename(_earlier(place))
        for new, place in built.items():
            new.rename(place)
    except OSError:
        _undo(built)
        raise
    for place in built.values():
        _settle(place.parent)
        remove(_earlier(place))


def remove(path: Path) -> None:
    """Delete a folder with all that is in it; a link is deleted, and not what it leads to."""
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)


def _undo(built: Mapping[Path, Path]) -> None:
    for new, place in built.items():
        if _is_there(place) and not _is_there(new):
            place.rename(new)
        if _is_there(_earlier(place)) and not _is_there(place):
            _earlier(place).rename(place)


def _earlier(place: Path) -> Path:
    return place.with_name(f".{place.name}.earlier")


def _is_there(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def _settle(folder: Path) -> None:
    """Make the names in a folder survive a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

"""What was built takes its place: the new folder and the earlier one change places, and the earlier one is deleted.

In come folders that are complete, and the places they are to have; nothing else changes what the public sees. Until
the last moment the earlier site stands, and where anything fails it stands again. Whoever reads the site meanwhile
finds every page at every moment, the earlier or the new one: Linux lets two folders change places in one step. Where
system or file system cannot, there is an instant without a folder, and what a run left that was killed in it is put
right at the next.

    one step     build/…/site <-> site;  what is now at build/…/site is deleted
    two steps    site -> .site.earlier,  build/…/site -> site,  .site.earlier deleted
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from etl.disk import settle
from etl.publish.exchange import exchange, keep


def recover(places: Iterable[Path]) -> None:
    """Put right what a run left that was killed between its two steps."""
    for place in places:
        earlier = _earlier(place)
        if not _is_there(earlier):
            continue
        if _is_there(place):
            _delete(earlier)
        else:
            earlier.rename(place)


def swap(built: Mapping[Path, Path]) -> None:
    """Give every built folder its place. All of them get it, or none."""
    for new in built:
        if not new.is_dir():
            raise FileNotFoundError(str(new))
    for folder in {new.parent for new in built}:
        keep(folder)  # a name on the disk must not lead to bytes that are not yet there
    done: list[tuple[Path, Path]] = []
    try:
        for new, place in built.items():
            _change(new, place)
            done.append((new, place))
    except OSError:
        for new, place in reversed(done):
            _change_back(new, place)
        raise
    settle(folder for new, place in built.items() for folder in (place.parent, new.parent))
    for new, place in built.items():
        _delete(new)
        _delete(_earlier(place))


def _delete(path: Path) -> None:
    """Delete a folder with all that is in it; a link is deleted, and not what it leads to.

    The new site stands by now: what cannot be deleted is no failure.
    """
    if path.is_symlink() or path.is_file():
        path.unlink(missing_ok=True)
    else:
        shutil.rmtree(path, ignore_errors=True)


def _change(new: Path, place: Path) -> None:
    """One folder takes its place; what was there lies where it came from, or beside it. Or nothing has happened."""
    if not _is_there(place):
        new.rename(place)
        return
    if exchange(new, place):
        return
    place.rename(_earlier(place))
    try:
        new.rename(place)
    except OSError:
        _earlier(place).rename(place)
        raise


def _change_back(new: Path, place: Path) -> None:
    if _is_there(new):
        exchange(new, place)
    else:
        place.rename(new)
        if _is_there(_earlier(place)):
            _earlier(place).rename(place)


def _earlier(place: Path) -> Path:
    return place.with_name(f".{place.name}.earlier")


def _is_there(path: Path) -> bool:
    return path.exists() or path.is_symlink()

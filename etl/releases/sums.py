"""Hashes of many files as one: of `data/`, and of the declarations a program came with.

The hash of `data/` is that of its SHA256SUMS without what tells of releases itself: `releases.*` in `data/`, and
earlier versions of datasets. So it can be worked out with `grep` and `sha256sum`, and the log may lie beside its data.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

SUMS = "SHA256SUMS"

_ABOUT_RELEASES = re.compile(r"releases\.[a-z]+|[^/]+/versions/.+")
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def is_about_releases(path: str) -> bool:
    """Whether a file under `data/` is left out of its hash.

    >>> is_about_releases("releases.csv"), is_about_releases("revenue/versions/2/revenue.csv")
    (True, True)
    >>> is_about_releases("revenue/revenue.csv"), is_about_releases("revenue/releases.csv")
    (False, False)
    """
    return _ABOUT_RELEASES.fullmatch(path) is not None


def read_sums(text: str) -> dict[str, str]:
    """Hash by path; ValueError, saying which, for a line that is none."""
    found: dict[str, str] = {}
    for number, line in enumerate(text.split("\n")[:-1], start=1):
        said = _LINE.fullmatch(line)
        if said is None or said[2] in found:
            raise ValueError(f"{SUMS}, line {number}")
        found[said[2]] = said[1]
    return found


def hash_of_data(sums: dict[str, str]) -> str:
    """The one hash of `data/`."""
    lines = (f"{sums[path]}  {path}\n" for path in sorted(sums) if not is_about_releases(path))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def hash_of_folder(folder: Path) -> str:
    """The one hash of every file below a folder."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*"), key=lambda each: each.relative_to(folder).as_posix()):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            digest.update(f"{hash_of_file(path)}  {name}\n".encode())
    return digest.hexdigest()


def hash_of_file(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

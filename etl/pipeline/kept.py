"""Work that was done before and need not be done again, in `build/kept/`.

In comes what a piece of work depends on, each part as text; out come the bytes that came of it, or None. An entry bears
the hash of everything it depends on (the file, the declarations, the program, its libraries) as its name, and the hash
of its own bytes at its end: one that fits no longer is not found, and one that was damaged is not used. Entries are
written beside their place and take it in one step. What a publish did not use is deleted when it ends.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from etl.layout import PROGRAM, Layout

_PACKAGE = Path(__file__).resolve().parents[1]
_DIGEST = hashlib.sha256
_SIZE = _DIGEST().digest_size


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept in one folder, for one state of the program and of the declarations."""

    folder: Path
    depends: str
    """Hash of what every entry depends on."""
    used: set[str] = field(default_factory=set)

    def key(self, kind: str, *parts: object) -> str:
        """The name of an entry: `kind` is the work, `parts` whatever else it depends on."""
        return _DIGEST(json.dumps([self.depends, kind, *map(str, parts)]).encode()).hexdigest()

    def get(self, key: str) -> bytes | None:
        """The bytes of an entry; None where there is none, or none that is sound."""
        try:
            content = self._place(key).read_bytes()
        except OSError:
            return None
        body, digest = content[:-_SIZE], content[-_SIZE:]
        if digest != _seal(key, body):
            return None
        self.used.add(key)
        return body

    def put(self, key: str, body: bytes) -> None:
        """Keep the bytes of an entry."""
        self.used.add(key)
        place = self._place(key)
        place.parent.mkdir(parents=True, exist_ok=True)
        write_whole(place, body + _seal(key, body))

    def sweep(self) -> None:
        """Delete what was not used."""
        for path in self.folder.glob("*/*"):
            if path.name not in self.used:
                path.unlink(missing_ok=True)

    def _place(self, key: str) -> Path:
        return self.folder / key[:2] / key


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that is there whole or not at all."""
    descriptor, part = tempfile.mkstemp(prefix=".", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
        Path(part).replace(path)
    except OSError:
        Path(part).unlink(missing_ok=True)
        raise


def declarations(layout: Layout) -> str:
    """Hash of what is declared and concerns the reading of any file: all of `schemas/`, the county, the register."""
    return hash_of_files([*files_in(layout.schemas), layout.jurisdiction, layout.departments], layout)


@cache
def program() -> str:
    """Hash of this program as it was started, of its Python, and of the libraries that are installed."""
    libraries = sorted(
        entry.name
        for folder in sys.path
        if Path(folder).is_dir()
        for entry in os.scandir(folder or ".")
        if entry.name.endswith((".dist-info", ".egg-info"))
    )
    return _DIGEST(json.dumps([code(), platform.python_version(), sys.platform, libraries]).encode()).hexdigest()


def code() -> str:
    """Hash of this program alone: the same wherever the same of it is installed."""
    return hash_of_files(path for path in files_in(_PACKAGE) if path.suffix in (".py", ".sql"))


def files_in(folder: Path) -> Iterator[Path]:
    """Every file at any depth, in the order of their paths."""
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(files):
            yield Path(here, name)


def hash_of_files(paths: Iterable[Path], layout: Layout | None = None) -> str:
    """Hash of names and bytes; a file that is not there counts as such. Where county and program lie says nothing."""
    digest = _DIGEST()
    roots = (*([layout.root] if layout else ()), PROGRAM)
    for path in paths:
        content = path.read_bytes() if path.is_file() else None
        found = "absent" if content is None else _DIGEST(content).hexdigest()
        root = next((root for root in roots if path.is_relative_to(root)), None)
        digest.update(json.dumps([str(path.relative_to(root) if root else path), found]).encode())
    return digest.hexdigest()


def _seal(key: str, body: bytes) -> bytes:
    return _DIGEST(key.encode() + body).digest()

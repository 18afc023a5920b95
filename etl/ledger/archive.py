"""Every file ever received, byte for byte, under the hash of its bytes: `archive/<sha256[:2]>/<sha256><ext>`.

In come arrivals; out come paths of copies whose bytes are those of their name. A copy is written beside its place and
takes it in one step once it is whole and on the disk: a kill or a full disk leaves no half copy under a name. What a
kill left beside a place is deleted by the next run; names are on the disk once `settle` was asked for them.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from etl.disk import settle
from etl.ledger.inbox import CHUNK, Arrival, hash_of, open_plain

_EXTENSION_LENGTH = 9
"""Longest extension kept, dot included; what is longer is a part of the name that happens to follow a dot."""

_PART = ".part"


@dataclass(frozen=True, slots=True)
class Archive:
    """The folder of copies; made with the first of them."""

    folder: Path

    def find(self, sha256: str) -> tuple[Path | None, bool]:
        """The copy of some bytes, whatever name they came under; and whether there is one that is damaged."""
        folder = self.folder / sha256[:2]
        copies = sorted(copy for copy in _below(folder) if copy.name.startswith(sha256))
        sound = next((copy for copy in copies if _is_sound(copy, sha256)), None)
        return sound, sound is None and bool(copies)

    def keep(self, arrival: Arrival) -> Path | None:
        """Copy a file into the archive; None where its bytes are no longer those that were read before."""
        folder = self.folder / arrival.sha256[:2]
        folder.mkdir(parents=True, exist_ok=True)
        kept = folder / f"{arrival.sha256}{_extension(arrival.file)}"
        part = folder / f".{arrival.sha256}{_PART}"
        try:
            with part.open("wb") as target:
                target.writelines(_chunks(arrival.path))
                target.flush()
                os.fsync(target.fileno())
            if not _is_sound(part, arrival.sha256):
                return None
            part.replace(kept)
        finally:
            part.unlink(missing_ok=True)
        return kept

    def settle(self, copies: Iterable[Path]) -> None:
        """See the names of some copies on the disk, and those of all folders that lead there."""
        folders = {copy.parent for copy in copies}
        if folders:
            settle((*sorted(folders), self.folder, self.folder.parent))

    def tidy(self) -> None:
        """Delete what is left of a copy that was being written when a run was killed."""
        for part in self.folder.glob(f"*/.*{_PART}"):
            part.unlink(missing_ok=True)

    def holds(self, sha256: str, size: int) -> bool:
        """Whether there is a sound copy of that size."""
        copy, _ = self.find(sha256)
        return copy is not None and copy.stat().st_size == size


def _chunks(path: Path) -> Iterator[bytes]:
    """The bytes of a file of the inbox, as far as they can be read: whether they are all is for the hash to say."""
    with contextlib.suppress(OSError), open_plain(path) as source:
        while chunk := source.read(CHUNK):
            yield chunk


def _below(folder: Path) -> Iterator[Path]:
    return folder.iterdir() if folder.is_dir() else iter(())


def _is_sound(copy: Path, sha256: str) -> bool:
    try:
        with open_plain(copy) as stream:
            return hash_of(stream)[0] == sha256
    except OSError:
        return False


def _extension(file: str) -> str:
    suffix = PurePosixPath(file).suffix.lower()
    return suffix if suffix[1:].isascii() and suffix[1:].isalnum() and len(suffix) <= _EXTENSION_LENGTH else ""

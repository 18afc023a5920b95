"""ZIP files whose bytes follow from what is in them. In: names and bytes. Out: a file.

Names in order, one constant time, plain permissions, no trace of the machine. Made with zlib as Python has it: another
zlib may pack the same bytes otherwise.
"""

from __future__ import annotations

import gzip
import hashlib
import zipfile
from collections.abc import Mapping
from pathlib import Path

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment a ZIP file knows."""
SUMS = "SHA256SUMS"
_PERMISSIONS = 0o100644 << 16
_UNIX = 3
_LEVEL = 6


def write_zip(path: Path, members: Mapping[str, bytes]) -> None:
    """Write a ZIP of these files, with the checksums of all of them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for name, content in sorted({**members, SUMS: checksums(members)}.items()):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system, entry.external_attr, entry.compress_type = _UNIX, _PERMISSIONS, zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)


def checksums(members: Mapping[str, bytes]) -> bytes:
    """What `sha256sum --check` reads."""
    lines = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(members.items()))
    return "".join(lines).encode()


def gzipped(content: bytes) -> bytes:
    """The same bytes, compressed, without a name and without a time."""
    return gzip.compress(content, compresslevel=_LEVEL, mtime=0)

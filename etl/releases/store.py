"""What is kept beside the log, by the hash of its bytes: declarations, what stood, what changed.

    datasets/releases/log.jsonl           etl.releases.book
    datasets/releases/00001.jsonl.gz      everything that release 1 was the first to need
    datasets/releases/00002.jsonl.gz      only what was not kept before

A pack is lines of JSON, `[sha256, text]`, compressed; bytes that are no text stand in base64, `[sha256, text, true]`.
Its own hash, of the lines and not of how they were compressed, stands in the log.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from etl.disk import settle
from etl.releases.book import Line, ReleasesDamagedError

ENDING = ".jsonl.gz"


def pack_name(number: int) -> str:
    return f"{number:05d}{ENDING}"


@dataclass(slots=True)
class Store:
    """Everything that is kept, and what a new release adds to it."""

    kept: dict[str, bytes] = field(default_factory=dict)
    """Lines of packs, by hash; taken apart when they are asked for."""
    new: dict[str, bytes] = field(default_factory=dict)
    """Contents."""

    def put(self, content: bytes) -> str:
        """Keep some bytes; the hash by which they are found again."""
        sha256 = hashlib.sha256(content).hexdigest()
        if sha256 not in self.kept:
            self.new.setdefault(sha256, content)
        return sha256

    def put_json(self, value: object) -> str:
        return self.put(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())

    def get(self, sha256: str) -> bytes:
        """ReleasesDamagedError where they are not kept."""
        if sha256 in self.new:
            return self.new[sha256]
        content = _content(self.kept[sha256]) if sha256 in self.kept else None
        if content is None or hashlib.sha256(content).hexdigest() != sha256:
            raise ReleasesDamagedError(f"releases: {sha256} is not kept")
        return content

    def get_json(self, sha256: str) -> dict[str, object]:
        value = json.loads(self.get(sha256))
        if not isinstance(value, dict):
            raise ReleasesDamagedError(f"releases: {sha256} is no list of ours")
        return value

    @property
    def pack(self) -> bytes:
        """What is new, as lines."""
        return b"".join(_line(sha256, content) for sha256, content in sorted(self.new.items()))

    @property
    def pack_sha256(self) -> str:
        return hashlib.sha256(self.pack).hexdigest()


def read_store(folder: Path, lines: Sequence[Line]) -> Store:
    """What every release of the log keeps; ReleasesDamagedError, naming the pack that is not as it was written."""
    store = Store()
    for line in lines:
        store.kept.update(read_pack(folder / pack_name(line.release), line.pack))
    return store


def read_pack(path: Path, sha256: str) -> Mapping[str, bytes]:
    """The lines of one pack by hash; ReleasesDamagedError where it is not the one of that hash."""
    try:
        content = gzip.decompress(path.read_bytes())
    except (OSError, EOFError, zlib.error) as problem:
        raise ReleasesDamagedError(f"{path.name}: cannot be read") from problem
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ReleasesDamagedError(f"{path.name}: not what the log says")
    return {line[2:66].decode("ascii", "replace"): line for line in content.split(b"\n")[:-1]}


def write_pack(path: Path, pack: bytes) -> None:
    """Write a pack in one step, and see it on the disk under its name: the log is about to speak of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as stream:
            stream.write(gzip.compress(pack, mtime=0))
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    settle((path.parent, path.parent.parent))


def _line(sha256: str, content: bytes) -> bytes:
    try:
        said: list[object] = [sha256, content.decode()]
    except UnicodeDecodeError:
        said = [sha256, base64.b64encode(content).decode(), True]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _content(line: bytes) -> bytes:
    _, text, *is_binary = json.loads(line)
    return base64.b64decode(text) if is_binary else text.encode()

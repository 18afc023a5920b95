"""Mistakes in the bytes of a file."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.mistakes.county import NO_BYTES, Paper
from tests.mistakes.planting import Plant
from tests.workbooks import repacked

__all__ = ["NO_BYTES"]

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def bytes_of(make: Callable[[bytes, Random], bytes], *containers: str) -> Plant:
    """Other bytes under the same name."""

    def plant(paper: Paper, rng: Random) -> bool:
        found = [file for file in paper.files if (not containers or file.container in containers) and not paper.stacked]
        if not found:
            return False
        file = rng.choice(found)
        data = file.content()
        file.data = make(data, rng)
        return file.data != data

    return plant


def cut_off(data: bytes, rng: Random) -> bytes:
    return data[: rng.randint(len(data) // 10, len(data) * 9 // 10)]


def flipped(data: bytes, rng: Random) -> bytes:
    """A stretch in the middle that was overwritten."""
    at = rng.randint(len(data) // 4, len(data) // 2)
    return data[:at] + bytes(rng.randrange(256) for _ in range(400)) + data[at + 400 :]


def picture(_: bytes, rng: Random) -> bytes:
    return b"%PDF-1.7\n" + bytes(rng.randrange(256) for _ in range(300)) + b"\n%%EOF"


def blank(_: bytes, rng: Random) -> bytes:
    return rng.choice((b" ", b"\r\n", b"\xef\xbb\xbf")) * rng.randint(1, 3)


def with_macros(data: bytes, rng: Random) -> bytes:
    return repacked(data, {"xl/vbaProject.bin": _OLE + bytes(rng.randrange(256) for _ in range(600))})


def with_links(data: bytes, _: Random) -> bytes:
    part = (
        '<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><externalBook/></externalLink>'
    )
    return repacked(data, {"xl/externalLinks/externalLink1.xml": part.encode()})


def of_no_encoding(data: bytes, rng: Random) -> bytes:
    at = rng.randint(3, len(data) - 1)
    return data[:at] + b"\xff\xff\xfe\x81" + data[at:]


def quote_lost(data: bytes, rng: Random) -> bytes:
    """A quotation mark that opens a cell and is never closed."""
    places = [at for at in range(len(data) // 2, len(data) - 3) if data[at : at + 1] == b","]
    at = rng.choice(places)
    return data[: at + 1] + b'"' + data[at + 1 :]


def renamed(extension: str, *containers: str) -> Plant:
    """A name that says another format."""

    def plant(paper: Paper, rng: Random) -> bool:
        found = [file for file in paper.files if file.container in containers]
        if not found:
            return False
        file = rng.choice(found)
        file.path = file.path.rpartition(".")[0] + extension
        return True

    return plant

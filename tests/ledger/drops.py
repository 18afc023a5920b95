"""A county's folder with files dropped into its inbox, and what is told of them."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from etl.finding import Finding
from etl.layout import Layout
from etl.table import Receipt

DAY = date(2024, 3, 1)
LATER = date(2024, 9, 9)
NOBODY = 65534


def drop(root: Path, files: dict[str, bytes]) -> Layout:
    layout = Layout(root)
    for name, content in files.items():
        path = layout.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return layout


def told(receipts: tuple[Receipt, ...]) -> list[tuple[str, str, bool]]:
    return [(receipt.file, receipt.received_on, receipt.duplicate) for receipt in receipts]


def said(findings: list[Finding]) -> list[tuple[str, str, str, str]]:
    return [(one.severity, one.code, one.values.get("situation", ""), one.values["file"]) for one in findings]


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def line(content: bytes, name: str, day: str = "2024-03-01") -> str:
    return f"{day},{sha(content)},{name},{len(content)}\n"


@contextmanager
def nobody() -> Iterator[None]:
    """Without the rights of root, who may read and write everything."""
    if os.geteuid():
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@contextmanager
def unwritable(folder: Path) -> Iterator[None]:
    """A folder in which nobody may write."""
    places = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
    for place in places:
        place.chmod(0o555)
    try:
        with nobody():
            yield
    finally:
        for place in places:
            place.chmod(0o755)


@contextmanager
def public() -> Iterator[Path]:
    """A folder that everybody may reach and write to; those that pytest makes are root's alone."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        yield Path(name)

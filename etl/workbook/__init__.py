"""Bytes of a file -> its sheets of addressed cells, and what is wrong with the file as a file.

    bytes -> sniff -> zipped (xlsx) or binary (xls) -> Workbook

The reader goes by the first bytes and never by the extension. Nothing is dropped or changed: a cell that cannot be
given its value becomes a finding with its address.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from etl.finding import Finding, error, warning
from etl.table import Workbook
from etl.workbook import binary, ole, safety, zipped

__all__ = ["read"]

EXTENSIONS = {
    "xlsx": frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".et"}),
    "xls": frozenset({".xls", ".xlt", ".et"}),
}
"""Extensions that fit a format. WPS saves its `.et` in either."""

PICTURES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"RIFF")
"""First bytes of what a scanner or a printer driver gives: PDF, PNG, JPEG, GIF, TIFF, BMP, WEBP."""


def read(data: bytes, name: str) -> tuple[Workbook | None, list[Finding]]:
    """The workbook in some bytes; None where it was not read, and then an error says why."""
    if len(data) > safety.MAX_FILE_BYTES:
        return None, [safety.too_large("default", len(data), safety.MAX_FILE_BYTES)]
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf"):
        return None, [error("file-empty")]
    if data.startswith(b"PK"):
        workbook, findings = _read_zip(data)
    elif data.startswith(ole.MAGIC):
        workbook, findings = binary.read(data)
    else:
        return None, [_unreadable_by_look(data)]
    if workbook is None:
        return None, findings
    if not any(sheet.rows for sheet in workbook.sheets) and not any(
        finding.severity == "error" for finding in findings
    ):
        return None, [error("file-empty"), *findings]
    return workbook, [*_type_mismatch(name, workbook.format), *findings]


def _read_zip(data: bytes) -> tuple[Workbook | None, list[Finding]]:
    package = safety.open_package(data)
    if isinstance(package, Finding):
        return None, [package]
    if not zipped.is_workbook(package):
        return None, [_unreadable_zip(package)]
    return zipped.read(package)


def _type_mismatch(name: str, found: str) -> list[Finding]:
    """A name without extension claims nothing."""
    stated = PurePosixPath(name).suffix.lower()
    if not stated or stated in EXTENSIONS[found]:
        return []
    return [warning("file-type-mismatch", values={"stated": stated, "computed": f".{found}"})]


def _unreadable_zip(package: safety.Package) -> Finding:
    """A zip that is no xlsx: what it is, as far as its parts tell."""
    if "OFD.xml" in package.parts:
        return error("file-unreadable", values={"situation": "picture"})
    if "content.xml" in package.parts:
        return error("file-unreadable", values={"text": "ODS"})
    if "xl/workbook.bin" in package.parts:
        return error("file-unreadable", values={"text": "XLSB"})
    return error("file-unreadable", values={"text": "ZIP"})


def _unreadable_by_look(data: bytes) -> Finding:
    """Bytes that are neither zip nor OLE: what they look like."""
    if data.startswith(PICTURES):
        return error("file-unreadable", values={"situation": "picture"})
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<html" in head or b"<table" in head or head.startswith(b"mime-version"):
        return error("file-unreadable", values={"text": "HTML"})
    if head.startswith(b"<?xml"):
        return error("file-unreadable", values={"text": "XML"})
    return error("file-unreadable")

"""Bytes of a file -> its sheets of addressed cells, and what is wrong with the file as a file.

    bytes -> sniff -> zipped (xlsx), binary (xls) or plain (csv, html, xml) -> Workbook

The reader goes by the first bytes and never by the extension. Nothing is dropped or changed: a cell that cannot be
given its value becomes a finding with its address.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from etl.finding import Finding, error, warning
from etl.table import Workbook
from etl.workbook import binary, ole, plain, safety, zipped

__all__ = ["read"]

EXTENSIONS = {
    "xlsx": frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".et"}),
    "xls": frozenset({".xls", ".xlt", ".et"}),
    "xlsb": frozenset({".xlsb"}),
    "ods": frozenset({".ods", ".ots"}),
    "csv": frozenset({".csv", ".tsv", ".tab", ".txt"}),
    "html": frozenset({".htm", ".html", ".mht", ".mhtml"}),
    "xml": frozenset({".xml"}),
}
"""Extensions that fit a format. WPS saves its `.et` in either."""
DOCUMENTS = frozenset({"word/document.xml", "ppt/presentation.xml"})
"""Parts by which a zip shows itself as a text or as slides."""

SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".tsv")


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
        workbook, findings = plain.read(data)
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
    if package.names & DOCUMENTS:
        return error("file-unreadable", values={"situation": "document"})
    if any(name.lower().endswith(SPREADSHEETS) for name in package.names):
        return error("file-unreadable", values={"situation": "archive"})
    return error("file-unreadable", values={"text": "ZIP"})

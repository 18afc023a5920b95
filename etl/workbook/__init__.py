"""Bytes of a file -> its sheets of addressed cells, and what is wrong with the file as a file.

    bytes -> sniff -> safety (zip) or ole -> cells (calamine) -> ooxml (what calamine keeps back) -> Workbook

The reader goes by the first bytes and never by the extension. Nothing is dropped or changed: a cell that cannot be
given its value becomes a finding with its address.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from etl.finding import Finding, error, warning
from etl.table import Sheet, Workbook
from etl.workbook import cells, ole, ooxml, safety
from etl.workbook.sheet_xml import BadXmlError

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
        workbook, findings = _read_ole(data)
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
    if "xl/workbook.xml" not in package.parts:
        return None, [_unreadable_zip(package)]
    try:
        parts = ooxml.sheet_parts(package.parts)
        far = ooxml.far_cell(package.parts, parts)
        if far is not None:
            return None, [far]
        extras = {sheet: ooxml.second_pass(part, sheet) for sheet, part in parts.items()}
    except BadXmlError:
        return None, [error("file-unreadable", values={"situation": "damaged"})]
    sheets = cells.read(data)
    if isinstance(sheets, Finding):
        return None, [sheets]
    findings = [*_macros(package.names), *_external_links(package.names, extras)]
    full = []
    for sheet in sheets:
        extra = extras.get(sheet.name, ooxml.NOTHING)
        findings.extend(extra.findings)
        full.append(_with_hidden(sheet, extra))
    return Workbook("xlsx", tuple(full)), findings


def _with_hidden(sheet: Sheet, extra: ooxml.Extras) -> Sheet:
    """The sheet with its hidden rows and columns; formats often run to the end of the sheet, cells do not."""
    height, width = len(sheet.rows), max(map(len, sheet.rows), default=0)
    rows = frozenset(row for row in extra.hidden_rows if row < height)
    columns = frozenset(c for first, last in extra.hidden_columns for c in range(first, min(last + 1, width)))
    return replace(sheet, hidden_rows=rows, hidden_columns=columns) if rows or columns else sheet


def _read_ole(data: bytes) -> tuple[Workbook | None, list[Finding]]:
    names = ole.entry_names(data)
    if names is None:
        return None, [error("file-unreadable", values={"situation": "damaged"})]
    if names & {"EncryptionInfo", "EncryptedPackage"}:
        return None, [error("file-encrypted")]
    if not names & {"Workbook", "Book"}:
        return None, [error("file-unreadable")]
    sheets = cells.read(data)
    if isinstance(sheets, Finding):
        return None, [sheets]
    return Workbook("xls", sheets), _macros(names)


def _macros(names: frozenset[str]) -> list[Finding]:
    """Names are those of the parts of a zip or of the streams of an OLE file."""
    known = ("vbaProject.bin", "_VBA_PROJECT_CUR", "_VBA_PROJECT")
    has_macros = any(name.endswith(known) or name.startswith("xl/macrosheets/") for name in names)
    return [warning("file-has-macros")] if has_macros else []


def _external_links(names: frozenset[str], extras: dict[str, ooxml.Extras]) -> list[Finding]:
    """One finding a sheet with formulas that refer to other files; one for the file where no cell does any longer."""
    if not any(name.startswith("xl/externalLinks/") for name in names):
        return []
    linked = [extra.linked for extra in extras.values() if extra.linked is not None]
    return [warning("file-has-external-links", location) for location in linked] or [warning("file-has-external-links")]


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

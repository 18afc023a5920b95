"""The parts of a zip -> the workbook in them, and what is wrong with it: xlsx, xlsb and ods.

xlsx, xlsb  safety -> ooxml or xlsb (what calamine keeps back) -> cells (calamine) -> complete -> Workbook
ods         safety -> ods -> complete -> Workbook
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from etl.finding import Finding, error, warning
from etl.table import Workbook
from etl.workbook import cells, ods, ooxml, safety, xlsb
from etl.workbook.complete import NOTHING, Extras, complete
from etl.workbook.sheet_xml import BadXmlError

_WORKBOOKS = ("xl/workbook.xml", xlsb.WORKBOOK)
_MACROS = "vbaProject.bin"
_MACRO_FOLDERS = ("xl/macrosheets/", "Basic/", "Scripts/")


def is_workbook(package: safety.Package) -> bool:
    """Whether the parts are those of a workbook that has a reader here."""
    return any(name in package.parts for name in _WORKBOOKS) or ods.is_spreadsheet(package.parts)


def read(package: safety.Package) -> tuple[Workbook | None, list[Finding]]:
    """The workbook in the parts of a zip; None where an error says why not."""
    if _WORKBOOKS[0] in package.parts:
        return _read_xlsx(package)
    return _read_xlsb(package) if xlsb.WORKBOOK in package.parts else _read_ods(package)


def _read_xlsx(package: safety.Package) -> tuple[Workbook | None, list[Finding]]:
    try:
        ooxml.refuse_document_types(package.parts)
        book = ooxml.read_book(package.parts)
        if book.strings > safety.MAX_STRINGS:
            return None, [safety.too_large("inflated")]
        far = ooxml.far_cell(package.parts, book.sheets)
        if far is not None:
            return None, [far]
        extras = {name: ooxml.second_pass(part, name, book.styles) for name, part in book.sheets.items()}
        seen = safety.pack(ooxml.for_reader(package.parts))
    except BadXmlError:
        return None, [error("file-unreadable", values={"situation": "damaged"})]
    sheets = cells.read(seen)
    if isinstance(sheets, Finding):
        return None, [sheets]
    found = [extras.get(sheet.name, NOTHING) for sheet in sheets]
    if not book.recalculates:
        found = [replace(extra, fillers={}) if extra.fillers else extra for extra in found]
    full, about_cells = complete(sheets, found)
    return Workbook("xlsx", full), [*_macros(package.names), *_external_links(package.names, found), *about_cells]


def _read_xlsb(package: safety.Package) -> tuple[Workbook | None, list[Finding]]:
    try:
        ooxml.refuse_document_types(package.parts)
        found = xlsb.read(package.parts)
    except BadXmlError:
        return None, [error("file-unreadable", values={"situation": "damaged"})]
    if isinstance(found, Finding):
        return None, [found]
    sheets = cells.read(safety.pack(xlsb.for_reader(package.parts)))
    if isinstance(sheets, Finding):
        return None, [sheets]
    nothing = xlsb.Found((), NOTHING)
    extras = [found.get(sheet.name, nothing).extras for sheet in sheets]
    merged = [replace(sheet, merges=found.get(sheet.name, nothing).merges) for sheet in sheets]
    full, about_cells = complete(merged, extras)
    return Workbook("xlsb", full), [*_macros(package.names), *_external_links(package.names, extras), *about_cells]


def _read_ods(package: safety.Package) -> tuple[Workbook | None, list[Finding]]:
    if ods.is_encrypted(package.parts):
        return None, [error("file-encrypted")]
    try:
        document = ods.read(package.parts)
    except BadXmlError:
        return None, [error("file-unreadable", values={"situation": "damaged"})]
    if isinstance(document, Finding):
        return None, [document]
    sheets, about_cells = complete(document.sheets, document.extras)
    linked = [extra.linked for extra in document.extras if extra.linked is not None]
    links = [warning("file-has-external-links", location) for location in linked]
    return Workbook("ods", sheets), [*_macros(package.names), *links, *about_cells]


def _macros(names: frozenset[str]) -> list[Finding]:
    has_macros = any(name.endswith(_MACROS) or name.startswith(_MACRO_FOLDERS) for name in names)
    return [warning("file-has-macros")] if has_macros else []


def _external_links(names: frozenset[str], extras: Iterable[Extras]) -> list[Finding]:
    """One finding a sheet with formulas that refer to other files; one for the file where no cell does any longer."""
    if not any(name.startswith("xl/externalLinks/") for name in names):
        return []
    linked = [extra.linked for extra in extras if extra.linked is not None]
    return [warning("file-has-external-links", location) for location in linked] or [warning("file-has-external-links")]

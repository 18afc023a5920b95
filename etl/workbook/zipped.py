"""The parts of a zip -> the workbook in them, and what is wrong with it.

safety -> ooxml (what calamine keeps back) -> cells (calamine) -> Workbook
"""

from __future__ import annotations

from dataclasses import replace

from etl.finding import Finding, error, warning
from etl.table import Sheet, Workbook
from etl.workbook import cells, ooxml, safety
from etl.workbook.sheet_xml import BadXmlError

_MACROS = "vbaProject.bin"


def is_workbook(package: safety.Package) -> bool:
    """Whether the parts are those of a workbook that has a reader here."""
    return "xl/workbook.xml" in package.parts


def read(data: bytes, package: safety.Package) -> tuple[Workbook | None, list[Finding]]:
    """The workbook in the parts of a zip (given with its bytes); None where an error says why not."""
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


def _macros(names: frozenset[str]) -> list[Finding]:
    has_macros = any(name.endswith(_MACROS) or name.startswith("xl/macrosheets/") for name in names)
    return [warning("file-has-macros")] if has_macros else []


def _external_links(names: frozenset[str], extras: dict[str, ooxml.Extras]) -> list[Finding]:
    """One finding a sheet with formulas that refer to other files; one for the file where no cell does any longer."""
    if not any(name.startswith("xl/externalLinks/") for name in names):
        return []
    linked = [extra.linked for extra in extras.values() if extra.linked is not None]
    return [warning("file-has-external-links", location) for location in linked] or [warning("file-has-external-links")]

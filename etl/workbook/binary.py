"""The bytes of an OLE file -> the workbook in it, and what is wrong with it: xls, and et as WPS saves it.

ole -> biff (what calamine keeps back) -> cells (calamine) -> complete -> Workbook
"""

from __future__ import annotations

from etl.finding import Finding, error, warning
from etl.table import Workbook
from etl.workbook import biff, cells, ole, safety
from etl.workbook.complete import NOTHING, complete

_DOCUMENTS = frozenset({"WordDocument", "WpsDocument", "PowerPoint Document"})
MAX_AREA = 2 * safety.MAX_AREA
"""Cells of all sheets from A1 to their far corners."""
MAX_DECLARED = 65_536 * 512
"""Cells that a sheet may declare: twice what one can have, for careless writers."""
_MACROS = frozenset({"_VBA_PROJECT_CUR", "_VBA_PROJECT"})


def read(data: bytes) -> tuple[Workbook | None, list[Finding]]:
    """The workbook in an OLE file; None where an error says why not."""
    compound = ole.read_compound(data)
    if compound is None:
        return None, [error("file-unreadable", values={"situation": "damaged"})]
    if compound.names & {"EncryptionInfo", "EncryptedPackage"}:
        return None, [error("file-encrypted")]
    if not compound.names & {"Workbook", "Book"}:
        situation = {"situation": "document"} if compound.names & _DOCUMENTS else {}
        return None, [error("file-unreadable", values=situation)]
    stream = compound.stream("Workbook") or compound.stream("Book")
    if stream is None:
        return None, [error("file-unreadable", values={"situation": "damaged"})]
    found = biff.read(stream)
    refused = _refused(found)
    if refused is not None:
        return None, [refused]
    sheets = cells.read(data)
    if isinstance(sheets, Finding):
        return None, [sheets]
    extras = found.extras if len(found.extras) == len(sheets) else (NOTHING,) * len(sheets)
    full, about_cells = complete(sheets, extras)
    macros = [warning("file-has-macros")] if compound.names & _MACROS else []
    linked = [extra.linked for extra in extras if extra.linked is not None]
    return Workbook("xls", full), [*macros, *(warning("file-has-external-links", at) for at in linked), *about_cells]


def _refused(found: biff.Found) -> Finding | None:
    """Why a workbook is not given to calamine, which makes room for all its sheets at once."""
    if found.is_encrypted:
        return error("file-encrypted")
    if not found.is_sound or any(cells_declared > MAX_DECLARED for cells_declared in found.declared):
        return error("file-unreadable", values={"situation": "damaged"})
    area = 0
    for name, (row, column) in zip(found.names, found.ends, strict=True):
        area += (row + 1) * (column + 1)
        if safety.is_far(row, column) or area > MAX_AREA:
            return safety.far_cell(name, row, column)
    return None

"""The bytes of an OLE file -> the workbook in it, and what is wrong with it: xls, and et as WPS saves it.

ole -> cells (calamine) -> Workbook
"""

from __future__ import annotations

from etl.finding import Finding, error, warning
from etl.table import Workbook
from etl.workbook import cells, ole

_DOCUMENTS = frozenset({"WordDocument", "WpsDocument", "PowerPoint Document"})
_MACROS = frozenset({"_VBA_PROJECT_CUR", "_VBA_PROJECT"})


def read(data: bytes) -> tuple[Workbook | None, list[Finding]]:
    """The workbook in an OLE file; None where an error says why not."""
    names = ole.entry_names(data)
    if names is None:
        return None, [error("file-unreadable", values={"situation": "damaged"})]
    if names & {"EncryptionInfo", "EncryptedPackage"}:
        return None, [error("file-encrypted")]
    if not names & {"Workbook", "Book"}:
        situation = {"situation": "document"} if names & _DOCUMENTS else {}
        return None, [error("file-unreadable", values=situation)]
    sheets = cells.read(data)
    if isinstance(sheets, Finding):
        return None, [sheets]
    return Workbook("xls", sheets), [warning("file-has-macros")] if names & _MACROS else []

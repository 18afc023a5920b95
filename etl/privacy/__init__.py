"""What must never leave the building: personal data in cells, hidden places, comments, properties and names of files.

    workbook + bytes -> numbers in cells, columns of persons, places outside of cells -> Findings

Takes what was read and the declarations; gives findings that name place and kind, and never what stands there. Numbers
are judged by their own check digits, so that amounts, codes and index numbers are left alone. `secrecy` looks for
bodies that may not be named, `mask` takes personal numbers out of a text that has to be shown.
"""

from __future__ import annotations

from etl.finding import Finding
from etl.privacy.elsewhere import outside_cells
from etl.privacy.names import in_names, mask, mask_finding
from etl.privacy.secrecy import names_of_others
from etl.privacy.sheets import in_sheets
from etl.spec.model import Spec
from etl.table import Workbook

__all__ = ["in_names", "mask", "mask_finding", "names_of_others", "scan"]


def scan(workbook: Workbook, data: bytes, spec: Spec) -> list[Finding]:
    """One finding for each kind and column of a sheet, with all its cells; one for each kind and place elsewhere."""
    return [*in_sheets(workbook, spec), *outside_cells(workbook, data, spec)]

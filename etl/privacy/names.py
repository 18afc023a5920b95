"""Names of files and sheets, which stand everywhere: what is personal in them is told, and never shown."""

from __future__ import annotations

from dataclasses import replace

from etl.finding import NOWHERE, Finding
from etl.privacy.findings import personal
from etl.privacy.texts import kinds, masked
from etl.privacy.words import compiled
from etl.spec.model import Spec
from etl.table import Workbook


def in_names(file: str, workbook: Workbook | None, spec: Spec) -> list[Finding]:
    """One finding for each kind in the name of a file and its folders, and for each in the names of sheets.

    Only numbers: the name of a person cannot be told from that of anything else.
    """
    words = compiled(spec.privacy)
    sheets = [sheet.name for sheet in workbook.sheets] if workbook is not None else []
    in_file = [kind for kind in kinds(file, words) if kind != "name"]
    in_sheets = dict.fromkeys(kind for name in sheets for kind in kinds(name, words) if kind != "name")
    return [
        *(personal(kind, NOWHERE, spec, situation="file-name") for kind in in_file),
        *(personal(kind, NOWHERE, spec, situation="sheet-name") for kind in in_sheets),
    ]


def mask(text: str, spec: Spec) -> str:
    """A text that has to be shown, with asterisks for its personal numbers."""
    return masked(text, compiled(spec.privacy))


def mask_finding(finding: Finding, spec: Spec) -> Finding:
    """A finding about something else, with asterisks for the personal numbers it would quote."""
    words = compiled(spec.privacy)
    return replace(
        finding,
        location=replace(finding.location, sheet=masked(finding.location.sheet, words)),
        expected=masked(finding.expected, words),
        actual=masked(finding.actual, words),
        values={key: masked(value, words) for key, value in finding.values.items()},
    )

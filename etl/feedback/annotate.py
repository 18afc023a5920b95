"""The marked copy: a department's own workbook in which every cell at fault is coloured and says what is wrong.

Takes the file as received, the Workbook that was read from it, and the findings; writes an .xlsx. No value, formula,
result of a formula, format or merge of the department's is changed; a wide sheet is printed on one page's width where
the file does not say how. A format that openpyxl cannot read (.xls and its
disguises) is rebuilt from the values that were read. The same input gives the same bytes.
"""

from __future__ import annotations

import contextlib
import io
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.etree.ElementTree import ParseError

import openpyxl
import openpyxl.workbook
from openpyxl.utils.exceptions import InvalidFileException

from etl.feedback.listing import add_listing
from etl.feedback.mark import mark
from etl.feedback.paper import fit_on_paper
from etl.feedback.rebuild import rebuild
from etl.feedback.results import Results, restore, results_of
from etl.feedback.settle import settle
from etl.finding import Finding
from etl.spec.model import Spec
from etl.table import Workbook
from etl.wording import in_reading_order

_UNREADABLE = (
    *(InvalidFileException, zipfile.BadZipFile, ParseError),
    *(ValueError, TypeError, KeyError, IndexError, AttributeError),
)
"""What openpyxl raises on workbooks that others write and it cannot model."""


def annotate(source: bytes, workbook: Workbook, findings: Sequence[Finding], spec: Spec, destination: Path) -> None:
    """Write the marked copy of one file."""
    destination.parent.mkdir(parents=True, exist_ok=True)
    destination.write_bytes(marked_copy(source, workbook, findings, spec))


def marked_copy(source: bytes, workbook: Workbook, findings: Sequence[Finding], spec: Spec) -> bytes:
    """The marked copy of one file, as an .xlsx."""
    ordered = in_reading_order(findings, [sheet.name for sheet in workbook.sheets], spec)
    copy, titles, results = open_copy(source, workbook)
    for finding in reversed(ordered):  # so that the gravest colours a cell last
        if finding.location.cell and finding.location.sheet in titles:
            mark(copy[titles[finding.location.sheet]], finding, spec)
    for sheet in copy.worksheets:
        fit_on_paper(sheet)
    add_listing(copy, ordered, titles, spec)
    saved = io.BytesIO()
    copy.save(saved)
    return settle(restore(saved.getvalue(), results))


def open_copy(
    source: bytes, workbook: Workbook
) -> tuple[openpyxl.workbook.Workbook, Mapping[str, str], Mapping[str, Results]]:
    """The department's own workbook where openpyxl can open it, otherwise one rebuilt from what was read.

    With it, by the name of a sheet as it was read, the name under which the sheet stands in the copy; and what the
    formulas came to.
    """
    if workbook.format == "xlsx":
        with warnings.catch_warnings(), contextlib.suppress(*_UNREADABLE):
            warnings.simplefilter("ignore")  # it says which extensions it drops; nothing here depends on them
            copy = openpyxl.load_workbook(io.BytesIO(source), rich_text=True)
            return copy, {sheet.title: sheet.title for sheet in copy.worksheets}, results_of(source)
    copy = rebuild(workbook)
    return copy, dict(zip((sheet.name for sheet in workbook.sheets), copy.sheetnames, strict=True)), {}

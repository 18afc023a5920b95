"""The truth beside a made-up county: every figure with its cell, every file with its fate, every planted mistake."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from etl.demo.filing import File
from etl.demo.grid import address
from etl.demo.office import Filing
from etl.labels import strip_ordinal

FACTS = (
    "fiscal_year",
    "document",
    "department_code",
    "table_id",
    "line_code",
    "line_name",
    "measure",
    "amount_yuan",
    "source_file",
    "source_sheet",
    "source_cell",
    "layout",
)
SUBMISSIONS = ("file", "department_code", "fiscal_year", "document", "layout", "expected_status")
PLANTED = ("file", "sheet", "cell", "code", "what", "department_code", "fiscal_year", "document")


def facts(files: Iterable[File]) -> Iterator[tuple[str, ...]]:
    """Every figure as it stands in its file, mistakes included: a reader cannot know better.

    The same bytes sent again give no figures again.
    """
    for file in files:
        if file.expected == "duplicate":
            continue
        for place, grid in enumerate(file.grids, start=1):
            for at, tag in sorted(grid.tags.items()):
                yield (
                    str(file.fiscal_year),
                    file.document,
                    file.department_code,
                    tag.table_id,
                    tag.line_code,
                    strip_ordinal(tag.line_name),
                    tag.measure,
                    f"{Decimal(tag.fen) / 100:.2f}",
                    file.path,
                    file.sheet(place),
                    address(at),
                    file.layout,
                )


def submissions(files: Iterable[File]) -> Iterator[tuple[str, ...]]:
    """Every file with what should become of it."""
    for file in files:
        who = (file.department_code, str(file.fiscal_year), file.document)
        yield (file.path, *who, file.layout, file.expected)


def of_filings(filings: Iterable[Filing]) -> Iterator[tuple[str, ...]]:
    """Every mistake made on purpose in a document, or with it as a whole."""
    for filing in filings:
        code, year, document = filing.key
        for each in filing.planted:
            yield ("", each.sheet, each.cell, each.code, each.what, code, str(year), document)
        yield from of_files(filing.files)


def of_files(files: Iterable[File]) -> Iterator[tuple[str, ...]]:
    """Every mistake made on purpose in a file."""
    for file in files:
        who = (file.department_code, str(file.fiscal_year), file.document)
        for each in file.planted:
            yield (file.path, each.sheet, each.cell, each.code, each.what, *who)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as CSV, as the contract writes it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")

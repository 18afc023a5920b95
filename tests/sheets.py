"""Sheets written as text, one row a line, cells between bars: what stands in a case is what a clerk would see."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from etl.amounts import Value
from etl.finding import Finding
from etl.layout import PROGRAM, Layout
from etl.normalise import normalise
from etl.recognise import identify, recognise
from etl.spec import load
from etl.spec.model import Spec
from etl.table import Identity, Merge, Sheet, Table, Workbook

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def sheet(text: str, name: str = "Sheet1", merges: tuple[Merge, ...] = ()) -> Sheet:
    """A sheet from text: bare numbers are stored numbers, a leading apostrophe makes text, nothing is a blank."""
    lines = [line.strip() for line in text.strip("\n").splitlines()]
    return Sheet(name, tuple(tuple(_cell(cell) for cell in line.split("|")) for line in lines), merges)


def _cell(text: str) -> Value:
    bare = text.strip()
    if bare.startswith("'"):
        return bare[1:]
    return float(bare) if _NUMBER.fullmatch(bare) else bare


@cache
def fuyuan() -> Spec:
    """The declarations of the repository."""
    return load(Layout(Path(PROGRAM)))


def read(*sheets: Sheet, file: str = "x.xlsx") -> tuple[list[Table], Identity, list[Finding]]:
    """Recognise, identify and normalise sheets as one workbook."""
    spec = fuyuan()
    workbook = Workbook("xlsx", sheets)
    matches, _, findings = recognise(workbook, spec)
    identity, about = identify(workbook, matches, file, None, spec)
    findings = [*findings, *about]
    tables = []
    for match in matches:
        table, said = normalise(match, identity, spec)
        tables.append(table)
        findings += said
    return tables, identity, findings


def cells(table: Table) -> list[tuple[str, str, str, str]]:
    """Every figure of a table: line, measure, amount in the unit of the table, cell."""
    return [
        (line.code, figure.measure, str(figure.number), figure.cell)
        for line in table.lines
        for figure in line.figures.values()
    ]


def codes(findings: list[Finding]) -> list[tuple[str, str, str]]:
    """Severity, code and cell of every finding."""
    return [(finding.severity, finding.code, finding.location.cell) for finding in findings]

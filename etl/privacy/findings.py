"""Findings about personal data: place and kind, never the value."""

from __future__ import annotations

from etl.finding import Finding, Location, error
from etl.spec.model import Spec
from etl.table import cell_name


def personal(kind: str, location: Location, spec: Spec, *, hidden: bool = False, situation: str = "") -> Finding:
    """That something personal stands in a place."""
    name = spec.privacy.kinds.get(kind)
    said = situation or ("hidden-place" if hidden else "default")
    return error(
        "personal-data",
        location,
        field=kind,
        values={"kind": kind, "label": name.zh if name else kind, "situation": said},
    )


def cells(rows: list[int], column: int) -> str:
    """Cells of one column, neighbours as a range: `C3:C40,C42`."""
    ranges: list[list[int]] = []
    for row in rows:
        if ranges and row == ranges[-1][1] + 1:
            ranges[-1][1] = row
        else:
            ranges.append([row, row])
    names = ((cell_name(first, column), cell_name(last, column)) for first, last in ranges)
    return ",".join(first if first == last else f"{first}:{last}" for first, last in names)

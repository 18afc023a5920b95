"""The lists of fees and government funds that the fictional county publishes each year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from etl.demo.county import GOVERNMENT
from etl.demo.filing import File, Planted
from etl.demo.grid import Cell, Grid, address, header

_DOCUMENTS = {"fees": "fee-list", "funds": "fund-list"}


def lists(said: Mapping[str, Any], county: str, years: Sequence[int]) -> Iterator[File]:
    """One file a list and year: those of the last year are in order, those before are not."""
    for year in years:
        for key, document in _DOCUMENTS.items():
            items = said[key] if year != years[-1] else _in_order(said[key])
            yield _file(key, document, said, items, county, year)


def _in_order(items: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """Without what is wrong, and numbered again."""
    kept = [item for item in items if "planted" not in item]
    return [{**item, "item_no": str(place)} for place, item in enumerate(kept, start=1)]


def _file(
    key: str, document: str, said: Mapping[str, Any], items: Sequence[Mapping[str, str]], county: str, year: int
) -> File:
    title = f"{county}{year}年{said['titles'][key]}"
    grid = Grid("清单", key)
    columns = said["columns"][key]
    grid.put(0, 0, Cell(title, style="title"))
    grid.merge(0, 0, 0, len(columns) - 1)
    top = header(grid, 1, [(place, (label,)) for place, (_, label) in enumerate(columns)])
    file = File(f"{year}/收费和基金/{title}.xlsx", "xlsx", [grid], GOVERNMENT, year, document, f"{key}-xlsx")
    for row, item in enumerate(items, start=top):
        for column, (name, _) in enumerate(columns):
            if item.get(name):
                grid.put(row, column, Cell(item[name]))
            if item.get("at") == name:
                file.planted.append(Planted("清单", address((row, column)), item["planted"], item["what"]))
    file.expected = "rejected" if file.planted else "accepted"
    return file

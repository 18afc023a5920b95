"""The lists of fees and government funds that the fictional county publishes each year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from etl.demo.county import GOVERNMENT
from etl.demo.filing import File, Planted
from etl.demo.grid import Cell, Grid, address, header

_DOCUMENTS = {"fees": "fee-list", "funds": "fund-list"}


def lists(said: Mapping[str, Any], county: str, year: int) -> Iterator[File]:
    """One file for each list, with what is wrong in it."""
    for key, document in _DOCUMENTS.items():
        title = f"{county}{year}年{said['titles'][key]}"
        grid = Grid("清单", key)
        columns = said["columns"][key]
        grid.put(0, 0, Cell(title, style="title"))
        grid.merge(0, 0, 0, len(columns) - 1)
        top = header(grid, 1, [(place, (label,)) for place, (_, label) in enumerate(columns)])
        path = f"{year}/收费和基金/{title}.xlsx"
        file = File(path, "xlsx", [grid], GOVERNMENT, year, document, f"{key}-xlsx")
        for row, item in enumerate(said[key], start=top):
            for column, (name, _) in enumerate(columns):
                if item.get(name):
                    grid.put(row, column, Cell(item[name]))
                if item.get("at") == name:
                    file.planted.append(Planted("清单", address((row, column)), item["planted"], item["what"]))
        yield file

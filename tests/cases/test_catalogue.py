"""Every row of the catalogue of how real files go wrong has a case."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent

ROWS = (
    *range(1, 8),  # the file
    *range(10, 19),  # the table
    *range(20, 26),  # codes and names
    *range(30, 40),  # figures, units, dates
    *range(40, 43),  # persons
    *range(50, 59),  # what a spreadsheet can do
    *range(60, 67),  # bodies and versions
    *range(70, 77),  # lists of fees
    80,  # what goes out: tests/cases/test_exports.py
)
"""Numbers of the rows of the catalogue."""


def test_every_row_of_the_catalogue_has_a_case() -> None:
    proved = {path.stem for path in HERE.glob("M-*.yml")} | {"M-80"}
    assert {f"M-{row:02d}" for row in ROWS} == proved
    assert (HERE / "test_exports.py").is_file()

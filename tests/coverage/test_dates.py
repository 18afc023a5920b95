"""Rows of the register of approvals whose days cannot all be right."""

from __future__ import annotations

import dataclasses

import pytest

from etl.coverage.dates import contradictions
from tests.factories import approval, spec

SOUND = [
    ("budget", "2024-02-09", "2024-02-29", ""),
    ("budget", "2024-02-09", "2024-02-09", "2024-02-09"),  # all on one day
    ("budget", "2023-12-28", "2024-01-05", "2024-01-02"),  # approved in the year before
    ("budget", "", "2024-02-29", ""),
    ("budget", "2024-02-09", "", ""),
    ("budget", "", "2019-02-15", "2018-03-01"),  # a page that says 2019: the year of the document is 2018
    ("final-account", "2025-08-25", "2025-09-10", "2025-09-01"),
    ("final-account", "2026-01-10", "2026-01-20", ""),  # late, and possible
    ("fee-list", "2019-02-09", "2024-02-29", ""),  # a list holds until it is changed
]


@pytest.mark.parametrize(("document", "approved", "published", "signed"), SOUND)
def test_days_in_their_order_say_nothing(document: str, approved: str, published: str, signed: str) -> None:
    year = 2018 if published.startswith("2019") and document == "budget" else 2024
    assert told(year, document, approved, published, signed) == []


def told(year: int, document: str, approved: str, published: str, signed: str) -> list[tuple[str, str, str, str]]:
    row = dataclasses.replace(approval("201", year, document, approved, published), signed_on=signed, line=7)
    found = list(contradictions(spec(approvals=[row])))
    assert {(one.severity, one.code, one.location.row, one.department_code) for one in found} <= {
        ("warning", "dates-contradict", 7, "201")
    }
    return [(one.values["situation"], one.field, one.actual, one.expected) for one in found]


WRONG = [
    (
        ("budget", "2024-02-09", "2024-01-29", ""),
        [("default", "approved_on", "2024-02-09", "2024-01-29")],
    ),
    (
        ("budget", "2024-02-09", "2024-02-20", "2024-12-20"),
        [("signed", "signed_on", "2024-12-20", "2024-02-20")],
    ),
    (("budget", "2025-02-09", "2025-02-20", ""), [("year", "approved_on", "2025-02-09", "2024")]),
    (
        ("budget", "2022-12-31", "2022-12-31", ""),
        [("year", "approved_on", "2022-12-31", "2024"), ("year", "published_on", "2022-12-31", "2024")],
    ),
    (
        ("final-account", "2024-12-31", "2025-01-02", ""),
        [("year", "approved_on", "2024-12-31", "2024")],
    ),
    (
        ("final-account", "2027-08-25", "2027-09-01", ""),
        [("year", "approved_on", "2027-08-25", "2024")],
    ),
    (
        ("fee-list", "2024-03-01", "2024-02-29", ""),
        [("default", "approved_on", "2024-03-01", "2024-02-29")],
    ),
]


@pytest.mark.parametrize(("row", "expected"), WRONG)
def test_days_that_contradict_are_told(
    row: tuple[str, str, str, str], expected: list[tuple[str, str, str, str]]
) -> None:
    assert told(2024, *row) == expected

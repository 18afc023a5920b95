"""The numbers of the yearly report on disclosure, each with its query. In: a warehouse that has been measured.

What a query does not yield is None, which is not zero. What counts as an item, and which query gives which number, is
declared in `schemas/annual-report.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from etl.spec.annual import AnnualNumber, AnnualReport
from etl.spec.model import Spec
from etl.warehouse import QUERIES, Warehouse
from etl.wording import fill

GAPS = "annual_gaps"
_PARAMETER = re.compile(r"\$(\w+)")

Value = int | Decimal | None


@dataclass(frozen=True, slots=True)
class Gap:
    """An item that one department lacks."""

    department_code: str
    department_name: str
    item: str
    fiscal_year: int
    document: str
    state: str
    """missing, rejected or not-due."""


@dataclass(frozen=True, slots=True)
class Annual:
    """The report of one year."""

    year: int
    made_on: date
    declared: AnnualReport
    values: Mapping[str, Value]
    """By number."""
    gaps: tuple[Gap, ...]
    unmeasured: tuple[str, ...]
    """Keys of items of which nothing is measured for this report."""
    queries: Mapping[str, str]
    """By query, its text."""

    def sentences(self, spec: Spec, lang: str) -> dict[str, str]:
        """The sentences with their numbers; blank where there is none."""
        known = {
            **{name: shown(value) for name, value in self.values.items()},
            "year": str(self.year),
            "county": spec.jurisdiction.names[lang],
        }
        blank = self.declared.texts["blank"][lang]
        full = {name: text or blank for name, text in {**known, "blank": blank}.items()}
        return {key: fill(text[lang], full) for key, text in self.declared.sentences.items()}


def make_annual(warehouse: Warehouse, spec: Spec, year: int, made_on: date) -> Annual:
    """Ask everything that the report of a year needs."""
    declared = spec.annual
    queries = [*dict.fromkeys(number.query for number in declared.numbers.values()), GAPS]
    texts = {query: (QUERIES / f"{query}.sql").read_text("utf-8") for query in queries}
    parameters = _parameters(declared, year)
    answers = {query: _ask(warehouse, query, text, parameters) for query, text in texts.items()}
    measured = {row["item"] for row in answers.get("annual_items", ()) if row["expected"] is not None}
    return Annual(
        year,
        made_on,
        declared,
        {name: _value(number, answers[number.query]) for name, number in declared.numbers.items()},
        tuple(Gap(**row) for row in answers[GAPS]),
        tuple(item.key for item in declared.items if item.key not in measured),
        texts,
    )


def shown(value: Value) -> str:
    """A number as it stands in a sentence; empty where there is none.

    >>> shown(220), shown(Decimal("99.0")), shown(Decimal("12.340000")), shown(None)
    ('220', '99.0', '12.34', '')
    """
    if value is None:
        return ""
    if isinstance(value, Decimal) and value.as_tuple().exponent < -2:  # type: ignore[operator]
        return f"{value.normalize():f}"
    return str(value)


def _parameters(declared: AnnualReport, year: int) -> dict[str, object]:
    whole = [item for item in declared.items if not item.table]
    return {
        "year": year,
        "items": [item.key for item in declared.items],
        "documents": [item.document for item in declared.items],
        "tables": [item.table for item in declared.items],
        "offsets": [item.years_after for item in declared.items],
        "whole_documents": [item.document for item in whole],
        "whole_offsets": [item.years_after for item in whole],
    }


def _ask(warehouse: Warehouse, query: str, text: str, parameters: Mapping[str, object]) -> list[dict[str, Any]]:
    """A query gets the parameters that it names, and no others."""
    named = set(_PARAMETER.findall(text))
    return warehouse.ask(query, **{name: value for name, value in parameters.items() if name in named})


def _value(number: AnnualNumber, rows: Sequence[Mapping[str, Any]]) -> Value:
    for row in rows:
        if all(str(row[column]) == wanted for column, wanted in number.where.items()):
            value: Value = row[number.column]
            return value
    return None

"""Every number of the coverage pages, each from the query that defines it. In: a warehouse that has been measured."""

from __future__ import annotations

from types import MappingProxyType

from etl.answer import AbroadVerdict, Answers, Dates, ExpectedTable, RateResult, Share, Succession, YearOfDocument
from etl.spec.model import Spec
from etl.warehouse import Columns, Warehouse, in_columns

AXES = ("timeliness", "completeness", "truthfulness", "detail", "form")
"""及时性, 完整性, 真实性, 细化程度, 公开形式: what the Ministry of Finance inspects, each the name of its query."""

INTERNATIONAL: Columns = MappingProxyType(
    {"key": "VARCHAR", "document": "VARCHAR", "after": "VARCHAR", "months": "INTEGER"}
)


def rates(warehouse: Warehouse, spec: Spec) -> tuple[RateResult, ...]:
    """The headline rates of every year, in the order in which they are declared."""
    results = [
        RateResult(rate.key, **answer)
        for rate in spec.rates
        for answer in warehouse.ask("rates", document=rate.document, tables=list(rate.tables))
    ]
    order = {rate.key: place for place, rate in enumerate(spec.rates)}
    return tuple(sorted(results, key=lambda result: (result.fiscal_year, order[result.key])))


def answer(warehouse: Warehouse, spec: Spec) -> Answers:
    """Everything that pages, letters and reports say of the duties, once `measure` has been at work."""
    warehouse.load("international", INTERNATIONAL, in_columns(INTERNATIONAL, spec.international))
    depths = {duty.key: list(duty.tables) for duty in spec.further_duties}
    parameters = {
        "detail": {
            "functional": depths.get("functional-depth", []),
            "economic": depths.get("economic-depth", []),
        }
    }
    return Answers(
        tables=tuple(Share(**row) for row in warehouse.ask("table_rates")),
        axes=tuple(Share(**row) for axis in AXES for row in warehouse.ask(axis, **parameters.get(axis, {}))),
        trend=tuple(YearOfDocument(**row) for row in warehouse.ask("trend")),
        international=tuple(AbroadVerdict(**row) for row in warehouse.ask("international")),
        dates=tuple(Dates(**row) for row in warehouse.ask("dates")),
        successions=tuple(Succession(**row) for row in warehouse.ask("succession")),
        expected=tuple(ExpectedTable(**row) for row in warehouse.ask("expected", division=spec.jurisdiction.code)),
    )

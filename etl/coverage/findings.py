"""What is missing, late, or cannot be judged, as findings: what the measured duties say to the people who owe them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from etl.finding import Finding, note, warning
from etl.spec.model import Spec
from etl.warehouse import Warehouse

BY_BUDGET_LAW = frozenset({"budget", "final-account"})
"""Documents whose approval date everybody has to know. A list is due only once it is made or changed."""


def about_duties(warehouse: Warehouse, spec: Spec, last_year: int) -> Iterator[Finding]:
    """One finding for a document of a body in a year, not one for each table: nobody reads nine that say the same."""
    for disclosure in warehouse.ask("disclosures"):
        if disclosure["missing"]:
            yield _missing(disclosure, spec)
        if disclosure["days_late"]:
            situation = {} if disclosure["document"] in BY_BUDGET_LAW else {"situation": "list"}
            yield _about("disclosure-late", disclosure, days=str(disclosure["days_late"]), **situation)
        if disclosure["published"] and not disclosure["due_on"] and disclosure["document"] in BY_BUDGET_LAW:
            yield _about("approval-date-missing", disclosure)
    for said in warehouse.ask("nil_contradicted"):
        yield warning(
            "nil-statement-contradicted",
            table_id=said["table_id"],
            department_code=said["department_code"],
            fiscal_year=said["fiscal_year"],
            document=said["document"],
            values={"file": said["file"], "situation": "apart"},
        )
    for beyond in warehouse.ask("years_beyond", last_year=last_year):
        yield warning(
            "year-implausible",
            department_code=beyond["department_code"],
            fiscal_year=beyond["fiscal_year"],
            document=beyond["document"],
            values={"file": beyond["file"], "year": str(beyond["fiscal_year"]), "situation": beyond["told_by"]},
        )


def _missing(disclosure: Mapping[str, Any], spec: Spec) -> Finding:
    """What of a document has not come: all of it, one table, or several."""
    missing: Sequence[str] = disclosure["missing"]
    if len(missing) == disclosure["required"] and not disclosure["published"]:
        return _about("disclosure-missing", disclosure, situation="document")
    names = [spec.tables[table_id].name.zh if table_id in spec.tables else table_id for table_id in missing]
    if len(missing) == 1:
        return _about("disclosure-missing", disclosure, missing[0], table=names[0])
    parts = "、".join(f"《{name}》" for name in names)
    return _about("disclosure-missing", disclosure, situation="tables", table="》《".join(names), parts=parts)


def _about(code: str, disclosure: Mapping[str, Any], table_id: str = "", **values: str) -> Finding:
    make = note if code == "approval-date-missing" else warning
    days = {key: disclosure[key].isoformat() for key in ("due_on", "published_on") if disclosure[key]}
    return make(
        code,
        table_id=table_id,
        department_code=disclosure["department_code"],
        fiscal_year=disclosure["fiscal_year"],
        document=disclosure["document"],
        values={"year": str(disclosure["fiscal_year"]), **days, **values},
    )

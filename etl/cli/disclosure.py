"""What `coverage` prints: rates, axes, tables, trend, what is owed and what falls due soon."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from etl.amounts import format_percent
from etl.cli.rows import axis_name, table_name
from etl.cli.summary import show_grid
from etl.cli.words import WORDS

if TYPE_CHECKING:
    from etl.answer import CoverageRow, RateResult, Share, YearOfDocument
    from etl.pipeline import Coverage
    from etl.spec.bilingual import Bilingual
    from etl.spec.model import Spec

OWED = frozenset({"missing", "rejected", "nil-undeclared"})
"""Duties that are listed, beside those met too late."""
SOON = timedelta(days=30)
"""How far ahead a day is announced."""
LONGEST = 40
"""Documents that a terminal lists; it says how many more there are."""


def show_coverage(measured: Coverage, year: int | None, lang: str) -> None:
    """Everything of one year, or of all of them: axes and tables then of the latest year that has any."""
    spec, answers = measured.spec, measured.answers
    rows = [row for row in measured.rows if year in (None, row.fiscal_year)]
    show_rates([rate for rate in measured.rates if year in (None, rate.fiscal_year)], spec, lang)
    latest = year or max((one.fiscal_year for one in answers.axes if one.numerator), default=0)
    _show_shares("axes", [one for one in answers.axes if one.fiscal_year == latest], axis_name, spec, lang)
    _show_shares("per_table", [one for one in answers.tables if one.fiscal_year == latest], table_name, spec, lang)
    _show_trend([one for one in answers.trend if year in (None, one.fiscal_year)], spec, lang)
    show_owed(rows, spec, lang)
    _show_due_soon(rows, measured.day, spec, lang)


def show_rates(rates: Sequence[RateResult], spec: Spec, lang: str) -> None:
    """The headline rates, each with what it was made from."""
    names = {rate.key: rate.name[lang] for rate in spec.rates}
    keys = ("year", "rate", "numerator", "denominator", "exempt", "unknown")
    lines = [
        [
            *(str(one.fiscal_year), names[one.key], format_percent(one.rate)),
            *(str(count) for count in (one.numerator, one.denominator, one.exempt, one.unknown)),
        ]
        for one in rates
    ]
    heads = [WORDS[key][lang] for key in keys]
    show_grid([heads[0], "", *heads[1:]], lines)


def show_owed(rows: Sequence[CoverageRow], spec: Spec, lang: str) -> None:
    """What is missing or came late: a document of a body a line."""
    owed: dict[tuple[str, int, str], list[CoverageRow]] = {}
    for row in rows:
        if row.obligation == "required" and (row.status in OWED or (row.days_late or 0) > 0):
            owed.setdefault((row.department_code, row.fiscal_year, row.document), []).append(row)
    if not owed:
        click.echo(WORDS["nothing_owed"][lang])
        return
    heads = [WORDS[key][lang] for key in ("department", "year", "document", "status", "due_on", "days_late")]
    lines = [_owed_line(found, spec, lang) for found in owed.values()]
    show_grid(heads, lines[:LONGEST])
    _tell_more(lines)


def _owed_line(rows: Sequence[CoverageRow], spec: Spec, lang: str) -> list[str]:
    first = rows[0]
    counts = Counter(row.status for row in rows)
    told = "、".join(f"{spec.coverage_statuses[status][lang]} {count}" for status, count in counts.items())
    late = max((row.days_late or 0 for row in rows), default=0)
    document = spec.documents[first.document][lang]
    return [_name(first, spec, lang), str(first.fiscal_year), document, told, first.due_on, str(late or "")]


def _show_shares(
    heading: str, shares: Sequence[Share], name_of: Callable[[str, Spec], Bilingual], spec: Spec, lang: str
) -> None:
    """One number a line, under the year they are of."""
    if not shares:
        return
    lines = [
        [
            *(name_of(one.key, spec)[lang], spec.documents[one.document][lang], format_percent(one.rate)),
            *(str(count) for count in (one.numerator, one.denominator, one.exempt, one.unknown)),
        ]
        for one in shares
    ]
    heads = [WORDS[key][lang] for key in ("document", "rate", "above", "below", "exempt", "cannot_tell")]
    show_grid(["", *heads], lines, f"{WORDS[heading][lang]} {shares[0].fiscal_year}")


def _show_trend(trend: Sequence[YearOfDocument], spec: Spec, lang: str) -> None:
    if not trend:
        return
    counts = ("bodies", "complete", "partial", "nothing", "not_due", "in_time", "late", "undated")
    lines = [
        [
            *(str(one.fiscal_year), spec.documents[one.document][lang]),
            *(str(getattr(one, count)) for count in counts),
        ]
        for one in trend
    ]
    heads = [WORDS[key][lang] for key in ("year", "document", *counts)]
    show_grid(heads, lines, WORDS["trend"][lang])


def _show_due_soon(rows: Iterable[CoverageRow], day: date, spec: Spec, lang: str) -> None:
    """Documents that are not there and fall due within a month, the nearest day first."""
    until = (day + SOON).isoformat()
    soon = {
        (row.due_on, row.department_code, row.fiscal_year, row.document): row
        for row in rows
        if row.obligation == "required" and row.status == "not-due" and "" < row.due_on <= until
    }
    if not soon:
        return
    lines = [
        [_name(row, spec, lang), str(row.fiscal_year), spec.documents[row.document][lang], row.due_on]
        for _, row in sorted(soon.items())
    ]
    heads = [WORDS[key][lang] for key in ("department", "year", "document", "due_on")]
    show_grid(heads, lines[:LONGEST], WORDS["due_soon"][lang])
    _tell_more(lines)


def _name(row: CoverageRow, spec: Spec, lang: str) -> str:
    department = spec.department(row.department_code)
    return f"{row.department_code} {department.name[lang] if department else row.department_name}"


def _tell_more(lines: Sequence[object]) -> None:
    if len(lines) > LONGEST:
        click.echo(f"… +{len(lines) - LONGEST} (--format csv)")

"""The county government's own money: the 6 + 4 + 2 + 2 tables of its budget and final account.

What departments spend out of the general budget is the own level's spending by item; all else only has to add up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from random import Random
from typing import Any

from etl.demo.county import GOVERNMENT, Body
from etl.demo.figures import Rows
from etl.demo.money import TEN_THOUSANDTH, Account

Amounts = dict[str, int]
_COUNTY_FOR_OWN_LEVEL = 160
"""Percent: what the whole county spends, of what its departments spend."""
_DEBT = ("gov-general-debt", "gov-special-debt")
_MEASURES = {"budget": "budget", "final-account": "final"}


def government(name: str, english: str) -> Body:
    """The government as a body that reports."""
    return Body(GOVERNMENT, f"{name}人民政府", f"Government of {english}", (), "government", "", (), 1)


def tables(
    forms: Mapping[str, Any], accounts: Sequence[Account], years: Iterable[int], rng: Random
) -> Iterator[tuple[int, str, dict[str, Rows]]]:
    """Year, document and the rows of every table, with the figures of the year before beside them."""
    keys = forms["families"]["government"]["budget"]
    used = {forms["forms"][key]["table"]: forms["forms"][key] for key in keys}
    base = {table: _base(form, rng) for table, form in used.items()}
    before: dict[str, Amounts] = {}
    now: dict[str, Amounts] = {}
    for year in years:
        for document, measure in _MEASURES.items():
            spent = _spent(account for account in accounts if (account.year, account.document) == (year, document))
            now = {}
            for table, amounts in base.items():
                factor = rng.randint(94, 108)
                grown = {line: _whole(fen * factor // 100) for line, fen in amounts.items()}
                now[table] = {"gov-general-expenditure-own-level": spent, "gov-general-expenditure": _wide(spent)}.get(
                    table, grown
                )
            made = {
                table: _rows(amounts, before.get(table, {}), measure)
                for table, amounts in now.items()
                if table not in _DEBT
            }
            yield year, document, made | {table: _debt(now[table]) for table in _DEBT}
        before = now
        base = {table: now[table] for table in base}


def _base(form: Mapping[str, Any], rng: Random) -> Amounts:
    """Amounts of the lines that no other line is a part of; lines of a nil form have none."""
    lines = [token[0] for band in form["bands"] for token in band["lines"] if isinstance(token, list)]
    if "nil" in form:
        return {}
    if form["table"] in _DEBT:
        limit = rng.randint(80_000, 300_000) * 1_000_000
        return {"limit": limit, "balance": limit * 9 // 10}
    leaves = [
        line
        for line in lines
        if line != "total" and not any(other != line and other.startswith(line) for other in lines)
    ]
    return {line: rng.randint(200, 20_000) * 1_000_000 for line in leaves}


def _rows(amounts: Amounts, before: Amounts, measure: str) -> Rows:
    """Lines with those above them and the total, for this year and the one before."""
    rows: Rows = {}
    for key, values in ((measure, amounts), ("previous", before)):
        for line, fen in values.items():
            above = (line[:3], line[:5], line) if line.isdecimal() else (line,)
            for code in dict.fromkeys((*above, "total")):
                row = rows.setdefault(code, {})
                row[key] = row.get(key, 0) + fen
    rows.setdefault("total", {measure: 0})
    return {code: rows[code] for code in sorted(rows)}


def _debt(amounts: Amounts) -> Rows:
    return {line: {"limit": amounts["limit"], "balance": _whole(amounts["balance"])} for line in ("total", "own-level")}


def _spent(accounts: Iterable[Account]) -> Amounts:
    sums: Amounts = {}
    for account in accounts:
        for spend in account.spends:
            if spend.source == "general-budget":
                sums[spend.item] = sums.get(spend.item, 0) + spend.fen
    return {item: _whole(sums[item]) for item in sorted(sums)}


def _wide(spent: Amounts) -> Amounts:
    return {item: _whole(fen * _COUNTY_FOR_OWN_LEVEL // 100) for item, fen in spent.items()}


def _whole(fen: int) -> int:
    return fen // TEN_THOUSANDTH * TEN_THOUSANDTH

"""What the forms print of an account: by table, line and measure, in fen. Sums only.

Figures[table][line][measure] -> fen, lines in printed order
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from etl.demo.county import Body
from etl.demo.money import APPROPRIATIONS, Account, Spend, ThreePublic

Rows = dict[str, dict[str, int]]
Figures = dict[str, Rows]

OWN = ("superior-subsidy", "undertaking", "operating", "subordinate", "other")
"""Money of a unit's own (单位资金), in the order of the final account's columns."""
_SPECIAL = "special-account"
_INCOME = (*APPROPRIATIONS, _SPECIAL, *OWN)
_CARRIED = tuple(f"carry-over-{source}" for source in (*APPROPRIATIONS, _SPECIAL, "unit-funds"))
_REVENUE = (*_INCOME, "appropriation", "unit-funds", "carry-over", *_CARRIED, "current-year", "total")
_OWN_SPENDING = ("undertaking", "operating", "superior-subsidy", "to-subordinate", "other")
_ROLLING = tuple(f"{flow}{part}" for flow in ("opening", "income", "closing") for part in ("", "-basic", "-project"))
_PROJECTS_LEFT = ("closing-project-carry-over", "closing-project-surplus")


def figures(account: Account, body: Body) -> Figures:
    """Every figure that any form of the document may ask for."""
    final = account.document == "final-account"
    made: Figures = {
        "revenue": _coded(_revenue(account, final)),
        "expenditure": _coded(_expenditure(account)),
        "general-budget-expenditure": _coded(_of_source(account, "general-budget")),
        "government-fund": _coded(_of_source(account, "government-fund")),
        "state-capital": _coded(_of_source(account, "state-capital")),
        "basic-expenditure": _basic(account),
        "project-economic": _economic(
            account.spends, lambda each: each.source == "general-budget" and each.part == "project"
        ),
        "three-public-expenses": _three(account, body),
    }
    made["revenue-by-unit"] = {body.code: made["revenue"]["total"], "total": made["revenue"]["total"]}
    made["revenue-expenditure-summary"] = _summary(account, made)
    made["appropriation-summary"] = _appropriation(account, made)
    return made


# --- coded tables ---------------------------------------------------------------------------------------------------


def _coded(rows: Mapping[str, Mapping[str, int]]) -> Rows:
    """Items with the classes and divisions above them, in the order of their codes, and the total."""
    sums: Rows = {}
    for item, values in rows.items():
        for code in dict.fromkeys((item[:3], item[:5], item, "total")):
            line = sums.setdefault(code, {})
            for measure, fen in values.items():
                line[measure] = line.get(measure, 0) + fen
    codes = sorted(code for code in sums if code != "total")
    return {**{code: sums[code] for code in codes}, "total": sums.get("total", {})}


def _revenue(account: Account, final: bool) -> Rows:
    rows: Rows = {}
    for (item, source, _), fen in account.income().items():
        row = rows.setdefault(item, dict.fromkeys(_REVENUE, 0))
        row[_booked(source, final)] += fen
        row["appropriation"] += fen if source in APPROPRIATIONS else 0
        row["unit-funds"] += fen if source in OWN else 0
        row["current-year"] += fen
        row["total"] += fen
    if not final:
        for (item, source, _), fen in account.opening.items():
            whose = "unit-funds" if source in OWN else source
            for measure in ("carry-over", f"carry-over-{whose}", "total"):
                rows[item][measure] += fen
    return rows


def _booked(source: str, final: bool) -> str:
    """In a final account, what came through a special account is income of the undertaking."""
    return "undertaking" if final and source == _SPECIAL else source


def _expenditure(account: Account) -> Rows:
    measures = ("total", "basic", "project", "to-superior", "operating", "to-subordinate")
    own = ("unit-funds", *(f"unit-funds-{kind}" for kind in _OWN_SPENDING))
    by_source = (*APPROPRIATIONS, _SPECIAL, *own, "general-budget-basic", "general-budget-project")
    rows: Rows = {}
    for spend in account.spends:
        row = rows.setdefault(spend.item, dict.fromkeys((*measures, *by_source), 0))
        row["total"] += spend.fen
        row[_nature(spend)] += spend.fen
        if spend.source in OWN:
            row["unit-funds"] += spend.fen
            row[f"unit-funds-{spend.source}"] += spend.fen
        else:
            row[spend.source] += spend.fen
        if spend.source == "general-budget":
            row[f"general-budget-{_nature(spend)}"] += spend.fen
    return rows


def _nature(spend: Spend) -> str:
    return "basic" if spend.part in {"personnel", "public"} else spend.part


def _of_source(account: Account, source: str) -> Rows:
    """Opening balance, income, spending and closing balance of one budget, with their basic and project parts."""
    rows: Rows = {}

    final = account.document == "final-account"
    measures = ("total", "basic", "personnel", "public", "project", *((*_ROLLING, *_PROJECTS_LEFT) if final else ()))

    def add(item: str, measure: str, fen: int) -> None:
        rows.setdefault(item, dict.fromkeys(measures, 0))[measure] += fen

    for spend in account.spends:
        if spend.source == source:
            for measure in dict.fromkeys(("total", _nature(spend), spend.part)):
                add(spend.item, measure, spend.fen)
    if final:
        flows = (("opening", account.opening), ("income", account.income()), ("closing", account.closing))
        for name, pots in flows:
            for item in dict.fromkeys(item for item, of, _ in account.income() if of == source):
                for nature, project in (("basic", False), ("project", True)):
                    fen = pots.get((item, source, project), 0)
                    add(item, name, fen)
                    add(item, f"{name}-{nature}", fen)
                    if name == "closing" and project:
                        add(item, "closing-project-carry-over", fen)
    return rows


def _basic(account: Account) -> Rows:
    rows = _economic(
        account.spends, lambda each: each.source == "general-budget" and each.part in {"personnel", "public"}
    )
    total = rows.get("total", {})
    for key in ("personnel", "public"):
        rows[f"{key}-total"] = {"total": total.get(key, 0)}
    return rows


def _economic(spends: Iterable[Spend], wanted: Callable[[Spend], bool]) -> Rows:
    items: Rows = {}
    for spend in filter(wanted, spends):
        row = items.setdefault(spend.economic, {"total": 0, "personnel": 0, "public": 0})
        row["total"] += spend.fen
        row[spend.part] = row.get(spend.part, 0) + spend.fen
    return _coded(items)


# --- summaries ------------------------------------------------------------------------------------------------------


def _summary(account: Account, made: Figures) -> Rows:
    """收支总表: income by source, spending by class."""
    revenue, spent = made["revenue"].get("total", {}), made["expenditure"]
    carried, left = sum(account.opening.values()), sum(account.closing.values())
    income = revenue.get("current-year", 0)
    expenditure = spent["total"].get("total", 0)
    lines = {f"income-{source}": revenue.get(source, 0) for source in sorted(_INCOME)}
    lines |= {
        "unit-funds": revenue.get("unit-funds", 0),
        "income-current-year": income,
        "non-appropriation-surplus-used": 0,
        "carry-over-opening": carried,
        "total-income": income + carried,
        **{code: line["total"] for code, line in spent.items() if len(code) == 3},
        "expenditure-current-year": expenditure,
        "surplus-distribution": 0,
        "carry-over-closing": left,
        "total-expenditure": expenditure + left,
    }
    return {line: {"amount": fen} for line, fen in lines.items()}


def _appropriation(account: Account, made: Figures) -> Rows:
    """财政拨款收支总表: three budgets on the left, classes by budget on the right."""
    income = {
        source: sum(fen for pot, fen in account.income().items() if pot[1] == source) for source in APPROPRIATIONS
    }
    opening = {
        source: sum(fen for pot, fen in account.opening.items() if pot[1] == source) for source in APPROPRIATIONS
    }
    closing = {
        source: sum(fen for pot, fen in account.closing.items() if pot[1] == source) for source in APPROPRIATIONS
    }
    rows: Rows = {f"income-{source}": {"amount": fen} for source, fen in income.items()}
    rows["income-current-year"] = {"amount": sum(income.values())}
    rows["carry-over-opening"] = {"amount": sum(opening.values())}
    rows |= {f"carry-over-opening-{source}": {"amount": fen} for source, fen in opening.items()}
    rows["total-income"] = {"amount": sum(income.values()) + sum(opening.values())}
    tables = {
        "general-budget": "general-budget-expenditure",
        "government-fund": "government-fund",
        "state-capital": "state-capital",
    }
    classes = sorted({code for table in tables.values() for code in made[table] if len(code) == 3})
    for code, line in [*((code, code) for code in classes), ("total", "expenditure-current-year")]:
        parts = {source: made[table].get(code, {}).get("total", 0) for source, table in tables.items()}
        rows[line] = {"amount": sum(parts.values()), "total": sum(parts.values()), **parts}
    left = sum(closing.values())
    rows["carry-over-closing"] = {"amount": left, "total": left, **closing}
    for source, fen in closing.items():
        rows[f"carry-over-closing-{source}"] = {"total": fen, **dict.fromkeys(APPROPRIATIONS, 0), source: fen}
    current = rows["expenditure-current-year"]
    rows["total-expenditure"] = {key: current[key] + rows["carry-over-closing"][key] for key in current}
    return rows


def _three(account: Account, body: Body) -> Rows:
    rows: Rows = {}
    measures: list[tuple[str, Mapping[str, int]]] = [
        ("budget", account.budget.lines),
        ("adjusted", account.budget.lines),
        ("previous", account.previous.lines),
        ("final", account.final.lines),
        ("general-budget-budget", account.budget.lines),
        ("general-budget-adjusted", account.budget.lines),
        ("general-budget-final", _general(account.final)),
    ]
    for measure, lines in measures:
        vehicles = lines["vehicle-purchase"] + lines["vehicle-running"]
        total = vehicles + lines["overseas-travel"] + lines["reception"]
        for line, fen in {"total": total, **lines, "vehicles": vehicles}.items():
            rows.setdefault(line, {})[measure] = fen
    for row in rows.values():
        row["change"] = row["budget"] - row["previous"]
    rows["reception-domestic"] = dict(rows["reception"])
    rows["reception-foreign"] = dict.fromkeys(rows["reception"], 0)
    rows["agency-operation"] = {"final": _agency(account, body)}
    return rows


def _general(three: ThreePublic) -> dict[str, int]:
    return {line: fen - three.fund.get(line, 0) for line, fen in three.lines.items()}


def _agency(account: Account, body: Body) -> int:
    """机关运行经费: what an organ (not a public institution) spends on its own running."""
    if body.institution:
        return 0
    return sum(each.fen for each in account.spends if each.part == "public" and each.source == "general-budget")

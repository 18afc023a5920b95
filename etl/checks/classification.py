"""Codes and names against the classification of the fiscal year (T-16), and each code once (T-18)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from etl.checks.evidence import values
from etl.checks.result import Result
from etl.checks.select import classified, is_code
from etl.finding import Finding, Severity
from etl.labels import fold_name
from etl.printed import at
from etl.spec.model import CodeList, Rule, Spec
from etl.table import Identity, Line, Table, cell_name


def classification(rule: Rule, table: Table, identity: Identity, spec: Spec) -> Result:
    """Hold the codes of a table against a classification.

    Parameters:
        classification: the code list.
        ask: `known`, is the code in the list of that year? The rule's severity holds where the list is complete; at its
            lower levels, and for codes of other years, it is a warning.
            `name`, is the name printed beside a known code the one it has that year? Spaces, brackets and a trailing
            支出 make no difference.
            `once`, does the code stand only once in the table?
        beside: fields that, with `once`, tell lines of one code apart: the unit, the project. A line that leaves one of
            them blank and others fill it (cells merged downwards, a subtotal) cannot be told apart, and is not asked.
    """
    codes, year = spec.codes[str(rule.parameters["classification"])], identity.fiscal_year
    if rule.parameters["ask"] == "once":
        return _once(rule, table, codes, tuple(rule.parameters.get("beside", ())))
    if not _covers(codes, year):
        return Result(reason="codes-unknown")
    return {"known": _known, "name": _named}[str(rule.parameters["ask"])](rule, table, codes, year)


def _known(rule: Rule, table: Table, codes: CodeList, year: int) -> Result:
    lines = _coded(table, codes)
    findings = [finding for line in lines if (finding := _unknown(rule, table, line, codes, year))]
    return Result(tuple(findings), len(lines), "" if lines else "line-absent")


def _named(rule: Rule, table: Table, codes: CodeList, year: int) -> Result:
    lines = [line for line in _coded(table, codes) if line.name and _names(codes, line.code, year)]
    findings = []
    for line in lines:
        right = _names(codes, line.code, year)
        if not is_name_of(codes, line.code, line.name, year):
            more = {"right_name": right[0], "year": str(year)}
            findings.append(_finding(rule, table, line, more, expected=right[0], actual=line.name, field="line_name"))
    return Result(tuple(findings), len(lines), "" if lines else "line-absent")


def _once(rule: Rule, table: Table, codes: CodeList, beside: tuple[str, ...]) -> Result:
    coded = _coded(table, codes)
    filled = [field for field in beside if any(line.attributes.get(field) for line in coded)]
    lines = [line for line in coded if all(line.attributes.get(field) for field in filled)]
    seen: dict[tuple[str, ...], list[Line]] = {}
    for line in lines:
        seen.setdefault((line.code, *(line.attributes.get(field, "") for field in beside)), []).append(line)
    findings = []
    for same in seen.values():
        if len(same) > 1:
            cells = "、".join(cell_name(line.row, line.code_column) for line in same)
            findings.append(_finding(rule, table, same[1], {"parts": cells}, actual=same[1].code))
    return Result(tuple(findings), len(lines), "" if lines else "line-absent")


def _covers(codes: CodeList, year: int) -> bool:
    return year > 0 and any(entry.holds(year) for entries in codes.entries.values() for entry in entries)


def _coded(table: Table, codes: CodeList) -> list[Line]:
    return [line for line in classified(table) if len(line.code) in codes.lengths]


def _names(codes: CodeList, code: str, year: int) -> list[str]:
    return [entry.name.zh for entry in codes.entries.get(code, ()) if entry.holds(year)]


def is_name_of(codes: CodeList, code: str, name: str, year: int) -> bool:
    """True where the classification calls the code so in that year, or has nothing to say about it."""
    right = _names(codes, code, year)
    return not right or _bare(name) in {_bare(each) for each in right}


@lru_cache(maxsize=16384)
def _bare(name: str) -> str:
    return fold_name(name).removesuffix("支出")


def _unknown(rule: Rule, table: Table, line: Line, codes: CodeList, year: int) -> Finding | None:
    if _names(codes, line.code, year):
        return None
    more = {"year": str(year), "right_name": _right_code(table, line, codes, year)}
    severity: Severity = "warning"
    head = line.code[: codes.lengths[0]]
    if head not in codes.entries:
        severity, more = rule.severity, {**more, "situation": "orphan", "label": head}
    elif line.code in codes.entries:
        more["situation"] = "other-year"
    elif len(line.code) in codes.complete_lengths:
        severity = rule.severity
    return _finding(rule, table, line, more, severity=severity, actual=line.code)


def _right_code(table: Table, line: Line, codes: CodeList, year: int) -> str:
    """The code of that name in that year: below a line of this table if it can be, and only where there is just one."""
    alike = [
        code
        for code in codes.entries
        if len(code) > codes.lengths[0] and _bare(line.name) in {_bare(name) for name in _names(codes, code, year)}
    ]
    printed = {each.code for each in table.lines}
    near = [code for code in alike if any(code.startswith(parent) for parent in printed if is_code(parent))]
    fitting = near or alike
    return f"{fitting[0]} {line.name}" if line.name and len(fitting) == 1 else ""


def _finding(
    rule: Rule,
    table: Table,
    line: Line,
    more: Mapping[str, str],
    *,
    severity: Severity | None = None,
    expected: str = "",
    actual: str = "",
    field: str = "line_code",
) -> Finding:
    return Finding(
        severity or rule.severity,
        rule.finding,
        at(table, line, line.code_column),
        table_id=table.table_id,
        field=field,
        expected=expected,
        actual=actual,
        rule=rule.rule,
        values=values(table, **{"situation": "default", **more, "code": line.code, "name": line.name}),
    )

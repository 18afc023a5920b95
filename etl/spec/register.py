"""`datasets/register/` -> the bodies of the county, and when their documents were approved.

A name goes everywhere: into pages, file names, spreadsheets, terminals. One that could do harm anywhere is refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import combinations

from etl.labels import fold
from etl.spec.bilingual import Bilingual
from etl.spec.declarations import Approval, Department
from etl.spec.files import Row, Sheet
from etl.spec.years import is_day, overlap, span

DEPARTMENTS = (
    "department_code",
    "name_zh",
    "name_en",
    "aliases",
    "kind",
    "scope",
    "parent_code",
    "valid_from",
    "valid_to",
    "exempt",
    "exempt_reason",
    "public_name",
    "successor_of",
    "name_source",
)
APPROVALS = (
    "department_code",
    "fiscal_year",
    "document",
    "approved_on",
    "published_on",
    "published_url",
    "note",
)
FURTHER_DATES = ("signed_on",)
"""Columns of `approvals.csv` that a county may add: the day a document is signed with."""
GOVERNMENT = "000"

_CODE = re.compile(r"[0-9A-Za-z]+([.-][0-9A-Za-z]+)*")
_LONGEST = 100
# Control characters, separators of lines, lone surrogates, and what turns the direction of writing or is not seen.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_SEPARATORS = re.compile(r"[/\\]")
_CHOICES = {"scope": ("", "department", "unit"), "exempt": ("", "yes", "partly"), "public_name": ("", "yes", "no")}


@dataclass(frozen=True, slots=True)
class _Body:
    row: Row
    department: Department

    @property
    def years(self) -> tuple[int, int]:
        return self.department.valid_from, self.department.valid_to


def departments(sheet: Sheet | None) -> tuple[Department, ...]:
    """The bodies of the county, in the order of the register."""
    if sheet is None:
        return ()
    bodies = [_Body(row, _department(sheet, row)) for row in sheet.rows]
    codes = {body.department.code for body in bodies}
    if GOVERNMENT not in codes:
        zh, en = "缺少 000（县级政府本身）这一行", "the row 000, the government itself, is missing"
        sheet.wrong(1, "department_code", zh, en)
    for body in bodies:
        _check_references(sheet, body, codes)
    _check_codes(sheet, bodies)
    _check_names(sheet, bodies)
    return tuple(body.department for body in bodies)


def approvals(sheet: Sheet | None, codes: Collection[str], documents: Collection[str] | None) -> tuple[Approval, ...]:
    """When documents were approved and published, given the bodies and the documents there are."""
    if sheet is None:
        return ()
    made: dict[tuple[str, int, str], Approval] = {}
    for row in sheet.rows:
        approval = _approval(sheet, row, codes, documents)
        key = (approval.department_code, approval.fiscal_year, approval.document)
        if key in made:
            zh, en = "同一单位、年度、文件写了两行", "a second row for the same body, year and document"
            sheet.wrong(row.line, "department_code", zh, en)
        made.setdefault(key, approval)
    return tuple(made.values())


# --- one row ----------------------------------------------------------------------------------------------------


def _department(sheet: Sheet, row: Row) -> Department:
    _check_cells(sheet, row)
    aliases = _parts(row["aliases"])
    for column, name in (
        ("name_zh", row["name_zh"]),
        ("name_en", row["name_en"]),
        *(("aliases", each) for each in aliases),
    ):
        harm = _harm(name)
        if harm is not None:
            sheet.wrong(row.line, column, *harm)
    first, last = span(sheet, row)
    return Department(
        code=row["department_code"],
        name=Bilingual(row["name_zh"], row["name_en"] or row["name_zh"]),
        aliases=aliases,
        kind=row["kind"],
        scope=row["scope"] or "department",
        parent_code=row["parent_code"],
        valid_from=first,
        valid_to=last,
        exempt=row["exempt"],
        exempt_reason=row["exempt_reason"],
        public_name=row["public_name"] != "no",
        successor_of=_parts(row["successor_of"]),
        name_source=row["name_source"],
    )


def _check_cells(sheet: Sheet, row: Row) -> None:
    if not _CODE.fullmatch(row["department_code"]):
        sheet.wrong(row.line, "department_code", "代码要用字母和数字", "a code is made of letters and digits")
    if not fold(row["name_zh"]):
        sheet.wrong(row.line, "name_zh", "缺少名称", "the name is missing")
    for column, choices in _CHOICES.items():
        if row[column] not in choices:
            said = " | ".join(filter(None, choices))
            sheet.wrong(row.line, column, f"只能是 {said} 或空白", f"must be {said} or empty")
    if row["exempt"] == "yes" and not row["exempt_reason"]:
        sheet.wrong(row.line, "exempt_reason", "不予公开的单位要写理由", "an exempt body needs its reason")
    if row["public_name"] == "no" and row["exempt"] != "yes":
        zh, en = "只有 exempt 为 yes 的单位可以不公开名称", "only a body with exempt yes may go unnamed"
        sheet.wrong(row.line, "public_name", zh, en)
    for column in set(DEPARTMENTS) - {"name_zh", "name_en", "aliases"}:
        if _UNSEEN.search(row[column]):
            sheet.wrong(row.line, column, "含有看不见的控制字符", "holds unseen control characters")


def _harm(name: str) -> tuple[str, str] | None:
    """What makes a name dangerous; None where nothing does. The name itself is not repeated."""
    if _UNSEEN.search(name):
        return "名称含有看不见的控制字符", "the name holds unseen control characters"
    if _SEPARATORS.search(name) or name.startswith("."):
        return "名称含有 / 或 \\，或以点开头", "the name holds / or \\, or begins with a dot"
    if name.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")):
        return "名称以 = + - @ 开头，会被当作公式", "the name begins with = + - @ and would be taken for a formula"
    if len(name) > _LONGEST:
        return f"名称超过 {_LONGEST} 个字", f"the name is longer than {_LONGEST} characters"
    return None


def _approval(sheet: Sheet, row: Row, codes: Collection[str], documents: Collection[str] | None) -> Approval:
    if row["department_code"] not in codes:
        sheet.wrong(row.line, "department_code", "登记表里没有这个单位", "the register has no such body")
    if documents is not None and row["document"] not in documents:
        sheet.wrong(row.line, "document", "没有这种文件", "there is no such document")
    year = row["fiscal_year"]
    if not re.fullmatch(r"(19|20)[0-9]{2}", year):
        sheet.wrong(row.line, "fiscal_year", "要写四位年份", "write a year of four digits")
        year = "0"
    for column in ("approved_on", "published_on", *FURTHER_DATES):
        if row[column] and not is_day(row[column]):
            sheet.wrong(row.line, column, "不是日期（年-月-日）", "not a date (year-month-day)")
    if row["published_url"] and not re.fullmatch(r"https?://[^\s\"'<>]+", row["published_url"]):
        sheet.wrong(row.line, "published_url", "要以 http:// 或 https:// 开头", "must begin with http:// or https://")
    if _UNSEEN.search(row["note"]):
        sheet.wrong(row.line, "note", "含有看不见的控制字符", "holds unseen control characters")
    return Approval(
        row["department_code"],
        int(year),
        row["document"],
        row["approved_on"],
        row["published_on"],
        row["published_url"],
        row["note"],
        row["signed_on"],
        row.line,
    )


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())


# --- between rows -----------------------------------------------------------------------------------------------


def _check_references(sheet: Sheet, body: _Body, codes: Collection[str]) -> None:
    department = body.department
    for column, named in (("parent_code", (department.parent_code,)), ("successor_of", department.successor_of)):
        for code in filter(None, named):
            if code not in codes:
                sheet.wrong(body.row.line, column, "登记表里没有这个代码", "the register has no such code")
            elif code == department.code:
                sheet.wrong(body.row.line, column, "指向了自己", "names the body itself")


def _check_codes(sheet: Sheet, bodies: list[_Body]) -> None:
    held: dict[str, list[_Body]] = {}
    for body in bodies:
        held.setdefault(body.department.code, []).append(body)
    for same in held.values():
        for one, other in combinations(same, 2):
            if overlap(one.years, other.years):
                zh = f"代码与第 {one.row.line} 行重复，年度重叠"
                sheet.wrong(
                    other.row.line, "department_code", zh, f"the code stands in line {one.row.line} for the same years"
                )


def _check_names(sheet: Sheet, bodies: list[_Body]) -> None:
    held: dict[str, list[tuple[str, _Body]]] = {}
    for body in bodies:
        for column, name in _named(body.department):
            held.setdefault(name, []).append((column, body))
    for same in held.values():
        for (_, one), (column, other) in combinations(same, 2):
            if one.department.code != other.department.code and overlap(one.years, other.years):
                zh = f"名称与第 {one.row.line} 行重复，年度重叠"
                sheet.wrong(other.row.line, column, zh, f"the name stands in line {one.row.line} for the same years")


def _named(department: Department) -> Iterator[tuple[str, str]]:
    names = {fold(alias): "aliases" for alias in department.aliases} | {fold(department.name.zh): "name_zh"}
    yield from ((column, name) for name, column in names.items() if name)

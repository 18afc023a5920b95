"""`schemas/codes/fee-items.csv` -> fees and funds known nationally: who set them, on what basis, until when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from etl.spec.files import Row, Sheet
from etl.spec.years import is_day

COLUMNS = (
    "item",
    "list_type",
    "department",
    "departments",
    "item_no",
    "aliases",
    "sub_item",
    "enterprise_related",
    "set_by",
    "fund_management",
    "basis",
    "standard",
    "status",
    "valid_from",
    "valid_to",
    "ended_by",
    "checked",
    "source",
    "note",
)
_CHOICES = {
    "list_type": ("行政事业性收费", "政府性基金"),
    "enterprise_related": ("Y", "N", "部分", ""),
    "set_by": ("中央", "省"),
    "status": ("执行", "停征", "免征", "取消", "改税"),
    "checked": ("verified", "from-knowledge"),
}
_PATTERN = "departments"
_ENDED = ("停征", "取消", "改税")


@dataclass(frozen=True, slots=True)
class FeeItem:
    """One fee or fund, or a part of one, and the days on which it may be charged."""

    item: str
    aliases: tuple[str, ...]
    """Other names under which lists print it."""
    sub_item: str
    list_type: str
    department: str
    departments: str
    """Pattern of the departments that list it; empty where any may."""
    set_by: str
    bases: tuple[str, ...]
    status: str
    valid_from: str
    """First day, in ISO form; empty where it is not known."""
    valid_to: str
    """Last day; empty while it may be charged."""
    ended_by: str
    """The document that ended it."""
    verified: bool
    """False for what is from knowledge and has not been looked up."""


def fee_items(sheet: Sheet | None) -> tuple[FeeItem, ...]:
    """Every row, in the order of the file."""
    if sheet is None:
        return ()
    seen: dict[tuple[str, ...], int] = {}
    for row in sheet.rows:
        for column, zh, en in _mistakes(row):
            sheet.wrong(row.line, column, zh, en)
        first = seen.setdefault(tuple(row[key] for key in ("list_type", "item", "sub_item", "valid_from")), row.line)
        if first != row.line:
            sheet.wrong(row.line, "item", f"和第 {first} 行重复", f"repeats line {first}")
    return tuple(map(_item, sheet.rows))


def _mistakes(row: Row) -> Iterator[tuple[str, str, str]]:
    if not row["item"]:
        yield "item", "没有写项目名称", "the item has no name"
    for column, choices in _CHOICES.items():
        if row[column] not in choices:
            words = "、".join(each for each in choices if each)
            yield column, f"只能写：{words}", f"must be one of: {words}"
    for column in ("valid_from", "valid_to"):
        if row[column] and not is_day(row[column]):
            yield column, "要写日期（2024-01-31）", "write a day (2024-01-31)"
    if row["valid_to"] and row["valid_to"] < row["valid_from"]:
        yield "valid_to", "止日早于起日", "ends before it begins"
    if row["status"] in _ENDED and not row["valid_to"]:
        yield "valid_to", "已经停止的项目要写最后一天", "an item that ended needs its last day"
    try:
        re.compile(row[_PATTERN])
    except re.error:
        yield _PATTERN, "不是合格的正则表达式", "not a regular expression"


def _item(row: Row) -> FeeItem:
    return FeeItem(
        row["item"],
        tuple(each for each in row["aliases"].split("|") if each),
        row["sub_item"],
        row["list_type"],
        row["department"],
        row["departments"],
        row["set_by"],
        tuple(each for each in row["basis"].split(";") if each),
        row["status"],
        row["valid_from"],
        row["valid_to"],
        row["ended_by"],
        row["checked"] == "verified",
    )

"""Lists of text: fees and funds, one record an item or sub-item.

| 部门     | 序号 | 项目名称        |        department  item_no  item    sub_item
| 外交部门 | 2    | 签证费          |  ->    外交部门    2        签证费
|          |      | (1)代办外国签证 |        外交部门    2        签证费  代办外国签证
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.amounts import is_blank
from etl.labels import fold, strip_ordinal
from etl.normalise.figures import shown
from etl.spec.model import Form, Spec
from etl.table import Column, Line, Match, Sheet

_DATE = re.compile(r"((?:19|20)\d{2})年(\d{1,2})月(\d{1,2})日")
_YEAR = re.compile(r"((?:19|20)\d{2})年")
_SUB = re.compile(r"^(\([一二三四五六七八九十\d]{1,3}\)|[①-⑳])")
_SUB_SUB = re.compile(r"^[①-⑳]")
_BASES = re.compile(r"[,，、;；\n]+(?![^《]*》)(?![^〔(（]*[〕)）])")


@dataclass(slots=True)
class _Above:
    """What the rows above leave to a row that does not repeat it."""

    fields: dict[str, str]
    item: str = ""
    item_no: str = ""
    sub_item: str = ""


def read_list(match: Match, form: Form, rows: Sequence[int], spec: Spec) -> list[Line]:
    """Every item and sub-item as a line of text fields."""
    columns = [column for band in match.bands for column in band.columns if column.role == "text"]
    constants = {**form.constants, "list_date": list_date(match.sheet, match.title_row, match.first_row)}
    above = _Above({})
    lines: list[Line] = []
    for row in rows:
        fields = _fields(match.sheet, columns, row)
        if not fields.get("item"):
            continue
        _place(fields, above, form)
        if basis := fields.get("basis"):
            fields["basis_normal"] = ";".join(normal_bases(basis, spec))
        attributes = {key: text for key, text in {**constants, **fields}.items() if text}
        lines.append(Line("", "", "", row, {}, attributes, columns[0].index, columns[0].index))
    return lines


def list_date(sheet: Sheet, title_row: int, end: int) -> str:
    """The day (or the year) that stands with the title, as ISO; empty where none does."""
    texts = ["".join(str(value).split()) for row in sheet.rows[title_row:end] for value in row if not is_blank(value)]
    for text in texts:
        if match := _DATE.search(text):
            year, month, day = (int(part) for part in match.groups())
            return f"{year:04d}-{month:02d}-{day:02d}"
    return next((match.group(1) for text in texts if (match := _YEAR.search(text))), "")


def normal_bases(basis: str, spec: Spec) -> list[str]:
    """The documents a basis names, in normal form (机关代字〔年〕号); laws in 《》 and the like stay as printed.

    The elided number of `国发明电〔1994〕2号、23号` is given its document again.
    """
    found: list[str] = []
    for piece in _BASES.split(basis):
        text = piece.strip()
        if not text:
            continue
        short = re.fullmatch(r"第?(\d{1,4})号", text)
        previous = re.fullmatch(r"(.+〔\d{4}〕)\d+号", found[-1]) if found else None
        if short and previous:
            found.append(f"{previous.group(1)}{short.group(1)}号")
            continue
        found.append(_normal(text, spec))
    return found


def _normal(text: str, spec: Spec) -> str:
    if text.startswith("《"):
        return text
    for pattern, form in spec.recognition.document_numbers:
        if match := re.fullmatch(pattern, text):
            return match.expand(form)
    return text


def _fields(sheet: Sheet, columns: Sequence[Column], row: int) -> dict[str, str]:
    fields: dict[str, str] = {}
    for column in columns:
        value = sheet.value(row, column.index)
        if not is_blank(value):
            fields[column.key] = shown(value).strip()
    return fields


def _place(fields: dict[str, str], above: _Above, form: Form) -> None:
    """Put a row under the item it belongs to, and give it what it inherits."""
    if department := fields.get("department"):
        fields["department"] = strip_ordinal(department)
    for key in form.fill_down:
        if key in fields:
            above.fields[key] = fields[key]
        elif key in above.fields:
            fields[key] = above.fields[key]
    name = fields["item"]
    mark = _SUB.match(fold(name)) or _SUB_SUB.match(name)
    if fields.get("item_no") or not (mark and above.item):
        above.item, above.item_no, above.sub_item = name, fields.get("item_no", ""), ""
        return
    if _SUB_SUB.match(name) and above.sub_item:
        fields["sub_item"] = f"{above.sub_item} {name}"
    else:
        above.sub_item = name
        fields["sub_item"] = name
    fields["item"], fields["item_no"] = above.item, above.item_no

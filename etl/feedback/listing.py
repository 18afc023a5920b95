"""The first sheet of a marked copy, 检查结果: every finding in a line, with a link to its cell.

Takes an openpyxl workbook and findings in the order in which they are mended; adds one sheet.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from copy import copy

import openpyxl.workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from etl.feedback.mark import fill
from etl.finding import SEVERITIES as SEVERITY_ORDER
from etl.finding import Finding
from etl.spec.model import Spec
from etl.wording import SEVERITIES, breadth, say

TITLE = "检查结果"
HINT = "点“单元格”一栏可以跳到出错的地方，把鼠标停在有颜色的单元格上可以看到说明。表内原有的数字没有改动。"
HEADS = ("序号", "级别", "工作表", "单元格", "哪里不对", "怎么办")
_WIDTHS = (7, 18, 22, 14, 62, 50)
_FIRST = 5
"""Row of the heads; findings follow below."""
_LINE = 16.5
"""Points a line of text is high."""
_INK = "1F4E5F"
_FACE = "微软雅黑"
_PLAIN = Font(name=_FACE, size=10)
_RULE = Border(bottom=Side("thin", color="C9D3D6"))


def add_listing(
    workbook: openpyxl.workbook.Workbook, findings: Sequence[Finding], titles: Mapping[str, str], spec: Spec
) -> None:
    """Put the list of findings in front of the other sheets, and open the workbook there.

    `titles` has the sheets that can be linked to, by the name under which findings know them.
    """
    sheet = workbook.create_sheet(_free_name(workbook), 0)
    _write_head(sheet, findings)
    for number, finding in enumerate(findings, start=1):
        _write_finding(sheet, number, finding, titles.get(finding.location.sheet, ""), spec)
    _set_up_page(sheet)
    for other in workbook.worksheets:
        other.sheet_view.tabSelected = other is sheet
    workbook.active = 0


def verdict(findings: Sequence[Finding]) -> str:
    """What the list comes to, in one sentence."""
    if not findings:
        return "没有发现问题，可以报送。"
    counts = {severity: sum(one.severity == severity for one in findings) for severity in SEVERITY_ORDER}
    told = [f"{SEVERITIES[severity].zh} {count} 处" for severity, count in counts.items() if count]
    closing = "请改正错误后重新报送。" if counts["error"] else "没有错误，可以报送。"
    return f"{'，'.join(told)}。{closing}"


def _free_name(workbook: openpyxl.workbook.Workbook) -> str:
    """The title, numbered where the department has a sheet of that name (a marked copy that was sent back)."""
    number, name = 1, TITLE
    while name in workbook.sheetnames:
        number += 1
        name = f"{TITLE} {number}"
    return name


def _write_head(sheet: Worksheet, findings: Sequence[Finding]) -> None:
    _put(sheet.cell(1, 1), TITLE).font = Font(name=_FACE, bold=True, size=18, color=_INK)
    sheet.row_dimensions[1].height = 30
    _put(sheet.cell(2, 1), verdict(findings)).font = Font(name=_FACE, bold=True, size=12)
    sheet.row_dimensions[2].height = 22
    _put(sheet.cell(3, 1), HINT)
    for column, (head, wide) in enumerate(zip(HEADS, _WIDTHS, strict=True), start=1):
        cell = _put(sheet.cell(_FIRST, column), head)
        cell.font = Font(name=_FACE, bold=True, size=10, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=_INK)
        cell.alignment = Alignment(vertical="center", horizontal="left")
        sheet.column_dimensions[cell.column_letter].width = wide
    sheet.row_dimensions[_FIRST].height = 22


def _write_finding(sheet: Worksheet, number: int, finding: Finding, title: str, spec: Spec) -> None:
    message, mend = say(finding, spec, "zh")
    row, location = _FIRST + number, finding.location
    texts = (str(number), SEVERITIES[finding.severity].zh, location.sheet, location.cell, message, mend)
    for column, text in enumerate(texts, start=1):
        cell = _write(sheet.cell(row, column), text)
        if number == 1:
            cell.font, cell.alignment, cell.border = _PLAIN, Alignment(vertical="top", wrap_text=True), _RULE
        else:  # a style is compared with every other when it is set: with a thousand findings, that was the whole time
            cell._style = copy(sheet.cell(_FIRST + 1, 1)._style)  # type: ignore[attr-defined, union-attr]
    sheet.cell(row, 2).fill = fill(finding.severity)
    if title:
        _link(sheet.cell(row, 4), title, location.cell)
    sheet.row_dimensions[row].height = _height(texts)


def _link(cell: object, title: str, address: str) -> None:
    assert isinstance(cell, Cell)
    quoted = title.replace("'", "''")
    place = address.partition(",")[0] or "A1"
    cell.value = cell.value or "查看"
    cell.hyperlink = Hyperlink(ref="", location=f"'{quoted}'!{place}")
    cell.font = Font(name=_FACE, size=10, color="0B5394", underline="single")


def _put(cell: object, text: str) -> Cell:
    """Write a text in the plain font."""
    written = _write(cell, text)
    written.font = _PLAIN
    return written


def _write(cell: object, text: str) -> Cell:
    """Write a text as text, whatever it begins with."""
    assert isinstance(cell, Cell)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
    return cell


def _height(texts: Sequence[str]) -> float:
    lines = max(math.ceil(breadth(text) / (wide - 2)) for text, wide in zip(texts, _WIDTHS, strict=True))
    return _LINE * max(lines, 1) + 6


def _set_up_page(sheet: Worksheet) -> None:
    sheet.sheet_view.showGridLines = False
    sheet.freeze_panes = f"A{_FIRST + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{_FIRST}:{_FIRST}"

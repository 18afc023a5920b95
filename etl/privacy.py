"""What must never leave the building: personal data in cells, hidden places, comments and properties.

Takes a workbook and its bytes; gives findings that name place and kind, and never what stands there. Numbers are judged
by their own check digits, so that amounts, codes and index numbers are left alone.
"""

from __future__ import annotations

import html
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from zipfile import ZipFile

from etl.amounts import Value
from etl.finding import NOWHERE, Finding, Location, error
from etl.labels import fold_label
from etl.table import Sheet, Workbook, cell_name

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "id-number": "身份证号",
        "mobile": "手机号",
        "bank-card": "银行卡号",
        "name": "个人姓名",
        "account": "个人账号",
        "address": "家庭住址",
    }
)
"""Kinds of personal data, as the clerk calls them."""

TITLES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(
            ("姓名", "户主", "户主姓名", "农户姓名", "职工姓名", "学生姓名", "领取人", "补助对象姓名"), "name"
        ),
        **dict.fromkeys(("身份证", "身份证号", "身份证号码", "公民身份号码", "居民身份证号", "证件号码"), "id-number"),
        **dict.fromkeys(
            ("账号", "帐号", "银行账号", "银行帐号", "银行卡号", "卡号", "一卡通", "一卡通账号"), "account"
        ),
        **dict.fromkeys(("家庭住址", "家庭地址", "住址"), "address"),
    }
)
"""Headers under which the forms of the law print nothing, and lists of persons print persons. 联系电话 is not among
them: offices give theirs; a mobile number is known by its digits."""

PUBLIC_NUMBERS = re.compile("监督索引号|统一社会信用代码|组织机构代码|项目编码|项目代码|收费编码|文号")
"""Words before, left of or above a number that is public and may pass Luhn's test by chance (one in ten does)."""

INDEX_NUMBER = re.compile(r"53\d{15,18}")
"""监督索引号 of Yunnan: 17 to 20 digits that begin with the province."""

_PROVINCES = frozenset(
    str(code)
    for codes in (
        range(11, 16),
        range(21, 24),
        range(31, 38),
        range(41, 47),
        range(50, 55),
        range(61, 66),
        (71, 81, 82, 83),
    )
    for code in codes
)
_RUN = re.compile(
    r"(?<!\d)(?<!\d[A-Za-z])(?<!\d[A-Za-z]{2})(?<!\d\.)\d(?:[ \u00a0\u3000-]?\d){10,20}[xXｘＸ]?(?![\dA-Za-z])(?!\.\d)"
)
"""Eleven digits and more in one piece or in groups, that are not part of a decimal, a longer number or a code."""
_GAPS = re.compile(r"[ \u00a0\u3000-]")
_SHAPES = frozenset({(3, 4, 4), (2, 3, 4, 4), (3, 3, 5), (6, 8, 4), (6, 4, 4, 4), (6, 6, 3)})
"""How people group mobile and identity numbers; cards come in fours."""
_MOBILE = re.compile(r"(?:86)?1[3-9]\d{9}")
_HEADER = re.compile("[姓户领身证账帐卡址]")
_NAME = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff·]{1,5}")
_NO_NAMES = re.compile("合计|小计|总计|单位|部门|项目|姓名|[局县镇乡村办院校所]$")
_DIGITS = re.compile(r"\d{6}")
_LEFT, _ABOVE, _NEAR, _MOST_PHONES = 2, 60, 3, 2
"""Cells left of a number and rows above it in which its label may stand; rows above and below a stored number in which
amounts of millions show that it is one, too; phones that a row may hold."""

_TEXT_PARTS = re.compile(r"docProps/.*\.xml|xl/(?:comments|threadedComments/|drawings/)[^/]*\.(?:xml|vml)")
_CACHE_PARTS = re.compile(r"xl/(?:externalLinks|pivotCache)/[^/]*\.xml")
_ENDS = re.compile(r"</(?:\w+:)?(?:comment|threadedComment|p|div|property|\w+Properties)>")
_TAGS = re.compile(r"<[^>]*>")
_MARKUP = re.compile("[<>\"']")


def scan(workbook: Workbook, data: bytes) -> list[Finding]:
    """One finding for each kind and column of a sheet, with all its cells; one for each kind outside of cells."""
    findings: list[Finding] = []
    for sheet in workbook.sheets:
        hits: dict[tuple[int, str], set[int]] = {}
        for row, column, kind in _numbers(sheet):
            hits.setdefault((column, kind), set()).add(row)
        for row, column, kind in _titled(sheet):
            hits.setdefault((column, kind), set()).add(row)
        findings.extend(_in_sheet(sheet, column, kind, sorted(rows)) for (column, kind), rows in sorted(hits.items()))
    if workbook.format == "xlsx":
        findings.extend(_outside_cells(data))
    return findings


def _numbers(sheet: Sheet) -> Iterator[tuple[int, int, str]]:
    """Row, column and kind of every number that is a person's."""
    search = _RUN.search
    for row, cells in enumerate(sheet.rows):
        for column, value in enumerate(cells):
            if isinstance(value, str):
                if len(value) > 10 and search(value):
                    kinds = _kinds(value, is_public=_is_labelled(sheet, row, column))
                    yield from ((row, column, kind) for kind in kinds)
            elif isinstance(value, (int, float)) and value >= 1e10:
                kind = _kind_of_number(value)
                if kind and not _is_harmless(sheet, row, column, kind):
                    yield row, column, kind


def _kinds(text: str, *, is_public: bool = False) -> list[str]:
    """Kinds of the personal numbers in a text, each once."""
    kinds: dict[str, None] = {}
    for run in _RUN.finditer(text):
        labelled = is_public or PUBLIC_NUMBERS.search(text, max(0, run.start() - 12), run.start()) is not None
        found = {_kind(digits) for digits in _pieces(run[0])} - {""}
        kinds |= dict.fromkeys(sorted(found - {"bank-card"} if labelled else found))
    return list(kinds)


def _pieces(run: str) -> list[str]:
    """A run as the numbers it is made of: one in groups, or several side by side."""
    digits = [unicodedata.normalize("NFKC", group).upper() for group in _GAPS.split(run)]
    groups = tuple(len(group) for group in digits)
    if groups in _SHAPES or (len(groups) > 3 and set(groups[:-1]) == {4} and groups[-1] <= 4):
        return ["".join(digits)]
    return digits


def _kind(digits: str) -> str:
    """What digits are; empty for anything that is no person's."""
    if _is_id(digits) or _is_old_id(digits):
        return "id-number"
    if _MOBILE.fullmatch(digits):
        return "mobile"
    return "bank-card" if _is_card(digits) else ""


def _kind_of_number(value: float) -> str:
    """What a stored number is. One with decimals is an amount; one of 16 digits and more has lost its last ones."""
    if value != value or value >= 1e19 or value != int(value):
        return ""
    digits = str(int(value))
    if len(digits) == 18:
        return "id-number" if digits[:2] in _PROVINCES and _is_date(digits[6:14]) else ""
    if len(digits) == 11 and digits.endswith("0000"):
        return ""  # a round amount in yuan
    return _kind(digits)


def _is_harmless(sheet: Sheet, row: int, column: int, kind: str) -> bool:
    """Whether a stored number of a kind is rather a public number, or an amount among amounts."""
    if kind == "bank-card":
        return _is_labelled(sheet, row, column)
    if kind != "mobile":
        return False
    mates = [sheet.value(near, column) for near in range(max(0, row - _NEAR), row + _NEAR + 1)]
    numbers = [value for value in (*sheet.rows[row], *mates) if isinstance(value, (int, float)) and value < 1e14]
    if any(abs(number) >= 1e6 and _MOBILE.fullmatch(f"{number:.15g}") is None for number in numbers):
        return True
    return sum(isinstance(value, (int, float)) and value >= 1e10 for value in sheet.rows[row]) > _MOST_PHONES


def _is_id(digits: str) -> bool:
    """GB 11643: province, day of birth, check digit modulo 11."""
    if len(digits) != 18 or digits[:2] not in _PROVINCES or not _is_date(digits[6:14]):
        return False
    total = sum(int(digit) * (1 << (17 - place)) for place, digit in enumerate(digits[:17]))
    return "10X98765432"[total % 11] == digits[17]


def _is_old_id(digits: str) -> bool:
    """The form before 1999, without century and check digit."""
    return len(digits) == 15 and digits.isdigit() and digits[:2] in _PROVINCES and _is_date(f"19{digits[6:12]}")


def _is_date(digits: str) -> bool:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1900 <= day.year < 2100


def _is_card(digits: str) -> bool:
    """Sixteen to nineteen digits of an issuer of cards that pass Luhn's test, and are nothing else."""
    if not (16 <= len(digits) <= 19 and digits.isdigit()) or digits[0] not in "34569":
        return False
    if INDEX_NUMBER.fullmatch(digits) or _is_credit_code(digits):
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        number = int(digit) << (place % 2)
        total += number - 9 if number > 9 else number
    return total % 10 == 0


def _is_credit_code(digits: str) -> bool:
    """Unified social credit code (GB 32100) that happens to have no letters: check digit modulo 31."""
    if len(digits) != 18:
        return False
    total = sum(int(digit) * pow(3, place, 31) for place, digit in enumerate(digits[:17]))
    return (31 - total % 31) % 31 == int(digits[17])


def _is_labelled(sheet: Sheet, row: int, column: int) -> bool:
    """Whether a word left of a cell or above it says that its number is public."""
    beside = [sheet.value(row, left) for left in range(max(0, column - _LEFT), column)]
    above = [sheet.value(upper, column) for upper in range(max(0, row - _ABOVE), row)]
    return any(isinstance(value, str) and PUBLIC_NUMBERS.search(value) for value in (*beside, *above))


def _titled(sheet: Sheet) -> Iterator[tuple[int, int, str]]:
    """Row, column and kind of what stands beneath a header of personal data."""
    for row, cells in enumerate(sheet.rows):
        for column, value in enumerate(cells):
            if isinstance(value, str) and len(value) <= 12 and _HEADER.search(value):
                kind = TITLES.get(fold_label(value), "")
                if kind:
                    yield from ((below, column, kind) for below in _beneath(sheet, row, column, kind))


def _beneath(sheet: Sheet, row: int, column: int, kind: str) -> Iterator[int]:
    """Rows beneath a header with a value of its kind, to the next header of the kind."""
    for below in range(row + 1, len(sheet.rows)):
        value = sheet.value(below, column)
        if isinstance(value, str) and fold_label(value) in TITLES:
            return
        if _fits(value, kind):
            yield below


def _fits(value: Value, kind: str) -> bool:
    """Whether a value is one of a person. What is masked with `*` is not: the digits left do not tell who it is."""
    if isinstance(value, (int, float)):
        return kind in {"id-number", "account"} and value >= 1e5
    if not isinstance(value, str) or "*" in value or "＊" in value:
        return False
    text = _GAPS.sub("", value.strip())
    if kind == "name":
        return _NAME.fullmatch(text) is not None and _NO_NAMES.search(text) is None
    if kind == "address":
        return len(text) >= 4
    return _DIGITS.search(text) is not None


def _in_sheet(sheet: Sheet, column: int, kind: str, rows: list[int]) -> Finding:
    hidden = (
        sheet.visibility != "visible" or column in sheet.hidden_columns or all(r in sheet.hidden_rows for r in rows)
    )
    location = Location(sheet.name, _cells(rows, column), rows[0] + 1, column + 1)
    return _finding(kind, location, hidden=hidden)


def _finding(kind: str, location: Location, *, hidden: bool) -> Finding:
    values = {"kind": kind, "label": KINDS[kind], "situation": "hidden-place" if hidden else "default"}
    return error("personal-data", location, field=kind, values=values)


def _cells(rows: list[int], column: int) -> str:
    """Cells of one column, neighbours as a range: `C3:C40,C42`."""
    ranges: list[list[int]] = []
    for row in rows:
        if ranges and row == ranges[-1][1] + 1:
            ranges[-1][1] = row
        else:
            ranges.append([row, row])
    names = ((cell_name(first, column), cell_name(last, column)) for first, last in ranges)
    return ",".join(first if first == last else f"{first}:{last}" for first, last in names)


def _outside_cells(data: bytes) -> list[Finding]:
    """Comments, text boxes, properties, and the values that links to other files and pivot tables keep.

    The bytes are those of a workbook that was read, so the zip is whole and within the limits of the reader.
    """
    found: dict[str, None] = {}
    with ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            if _TEXT_PARTS.fullmatch(entry.filename):
                text = _TAGS.sub("", _ENDS.sub("\n", archive.read(entry).decode("utf-8", "replace")))
            elif _CACHE_PARTS.fullmatch(entry.filename):
                text = _MARKUP.sub("\n", archive.read(entry).decode("utf-8", "replace"))
            else:
                continue
            found |= dict.fromkeys(_kinds(html.unescape(text)))
    return [_finding(kind, NOWHERE, hidden=True) for kind in found]

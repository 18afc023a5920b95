"""The kinds of mistakes: how each is planted, what should be said of it, what may follow from it, and its cause."""

from __future__ import annotations

from etl.demo.slips import identity_number
from tests.mistakes import between as x
from tests.mistakes import in_cells as c
from tests.mistakes import in_figures as f
from tests.mistakes import in_files as b
from tests.mistakes import in_identity as who
from tests.mistakes import in_lists as lists
from tests.mistakes import in_rows as rows
from tests.mistakes import in_sheets as s
from tests.mistakes.planting import Kind, kind

SUMMARY, APPROPRIATION = "revenue-expenditure-summary", "appropriation-summary"
GENERAL = "general-budget-expenditure"
_ABSENT = "line-missing detail-missing"
_UNREAD = f"{_ABSENT} sums check-not-possible required-missing table-missing nil-statement-contradicted"
_INCOME = f.starting("income-")
_ID = identity_number()
_CARDS = tuple(s.card(digits) for digits in ("622202000000000000", "621700000000000000", "955880000000000000"))

FILES: tuple[Kind, ...] = (
    kind("file cut off", b.bytes_of(b.cut_off, "xlsx", "ods"), "file-unreadable"),
    kind("file overwritten in the middle", b.bytes_of(b.flipped, "xlsx", "ods"), "file-unreadable"),
    kind("file is a PDF", b.bytes_of(b.picture, "xlsx", "ods", "html"), "file-unreadable", "file-type-mismatch"),
    kind("file is blank", b.bytes_of(b.blank, "xlsx", "csv"), "file-empty"),
    kind("file has no bytes", b.bytes_of(lambda *_: b.NO_BYTES), "file-empty"),
    kind("macros", b.bytes_of(b.with_macros, "xlsx"), "file-has-macros"),
    kind("external links", b.bytes_of(b.with_links, "xlsx"), "file-has-external-links"),
    kind("no encoding", b.bytes_of(b.of_no_encoding, "csv", "csv-gb18030"), "file-unreadable"),
    kind("xlsx named .xls", b.renamed(".xls", "xlsx"), "file-type-mismatch"),
    kind("web page named .xlsx", b.renamed(".xlsx", "html", "spreadsheetml"), "file-type-mismatch"),
    kind("text named .xlsx", b.renamed(".xlsx", "csv"), "file-type-mismatch"),
)

IDENTITY: tuple[Kind, ...] = (
    kind("body not in the register", who.everywhere(who.unknown_body), "department-unknown", "department-differs"),
    kind("one sheet of another body", who.another_body, "department-differs"),
    kind("no year anywhere", who.everywhere(who.no_year), "year-unknown", "year-differs"),
    kind("one title of last year", who.in_title(who.year_before), "year-differs"),
    kind("file named for another year", who.path_year, "year-differs"),
)

SHEETS: tuple[Kind, ...] = (
    kind("unit not written", s.unit_missing, "unit-missing"),
    kind("unit of one table wrong", s.unit_wrong, "unit-suspect", "sums"),
    kind("header deleted", s.header_gone, "header-missing sheet-unrecognised", "table-missing"),
    kind("label of a column nobody knows", s.column_untold, "column-unrecognised header-missing", _UNREAD),
    kind(
        "two columns of one label", s.columns_alike, "columns-collide header-missing", f"column-unrecognised {_UNREAD}"
    ),
    kind("sheet that is no table", s.no_such_table, "sheet-unrecognised"),
    kind(
        "words of the template left",
        s.below(
            "注：XX局本表反映本部门收支情况。", "注：本表反映XX部门{}年度收支情况。", "填表说明：请填写单位名称XXX。"
        ),
        "template-text-left",
    ),
    kind("line of a name nobody knows", s.line_untold, "line-unrecognised", "sums check-not-possible"),
    kind("hidden sheet", s.hidden_sheet, "hidden-content", "sheet-unrecognised"),
    kind("hidden row", s.hidden("row"), "hidden-content"),
    kind("hidden column", s.hidden("column"), "hidden-content"),
    kind("table twice with other figures", s.sheet_twice, "table-repeated", "sums"),
    kind("empty table without a statement", s.nil_unstated, "nil-statement-missing"),
    kind("statement of nothing below figures", s.nil_contradicted, "nil-statement-contradicted"),
    kind(
        "fund table empty, summary not",
        x.emptied("government-fund"),
        "nil-statement-contradicted amounts-differ",
        "sums",
    ),
)

CELLS: tuple[Kind, ...] = (
    kind(
        "words for an amount", c.instead(c.text("约3万元", "见附表", "待定", "详见说明")), "amount-unreadable", _UNREAD
    ),
    kind("letter for a digit", c.instead(c.letter_for_digit), "amount-unreadable", _UNREAD),
    kind("two decimal points", c.instead(c.two_points), "amount-unreadable", _UNREAD),
    kind(
        "crosses where a column is narrow",
        c.instead(c.text("####", "########")),
        "amount-unreadable cell-error",
        _UNREAD,
    ),
    kind("two amounts in a cell", c.instead(c.text("{}/{}", "{}；{}", "{} {}")), "amount-unreadable", _UNREAD),
    kind(
        "formula without a result",
        c.instead(c.text(""), "=VLOOKUP(A1,$X$1:$Z$9,2,FALSE)", ("xlsx",)),
        "formula-not-calculated",
        _UNREAD,
    ),
    kind(
        "error of a formula",
        c.instead(c.text("#REF!", "#DIV/0!", "#N/A", "#VALUE!"), "=Sheet9!A1", ("xlsx",)),
        "cell-error",
        _UNREAD,
    ),
    kind(
        "error of a formula as text",
        c.instead(c.text("#REF!", "#DIV/0!", "#N/A", "#VALUE!"), "", ("csv", "csv-gb18030", "html")),
        "cell-error",
        _UNREAD,
    ),
    kind("negative amount", f.slip(f.negative), "negative-amount", "sums"),
    kind("code of no class", c.recoded(c.no_such_class, 3, 5, 7), "code-unknown", f"{_ABSENT} sums code-unreadable"),
    kind("code of no item", c.recoded(c.no_such_item, 7), "code-unknown", f"{_ABSENT} sums"),
    kind(
        "letter in a code",
        c.recoded(c.with_letter, 3, 5, 7, ways=("one",)),
        "code-unreadable code-unknown",
        f"{_ABSENT} sums required-missing",
    ),
    kind(
        "digit of a code lost",
        c.recoded(c.digit_lost, 7),
        "code-unreadable code-unknown code-name-mismatch",
        f"{_ABSENT} sums required-missing",
    ),
    kind(
        "code lost",
        c.code_blank,
        "code-unreadable required-missing line-unrecognised",
        f"{_ABSENT} sums check-not-possible",
    ),
    kind("code and name of two items", c.wrong_name, "code-name-mismatch"),
    kind("code twice", c.code_twice, "code-repeated"),
    kind("code that has ended", c.old_code, "code-unknown", f"{_ABSENT} sums"),
)

TABLES: tuple[Kind, ...] = (
    kind("T-01 total income", f.off((SUMMARY, APPROPRIATION), f.named("total-income")), "sums"),
    kind("T-02 income of the year", f.off(SUMMARY, f.named("income-current-year")), "sums"),
    kind("T-02 carried over into the year", f.off(SUMMARY, f.named("carry-over-opening")), "sums"),
    kind("T-03 total spending", f.off((SUMMARY, APPROPRIATION), f.named("total-expenditure")), "sums"),
    kind("T-03 spending of the year", f.off(SUMMARY, f.named("expenditure-current-year")), "sums"),
    kind("T-04 line of income", f.off(SUMMARY, lambda line: _INCOME(line) and line != "income-current-year"), "sums"),
    kind("T-04 class of spending", f.off((SUMMARY, APPROPRIATION), f.digits(3)), "sums"),
    kind("T-05 class by source", f.off(APPROPRIATION, f.digits(3), "total", document="final-account"), "sums"),
    kind("T-05 carried over by source", f.off(APPROPRIATION, f.starting("carry-over-opening-")), "sums"),
    kind(
        "T-06 part of a row of income",
        f.off("revenue", f.digits(3, 5, 7), "general-budget", "appropriation", "undertaking"),
        "sums",
    ),
    kind("T-06 total of a row of income", f.off("revenue", f.digits(3, 5, 7), "total"), "sums"),
    kind(
        "T-07 part of a row of spending",
        f.off("expenditure", f.digits(3, 5, 7), "basic", "project", "operating"),
        "sums",
    ),
    kind("T-07 total of a row of spending", f.off("expenditure", f.digits(3, 5, 7), "total"), "sums"),
    kind("T-08 basic or project", f.off((GENERAL, "government-fund"), f.digits(3, 5, 7), "basic", "project"), "sums"),
    kind("T-08 basic and project together", f.off((GENERAL, "government-fund"), f.digits(3, 5, 7), "total"), "sums"),
    kind(
        "T-09 personnel or public",
        f.off((GENERAL, "basic-expenditure"), f.digits(3, 5, 7), "personnel", "public"),
        "sums",
    ),
    kind("T-10 total", f.off(f.CODED, f.named("total")), "sums"),
    kind("T-10 class", f.off(("revenue", "expenditure", GENERAL), f.digits(3)), "sums"),
    kind("T-10 款", f.off(("revenue", "expenditure", GENERAL), f.digits(5)), "sums"),
    kind("T-10 item", f.off(("revenue", "expenditure", GENERAL), f.digits(7)), "sums"),
    kind(
        "T-11 end of the year",
        f.off(("government-fund", "state-capital", GENERAL), f.named("total"), "closing"),
        "sums",
    ),
    kind(
        "T-11 start of the year",
        f.off(("government-fund", "state-capital", GENERAL), f.named("total"), "opening"),
        "sums",
    ),
    kind("T-12 total of “三公”", f.off("three-public-expenses", f.named("total"), "budget", "final"), "sums"),
    kind("T-12 vehicles", f.off("three-public-expenses", f.named("vehicles"), "budget", "final"), "sums"),
    kind(
        "T-12 line of “三公”",
        f.off("three-public-expenses", f.named("vehicle-running", "reception"), "budget", "final"),
        "sums",
    ),
    kind(
        "T-13 personnel or public together",
        f.off("basic-expenditure", f.named("personnel-total", "public-total")),
        "sums",
    ),
    kind("T-14 economic class", f.off("basic-expenditure", f.digits(3)), "sums"),
    kind("T-14 economic item", f.off("basic-expenditure", f.digits(5)), "sums"),
    kind(
        "T-15 change",
        f.off("three-public-expenses", f.named("total", "reception", "vehicle-running"), "change"),
        "sums",
    ),
    kind("T-19 column of nothing", f.column_of_nothing, "sums"),
    kind("fen of a total in 元", f.a_fen_off, "sum-mismatch amounts-differ", "sums"),
    kind("hundredth of a total in 万元", f.rounded, "rounding-difference"),
    kind("procurement of a row", f.off("procurement", lambda _: True, "total", family="yunnan"), "sums"),
    kind("project of a row", f.off("project-expenditure", lambda _: True, "total", family="yunnan"), "sums"),
    kind("revenue of the county", f.off("gov-general-revenue", f.named("total"), "budget", "final"), "sums"),
    kind("spending of the county by class", f.off("gov-general-expenditure", f.digits(3), "budget", "final"), "sums"),
    kind(
        "spending of the county’s own level",
        f.off("gov-general-expenditure-own-level", f.digits(5), "budget", "final"),
        "sums",
    ),
)

SLIPS: tuple[Kind, ...] = (
    kind("unit of a figure", f.slip(f.power(4, -4)), "sums", cause="unit-slip"),
    kind("decimal point of a figure", f.slip(f.power(-2, -1, 1, 2)), "sums", cause="decimal-point"),
    kind("sign of a figure", f.slip(f.negative), "sums", "negative-amount", cause="sign"),
    kind("digits of a figure swapped", f.slip(f.swapped), "sums", cause="digits-swapped"),
    kind("digit of a figure wrong", f.slip(f.mistyped), "sums", cause="digit-wrong"),
    kind("row left out", rows.row_left_out, "sums", _ABSENT, cause="row-missing"),
    kind("row twice", rows.row_twice, "sums code-repeated", cause="row-twice"),
    kind("part counted twice", f.total_counts(1), "sums", cause="row-twice"),
    kind("part not counted", f.total_counts(-1), "sums", cause="row-missing"),
    kind("subtotal added", f.subtotal_added, "sums", cause="subtotal-added"),
    kind("rows exchanged", rows.rows_exchanged, "sums", cause="misplaced-row"),
)

BETWEEN: tuple[Kind, ...] = (
    kind("X-01 income table of another version", x.other_version("revenue", x.spend(), "final-account"), "sums"),
    kind("X-01 spending table of another version", x.other_version("expenditure", x.spend(), "final-account"), "sums"),
    kind(
        "X-03 appropriation summary of another version",
        x.other_version(APPROPRIATION, x.spend("general-budget")),
        "sums",
    ),
    kind("X-04 general-budget table of another version", x.other_version(GENERAL, x.spend("general-budget")), "sums"),
    kind("X-05 fund table of another version", x.other_version("government-fund", x.spend("government-fund")), "sums"),
    kind(
        "X-05 state-capital table of another version",
        x.other_version("state-capital", x.spend("state-capital")),
        "sums",
    ),
    kind(
        "X-06 basic table of another version",
        x.other_version("basic-expenditure", x.spend("general-budget", "personnel")),
        "sums",
    ),
    kind(
        "X-07 project table of another version",
        x.other_version("project-expenditure", x.spend("general-budget", "project"), "final-account"),
        "sums",
    ),
    kind(
        "X-08 part larger than all spending",
        x.other_version(GENERAL, x.spend("general-budget", "project"), times=9),
        "sums",
    ),
    kind(
        "X-09 “三公” of nothing, budget",
        x.other_three("three-public-expenses", x.nothing_spent, "budget"),
        "sums",
        "nil-statement-missing",
    ),
    kind(
        "X-09 “三公” of nothing, final account",
        x.other_three("three-public-expenses", x.nothing_spent, "final-account"),
        "sums",
        "nil-statement-missing",
    ),
    kind("X-13 income table of another version", x.other_version("revenue", x.spend(), "budget"), "sums"),
    kind("X-13 spending table of another version", x.other_version("expenditure", x.spend(), "budget"), "sums"),
    kind(
        "X-14 basic table of Yunnan",
        x.other_version("basic-expenditure", x.spend("general-budget", "personnel"), "budget", "yunnan"),
        "sums",
    ),
    kind(
        "X-14 project table of Yunnan",
        x.other_version("project-expenditure", x.spend("general-budget", "project"), "budget", "yunnan"),
        "sums",
    ),
    kind(
        "X-15 procurement larger than spending",
        f.off("procurement", f.named("total"), "total", family="yunnan"),
        "sums",
    ),
)

PRIVACY: tuple[Kind, ...] = (
    kind(
        "identity number in a note", s.below(f"注：经办人身份证号 {_ID}（虚构）。", f"经办人：{_ID}"), "personal-data"
    ),
    kind("mobile number in a note", s.below("联系人手机：13800001234", "注：详询 13912345678。"), "personal-data"),
    kind("bank card in a note", s.below(*(f"收款账号：{card}（虚构）" for card in _CARDS)), "personal-data"),
    kind("identity number for an amount", c.instead(c.text(_ID)), "personal-data", _UNREAD),
)

LISTS: tuple[Kind, ...] = (
    kind("fee without a basis", lists.field("basis", ""), "fee-basis-missing"),
    kind("fee without a rate", lists.field("standard", ""), "fee-field-missing"),
    kind("fee whose money goes nowhere", lists.field("fund_management", "", document="fee-list"), "fee-field-missing"),
    kind(
        "fee that has ended",
        lists.field("item", "水资源费", document="fee-list"),
        "fee-expired",
        "fee-basis-unreadable fee-account-unusual",
    ),
    kind("fee of the county’s own making", lists.field("set_by", "县级", "县政府"), "fee-not-authorised"),
    kind("fee whose basis cannot be found", lists.field("basis", "有关文件", "见附件", "略"), "fee-basis-unreadable"),
    kind("fee left out of the numbers", lists.number_skipped, "fee-number-gap"),
)

KINDS = (*FILES, *IDENTITY, *SHEETS, *CELLS, *TABLES, *SLIPS, *BETWEEN, *PRIVACY, *LISTS)

"""Table Schemas of the files that are one for the whole county: facts, coverage and the register.

Comes out: a Table Schema (a JSON value) for each. Datasets have theirs in `schemas/tables/<table-id>/schema.json`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from etl.publish.csv_files import COVERAGE, DEPARTMENTS, FACTS

TABLE_SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"

FIELDS: Mapping[str, tuple[str, str, str]] = {
    "jurisdiction_code": ("string", "行政区划代码", "Division code of the county"),
    "fiscal_year": ("integer", "年度", "Fiscal year"),
    "document": ("string", "文件种类", "budget, final-account, fee-list or fund-list"),
    "department_code": ("string", "单位代码", "Code of the body in the register"),
    "department_name": ("string", "单位名称", "Name of the body"),
    "scope": ("string", "口径：部门汇总或单位本级", "department (with its units) or unit"),
    "table_id": ("string", "报表", "Table"),
    "line_code": ("string", "科目编码或固定的行代码", "Classification code, or the fixed slug of the line"),
    "line_name": ("string", "行名称（照表内所写）", "Name of the line, as printed"),
    "measure": ("string", "栏目", "Column of the form"),
    "amount_yuan": ("number", "金额（元）", "Amount in yuan"),
    "source_file": ("string", "来源文件", "File it was read from"),
    "source_sheet": ("string", "来源工作表", "Sheet it was read from"),
    "source_cell": ("string", "来源单元格", "Cell it was read from"),
    "submission_id": ("string", "报送编号", "Submission: first 16 hex digits of the file's SHA-256"),
    "obligation": ("string", "公开义务", "required, conditional or exempt"),
    "status": ("string", "公开状态", "published, nil-declared, nil-undeclared, missing, rejected, not-due or exempt"),
    "due_on": ("date", "应公开日期", "Day by which it was due"),
    "published_on": ("date", "实际公开日期", "Day on which it was published"),
    "days_late": ("integer", "迟交天数", "Days late; 0 on time, empty where it cannot be said"),
    "name_zh": ("string", "单位名称", "Name in Chinese"),
    "name_en": ("string", "英文名称", "Name in English"),
    "aliases": ("string", "曾用名和简称", "Other names, separated by |"),
    "kind": ("string", "类别", "Kind of body"),
    "parent_code": ("string", "主管部门代码", "Code of the body it belongs to"),
    "valid_from": ("integer", "起始年度", "First fiscal year"),
    "valid_to": ("integer", "终止年度", "Last fiscal year; empty while it exists"),
    "exempt": ("string", "依法不公开", "yes, partly or empty"),
    "exempt_reason": ("string", "不公开依据", "Why it is exempt"),
    "successor_of": ("string", "前身单位代码", "Codes of its predecessors, separated by |"),
    "name_source": ("string", "名称来源", "Where the name is taken from"),
    "index_number": ("string", "索引号（一经给出不再改变）", "Number of the document; once given it never changes"),
    "title": ("string", "名称", "Title of the document"),
    "summary": ("string", "内容概述（所含各表）", "What it holds: its tables"),
    "produced_on": ("date", "生成日期（文件署期；未登记则空）", "Day the document is signed with; empty where unknown"),
    "published_by": ("string", "发布机构", "Body that publishes it"),
    "document_number": ("string", "文号（没有则空）", "Number of the official paper; empty where it has none"),
    "subject": ("string", "主题", "Subject, after the regulation on government information, article 20"),
    "received_on": ("date", "收到日期", "Day the latest file of it was received"),
    "page": ("string", "网页（相对于 data/）", "Its page, relative to data/"),
}
"""Type and title in both languages of every column, which means the same wherever it stands."""


ROLES: Mapping[str, str] = {
    "jurisdiction_code": "geo:target:code",
    "fiscal_year": "date:fiscal-year",
    "document": "phase:id",
    "department_code": "administrative-classification:generic:code",
    "department_name": "administrative-classification:generic:label",
    "measure": "value-kind:code",
    "amount_yuan": "value",
}
"""Roles of the Fiscal Data Package. `line_code` has none here: by the table it is a function, an economic class or a
line of its own; in the dataset of a table, whose schema says which, it has one."""


def table_schema(names: tuple[str, ...]) -> Mapping[str, Any]:
    """The Table Schema of a file with these columns."""
    described = ((name, FIELDS[name]) for name in names)
    return {
        "$schema": TABLE_SCHEMA,
        "fields": [
            {"name": name, "type": kind, "title": title, "title_en": title_en, **_role(name)}
            for name, (kind, title, title_en) in described
        ],
    }


def _role(name: str) -> Mapping[str, str]:
    return {"columnType": ROLES[name]} if name in ROLES else {}


FACTS_SCHEMA = table_schema(FACTS)
COVERAGE_SCHEMA = table_schema(COVERAGE)
DEPARTMENTS_SCHEMA = table_schema(DEPARTMENTS)

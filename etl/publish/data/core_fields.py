"""`data/index.csv`: every published document with the core fields of 政府信息公开. In: Public. Out: Rows.

《政府信息公开条例》(2019), article 12, asks a catalogue for 索引, 名称, 内容概述 and 生成日期; governments' own
carry 发布机构, 文号 and 主题 beside them; the subjects are declared in `schemas/headings.yml`.

A number of the index is made of what the document is (county, body, year, kind) and never of its place in a list: once
given it never changes, whatever else is published before or after.
"""

from __future__ import annotations

from itertools import groupby

from etl.publish.data.dictionary import table_schema
from etl.publish.data.rows import Rows
from etl.publish.public import Public, Standing
from etl.spec.bilingual import Bilingual
from etl.spec.declarations import Approval

ALL_DOCUMENTS = Bilingual("公开目录（每份文件一行）", "Index of published documents, one a row")
FIELDS = (
    *("index_number", "title", "summary", "produced_on", "published_by", "document_number", "subject"),
    *(
        "jurisdiction_code",
        "fiscal_year",
        "document",
        "department_code",
        "scope",
        "published_on",
        "received_on",
        "page",
    ),
)
INDEX_SCHEMA = {**table_schema(FIELDS), "primaryKey": ["index_number"]}

Document = tuple[str, int, str, str]


def index_number(jurisdiction_code: str, document: Document) -> str:
    """The number of a document.

    >>> index_number("530325", ("201", 2024, "budget", "department"))
    '530325-201-2024-budget'
    >>> index_number("530325", ("201", 2024, "budget", "unit"))
    '530325-201-2024-budget-unit'
    """
    code, year, kind, scope = document
    own = "" if scope == "department" else f"-{scope}"
    return f"{jurisdiction_code}-{code}-{year}-{kind}{own}"


def index_rows(public: Public) -> Rows:
    """A row for every document of which a table stands: by body, year and kind."""
    approvals = {(one.department_code, one.fiscal_year, one.document): one for one in public.approvals}
    published = {
        (row.department_code, row.fiscal_year, row.document): row.published_on
        for row in public.coverage
        if row.published_on
    }
    rows = []
    for document, standing in groupby(sorted(public.standing, key=_order), key=_document):
        whose = document[:3]
        rows.append(_row(document, list(standing), approvals.get(whose), published.get(whose, ""), public))
    return Rows("index", ALL_DOCUMENTS, ALL_DOCUMENTS, INDEX_SCHEMA, rows)


def _order(standing: Standing) -> tuple[object, ...]:
    return (*_document(standing), standing.place.table_id, standing.number)


def _document(standing: Standing) -> Document:
    place = standing.place
    return place.department_code, place.fiscal_year, place.document, place.scope


def _row(
    document: Document, standing: list[Standing], approval: Approval | None, published: str, public: Public
) -> tuple[object, ...]:
    code, year, kind, scope = document
    spec = public.spec
    tables = {one.place.table_id for one in standing}
    names = [table.name.zh for table_id, table in spec.tables.items() if table_id in tables]
    received = max(one.submission.receipt.received_on for one in standing)
    body = standing[0].submission.identity.department_name
    called = spec.documents[kind].zh if kind in spec.documents else kind
    return (
        index_number(spec.jurisdiction.code, document),
        f"{body}{year}年{called}{'' if scope == 'department' else '（单位）'}",
        "、".join(names),
        approval.signed_on if approval else "",
        body,
        "",
        spec.headings.subjects.get(kind, ""),
        spec.jurisdiction.code,
        year,
        kind,
        code,
        scope,
        (approval.published_on if approval else "") or published,
        received,
        f"../{standing[0].place.page}",
    )

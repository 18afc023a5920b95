"""The sample county with hostile text in every place that a department or a register can write to."""

from __future__ import annotations

import dataclasses

from etl.publish.publication import Publication
from etl.spec.bilingual import Bilingual
from etl.table import Submission, Table
from tests.publish.sample_publication import make_publication

ATTACK = (
    '</title><script>alert(1)</script><img src="x" onerror="alert(2)">\'"`{{7*7}}{%raw%}'
    "---\n# **x** [y](javascript:alert(3)) <!-- --> ]]> \x02wzxhzdk:0\x03 \u202e evil"
)
"""HTML, attributes, Jinja, front matter, Markdown, the marks of Markdown's own stash, and a turn of writing direction."""


def make_hostile() -> Publication:
    sample = make_publication()
    spec = sample.spec
    departments = tuple(
        dataclasses.replace(
            body,
            name=Bilingual(body.name.zh + ATTACK, body.name.en + ATTACK),
            aliases=(*body.aliases, ATTACK),
            kind=body.kind if body.kind == "government" else body.kind + ATTACK,
            exempt_reason=body.exempt_reason and body.exempt_reason + ATTACK,
        )
        for body in spec.departments
    )
    approvals = tuple(
        dataclasses.replace(one, note=ATTACK, published_url="javascript:alert(4)") for one in spec.approvals
    )
    jurisdiction = dataclasses.replace(
        spec.jurisdiction,
        names=Bilingual("富源县" + ATTACK, "Fuyuan" + ATTACK),
        publisher=ATTACK,
        contact=ATTACK,
        licence_name=ATTACK,
        licence_url="javascript:alert(5)",
        budget_units_source=ATTACK,
    )
    return dataclasses.replace(
        sample,
        spec=dataclasses.replace(spec, departments=departments, approvals=approvals, jurisdiction=jurisdiction),
        submissions=tuple(_submission(one) for one in sample.submissions),
    )


def _submission(one: Submission) -> Submission:
    receipt = dataclasses.replace(one.receipt, file=one.receipt.file + ATTACK)
    mended = tuple(dataclasses.replace(each, reason=ATTACK, was=ATTACK, now=ATTACK, by=ATTACK) for each in one.mended)
    findings = tuple(dataclasses.replace(each, values={**each.values, "accepted": ATTACK}) for each in one.findings)
    tables = tuple(_table(table) for table in one.tables)
    return dataclasses.replace(one, receipt=receipt, tables=tables, mended=mended, findings=findings)


def _table(table: Table) -> Table:
    lines = tuple(
        dataclasses.replace(
            line,
            name=line.name + ATTACK,
            figures={
                key: dataclasses.replace(figure, text=figure.text + ATTACK) for key, figure in line.figures.items()
            },
            attributes={
                key: value if key in ("list_date", "enterprise_related") else value + ATTACK
                for key, value in line.attributes.items()
            },
        )
        for line in table.lines
    )
    columns = tuple(dataclasses.replace(column, label=column.label + ATTACK) for column in table.columns)
    return dataclasses.replace(
        table,
        sheet=table.sheet + ATTACK,
        title=table.title + ATTACK,
        lines=lines,
        columns=columns,
        notes=tuple((row, text + ATTACK) for row, text in table.notes),
    )

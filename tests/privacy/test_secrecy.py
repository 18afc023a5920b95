from __future__ import annotations

from dataclasses import replace

import pytest

from etl.finding import NOWHERE, Finding
from etl.privacy import names_of_others
from etl.spec.bilingual import Bilingual
from etl.spec.declarations import Department
from etl.spec.unnamed import public_approvals, public_departments, unnamed
from etl.table import Table
from tests import factories

SECRET = factories.department(
    "290",
    name=Bilingual("示例县密码局", "Cipher Bureau"),
    aliases=("密码局", "机要"),
    exempt="yes",
    exempt_reason="国家秘密",
    public_name=False,
)
SPOKEN = factories.department("291", name=Bilingual("示例县人武部", ""), exempt="yes", exempt_reason="国防")
BODIES = (
    factories.department("201"),
    SECRET,
    SPOKEN,
    factories.department("202", name=Bilingual("示例县密码局幼儿园", "")),
)
SPEC = factories.spec(departments=BODIES)


def look(*tables: Table, file: str = "a.xlsx") -> list[tuple[str, str]]:
    found = names_of_others(file, factories.identity(), tables, SPEC)
    assert all(_says_nothing(finding) for finding in found)
    return [(finding.location.sheet, finding.location.cell) for finding in found]


def _says_nothing(finding: Finding) -> bool:
    spoken = repr(replace(finding, location=NOWHERE))
    return (finding.severity, finding.code) == ("error", "exempt-department") and "密码" not in spoken


def with_line(name: str, code: str = "201", *, own: bool = False) -> Table:
    table = factories.table(lines=(("total", "合计", {"total": "1"}), (code, name, {"total": "1"})))
    return replace(table, lines=tuple(replace(line, own_code=own) for line in table.lines))


@pytest.mark.parametrize(
    ("table", "places"),
    [
        (with_line("拨示例县密码局经费"), [("表", "B7")]),
        (with_line("拨 Cipher Bureau"), [("表", "B7")]),
        (with_line("示例县密码局幼儿园"), []),
        (with_line("示例县密码局幼儿园和密码局"), [("表", "B7")]),
        (with_line("示例县人武部经费"), []),
        (with_line("机要通信"), []),
        (with_line("某单位", "290", own=True), [("表", "A7")]),
        (with_line("某科目", "290"), []),
        (replace(with_line("合计"), notes=((9, "注：含密码局"),)), [("表", "A10")]),
        (replace(with_line("合计"), title="示例县密码局支出表", title_cell="A2"), [("表", "A2")]),
        (replace(with_line("合计"), sheet="密码局"), [("密码局", "")]),
    ],
)
def test_a_table_that_names_a_body_which_may_not_be_named(table: Table, places: list[tuple[str, str]]) -> None:
    assert look(table) == places


def test_a_folder_names_its_sender() -> None:
    assert look(file="密码局转来/2024.xlsx") == [("", "")]
    assert look(file="机要/2024.xlsx") == [("", "")]
    assert look(file="机要件/2024.xlsx") == []


def test_where_everybody_may_be_named_nothing_is_looked_for() -> None:
    spec = factories.spec(departments=(SPOKEN,))
    assert names_of_others("密码局.xlsx", factories.identity(), (with_line("密码局"),), spec) == []


def test_the_public_register_keeps_nothing_that_names_another() -> None:
    heir = factories.department(
        "301",
        aliases=("示例县密码局", "机要", "示例县信息局"),
        parent_code="290",
        successor_of=("290", "201"),
        name_source="见密码局来文",
    )
    (kept,) = public_departments((SECRET, heir))
    assert kept == replace(heir, aliases=("示例县信息局",), parent_code="", successor_of=("201",), name_source="")
    assert public_departments((SPOKEN,)) == (SPOKEN,)


def test_remarks_on_approvals() -> None:
    heir = factories.department("301")
    own, others = factories.approval("301", 2024, "budget"), factories.approval("290", 2024, "budget")
    said = replace(own, note="随密码局批复", published_url="https://example.com/")
    assert public_approvals((said, others), (SECRET, heir)) == (replace(own, published_url="https://example.com/"),)


def test_a_register_of_no_secrets_hides_nothing() -> None:
    bodies: tuple[Department, ...] = (SPOKEN,)
    assert not unnamed(bodies).is_named_in("示例县人武部")
    assert unnamed(bodies).codes == frozenset()

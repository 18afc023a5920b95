"""An unseen form becomes a template file: what is guessed, what is left open, and that the file then reads the sheet."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from etl.layout import Layout
from etl.learn.propose import propose
from etl.learn.values import Proposal
from etl.learn.write import write
from etl.normalise import normalise
from etl.recognise import identify, recognise
from etl.spec import load
from etl.spec.meta import faults
from etl.spec.model import Spec
from etl.table import Sheet, Table, Workbook
from tests.learn.printed import TITLES, columns_of, sheet_of
from tests.sheets import cells, codes, fuyuan, sheet

ROOT = Path(__file__).resolve().parents[2]

VARIANT = """
富源县财政局2024年部门支出总体情况表
部门：富源县财政局 | | | | 单位：万元
支出科目编码 | 支出科目 | 支出合计 | 基本支出 | 项目经费
201 | 一般公共服务支出 | 12.5 | 10 | 2.5
20106 | 财政事务 | 12.5 | 10 | 2.5
合计 | | 12.5 | 10 | 2.5
"""
"""The worked example of docs/new-form.md."""


def learn(*sheets: Sheet, name: str = "", table: str = "") -> list[Proposal]:
    return propose(Workbook("xlsx", sheets), "x.xlsx", fuyuan(), name, table)


def learn_one(text: str, table: str = "") -> Proposal:
    (proposal,) = learn(sheet(text), table=table)
    return proposal


def keys(proposal: Proposal) -> dict[str, str]:
    """By label: the key or role guessed for it; a question mark where it waits for a name."""
    return {
        "/".join(guess.label or guess.line_label): "?" if guess.how == "new" else guess.key or guess.line or guess.role
        for guess in proposal.columns
    }


def with_proposals(tmp_path: Path, *proposals: Proposal) -> Spec:
    """The declarations of the repository with these proposals saved among them, loaded from files."""
    shutil.copytree(ROOT / "schemas", tmp_path / "schemas")
    shutil.copytree(ROOT / "datasets" / "register", tmp_path / "datasets" / "register")
    shutil.copyfile(ROOT / "datasets" / "jurisdiction.yml", tmp_path / "datasets" / "jurisdiction.yml")
    for proposal in proposals:
        place = tmp_path / proposal.path
        assert not place.exists()
        place.write_text(write(proposal, fuyuan()), "utf-8")
    return load(Layout(tmp_path))


def read_with(spec: Spec, one: Sheet) -> tuple[list[Table], list[tuple[str, str, str]]]:
    workbook = Workbook("xlsx", (one,))
    matches, _, findings = recognise(workbook, spec)
    identity, _ = identify(workbook, matches, "x.xlsx", None, spec)
    tables = []
    for match in matches:
        table, about = normalise(match, identity, spec)
        tables.append(table)
        findings = [*findings, *about]
    return tables, codes(findings)


# --- the worked example -----------------------------------------------------------------------------------------


def test_a_form_in_other_words_is_read_without_any_edit(tmp_path: Path) -> None:
    printed = sheet(VARIANT)
    before, findings = read_with(fuyuan(), printed)
    assert before == []
    assert findings == [("error", "header-missing", "A1")]
    proposal = learn_one(VARIANT)
    assert (proposal.table_id, proposal.document, proposal.unit) == ("expenditure", "budget", "万元")
    assert keys(proposal) == {
        "支出科目编码": "code",
        "支出科目": "name",
        "支出合计": "total",
        "基本支出": "basic",
        "项目经费": "project",
    }
    (table,), findings = read_with(with_proposals(tmp_path, proposal), printed)
    assert findings == []
    assert cells(table) == [
        ("201", "total", "12.5", "C4"),
        ("201", "basic", "10", "D4"),
        ("201", "project", "2.5", "E4"),
        ("20106", "total", "12.5", "C5"),
        ("20106", "basic", "10", "D5"),
        ("20106", "project", "2.5", "E5"),
        ("total", "total", "12.5", "C6"),
        ("total", "basic", "10", "D6"),
        ("total", "project", "2.5", "E6"),
    ]


def test_what_was_tried_is_what_the_saved_file_gives(tmp_path: Path) -> None:
    proposal = learn_one(VARIANT)
    (table,), _ = read_with(with_proposals(tmp_path, proposal), sheet(VARIANT))
    assert proposal.tried.read
    assert (proposal.tried.lines, proposal.tried.figures) == (len(table.lines), len(cells(table)))
    assert proposal.tried.failed == ()


def test_the_page_shows_what_the_program_drafts() -> None:
    page = (ROOT / "docs" / "new-form.md").read_text("utf-8")
    (shown,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert yaml.safe_load(shown) == yaml.safe_load(write(learn_one(VARIANT), fuyuan()))


def test_the_nearest_form_and_why_it_is_not_that_one() -> None:
    near = learn_one(VARIANT).near
    assert near.form.form == "expenditure"
    assert set(near.missing) == {"科目编码", "项目支出"}
    assert set(near.unknown) == {"支出科目编码", "支出科目", "项目经费"}


def test_a_recognised_sheet_is_learnt_only_when_it_is_asked_for() -> None:
    known = sheet(VARIANT.replace("支出科目编码", "科目编码").replace("项目经费", "项目支出"))
    assert learn(known) == []
    assert [proposal.table_id for proposal in learn(known, name="Sheet1")] == ["expenditure"]


# --- every declared form, in other words ------------------------------------------------------------------------

WORDS = (
    {
        "科目编码": "科目编号",
        "科目名称": "科目",
        "预算数": "预算",
        "决算数": "决算",
        "合计": "合计数",
        "经费": "经费支出",
    },
    {"科目": "分类科目", "编码": "代码", "支出": "支出数", "收入": "收入数", "拨款": "拨款数", "公务": "公务性"},
    {
        "本年": "今年",
        "上年": "去年",
        "年初": "期初",
        "年末": "期末",
        "小计": "合计",
        "依据": "根据",
        "单位": "部门单位",
    },
)
"""How clerks vary words."""


def in_other_words(label: tuple[str, ...], words: dict[str, str]) -> tuple[str, ...]:
    pattern = re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))
    return tuple(pattern.sub(lambda match: words[match[0]], part) for part in label)


@pytest.fixture(scope="module")
def variants() -> list[tuple[Proposal, Sheet, list[str], list[str]]]:
    """Of every form: the proposal for it in other words, its sheet, the keys it should have, the keys guessed."""
    made = []
    titles = {}
    for path in sorted(ROOT.glob("schemas/tables/*/template*.yml")):
        said = yaml.safe_load(path.read_text("utf-8"))
        titles[said["form"]] = next((doc, each[0]) for doc, each in said["titles"].items())
    taken: set[str] = set()
    for number, form in enumerate(fuyuan().forms):
        document, title = titles[form.form]
        wanted = columns_of(form)
        words = WORDS[number % len(WORDS)]
        printed = [replace(cell, label=in_other_words(cell.label, words)) for cell in wanted]
        one = sheet_of(form, TITLES.get(document, "") + title, printed, fuyuan())
        for proposal in learn(one, name="Sheet1", table=form.table_id):
            guesses = {guess.index: guess for guess in proposal.columns}
            guessed = [
                "?"
                if index not in guesses or guesses[index].how == "new"
                else f"{guesses[index].role} {guesses[index].key or guesses[index].line}"
                for index in range(len(wanted))
            ]
            should = [f"{cell.role} {cell.key or cell.line}" for cell in wanted]
            name = proposal.form if proposal.form not in taken else f"{proposal.form}-of-{number}"
            taken.add(name)
            made.append((replace(proposal, form=name), one, should, guessed))
    return made


def test_most_labels_in_other_words_are_guessed_and_hardly_any_wrongly(
    variants: list[tuple[Proposal, Sheet, list[str], list[str]]],
) -> None:
    assert len(variants) == len(fuyuan().forms)
    counts = Counter(
        "open" if is_ == "?" else "right" if is_ == should else "wrong"
        for _, _, wanted, guessed in variants
        for should, is_ in zip(wanted, guessed, strict=True)
    )
    assert counts["right"] > 0.95 * counts.total(), counts
    assert counts["wrong"] < 0.02 * counts.total(), counts


def test_every_proposal_is_a_good_declaration_and_reads_its_sheet(
    tmp_path: Path, variants: list[tuple[Proposal, Sheet, list[str], list[str]]]
) -> None:
    for proposal, _, _, _ in variants:
        assert faults("template", yaml.safe_load(write(proposal, fuyuan()))) == []
    spec = with_proposals(tmp_path, *(proposal for proposal, _, _, _ in variants))
    assert len(spec.forms) == len(fuyuan().forms) + len(variants)
    unread = [
        proposal.form for proposal, one, _, guessed in variants if "?" not in guessed and not read_with(spec, one)[0]
    ]
    assert unread == []

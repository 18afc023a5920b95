"""A county whose publishes are made by hand: real ledger, archive, data and log, without reading a workbook."""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from etl.fact import FactsOf
from etl.history import FigureChange, History, Release
from etl.layout import Layout
from etl.ledger import left, receive
from etl.pipeline.released import take
from etl.pipeline.stock import Stock
from etl.pipeline.taken_back import holding_up, take_back
from etl.publish.csv_files import write_csv, write_facts
from etl.publish.data import write_sums
from etl.publish.data.datasets import datasets
from etl.publish.gate import judge, settle, standing_facts
from etl.publish.public import make_public
from etl.publish.release_files import write_releases
from etl.releases import Prepared, prepare, record
from etl.spec.model import Spec
from etl.spec.withdrawn import Withdrawal
from etl.table import Mended, Receipt, Submission
from tests.publish.builders import expenditure, line, publication, spec, submission

DAYS = {"a": date(2025, 8, 1), "b": date(2025, 8, 1), "c": date(2025, 9, 1)}


def lines(total: str, basic: str) -> Any:
    return (line(5, "total", "合计", total, basic), line(6, "205", "教育支出", total, basic))


class County:
    """A jurisdiction folder, and what its files are read as."""

    def __init__(self, root: Path) -> None:
        self.layout = Layout(root)
        self.layout.inbox.mkdir(parents=True)
        (root / "schemas").mkdir()
        (root / "schemas" / "rules.yml").write_text("rules: []\n")
        self.spec: Spec = spec()
        self.says: dict[str, Submission] = {}
        """By content: what a file is read as."""

    def send(self, name: str, content: str, says: Submission, day: date = DAYS["a"]) -> str:
        """Put a file into the inbox; the id of the submission it is."""
        (self.layout.inbox / name).write_text(content)
        receipts, _ = receive(self.layout, day)
        receipt = next(one for one in receipts if one.file == name)
        self.says[receipt.sha256] = says
        return receipt.submission_id

    def stock(self) -> Stock:
        receipts, _ = receive(self.layout, date(2026, 1, 1))
        gone = left(self.layout, receipts)
        read = judge(take_back(self._read(receipt), self.spec) for receipt in (*gone, *receipts))
        settled = settle(read, self.spec)
        standing = holding_up(settled, {one.submission_id for one in gone})
        let_go = tuple(one for one in settled if one.submission_id not in {each.submission_id for each in standing})
        return Stock(standing, read, (), {}, FactsOf(self.spec.jurisdiction.code), (), receipts, let_go)

    def prepare(self, build: Path) -> Prepared:
        """A publish up to the moment before the swap, as far as releases are concerned."""
        stock, data = self.stock(), build / "data"
        made = dataclasses.replace(
            publication(*stock.submissions),
            spec=self.spec,
            facts=tuple(standing_facts(stock.submissions, stock.facts_of)),
            built_on=date.fromisoformat(max(one.received_on for one in stock.receipts)),
        )
        public = make_public(made)
        data.mkdir(parents=True)
        named = {department.code for department in public.departments}
        write_facts((fact for fact in made.facts if fact.department_code in named), data / "facts.csv")
        for dataset in datasets(public):
            name = dataset.table.table_id
            rows = [[row.get(field) for field in dataset.fields] for row in dataset.rows]
            write_csv(data / name / f"{name}.csv", dataset.fields, rows)
        write_sums(data)
        prepared = prepare(self.layout, take(made, public, stock, data))
        write_releases(dataclasses.replace(public, releases=prepared.history), data)
        write_sums(data)
        return prepared

    def publish(self, *, killed: str = "") -> History:
        build = self.layout.build / "site"
        shutil.rmtree(build, ignore_errors=True)
        prepared = self.prepare(build)
        if killed != "before":
            record(self.layout, prepared)
        if not killed:
            shutil.rmtree(self.layout.site, ignore_errors=True)
            build.rename(self.layout.site)
        return prepared.history

    def withdraw(self, submission_id: str, *, table: str = "", private: bool = False) -> None:
        decision = Withdrawal(submission_id, table, "报错了", "预算股", "2025-10-02", private)
        self.spec = dataclasses.replace(self.spec, withdrawals=(*self.spec.withdrawals, decision))

    @property
    def log(self) -> list[dict[str, Any]]:
        return [json.loads(each) for each in (self.layout.releases / "log.jsonl").read_text().splitlines()]

    @property
    def public_bytes(self) -> bytes:
        return b"".join(path.read_bytes() for path in sorted(self.layout.site.rglob("*")) if path.is_file())

    def _read(self, receipt: Receipt) -> Submission:
        return dataclasses.replace(self.says[receipt.sha256], receipt=receipt, standing=frozenset())


def account(total: str = "120.00", basic: str = "100.00", **changes: Any) -> Submission:
    """A final account of 2024 with one table of two lines, in 万元, its figures in C6:D7."""
    return dataclasses.replace(submission(tables=(expenditure(lines(total, basic)),)), **changes)


def other_account(**changes: Any) -> Submission:
    return dataclasses.replace(submission(code="102", tables=(expenditure(lines("50.00", "40.00")),)), **changes)


def mended(sheet: str, cell: str, was: str, now: str) -> tuple[Mended, ...]:
    return (Mended(sheet, cell, was, now, "笔误", "预算股", "2025-10-01"),)


def told(release: Release) -> list[tuple[str, str]]:
    return [(change.kind, change.whose.key) for change in release.documents]


def changed(figures: Sequence[FigureChange]) -> list[tuple[str, str, Decimal | None, Decimal | None, str]]:
    return [(one.cell, one.measure, one.old, one.new, one.reason) for one in figures]


def counts(line: Mapping[str, Any]) -> dict[str, int]:
    return {kind: number for kind, number in line["counts"].items() if number}

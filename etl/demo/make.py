"""The order in which a fictional county is made: declarations, money, forms, files, truth.

Everything follows from the number of departments, the number of years and the seed; there is no clock.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

from etl.demo import county, truth
from etl.demo.approvals import approvals
from etl.demo.compose import Page, compose
from etl.demo.county import Body
from etl.demo.figures import figures
from etl.demo.filing import File, pack
from etl.demo.grid import Grid
from etl.demo.habits import Habit, habit
from etl.demo.money import Account, accounts
from etl.demo.records import records
from etl.layout import PROGRAM, Layout
from etl.spec import SpecError, load
from etl.spec.files import Reader
from etl.spec.model import Spec
from etl.spec.register import APPROVALS


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked for."""

    departments: int
    years: int
    seed: int


def make(root: Path, plan: Plan) -> None:
    """Write a whole county into a folder that holds nothing yet, and the truth about it beside."""
    said, forms = _declared("county"), _declared("forms")
    layout, years = Layout(root), range(said["last_year"] - plan.years + 1, said["last_year"] + 1)
    bodies = county.bodies(said, plan.departments)
    _write(layout.jurisdiction, county.jurisdiction(said, years[0]).encode())
    head, *rows = county.register(said, bodies)
    _write(layout.departments, truth.table(head, rows))
    files = list(_files(said, forms, bodies, years, plan.seed, load(layout)))
    _write(layout.approvals, truth.table(APPROVALS, approvals(files, Random(f"{plan.seed}/approvals"))))
    for file in files:
        _write(layout.inbox / file.path, file.content())
    beside = root / "truth"
    _write(beside / "facts.csv", truth.table(truth.FACTS, truth.facts(files)))
    _write(beside / "submissions.csv", truth.table(truth.SUBMISSIONS, truth.submissions(files)))
    _write(beside / "planted.csv", truth.table(truth.PLANTED, truth.planted(files)))


def _declared(name: str) -> Any:
    reader = Reader(PROGRAM)
    source = reader.declaration(PROGRAM / "schemas" / "demo" / f"{name}.yml", f"demo-{name}")
    if source is None:
        raise SpecError(reader.mistakes)
    return source.data


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _files(said: Any, forms: Any, bodies: tuple[Body, ...], years: range, seed: int, spec: Spec) -> Iterator[File]:
    names = ["".join(pair) for pair in product(said["project_names"]["what"], said["project_names"]["kind"])]
    for place, body in enumerate(bodies):
        rng = Random(f"{seed}/{body.code}")
        ways = habit(place, rng)
        if body.exempt == "yes":
            continue
        for account in accounts(body, years, said["common"], names, ways.grain, rng):
            page = Page(
                body.zh,
                body.code,
                account.year,
                account.document,
                ways,
                spec.codes["functional"],
                spec.codes["economic"],
            )
            grids = _grids(forms, account, body, ways, page)
            yield from pack(grids, body.code, body.zh, account.year, account.document, ways)


def _is_used(forms: Mapping[str, Any], family: str, account: Account) -> bool:
    """Yunnan's budget forms came in 2022; before, its offices used the national ones."""
    first = forms["families"][family][account.document][0]
    return bool(forms["forms"][first].get("since", 0) <= account.year)


def _grids(forms: Mapping[str, Any], account: Account, body: Body, ways: Habit, page: Page) -> list[Grid]:
    filled = figures(account, body)
    listed = records(account, body, page.functional, page.economic)
    family = ways.family if _is_used(forms, ways.family, account) else "national"
    keys = list(forms["families"][family][account.document])
    if ways.three_down and "db7" in keys:
        keys[keys.index("db7")] = "three-down"
    grids = []
    for key in keys:
        form = forms["forms"][key]
        if form.get("since", 0) > account.year:
            continue
        bands = forms["forms"][form["like"]]["bands"] if "like" in form else form["bands"]
        grids.append(compose(key, {**form, "bands": bands}, filled, listed, page))
    return grids

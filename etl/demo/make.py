"""The order in which a fictional county is made: declarations, money, forms, files, truth.

Everything follows from the number of departments, the number of years and the seed; there is no clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

from etl.demo import county, truth
from etl.demo.approvals import approvals
from etl.demo.county import Body
from etl.demo.fees import lists as fee_lists
from etl.demo.filing import File
from etl.demo.government import government, tables
from etl.demo.habits import GOVERNMENT_WAYS, habit
from etl.demo.money import accounts, nothing
from etl.demo.office import Filing, Office
from etl.demo.plant import SHARE, plant
from etl.demo.stack import stack
from etl.layout import PROGRAM, Layout
from etl.spec import SpecError
from etl.spec.codes import code_lists
from etl.spec.declared import NAME
from etl.spec.files import Reader
from etl.spec.model import CodeList
from etl.spec.register import APPROVALS


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked for."""

    departments: int
    years: int
    seed: int
    share: int = SHARE
    """One document in so many gets a mistake."""


def make(root: Path, plan: Plan) -> None:
    """Write a whole county into a folder that holds nothing yet, and the truth about it beside."""
    said, forms = _declared("county"), _declared("forms")
    layout, years = Layout(root), range(said["last_year"] - plan.years + 1, said["last_year"] + 1)
    bodies = county.bodies(said, plan.departments)
    _write(layout.jurisdiction, county.jurisdiction(said, years[0]).encode())
    head, *rows = county.register(said, bodies)
    _write(layout.departments, truth.table(head, rows))
    filings = _filings(said, forms, bodies, years, plan.seed)
    plant(filings, _declared("mistakes"), Random(f"{plan.seed}/mistakes"), plan.share)
    for filing in filings:
        if filing.office.ways.packing == "sheet":
            for file in filing.files:
                stack(file)
    known = list(approvals(filings, Random(f"{plan.seed}/approvals")))
    _write(layout.approvals, truth.table(APPROVALS, known))
    lists = list(fee_lists(_declared("fees"), said["names"]["zh"], years[-2:]))
    _write_files(root, layout, filings, lists)


def _write_files(root: Path, layout: Layout, filings: Sequence[Filing], lists: Sequence[File]) -> None:
    files = [*(file for filing in filings for file in filing.files), *lists]
    for file in files:
        _write(layout.inbox / file.path, file.content())
        if file.received_on:
            _write((layout.inbox / file.path).parent / NAME, f"received_on: {file.received_on}\n".encode())
    beside = root / "truth"
    _write(beside / "facts.csv", truth.table(truth.FACTS, truth.facts(files)))
    _write(beside / "submissions.csv", truth.table(truth.SUBMISSIONS, truth.submissions(files)))
    mistakes = [*truth.of_filings(filings), *truth.of_files(lists)]
    _write(beside / "planted.csv", truth.table(truth.PLANTED, mistakes))


def _declared(name: str) -> Any:
    reader = Reader(PROGRAM)
    source = reader.declaration(PROGRAM / "schemas" / "demo" / f"{name}.yml", f"demo-{name}")
    if source is None:
        raise SpecError(reader.mistakes)
    return source.data


def _classifications() -> dict[str, CodeList]:
    """The program's own lists of codes, without all else that is declared."""
    reader, folder = Reader(PROGRAM), PROGRAM / "schemas" / "codes"
    index = reader.declaration(folder / "index.yml", "codes-index")
    made = code_lists(reader, folder, index) if index else {}
    if reader.mistakes:
        raise SpecError(reader.mistakes)
    return made


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _filings(said: Any, forms: Any, bodies: tuple[Body, ...], years: range, seed: int) -> list[Filing]:
    """What every body files, the government last."""
    names = ["".join(pair) for pair in product(said["project_names"]["what"], said["project_names"]["kind"])]
    codes = _classifications()
    functional, economic = codes["functional"], codes["economic"]
    made: list[Filing] = []
    for place, body in enumerate(bodies):
        if body.exempt == "yes":
            continue
        rng = Random(f"{seed}/{body.code}")
        office = Office(body, habit(place, rng), forms, functional, economic, years[0])
        kept = accounts(body, years, said["common"], names, office.ways.grain, rng)
        made += [Filing(office, account, office.files(account)) for account in kept]
    own = government(said["names"]["zh"], said["names"]["en"])
    office = Office(own, GOVERNMENT_WAYS, forms, functional, economic, years[0])
    for year, document, rows in tables(forms, [each.account for each in made], years, Random(f"{seed}/{own.code}")):
        made.append(Filing(office, nothing(year, document), office.government(year, document, rows), spoiled=True))
    return made

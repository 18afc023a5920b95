"""What the first page shows. In: Public. Out: a HomeView."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from etl.answer import RateResult
from etl.publish.public import Public, Standing
from etl.publish.views.coverage import headline_year, partly_of, rates_of
from etl.spec.declarations import Department

LATEST = 6


@dataclass(frozen=True, slots=True)
class Arrival:
    """A submission that was accepted: who, what, when, which tables."""

    department: Department
    standing: tuple[Standing, ...]

    @property
    def received_on(self) -> str:
        return self.standing[0].submission.receipt.received_on


@dataclass(frozen=True, slots=True)
class HomeView:
    rates: tuple[RateResult, ...]
    partly: dict[str, int]
    """By rate: departments that published some of what it counts."""
    silent: tuple[int, ...]
    """Years after the headline year of which no department published anything."""
    by_year: tuple[tuple[int, tuple[RateResult, ...]], ...]
    """Every year, latest first: the same rates in one small table."""
    arrivals: tuple[Arrival, ...]
    bodies: int
    """Bodies of scope department in the register that may be named, those that no longer exist included."""
    ended: int
    """Those of them that no longer exist."""
    confirmed: int
    """Those of them whose names were read in a published source."""
    figures: int
    tables: int
    publishing: int
    """Bodies of which something stands."""
    fees: int


def view_home(public: Public) -> HomeView:
    """The state of everything in a few numbers."""
    year = headline_year(public)
    years = sorted({rate.fiscal_year for rate in public.rates}, reverse=True)
    bodies = [body for body in public.bodies if body.scope == "department"]
    fiscal = [one for one in public.standing if any(line.figures for line in one.table.lines)]
    return HomeView(
        rates=rates_of(public.rates, year),
        partly=partly_of(public, year),
        silent=tuple(sorted(each for each in years if each > year)),
        by_year=tuple((each, rates_of(public.rates, each)) for each in years),
        arrivals=tuple(_arrivals(public))[:LATEST],
        bodies=len(bodies),
        ended=sum(1 for body in bodies if not body.existed(public.built_on.year)),
        confirmed=sum(1 for body in bodies if body.is_verified),
        figures=sum(len(line.figures) for one in fiscal for line in one.table.lines),
        tables=len(fiscal),
        publishing=len({one.place.department_code for one in fiscal}),
        fees=sum(len(one.table.lines) for one in public.tables("fees")),
    )


def _arrivals(public: Public) -> Iterable[Arrival]:
    by_submission: dict[tuple[str, ...], list[Standing]] = {}
    for one in public.standing:
        by_submission.setdefault(one.submission.key, []).append(one)
    made = [
        Arrival(department, tuple(group))
        for group in by_submission.values()
        if (department := public.department(group[0].place.department_code)) is not None
    ]
    made.sort(key=lambda one: one.standing[0].submission.receipt.file)
    return sorted(made, key=lambda one: (one.received_on, one.standing[0].place.fiscal_year), reverse=True)

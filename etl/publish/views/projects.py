"""What the pages of projects show: which projects departments list in their budgets. In: a Shelf. Out: ProjectYears.

A list prints a project once for every function or economic class its money goes to: here it is one project, its lines
added up. Final accounts know no projects: their table of project spending goes by economic class, and is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from etl.publish.public import Standing
from etl.publish.views.grids import ABSENT, Cell, add, cell_of
from etl.publish.views.shelf import BUDGET, PROJECTS, Shelf
from etl.spec.declarations import Department
from etl.table import Line


@dataclass(frozen=True, slots=True)
class Project:
    """One project of a list."""

    name: str
    kind: str
    functions: tuple[str, ...]
    """Names of what its money is for, each once."""
    amount: Cell


@dataclass(frozen=True, slots=True)
class ProjectList:
    """What one department lists."""

    department: Department
    standing: tuple[Standing, ...]
    projects: tuple[Project, ...]
    """The largest first."""
    total: Cell


@dataclass(frozen=True, slots=True)
class ProjectYear:
    year: int
    lists: tuple[ProjectList, ...]
    """In the order of the register."""

    @property
    def total(self) -> Cell:
        return add(one.total for one in self.lists)

    @property
    def count(self) -> int:
        return sum(len(one.projects) for one in self.lists)

    @property
    def largest(self) -> tuple[tuple[Department, Project], ...]:
        """Every project with its department, the largest first."""
        every = [(one.department, project) for one in self.lists for project in one.projects]
        return tuple(sorted(every, key=lambda pair: -(pair[1].amount.amount or 0)))


def view_projects(shelf: Shelf) -> tuple[ProjectYear, ...]:
    """Years in which a department lists projects, latest first."""
    found = []
    for year in shelf.years(PROJECTS):
        lists = tuple(
            one
            for body in shelf.departments
            for one in [_list(body, shelf.of(body.code, year, BUDGET, PROJECTS))]
            if one.projects
        )
        if lists:
            found.append(ProjectYear(year, lists))
    return tuple(found)


def lists_projects(shelf: Shelf, body: Department, year: int) -> bool:
    """Whether the page of the year has a list of the body's: not of a unit, and not where no amount is printed."""
    return body in shelf.departments and bool(_list(body, shelf.of(body.code, year, BUDGET, PROJECTS)).projects)


def _list(body: Department, standing: tuple[Standing, ...]) -> ProjectList:
    grouped: dict[tuple[str, str], list[tuple[Standing, Line]]] = defaultdict(list)
    for one in standing:
        for line in one.table.lines:
            if line.name and line.code != "total":
                grouped[line.code, line.name].append((one, line))
    projects = [_project(name, lines) for (_, name), lines in grouped.items()]
    projects = sorted((one for one in projects if one.amount.is_drawn), key=lambda one: -(one.amount.amount or 0))
    return ProjectList(body, standing, tuple(projects), _total(standing, projects))


def _project(name: str, lines: Sequence[tuple[Standing, Line]]) -> Project:
    texts = [line.attributes for _, line in lines]
    kind = next((one["project_type"] for one in texts if one.get("project_type")), "")
    functions = dict.fromkeys(one["functional_name"] for one in texts if one.get("functional_name"))
    cells = [cell_of(standing, line, "total") for standing, line in lines]
    return Project(name, kind, tuple(functions), add(cells, href=lines[0][0].address))


def _total(standing: Sequence[Standing], projects: Sequence[Project]) -> Cell:
    """As printed; where the list prints none, its projects added up."""
    for one in standing:
        for line in one.table.lines:
            if line.code == "total" and "total" in line.figures:
                return cell_of(one, line, "total")
    return add((project.amount for project in projects), href=standing[0].address) if standing else ABSENT

"""What `publish` and `coverage` come to, on a terminal."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from etl.cli.problems import tell_mishaps
from etl.cli.words import WORDS, visible
from etl.layout import Layout

if TYPE_CHECKING:
    from etl.answer import CoverageRow, RateResult
    from etl.pipeline import Published
    from etl.spec.model import Spec

FATES = ("accepted", "rejected", "withheld", "unrecognised", "unreadable", "superseded", "duplicate")
"""In the order of the summary."""
OWED = frozenset({"missing", "rejected", "nil-undeclared"})
"""Duties that `coverage` lists, beside those met too late."""
LONGEST = 40
"""Documents that `coverage` lists on a terminal; it says how many more there are."""
WIDE = 160
"""Columns of what is not written to a terminal."""


def summarise(published: Published, layout: Layout, lang: str) -> None:
    """What became of everything, and where to look."""
    publication = published.publication
    tell_mishaps(published.mishaps, lang)
    counts = Counter(submission.status for submission in publication.submissions)
    statuses = publication.spec.statuses
    lines = [[statuses[fate][lang] if fate in statuses else fate, str(counts[fate])] for fate in FATES if counts[fate]]
    if lines:
        _show_grid([WORDS["status"][lang], WORDS["files"][lang]], lines)
    else:
        click.echo(WORDS["none"][lang])
    seconds = sum(published.timings.values())
    click.echo(f"{WORDS['published'][lang]} ({seconds:.1f} s)")
    click.echo(f"{WORDS['site'][lang]}: {visible(_from_here(layout.site / 'index.html'))}")
    click.echo(f"{WORDS['review_site'][lang]}: {visible(_from_here(layout.review / 'index.html'))}")


def _from_here(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def show_rates(rates: Sequence[RateResult], spec: Spec, lang: str) -> None:
    """The headline rates, each with what it was made from."""
    names = {rate.key: rate.name[lang] for rate in spec.rates}
    keys = ("year", "rate", "numerator", "denominator", "exempt", "unknown")
    lines = [
        [
            *(str(one.fiscal_year), names[one.key], "–" if one.rate is None else f"{one.rate * 100:.2f}%"),
            *(str(count) for count in (one.numerator, one.denominator, one.exempt, one.unknown)),
        ]
        for one in rates
    ]
    heads = [WORDS[key][lang] for key in keys]
    _show_grid([heads[0], "", *heads[1:]], lines)


def show_owed(rows: Sequence[CoverageRow], spec: Spec, lang: str) -> None:
    """What is missing or came late: a document of a body a line."""
    owed: dict[tuple[str, int, str], list[CoverageRow]] = {}
    for row in rows:
        if row.obligation == "required" and (row.status in OWED or (row.days_late or 0) > 0):
            owed.setdefault((row.department_code, row.fiscal_year, row.document), []).append(row)
    if not owed:
        click.echo(WORDS["nothing_owed"][lang])
        return
    heads = [WORDS[key][lang] for key in ("department", "year", "document", "status", "due_on", "days_late")]
    lines = [_owed_line(found, spec, lang) for found in owed.values()]
    _show_grid(heads, lines[:LONGEST])
    if len(lines) > LONGEST:
        click.echo(f"… +{len(lines) - LONGEST} (--format csv)")


def _owed_line(rows: Sequence[CoverageRow], spec: Spec, lang: str) -> list[str]:
    first = rows[0]
    department = spec.department(first.department_code)
    name = department.name[lang] if department else first.department_name
    counts = Counter(row.status for row in rows)
    told = "、".join(f"{spec.coverage_statuses[status][lang]} {count}" for status, count in counts.items())
    late = max((row.days_late or 0 for row in rows), default=0)
    document = spec.documents[first.document][lang]
    return [f"{first.department_code} {name}", str(first.fiscal_year), document, told, first.due_on, str(late or "")]


def _show_grid(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table(*heads, box=box.SIMPLE)
    for line in lines:
        grid.add_row(*(Text(visible(text)) for text in line))
    Console(width=None if sys.stdout.isatty() else WIDE).print(grid)

"""What `publish` comes to, on a terminal; and how a terminal shows a table."""

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
    from etl.pipeline import Published

FATES = ("accepted", "rejected", "withheld", "unrecognised", "unreadable", "withdrawn", "superseded", "duplicate")
"""In the order of the summary."""
WIDE = 160
"""Columns of what is not written to a terminal."""


def summarise(published: Published, layout: Layout, lang: str) -> None:
    """What became of everything, and where to look."""
    from etl.wording import name_status

    tell_mishaps(published.mishaps, lang)
    counts = Counter(published.fates)
    lines = [[name_status(fate, published.spec)[lang], str(counts[fate])] for fate in FATES if counts[fate]]
    if lines:
        show_grid([WORDS["status"][lang], WORDS["files"][lang]], lines)
    else:
        click.echo(WORDS["none"][lang])
    seconds = sum(published.timings.values())
    click.echo(f"{WORDS['published' if published.is_new else 'unchanged'][lang]} ({seconds:.1f} s)")
    click.echo(f"{WORDS['site'][lang]}: {visible(_from_here(layout.site / 'index.html'))}")
    click.echo(f"{WORDS['review_site'][lang]}: {visible(_from_here(layout.review / 'index.html'))}")


def _from_here(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def show_grid(heads: Sequence[str], lines: Iterable[Sequence[str]], title: str = "") -> None:
    """A table, as wide as the terminal; what is in it is made harmless."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table(*heads, box=box.SIMPLE, title=title or None, title_justify="left", title_style="bold")
    for line in lines:
        grid.add_row(*(Text(visible(text)) for text in line))
    Console(width=None if sys.stdout.isatty() else WIDE).print(grid)

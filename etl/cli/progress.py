"""What a long run says while it works: a bar on a terminal, a line for each step elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from etl.cli.words import WORDS

if TYPE_CHECKING:
    from etl.pipeline import Work


@contextmanager
def progress(jobs: int | None, lang: str) -> Iterator[Work]:
    """A bar on a terminal, a line for each step elsewhere."""
    from etl.pipeline import Work

    if not sys.stderr.isatty():
        told: set[str] = set()

        def say(room: str, done: int, total: int) -> None:
            if room not in told:
                told.add(room)
                click.echo(WORDS[room][lang] + (f" ({total})" if total else ""), err=True)

        yield Work(jobs, progress=say)
        return
    from rich.console import Console
    from rich.progress import Progress

    # It is drawn when there is something new: no thread of its own, which would be forked with the processes.
    with Progress(console=Console(stderr=True), auto_refresh=False, transient=True) as bar:
        task = bar.add_task(WORDS["receive"][lang], total=None)

        def draw(room: str, done: int, total: int) -> None:
            bar.update(task, description=WORDS[room][lang], completed=done, total=total or None, refresh=True)

        yield Work(jobs, progress=draw)

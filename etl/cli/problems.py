"""How a command ends early: what it says, and its exit code (contract, section 3).

1 errors in the data   2 misuse, or a mistake in a declaration file   3 could not publish
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from etl.cli.words import WORDS, visible
from etl.layout import Layout

if TYPE_CHECKING:
    from etl.pipeline import CouldNotPublishError

ERRORS, MISUSE, NOT_PUBLISHED = 1, 2, 3


def layout_of(root: Path, lang: str) -> Layout:
    if not root.is_dir():
        end(MISUSE, WORDS["no_folder"][lang] + visible(root))
    return Layout(root.resolve())


@contextmanager
def mistakes_told(lang: str) -> Iterator[None]:
    """Every mistake in the declaration files, each with its place."""
    from etl.spec import SpecError

    try:
        yield
    except SpecError as problem:
        mistakes = (f"  {mistake.where}: {mistake.message[lang]}" for mistake in problem.mistakes)
        end(MISUSE, "\n".join([WORDS["declarations"][lang], *map(visible, mistakes)]))


@contextmanager
def problems_told(lang: str) -> Iterator[None]:
    """Every way in which a run ends early, with its exit code. Whatever it is, the earlier site stands."""
    from etl.pipeline import BusyError, CouldNotPublishError, EpochError
    from etl.pipeline.cluster import ClusterError

    try:
        with mistakes_told(lang):
            yield
    except EpochError as problem:
        end(MISUSE, WORDS["epoch"][lang] + visible(problem))
    except BusyError as problem:
        holder = asdict(problem.holder)
        told = WORDS["busy" if problem.holder.pid else "busy_somebody"][lang]
        end(NOT_PUBLISHED, WORDS["not_published"][lang] + visible(told.format(**holder)))
    except ClusterError as problem:
        told = WORDS[f"cluster_{problem.trouble}"][lang].format(**problem.values)
        end(MISUSE, WORDS["not_published"][lang] + visible(told))
    except CouldNotPublishError as problem:
        end(NOT_PUBLISHED, WORDS["not_published"][lang] + _why(problem, lang))
    finally:
        problem_of_ours = sys.exception()
        if isinstance(problem_of_ours, Exception):  # seen in full, and still no reason to touch the earlier site
            end(NOT_PUBLISHED, WORDS["failed"][lang] + "\n" + _visible_lines(traceback.format_exc()))


def _why(problem: CouldNotPublishError, lang: str) -> str:
    """What somebody can do about it, and what the system said; where nothing is known, all that was said."""
    said = str(problem).strip()
    if not problem.trouble:
        return _visible_lines(said)
    return WORDS[f"trouble_{problem.trouble}"][lang] + "\n" + visible(said.splitlines()[-1])


def end(status: int, message: str) -> NoReturn:
    """Say why, and stop."""
    click.echo(message, err=True)
    sys.exit(status)


def tell_mishaps(mishaps: Mapping[str, str], lang: str) -> None:
    """On which files the program itself failed, and how."""
    for file, story in mishaps.items():
        if not story:  # its process was gone: that the file cannot be read is told as a finding
            continue
        click.echo(WORDS["failed_on"][lang] + visible(file), err=True)
        click.echo(_visible_lines(story), err=True)


def _visible_lines(text: str) -> str:
    return "\n".join(map(visible, text.split("\n")))

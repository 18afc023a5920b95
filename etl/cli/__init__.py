"""The commands. The only room that talks to a person: progress, summaries, exit codes (contract, section 3).

    0 done   1 errors in the data   2 misuse, or a mistake in a declaration file   3 could not publish

Whatever comes from a file is made harmless before it is shown. Heavy rooms are imported inside the commands, so that
`--help` is there at once.
"""

from __future__ import annotations

import sys
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from etl import __version__
from etl.cli.demo import demo
from etl.cli.learn import learn
from etl.cli.words import WORDS, visible
from etl.layout import Layout

if TYPE_CHECKING:
    from etl.answer import CoverageRow, RateResult
    from etl.pipeline import Published, Stock, Work
    from etl.spec.model import Spec
    from etl.table import Submission

ERRORS, MISUSE, NOT_PUBLISHED = 1, 2, 3

FATES = ("accepted", "rejected", "withheld", "unrecognised", "unreadable", "superseded", "duplicate")
"""In the order of the summary."""
GOOD = frozenset({"accepted", "superseded", "duplicate"})
OWED = frozenset({"missing", "rejected", "nil-undeclared"})
"""Duties that `coverage` lists, beside those met too late."""
LONGEST = 40
"""Documents that `coverage` lists on a terminal; it says how many more there are."""
WIDE = 160
"""Columns of what is not written to a terminal."""

_ROOT = click.option(
    "--root",
    type=click.Path(path_type=Path),
    default=Path(),
    help="县的文件夹，默认为当前文件夹 / The county's folder; the current one if not given.",
)
_LANG = click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", help="终端语言 / Language of the terminal."
)
_JOBS = click.option("--jobs", type=click.IntRange(min=1), help="进程数，默认每个处理器一个 / Processes.")
_FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    help="输出格式 / Form of the output.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mingzhang")
def main() -> None:
    """明账：县级财政公开数据 / Open fiscal data for a county."""


main.add_command(demo)
main.add_command(learn)


@main.command()
@_ROOT
@click.option("--strict", is_flag=True, help="有报送未通过时退出码为 1 / Exit with 1 where a submission was rejected.")
@_JOBS
@_LANG
def publish(root: Path, strict: bool, jobs: int | None, lang: str) -> None:
    """读取 datasets/，检查，生成 site/ 和 review/ / Read datasets/, check it, build site/ and review/."""
    from etl.pipeline import publish as publish_all

    layout = _layout(root, lang)
    with problems_told(lang), _progress(jobs, lang) as work:
        published = publish_all(layout, work)
    _summarise(published, layout, lang)
    if strict and any(submission.status == "rejected" for submission in published.publication.submissions):
        _end(ERRORS, WORDS["strict"][lang])


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_FORMAT
@click.option(
    "--annotate", type=click.Path(file_okay=False, path_type=Path), help="标注过的表格放在哪里 / Marked copies."
)
@_ROOT
@_LANG
def check(files: Sequence[Path], form: str, annotate: Path | None, root: Path, lang: str) -> None:
    """检查表格，不发布 / Check workbooks without publishing them."""
    from etl import pipeline
    from etl.cli.rows import as_csv, as_json
    from etl.spec import load

    layout = _layout(root, lang)
    with problems_told(lang):
        spec = load(layout)
        stock = pipeline.check(files, spec, layout, pipeline.Work(jobs=1))
        copies = [pipeline.annotate(one, spec, annotate) for one in stock.submissions] if annotate else []
    _tell_mishaps(stock.mishaps, lang)
    if form == "text":
        _show_findings(stock, spec, lang)
    else:
        found = list(pipeline.findings_of(stock, spec))
        click.echo(as_json(found) if form == "json" else as_csv(found, pipeline.FINDINGS), nl=form == "json")
    for copy in filter(None, copies):
        click.echo(f"{WORDS['marked'][lang]}: {visible(copy)}", err=form != "text")
    if any(one.status not in GOOD or one.count("error") for one in stock.submissions):
        sys.exit(ERRORS)


@main.command()
@click.option("--year", type=int, help="只看一个年度 / One fiscal year only.")
@_FORMAT
@_ROOT
@_JOBS
@_LANG
def coverage(year: int | None, form: str, root: Path, jobs: int | None, lang: str) -> None:
    """谁公开了什么，缺什么，迟了多少 / Who has published what, and what is late or missing."""
    from etl.cli.rows import as_csv, as_json, coverage_row, rate_row
    from etl.pipeline import COVERAGE, measure

    layout = _layout(root, lang)
    with problems_told(lang), _progress(jobs, lang) as work:
        spec, all_rows, all_rates = measure(layout, work)
    rows = [row for row in all_rows if year in (None, row.fiscal_year)]
    rates = [rate for rate in all_rates if year in (None, rate.fiscal_year)]
    written = [coverage_row(row) for row in rows]
    if form == "json":
        click.echo(as_json({"rates": [rate_row(rate, spec) for rate in rates], "rows": written}))
    elif form == "csv":
        click.echo(as_csv(written, COVERAGE), nl=False)
    else:
        _show_rates(rates, spec, lang)
        _show_owed(rows, spec, lang)


# --- what went wrong ------------------------------------------------------------------------------------------------


def _layout(root: Path, lang: str) -> Layout:
    if not root.is_dir():
        _end(MISUSE, WORDS["no_folder"][lang] + visible(root))
    return Layout(root.resolve())


@contextmanager
def problems_told(lang: str) -> Iterator[None]:
    """Every way in which a run ends early, with its exit code. Whatever it is, the earlier site stands."""
    from etl.pipeline import CouldNotPublishError, EpochError
    from etl.spec import SpecError

    try:
        yield
    except SpecError as problem:
        mistakes = (f"  {mistake.where}: {mistake.message[lang]}" for mistake in problem.mistakes)
        _end(MISUSE, "\n".join([WORDS["declarations"][lang], *map(visible, mistakes)]))
    except EpochError as problem:
        _end(MISUSE, WORDS["epoch"][lang] + visible(problem))
    except CouldNotPublishError as problem:
        _end(NOT_PUBLISHED, WORDS["not_published"][lang] + _visible_lines(str(problem)))
    finally:
        problem_of_ours = sys.exception()
        if isinstance(problem_of_ours, Exception):  # seen in full, and still no reason to touch the earlier site
            _end(NOT_PUBLISHED, WORDS["failed"][lang] + "\n" + _visible_lines(traceback.format_exc()))


def _end(status: int, message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(status)


def _tell_mishaps(mishaps: Mapping[str, str], lang: str) -> None:
    for file, story in mishaps.items():
        click.echo(WORDS["failed_on"][lang] + visible(file), err=True)
        click.echo(_visible_lines(story), err=True)


def _visible_lines(text: str) -> str:
    return "\n".join(map(visible, text.split("\n")))


# --- progress -------------------------------------------------------------------------------------------------------


@contextmanager
def _progress(jobs: int | None, lang: str) -> Iterator[Work]:
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


# --- summaries ------------------------------------------------------------------------------------------------------


def _summarise(published: Published, layout: Layout, lang: str) -> None:
    """What became of everything, and where to look."""
    publication = published.publication
    _tell_mishaps(published.mishaps, lang)
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


def _show_grid(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table(*heads, box=box.SIMPLE)
    for line in lines:
        grid.add_row(*(Text(visible(text)) for text in line))
    Console(width=None if sys.stdout.isatty() else WIDE).print(grid)


def _show_findings(stock: Stock, spec: Spec, lang: str) -> None:
    from etl.wording import in_reading_order, say

    for submission in stock.submissions:
        _show_verdict(submission, spec, lang)
        sheets = [report.sheet for report in submission.sheets]
        for finding in in_reading_order(submission.findings, sheets, spec):
            _show_finding(
                finding.severity, finding.location.sheet, finding.location.cell, *say(finding, spec, lang), lang
            )
    for finding in in_reading_order(stock.others, (), spec):
        _show_finding(finding.severity, "", "", *say(finding, spec, lang), lang)


def _show_verdict(submission: Submission, spec: Spec, lang: str) -> None:
    fate = spec.statuses[submission.status][lang] if submission.status in spec.statuses else submission.status
    colour = "green" if submission.status in GOOD else "red"
    click.echo(f"{visible(submission.receipt.file)}: {click.style(fate, fg=colour, bold=True)}")
    if not submission.findings:
        click.echo(f"  {WORDS['no_findings'][lang]}")


def _show_finding(severity: str, sheet: str, cell: str, message: str, mend: str, lang: str) -> None:
    from etl.wording import SEVERITIES

    colour = {"error": "red", "warning": "yellow"}.get(severity, "cyan")
    label = next(words[lang] for key, words in SEVERITIES.items() if key == severity)
    place = visible("!".join(part for part in (sheet, cell) if part))
    click.echo(f"  {click.style(label, fg=colour)} {place}".rstrip())
    click.echo(f"    {visible(message)}")
    click.echo(f"    {visible(mend)}")


def _show_rates(rates: Sequence[RateResult], spec: Spec, lang: str) -> None:
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


def _show_owed(rows: Sequence[CoverageRow], spec: Spec, lang: str) -> None:
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

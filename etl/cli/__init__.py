"""The commands. The only room that talks to a person: progress, summaries, exit codes (contract, section 3).

    0 done   1 errors in the data   2 misuse, or a mistake in a declaration file   3 could not publish

Whatever comes from a file is made harmless before it is shown. Heavy rooms are imported inside the commands, so that
`--help` is there at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from etl import __version__
from etl.cli.annual import annual_report
from etl.cli.demo import demo
from etl.cli.explain import explain
from etl.cli.learn import learn
from etl.cli.misuse import Commands
from etl.cli.problems import ERRORS, end, layout_of, problems_told, tell_mishaps
from etl.cli.releases import publish_again, verify
from etl.cli.watch import watch
from etl.cli.words import WORDS, visible

if TYPE_CHECKING:
    from etl.cli.rows import Row

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
_EXECUTOR = click.option(
    "--executor",
    metavar="dask://HOST:PORT",
    help="在 Dask 集群上读取和检查 / Read and check on a Dask cluster.",
)
_FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    help="输出格式 / Form of the output.",
)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mingzhang")
@click.pass_context
def main(context: click.Context) -> None:
    """明账：县级财政公开数据 / Open fiscal data for a county."""
    if os.environ.get("NO_COLOR"):
        context.color = False


main.add_command(annual_report)
main.add_command(demo)
main.add_command(explain)
main.add_command(learn)
main.add_command(verify)
main.add_command(watch)


@main.command()
@_ROOT
@click.option("--strict", is_flag=True, help="有报送未通过时退出码为 1 / Exit with 1 where a submission was rejected.")
@_JOBS
@_EXECUTOR
@click.option("--release", type=click.IntRange(min=1), help="只重做这一次发布 / Make an earlier release again.")
@click.option("--to", type=click.Path(path_type=Path), help="重做的网站放在哪里 / Where that release goes.")
@click.option("--anyway", is_flag=True, help="程序或声明不同也重做 / Even with another program or declarations.")
@_LANG
def publish(
    root: Path,
    strict: bool,
    jobs: int | None,
    executor: str | None,
    release: int | None,
    to: Path | None,
    anyway: bool,
    lang: str,
) -> None:
    """读取 datasets/，检查，生成 site/ 和 review/ / Read datasets/, check it, build site/ and review/."""
    from etl.cli.progress import progress
    from etl.cli.summary import summarise
    from etl.pipeline import publish as publish_all
    from etl.pipeline.cluster import on_executor

    if release is not None:
        publish_again(root, release, to, anyway=anyway, jobs=jobs, lang=lang)
        return
    layout = layout_of(root, lang)
    with problems_told(lang), progress(jobs, lang) as mine, on_executor(mine, executor, layout.root) as work:
        published = publish_all(layout, work)
    summarise(published, layout, lang)
    if strict and published.fates.get("rejected"):
        end(ERRORS, WORDS["strict"][lang])


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_FORMAT
@click.option(
    "--annotate", type=click.Path(file_okay=False, path_type=Path), help="标注过的表格放在哪里 / Marked copies."
)
@click.option("--all", "whole", is_flag=True, help="问题再多也全部列出 / List every finding, however many.")
@_ROOT
@_LANG
def check(files: Sequence[Path], form: str, annotate: Path | None, whole: bool, root: Path, lang: str) -> None:
    """检查表格，不发布 / Check workbooks without publishing them."""
    from etl import pipeline
    from etl.cli.report import may_be_sent, show_conclusion, show_findings
    from etl.spec import load

    layout = layout_of(root, lang)
    with problems_told(lang):
        spec = load(layout)
        stock = pipeline.check(files, spec, layout, pipeline.Work(jobs=1))
        copies = [pipeline.annotate(one, spec, annotate) for one in stock.submissions] if annotate else []
    tell_mishaps(stock.mishaps, lang)
    if form == "text":
        show_findings(stock, spec, lang, whole=whole)
    else:
        _write(list(pipeline.findings_of(stock, spec)), pipeline.FINDINGS, form)
    for copy in filter(None, copies):
        click.echo(f"{WORDS['marked'][lang]}: {visible(copy)}", err=form != "text")
    if form == "text":
        show_conclusion(stock, lang)
    if not may_be_sent(stock):
        sys.exit(ERRORS)


def _write(rows: Sequence[Row], heads: Sequence[str], form: str) -> None:
    from etl.cli.rows import as_csv, as_json

    click.echo(as_json(rows) if form == "json" else as_csv(rows, heads), nl=form == "json")


@main.command()
@click.option("--year", type=int, help="只看一个年度 / One fiscal year only.")
@_FORMAT
@_ROOT
@_JOBS
@_LANG
def coverage(year: int | None, form: str, root: Path, jobs: int | None, lang: str) -> None:
    """谁公开了什么，缺什么，迟了多少 / Who has published what, and what is late or missing."""
    from etl.cli.disclosure import show_coverage
    from etl.cli.progress import progress
    from etl.cli.rows import as_csv, as_json, coverage_json, coverage_row
    from etl.pipeline import COVERAGE, measure

    layout = layout_of(root, lang)
    with problems_told(lang), progress(jobs, lang) as work:
        measured = measure(layout, work)
    if form == "json":
        click.echo(as_json(coverage_json(measured, year)))
    elif form == "csv":
        rows = [coverage_row(row) for row in measured.rows if year in (None, row.fiscal_year)]
        click.echo(as_csv(rows, COVERAGE), nl=False)
    else:
        show_coverage(measured, year, lang)


for _command in main.commands.values():
    _command.short_help = _command.help  # whole in the list of commands: click would cut off the English

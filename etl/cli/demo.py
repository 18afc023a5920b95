"""`mingzhang demo`: a fictional county, made and published."""

from __future__ import annotations

from pathlib import Path

import click

from etl.cli.words import WORDS, visible

MISUSE = 2


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--departments", type=click.IntRange(1, 500), default=75, help="部门数 / Departments.")
@click.option("--years", type=click.IntRange(1, 8), default=3, help="年度数 / Fiscal years.")
@click.option("--seed", type=int, default=1, help="同一个种子做出同一个县 / The same seed makes the same county.")
@click.option("--publish/--no-publish", "and_publish", default=True, help="做好以后是否发布 / Publish it, too.")
@click.option("--jobs", type=click.IntRange(min=1), help="进程数，默认每个处理器一个 / Processes.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="终端语言 / Language of the terminal.")
@click.pass_context
def demo(
    context: click.Context,
    folder: Path,
    departments: int,
    years: int,
    seed: int,
    and_publish: bool,
    jobs: int | None,
    lang: str,
) -> None:
    """在空文件夹里做一个虚构的县，并发布 / Make a whole fictional county in an empty folder, and publish it."""
    from etl.cli import publish
    from etl.demo import Plan, make

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        click.echo(WORDS["not_empty"][lang] + visible(folder), err=True)
        context.exit(MISUSE)
    make(folder, Plan(departments, years, seed))
    click.echo(WORDS["made"][lang] + visible(folder))
    if and_publish:
        context.invoke(publish, root=folder, strict=False, jobs=jobs, lang=lang)

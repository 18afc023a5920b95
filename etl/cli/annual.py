"""`mingzhang annual-report`: what the county's yearly report on disclosure says about budgets and fees."""

from __future__ import annotations

from pathlib import Path

import click

from etl.cli.problems import layout_of, problems_told
from etl.cli.words import WORDS, visible


@click.command("annual-report")
@click.option("--year", type=click.IntRange(1994, 9998), required=True, help="报告年度 / Year of the report.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="把 .md 和 .docx 写到哪里 / Where the .md and the .docx go.",
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="输出格式 / Form of the output."
)
@click.option(
    "--root",
    type=click.Path(path_type=Path),
    default=Path(),
    help="县的文件夹，默认为当前文件夹 / The county's folder; the current one if not given.",
)
@click.option("--jobs", type=click.IntRange(min=1), help="进程数，默认每个处理器一个 / Processes.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="语言 / Language.")
def annual_report(year: int, out: Path | None, form: str, root: Path, jobs: int | None, lang: str) -> None:
    """政府信息公开年度报告里关于预决算和收费的段落 / The yearly report's sentences on budgets and fees."""
    from etl.cli.progress import progress
    from etl.cli.rows import as_json
    from etl.pipeline import annual, report

    layout = layout_of(root, lang)
    with problems_told(lang), progress(jobs, lang) as work:
        spec, found = report(layout, work, year)
    if form == "json":
        click.echo(as_json(annual.as_values(found, spec, lang)))
    else:
        click.echo("\n".join(map(visible, annual.as_text(found, spec, lang).split("\n"))), nl=False)
    if out is not None:
        for path in annual.write_report(found, spec, lang, out):
            click.echo(f"{WORDS['saved'][lang]}: {visible(path)}", err=True)

"""`mingzhang learn`: drafts the template file of a form that nobody has declared yet."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from etl.cli.problems import problems_told
from etl.cli.words import WORDS, visible
from etl.layout import Layout

if TYPE_CHECKING:
    from etl.learn import Lesson, Proposal
    from etl.spec.model import Spec

NOTHING, MISUSE = 1, 2


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--sheet", default="", help="只看这一张工作表，认得出的也看 / This sheet only, recognised or not.")
@click.option("--table", "table_id", default="", help="它是哪张表（schemas/tables 下的文件夹名）/ Which table it is.")
@click.option("--write", "save", is_flag=True, help="存进 schemas/，已有的文件不动 / Save it; never overwrites a file.")
@click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    help="县的文件夹，默认为当前文件夹 / The county's folder; the current one if not given.",
)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="终端语言 / Language of the terminal.")
def learn(file: Path, sheet: str, table_id: str, save: bool, root: Path, lang: str) -> None:
    """为认不出的表起草表样文件，由人核对 / Draft a template for a table nobody knows, for a person to check."""
    from etl.learn import study
    from etl.spec import load

    layout = Layout(root.resolve())
    with problems_told(lang):
        spec = load(layout)
        if table_id and table_id not in spec.tables:
            _end(MISUSE, f"{WORDS['no_table'][lang]}{', '.join(spec.tables)}")
        lesson = study(file, spec, sheet, table_id)
        if sheet and lesson.sheets and sheet not in lesson.sheets:
            _end(MISUSE, f"{WORDS['no_sheet'][lang]}{', '.join(lesson.sheets)}")
        if not lesson.proposals:
            _end(NOTHING, _why_not(lesson, spec, lang))
        _give(lesson.proposals, layout, spec, save, lang)


def _give(proposals: tuple[Proposal, ...], layout: Layout, spec: Spec, save: bool, lang: str) -> None:
    """Every proposal, into its file or to the terminal."""
    from etl.learn import write

    own = layout.schemas == layout.root / "schemas"
    if save and not own:
        click.echo(WORDS["no_own_schemas"][lang], err=True)
    shown = 0
    for proposal in proposals:
        text, place = write(proposal, spec), layout.root / proposal.path
        if save and own and not place.exists():
            place.write_text(text, "utf-8", newline="\n")
            click.echo(f"{WORDS['saved'][lang]}: {visible(proposal.path)}", err=True)
            continue
        if save and own:
            click.echo(f"{WORDS['stands'][lang]}: {visible(proposal.path)}", err=True)
        click.echo(("---\n" if shown else "") + text, nl=False)
        shown += 1


def _why_not(lesson: Lesson, spec: Spec, lang: str) -> str:
    from etl.wording import sentence

    if lesson.strange:
        parts = (f"  {part.block.sheet.name} {part.block.title}".rstrip() for part in lesson.strange)
        return "\n".join([WORDS["strange"][lang], *parts])
    said = [sentence(finding, spec, lang) for finding in lesson.findings]
    return "\n".join([WORDS["nothing_learnt"][lang], *said])


def _end(status: int, message: str) -> None:
    click.echo("\n".join(map(visible, message.split("\n"))), err=True)
    sys.exit(status)

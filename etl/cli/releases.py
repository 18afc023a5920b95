"""`mingzhang verify`, and `mingzhang publish --release N`: what was released, proved and made again.

0 everything fits   1 something does not, or the data came out differently   2 misuse   3 could not be made
"""

from __future__ import annotations

from pathlib import Path

import click

from etl.cli.problems import ERRORS, MISUSE, end, layout_of, problems_told
from etl.cli.release_words import MISFITS, WORDS
from etl.cli.words import visible


@click.command()
@click.option(
    "--site",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="网站的副本，默认为县文件夹里的 site/ / A copy of the site; site/ of the county's folder if not given.",
)
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="县的文件夹；只给 --site 时不查存档 / The county's folder; with --site alone no archive is looked at.",
)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="终端语言 / Language of the terminal.")
def verify(site: Path | None, root: Path | None, lang: str) -> None:
    """对照发布记录核对网站和存档，不用联网 / Prove a site and an archive against the log of releases, offline."""
    from etl.pipeline.again import verify as look

    layout = None if site is not None and root is None else layout_of(root or Path(), lang)
    if layout is not None and not layout.datasets.is_dir():
        end(MISUSE, WORDS["no_datasets"][lang] + visible(layout.root))
    if site is None and layout is not None and layout.site.is_dir():
        site = layout.site
    if site is not None and not (site / "data").is_dir():
        end(MISUSE, WORDS["no_data"][lang] + visible(site))
    with problems_told(lang):
        found = look(layout, site)
    for misfit in found:
        click.echo(f"{MISFITS[misfit.kind][lang]}{visible(misfit.what)}")
    if found:
        end(ERRORS, WORDS["does_not_fit"][lang])
    looked = [WORDS["site"][lang] if site is not None else "", WORDS["archive"][lang] if layout is not None else ""]
    click.echo(WORDS["fits"][lang] + WORDS["and"][lang].join(filter(None, looked)))


def publish_again(root: Path, number: int, to: Path | None, *, anyway: bool, jobs: int | None, lang: str) -> None:
    """Make a release again, and say whether it came out as it was."""
    from etl.cli.progress import progress
    from etl.pipeline.again import NoSuchReleaseError, find, rebuild

    layout = layout_of(root, lang)
    target = (to or layout.build / f"release-{number}").absolute()
    if target.exists():
        end(MISUSE, WORDS["exists"][lang] + visible(target))
    with problems_told(lang):
        try:
            wanted = find(layout, number)
        except NoSuchReleaseError:
            wanted = None
    if wanted is None:
        end(MISUSE, WORDS["no_such_release"][lang].format(number=number))
    differs = WORDS["and"][lang].join(WORDS[key][lang] for key in wanted.differs)
    if wanted.differs and not anyway:
        end(MISUSE, WORDS["differs"][lang].format(what=differs, program=wanted.line.program))
    if wanted.differs:
        click.echo(WORDS["differs_anyway"][lang].format(what=differs), err=True)
    with problems_told(lang), progress(jobs, lang) as work:
        made = rebuild(layout, wanted, target, work)
    click.echo(WORDS["made"][lang].format(number=number) + visible(target))
    if not made.is_same:
        end(ERRORS, WORDS["not_the_same"][lang])
    click.echo(WORDS["the_same"][lang])

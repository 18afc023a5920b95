"""`mingzhang watch`: what came of each file, told as it lands in the inbox."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from etl.cli.problems import layout_of, problems_told
from etl.cli.words import WORDS, visible

if TYPE_CHECKING:
    from etl.layout import Layout
    from etl.pipeline.watch import News
    from etl.spec.mistakes import Mistake
    from etl.table import Submission


@click.command()
@click.option(
    "--root",
    type=click.Path(path_type=Path),
    default=Path(),
    help="县的文件夹，默认为当前文件夹 / The county's folder; the current one if not given.",
)
@click.option("--jobs", type=click.IntRange(min=1), help="进程数，默认每个处理器一个 / Processes.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="终端语言 / Language of the terminal.")
def watch(root: Path, jobs: int | None, lang: str) -> None:
    """文件一放进收件夹就检查 / Check each file as it lands in the inbox."""
    from etl.pipeline import Work
    from etl.pipeline.watch import watch as watch_inbox

    layout = layout_of(root, lang)
    end = Event()
    with problems_told(lang), _until_interrupted(end):
        watch_inbox(layout, Work(jobs), lambda news: _tell(news, layout, lang), end)
    click.echo("\n" + WORDS["watch_ended"][lang])


@contextmanager
def _until_interrupted(end: Event) -> Iterator[None]:
    """The first Ctrl-C ends when what is in hand is done, wherever it comes in; the second one ends at once."""

    def stop(number: int, frame: object) -> None:
        end.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    earlier = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, earlier)


def _tell(news: News, layout: Layout, lang: str) -> None:
    if news.mistakes:
        _tell_mistakes(news.mistakes, lang)
    elif news.submissions:
        for submission in news.submissions:
            click.echo(_line(submission, layout, lang))
    else:
        click.echo(WORDS["watching"][lang] + visible(_shown(layout.inbox)))


def _tell_mistakes(mistakes: Sequence[Mistake], lang: str) -> None:
    click.echo(WORDS["watch_declarations"][lang], err=True)
    for mistake in mistakes:
        click.echo(f"  {visible(mistake.where)}: {visible(mistake.message[lang])}", err=True)


def _line(submission: Submission, layout: Layout, lang: str) -> str:
    """One file, its verdict, and where its report is."""
    report = layout.review / "watch" / submission.submission_id / "index.html"
    may_be_sent = submission.status in ("accepted", "duplicate")
    refused = "may_not_be_sent_again" if submission.shown_status == "withdrawn" else "may_not_be_sent"
    verdict = WORDS["may_be_sent" if may_be_sent else refused][lang]
    counts = "".join(
        f"{WORDS['comma'][lang]}{WORDS[severity][lang]} {count}"
        for severity in ("error", "warning")
        if (count := submission.count(severity))
    )
    where = visible(_shown(report))
    return f"{visible(submission.receipt.file)}{WORDS['colon'][lang]}{verdict}{counts}\n  {where}"


def _shown(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path

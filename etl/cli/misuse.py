"""What a person did wrong in typing a command, in Chinese before the English that click has for it. Exit code 2 stays.

click knows by the type of its exceptions what is wrong; the language of the terminal is not known yet where the line
cannot be read, so both are said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click
from click.exceptions import NoArgsIsHelpError, NoSuchCommand

from etl.cli.words import visible


class Commands(click.Group):
    """A group of commands that says in Chinese too how it was misused."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        with _said_in_chinese():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        with _said_in_chinese():
            return super().invoke(ctx)


@contextmanager
def _said_in_chinese() -> Iterator[None]:
    try:
        yield
    except NoArgsIsHelpError:  # nothing is wrong: it shows the help
        raise
    except click.UsageError as misuse:
        usage = f"看用法：{misuse.ctx.command_path} --help" if misuse.ctx else ""
        click.echo(visible(f"用法有误：{in_chinese(misuse)}{usage}"), err=True)
        raise


def in_chinese(misuse: click.UsageError) -> str:
    """One sentence, quoting what was typed."""
    match misuse:
        case click.NoSuchOption():
            return f"没有“{misuse.option_name}”这个选项{_meant(misuse.possibilities or ())}。"
        case NoSuchCommand():
            return f"没有“{misuse.command_name}”这个命令{_meant(misuse.possibilities or ())}。"
        case click.BadOptionUsage():
            return f"选项“{misuse.option_name}”后面缺少一个值，或者多了一个值。"
        case click.MissingParameter():
            return f"缺少{_hint(misuse)}。"
        case click.BadParameter():
            return f"{_hint(misuse)}的值不对：{_wanted(misuse)}。"
        case _:
            return "多写了参数，或者写法不对。"


def _meant(names: Sequence[str]) -> str:
    return f"，是不是 {'、'.join(names)}" if names else ""


def _hint(misuse: click.BadParameter) -> str:
    """The option or argument as its help names it."""
    if misuse.param is None:
        return "参数"
    kind = "选项" if isinstance(misuse.param, click.Option) else "参数"
    name = misuse.param.opts[0] if isinstance(misuse.param, click.Option) else misuse.param.human_readable_name
    return f"{kind}“{name}”"


def _wanted(misuse: click.BadParameter) -> str:
    """What would have been right, by the type of the parameter."""
    match misuse.param and misuse.param.type:
        case click.Choice() as known:
            return f"只能是 {'、'.join(map(str, known.choices))}"
        case click.IntRange() as bounds:
            least = "" if bounds.min is None else f"，不小于 {bounds.min}"
            return f"要写整数{least}{'' if bounds.max is None else f'，不大于 {bounds.max}'}"
        case click.Path():
            return "没有这个文件或文件夹，或者不能读写"
        case kind if kind is click.INT:
            return "要写整数"
        case _:
            return "请看下面的英文说明"

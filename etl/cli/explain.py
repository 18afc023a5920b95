"""`mingzhang explain`: what a finding code or a rule means, with what it looks like wrong and right."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from etl.cli.problems import MISUSE, mistakes_told
from etl.cli.words import WORDS, visible
from etl.layout import Layout

if TYPE_CHECKING:
    from etl.spec.examples import Example
    from etl.spec.model import FindingSpec
    from etl.spec.rulebook import RuleBook, RuleEntry

ALIKE = 5
"""Names that are suggested where one is not known."""
_COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}


@click.command()
@click.argument("code", default="")
@click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    help="县的文件夹，默认为当前文件夹 / The county's folder; the current one if not given.",
)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="终端语言 / Language of the terminal.")
def explain(code: str, root: Path, lang: str) -> None:
    """说明一个代码或一条规则，举例对错；不写就全部列出 / Explain a code or a rule; without one, list them all."""
    from etl.spec.rulebook import read_rule_book, read_table_names

    layout = Layout(root.resolve())
    with mistakes_told(lang):
        book = read_rule_book(layout)
        asked = code.strip().casefold()
        if not asked:
            _say(_everything(book, lang))
        elif finding := next((one for key, one in book.findings.items() if key.casefold() == asked), None):
            _say(_finding(finding, book, lang))
        elif entries := [entry for entry in book.entries() if entry.number.casefold() == asked]:
            names = {table: name[lang] for table, name in read_table_names(layout).items()}
            _say(line for entry in entries for line in _rule(entry, book, names, lang))
        else:
            _unknown(code, book, lang)


def _say(lines: Iterator[str]) -> None:
    click.echo("\n".join(lines).rstrip("\n"))


def _unknown(code: str, book: RuleBook, lang: str) -> None:
    click.echo(f"{WORDS['no_code'][lang]}{visible(code)}", err=True)
    for line in _names(_alike(code, book), book, lang):
        click.echo(line, err=True)
    click.echo(WORDS["all_codes"][lang], err=True)
    sys.exit(MISUSE)


def _alike(code: str, book: RuleBook) -> list[str]:
    """Codes and numbers written nearly so, or whose title says so."""
    known = {name.casefold(): name for name in (*book.findings, *(rule.rule for rule in book.rules))}
    asked = code.strip().casefold()
    near = get_close_matches(asked, known, n=ALIKE, cutoff=0.6)
    said = [key for key, one in book.findings.items() if asked in f"{one.title.zh} {one.title.en}".casefold()]
    return list(dict.fromkeys([*said, *(known[name] for name in near)]))[:ALIKE]


def _names(names: list[str], book: RuleBook, lang: str) -> Iterator[str]:
    wide = max(map(len, names), default=0)
    reasons = {entry.number: entry.rule.reason for entry in reversed(book.entries())}
    for name in names:
        title = book.findings[name].title if name in book.findings else reasons[name]
        yield f"  {click.style(name.ljust(wide), bold=True)}  {title[lang]}"


def _everything(book: RuleBook, lang: str) -> Iterator[str]:
    from etl.spec.rulebook import SCOPES

    for about, name in book.abouts.items():
        yield click.style(name[lang], bold=True, underline=True)
        yield from _names([code for code, one in book.findings.items() if one.about == about], book, lang)
        yield ""
    entries = book.entries()
    for scope, name in SCOPES.items():
        yield click.style(WORDS["rules"][lang] + name[lang], bold=True, underline=True)
        yield from _names(list(dict.fromkeys(one.number for one in entries if one.scope == scope)), book, lang)
        yield ""
    yield WORDS["one_code"][lang]


def _finding(finding: FindingSpec, book: RuleBook, lang: str) -> Iterator[str]:
    from etl.wording import fill

    yield _head(finding.code, finding.title[lang])
    yield f"{_severities(finding.severities, lang)} · {book.abouts[finding.about][lang]}"
    yield from _part("wrong_how", dict.fromkeys(fill(one.message[lang], {}) for one in finding.wordings.values()), lang)
    yield from _part("what_to_do", dict.fromkeys(fill(one.mend[lang], {}) for one in finding.wordings.values()), lang)
    yield from _example(book.examples.findings.get(finding.code), lang)
    yield from _part("authority", [finding.authority], lang)
    if numbers := book.giving(finding.code):
        yield from _part("by_rules", [" ".join(numbers)], lang)


def _rule(entry: RuleEntry, book: RuleBook, names: dict[str, str], lang: str) -> Iterator[str]:
    from etl.spec.rulebook import SCOPES

    yield _head(entry.number, entry.rule.reason[lang])
    severities = tuple(dict.fromkeys(rule.severity for rule in entry.rules))
    yield f"{_severities(severities, lang)} · {SCOPES[entry.scope][lang]}"
    if tables := [names[rule.table_id] for rule in entry.rules if rule.table_id]:
        yield from _part("in_tables", ["、".join(tables) if lang == "zh" else ", ".join(tables)], lang)
    yield from _example(entry.example, lang)
    yield from _part("authority", dict.fromkeys(rule.authority for rule in entry.rules), lang)
    codes = dict.fromkeys(rule.finding for rule in entry.rules)
    yield from _part("gives", [f"{code} {book.findings[code].title[lang]}" for code in codes], lang)
    yield ""


def _head(name: str, title: str) -> str:
    return f"{click.style(name, bold=True)}  {title}"


def _severities(severities: tuple[str, ...], lang: str) -> str:
    from etl.wording import SEVERITIES

    names: dict[str, str] = {key: name[lang] for key, name in SEVERITIES.items()}
    return " / ".join(click.style(names[each], fg=_COLOURS[each]) for each in severities)


def _part(key: str, texts: list[str] | dict[str, None], lang: str) -> Iterator[str]:
    yield ""
    yield click.style(WORDS[key][lang], bold=True)
    for text in texts:
        yield f"  {text}"


def _example(example: Example | None, lang: str) -> Iterator[str]:
    if example:
        yield ""
        yield f"{click.style('✕ ' + WORDS['wrong'][lang], fg='red', bold=True)}  {example.wrong[lang]}"
        yield f"{click.style('✓ ' + WORDS['right'][lang], fg='green', bold=True)}  {example.right[lang]}"

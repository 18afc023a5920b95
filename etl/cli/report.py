"""What `check` finds, on a terminal: by file and sheet, first what to mend first; at the end whether it may be sent.

预算.xlsx  未通过
  富源县教育局 2024 年预算
  工作表“表一”
    错误  C5   《部门支出总体情况表》第5行“合计”为 12.50 万元，各类相加应为 12.40 万元，多 0.10 万元。
               → 请核对各类有没有漏行或填错，再核对合计的公式。
               sum-mismatch T-10

不能报送：错误 1 处。
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from etl.cli.words import WORDS, visible

if TYPE_CHECKING:
    from etl.finding import Finding
    from etl.pipeline import Stock
    from etl.spec.model import Spec
    from etl.table import Submission

GOOD = frozenset({"accepted", "superseded", "duplicate"})
"""Fates that ask for nothing."""
LONGEST = 40
"""Findings of one file that are shown unless all are asked for; how many more there are is said."""
_COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}
_SEVERITIES = ("error", "warning", "note")
_WIDEST_CELL = 12
_NARROWEST = 24


def may_be_sent(stock: Stock) -> bool:
    """Nothing has to be mended first."""
    about_files = any(one.status not in GOOD or one.count("error") for one in stock.submissions)
    return not about_files and not any(finding.severity == "error" for finding in stock.others)


def show_findings(stock: Stock, spec: Spec, lang: str, *, whole: bool) -> None:
    """Print every file with its findings; of a long list the first, unless the whole is asked for."""
    from etl.wording import in_reading_order

    for submission in stock.submissions:
        _show_verdict(submission, spec, lang)
        sheets = [report.sheet for report in submission.sheets]
        _show(in_reading_order(submission.findings, sheets, spec), spec, lang, whole=whole)
    _show(in_reading_order(stock.others, (), spec), spec, lang, whole=whole)


def show_conclusion(stock: Stock, lang: str) -> None:
    """Print the last line: whether it may be sent."""
    found = [finding for submission in stock.submissions for finding in submission.findings]
    counts = _counts((*found, *stock.others), lang)
    stopped = sum(one.status not in GOOD or bool(one.count("error")) for one in stock.submissions)
    if may_be_sent(stock):
        verdict, colour = WORDS["may_be_sent"][lang], "green"
    else:
        is_taken_back = all(one.shown_status == "withdrawn" for one in stock.submissions) and not stock.others
        verdict, colour = WORDS["may_not_be_sent_again" if is_taken_back else "may_not_be_sent"][lang], "red"
        if len(stock.submissions) > 1 and stopped:
            of_all = WORDS["of_files"][lang].format(stopped=stopped, files=len(stock.submissions))
            counts = f"{of_all}{WORDS['comma'][lang]}{counts}"
    click.echo(click.style(verdict, fg=colour, bold=True) + (WORDS["colon"][lang] + counts if counts else ""))


def _show_verdict(submission: Submission, spec: Spec, lang: str) -> None:
    from etl.wording import name_status

    fate = name_status(submission.shown_status, spec)[lang]
    colour = "green" if submission.status in GOOD else "red"
    click.echo(f"{click.style(visible(submission.receipt.file), bold=True)}  {click.style(fate, fg=colour, bold=True)}")
    if whose := _whose(submission, spec, lang):
        click.echo(f"  {visible(whose)}")
    if not submission.findings:
        click.echo(f"  {WORDS['no_findings'][lang]}")


def _whose(submission: Submission, spec: Spec, lang: str) -> str:
    """Who, which year and which document, as far as that is known."""
    identity = submission.identity
    department = spec.department(identity.department_code)
    document = spec.documents.get(identity.document)
    year = str(identity.fiscal_year or "")
    parts = (
        (department.name[lang] if department else "") or identity.department_name,
        f"{year} 年" if year and lang == "zh" else year,
        document[lang] if document else "",
    )
    return " ".join(filter(None, parts))


def _show(ordered: Sequence[Finding], spec: Spec, lang: str, *, whole: bool) -> None:
    shown = ordered if whole else ordered[:LONGEST]
    groups: dict[str, list[Finding]] = {}
    for finding in shown:
        groups.setdefault(finding.location.sheet, []).append(finding)
    for sheet, found in groups.items():
        place = WORDS["sheet"][lang].format(sheet=visible(sheet)) if sheet else WORDS["whole_file"][lang]
        click.echo(f"  {click.style(place, underline=True)}")
        for line in _lines(found, spec, lang):
            click.echo(line)
    if left := ordered[len(shown) :]:
        more = WORDS["more"][lang].format(left=len(left), counts=_counts(left, lang))
        click.echo(f"  {click.style(more, bold=True)}")
    if ordered:
        click.echo()


def _lines(found: Sequence[Finding], spec: Spec, lang: str) -> Iterator[str]:
    from etl.wording import breadth, say

    names = [WORDS[severity][lang] for severity in _SEVERITIES]
    first = max(map(breadth, names))
    second = min(max(breadth(finding.location.cell) for finding in found), _WIDEST_CELL)
    indent = 4 + first + 2 + (second + 2 if second else 0)
    for finding in found:
        name, cell = WORDS[finding.severity][lang], visible(finding.location.cell)
        message, mend = say(finding, spec, lang)
        label = click.style(name, fg=_COLOURS[finding.severity], bold=True) + " " * (first - breadth(name))
        place = cell + " " * (second - breadth(cell)) + "  " if second else ""
        told = [*_wrap(visible(message), indent), *_wrap(f"→ {visible(mend)}", indent)]
        if breadth(cell) > second:
            yield f"    {label}  {cell}"
        else:
            yield f"    {label}  {place}{told.pop(0)}"
        yield from (" " * indent + line for line in told)
        code = " ".join(part for part in (finding.code, finding.rule) if part)
        yield " " * indent + click.style(code, dim=True)


def _wrap(text: str, indent: int) -> list[str]:
    """A text in lines that fit beside the indent on a terminal; one line elsewhere."""
    from etl.wording import breadth

    if not sys.stdout.isatty():
        return [text]
    room = max(shutil.get_terminal_size().columns - indent - 1, _NARROWEST)
    lines, line, taken = [], "", 0
    for word in _words(text):
        wide = breadth(word)
        if taken + wide > room and line:
            lines.append(line.rstrip())
            line, taken = "", 0
        line, taken = line + word, taken + wide
    return [*lines, line]


def _words(text: str) -> Iterator[str]:
    """Pieces that stay together: a word or figure with what closes it, or a single Chinese character."""
    word = ""
    for sign in text:
        if (
            word
            and (ord(sign) >= 0x2E80 or ord(word[-1]) >= 0x2E80 or word[-1] == " ")
            and sign not in "，。；：、”）》！？"
        ):
            yield word
            word = ""
        word += sign
    yield word


def _counts(found: Iterable[Finding], lang: str) -> str:
    severities = [finding.severity for finding in found]
    told = [f"{WORDS[each][lang]} {severities.count(each)}" for each in _SEVERITIES if each in severities]
    return WORDS["comma"][lang].join(told)

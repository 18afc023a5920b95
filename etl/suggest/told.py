"""What is told of the trials, as values of the findings they concern.

| value | says |
| --- | --- |
| `cause` | the kind of slip |
| `cause_way` | how it came about, where it is mended in different ways: see below |
| `cause_table` | title of the table in which it was made |
| `cause_sheet`, `cause_cell` | the cell to change; of a line that stands twice, its figure |
| `cause_line` | the line of that cell, as printed |
| `cause_other` | the line (or column) left out, counted twice or changed places with |
| `cause_stated` | what stands in the cell now |
| `suggestion` | what should stand there, in the unit of the table |
| `cause_2`, `suggestion_3` … | the same of the second and the third guess |
| `mend`, `mend_sheet`, `mend_table`, `mend_line`, `mend_stated` | the one cell that mends this and breaks nothing |
| `mend_value`, `mend_heals` | what should stand there, and how many findings that settles |
| `cascade` | `yes` where the mend is told at another finding and this one only follows from it |

Ways: `printed`, the line stands twice and should go (no suggestion); `unprinted`, a line is missing, and the suggestion
is its amount; `blank`, the line is there and its cell is empty. None where a total was added up wrongly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from etl.amounts import format_amount
from etl.finding import Finding
from etl.suggest.candidate import TELLING, Candidate, Guess
from etl.suggest.case import Book, Place, is_sum, title
from etl.suggest.change import Put
from etl.suggest.trial import Key, Trials, Tried, key_of
from etl.table import cell_name

TOLD = 3


def told(findings: Sequence[Finding], keys: Sequence[Key], trials: Trials, book: Book) -> list[Finding]:
    """The findings with what is known of their causes."""
    mends = _mends([key_of(finding) for finding in findings if is_sum(finding)], keys, trials)
    leading = {id(mend): _leading(mend, findings, book) for mend in mends.values()}
    return [
        _with(finding, keys, trials, mends.get(key_of(finding)), leading, book) if is_sum(finding) else finding
        for finding in findings
    ]


def _with(
    finding: Finding,
    keys: Sequence[Key],
    trials: Trials,
    mend: Tried | None,
    leading: dict[int, Finding | None],
    book: Book,
) -> Finding:
    added: dict[str, str] = {}
    for number, (candidate, guess) in enumerate(_ranked(key_of(finding), keys, trials), start=1):
        added |= _cause(candidate, guess, finding, book, "" if number == 1 else f"_{number}")
    if mend is not None:
        added |= _mend(mend, book)
        if leading[id(mend)] is not finding:
            added["cascade"] = "yes"
    return replace(finding, values={**finding.values, **added}) if added else finding


# --- the order of guesses ----------------------------------------------------------------------------------------


def _ranked(key: Key, keys: Sequence[Key], trials: Trials) -> list[tuple[Candidate, Guess]]:
    """The most likely guesses: what heals most, then what is most telling."""
    rated = sorted(_rated(key, keys, trials), key=lambda each: each[0])
    healing = any(rate[0] == 0 and candidate.certain for rate, candidate, _ in rated)
    chosen: dict[tuple[str, Place], tuple[Candidate, Guess]] = {}
    for rate, candidate, guess in rated:
        if not healing or (rate[0] == 0 and candidate.certain):
            chosen.setdefault((guess.kind, candidate.place), (candidate, guess))
    return list(chosen.values())[:TOLD]


def _rated(
    key: Key, keys: Sequence[Key], trials: Trials
) -> Iterator[tuple[tuple[int, int, int, int], Candidate, Guess]]:
    for tried in trials.tried:
        candidate, heals = tried.candidate, key in tried.healed
        if not heals and not any(keys[case] == key for case in candidate.cases):
            continue
        for guess in candidate.guesses:
            doubt = 0 if candidate.certain else len(TELLING)
            yield (0 if heals else 1, -len(tried.healed), TELLING[guess.kind] + doubt, tried.order), candidate, guess


# --- the one mend ------------------------------------------------------------------------------------------------


def _mends(wrong: Sequence[Key], keys: Sequence[Key], trials: Trials) -> dict[Key, Tried]:
    """For each finding the one cell that mends it, where it is the only one for all that it mends."""
    only = {key: mend for key in wrong if (mend := _only(key, keys, trials)) is not None}
    return {
        key: mend
        for key, mend in only.items()
        if all(only.get(other) is mend for other in mend.healed if other in set(wrong))
    }


def _only(key: Key, keys: Sequence[Key], trials: Trials) -> Tried | None:
    healing = [each for each in trials.tried if key in each.healed and each.candidate.certain]
    most = max((len(each.healed) for each in healing), default=0)
    best = [each for each in healing if len(each.healed) == most]
    left_out = any(keys[case] == key for each in trials.untried for case in each.cases)
    return best[0] if len(best) == 1 and not best[0].candidate.row and not left_out else None


def _leading(mend: Tried, findings: Sequence[Finding], book: Book) -> Finding | None:
    """The finding that tells the mend: the one at its cell, else the first of those it heals."""
    healed = [finding for finding in findings if is_sum(finding) and key_of(finding) in mend.healed]
    sheet, cell = _cell(mend.candidate.place, book)
    at_cell = (one for one in healed if (one.location.sheet, one.location.cell) == (sheet, cell))
    return next(at_cell, healed[0] if healed else None)


# --- values ------------------------------------------------------------------------------------------------------


def _cause(candidate: Candidate, guess: Guess, finding: Finding, book: Book, suffix: str) -> dict[str, str]:
    place = _shown(candidate, guess, finding, book)
    sheet, cell = _cell(place, book)
    said = {
        "cause": guess.kind,
        "cause_way": guess.way,
        "cause_table": book.tables[place[0]].title,
        "cause_sheet": sheet,
        "cause_cell": cell,
        "cause_line": title(book.line(place)),
        "cause_other": guess.line,
        "cause_stated": _stated(place, book),
        "suggestion": "" if guess.number is None else format_amount(guess.number, book.decimals(place)),
    }
    return {f"{name}{suffix}": value for name, value in said.items() if value}


def _mend(mend: Tried, book: Book) -> dict[str, str]:
    place, edit = mend.candidate.place, mend.candidate.edits[0]
    assert isinstance(edit, Put)
    sheet, cell = _cell(place, book)
    return {
        "mend": cell,
        "mend_sheet": sheet,
        "mend_table": book.tables[place[0]].title,
        "mend_line": title(book.line(place)),
        "mend_stated": _stated(place, book),
        "mend_value": format_amount(edit.number, book.decimals(place)),
        "mend_heals": str(len(mend.healed)),
    }


def _shown(candidate: Candidate, guess: Guess, finding: Finding, book: Book) -> Place:
    """Of a line that should go, the cell in the column of the finding."""
    beside = (*candidate.place[:2], finding.field)
    return beside if guess.number is None and book.figure(beside) else candidate.place


def _cell(place: Place, book: Book) -> tuple[str, str]:
    """Sheet and cell, also of a blank."""
    figure, line, table = book.figure(place), book.line(place), book.tables[place[0]]
    if figure is None:
        column = next((one.figures[place[2]].column for one in table.lines if place[2] in one.figures), 0)
        return table.sheet, cell_name(line.row, column)
    return figure.sheet or table.sheet, figure.cell


def _stated(place: Place, book: Book) -> str:
    figure = book.figure(place)
    return format_amount(figure.number, book.decimals(place)) if figure else ""

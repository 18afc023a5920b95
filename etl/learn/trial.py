"""What the sheet gives when it is read with a proposal: the proof of it, before anybody edits a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from etl.checks import check_table
from etl.learn.values import BandGuess, Guess, Proposal, Tried
from etl.normalise import normalise
from etl.recognise import recognise
from etl.spec.model import BandForm, ColumnForm, Form, Spec
from etl.spec.titles import rewrite_title
from etl.table import Identity, Workbook

_NAMED = frozenset({"line-unrecognised", "code-unreadable"})
_UNREAD = frozenset({"column-unrecognised"})


def try_out(proposals: Sequence[Proposal], kind: str, identity: Identity, spec: Spec) -> list[Proposal]:
    """Read every block with the proposals as they would be loaded: what waits for a name is not in them."""
    tables = dict(spec.tables)
    for proposal in proposals:
        if is_whole(proposal):
            table = tables[proposal.table_id]
            tables[proposal.table_id] = replace(table, forms=(*table.forms, form_of(proposal, spec)))
    tried = replace(spec, tables=tables)
    return [replace(each, tried=_try(each, kind, identity, tried)) for each in proposals]


def is_whole(proposal: Proposal) -> bool:
    """True where it is like a table, and enough is placed for a file that can be loaded."""
    placed = [[guess for guess in band.columns if guess.how != "new"] for band in proposal.bands]
    return (
        proposal.is_like
        and bool(proposal.requires)
        and all(placed)
        and any(_says_something(guess) for each in placed for guess in each)
    )


def _says_something(guess: Guess) -> bool:
    return guess.role in ("measure", "text", "ratio") and guess.index >= 0


def _try(proposal: Proposal, kind: str, identity: Identity, spec: Spec) -> Tried:
    matches, _, findings = recognise(Workbook(kind, (proposal.block.sheet,)), spec)
    rows = range(max(proposal.block.title_row, 0), proposal.block.stop)
    match = next((each for each in matches if each.form == proposal.form and each.title_row in rows), None)
    if match is None:
        return Tried(False)
    who = replace(identity, document=proposal.document)
    read, about = normalise(match, who, spec)
    found, outcomes = check_table(read, who, spec)
    return Tried(
        True,
        len(read.lines),
        sum(len(line.figures) for line in read.lines),
        tuple(each.location.cell for each in about if each.code in _NAMED),
        tuple(each.location.cell for each in findings if each.code in _UNREAD and each.location.row - 1 in rows),
        sum(outcome.checked for outcome in outcomes if outcome.kind == "passed"),
        tuple(dict.fromkeys(each.rule for each in found if each.severity == "error")),
    )


def form_of(proposal: Proposal, spec: Spec) -> Form:
    """The proposal as the value that its file would become."""
    title = rewrite_title(proposal.title, spec.recognition.title_rewrites)
    return Form(
        proposal.form,
        proposal.table_id,
        proposal.layout,
        {proposal.document: (title,)},
        tuple(map(_band, proposal.bands)),
        proposal.requires,
        bool(proposal.block.title),
        tuple(_items(proposal)),
        proposal.default_measure,
        proposal.fill_down,
        proposal.constants,
        proposal.part,
    )


def _band(band: BandGuess) -> BandForm:
    labels: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for guess in band.columns:
        if guess.how != "new" and guess.label and (guess.key or guess.role != "measure"):
            labels.setdefault((guess.role, guess.key), []).append(guess.label)
    columns = tuple(ColumnForm(role, key, tuple(dict.fromkeys(each))) for (role, key), each in labels.items())
    return BandForm(band.side, band.heads, columns, band.codes, band.lines, band.repeat)


def _items(proposal: Proposal) -> list[ColumnForm]:
    lines: dict[str, list[tuple[str, ...]]] = {}
    for guess in proposal.columns:
        if guess.line:
            lines.setdefault(guess.line, []).append(guess.line_label)
    return [ColumnForm("line", code, tuple(dict.fromkeys(labels))) for code, labels in lines.items()]


def waiting(proposal: Proposal) -> tuple[Guess, ...]:
    """Columns that still need a name."""
    return tuple(guess for guess in proposal.columns if guess.how == "new")

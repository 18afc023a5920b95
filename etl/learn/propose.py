"""A workbook -> a proposal for every block of it that no declared form reads, or for every block of one sheet."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from etl.finding import Finding
from etl.labels import fold, fold_label, strip_ordinal
from etl.learn.bands import codes_of, cut, heads, line_sets, names_of, sets_beside, side_of
from etl.learn.blocks import find_blocks
from etl.learn.candidates import Key, candidates
from etl.learn.guess import Printed, guess_columns
from etl.learn.items import guess_items
from etl.learn.likeness import Likeness, labels_of
from etl.learn.nearest import nearest
from etl.learn.sums import amounts_of
from etl.learn.trial import try_out
from etl.learn.values import BandGuess, Block, Guess, Near, Proposal
from etl.recognise import identify, recognise
from etl.recognise.blocks import reading_of
from etl.recognise.unit import find_unit
from etl.spec.model import BandForm, Form, Spec
from etl.spec.titles import rewrite_title
from etl.table import Column, Identity, Match, Workbook

_LIKE = 0.35
"""A block less like than this is like no table."""
_OPEN = 0.05
"""What a column without a name takes away from a likeness."""


def propose(workbook: Workbook, file: str, spec: Spec, sheet: str = "", table_id: str = "") -> list[Proposal]:
    """What could be learnt. `sheet` asks for all of one sheet, `table_id` says which table it is."""
    matches, reports, findings = recognise(workbook, spec, file)
    identity, _ = identify(workbook, matches, file, None, spec)
    ignored = {report.sheet for report in reports if report.fate in ("ignored", "empty")}
    likeness = Likeness(labels_of(spec.forms), map(fold_label, spec.recognition.neutral_labels))
    taken = {form.form for form in spec.forms}
    made: list[Proposal] = []
    for each in workbook.sheets:
        if each.name != sheet if sheet else each.name in ignored:
            continue
        for block in find_blocks(each, spec):
            if sheet or not _is_read(block, matches):
                said = next((finding for finding in findings if _is_about(finding, block)), None)
                proposal = _proposal(block, identity, table_id, likeness, taken, spec)
                taken.add(proposal.form)
                made.append(replace(proposal, finding=said))
    return try_out(made, workbook.format, identity, spec)


def _is_about(finding: Finding, block: Block) -> bool:
    rows = range(max(block.title_row, 0) + 1, block.stop + 1)
    own = finding.location.sheet == block.sheet.name and finding.location.row in rows
    return own and finding.code in ("sheet-unrecognised", "header-missing")


def _is_read(block: Block, matches: Sequence[Match]) -> bool:
    rows = range(max(block.title_row, 0), block.stop)
    return any(match.sheet is block.sheet and match.title_row in rows for match in matches)


def _proposal(
    block: Block, identity: Identity, table_id: str, likeness: Likeness, taken: Collection[str], spec: Spec
) -> Proposal:
    asked, own = bool(table_id), spec.tables[table_id].forms if table_id else ()
    ways = nearest(block, own or spec.forms, likeness, spec)
    made = [(near, _bands(block, near, table_id or near.form.table_id, likeness, spec)) for near in ways]
    near, bands = max(made, key=lambda way: way[0].likeness - _OPEN * _waiting(way[1]))
    form, table_id = near.form, table_id or near.form.table_id
    rivals = tuple(dict.fromkeys(way.form.table_id for way in ways if way.form.table_id != table_id))
    document, sure = _document(block, near, identity, spec)
    title = _title(block.title, spec)
    return Proposal(
        block,
        table_id,
        () if asked or near.same_title else rivals,
        asked or near.likeness >= _LIKE,
        _name(table_id, identity.fiscal_year, taken),
        form.layout,
        document,
        sure,
        title or spec.tables[table_id].name.zh,
        find_unit(block.sheet, max(block.title_row, 0), block.header.end, block.stop, spec.recognition.unit_patterns),
        _requires(form, bands),
        bands,
        _default_measure(form, table_id, document, spec),
        tuple(key for key in form.fill_down if key in _keys(bands)),
        {key: text for key, text in form.constants.items() if key not in _keys(bands)},
        form.part,
        near,
        None,
    )


def _waiting(bands: Sequence[BandGuess]) -> int:
    return sum(1 for band in bands for guess in band.columns if guess.how == "new")


# --- columns ----------------------------------------------------------------------------------------------------


def _bands(block: Block, near: Near, table_id: str, likeness: Likeness, spec: Spec) -> tuple[BandGuess, ...]:
    reading = reading_of(near.form, block.header, spec)
    declared = {column.index: column for band in reading.bands for column in band.columns}
    blocks = cut(block, near.form, declared)
    alike = len(blocks) > 2 or (len(blocks) == 2 and near.form.bands[0].repeat)
    made: list[BandGuess] = []
    for order, columns in enumerate(blocks):
        side, _ = side_of(block, columns, order, spec) if len(blocks) == 2 and not alike else ("", True)
        if side and side in {band.side for band in made}:
            side = "expenditure" if side == "income" else "income"
        made.append(_band(block, near.form, table_id, side, columns, declared, likeness, spec))
    return (_merged(made),) if alike else tuple(made)


def _band(
    block: Block,
    form: Form,
    table_id: str,
    side: str,
    columns: Sequence[int],
    declared: dict[int, Column],
    likeness: Likeness,
    spec: Spec,
) -> BandGuess:
    above = heads(block, columns)
    near = next((band for band in form.bands if band.side == side), form.bands[0])
    printed = [
        Printed(index, _below(block, index, above), block.kinds[index], amounts_of(block, index)) for index in columns
    ]
    known = candidates(table_id, form, side, spec)
    if form.layout == "columns":
        guesses = guess_items(printed, known, form, likeness, spec)
        if not any(guess.label and guess.how != "new" for guess in guesses):
            spare = near.columns[0]  # a band cannot be without any column
            guesses = (*guesses, Guess(-1, spare.labels[0], spare.role, spare.key, "known"))
    else:
        own: dict[int, Key] = {index: (column.role, column.key) for index, column in declared.items()}
        guesses = guess_columns(printed, own, known, form, near, spec.tables[table_id], likeness)
    codes, lines = _line_names(block, guesses, near, spec) if form.layout == "lines" else ("", ())
    return BandGuess(side, above, codes, lines, False, guesses)


def _below(block: Block, index: int, above: Sequence[str]) -> tuple[str, ...]:
    path = block.header.paths[index]
    return path[1:] if len(path) > 1 and path[0] in above else path


def _line_names(block: Block, guesses: Sequence[Guess], near: BandForm, spec: Spec) -> tuple[str, tuple[str, ...]]:
    coded = next((guess.index for guess in guesses if guess.role.startswith("code")), -1)
    named = [guess.index for guess in guesses if guess.role == "name" and guess.index >= 0]
    if coded >= 0:
        codes = codes_of(block, coded, near, spec)
        return codes, sets_beside(block, coded, named, codes, near, spec)
    return "", line_sets(names_of(block, named), near, spec)


def _merged(bands: Sequence[BandGuess]) -> BandGuess:
    """Blocks that repeat, as one: what several call alike is said once."""
    first = bands[0]
    said: dict[tuple[str, str, tuple[str, ...]], Guess] = {}
    for guess in (guess for band in bands for guess in band.columns):
        said.setdefault((guess.role, guess.key, guess.label), guess)
    return BandGuess("", (), first.codes, first.lines, True, tuple(said.values()))


def _keys(bands: Sequence[BandGuess]) -> set[str]:
    placed = [guess for band in bands for guess in band.columns if guess.how != "new"]
    return {key for guess in placed for key in (guess.key, guess.line, "code" if "code" in guess.role else guess.role)}


def _requires(form: Form, bands: Sequence[BandGuess]) -> tuple[str, ...]:
    """What the nearest form requires and the block has; where that is little, every figure it has."""
    keys = _keys(bands)
    required = [key for key in form.requires if key in keys]
    placed = [guess for band in bands for guess in band.columns if guess.how != "new"]
    figures = [guess.line or guess.key for guess in placed if guess.role == "measure"]
    if len(required) < 2:
        labels = [key for key in ("code", "name") if key in keys][:1]
        required += [key for key in (*labels, *figures) if key and key not in required]
    return tuple(dict.fromkeys(required))


# --- names ------------------------------------------------------------------------------------------------------


def _name(table_id: str, year: int, taken: Collection[str]) -> str:
    base = f"{table_id}-{year or 'variant'}"
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    return name


def _document(block: Block, near: Near, identity: Identity, spec: Spec) -> tuple[str, bool]:
    """By the title, where one document alone has it; else by its words, those above the header, or the whole file."""
    if near.same_title and near.document:
        return near.document, True
    above = [value for row in block.sheet.rows[: block.header.end] for value in row if isinstance(value, str)]
    for text in (block.title, *above):
        for pattern, document in spec.recognition.document_patterns:
            if text and re.search(pattern, fold(text)):
                return document, True
    document = identity.document or near.document
    return (document, bool(identity.document)) if document else (next(iter(near.form.titles)), False)


def _default_measure(form: Form, table_id: str, document: str, spec: Spec) -> Mapping[str, str]:
    """What the figures of a form of items are where its header does not say, for the document it is."""
    if form.layout != "columns":
        return {}
    ways = (each.default_measure.get(document, "") for each in (form, *spec.forms))
    measure = next((way for way in ways if way in spec.tables[table_id].measures), "")
    return {document: measure} if measure else {}


def _title(printed: str, spec: Spec) -> str:
    """A title without body, year and number: the longest end of it that is still the same title and holds no digit."""
    rewrites = spec.recognition.title_rewrites
    title = printed
    for department in spec.departments:
        for name in (department.name.zh, *department.aliases):
            if len(name) >= 3 and title.startswith(name):
                title = max(title.removeprefix(name), "", key=len)
    same = rewrite_title(title, rewrites)
    ends = (title[at:] for at in range(len(title)))
    plain = (end for end in ends if not re.search(r"\d", end) and rewrite_title(end, rewrites) == same)
    return strip_ordinal(next(plain, title))

"""Forms whose lines run down: codes or names on the left, figures to the right, in one or several bands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from etl.amounts import Value, is_blank
from etl.finding import Finding, Location, error, warning
from etl.labels import strip_ordinal
from etl.normalise.broken_names import join_names
from etl.normalise.codes import Code, read_code
from etl.normalise.figures import Place, read_figure, read_ratio, shown, unreadable
from etl.normalise.names import LineReader
from etl.spec.model import BandForm, Form, Spec
from etl.spec.words import PRINTED
from etl.table import Band, Column, Figure, Line, Match, cell_name


@dataclass(slots=True)
class _Reading:
    """A band while it is being read."""

    band: Band
    form: BandForm
    codes: tuple[Column, ...]
    names: tuple[Column, ...]
    reader: LineReader
    spans: Mapping[tuple[int, int], int]
    """Label cell inside a range merged downwards -> first row of the range, where its text stands."""
    across: Mapping[int, int]
    """Row -> column of a label that is merged across from the block before."""
    fill_down: frozenset[str]
    lines: list[Line] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    parents: list[str] = field(default_factory=list)
    """Cells of 类 款 项 of the line above, for children that leave them blank."""
    above: dict[int, Value] = field(default_factory=dict)
    """By column: what stands in the rows above, for columns that are filled down."""
    lengths: tuple[int, ...] = ()
    """Digits that a code of the band's classification may have."""
    unreadable: set[int] = field(default_factory=set)
    """Rows of which the code could not be read."""
    left: dict[int, Line] = field(default_factory=dict)
    """By row: the line of the block to the left that has a name and no figure, where blocks repeat: its name may be
    merged over two blocks, and the figure stand in the second."""

    def value(self, match: Match, row: int, column: Column) -> Value:
        """What a label cell says: its own text, that of its merged range, or that of the rows above."""
        top = self.spans.get((row, column.index), row) if self.spans else row
        value = match.sheet.value(top, column.index)
        if not self.fill_down or (column.key or column.role) not in self.fill_down:
            return value
        if is_blank(value):
            return self.above.get(column.index, value)
        self.above[column.index] = value
        return value


def read_lines(match: Match, form: Form, rows: Sequence[int], spec: Spec) -> tuple[list[Line], list[Finding]]:
    """Every line of every band, band after band, each in printed order."""
    lines: list[Line] = []
    findings: list[Finding] = []
    left: dict[int, Line] = {}
    for order, band in enumerate(match.bands):
        band_form = next((b for b in form.bands if b.side == band.side), form.bands[min(order, len(form.bands) - 1)])
        reading = _Reading(
            band,
            band_form,
            tuple(column for column in band.columns if column.role.startswith("code")),
            tuple(column for column in band.columns if column.role == "name"),
            LineReader(band_form.lines, spec),
            _spans(match, band),
            _across(match, band),
            frozenset(form.fill_down),
            lengths=spec.codes[band_form.codes].lengths if band_form.codes in spec.codes else (),
            left=left,
        )
        for row in rows:
            _read_line(match, reading, row)
        whole, about_names = join_names(reading.lines, match, band_form.codes, spec)
        moved = {(line.row, line.name_column) for line in whole if left.get(line.row)}
        lines = [line for line in lines if line.figures or (line.row, line.name_column) not in moved] + whole
        findings += [*reading.findings, *about_names]
        if not reading.reader.takes_any:
            findings += [_unplaced(match, line) for line in whole if _is_unplaced(line, reading)]
        left = {line.row: line for line in whole if line.name and not line.figures} if band_form.repeat else {}
    return lines, findings


def _spans(match: Match, band: Band) -> dict[tuple[int, int], int]:
    """Cells of label columns that are merged with a cell above them."""
    labels = {column.index for column in band.columns if column.role not in ("measure", "ratio")}
    last = min(match.end_row, len(match.sheet.rows)) - 1
    return {
        (row, left): top
        for top, left, bottom, _ in match.sheet.merges
        if left in labels and match.first_row <= top < bottom
        for row in range(top + 1, min(bottom, last) + 1)
    }


def _across(match: Match, band: Band) -> dict[int, int]:
    """Row -> column in which the text stands, where a range that began left of the band covers all its labels."""
    labels = [
        column.index for column in band.columns if column.role in ("name", "text") or column.role.startswith("code")
    ]
    if not labels:
        return {}
    return {
        row: left
        for top, left, bottom, right in match.sheet.merges
        if match.first_row <= top and left < min(labels) and right >= max(labels)
        for row in range(top, bottom + 1)
    }


def _read_line(match: Match, reading: _Reading, row: int) -> None:
    code = _read_code(match, reading, row)
    name, name_column = _read_name(match, reading, row)
    beside = "" if name or code.name or code.digits else _total_beside(match, reading, row)
    printed = name or code.name or beside
    if code.name and not name:
        name_column = reading.codes[0].index
    figures, attributes = _read_cells(match, reading, row, printed or code.digits)
    if not (printed or code.digits or figures or attributes):
        return
    if beside:
        attributes = {key: text for key, text in attributes.items() if text != beside}
    if not (printed or code.digits) and figures and row in reading.left:
        reading.lines.append(replace(reading.left[row], figures=figures))
        return
    digits = code.digits if reading.form.codes else ""
    key = digits or (reading.reader.code(printed) if printed else "")
    if not digits and reading.reader.counts(printed):
        figures = {}
    if not key or reading.reader.heads(printed):
        figures = {measure: figure for measure, figure in figures.items() if not figure.nil}
    if code.unreadable:
        reading.unreadable.add(row)
    first = reading.codes[0].index if digits and reading.codes else name_column
    own = bool(digits) and reading.form.codes == PRINTED
    line = Line(key, strip_ordinal(printed), reading.band.side, row, figures, attributes, first, name_column, own)
    reading.lines.append(line)
    for position in code.padded:
        reading.findings.append(_zero_lost(match, reading.codes[position], row, printed, digits))


def _read_code(match: Match, reading: _Reading, row: int) -> Code:
    cells = [reading.value(match, row, column) for column in reading.codes]
    if reading.form.codes == PRINTED:
        return _own_code(cells)
    if len(cells) > 1 and reading.parents:
        cells = _with_parents(cells, reading.parents)
    code = read_code(cells)
    if code.digits and len(cells) > 1:
        reading.parents = [shown(cell) if not is_blank(cell) else "" for cell in cells]
    if code.unreadable or (code.digits and len(code.digits) not in reading.lengths):
        reading.findings.append(_unreadable_code(match, reading.codes[0], row, cells, code))
    return code


def _unreadable_code(match: Match, column: Column, row: int, cells: Sequence[Value], code: Code) -> Finding:
    at = Location(match.sheet.name, cell_name(row, column.index), row + 1, column.index + 1)
    text = "".join(shown(cell) for cell in cells if not is_blank(cell))[:12]
    values = {"table": match.title, "text": text, **({"situation": "digits-lost"} if code.lost else {})}
    return error("code-unreadable", at, table_id=match.table_id, actual=text, values=values)


def _with_parents(cells: Sequence[Value], parents: Sequence[str]) -> list[Value]:
    """类 款 项 with the blanks before the last filled one taken from the line above, as far as that agrees."""
    last = max((place for place, cell in enumerate(cells) if not is_blank(cell)), default=-1)
    full = list(cells)
    for place in range(last):
        if is_blank(full[place]):
            full[place] = parents[place]
        elif shown(full[place]) != parents[place]:
            break
    return full


def _own_code(cells: Sequence[Value]) -> Code:
    """The code of a body or a project as printed; text without any digit is a name that stands in the code's cell."""
    text = "".join("".join(shown(cell).split()) for cell in cells if not is_blank(cell))
    return Code(text) if any(character.isdigit() for character in text) else Code("", text)


def _read_name(match: Match, reading: _Reading, row: int) -> tuple[str, int]:
    for column in reading.names:
        value = reading.value(match, row, column)
        if is_blank(value) and row in reading.across:
            value = match.sheet.value(row, reading.across[row])
        if isinstance(value, str) and value.strip():
            return "".join(value.split()), column.index
    return "", reading.names[0].index if reading.names else (reading.codes[0].index if reading.codes else 0)


def _read_cells(match: Match, reading: _Reading, row: int, line: str) -> tuple[dict[str, Figure], dict[str, str]]:
    figures: dict[str, Figure] = {}
    attributes: dict[str, str] = {}
    cells = match.sheet.rows[row]
    width = len(cells)
    for column in reading.band.columns:
        role, index = column.role, column.index
        if role == "text":
            if not is_blank(beside := reading.value(match, row, column)):
                attributes[column.key] = shown(beside).strip()
            continue
        value = cells[index] if index < width else None
        if value is None or value == "" or is_blank(value):
            continue
        if role == "measure":
            figure = read_figure(match, row, index, column.key, value)
            if figure is None:
                reading.findings.append(unreadable(Place(match, row, column), line, value))
            else:
                figures[column.key] = figure
        elif role == "ratio":
            text, findings = read_ratio(Place(match, row, column), line)
            if text:
                attributes[column.key] = text
            reading.findings += findings
    return figures, attributes


def _is_unplaced(line: Line, reading: _Reading) -> bool:
    """A line with figures of which nobody knows what it is; where its code cannot be read, that has been said."""
    return bool(line.figures) and not line.code and line.row not in reading.unreadable


def _unplaced(match: Match, line: Line) -> Finding:
    at = Location(match.sheet.name, cell_name(line.row, line.name_column), line.row + 1, line.name_column + 1)
    values = {"table": match.title, "line": line.name, "name": line.name}
    return warning("line-unrecognised", at, table_id=match.table_id, actual=line.name, values=values)


def _total_beside(match: Match, reading: _Reading, row: int) -> str:
    """The word for the total, where it stands in a column of text before code and name and nothing else does."""
    texts = [
        str(value)
        for column in reading.band.columns
        if column.role == "text" and not is_blank(value := match.sheet.value(row, column.index))
    ]
    return texts[0] if texts and reading.reader.code(texts[0]) == "total" else ""


def _zero_lost(match: Match, column: Column, row: int, line: str, digits: str) -> Finding:
    at = Location(match.sheet.name, cell_name(row, column.index), row + 1, column.index + 1)
    stands = shown(match.sheet.value(row, column.index))
    values = {"situation": "zero-lost", "table": match.title, "line": line, "text": stands, "code": digits}
    return warning(
        "code-unreadable", at, table_id=match.table_id, field="line_code", expected=digits, actual=stands, values=values
    )

"""An xlsb is made here record by record, after [MS-XLSB]; a spreadsheet program opens what `book` makes."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from etl.workbook import read, safety

CELL_KINDS = {"rk": 2, "error": 3, "real": 5, "shared": 7, "formula": 9, "formula error": 11}


def record(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, rest = b"", len(data)
    while True:
        size += bytes([rest & 0x7F | (0x80 if rest > 0x7F else 0)])
        rest >>= 7
        if not rest:
            return head + size + data


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def row(number: int, *, height: int = 300, hidden: bool = False) -> bytes:
    spans = struct.pack("<III", 1, 0, 20)
    return record(0, struct.pack("<IIHBBB", number, 0, height, 0, 0x10 if hidden else 0, 0) + spans)


def cell(kind: str, column: int, value: float, style: int = 0) -> bytes:
    head = struct.pack("<II", column, style)
    if kind == "rk":
        body = struct.pack("<i", int(value) << 2 | 2)
    elif kind == "shared":
        body = struct.pack("<I", int(value))
    elif kind == "real":
        body = struct.pack("<d", value)
    elif kind == "error":
        body = bytes([int(value)])
    else:
        body = struct.pack("<d", value) if kind == "formula" else bytes([int(value)])
        tokens = b"\x1e\x01\x00"
        body += struct.pack("<HI", 0, len(tokens)) + tokens + struct.pack("<I", 0)
    return record(CELL_KINDS[kind], head + body)


def sheet(cells: bytes, columns: bytes = b"", after: bytes = b"") -> bytes:
    dimension = record(148, struct.pack("<4I", 0, 5, 0, 5))
    wrapped = record(390) + columns + record(391) if columns else b""
    return record(129) + dimension + wrapped + record(145) + cells + record(146) + after + record(130)


def book(*sheets: bytes, states: tuple[int, ...] = (), strings: int = 1) -> bytes:
    names = [f"表{number}" for number in range(1, len(sheets) + 1)]
    bundle = b"".join(
        record(156, struct.pack("<II", state, number) + wide(f"rId{number}") + wide(name))
        for number, (name, state) in enumerate(zip(names, states or (0,) * len(names), strict=True), 1)
    )
    workbook = (
        record(131) + record(153, bytes(12)) + record(143) + bundle + record(144) + record(157, bytes(26)) + record(132)
    )
    texts = record(159, struct.pack("<II", strings, strings)) + record(19, b"\x00" + wide("收入")) + record(160)
    formats = record(615, struct.pack("<I", 1)) + record(44, struct.pack("<H", 176) + wide("0!.0,")) + record(616)
    styles = b"".join(record(47, struct.pack("<HHHHHBBHH", 0, number, 0, 0, 0, 0, 0, 0, 0)) for number in (0, 4, 176))
    styles = record(278) + formats + record(617, struct.pack("<I", 3)) + styles + record(618) + record(279)
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{office}/worksheet" Target="worksheets/sheet{number}.bin"/>'
        for number in range(1, len(sheets) + 1)
    )
    relations += f'<Relationship Id="rIdS" Type="{office}/styles" Target="styles.bin"/>'
    relations += f'<Relationship Id="rIdT" Type="{office}/sharedStrings" Target="sharedStrings.bin"/>'
    packaged = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.ms-excel"
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.bin" ContentType="{kind}.worksheet"/>'
        for number in range(1, len(sheets) + 1)
    )
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": f'<Types xmlns="{packaged}/content-types"><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="bin" ContentType='
        f'"{kind}.sheet.binary.macroEnabled.main"/>{types}<Override PartName="/xl/styles.bin" ContentType="{kind}.styles"/>'
        f'<Override PartName="/xl/sharedStrings.bin" ContentType="{kind}.sharedStrings"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{packaged}/relationships"><Relationship Id="rId1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        "xl/workbook.bin": workbook,
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{packaged}/relationships">{relations}</Relationships>',
        "xl/sharedStrings.bin": texts,
        "xl/styles.bin": styles,
        **{f"xl/worksheets/sheet{number}.bin": part for number, part in enumerate(sheets, 1)},
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def codes(data: bytes) -> list[tuple[str, str, str]]:
    return [
        (f.code, f.values.get("situation", f.values.get("text", "")), f.location.cell) for f in read(data, "a.xlsb")[1]
    ]


DAMAGED = [("file-unreadable", "damaged", "")]
PLAIN = row(0) + cell("shared", 0, 0) + cell("real", 1, 12.5)


def test_values_merges_and_what_is_hidden() -> None:
    cells = PLAIN + row(1, hidden=True) + cell("rk", 1, 7) + row(2, height=0) + cell("formula", 2, 19.5)
    columns = record(60, struct.pack("<IIIIH", 1, 16383, 2000, 0, 1))
    merges = record(177, struct.pack("<I", 1)) + record(176, struct.pack("<4I", 0, 1048575, 0, 16383)) + record(178)
    workbook, findings = read(book(sheet(cells, columns, merges), sheet(PLAIN), states=(0, 2)), "a.xlsb")
    assert workbook is not None
    assert findings == []
    assert workbook.format == "xlsb"
    first, second = workbook.sheets
    assert first.rows == (("收入", 12.5), ("", 7), ("", "", 19.5))
    assert first.merges == ((0, 0, 102, 102),)
    assert (first.hidden_rows, first.hidden_columns) == ({1, 2}, {1, 2})
    assert (second.name, second.visibility) == ("表2", "very-hidden")


def test_decimals_of_numbers() -> None:
    cells = row(0) + cell("real", 0, 1.5, 1) + cell("rk", 1, 123456, 2) + cell("formula", 2, 2, 1) + cell("real", 3, 1)
    workbook, _ = read(book(sheet(cells)), "a.xlsb")
    assert workbook is not None
    assert workbook.sheets[0].decimals == {(0, 0): 2, (0, 1): 1, (0, 2): 2}
    assert workbook.sheets[0].scales == {(0, 1): 4}


def test_errors_at_their_cells() -> None:
    cells = PLAIN + row(4) + cell("error", 1, 7) + cell("formula error", 2, 23)
    assert codes(book(sheet(cells))) == [("cell-error", "#DIV/0!", "B5"), ("cell-error", "#REF!", "C5")]


def test_far_cells_and_millions_of_texts_are_refused_before_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    assert codes(book(sheet(row(1048575) + cell("real", 16383, 1)))) == [("file-too-large", "far-cell", "XFD1048576")]
    monkeypatch.setattr(safety, "MAX_STRINGS", 1000)
    assert codes(book(sheet(PLAIN), strings=1001)) == [("file-too-large", "inflated", "")]


@pytest.mark.parametrize(
    "cells",
    [
        row(0) + cell("shared", 0, 1),
        row(0) + cell("real", 99999999, 1),
        row(99999999) + cell("real", 0, 1),
        row(0) + cell("error", 0, 99),
        row(0) + record(5, bytes(9)),
        row(0) + record(6, bytes(8) + b"\xff\xff\xff\xff"),
        record(0, bytes(3)),
        row(0) + b"\x05\xff\xff\xff\x7f",
    ],
    ids=["text that is not there", "column", "row", "error", "short number", "long text", "short row", "long record"],
)
def test_records_that_a_reader_would_stumble_over_are_damage(cells: bytes) -> None:
    assert codes(book(sheet(cells))) == DAMAGED


def test_macros() -> None:
    stream = io.BytesIO(book(sheet(PLAIN)))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\x00")
    assert codes(stream.getvalue()) == [("file-has-macros", "", "")]

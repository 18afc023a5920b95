"""Results of formulas, put back into a copy.

openpyxl keeps a formula and drops what it came to; a program that does not calculate would then show nothing, and the
department's own figures would be gone from its own workbook. Takes the workbook as received and the copy as openpyxl
saved it; every formula of the copy gets the result that stood beside it.

    <c r="D4"><f>C4*2</f><v>2469</v></c>   received
    <c r="D4"><f>C4*2</f><v/></c>          saved       -> <c r="D4"><f>C4*2</f><v>2469</v></c>
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree
from xml.sax.saxutils import escape

Results = Mapping[str, tuple[str, str]]
"""By cell: type and text of the result, as the file has them."""

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_KEPT = frozenset({"", "n", "str", "b", "e"})
"""Types of result that mean the same in every file; a shared string is a number of another one."""
_SAVED = re.compile(r'<c r="([A-Z]+[0-9]+)"([^>]*)>(<f\b[^>]*(?:/>|>[^<]*</f>))<v\s*(?:/>|></v>)')


def results_of(source: bytes) -> dict[str, Results]:
    """What the formulas of every sheet came to, by the name of the sheet; sheets without formulas are left out."""
    found: dict[str, Results] = {}
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        for name, part in _sheets(archive):
            content = archive.read(part)
            if b"f>" in content and (results := dict(_read(content))):
                found[name] = results
    return found


def restore(copy: bytes, results: Mapping[str, Results]) -> bytes:
    """The copy with every result in its place."""
    if not results:
        return copy
    restored = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(copy)) as archive, zipfile.ZipFile(restored, "w", zipfile.ZIP_DEFLATED) as target:
        names = {part: name for name, part in _sheets(archive)}
        for entry in archive.infolist():
            content = archive.read(entry)
            if known := results.get(names.get(entry.filename, "")):
                content = _put(content.decode(), known).encode()
            target.writestr(entry, content)
    return restored.getvalue()


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Name and part of every worksheet."""
    listed = next((name for name in archive.namelist() if name.endswith("/workbook.xml")), "")
    folder = posixpath.dirname(listed)
    relations = f"{folder}/_rels/workbook.xml.rels"
    if not listed or relations not in archive.namelist():
        return
    parts = {
        relation.get("Id", ""): posixpath.normpath(posixpath.join("/" + folder, relation.get("Target", "")))[1:]
        for relation in ElementTree.fromstring(archive.read(relations))
    }
    for sheet in ElementTree.fromstring(archive.read(listed)).iter():
        part = parts.get(sheet.get(_RELATION, ""), "")
        if _local(sheet) == "sheet" and part in archive.namelist():
            yield sheet.get("name", ""), part


def _read(content: bytes) -> Iterator[tuple[str, tuple[str, str]]]:
    for _, cell in ElementTree.iterparse(io.BytesIO(content)):
        if _local(cell) != "c":
            continue
        parts = {_local(part): part.text or "" for part in cell}
        kind = cell.get("t", "")
        if "f" in parts and parts.get("v") and kind in _KEPT:
            yield cell.get("r", ""), (kind, parts["v"])
        cell.clear()


def _put(content: str, known: Results) -> str:
    def with_result(saved: re.Match[str]) -> str:
        cell, attributes, formula = saved.groups()
        if cell not in known:
            return saved[0]
        kind, text = known[cell]
        typed = f' t="{kind}"' if kind else ""
        return f'<c r="{cell}"{attributes}{typed}>{formula}<v>{escape(text)}</v>'

    return _SAVED.sub(with_result, content)


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]
